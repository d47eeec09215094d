"""What all dialogs share: a box in the middle, a heading, a hint, Esc leaves."""

from abc import abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from reader.text.hygiene import shown_line
from reader.tui.abstract import Abstract
from reader.tui.messages import Failed
from reader.tui.stylesheets import stylesheets

T = TypeVar("T")


class Dialog(ModalScreen[T], Generic[T], metaclass=Abstract):
    """A box over the screen that gives a value back, or None."""

    CSS_PATH: ClassVar[list[Any]] = stylesheets("dialogs")
    BINDINGS: ClassVar = [
        Binding("escape", "leave", "Leave", id="dialog.leave", tooltip="Leave the dialog."),
    ]
    heading = ""
    hint = ""

    def compose(self) -> ComposeResult:
        """Build the box."""
        with Vertical(id="dialog"):
            yield Static(Content(shown_line(self.heading)), id="dialog-heading")
            yield from self.body()
            yield Static(Content(self.hint), id="dialog-hint")

    @abstractmethod
    def body(self) -> list[Widget]:
        """Return what stands in the box."""

    def tell(self, hint: str) -> None:
        """Show another hint."""
        self.query_one("#dialog-hint", Static).update(Content(shown_line(hint)))

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        event.stop()
        self.failed(event.reason)

    def failed(self, reason: str) -> None:
        """Show why work in the background failed."""
        self.tell(f"{reason} · Esc closes")

    def action_leave(self) -> None:
        """Leave without a result."""
        self.dismiss(None)
