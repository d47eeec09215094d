"""The app as the host of its own parts: what they say goes to every screen that it concerns."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, TypeVar, cast

from textual.app import App
from textual.css.query import NoMatches
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker

from reader.tui.background import run_in_background
from reader.tui.context import Context
from reader.tui.screens.base import LibraryScreen
from reader.tui.widgets.bars import Tone

T = TypeVar("T")


class AppHost:
    """Implements `Host` for the parts that the app owns; see there."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app

    @property
    def context(self) -> Context:
        """What the app shares."""
        return cast("Context", self._app)

    def screens(self) -> Iterator[LibraryScreen]:
        """Yield the screens of the library, those under others too."""
        for screen in list(self._app.screen_stack):
            if isinstance(screen, LibraryScreen):
                yield screen

    def say(self, text: str, tone: Tone = "info") -> None:
        """Show a message on the screens that show how a fetch goes on."""
        for screen in self.screens():
            if screen.shows_fetching:
                screen.say(text, tone)

    def set_busy(self, what: str) -> None:
        """Show on the same screens what is being worked on; "" for nothing."""
        for screen in self.screens():
            if screen.shows_fetching:
                with suppress(NoMatches):  # it is only just being shown
                    screen.set_busy(what)

    def post_message(self, message: Message) -> bool:
        """Let all screens of the library hear of something."""
        heard = False
        for screen in self.screens():
            heard = screen.post_message(message) or heard
        return heard

    def ask(self, dialog: Screen[T], then: Callable[[T | None], None]) -> None:
        """Show a dialog, and do something with its answer."""
        self._app.push_screen(dialog, then)

    def set_interval(self, interval: float, callback: Callable[[], Any]) -> Timer:
        """Call something again and again."""
        return self._app.set_interval(interval, callback)

    def set_timer(self, delay: float, callback: Callable[[], Any]) -> Timer:
        """Call something once, later."""
        return self._app.set_timer(delay, callback)

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
        """Do work in a thread and then, back in the app, something with its result."""
        return run_in_background(
            self._app, work, then, group=group, exclusive=exclusive, awaited=awaited, failed=failed
        )
