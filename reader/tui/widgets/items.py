"""Items to choose from, each of one or more paragraphs: a summary's sentences, notes."""

from dataclasses import dataclass
from typing import ClassVar

from textual.message import Message

from reader.tui import commands
from reader.tui.document import Line, Paragraph
from reader.tui.widgets.prose import ProseView


class ItemsView(ProseView, inherit_bindings=False):
    """A document whose paragraphs with a key are items; paragraphs of one key are one item."""

    BINDINGS: ClassVar = commands.bindings("prose", "summary")

    @dataclass
    class Picked(Message):
        """An item was chosen, by its key."""

        items: "ItemsView"
        key: int

        @property
        def control(self) -> "ItemsView":
            """The view it happened in."""
            return self.items

    at = 0
    """Which of the items the cursor stands on."""
    _at_top = True

    @property
    def keys(self) -> list[int]:
        """The keys of the items, in their order."""
        return list(dict.fromkeys(p.key for p in self.document.paragraphs if p.key is not None))

    @property
    def key(self) -> int | None:
        """The key of the item under the cursor."""
        keys = self.keys
        return keys[min(self.at, len(keys) - 1)] if keys else None

    def line_count(self) -> int:
        """Return how many lines all of it takes."""
        return len(self.document.lines) + 1

    def _gutter(self, paragraph: Paragraph, line: Line) -> str:
        del line
        here = self.has_focus and paragraph.key is not None and paragraph.key == self.key
        return "▌" + " " * (self.GUTTER - 1) if here else " " * self.GUTTER

    def on_focus(self) -> None:
        """Show the cursor."""
        self.paint_again()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.paint_again()

    def go_to(self, item: int) -> None:
        """Put the cursor on an item and bring it into sight."""
        keys = self.keys
        if not keys:
            return
        self.at = max(0, min(item, len(keys) - 1))
        self.paint_again()
        numbers = [n for n, p in enumerate(self.document.paragraphs) if p.key == keys[self.at]]
        first = self.document.first_line(numbers[0]) + 1
        last = self.document.last_line(numbers[-1]) + 1
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if self.at == 0:
            self.scroll_to(0, 0, animate=False)
        elif first < top + 1 or last - first >= height:
            self.scroll_to(0, max(0, first - 1), animate=False)
        elif last >= top + height:
            self.scroll_to(0, last - height + 1, animate=False)

    def action_up(self) -> None:
        """Go to the item before."""
        self.go_to(self.at - 1)

    def action_down(self) -> None:
        """Go to the next item."""
        self.go_to(self.at + 1)

    def action_home(self) -> None:
        """Go to the first item."""
        self.go_to(0)

    def action_end(self) -> None:
        """Go to the last item."""
        self.go_to(len(self.keys) - 1)

    def action_open(self) -> None:
        """Choose the item under the cursor."""
        if (key := self.key) is not None:
            self.post_message(self.Picked(self, key))

    def on_prose_view_pointed(self, event: ProseView.Pointed) -> None:
        """Choose the item that was clicked."""
        event.stop()
        if event.paragraph.key is not None:
            self.go_to(self.keys.index(event.paragraph.key))
            self.post_message(self.Picked(self, event.paragraph.key))
