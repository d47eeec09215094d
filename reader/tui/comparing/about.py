"""The lines below a comparison: who says what is selected, in which words. Pure functions."""

from collections.abc import Collection

from reader.export.outline import wordings
from reader.model import Claim, Difference, DifferenceClass
from reader.text.hygiene import shown_line
from reader.tui.comparing.cursor import CompareCursor, claim_of
from reader.tui.comparing.page import Entry, Line, Piece, flow
from reader.tui.comparing.reports import Reports, Spot, kind_and_topic

_CLASSES: dict[DifferenceClass, str] = {
    "at-odds": "! at odds",
    "differently": "≠ differs",
    "correction": "≠ corrected",
    "spelling": "≠ spelling",
    "own": "≠ against itself",
}


def hint_lines(reports: Reports, width: int) -> list[Line]:
    """Return what is said as long as nothing is selected: the keys, and notes on the reports."""
    hint = "↑ ↓ go from point to point, n to what differs, N to what is only here."
    notes = [hint, *map(shown_line, reports.comparison.notes)]
    return [line for note in notes for line in flow(note, width, styles=("dim",))]


def lines_beside(reports: Reports, cursor: CompareCursor, seen: Collection[int]) -> list[Line]:
    """Return the lines about a sentence; `seen` are the reports that are on the screen."""
    if cursor.spot is None:
        return []
    claim, differing = claim_of(reports, cursor), _differing(reports, cursor)
    own = _role(reports, cursor.spot, claim)
    return [*differing[:1], own, *differing[1:], *_other_words(reports, claim, seen)]


def lines_of_entry(
    reports: Reports, cursor: CompareCursor, entry: Entry | None, column: int
) -> list[Line]:
    """Return the lines about an entry of a table or a list, in a report's column."""
    if cursor.spot is None:
        return []
    claim, differing = claim_of(reports, cursor), _differing(reports, cursor)
    words = _words(reports, cursor.spot, entry, column)
    return [*differing[:1], _role(reports, cursor.spot, claim), words, *differing[1:]]


def cut(lines: list[Line], room: int) -> list[Line]:
    """Return the lines that there is room for, the last with a sign if more would follow."""
    if len(lines) <= room:
        return lines
    return [*lines[: room - 1], (*lines[room - 1], Piece(" …", ("dim",)))]


def _differing(reports: Reports, cursor: CompareCursor) -> list[Line]:
    spot = cursor.spot
    found = list(reports.differences_at(spot.report, spot.sentence)) if spot else []
    if cursor.difference is not None:
        first = reports.comparison.differences[cursor.difference]
        found = [first, *(one for one in found if one is not first)]
    return [_differs(reports, one) for one in found]


def _other_words(reports: Reports, claim: Claim | None, seen: Collection[int]) -> list[Line]:
    """Return how the reports that are out of sight put a claim."""
    if claim is None:
        return []
    done = set(seen)
    lines: list[Line] = []
    for member in sorted(claim.members, key=lambda m: -m.score):
        report = reports.number[member.article]
        sentence = reports.sentence(report, member.sentence)
        if report not in done and sentence is not None:
            done.add(report)
            name = Piece(f"{reports.names[report]}  ", ("outlet",))
            lines.append((name, Piece(shown_line(sentence.text))))
    return lines


def _words(reports: Reports, spot: Spot, entry: Entry | None, column: int) -> Line:
    """Return the evidence: whose it is, and its sentence."""
    if entry is not None and entry.table and column not in entry.spots:
        return (
            Piece(f"{reports.names[column]}  ", ("outlet",)),
            Piece("silent on this, as far as its stored text goes", ("dim",)),
        )
    sentence = reports.sentence(spot.report, spot.sentence)
    words = shown_line(sentence.text) if sentence else ""
    return (Piece(f"{reports.names[spot.report]}  ", ("outlet",)), Piece(words))


def _role(reports: Reports, spot: Spot, claim: Claim | None) -> Line:
    """Return what a sentence is: a claim of several reports, only here, or a heading."""
    if claim is not None:
        return (
            Piece(f"Point {claim.id + 1}  ", ("strong",)),
            Piece(f"{reports.dots(claim)}  ", ("dots",)),
            Piece(", ".join(reports.makers(claim))),
        )
    name = reports.names[spot.report]
    if reports.only_at(spot.report, spot.sentence):
        return (Piece("Only here, among the stored articles  ", ("only",)), Piece(name, ("dim",)))
    role = reports.sentence(spot.report, spot.sentence)
    if role is not None and role.role in {"heading", "caption"}:
        return (Piece(f"A {role.role}; it is not compared.", ("dim",)),)
    return (Piece("Others touch on this, without saying the same.", ("dim",)),)


def _differs(reports: Reports, difference: Difference) -> Line:
    """Return which reports put it how; what it is about comes last, where it may be cut off."""
    style = "alarm" if difference.alarm else "differs"
    parts = [Piece(f"{_CLASSES[difference.class_]}  ", (style,))]
    for number, wording in enumerate(wordings(difference)):
        names = dict.fromkeys(reports.names[reports.number[v.article]] for v in wording.variants)
        parts.append(Piece("·  " if number else "", ("dim",)))
        parts += [
            Piece(wording.value, ("mark",)),
            Piece(f" {', '.join(names)}  ", ("outlet",)),
        ]
    about = ": ".join(part for part in kind_and_topic(difference) if part)
    return (*parts, Piece(about, ("dim",)))
