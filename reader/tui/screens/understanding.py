"""Summaries, made in the background and marked in the text; the way into the comparison."""

from collections import OrderedDict
from dataclasses import dataclass

from textual import on
from textual.message import Message

from reader.errors import ReaderError
from reader.model import ArticleId, Summary, SummarySentence
from reader.summary import METHODS
from reader.tui import jobs
from reader.tui.screens.desk import cancelled
from reader.tui.screens.reading import Reading
from reader.tui.widgets.article_view import merged
from reader.tui.widgets.summary_pane import SummaryPane

_KEPT = 64
MOST_COMPARED = 20

SummaryKey = tuple[tuple[ArticleId, ...], tuple[int, ...], str, int]


class Understanding(Reading):
    """The part of the main screen that summarises and opens the comparison."""

    summary_on = False
    summary_length = 3
    summary_method: str | None = None
    _joint: tuple[ArticleId, ...] = ()
    """The marked articles that are summarised together; () for the article that is read."""
    _summaries: "OrderedDict[SummaryKey, Summary]"

    @dataclass
    class SummaryReady(Message):
        """A summary that was asked for."""

        key: SummaryKey
        summary: Summary

    @dataclass
    class SummaryFailed(Message):
        """A summary that could not be made, and why."""

        reason: str

    @dataclass
    class RelatedReady(Message):
        """The reports most like an article, itself first."""

        ids: list[ArticleId]

    @property
    def summary_pane(self) -> SummaryPane:
        """The summary's pane."""
        return self.query_one(SummaryPane)

    def action_summary(self) -> None:
        """Show or hide the summary of the article or of the marked ones."""
        marked = tuple(self.article_list.marked)
        if self.summary_on and marked == self._joint:
            self.hide_summary()
            return
        self._joint = marked if len(marked) > 1 else ()
        self.summary_on = True
        shown, row = self.article_view.article, self.article_list.current
        if not self.is_reading() and row is not None and (shown is None or shown.id != row.id):
            self.fetch_article(row.id)
        if not self.article_pane_visible():
            self.focus_pane("article")
        self.summary_pane.display = True
        self.arrange_again()
        self.make_summary()

    def hide_summary(self) -> None:
        """Take the summary away."""
        if self.focused_pane() == "summary":
            self.focus_pane("article")
        self.summary_on, self._joint = False, ()
        self.summary_pane.display = False
        self.article_view.set_layer("summary", [])
        self.arrange_again()

    def focused_pane(self) -> str:
        """Return which pane has the focus."""
        raise NotImplementedError

    def arrange_again(self) -> None:
        """Show the panes as they should be now."""
        raise NotImplementedError

    def make_summary(self) -> None:
        """Make the summary of what is shown, where one is wanted."""
        if not self.summary_on:
            return
        article = self.article_view.article
        ids = self._joint or ((article.id,) if article is not None else ())
        if not ids:
            self.summary_pane.show_waiting("There is nothing to summarise.")
            return
        method = self.summary_method or ("story" if len(ids) > 1 else "news")
        length = self.summary_length

        def work() -> Message:
            articles = self.library.articles(ids)
            key = (ids, tuple(a.revision for a in articles), method, length)
            if (known := self._summaries.get(key)) is None:
                try:
                    known = self.jobs.run(cancelled, jobs.summarise, articles, method, length)
                except ReaderError as error:
                    return self.SummaryFailed(str(error))
            return self.SummaryReady(key, known)

        if self.summary_pane.summary is None:
            self.summary_pane.show_waiting("The summary is being made …")
        self.in_background(work, group="summary")

    @on(SummaryReady)
    def _summary_ready(self, event: SummaryReady) -> None:
        self._summaries[event.key] = event.summary
        while len(self._summaries) > _KEPT:
            self._summaries.popitem(last=False)
        if not self.summary_on:
            return
        self.summary_pane.show_summary(event.summary)
        self.summary_pane.border_title = self._summary_title(event.summary)
        self.mark_summary()
        self.arrange_again()

    @on(SummaryFailed)
    def _summary_failed(self, event: SummaryFailed) -> None:
        self.summary_pane.show_waiting(event.reason)
        self.article_view.set_layer("summary", [])

    def _summary_title(self, summary: Summary) -> str:
        what = f"{len(summary.articles)} articles" if len(summary.articles) > 1 else "Summary"
        count = len(summary.sentences)
        return f"{what} · {summary.method} · {count} sentence{'s' * (count != 1)}"

    def mark_summary(self) -> None:
        """Mark the summary's sentences in the text that is shown."""
        article, summary = self.article_view.article, self.summary_pane.summary
        if article is None or summary is None or not self.summary_on:
            return
        mine = [(s.start, s.end) for s in summary.sentences if s.article == article.id]
        self.article_view.set_layer("summary", merged(mine))

    def action_summary_length(self, length: int) -> None:
        """Make the summary so many sentences long."""
        self.summary_length = length
        self.make_summary()

    def action_summary_method(self) -> None:
        """Make the summary with the next method."""
        now = self.summary_method or ("story" if self._joint else "news")
        self.summary_method = METHODS[(METHODS.index(now) + 1) % len(METHODS)]
        self.say(f"Summary by {self.summary_method}.")
        self.make_summary()

    @on(SummaryPane.Chosen)
    def _summary_chosen(self, event: SummaryPane.Chosen) -> None:
        self.jump_to(event.sentence)

    def jump_to(self, sentence: SummarySentence) -> None:
        """Go to a sentence's place in its article."""
        view = self.article_view
        if view.article is not None and view.article.id == sentence.article:
            self.focus_pane("article")
            view.put_cursor_at(sentence.start)
            view.scroll_to_place(sentence.start, margin=view.size.height // 3)
        else:
            self.open_article(sentence.article, sentence.start)

    # Comparison

    def action_compare(self) -> None:
        """Show the article beside the reports most like it, or the marked ones."""
        marked = [i for i in self.targets() if i in self.article_list.marked]
        if len(marked) > 1:
            self.open_comparison(marked[:MOST_COMPARED])
            return
        ids = self.targets()
        if not ids:
            return
        self.busy("looking for other reports")

        def work() -> Message:
            from reader.briefing import related  # noqa: PLC0415 - not needed to start

            return self.RelatedReady(related(self.library, ids[0]))

        self.in_background(work, group="related")

    @on(RelatedReady)
    def _related_ready(self, event: RelatedReady) -> None:
        self.busy("")
        if len(event.ids) < 2:
            self.say(
                "No other report in the library is like this one; Space marks some to compare."
            )
        else:
            self.open_comparison(event.ids)

    def open_comparison(self, ids: list[ArticleId]) -> None:
        """Open the comparison of these reports."""
        raise NotImplementedError
