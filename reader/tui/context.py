"""What a screen and its parts may ask of the app. They know this and not the app itself."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from reader.config import Settings
from reader.tui.commands import Command

if TYPE_CHECKING:
    from reader.library import Library
    from reader.tui.jobs import Jobs
    from reader.tui.summaries import Summaries


class Fetcher(Protocol):
    """Fetches feeds."""

    @property
    def is_fetching(self) -> bool:
        """Whether a fetch is under way."""

    @property
    def progress(self) -> str:
        """How far the fetch is; "" if there is none."""

    def toggle(self) -> None:
        """Fetch what is subscribed to, or stop the fetch that is under way."""

    def fetch(self, keys: Sequence[str] | None) -> None:
        """Fetch feeds (None: all that are not muted), unless a fetch is under way."""


class Adder(Protocol):
    """Adds articles and feeds."""

    def add(self) -> None:
        """Ask for files or for an address, and add what is there."""


class Context(Protocol):
    """The library and what else the whole program shares."""

    library: "Library"
    jobs: "Jobs"
    settings: Settings
    summaries: "Summaries"
    summary_length: int
    summary_method: str | None
    summary_in_words: bool
    fetcher: Fetcher
    subscriber: Adder
    now: Callable[[], datetime]

    def keys_of(self, command: Command) -> str:
        """Return the keys of a command as they are configured."""

    def footer_of(self, focus: str) -> list[Command]:
        """Return the commands for the line at the bottom, the most important first."""

    def list_shown(self) -> None:
        """Called when the first list is shown."""

    def suspend(self) -> AbstractContextManager[None]:
        """Give the terminal to another program for a while. Raises SuspendNotSupported."""

    def copy_to_clipboard(self, text: str) -> None:
        """Put a text on the clipboard by the terminal."""

    def keep_trace(self, error: Exception) -> None:
        """Write down what is needed to find the cause of an error that nobody thought of."""
