"""What changed between two revisions as paragraphs for a reading pane. Pure functions."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from itertools import groupby

from reader.model import Revision
from reader.text.hygiene import shown_line
from reader.text.revisions import METHOD, Changes, Passage
from reader.text.word_changes import Piece, signed
from reader.tui import formats
from reader.tui.document import Paragraph, Span


def changes_page(
    found: Changes,
    old: Revision,
    new: Revision,
    *,
    folded: bool = False,
    zone: tzinfo | None = None,
) -> list[Paragraph]:
    """Return what changed from one revision to another; a place that changed has its number as key.

    `folded` leaves out the paragraphs that stayed.
    """
    page = [_title(found)]
    page.append(Paragraph(_between(old, new, zone), style="byline", gap=0))
    page.append(Paragraph(_how_much(found), style="byline", gap=0))
    number = 1
    for changed, group in groupby(found.passages, key=lambda passage: passage.changed):
        passages = list(group)
        if not changed and folded:
            told = formats.count(len(passages), "paragraph")
            page.append(Paragraph(f"… {told} that stayed", style="hint", indent=2))
            continue
        for passage in passages:
            page.append(_passage(passage, number if changed else None))
            number += changed
    page.append(Paragraph(f"Found so: {METHOD}.", style="hint", gap=2))
    return page


def _changed(pieces: Sequence[Piece]) -> bool:
    return any(piece.kind != "same" for piece in pieces)


def _title(found: Changes) -> Paragraph:
    text, spans = _text(found.title)
    key = 0 if _changed(found.title) else None
    return Paragraph(text or "(no title)", style="title", gap=0, spans=spans, key=key)


def _passage(passage: Passage, key: int | None) -> Paragraph:
    text, spans = _text(passage.pieces)
    return Paragraph(text, indent=2, mark=f"{passage.sign:<2}", spans=spans, key=key)


def _text(pieces: Sequence[Piece]) -> tuple[str, tuple[Span, ...]]:
    """Return pieces as one text with signs around what went and came, and their styles."""
    text = ""
    spans = []
    for kind, part in signed(pieces):
        if kind != "same":
            spans.append(Span(len(text), len(text) + len(part), kind))
        text += part
    return text, tuple(spans)


def _between(old: Revision, new: Revision, zone: tzinfo | None) -> str:
    when = f", came {formats.moment(new.came, zone)}" if new.came is not None else ""
    return f"Revision {old.number} → {new.number}{when}"


def _how_much(found: Changes) -> str:
    if not found.changed:
        return "No word changed: only how it is set, or what belongs to it."
    return f"{formats.count(found.inserted, 'word')} came, {found.deleted:,} went"


def revisions_told(
    revisions: Sequence[Revision], read: int | None, now: datetime, *, key: str
) -> str:
    """Return what an article's head says of its revisions; "" where there is only one.

    `read` is the revision that was read where it changed since, `key` shows what changed.
    """
    if len(revisions) < 2:
        return ""
    came = revisions[-1].came
    since = " since you read it" if read is not None else ""
    when = f", {ago(came, now)}" if came is not None else ""
    return f"Changed{since}{when}: {len(revisions):,} revisions ({key} shows what changed)"


def ago(when: datetime, now: datetime) -> str:
    """Return how long ago that was, in words: "2 hours ago"; a date where it is long ago."""
    minutes = int((now - when).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    for size, unit in ((60, "minute"), (24 * 60, "hour"), (7 * 24 * 60, "day")):
        if minutes < size:
            number = minutes // {"minute": 1, "hour": 60, "day": 24 * 60}[unit]
            return f"{formats.count(number, unit)} ago"
    return shown_line(formats.age(when, now))
