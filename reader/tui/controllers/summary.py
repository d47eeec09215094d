"""Summaries: made in the background, by which method and how long."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from textual.message import Message

from reader.errors import ReaderError
from reader.model import ArticleId, Summary
from reader.tui import formats, jobs
from reader.tui.background import cancelled
from reader.tui.controllers.part import Part
from reader.tui.dispatch import Handler, Handlers
from reader.tui.host import Host
from reader.tui.summaries import SummaryKey, SummaryState

WORDS_PER_STEP = 40
"""Words for each step of the length, if it is measured in words."""


@dataclass
class SummaryChanged(Message):
    """The summary is being made, was made, or could not be made."""

    state: SummaryState


class SummaryController(Part):
    """The summary of what a screen shows, as long as one is wanted."""

    def __init__(self, host: Host, articles: Callable[[], tuple[ArticleId, ...]]) -> None:
        """`articles` returns the articles to be summarised, together."""
        super().__init__(host)
        self.on = False
        self._articles = articles

    def handlers(self) -> Handlers:
        """Return what is done for which command."""
        lengths = {
            f"summary.length_{n}": Handler(partial(self.set_length, n), self.is_on)
            for n in range(1, 7)
        }
        return lengths | {
            "summary.method": Handler(self.take_next_method, self.is_on),
            "summary.unit": Handler(self.toggle_unit, self.is_on),
        }

    def is_on(self) -> bool:
        """Return True if a summary is wanted."""
        return self.on

    def make(self) -> None:
        """Make the summary of what is shown, if one is wanted."""
        if not self.on:
            return
        ids = self._articles()
        if not ids:
            self._show(SummaryState(failure="There is nothing to summarise."))
            return
        method, length = self._method(ids), self.context.summary_length
        in_words = self.context.summary_in_words

        def work() -> SummaryState:
            try:
                return self._make(ids, method, length, in_words=in_words)
            except ReaderError as error:
                return SummaryState(failure=str(error))

        self._show(SummaryState())
        self.host.run(work, self._show, group="summary")

    def _make(
        self, ids: tuple[ArticleId, ...], method: str, length: int, *, in_words: bool
    ) -> SummaryState:
        articles = self.library.articles(ids)
        key: SummaryKey = (ids, tuple(a.revision for a in articles), method, length, in_words)
        words = length * WORDS_PER_STEP if in_words else None
        if (summary := self.context.summaries.get(key)) is None:
            summary = self.jobs.run(cancelled, jobs.summarise, articles, method, length, words)
            self.context.summaries.keep(key, summary)
        return SummaryState(summary, _title(summary, words or 0))

    def _show(self, state: SummaryState) -> None:
        if self.on:
            self.host.post_message(SummaryChanged(state))

    def _method(self, ids: tuple[ArticleId, ...]) -> str:
        return self.context.summary_method or ("story" if len(ids) > 1 else "news")

    def set_length(self, length: int) -> None:
        """Make the summary this many sentences long, or this many times forty words."""
        self.context.summary_length = length
        self.make()

    def take_next_method(self) -> None:
        """Make the summary with the next method."""
        from reader.summary import METHODS  # noqa: PLC0415 - not needed to start

        now = self._method(self._articles())
        at = METHODS.index(now) if now in METHODS else -1
        self.context.summary_method = METHODS[(at + 1) % len(METHODS)]
        self.host.say(f"Summary by {self.context.summary_method}.")
        self.make()

    def toggle_unit(self) -> None:
        """Measure the length in words, or in sentences again."""
        self.context.summary_in_words = not self.context.summary_in_words
        length = self.context.summary_length
        words = f"{length * WORDS_PER_STEP} words"
        how_long = words if self.context.summary_in_words else formats.count(length, "sentence")
        self.host.say(f"The summary is about {how_long} long; 1 to 6 change it.")
        self.make()


def _title(summary: Summary, words: int = 0) -> str:
    what = f"{len(summary.articles)} articles" if len(summary.articles) > 1 else "Summary"
    length = f"{words} words" if words else formats.count(len(summary.sentences), "sentence")
    return f"{what} · {summary.method} · {length}"
