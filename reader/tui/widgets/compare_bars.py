"""The comparison's own lines: which views there are, and what the cursor stands on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.tui.comparing.page import Line
from reader.tui.typeset import cells, fit
from reader.tui.widgets.painting import Painter


class ViewsBar(Painter):
    """The names of the views with their keys, the one that is shown standing out."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"views--key", "views--name", "views--current"}

    @dataclass
    class Chosen(Message):
        """A view was clicked."""

        view: int

    def __init__(self, names: Sequence[tuple[str, str]], *, id: str | None = None) -> None:
        """Take each view's name and a shorter one."""
        super().__init__(id=id)
        self._names = list(names)
        self._counts: list[int | None] = [None] * len(names)
        self._current = 0
        self._places: list[tuple[int, int, int]] = []

    def tell(self, current: int, counts: Sequence[int | None]) -> None:
        """Show which view is current, and how much each holds."""
        self._current, self._counts = current, list(counts)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint the line in the longest form that there is room for."""
        width = self.size.width
        ground = self.paint_style("views--name")
        if y:
            return Strip.blank(width, ground)
        for labels in self._forms():
            if sum(cells(label) + 4 for label in labels) <= width:
                break
        segments: list[Segment] = []
        self._places, used = [], 0
        for number, label in enumerate(labels):
            current = number == self._current
            key = f" {number + 1}" if label or not current else f"[{number + 1}"
            text = f" {label} " if label else ("]" if current else " ")
            style = "views--current" if current else "views--name"
            segments.append(
                Segment(key, self.paint_style("views--current" if current else "views--key"))
            )
            segments.append(Segment(text, self.paint_style(style)))
            self._places.append((used, used + cells(key + text), number))
            used += cells(key + text)
        return Strip(segments).adjust_cell_length(width, ground)

    def _forms(self) -> list[list[str]]:
        counted = [
            f"{name} {count}" if count is not None else name
            for (name, _short), count in zip(self._names, self._counts, strict=True)
        ]
        short = [name for _long, name in self._names]
        alone = [n if number == self._current else "" for number, n in enumerate(short)]
        return [counted, [name for name, _short in self._names], short, alone, [""] * len(short)]

    def on_click(self, event: events.Click) -> None:
        """Ask for the view that was clicked."""
        for start, end, number in self._places:
            if start <= event.x < end:
                self.post_message(self.Chosen(number))


class AboutBar(Painter):
    """What the cursor stands on: who says it, and in which words."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "about--text", "about--strong", "about--dots", "about--outlet", "about--alarm",
        "about--differs", "about--only", "about--dim", "about--mark",
    }  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()

    @property
    def text(self) -> str:
        """What is told, as plain text."""
        return "\n".join("".join(piece.text for piece in line) for line in self._lines)

    def tell(self, lines: Sequence[Line]) -> None:
        """Show these lines, as many as there is room for."""
        if list(lines) != list(self._lines):
            self._lines = tuple(lines)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint a line, cut where it is too long."""
        width = self.size.width
        ground = self.paint_style("about--text")
        if y >= len(self._lines):
            return Strip.blank(width, ground)
        segments = [Segment(" ", ground)]
        room = width - 2
        for piece in self._lines[y]:
            text = fit(piece.text, room, pad=False)
            names = [f"about--{style}" for style in piece.styles]
            segments.append(Segment(text, self.paint_style("about--text", *names)))
            room -= cells(text)
        return Strip(segments).adjust_cell_length(width, ground)
