"""Questions that nobody waits for any more are broken off in the middle."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator

_STEPS = 5000
"""So many steps of SQLite's machine lie between two looks: well under a millisecond."""


class _Asking(threading.local):
    unwanted: Callable[[], bool] | None = None


_asking = _Asking()


@contextlib.contextmanager
def while_wanted(unwanted: Callable[[], bool]) -> Iterator[None]:
    """Let what this thread asks the archive meanwhile end with LibraryError once it is unwanted."""
    before, _asking.unwanted = _asking.unwanted, unwanted
    try:
        yield
    finally:
        _asking.unwanted = before


@contextlib.contextmanager
def breaking_off(connection: sqlite3.Connection) -> Iterator[None]:
    """Let a connection that is lent to this thread look whether its answers are still wanted."""
    unwanted = _asking.unwanted
    if unwanted is None:
        yield
        return
    connection.set_progress_handler(unwanted, _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
