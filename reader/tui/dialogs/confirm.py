"""A question that is answered with yes or no."""

from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reader.text.hygiene import shown_line
from reader.tui.dialogs.base import Dialog


class Confirm(Dialog[bool]):
    """Asks before something is done; Esc and `n` are a no."""

    BINDINGS: ClassVar = [
        Binding("y,enter", "yes", "Yes", id="question.yes", tooltip="Do it."),
        Binding("n", "leave", "No", id="question.no", tooltip="Leave it."),
    ]

    def __init__(self, question: str, about: str, yes: str) -> None:
        """Take the question, what there is to know about it, and what a yes does."""
        super().__init__()
        self.heading = question
        self.hint = f"y or Enter {yes} · n or Esc leaves"
        self._about = about

    def body(self) -> list[Widget]:
        """Return what there is to know."""
        return [Static(Content(shown_line(self._about)), id="question-about")]

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)
