"""The line at the top tells where one is, the line at the bottom which keys apply."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from reader.text.hygiene import shown_line
from reader.tui.commands import Command, shown_keys
from reader.tui.typeset import cells, fit, wrap
from reader.tui.widgets.painting import Painter

Tone = Literal["info", "warning", "error"]
SHOWN_FOR = 6.0
"""Seconds for which a message stands in the line at the bottom."""


class HeaderBar(Painter):
    """Where one is: parts from the left, and one text at the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--name", "bar--place", "bar--more", "bar--right"}

    def __init__(self, name: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._name_shown = name
        self._parts: list[str] = []
        self._right = ""

    def tell(self, parts: Sequence[str], right: str = "") -> None:
        """Show the place (the first part is the strongest), and what stands at the right."""
        parts, right = [shown_line(part) for part in parts if part], shown_line(right)
        if (parts, right) != (self._parts, self._right):
            self._parts, self._right = parts, right
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint the line."""
        width = self.size.width
        ground = self.paint_style("bar--more")
        if y:
            return Strip.blank(width, ground)
        right = f" {self._right} " if self._right else ""
        if cells(right) > width // 2:
            right = ""
        room = width - cells(right)
        segments = [
            Segment(fit(f" {self._name_shown} ", room, pad=False), self.paint_style("bar--name"))
        ]
        used = sum(cells(s.text) for s in segments)
        for number, part in enumerate(self._parts):
            text = fit(f" {part}" if number == 0 else f" · {part}", room - used, pad=False)
            segments.append(
                Segment(text, self.paint_style("bar--place" if not number else "bar--more"))
            )
            used += cells(text)
        segments.append(Segment(" " * max(0, room - used), ground))
        segments.append(Segment(right, self.paint_style("bar--right")))
        return Strip(segments).adjust_cell_length(width, ground)


MOST_LINES = 3
"""So many lines what went wrong may take where one is too short for it."""


class StatusBar(Painter):
    """The keys that apply here; for a while, what was done or went wrong."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bar--key",
        "bar--title",
        "bar--info",
        "bar--warning",
        "bar--error",
        "bar--busy",
    }

    @dataclass
    class Chosen(Message):
        """A key in the line was clicked."""

        command: Command

    def __init__(self, keys_of: Callable[[Command], str], *, id: str | None = None) -> None:
        """Take what tells the keys of a command as they are configured."""
        super().__init__(id=id)
        self._keys_of = keys_of
        self._commands: list[Command] = []
        self._hint = ""
        self._said: tuple[str, Tone] | None = None
        self._busy = ""
        self._timer: Timer | None = None
        self._places: list[tuple[int, int, Command]] = []

    def offer(self, commands: Sequence[Command], hint: str = "") -> None:
        """Show these commands, the most important first as far as there is room; or a hint."""
        if (list(commands), hint) != (self._commands, self._hint):
            self._commands, self._hint = list(commands), hint
            self.refresh()

    def say(self, text: str, tone: Tone = "info") -> None:
        """Show a message for a while (an error somewhat longer)."""
        self._said = (shown_line(text), tone)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SHOWN_FOR * (2 if tone == "error" else 1), self.hush)
        self._fit_height()
        self.refresh()

    def on_resize(self) -> None:
        """Take the lines that a message needs in another width."""
        self._fit_height()

    def _fit_height(self) -> None:
        height = max(1, len(self._lines()))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    def _lines(self) -> list[str]:
        """Return the lines of the message: an error is no use where its end is cut off."""
        if self._said is None:
            return []
        text, tone = self._said
        if tone == "info":
            return [f" {text}"]
        sign = {"warning": "! ", "error": "✗ "}[tone]
        room = self.size.width - cells(self._working()) - 4
        lines = [text[start:end] for start, end in wrap(text, max(8, room))] or [""]
        if len(lines) > MOST_LINES:
            lines[MOST_LINES - 1 :] = [" ".join(lines[MOST_LINES - 1 :])]
        return [f" {sign}{lines[0]}", *(f"   {line}" for line in lines[1:])]

    def hush(self) -> None:
        """Take the message away."""
        if self._said is not None:
            self._said = None
            self._fit_height()
            self.refresh()

    @property
    def said(self) -> str:
        """The message that is shown, or ""."""
        return self._said[0] if self._said else ""

    def busy(self, what: str) -> None:
        """Show at the right what is being worked on; "" for nothing."""
        what = shown_line(what)
        if what != self._busy:
            self._busy = what
            self._fit_height()
            self.refresh()

    def _working(self) -> str:
        return f" {self._busy} … " if self._busy else ""

    def render_line(self, y: int) -> Strip:
        """Paint a line; only a message may have more than one."""
        width = self.size.width
        ground = self.paint_style("bar--title")
        lines = self._lines()
        if y >= max(1, len(lines)):
            return Strip.blank(width, ground)
        busy = "" if y else self._working()
        room = max(0, width - cells(busy))
        self._places = []
        if self._said is not None:
            segments = [Segment(fit(lines[y], room), self.paint_style(f"bar--{self._said[1]}"))]
        else:
            segments = self._keys(room)
        segments.append(Segment(busy, self.paint_style("bar--busy")))
        return Strip(segments).adjust_cell_length(width, ground)

    def _keys(self, room: int) -> list[Segment]:
        """Return as many keys as there is room for; at the right end always where all are told."""
        if self._hint:
            return [Segment(fit(f" {self._hint}", room), self.paint_style("bar--title"))]
        last = [command for command in self._commands if command.id == "help"]
        kept = sum(self._key_width(command) for command in last)
        segments: list[Segment] = []
        used = 0
        for command in self._commands:
            size = self._key_width(command)
            if command not in last and used + size <= room - kept:
                segments += self._key(command, used)
                used += size
        ground = self.paint_style("bar--title")
        segments.append(Segment(" " * max(0, room - kept - used), ground))
        for command in last:
            segments += self._key(command, room - kept)
        return segments

    def _key_name(self, command: Command) -> str:
        return shown_keys(self._keys_of(command)).split(" ")[0]

    def _key_width(self, command: Command) -> int:
        return cells(self._key_name(command)) + cells(command.title) + 3

    def _key(self, command: Command, place: int) -> list[Segment]:
        self._places.append((place, place + self._key_width(command), command))
        return [
            Segment(f" {self._key_name(command)}", self.paint_style("bar--key")),
            Segment(f" {command.title} ", self.paint_style("bar--title")),
        ]

    def on_click(self, event: events.Click) -> None:
        """Take a click on a key as that key."""
        if self._said is not None:
            self.hush()
            return
        for start, end, command in self._places:
            if start <= event.x < end:
                self.post_message(self.Chosen(command))
