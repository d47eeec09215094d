"""Pages of entries: what the views of a comparison are made of, laid out for a width."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reader.text.hygiene import shown_line
from reader.tui.comparing.reports import Spot
from reader.tui.document import Span, pieces
from reader.tui.typeset import cells, fit, paintable, wrap


@dataclass(frozen=True, slots=True)
class Piece:
    """Some cells of a line, and how they look (component classes without their prefix)."""

    text: str
    styles: tuple[str, ...] = ()
    column: int | None = None
    """The report whose cell of a table it belongs to."""


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something the cursor can stand on; without spots it is a heading or an explanation."""

    lines: tuple[Line, ...]
    spots: Mapping[int, Spot] = field(default_factory=dict)
    """Report -> the place that proves what it says; one report only where there are no columns."""
    claim: int | None = None
    difference: int | None = None
    """Number of the difference in the comparison."""
    table: bool = False
    """Whether it has a cell for each report."""


@dataclass(frozen=True, slots=True)
class Page:
    """A view, laid out: lines that stay on top, and entries."""

    entries: tuple[Entry, ...]
    head: tuple[Line, ...] = ()


Build = Callable[[int, int], Page]
"""Lays a view out for a width in cells, with this report's column in sight."""


def plain(text: str, *styles: str) -> Line:
    """Return a line in one style."""
    return (Piece(text, styles),)


def heading(text: str, width: int, *, tail: str = "", first: bool = False) -> Entry:
    """Return a heading with something quieter behind it, an empty line before it."""
    head = fit(f"{text}  ", width, pad=False)
    rest = fit(tail, width - cells(head), pad=False)
    line = (Piece(head, ("heading",)), Piece(rest, ("dim",)))
    return Entry((line,) if first else ((), line))


def saying(text: str, width: int) -> Page:
    """Return a page that says in a sentence why there is nothing on it."""
    return Page((Entry(((), *flow(text, width, styles=("hint",)))),))


def flow(
    text: str,
    width: int,
    *,
    styles: tuple[str, ...] = (),
    spans: Iterable[Span] = (),
    most: int | None = None,
) -> tuple[Line, ...]:
    """Return a text broken into lines, parts of it marked; at most so many lines, then "…"."""
    text = paintable(text.replace("\n", " "))
    layers = [(span.style, [(span.start, span.end)]) for span in spans]
    ranges = wrap(text, max(4, width))
    lines = [
        tuple(
            Piece(text[a:b], (*styles, *names))
            for a, b, names in pieces(start, end, _within(layers, start, end))
            if a < b
        )
        for start, end in ranges[:most]
    ]
    if most and len(ranges) > most:
        start, _end = ranges[most - 1]
        lines[-1] = (Piece(fit(text[start : start + width * 2], width, pad=False), styles),)
    return tuple(lines)


def _within(
    layers: Sequence[tuple[str, list[tuple[int, int]]]], start: int, end: int
) -> list[tuple[str, list[tuple[int, int]]]]:
    return [
        (style, [(max(a, start), min(b, end)) for a, b in ranges if a < end and b > start])
        for style, ranges in layers
    ]


def labelled(label: str, room: int, lines: Sequence[Line], *styles: str) -> tuple[Line, ...]:
    """Return lines with a label before the first, all of them moved right by its room."""
    head = Piece(fit(label, room - 1) + " ", styles)
    return tuple(
        (head if number == 0 else Piece(" " * room), *line) for number, line in enumerate(lines)
    )


def side_by_side(
    blocks: Sequence[tuple[Sequence[Line], int, int | None]],
) -> tuple[Line, ...]:
    """Return blocks of lines beside each other: (lines, width in cells, report or None) each."""
    height = max((len(lines) for lines, _width, _column in blocks), default=0)
    rows: list[Line] = []
    for number in range(height):
        row: list[Piece] = []
        for lines, width, column in blocks:
            line = lines[number] if number < len(lines) else ()
            used = sum(cells(piece.text) for piece in line)
            row += [Piece(p.text, p.styles, column) for p in line]
            row.append(Piece(" " * max(0, width - used), (), column))
        rows.append(tuple(row))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Columns:
    """How a table with a column for each report is divided."""

    text: int
    """Cells of the first column."""
    cell: int
    """Cells of each report's column."""
    first: int
    """The first report whose column is in sight."""
    count: int
    """How many are in sight."""

    @property
    def shown(self) -> range:
        """The reports whose columns are in sight."""
        return range(self.first, self.first + self.count)


def columns_for(
    width: int, reports: int, current: int, *, text: int, least: int, most: int
) -> Columns:
    """Divide a width: `text` cells at least for the first column, `least` to `most` for each other.

    Where not all fit, those around the current one are in sight.
    """
    room = max(least, width - text)
    count = max(1, min(reports, room // least))
    cell = max(least, min(most, room // count))
    first = max(0, min(current - count // 2, reports - count))
    return Columns(max(4, width - cell * count), cell, first, count)


def heads(names: Sequence[str], columns: Columns, title: str) -> Line:
    """Return the heads of a table: names, as far as they fit, else letters."""
    row = [Piece(fit(title, columns.text), ("head",))]
    for number in columns.shown:
        width = columns.cell - 1
        name = _fitted(names[number], width) if columns.cell >= 7 else fit(letter(number), width)
        row.append(Piece(f" {name}", ("head",), number))
    return tuple(row)


def _fitted(name: str, width: int) -> str:
    """Return a name cut to a width; the number that tells two reports of an outlet apart stays."""
    outlet, _, number = name.rpartition(" ")
    if not outlet or not (number[:1] == "(" and number[1:-1].isdigit()) or cells(name) <= width:
        return fit(name, width)
    return f"{fit(outlet, width - cells(number))}{number}"


def letter(number: int) -> str:
    """Return a report's letter, from A to Z, then its number."""
    return chr(ord("A") + number) if number < 26 else str(number + 1)


def quoted(text: str) -> str:
    """Return a text of one line in quotation marks, unless it has them already."""
    text = shown_line(text).strip()
    return text if text[:1] in "“«„\"'‘" else f"“{text}”"
