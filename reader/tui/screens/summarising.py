"""Summaries made in the background, wherever there is a pane for one."""

from abc import abstractmethod
from dataclasses import dataclass

from textual import on
from textual.message import Message

from reader.errors import ReaderError
from reader.model import ArticleId, Summary, SummarySentence
from reader.tui import formats, jobs
from reader.tui.background import cancelled
from reader.tui.screens.desk import Desk, while_there
from reader.tui.summaries import SummaryKey
from reader.tui.widgets.summary_pane import SummaryPane

WORDS = 40
"""So many words for each step of the length, where it is measured in words."""


class Summarising(Desk):
    """The part of a screen that shows a summary."""

    summary_on = False

    @dataclass
    class SummaryReady(Message):
        """A summary that was asked for."""

        key: SummaryKey
        summary: Summary

    @dataclass
    class SummaryFailed(Message):
        """A summary that could not be made, and why."""

        reason: str

    @property
    def summary_pane(self) -> SummaryPane:
        """The summary's pane."""
        return self.query_one(SummaryPane)

    # What a screen says

    @abstractmethod
    def summary_ids(self) -> tuple[ArticleId, ...]:
        """Return the articles that are to be summarised, together."""

    @abstractmethod
    def summary_shown(self) -> None:
        """Take note that the summary has changed, or is gone."""

    @abstractmethod
    def jump_to(self, sentence: SummarySentence) -> None:
        """Go to a sentence's place in its article."""

    # Making it

    def make_summary(self) -> None:
        """Make the summary of what is shown, where one is wanted."""
        if not self.summary_on:
            return
        ids = self.summary_ids()
        if not ids:
            self.summary_pane.show_waiting("There is nothing to summarise.")
            return
        method, length = self._method(ids), self.reader.summary_length
        in_words = self.reader.summary_in_words
        words = length * WORDS if in_words else None

        def work() -> Message:
            articles = self.library.articles(ids)
            key = (ids, tuple(a.revision for a in articles), method, length, in_words)
            if (known := self.reader.summaries.get(key)) is None:
                try:
                    known = self.jobs.run(
                        cancelled, jobs.summarise, articles, method, length, words
                    )
                except ReaderError as error:
                    return self.SummaryFailed(str(error))
            return self.SummaryReady(key, known)

        if self.summary_pane.summary is None:
            self.summary_pane.show_waiting("The summary is being made …")
        self.in_background(work, group="summary")

    def _method(self, ids: tuple[ArticleId, ...]) -> str:
        return self.reader.summary_method or ("story" if len(ids) > 1 else "news")

    @on(SummaryReady)
    @while_there
    def _summary_ready(self, event: SummaryReady) -> None:
        self.reader.summaries.keep(event.key, event.summary)
        if self.summary_on:
            self.summary_pane.show_summary(event.summary)
            words = event.key[3] * WORDS if event.key[4] else 0
            self.summary_pane.border_title = _title(event.summary, words)
            self.summary_shown()

    @on(SummaryFailed)
    @while_there
    def _summary_failed(self, event: SummaryFailed) -> None:
        self.summary_pane.show_waiting(event.reason)
        self.summary_shown()

    @on(SummaryPane.Chosen)
    def _summary_chosen(self, event: SummaryPane.Chosen) -> None:
        self.jump_to(event.sentence)

    def action_summary_length(self, length: int) -> None:
        """Make the summary so many sentences long, or so many times forty words."""
        self.reader.summary_length = length
        self.make_summary()

    def action_summary_method(self) -> None:
        """Make the summary with the next method."""
        from reader.summary import METHODS  # noqa: PLC0415 - not needed to start

        now = self._method(self.summary_ids())
        at = METHODS.index(now) if now in METHODS else -1
        self.reader.summary_method = METHODS[(at + 1) % len(METHODS)]
        self.say(f"Summary by {self.reader.summary_method}.")
        self.make_summary()

    def action_summary_unit(self) -> None:
        """Measure the length in words, or in sentences again."""
        self.reader.summary_in_words = not self.reader.summary_in_words
        length = self.reader.summary_length
        of = f"{length * WORDS} words" if self.reader.summary_in_words else f"{length} sentences"
        self.say(f"The summary is about {of} long; 1 to 6 change it.")
        self.make_summary()

    def action_summary_why(self) -> None:
        """Show why each sentence was chosen, or hide it."""
        self.summary_pane.explain(not self.summary_pane.explaining)
        self.summary_shown()


def _title(summary: Summary, words: int = 0) -> str:
    what = f"{len(summary.articles)} articles" if len(summary.articles) > 1 else "Summary"
    length = f"{words} words" if words else formats.count(len(summary.sentences), "sentence")
    return f"{what} · {summary.method} · {length}"
