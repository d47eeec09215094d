"""A view of the comparison as a page of entries, with a cursor on an entry and a report's cell."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.tui import commands
from reader.tui.comparing.page import Build, Entry, Line, Page, Piece
from reader.tui.typeset import cells
from reader.tui.widgets.painting import Painter

_STYLES = (
    "text", "dim", "strong", "head", "heading", "hint", "number", "outlet", "value", "quote",
    "date", "mark", "alarm", "says", "differently", "at-odds", "differs", "silent", "cursor",
    "cell",
)  # fmt: skip


Seek = Callable[[list[Entry]], int | None]
"""Finds the entry on which the cursor shall stand."""


class CompareTable(Painter, ScrollView, can_focus=True, inherit_bindings=False):
    """Entries, those with evidence to stand on; a table's head stays on top."""

    GUTTER = 2
    BINDINGS: ClassVar = commands.bindings("column")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"table--{name}" for name in _STYLES}

    @dataclass
    class Moved(Message):
        """The cursor stands on another entry or another report's cell."""

    @dataclass
    class LaidOut(Message):
        """What is shown was laid out for another size."""

    @dataclass
    class Opened(Message):
        """The entry under the cursor was clicked twice."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.column = 0
        self.at = 0
        """The entry under the cursor, counted among those it can stand on."""
        self._build: Build | None = None
        self._seek: Seek | None = None
        self._page = Page(())
        self._lines: list[tuple[int, Line]] = []
        self._tops: list[int] = []
        self._stops: list[int] = []

    # What is shown

    def show(self, build: Build, seek: Seek, *, at: int = 0, column: int = 0) -> None:
        """Show a view with the cursor on the entry that `seek` finds, else on this one."""
        self._build, self._seek, self.at, self.column = build, seek, at, column
        self._lay_out()
        self.scroll_to(0, 0, animate=False)
        self.call_after_refresh(self._bring)

    def _lay_out(self) -> None:
        if self._build is None or not self.inner_width:
            return
        self._page = self._build(max(12, self.inner_width - self.GUTTER - 1), self.column)
        self._lines = [
            (number, line) for number, e in enumerate(self._page.entries) for line in e.lines
        ]
        self._tops, top = [], 0
        for entry in self._page.entries:
            self._tops.append(top)
            top += len(entry.lines)
        self._stops = [n for n, entry in enumerate(self._page.entries) if entry.spots]
        if self._seek is not None:
            found, self._seek = self._seek(self.entries), None
            self.at = self.at if found is None else found
        self.at = max(0, min(self.at, len(self._stops) - 1))
        self.virtual_size = Size(self.inner_width, len(self._lines) + len(self._head()) + 1)
        self.refresh()

    def _head(self) -> tuple[Line, ...]:
        head = self._page.head
        return head[-1:] if self.size.height < 10 else head

    def on_resize(self) -> None:
        """Lay out for the new size, the cursor staying where it is."""
        self._lay_out()
        self.call_after_refresh(self._bring)
        self.post_message(self.LaidOut())

    @property
    def entries(self) -> list[Entry]:
        """The entries that the cursor can stand on."""
        return [self._page.entries[number] for number in self._stops]

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self._page.entries[self._stops[self.at]] if self._stops else None

    # Moving

    def go_to(self, at: int) -> None:
        """Put the cursor on an entry."""
        if self._stops:
            self.at = max(0, min(at, len(self._stops) - 1))
            self._bring()
            self.refresh()
            self.post_message(self.Moved())

    def turn_to(self, column: int) -> None:
        """Put the cursor on another report's cell."""
        self.column = column
        self._lay_out()
        self.post_message(self.Moved())

    def _bring(self) -> None:
        if not self._stops or not self.size.height:
            return
        number = self._stops[self.at]
        first = self._tops[number]
        last = first + len(self._page.entries[number].lines) - 1
        if number and not self._page.entries[number - 1].spots:
            first = self._tops[number - 1]  # with its heading
        top, height = self.scroll_offset.y, max(1, self.size.height - len(self._head()))
        if first < top or last - first >= height:
            self.scroll_to(0, first, animate=False)
        elif last >= top + height:
            self.scroll_to(0, last - height + 1, animate=False)

    def action_page_up(self) -> None:
        """Go one page up."""
        self._page_by(-1)

    def action_page_down(self) -> None:
        """Go one page down."""
        self._page_by(1)

    def _page_by(self, pages: int) -> None:
        if not self._stops:
            return
        height = max(1, self.size.height - len(self._head()) - 1)
        goal = self._tops[self._stops[self.at]] + pages * height
        near = [n for n, stop in enumerate(self._stops) if (self._tops[stop] - goal) * pages >= 0]
        end = len(self._stops) - 1 if pages > 0 else 0
        at = (near[0] if pages > 0 else near[-1]) if near else end
        self.go_to(at)

    def action_home(self) -> None:
        """Go to the first entry."""
        self.go_to(0)

    def action_end(self) -> None:
        """Go to the last entry."""
        self.go_to(len(self._stops) - 1)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on what is clicked; the second click opens it."""
        head = len(self._head())
        number = event.y - head + self.scroll_offset.y
        if event.y < head or not 0 <= number < len(self._lines):
            return
        owner, line = self._lines[number]
        if owner not in self._stops:
            return
        self.at = self._stops.index(owner)
        column = _column_at(line, event.x - self.GUTTER)
        if column is not None and column != self.column:
            self.column = column
            self._lay_out()
        self.refresh()
        self.post_message(self.Moved())
        if event.chain > 1:
            self.post_message(self.Opened())

    # Painting

    def render_line(self, y: int) -> Strip:
        """Paint line `y` of what is visible."""
        width = self.inner_width
        ground = self.paint_style("table--text")
        head = self._head()
        if y < len(head):
            return self._paint(head[y], width, top=True)
        number = y - len(head) + self.scroll_offset.y
        if not 0 <= number < len(self._lines):
            return Strip.blank(width, ground)
        owner, line = self._lines[number]
        here = bool(self._stops) and owner == self._stops[self.at] and bool(line)
        return self._paint(line, width, here=here, table=self._page.entries[owner].table)

    def _paint(
        self, line: Line, width: int, *, here: bool = False, top: bool = False, table: bool = False
    ) -> Strip:
        base = ["table--text"] + (["table--cursor"] if here else [])
        bar = "▌" if here else " "
        segments = [Segment(bar.ljust(self.GUTTER), self.paint_style(*base, "table--number"))]
        for piece in line:
            names = [*base, *(f"table--{style}" for style in piece.styles)]
            text = piece.text
            if piece.column == self.column and piece.column is not None:
                if here and table:
                    names.append("table--cell")
                if top and text.startswith(" "):
                    text = "▾" + text[1:]
            segments.append(Segment(text, self.paint_style(*names)))
        return Strip(segments).adjust_cell_length(width, self.paint_style(*base))


def _column_at(line: tuple[Piece, ...], x: int) -> int | None:
    used = 0
    for piece in line:
        used += cells(piece.text)
        if x < used:
            return piece.column
    return None
