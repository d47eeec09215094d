"""What stands in one report only, and what happened when: lists of sentences."""

import re
from itertools import groupby

from reader.export.outline import Only, part_text
from reader.text.hygiene import shown_line
from reader.tui import formats
from reader.tui.comparing.page import Entry, Line, Page, Piece, flow, heading, labelled, saying
from reader.tui.comparing.reports import Reports, Spot
from reader.tui.document import Span

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip


def only_here(reports: Reports, width: int, _current: int) -> Page:
    """Return, report by report, what no other stored report has, and what all others have.

    Of a sentence that shares something with another report only the new parts are shown.
    """
    outline = reports.outline
    entries: list[Entry] = []
    for only, left_out in zip(outline.only, outline.left_out, strict=True):
        name = reports.names[only.number]
        entries.append(heading(name, width, tail=_told(reports, only), first=not entries))
        for sentence in only.sentences:
            spot = Spot(only.number, sentence.index, sentence.start, sentence.end)
            entries.append(_listed("+", sentence.text, width, spot))
        for part in only.parts:
            spot = Spot(only.number, part.sentence, part.start, part.end)
            entries.append(_listed("+", part_text(part), width, spot))
        if left_out:
            entries.append(heading(f"Not in {name}", width, tail="in all other reports"))
        for point in left_out:
            spots = reports.evidence(point.claim)
            first = spots[min(spots)]
            entries.append(_listed("○", point.text, width, first, point.claim.id))
    if not any(entry.spots for entry in entries):
        return saying("Every sentence of these reports has a counterpart in another one.", width)
    return Page(tuple(entries))


def _told(reports: Reports, only: Only) -> str:
    """Return how much is only in one report."""
    sentences = formats.count(len(only.sentences), "sentence") if only.sentences else ""
    count = len({part.sentence for part in only.parts})
    others = "another" if count == 1 else f"{count} others"
    parts = f"parts of {others}" if count else ""
    told = " and ".join(part for part in (sentences, parts) if part) or "nothing"
    told += " only here, among the stored articles"
    if reports.comparison.articles[only.number].excerpt:
        told += " · only an excerpt of it is stored"
    return told


def _listed(sign: str, text: str, width: int, spot: Spot, claim: int | None = None) -> Entry:
    words = flow(shown_line(text), width - 4)
    lines: list[Line] = [
        (Piece(f"  {sign} " if number == 0 else "    ", ("number",)), *line)
        for number, line in enumerate(words)
    ]
    return Entry(tuple(lines), {spot.report: spot}, claim=claim)


def timeline(reports: Reports, width: int, _current: int) -> Page:
    """Return the dates that the reports mention, the earliest first, each with its sentences."""
    events = sorted(reports.comparison.timeline, key=lambda event: event.date)
    if not events:
        return saying("No dates were found in these reports.", width)
    entries: list[Entry] = []
    room = min(24, max(10, width // 4, min(24, max(map(len, reports.names)) + 2)))
    for date, group in groupby(events, key=lambda event: event.date):
        members = [member for event in group for member in event.members]
        outlets = len({member.article for member in members})
        entries.append(
            heading(
                spoken(date),
                width,
                tail=f"in {formats.count(outlets, 'report')}",
                first=not entries,
            )
        )
        for member in members:
            report = reports.number[member.article]
            sentence = reports.sentence(report, member.sentence)
            if sentence is None:
                continue
            start = max(0, member.start - sentence.start)
            end = min(len(sentence.text), member.end - sentence.start)
            words = flow(sentence.text, width - room, spans=[Span(start, end, "date")], most=4)
            claim = reports.claim_at(report, member.sentence)
            entries.append(
                Entry(
                    labelled(f"  {reports.names[report]}", room, words, "outlet"),
                    {report: Spot(report, member.sentence, member.start, member.end)},
                    claim=claim.id if claim else None,
                )
            )
    return Page(tuple(entries))


def spoken(date: str) -> str:
    """Return a date as people write it: "2021-08" is "August 2021"; others stay as they are."""
    match = _DATE.fullmatch(date)
    if match is None:
        return shown_line(date)
    year, month, day = match.groups()
    if month is None or not 1 <= int(month) <= 12:
        return year if month is None else date
    return " ".join(part for part in (day and str(int(day)), _MONTHS[int(month) - 1], year) if part)
