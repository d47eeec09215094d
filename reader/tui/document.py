"""What a reading pane shows: paragraphs, laid out in lines that know their place in the text.

Pure values and functions; `widgets.prose` paints them.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.text.references import with_marks
from reader.tui.typeset import Range, paintable, wrap


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a paragraph's own text with a style (a component class without its prefix)."""

    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph to be shown."""

    text: str
    place: int | None = None
    """Where text[0] stands in the article's stored text; None for what is not of that text."""
    style: str = "text"
    gap: int = 1
    """Empty lines before it."""
    indent: int = 0
    """Cells by which all lines are moved right."""
    mark: str = ""
    """What stands before the first line, within the indent: "• ", "✎ "."""
    spans: tuple[Span, ...] = ()
    key: int | None = None
    """What it stands for where it is not the article's text: a note's id, a sentence's number."""
    article: int | None = None
    """Whose text it is, where a document holds several articles'."""
    marks: tuple[tuple[int, str], ...] = ()
    """What is shown among the text without being of it: offsets into the text, sorted, and words.

    Only a text with a place may have them.
    """

    def place_of(self, offset: int) -> int:
        """Return the place in the stored text of an offset into what is shown."""
        added = 0
        for at, mark in self.marks:
            if offset <= at + added:
                break
            added += min(len(mark), offset - at - added)
        return (self.place or 0) + offset - added

    def offset_of(self, place: int, *, end: bool = False) -> int:
        """Return where a place of the stored text is shown; the end of a part before its mark."""
        offset = place - (self.place or 0)
        before = (mark for at, mark in self.marks if at < offset or (at == offset and not end))
        return offset + sum(map(len, before))


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the screen: `start` and `end` are offsets into its paragraph as it is shown.

    `paragraph` is None for an empty line between paragraphs.
    """

    paragraph: int | None
    start: int = 0
    end: int = 0


class Document:
    """Paragraphs laid out for a width."""

    def __init__(self, paragraphs: Iterable[Paragraph] = (), width: int = 72) -> None:
        """Take the paragraphs and the width of a line in cells."""
        self.paragraphs: tuple[Paragraph, ...] = tuple(paragraphs)
        self.texts = tuple(paintable(with_marks(p.text, p.marks)) for p in self.paragraphs)
        self.width = width
        self.lines: list[Line] = []
        self._starts: list[int] = []
        self._line_of_start: list[int] = []
        self._first_lines: list[int] = []
        self._lay_out()

    def at_width(self, width: int) -> "Document":
        """Return the same paragraphs laid out for another width."""
        return self if width == self.width else Document(self.paragraphs, width)

    def _lay_out(self) -> None:
        for number, (paragraph, text) in enumerate(zip(self.paragraphs, self.texts, strict=True)):
            if self.lines:
                self.lines.extend([Line(None)] * paragraph.gap)
            self._first_lines.append(len(self.lines))
            width = max(8, self.width - paragraph.indent)
            verbatim = paragraph.style in {"code", "table"}
            for start, end in wrap(text, width, verbatim=verbatim):
                if paragraph.place is not None:
                    self._starts.append(paragraph.place_of(start))
                    self._line_of_start.append(len(self.lines))
                self.lines.append(Line(number, start, end))

    def line_at(self, place: int) -> int:
        """Return the number of the line that shows this place of the stored text."""
        found = bisect_right(self._starts, place) - 1
        return self._line_of_start[found] if found >= 0 else 0

    def place_at(self, line: int) -> int:
        """Return the place of the stored text at which this line begins, or the next of it."""
        found = bisect_right(self._line_of_start, line - 1)
        return self._starts[min(found, len(self._starts) - 1)] if self._starts else 0

    def first_line(self, paragraph: int) -> int:
        """Return the number of a paragraph's first line."""
        return self._first_lines[paragraph] if self._first_lines else 0

    def last_line(self, paragraph: int) -> int:
        """Return the number of a paragraph's last line."""
        after = paragraph + 1
        if after < len(self._first_lines):
            return self._first_lines[after] - self.paragraphs[after].gap - 1
        return max(0, len(self.lines) - 1)

    def last_line_of_text(self) -> int:
        """Return the number of the last line that belongs to the stored text."""
        return self._line_of_start[-1] if self._line_of_start else max(0, len(self.lines) - 1)


def overlapping(ranges: Sequence[Range], start: int, end: int) -> list[Range]:
    """Return the parts of sorted ranges that lie in start..end; ranges do not overlap."""
    first = max(0, bisect_right(ranges, (start, 0)) - 1)
    found: list[Range] = []
    for a, b in ranges[first:]:
        if a >= end:
            break
        if b > start:
            found.append((max(a, start), min(b, end)))
    return found


def pieces(
    start: int, end: int, layers: Iterable[tuple[str, Iterable[Range]]]
) -> list[tuple[int, int, tuple[str, ...]]]:
    """Cut start..end where styles change; each piece names its styles, in the layers' order."""
    cuts = {start, end}
    covering: list[tuple[str, int, int]] = []
    for style, ranges in layers:
        for a, b in ranges:
            covering.append((style, a, b))
            cuts.update((a, b))
    edges = sorted(cuts)
    return [
        (a, b, tuple(dict.fromkeys(s for s, x, y in covering if x <= a and b <= y)))
        for a, b in pairwise(edges)
    ]
