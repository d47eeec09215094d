"""The terminal that the program runs in: whether it is still there, and what may reach it."""

import os
import select
import sys
from collections.abc import Callable

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from reader.text.hygiene import shown_line


def watch() -> Callable[[], bool]:
    """Return a function that tells whether the terminal that is read from was closed since.

    A hang-up signal reaches only what belongs to the terminal's session; without one Textual would
    go on reading nothing, as fast as it can.
    """
    try:
        number = sys.__stdin__.fileno() if sys.__stdin__ is not None else -1
        terminal = os.isatty(number) and hasattr(select, "poll")
    except (OSError, ValueError):
        terminal = False
    if not terminal:
        return lambda: False
    watched = select.poll()
    watched.register(number, 0)
    ended = select.POLLHUP | select.POLLERR | select.POLLNVAL
    return lambda: any(state & ended for _, state in watched.poll(0))


class OutputSanitizer(LineFilter):
    """The last look at every line before it is painted, whichever widget it comes from.

    Each widget cleans what it shows; a line that was forgotten, or one of Textual's own (the
    palette's, a dialog's), is cleaned here. The text keeps its width. Links of the terminal (OSC 8)
    are taken off: what is opened is asked for by a key.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return a line's segments, those cleaned that need it."""
        del background
        if all(_clean(segment) for segment in segments):
            return segments
        return [segment if _clean(segment) else _cleaned(segment) for segment in segments]


def _clean(segment: Segment) -> bool:
    text, style = segment.text, segment.style
    return (shown_line(text) == text) and (style is None or not style.link)


def _cleaned(segment: Segment) -> Segment:
    text = shown_line(segment.text)
    style = segment.style.update_link(None) if segment.style else None
    return Segment(text + " " * (cell_len(segment.text) - cell_len(text)), style)
