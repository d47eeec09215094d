"""Reading an article: it is fetched, shown where one stopped, and marked read by reading it."""

from abc import abstractmethod
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from textual import on
from textual.message import Message
from textual.timer import Timer

from reader.errors import NotFoundError
from reader.model import Annotation, Article, ArticleId, ArticleRow, Marks, Sentence
from reader.tui import jobs
from reader.tui.background import cancelled
from reader.tui.screens.desk import while_there
from reader.tui.screens.unread import Unread
from reader.tui.widgets.article_view import ArticleView
from reader.tui.widgets.prose import ProseView

PREVIEW_AFTER = 0.12
"""Seconds for which the cursor rests on a row before its article is shown beside the list."""
POSITION_AFTER = 1.0
"""Seconds after the last scrolling until the place is kept."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An article with the reader's own work on it."""

    article: Article
    marks: Marks
    annotations: tuple[Annotation, ...]
    changed: str = ""
    """What its head says of its revisions."""


class Reading(Unread):
    """The part of the main screen that shows one article."""

    _preview: Timer | None = None
    _positions: Timer | None = None
    _opening: ArticleId | None = None
    _place_wanted: tuple[ArticleId, int] | None = None
    _then: Callable[[], None] | None = None
    """What is done once the article that is being opened is there."""

    @dataclass
    class ArticleReady(Message):
        """An article that was asked for."""

        opened: Opened
        focus: bool

    @dataclass
    class Renewed(Message):
        """The article that is shown has another text by now."""

        article: ArticleId

    @dataclass
    class SentencesReady(Message):
        """The sentences of an article."""

        article: ArticleId
        sentences: tuple[Sentence, ...]

    @property
    def article_view(self) -> ArticleView:
        """The article's pane."""
        return self.query_one(ArticleView)

    # Getting an article

    @on(Unread.ViewChanged)
    @while_there
    def _view_changed(self, event: Unread.ViewChanged) -> None:
        row = event.article
        if self._unread_after_load and row is not None:
            self._unread_after_load = False
            self.find_unread(1, from_start=True)
        elif row is None:
            self.nothing_to_read()
        elif event.open_it:
            self.open_article(row.id)
        else:
            self.preview(row)

    def nothing_to_read(self) -> None:
        """Show that there is no article to read."""
        self.keep_position()
        self.article_view.show_message(*self.article_list.saying)
        self.article_changed()

    def preview(self, row: ArticleRow) -> None:
        """Show the article under the cursor once the cursor rests, where its pane can be seen."""
        self._forget_preview()
        if self.article_pane_visible() and not self.is_reading() and self._opening is None:
            self._preview = self.set_timer(PREVIEW_AFTER, lambda: self.fetch_article(row.id))

    @abstractmethod
    def revisions_told(self, article: Article) -> str:
        """Return what an article's head says of its revisions; may be asked in any thread."""

    @abstractmethod
    def revisions_seen(self, article: Article) -> None:
        """Take note that the newest revision of an article is being read."""

    def _forget_preview(self) -> None:
        if self._preview is not None:
            self._preview.stop()
            self._preview = None

    def preview_current(self) -> None:
        """Show the article under the cursor, where its pane can be seen and shows another."""
        row, shown = self.article_list.current, self.article_view.article
        if row is not None and (shown is None or shown.id != row.id):
            self.preview(row)

    @abstractmethod
    def article_pane_visible(self) -> bool:
        """Tell whether the article's pane can be seen."""

    @abstractmethod
    def is_reading(self) -> bool:
        """Tell whether the article or its summary has the focus: then no other takes its place."""

    def open_article(
        self,
        id: ArticleId,
        place: int | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Read an article, from this place on or from where one stopped; then do what is told."""
        self._then = then
        if place is not None:
            self._place_wanted = (id, place)
        shown = self.article_view.article
        if shown is not None and shown.id == id:
            self._show_opened(None)
        else:
            self.fetch_article(id, focus=True)

    def fetch_article(self, id: ArticleId, *, focus: bool = False) -> None:
        """Bring an article; with `focus` it is opened, and no preview comes between."""
        self._forget_preview()
        if focus:
            self._opening = id

        def work() -> Message | None:
            article = self.library.article(id)
            if cancelled():
                return None
            notes = tuple(self.notebook.annotations(id))
            changed = self.revisions_told(article)
            opened = Opened(article, self.notebook.marks(id), notes, changed)
            return self.ArticleReady(opened, focus)

        self.in_background(work, group="article", awaited=focus)

    @on(ArticleReady)
    @while_there
    def _article_ready(self, event: ArticleReady) -> None:
        opened = event.opened
        if self._opening not in {None, opened.article.id}:
            return
        self._opening = None
        self.keep_position()
        shown = self.article_view.article
        if shown is None or shown != opened.article:
            self.article_view.show_article(
                opened.article,
                opened.marks,
                opened.annotations,
                place=opened.marks.position or None,
                changed=opened.changed,
            )
            self._mark_found()
            self.article_changed()
        if event.focus:
            self._show_opened(opened)

    def renew_article(self) -> None:
        """Bring the article that is shown once more, where another revision of it has come."""
        article = self.article_view.article
        if article is None:
            return
        id_, revision = article.id, article.revision

        def work() -> Message | None:
            with suppress(NotFoundError):  # it went
                return self.Renewed(id_) if self.library.row(id_).revision > revision else None
            return None

        self.in_background(work, group="renewed")

    @on(Renewed)
    @while_there
    def _renewed(self, event: Renewed) -> None:
        shown = self.article_view.article
        if shown is None or shown.id != event.article or self._opening is not None:
            return
        self.keep_position()
        self.fetch_article(event.article)
        if self.is_reading():
            self.say("This article has just changed; C shows what.")

    def _show_opened(self, opened: Opened | None) -> None:
        """Give the article the focus; it counts as read where reading begins with opening."""
        del opened
        view = self.article_view
        self.focus_pane("article")
        if view.article is None:
            return
        self.revisions_seen(view.article)
        self.article_list.stand_on(view.article.id)
        wanted = self._place_wanted
        if wanted is not None and wanted[0] == view.article.id:
            self._place_wanted = None
            view.scroll_to_place(wanted[1], top=True)
        if self.reader.settings.read_when == "opened":
            self.count_as_read(view.article.id)
        then, self._then = self._then, None
        if then is not None:
            then()

    @abstractmethod
    def focus_pane(self, pane: str) -> None:
        """Give a pane the focus."""

    @abstractmethod
    def article_changed(self) -> None:
        """Take note that another article (or none) is shown."""

    @abstractmethod
    def count_as_read(self, id: ArticleId) -> None:
        """Mark an article as read because it was read."""

    def _mark_found(self) -> None:
        view, article = self.article_view, self.article_view.article
        pattern = self.view.pattern()
        if article is not None and pattern is not None:
            matches = [m.span() for m in pattern.finditer(article.text) if m.group()]
            view.set_layer("match", matches[:1000])

    @on(ArticleView.SentencesWanted)
    def _split_sentences(self, event: ArticleView.SentencesWanted) -> None:
        """Bring the article's sentences, in a worker process."""
        article = event.article

        def work() -> Message:
            found = self.jobs.run(cancelled, jobs.split, article.text, article.language)
            return self.SentencesReady(article.id, found)

        self.in_background(work, group="sentences")

    @on(SentencesReady)
    @while_there
    def _sentences_ready(self, event: SentencesReady) -> None:
        self.article_view.sentences_arrived(event.article, event.sentences)

    def failed(self, reason: str) -> None:
        """Tell what went wrong; nothing is being opened any more."""
        self.given_up()
        super().failed(reason)

    def given_up(self) -> None:
        """Called when what was awaited is not any more: nothing is being opened."""
        self._opening = None
        self.article_view.await_no_cursor()

    @property
    def cursor_pending(self) -> bool:
        """Whether the cursor was put on a sentence, and the sentences are not there yet."""
        return self.article_view.cursor_awaited

    # While reading

    @on(ProseView.EndReached)
    def _end_reached(self, event: ProseView.EndReached) -> None:
        view = self.article_view
        if event.prose is not view or view.article is None or not view.has_focus:
            return
        if self.reader.settings.read_when == "end":
            self.count_as_read(view.article.id)

    @on(ProseView.Pointed)
    def _pointed(self, event: ProseView.Pointed) -> None:
        if event.prose is self.article_view and event.place is not None:
            self.article_view.put_cursor_at(event.place)

    def watch_reading(self) -> None:
        """Keep the place that is read, a moment after the last scrolling."""
        if self._positions is not None:
            self._positions.stop()
        self._positions = self.set_timer(POSITION_AFTER, self.keep_position)

    def keep_position(self) -> None:
        """Keep the place that is read in the article shown."""
        view = self.article_view
        if view.article is None or self.library.read_only or not view.size.height:
            return
        place, id_ = view.top_place, view.article.id
        with suppress(NotFoundError):  # it went while it was being read
            if place not in {view.marks.position, self.notebook.marks(id_).position}:
                self.notebook.set_position(id_, place)

    def action_page_on(self) -> None:
        """Go one page on, and at the end to the next unread article."""
        view = self.article_view
        if not view.at_end:
            view.action_page_down()
            return
        if view.article is not None and self.reader.settings.read_when != "never":
            self.count_as_read(view.article.id)
        self.find_unread(1)
