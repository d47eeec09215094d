"""The terminal that the program runs in, and whether it is still there."""

import os
import select
import sys
from collections.abc import Callable


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
