"""What the parts of screens that are still put together by inheritance share."""

from abc import abstractmethod
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import TypeVar

from textual.css.query import NoMatches
from textual.message import Message
from textual.worker import Worker

from reader.model import ArticleId
from reader.tui import commands
from reader.tui.abstract import Abstract
from reader.tui.background import in_background
from reader.tui.context import Context
from reader.tui.jobs import Jobs
from reader.tui.screens.base import LibraryScreen

D = TypeVar("D", bound="Desk")
M = TypeVar("M", bound=Message)


def while_there(handler: Callable[[D, M], None]) -> Callable[[D, M], None]:
    """Let a handler of what comes from the background pass once the screen's widgets are gone."""

    @wraps(handler)
    def handled(desk: D, message: M) -> None:
        with suppress(NoMatches):
            handler(desk, message)

    return handled


class Desk(LibraryScreen, metaclass=Abstract):
    """A screen whose commands are methods."""

    def action_do(self, command: str) -> None:
        """Run the command with this id."""
        if command in self.handlers:
            super().action_do(command)
            return
        action, parameters = _method(command)
        getattr(self, f"action_{action}")(*parameters)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return True if a command can be run now."""
        if action == "do" and parameters[0] in self.handlers:
            return super().check_action(action, parameters)
        if action == "do":
            name, _ = _method(str(parameters[0]))
            return hasattr(self, f"action_{name}") and self.makes_sense(name) is not False
        return super().check_action(action, parameters)

    def makes_sense(self, action: str) -> bool:
        """Return True if a command makes sense now."""
        del action
        return True

    @property
    def reader(self) -> Context:
        """What the app shares with its screens."""
        return self.context

    @property
    def jobs(self) -> Jobs:
        """The worker processes."""
        return self.context.jobs

    def busy(self, what: str) -> None:
        """Show what is being worked on; "" for nothing."""
        self.set_busy(what)

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

    @abstractmethod
    def targets(self) -> list[ArticleId]:
        """Return the articles that a command is about."""


def _method(command: str) -> tuple[str, tuple[int, ...]]:
    name, bracket, number = (
        commands.BY_ID[command].action.removeprefix("screen.").rstrip(")").partition("(")
    )
    return name, (int(number),) if bracket else ()
