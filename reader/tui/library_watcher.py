"""What happens to the library beside what the reader does: others' changes, and trouble."""

import threading
from collections.abc import Callable

from reader.errors import ReaderError
from reader.library import Library
from reader.tui import terminal
from reader.tui.widgets.bars import Tone

POLL = 0.1
"""Seconds between two looks."""
AGAIN = 100
"""After so many looks that found the same trouble, it is told again."""


class LibraryWatcher:
    """Looks whether the library changed, and whether what is done can be kept."""

    def __init__(
        self, library: Library, changed: Callable[[], None], tell: Callable[[str, Tone], None]
    ) -> None:
        """Take what is called from the looking thread: for a change, and with a sentence."""
        self._library = library
        self._changed = changed
        self._tell = tell
        self._seen = -1
        self._noticed = len(library.notices)
        self._trouble = ""
        self._looks = 0

    def follow(
        self, leaving: threading.Event, leave: Callable[[], None], *, real: bool = True
    ) -> None:
        """Look again and again; `leave` where the terminal is gone, if it is a real one."""
        gone = terminal.watch()
        self.look()
        while not leaving.wait(POLL):
            if gone() and real:
                leave()
                return
            self.look()

    def look(self) -> None:
        """Look once; cheap enough for ten times a second."""
        try:
            seen, trouble = self._library.changes(), self._library.trouble()
        except ReaderError as error:
            seen, trouble = self._seen, str(error)
        if seen != self._seen:
            if self._seen >= 0:
                self._changed()
            self._seen = seen
        self._look_at(trouble)
        for notice in self._library.notices[self._noticed :]:
            self._noticed += 1
            self._tell(notice, "warning")

    def _look_at(self, trouble: str) -> None:
        self._looks = self._looks + 1 if trouble == self._trouble else 0
        if trouble and self._looks % AGAIN == 0:
            self._tell(trouble, "error")
        elif self._trouble and not trouble:
            self._tell("What you do is saved again.", "info")
        self._trouble = trouble
