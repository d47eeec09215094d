"""What all screens of the library share: messages, work in the background, commands by id."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar, TypeVar, cast

from textual import getters, on
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.worker import Worker

from reader.library import Library, Notebook
from reader.tui.background import run_in_background
from reader.tui.context import Context
from reader.tui.dispatch import Handlers
from reader.tui.messages import Failed, Finished
from reader.tui.widgets.bars import HeaderBar, StatusBar, Tone

T = TypeVar("T")


class LibraryScreen(Screen[Any]):
    """A screen with the library, a line for messages, and commands that are found by their ids."""

    AUTO_FOCUS = ""
    ESCAPE_TO_MINIMIZE: ClassVar[bool] = False

    header = getters.query_one(HeaderBar)
    status = getters.query_one(StatusBar)

    def __init__(self) -> None:
        super().__init__()
        self.handlers: Handlers = {}

    @property
    def context(self) -> Context:
        """What the app shares with its screens."""
        return cast("Context", self.app)

    @property
    def library(self) -> Library:
        """The library that is read."""
        return self.context.library

    @property
    def notebook(self) -> Notebook:
        """The reader's own work."""
        return self.context.library.notebook

    # Commands

    def action_do(self, command: str) -> None:
        """Run the command with this id."""
        handler = self.handlers.get(command)
        if handler is not None and handler.available():
            handler.run()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return True if a command can be run now; else its key is somebody else's."""
        if action != "do":
            return super().check_action(action, parameters)
        handler = self.handlers.get(str(parameters[0]))
        return handler is not None and handler.available()

    def focused_pane(self) -> str:
        """Return the name under which the commands that apply are listed."""
        return "list"

    # For the parts of a screen: see `reader.tui.host.Host`

    def say(self, text: str, tone: Tone = "info") -> None:
        """Show a message in the line at the bottom."""
        self.status.say(text, tone)

    def set_busy(self, what: str) -> None:
        """Show what is being worked on; "" for nothing."""
        self.status.busy(what)

    def ask(self, dialog: Screen[T], then: Callable[[T | None], None]) -> None:
        """Show a dialog, and do something with its answer."""
        self.app.push_screen(dialog, then)

    def run(
        self,
        work: Callable[[], T | None],
        then: Callable[[T], object] | None = None,
        *,
        group: str,
        exclusive: bool = True,
        awaited: bool = False,
        failed: Callable[[str], object] | None = None,
    ) -> Worker[None]:
        """Do work in a thread and then, back on the screen, something with its result."""
        return run_in_background(
            self, work, then, group=group, exclusive=exclusive, awaited=awaited, failed=failed
        )

    @on(Finished)
    def _finished(self, event: Finished) -> None:
        event.stop()
        with suppress(NoMatches):  # the widgets go before the last messages while the app closes
            event.then()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        event.stop()
        with suppress(NoMatches):
            self.failed(event.reason)

    def failed(self, reason: str) -> None:
        """Show what went wrong in the background."""
        self.status.busy("")
        self.status.say(reason, "error")

    # What the app asks

    @property
    def cursor_pending(self) -> bool:
        """Whether a cursor was moved but has not arrived yet; the next key waits for it."""
        return False

    def given_up(self) -> None:
        """Called when the reader gave up what was awaited."""

    def library_changed(self) -> None:
        """Called when another process changed the library."""

    @property
    def shows_fetching(self) -> bool:
        """Whether the screen shows how a fetch goes on, and what it brought."""
        return False
