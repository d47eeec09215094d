"""A list of rows on Textual's line API: as quick with a hundred thousand as with ten.

A move of the cursor repaints two rows; nothing is ever built for rows that are not on the screen.
"""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size, Spacing
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.tui import commands
from reader.tui.abstract import Abstract
from reader.tui.widgets.painting import Painter


class RowsView(Painter, ScrollView, can_focus=True, inherit_bindings=False, metaclass=Abstract):
    """Rows with a cursor. A subclass says how many there are and paints one."""

    BINDINGS: ClassVar = commands.bindings("rows")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--row", "rows--cursor", "rows--empty"}

    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        rows: "RowsView"
        row: int

        @property
        def control(self) -> "RowsView":
            """The list it happened in."""
            return self.rows

    @dataclass
    class Opened(Message):
        """The row under the cursor shall be opened."""

        rows: "RowsView"
        row: int

        @property
        def control(self) -> "RowsView":
            """The list it happened in."""
            return self.rows

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._strips: LRUCache[tuple[int, int, bool, int], Strip] = LRUCache(512)

    # What a subclass says

    row_height: int = 1

    @property
    @abstractmethod
    def row_count(self) -> int:
        """How many rows there are."""

    @abstractmethod
    def paint_row(self, row: int, part: int, width: int, base: Style) -> list[Segment]:
        """Return line `part` of a row, exactly `width` cells wide."""

    def empty_lines(self) -> list[str]:
        """Return what to say where there are no rows."""
        return []

    def can_stand(self, row: int) -> bool:  # noqa: ARG002 - for subclasses
        """Tell whether the cursor may stand on a row (not on a heading)."""
        return True

    # Painting

    def render_line(self, y: int) -> Strip:
        """Paint line `y` of what is visible."""
        width = self.inner_width
        row, part = divmod(y + self.scroll_offset.y, self.row_height)
        if row >= self.row_count:
            return self._empty_line(y, width)
        selected = row == self.cursor
        key = (row, part, selected, width)
        strip = self._strips.get(key)
        if strip is None:
            base = self.paint_style("rows--cursor" if selected else "rows--row")
            strip = Strip(self.paint_row(row, part, width, base), width)
            self._strips[key] = strip
        return strip

    def _empty_line(self, y: int, width: int) -> Strip:
        base = self.paint_style("rows--row")
        lines = self.empty_lines() if self.row_count == 0 else []
        if not 1 <= y <= len(lines):
            return Strip.blank(width, base)
        text = f"  {lines[y - 1]}"
        return Strip([Segment(text, self.paint_style("rows--empty"))]).adjust_cell_length(
            width, base
        )

    def rows_changed(self) -> None:
        """Take note that rows came, went or changed: measure and paint again."""
        self._strips.clear()
        self.virtual_size = Size(self.inner_width, self.row_count * self.row_height)
        self.cursor = self.validate_cursor(self.cursor)
        self.refresh()

    def row_changed(self, row: int) -> None:
        """Take note that one row is to be painted again."""
        for part in range(self.row_height):
            for selected in (False, True):
                self._strips.discard((row, part, selected, self.inner_width))
        self._refresh_row(row)

    def _refresh_row(self, row: int) -> None:
        self.refresh_lines(row * self.row_height, self.row_height)

    def on_resize(self) -> None:
        """Keep the cursor in sight at the new size."""
        self.rows_changed()
        self.show_cursor()

    def notify_style_update(self) -> None:
        """Forget what was painted in the old colours."""
        self._strips.clear()
        super().notify_style_update()

    # Moving

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, self.row_count - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two rows and scroll to the new one."""
        self._refresh_row(old)
        self._refresh_row(new)
        self.show_cursor()
        self.post_message(self.Moved(self, new))

    def show_cursor(self) -> None:
        """Scroll so that the cursor's row can be seen."""
        if not self.size.height:
            return
        height = self.row_height
        region = Region(0, self.cursor * height, max(1, self.size.width), height)
        margin = min(2, (self.size.height // height - 1) // 2) * height
        self.scroll_to_region(
            region, animate=False, force=True, spacing=Spacing(margin, 0, margin, 0)
        )

    def _step(self, rows: int) -> None:
        row = self.validate_cursor(self.cursor + rows)
        direction = 1 if rows > 0 else -1
        while 0 <= row < self.row_count and not self.can_stand(row):
            row += direction
        if 0 <= row < self.row_count:
            self.cursor = row
        elif rows < 0:
            self.scroll_home(animate=False)

    def _page(self) -> int:
        return max(1, self.size.height // self.row_height - 1)

    def action_up(self) -> None:
        """Go one row up."""
        self._step(-1)

    def action_down(self) -> None:
        """Go one row down."""
        self._step(1)

    def action_page_up(self) -> None:
        """Go one page up."""
        self._step(-self._page())

    def action_page_down(self) -> None:
        """Go one page down."""
        self._step(self._page())

    def action_home(self) -> None:
        """Go to the first row."""
        self.cursor = 0
        self._step(0)

    def action_end(self) -> None:
        """Go to the last row."""
        self.cursor = self.row_count - 1

    def action_open(self) -> None:
        """Ask for the row under the cursor to be opened."""
        if self.row_count:
            self.post_message(self.Opened(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Move to the row; the second click opens it."""
        row = (event.y + self.scroll_offset.y) // self.row_height
        if not (0 <= row < self.row_count and self.can_stand(row)):
            return
        if event.chain > 1:
            self.post_message(self.Opened(self, row))
        else:
            self.cursor = row
