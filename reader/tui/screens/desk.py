"""What all parts of the main screen share: its state, its widgets, work in the background."""

from abc import abstractmethod
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import ClassVar, TypeVar, cast

from textual import on
from textual.css.query import NoMatches
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker

from reader.library import Library, Notebook
from reader.model import ArticleId
from reader.tui.abstract import Abstract
from reader.tui.background import Failed, in_background
from reader.tui.context import Context
from reader.tui.jobs import Jobs
from reader.tui.widgets.bars import StatusBar, Tone

D = TypeVar("D", bound="Desk")
M = TypeVar("M", bound=Message)


def while_there(handler: Callable[[D, M], None]) -> Callable[[D, M], None]:
    """Let a handler of what comes from the background pass once the screen's widgets are gone.

    While the app closes, results may still be waiting in the queue.
    """

    @wraps(handler)
    def handled(desk: D, message: M) -> None:
        with suppress(NoMatches):
            handler(desk, message)

    return handled


class Desk(Screen[None], metaclass=Abstract):
    """A screen with the library, a line for messages, and work in the background."""

    AUTO_FOCUS = ""
    ESCAPE_TO_MINIMIZE: ClassVar[bool] = False

    @property
    def reader(self) -> Context:
        """What the app shares with its screens."""
        return cast("Context", self.app)

    @property
    def library(self) -> Library:
        """The library that is read."""
        return self.reader.library

    @property
    def notebook(self) -> Notebook:
        """The reader's own work."""
        return self.reader.library.notebook

    @property
    def jobs(self) -> Jobs:
        """The worker processes."""
        return self.reader.jobs

    def say(self, text: str, tone: Tone = "info") -> None:
        """Show a message in the line at the bottom."""
        self.query_one(StatusBar).say(text, tone)

    def busy(self, what: str) -> None:
        """Show what is being worked on; "" for nothing."""
        self.query_one(StatusBar).busy(what)

    def in_background(
        self,
        work: Callable[[], Message | None],
        group: str,
        *,
        exclusive: bool = True,
        awaited: bool = False,
    ) -> Worker[None]:
        """Do work in a thread, and post the message that it returns."""
        return in_background(self, work, group, exclusive=exclusive, awaited=awaited)

    @on(Failed)
    @while_there
    def _failed(self, event: Failed) -> None:
        event.stop()
        self.failed(event.reason)

    def failed(self, reason: str) -> None:
        """Tell what went wrong."""
        self.busy("")
        self.say(reason, "error")

    # What the parts tell each other

    def given_up(self) -> None:
        """Called when what was awaited is not any more."""

    @property
    def undecided(self) -> bool:
        """Whether a cursor was moved but has not arrived, for which the next key waits."""
        return False

    def library_changed(self) -> None:
        """Take note that something changed in the library, here or in another process."""

    @abstractmethod
    def targets(self) -> list[ArticleId]:
        """Return the articles that a command is about."""
