"""The line in which one searches as one types."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from reader.text.hygiene import shown_line
from reader.tui.widgets.inputs import Line


class SearchBar(Horizontal):
    """A slash, the line, and what is wrong with it."""

    def compose(self) -> ComposeResult:
        """Build the parts."""
        yield Static(Content("/"), id="search-slash")
        yield Line(id="search", compact=True, placeholder='words, "a phrase", tag:climate …')
        yield Static(Content(""), id="search-error")

    def on_mount(self) -> None:
        """Stay out of sight until one searches."""
        self.display = False

    @property
    def line(self) -> Input:
        """The line."""
        return self.query_one("#search", Input)

    def open(self, text: str) -> None:
        """Show the line with this text in it."""
        self.display = True
        self.complain("")
        with self.line.prevent(Input.Changed):
            self.line.value = text
        self.line.cursor_position = len(text)
        # at once: by focus() keys typed ahead would still act on the list
        self.screen.set_focus(self.line)

    def complain(self, text: str) -> None:
        """Show what is wrong with the search; "" for nothing."""
        error = self.query_one("#search-error", Static)
        error.update(Content(shown_line(text)))
        error.display = bool(text)
