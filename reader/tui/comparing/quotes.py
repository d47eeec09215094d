"""What people are quoted with, by speaker, the wordings against each other word by word."""

import difflib
import re
from collections.abc import Sequence

from reader.model import Quote
from reader.model import Span as Quoted
from reader.text.hygiene import shown_line
from reader.tui import formats
from reader.tui.comparing.page import Entry, Page, flow, heading, labelled, quoted, saying
from reader.tui.comparing.reports import Reports, Spot
from reader.tui.document import Span

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
NOBODY = "Speaker not named"


def quotes(reports: Reports, width: int, _current: int) -> Page:
    """Return the quotations: speakers whom several reports quote first."""
    grouped = _by_speaker(reports)
    if not grouped:
        return saying("No quotations were found in these reports.", width)
    entries: list[Entry] = []
    room = min(24, max(10, width // 4, *(0, min(24, max(map(len, reports.names)) + 2))))
    for speaker, group in grouped:
        outlets = len({v.article for quote in group for v in quote.variants})
        entries.append(
            heading(
                shown_line(speaker or NOBODY),
                width,
                tail=f"quoted in {formats.count(outlets, 'report')}",
                first=not entries,
            )
        )
        for number, quote in enumerate(group):
            entries += _quote(reports, quote, width, room, apart=number > 0)
    return Page(tuple(entries))


def _by_speaker(reports: Reports) -> list[tuple[str, list[Quote]]]:
    grouped: dict[str, list[Quote]] = {}
    for quote in reports.comparison.quotes:
        grouped.setdefault(reports.outline.speaker(quote), []).append(quote)

    def rank(pair: tuple[str, list[Quote]]) -> tuple[bool, int]:
        speaker, group = pair
        several = max(len({v.article for v in quote.variants}) for quote in group)
        return not speaker, -several

    for group in grouped.values():
        group.sort(key=lambda quote: -len({v.article for v in quote.variants}))
    return sorted(grouped.items(), key=rank)


def _quote(reports: Reports, quote: Quote, width: int, room: int, *, apart: bool) -> list[Entry]:
    texts = [quoted(variant.text) for variant in quote.variants]
    entries = []
    for number, (variant, text) in enumerate(zip(quote.variants, texts, strict=True)):
        others = texts[1:] if number == 0 else texts[:1]
        spans = [Span(a, b, "mark") for a, b in differing(text, others)]
        words = flow(text, width - room, styles=("quote",), spans=spans)
        report = reports.number[variant.article]
        lines = labelled(f"  {reports.names[report]}", room, words, "outlet")
        claim = reports.claim_at(report, variant.sentence)
        entries.append(
            Entry(
                (*(((),) if apart and number == 0 else ()), *lines),
                {report: _spot(report, variant)},
                claim=claim.id if claim else None,
            )
        )
    return entries


def _spot(report: int, variant: Quoted) -> Spot:
    return Spot(report, variant.sentence, variant.start, variant.end)


def differing(text: str, others: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the words of a text stand that one of the others has not in their place."""
    places = [match.span() for match in _WORD.finditer(text)]
    mine = [text[a:b].casefold() for a, b in places]
    marked: set[int] = set()
    for other in others:
        theirs = [match[0].casefold() for match in _WORD.finditer(other)]
        matcher = difflib.SequenceMatcher(None, mine, theirs, autojunk=False)
        for operation, start, end, _a, _b in matcher.get_opcodes():
            if operation != "equal":
                marked.update(range(start, end))
    joined: list[tuple[int, int]] = []
    for number in sorted(marked):
        start, end = places[number]
        if number - 1 in marked:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
