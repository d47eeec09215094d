"""What is painted first: the frame of the main screen, while the library is being opened.

It imports nothing that knows a library, so that it stands as soon as Textual does. Keys that are
pressed meanwhile wait at the app's door.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.screen import Screen
from textual.strip import Strip

from reader.text.hygiene import shown_line
from reader.tui.commands import Command
from reader.tui.document import Document, Paragraph
from reader.tui.layout import arrange
from reader.tui.widgets.bars import HeaderBar, StatusBar
from reader.tui.widgets.painting import Painter

PATIENCE = 0.2
"""Seconds after which it is said that the library is being opened."""
SOURCES = 26
"""The width of the pane of sources, as in main.tcss."""


class Waiting(Painter):
    """The empty panes, and what there is to say."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "waiting--ground",
        "waiting--line",
        "waiting--text",
        "waiting--error",
    }
    text = ""
    error = False

    def tell(self, text: str, *, error: bool = False) -> None:
        """Say something in the pane of the list."""
        self.text, self.error = shown_line(text), error
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint one line: the border between the panes, and perhaps words."""
        width, height = self.size
        ground = self.paint_style("waiting--ground")
        left = SOURCES if arrange(width, height + 2, "list").sources else 0
        segments: list[Segment] = []
        if left:
            segments.append(Segment(" " * (left - 1), ground))
            segments.append(Segment("▕", self.paint_style("waiting--line")))
        if self.text and (words := self._words(max(8, width - left - 4), y - 1)):
            style = "waiting--error" if self.error else "waiting--text"
            segments.append(Segment(f"  {words}", self.paint_style(style)))
        return Strip(segments).adjust_cell_length(width, ground)

    def _words(self, width: int, line: int) -> str:
        document = Document([Paragraph(self.text)], width)
        if not 0 <= line < len(document.lines):
            return ""
        start, end = document.lines[line].start, document.lines[line].end
        return document.texts[0][start:end]


class Shell(Screen[None], inherit_bindings=False):
    """Header, panes and footer, with nothing in them yet."""

    AUTO_FOCUS = ""

    def __init__(
        self,
        keys_of: Callable[[Command], str],
        footer: Sequence[Command],
        painted: Callable[[], object],
    ) -> None:
        """Take what the footer shows, and what is to be done after the first paint."""
        super().__init__()
        self._keys_of, self._footer, self._painted = keys_of, footer, painted

    def compose(self) -> ComposeResult:
        """Build the frame."""
        yield HeaderBar("reader", id="header")
        yield Waiting()
        yield StatusBar(self._keys_of, id="status")

    def on_mount(self) -> None:
        """Show the keys, and be patient."""
        self.query_one(StatusBar).offer(self._footer)
        self.set_timer(PATIENCE, self._explain)
        self.call_after_refresh(self._painted)

    def _explain(self) -> None:
        waiting = self.query_one(Waiting)
        if not waiting.text:
            waiting.tell("Opening the library …")

    def tell(self, text: str, *, error: bool = False) -> None:
        """Say what is being done, or what went wrong."""
        self.query_one(Waiting).tell(text, error=error)
