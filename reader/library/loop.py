"""Threads of the notebook: each does one kind of work when there is some, and tries again."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from reader.errors import LibraryError
from reader.library.files import why

RETRY = 0.5
"""Seconds before what failed is tried again."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a loop does."""

    name: str
    due: Callable[[], bool]
    """Tells whether there is something to do; asked with the condition held."""
    do: Callable[[], None]
    """Does it; OSError or LibraryError where it cannot be done now."""
    every: float | None = None
    """Seconds after which it is done in any case; None where only when it is due."""


class Loop:
    """A thread that does its work whenever it is due."""

    def __init__(self, condition: threading.Condition, work: Work, where: object) -> None:
        """Take the condition that guards what `due` looks at, and the place for messages."""
        self._condition = condition
        self._work = work
        self._where = where
        self._thread: threading.Thread | None = None
        self._closing = False
        self.failure: LibraryError | None = None
        """Why the last try failed; None where it did not."""
        self.tries = 0

    @property
    def running(self) -> bool:
        """Whether it was started."""
        return self._thread is not None

    def start(self) -> None:
        """Start the thread, where it does not run yet."""
        with self._condition:
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._run, name=self._work.name, daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Let the thread do what is due, once, and end it."""
        with self._condition:
            self._closing = True
            self._condition.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while self._wait():
            try:
                self._work.do()
                failure = None
            except OSError as error:
                failure = LibraryError(f"{self._where} cannot be written: {why(error)}.")
                failure.__cause__ = error
            except LibraryError as error:
                failure = error
            with self._condition:
                self.failure = failure
                self.tries += 1
                self._condition.notify_all()

    def _wait(self) -> bool:
        """Wait for something to do; False when the thread shall end."""
        with self._condition:
            if self.failure is not None and not self._closing:
                self._condition.wait(RETRY)
            else:
                self._condition.wait_for(
                    lambda: self._closing or self._work.due(), self._work.every
                )
            return not self._closing or (self._work.due() and self.failure is None)
