"""What the parts of a screen know of it: not the screen itself, only these protocols."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker

from reader.model import Article, ArticleId, Sentence
from reader.tui.context import Context
from reader.tui.widgets.bars import Tone

T = TypeVar("T")


class Host(Protocol):
    """Who owns a part: it shows messages, runs work in the background, and hears of changes."""

    @property
    def context(self) -> Context:
        """What the app shares."""

    def say(self, text: str, tone: Tone = "info") -> None:
        """Show a message in the line at the bottom."""

    def set_busy(self, what: str) -> None:
        """Show what is being worked on; "" for nothing."""

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
        """Do work in a thread and then, back on the screen, something with its result.

        A result of None is dropped. See `background.in_background` for `exclusive` and `awaited`;
        `failed` is called with the reason if the work raises, else the screen shows it.
        """

    def ask(self, dialog: Screen[T], then: Callable[[T | None], None]) -> None:
        """Show a dialog, and do something with its answer."""

    def post_message(self, message: Message) -> bool:
        """Let the screen hear of something."""

    def set_interval(self, interval: float, callback: Callable[[], Any]) -> Timer:
        """Call something again and again."""

    def set_timer(self, delay: float, callback: Callable[[], Any]) -> Timer:
        """Call something once, later."""


class Selection(Protocol):
    """What commands are about: the articles that a screen has selected or shows."""

    def targets(self) -> list[ArticleId]:
        """Return the selected articles, or the one that is read or under the cursor."""

    def reading(self) -> tuple[Article, Sentence | None] | None:
        """Return the article that commands are about, and the sentence under the cursor."""

    def address(self) -> str | None:
        """Return the address to be opened."""

    def has_article(self) -> bool:
        """Return True if there is an article that a command can be about."""

    def clear_selection(self) -> None:
        """Deselect the articles that were selected to act on several at once."""
