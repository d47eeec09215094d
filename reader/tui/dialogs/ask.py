"""A dialog that asks for one line."""

from collections.abc import Callable

from textual.widget import Widget
from textual.widgets import Input

from reader.tui.dialogs.base import Dialog
from reader.tui.widgets.inputs import Line


class Ask(Dialog[str]):
    """Asks for a line and gives it back; what `check` complains about is told and asked again."""

    def __init__(
        self,
        heading: str,
        value: str = "",
        *,
        hint: str = "Enter keeps it · Esc leaves",
        placeholder: str = "",
        check: Callable[[str], str] | None = None,
    ) -> None:
        """Take what is asked for, what stands there first, and what tells what is wrong with it."""
        super().__init__()
        self.heading = heading
        self.hint = hint
        self._value = value
        self._placeholder = placeholder
        self._check = check

    def body(self) -> list[Widget]:
        """Return the line."""
        return [Line(self._value, id="ask", compact=True, placeholder=self._placeholder)]

    def on_mount(self) -> None:
        """Begin at the end of the line."""
        self.query_one(Line).write_on()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the line back, where nothing is wrong with it."""
        event.stop()
        problem = self._check(event.value) if self._check else ""
        if problem:
            self.tell(problem)
        else:
            self.dismiss(event.value)
