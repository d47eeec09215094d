"""What has to be said at the start, where it is more than a line."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from reader.text.hygiene import shown_line
from reader.tui.document import Paragraph
from reader.tui.stylesheets import stylesheets
from reader.tui.widgets.prose import ProseView


class NoticesScreen(ModalScreen[None]):
    """Sentences to be read once."""

    CSS_PATH: ClassVar[list[Any]] = stylesheets("dialogs")
    BINDINGS: ClassVar = [
        Binding("escape,enter,q,space", "leave", "Leave", id="notices.leave"),
    ]

    def __init__(self, notices: Sequence[str]) -> None:
        """Take the sentences."""
        super().__init__()
        self._notices = notices

    def compose(self) -> ComposeResult:
        """Build the text."""
        yield ProseView(measure=84, id="notices")

    def on_mount(self) -> None:
        """Show the sentences."""
        view = self.query_one(ProseView)
        view.border_title = "Please note"
        view.border_subtitle = "Esc goes on"
        view.show(
            Paragraph(shown_line(notice), gap=int(number > 0), indent=2, mark="! ")
            for number, notice in enumerate(self._notices)
        )
        view.focus()

    def action_leave(self) -> None:
        """Go on."""
        self.dismiss(None)
