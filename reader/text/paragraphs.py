"""Paragraphs: from plain text to paragraphs, and from paragraphs to stored text with its blocks.

The stored text of an article is its paragraphs with a blank line between them; the items of one
list are separated by one newline. The bullet of an item is not part of the stored text (the kind
of its block says what it is); the number of a numbered item is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reader.model import Block, BlockKind, Link
from reader.text import lines

_BULLET = re.compile(r"([-*•‣⁃▪▫◦·●○■□➤►✓✔])\s+(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s+(?=\S)")
_DASHED = re.compile(r"[-–—]\s+(\S.{0,78}\S)\s+[-–—]")
_RULE = re.compile(r"[\s\W_]*[-_=*~•·#+—–]{3,}[\s\W_]*|[*•·⁂]\s*[*•·⁂](?:\s*[*•·⁂])*")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_LOST_BREAK = re.compile(r"(?<=[^\s.!?]) \. (?=[a-zß-öø-ÿ])")
_SPACED_STOP = re.compile(r"(?<=[^\s.!?…]) ([.,])(?=\s|$|[\"'”’)])(?! [.,])")
_DOUBLE_STOP = re.compile(r"(?<=\S[.!?])([\"'”’)]*) \.(?=\s|$)(?! \.)")
_WRAP_AT_MOST = 110


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph-like part of an article before it is laid out."""

    text: str
    kind: BlockKind = "paragraph"
    links: tuple[Link, ...] = ()
    """Counted in code points of `text`."""
    opens: bool = False
    """Whether a list item begins a new list though the paragraph before it is an item too."""
    level: int = 0
    """Of a heading: 1 to 6 as in HTML; 0 where it is not known."""


def paragraphs(text: str) -> list[Paragraph]:
    r"""Return the paragraphs of a plain text whose lines end in "\n".

    A line is a paragraph, but for texts that were wrapped at a width. Rules such as "* * *" are
    left out. Lists are found here; headings and captions (`reader.text.kinds`) and pieces of
    sentences (`joined`) when the left-overs are out of the way.
    """
    rows = [_SPACES.sub(" ", row).strip() for row in text.split("\n")]
    rows = [row if len(row) > 200 or not _RULE.fullmatch(row) else "" for row in rows]
    found = [row for row in _unwrapped(rows) if row]
    return _listed(found)


def mended(line: str) -> str:
    """Return a line without the spaces and stops that scrapers put into it.

    "the . claims" is a lost line break, "Kabul ." a stop after a link, "it.' ." both.
    """
    if "  " in line or "\t" in line or not line.isascii():
        line = _SPACES.sub(" ", line)
    line = line.strip()
    if " ." in line or " ," in line:
        line = _LOST_BREAK.sub(" ", line)
        line = _DOUBLE_STOP.sub(r"\1", line)
        line = _SPACED_STOP.sub(r"\1", line)
    return line


def continues(parts: Sequence[Paragraph]) -> list[bool]:
    """Tell of each paragraph whether it is only a piece that belongs to the one before it."""
    found: list[bool] = []
    for n, part in enumerate(parts):
        after = parts[n + 1] if n + 1 < len(parts) else None
        found.append(n > 0 and _continues(parts[n - 1], part, after, among=found[n - 1]))
    return found


def merged(pieces: Sequence[Paragraph]) -> Paragraph:
    """Return a paragraph made of one and the pieces that belong to it."""
    texts: list[str] = []
    links: list[Link] = []
    at = 0
    for piece in pieces:
        gap = "" if not texts or lines.begins_closing(piece.text) else " "
        at += len(gap)
        texts += (gap, piece.text)
        links += [replace(a, start=a.start + at, end=a.end + at) for a in piece.links]
        at += len(piece.text)
    return replace(pieces[0], text="".join(texts), links=tuple(links))


def reworded(part: Paragraph, text: str) -> Paragraph:
    """Return a paragraph with another text, made from its own by taking something out.

    Its links stay with their words, where these are still there.
    """
    if text == part.text:
        return part
    links, at = [], 0
    for link in part.links:
        words = part.text[link.start : link.end]
        start = text.find(words, at)
        if words.strip() and start >= 0:
            at = start + len(words)
            links.append(replace(link, start=start, end=at))
    return replace(part, text=text, links=tuple(links))


def joined(parts: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with the pieces of sentences joined to where they belong."""
    return [merged(group) if len(group) > 1 else group[0] for group in grouped(parts)]


def grouped(parts: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Return the paragraphs, each with the pieces that belong to it."""
    groups: list[list[Paragraph]] = []
    for part, piece in zip(parts, continues(parts), strict=True):
        if piece:
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def laid_out(parts: Iterable[Paragraph]) -> tuple[str, tuple[Block, ...], tuple[Link, ...]]:
    """Return the stored text of these paragraphs, its blocks and its links (in its code points)."""
    pieces: list[str] = []
    blocks: list[Block] = []
    links: list[Link] = []
    at = 0
    for part in parts:
        if not part.text:
            continue
        if blocks:
            same_list = part.kind == "list" and blocks[-1].kind == "list" and not part.opens
            gap = "\n" if same_list else "\n\n"
            pieces.append(gap)
            at += len(gap)
        pieces.append(part.text)
        blocks.append(Block(at, at + len(part.text), part.kind))
        links += [replace(link, start=link.start + at, end=link.end + at) for link in part.links]
        at += len(part.text)
    return "".join(pieces), tuple(blocks), tuple(links)


def covers(blocks: Sequence[Block], text: str) -> bool:
    """Tell whether blocks stand in order and leave nothing of the text out but white space."""
    at = 0
    for block in blocks:
        if not at <= block.start < block.end <= len(text) or text[at : block.start].strip():
            return False
        at = block.end
    return not text[at:].strip()


def _continues(before: Paragraph, part: Paragraph, after: Paragraph | None, *, among: bool) -> bool:
    """Tell whether a paragraph is a piece of the one before it, which may be `among` pieces."""
    running = ("paragraph", "quote")
    if part.kind not in running or before.kind not in (*running, "list"):
        return False
    one, two = before.text, part.text
    lone = not any(c.isalnum() for c in two)  # a full stop or a quotation mark of its own
    if lone or (lines.begins_closing(two) and not two.startswith(("...", "…"))):
        return not lone or len(two) <= 3
    if not lines.ends_open(one) or (lines.title_cased(one) and not among):
        return False
    if lines.ends_hanging(one):
        return before.kind != "list"
    if lines.begins_low(two):
        return among or not (lines.word_count(one) <= 4 and lines.word_count(two) <= 4)
    return _between_pieces(before, part, after)


def _between_pieces(before: Paragraph, part: Paragraph, after: Paragraph | None) -> bool:
    """Tell whether a line with a capital letter is a quotation broken out of a sentence."""
    return (
        after is not None
        and after.kind == "paragraph"
        and before.kind != "list"
        and lines.word_count(before.text) >= 6
        and lines.word_count(part.text) <= 12
        and lines.ends_open(part.text)
        and (lines.begins_low(after.text) or lines.begins_closing(after.text))
    )


def _listed(rows: Sequence[str]) -> list[Paragraph]:
    """Return the rows as paragraphs, with the items of lists as such."""
    bullets = [_BULLET.match(row) for row in rows]
    numbers = [_NUMBER.match(row) for row in rows]
    found: list[Paragraph] = []
    for n, row in enumerate(rows):
        bullet, number = bullets[n], numbers[n]
        if dashed := _DASHED.fullmatch(row):
            found.append(Paragraph(dashed[1], "heading"))
        elif bullet and _in_list(bullets, rows, n, bullet[1] not in "-*·"):
            found.append(Paragraph(row[bullet.end() :], "list"))
        elif number and _in_row(numbers, n):
            opens = int(number[1]) == 1 and bool(found) and found[-1].kind == "list"
            found.append(Paragraph(row, "list", opens=opens))
        else:
            found.append(Paragraph(row))
    return found


def _in_list(
    bullets: Sequence[re.Match[str] | None], rows: Sequence[str], n: int, sure: bool
) -> bool:
    """Tell whether a bullet is one of a list: a lone hyphen may be a dash of direct speech."""
    beside = any(bullets[m] for m in (n - 1, n + 1) if 0 <= m < len(rows))
    return sure or beside or (n > 0 and rows[n - 1].endswith(":"))


def _in_row(numbers: Sequence[re.Match[str] | None], n: int) -> bool:
    """Tell whether a number is followed or preceded by its neighbour."""
    own = numbers[n]
    if own is None:
        return False
    near = [
        int(other[1]) - int(own[1]) - step
        for step in (-1, 1)
        if 0 <= n + step < len(numbers) and (other := numbers[n + step])
    ]
    return 0 in near


def _unwrapped(rows: Sequence[str]) -> list[str]:
    """Return the rows, those of a text that was wrapped at a width joined to its paragraphs."""
    width = _wrap_width(rows)
    if not width:
        return list(rows)
    found: list[str] = []
    for n, row in enumerate(rows):
        before = rows[n - 1] if n else ""
        first = len(row.partition(" ")[0])
        full = len(before) + 1 + first > width
        new = not row or not before or _BULLET.match(row) or _NUMBER.match(row) or not full
        if new:
            found.append(row)
        else:
            found[-1] = f"{found[-1]} {row}"
    return found


def _wrap_width(rows: Sequence[str]) -> int:
    """Return the width at which a text was wrapped; 0 where it was not.

    In a wrapped text the next line's first word would not have fitted, in nearly all lines that do
    not end a paragraph; and most of its lines do not end where a sentence does.
    """
    pairs = [(a, b) for a, b in pairwise(rows) if a and b]
    if len(pairs) < 3:
        return 0
    width = max(len(a) for a, _ in pairs)
    if not 40 <= width <= _WRAP_AT_MOST:
        return 0
    full = sum(len(a) + 1 + len(b.partition(" ")[0]) > width for a, b in pairs)
    ended = sum(lines.ends_sentence(a) for a, _ in pairs)
    return width if full >= 0.7 * len(pairs) and ended <= 0.5 * len(pairs) else 0
