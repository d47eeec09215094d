"""What one types or pastes, cleaned before it is shown."""

from textual import events
from textual.geometry import Region
from textual.widgets import Input, TextArea

from reader.text.hygiene import shown, shown_line


class Line(Input):
    """One line to write in."""

    def validate_value(self, value: str) -> str:
        """Take out what a terminal could understand as a command."""
        return shown_line(value)

    def on_input_changed(self) -> None:
        """Keep the cursor in sight; Textual does not where the first text comes in one piece."""
        x = self.cursor_screen_offset.x - self.content_region.x + round(self.scroll_offset.x)
        self.scroll_to_region(Region(x, 0, width=1, height=1), force=True, animate=False)

    def write_on(self) -> None:
        """Take the focus, with the cursor behind what stands there."""
        self.cursor_position = len(self.value)
        self.focus()


class Editor(TextArea):
    """Several lines to write in."""

    async def _on_paste(self, event: events.Paste) -> None:
        # Textual gives the event to the handlers of the base classes too: called here as well,
        # they would paste it twice
        event.text = shown(event.text)
