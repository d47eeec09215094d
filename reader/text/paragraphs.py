"""Paragraphs: from plain text to paragraphs with their kinds, and from paragraphs to stored text.

The stored text of an article is its paragraphs with a blank line between them; the items of one
list are separated by one newline. A bullet is not part of the stored text (the block's kind says
that it is a list item); the number of a numbered item is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reader.model import Block, BlockKind, Link

_BULLET = re.compile(r"[-*•‣▪◦·–—]\s+(?=\S)")
_NUMBER = re.compile(r"\(?\d{1,3}[.)]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph-like part of an article before it is laid out.

    `links` count code points of `text`. `opens` marks an item that begins a new list though the
    paragraph before it is a list item too.
    """

    text: str
    kind: BlockKind = "paragraph"
    links: tuple[Link, ...] = ()
    opens: bool = False


def paragraphs(text: str) -> list[Paragraph]:
    r"""Return the paragraphs of a plain text whose lines end in "\n": a line is a paragraph."""
    found = []
    for raw in text.split("\n"):
        line = raw.strip()
        if not line:
            continue
        if bullet := _BULLET.match(line):
            found.append(Paragraph(line[bullet.end() :], "list"))
        elif _NUMBER.match(line):
            found.append(Paragraph(line, "list"))
        else:
            found.append(Paragraph(line))
    return found


def laid_out(parts: Iterable[Paragraph]) -> tuple[str, tuple[Block, ...], tuple[Link, ...]]:
    """Return the stored text of these paragraphs, its blocks and its links (in its code points)."""
    pieces: list[str] = []
    blocks: list[Block] = []
    links: list[Link] = []
    at = 0
    for part in parts:
        if not part.text:
            continue
        if pieces:
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
