"""The cursor that the six views of a comparison share: one value, and how it moves. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.model import Claim
from reader.tui.comparing.page import Entry
from reader.tui.comparing.reports import Reports, Spot


@dataclass(frozen=True, slots=True)
class CompareCursor:
    """What is selected: a place in a report, the claim made there, the difference shown there."""

    spot: Spot | None = None
    claim: int | None = None
    difference: int | None = None
    """The number of the difference, in the order of the comparison."""


NOWHERE = CompareCursor()


def at_sentence(reports: Reports, report: int, sentence: int | None) -> CompareCursor:
    """Return the cursor on a sentence, with its claim and its first difference."""
    if sentence is None:
        return NOWHERE
    claim = reports.claim_at(report, sentence)
    found = reports.differences_at(report, sentence)
    number = reports.comparison.differences.index(found[0]) if found else None
    return CompareCursor(reports.whole(report, sentence), claim.id if claim else None, number)


def at_entry(reports: Reports, entry: Entry, column: int) -> CompareCursor:
    """Return the cursor on an entry of a table or a list, in a report's column if it has one."""
    spots: Mapping[int, Spot] = entry.spots
    spot = spots[column if column in spots else min(spots)]
    at = reports.claim_at(spot.report, spot.sentence)
    claim = entry.claim if entry.claim is not None else at.id if at else None
    return CompareCursor(spot, claim, entry.difference)


def entry_of(entries: Sequence[Entry], cursor: CompareCursor) -> int | None:
    """Return the entry of what is selected: by its difference, its place or its claim."""
    spot = cursor.spot
    if cursor.difference is not None:
        for number, entry in enumerate(entries):
            if entry.difference == cursor.difference:
                return number
    for number, entry in enumerate(entries):
        here = entry.spots.get(spot.report) if spot else None
        if spot and here and here.sentence == spot.sentence:
            return number
    if cursor.claim is not None:
        for number, entry in enumerate(entries):
            if entry.claim == cursor.claim:
                return number
    return _nearest(entries, spot)


def _nearest(entries: Sequence[Entry], spot: Spot | None) -> int | None:
    """Return the entry of a list that is nearest in the same report."""
    if spot is None:
        return None
    near = [
        (abs(here.sentence - spot.sentence), number)
        for number, entry in enumerate(entries)
        if not entry.table and (here := entry.spots.get(spot.report))
    ]
    return min(near)[1] if near else None


def kept(cursor: CompareCursor, before: Reports | None, reports: Reports) -> CompareCursor:
    """Return the cursor on the same sentence in another comparison; nowhere if it is not there.

    What is numbered (reports, points, differences) has other numbers in the other comparison.
    """
    spot = cursor.spot
    if spot is None or before is None:
        return NOWHERE
    report = reports.number.get(before.comparison.articles[spot.report].id)
    if report is None or reports.sentence(report, spot.sentence) is None:
        return NOWHERE
    return at_sentence(reports, report, spot.sentence)


def evidence_of(reports: Reports, cursor: CompareCursor, report: int, sentence: int) -> Spot | None:
    """Return the place that proves what is selected: the phrase that differs, or the sentence."""
    if cursor.difference is not None:
        for variant in reports.comparison.differences[cursor.difference].variants:
            if reports.number[variant.article] == report and variant.sentence == sentence:
                return reports.spot(variant)
    return reports.whole(report, sentence)


def next_of(numbers: Sequence[int], now: int, step: int) -> int | None:
    """Return the next (1) or the previous (-1) of some numbers; None at the end."""
    after = [n for n in numbers if (n > now if step > 0 else n < now)]
    if not after:
        return None
    return min(after) if step > 0 else max(after)


def next_difference(
    reports: Reports, report: int, here: tuple[int, int], step: int
) -> tuple[int, int] | None:
    """Return the sentence and the number of a report's next difference; None at the end."""
    every = reports.comparison.differences
    found = {(n, every.index(d)) for n, _place, d in reports.sides[report].differing}
    after = [pair for pair in found if (pair > here if step > 0 else pair < here)]
    if not after:
        return None
    return min(after) if step > 0 else max(after)


def no_further_difference(reports: Reports, report: int, step: int) -> str:
    """Return the sentence that says that a report has no further difference."""
    every = reports.comparison.differences
    if not every:
        return "No differences were found among these reports."
    here = {every.index(d) for _n, _place, d in reports.sides[report].differing}
    text = f"No {'further' if step > 0 else 'earlier'} difference in this report"
    elsewhere = len(every) - len(here)
    return f"{text}; {elsewhere} between the others, 3 shows all." if elsewhere else f"{text}."


def entries_that_differ(reports: Reports, entries: Sequence[Entry]) -> list[int]:
    """Return the entries about something that reports put differently."""
    claims = {d.claim for d in reports.comparison.differences if d.claim is not None}
    return [
        number
        for number, entry in enumerate(entries)
        if entry.claim in claims
        or any(reports.differences_at(s.report, s.sentence) for s in entry.spots.values())
    ]


def entries_only_here(reports: Reports, entries: Sequence[Entry]) -> list[int]:
    """Return the entries with a sentence that only one of the stored reports has."""
    return [
        number
        for number, entry in enumerate(entries)
        if any(reports.only_at(s.report, s.sentence) for s in entry.spots.values())
    ]


def next_owner(entries: Sequence[Entry], at: int, step: int) -> int | None:
    """Return the first entry, in a list, that is of another report than the entry at `at`."""
    owners = [min(entry.spots) for entry in entries]
    numbers = range(at + step, len(owners) if step > 0 else -1, step)
    return next((number for number in numbers if owners[number] != owners[at]), None)


def claim_of(reports: Reports, cursor: CompareCursor) -> Claim | None:
    """Return the claim that is selected."""
    return reports.claims.get(cursor.claim) if cursor.claim is not None else None
