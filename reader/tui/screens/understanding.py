"""The summary of what one reads, marked in its text; the way into the comparison."""

from abc import abstractmethod
from contextlib import suppress
from dataclasses import dataclass

from textual import on
from textual.message import Message

from reader.errors import NotFoundError
from reader.model import ArticleId, SummarySentence
from reader.tui.screens.desk import while_there
from reader.tui.screens.reading import Reading
from reader.tui.screens.summarising import Summarising
from reader.tui.widgets.article_view import merged

MOST_SUMMARISED = 20
"""Of a larger story the newest reports are summarised together."""


class Understanding(Summarising, Reading):
    """The part of the main screen that summarises and opens the comparison."""

    _joint: tuple[ArticleId, ...] = ()
    """The articles that are summarised together (marked, a story's); () for the one read."""
    _by_story = False
    """Whether they are a story's: then they change with the row under the cursor."""

    @dataclass
    class RelatedReady(Message):
        """The reports of an article's story, or those most like it, itself first."""

        ids: list[ArticleId]
        story: int | None = None

    def action_summary(self) -> None:
        """Show or hide the summary of the article or of the marked ones."""
        marked = tuple(sorted(self.article_list.marked)) if not self.is_reading() else ()
        joint = marked if len(marked) > 1 else ()
        if self.summary_on and (joint == self._joint or not joint):
            self.hide_summary()
            return
        self._by_story = not joint and not self.is_reading()
        self._joint = self._story_of_row() if self._by_story else joint
        self.summary_on = True
        shown, row = self.article_view.article, self.article_list.current
        if not self.is_reading() and row is not None and (shown is None or shown.id != row.id):
            self.fetch_article(row.id)
        if not self.article_pane_visible():
            self.focus_pane("article")
        self.summary_pane.display = True
        self.arrange_again()
        self.make_summary()

    def _story_of_row(self) -> tuple[ArticleId, ...]:
        """Return the reports of the story of the row under the cursor; () where it has none."""
        row = self.article_list.current
        if row is None or row.story is None:
            return ()
        with suppress(NotFoundError):  # a story of one report is none
            return self.library.stories.story(row.story).articles[-MOST_SUMMARISED:]
        return ()

    def article_changed(self) -> None:
        """Take note that another article is shown: its summary, or its story's, is wanted."""
        if not self.summary_on:
            return
        before = self._joint
        if self._by_story:
            self._joint = self._story_of_row()
        if self._joint and self._joint == before:
            self.mark_summary()
        else:
            self.make_summary()

    def hide_summary(self) -> None:
        """Take the summary away."""
        if self.focused_pane() == "summary":
            self.focus_pane("article")
        self.summary_on, self._joint, self._by_story = False, (), False
        self.summary_pane.display = False
        self.article_view.set_layer("summary", [])
        self.arrange_again()

    @abstractmethod
    def focused_pane(self) -> str:
        """Return which pane has the focus."""

    @abstractmethod
    def arrange_again(self) -> None:
        """Show the panes as they should be now."""

    def summary_ids(self) -> tuple[ArticleId, ...]:
        """Return the articles that are to be summarised, together."""
        article = self.article_view.article
        return self._joint or ((article.id,) if article is not None else ())

    def summary_shown(self) -> None:
        """Mark the summary's sentences in the text, and give its pane the room it needs."""
        self.mark_summary()
        self.arrange_again()

    def mark_summary(self) -> None:
        """Mark the summary's sentences in the text that is shown."""
        article, summary = self.article_view.article, self.summary_pane.summary
        if article is None or not self.summary_on:
            return
        sentences = summary.sentences if summary is not None else ()
        mine = [(s.start, s.end) for s in sentences if s.article == article.id]
        self.article_view.set_layer("summary", merged(mine))

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
        """Show the article's story, else it beside the reports most like it; or the marked ones."""
        marked = [] if self.is_reading() else self.article_list.in_order()
        if len(marked) > 1:
            self.open_comparison(marked)
            return
        ids = self.targets()
        if not ids:
            return
        self.busy("looking for other reports")

        def work() -> Message:
            from reader.briefing import related  # noqa: PLC0415 - not needed to start

            story = self.library.row(ids[0]).story
            with suppress(NotFoundError):  # a story of one report is none
                if story is not None:
                    members = self.library.stories.story(story).articles
                    others = [id_ for id_ in members if id_ != ids[0]]
                    return self.RelatedReady([ids[0], *others], story)
            return self.RelatedReady(related(self.library, ids[0]))

        self.in_background(work, group="related", awaited=True)

    @on(RelatedReady)
    @while_there
    def _related_ready(self, event: RelatedReady) -> None:
        self.busy("")
        if len(event.ids) < 2:
            self.say("No other report here is like this one; Space marks some to compare.")
        else:
            self.open_comparison(event.ids, event.story)

    @abstractmethod
    def open_comparison(self, ids: list[ArticleId], story: int | None = None) -> None:
        """Open the comparison of these reports, which may be a story's."""
