"""The main screen: sources, list, article, and the summary with it."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical

from reader.errors import NotFoundError
from reader.model import Article, ArticleId, Sentence, SourceRow
from reader.tui import commands
from reader.tui.controllers.feed_fetcher import FetchOver
from reader.tui.controllers.subscriber import CollectionChanged
from reader.tui.dialogs.notes import NotePlace, NotesScreen
from reader.tui.dispatch import Handler
from reader.tui.screens.in_stories import InStories
from reader.tui.screens.panes import Panes
from reader.tui.screens.revising import Revising
from reader.tui.stylesheets import stylesheets
from reader.tui.view import UNREAD
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.bars import HeaderBar, StatusBar
from reader.tui.widgets.page_view import PageView
from reader.tui.widgets.prose import ProseView
from reader.tui.widgets.rows import RowsView
from reader.tui.widgets.search_bar import SearchBar
from reader.tui.widgets.source_list import SourceList
from reader.tui.widgets.summary_pane import SummaryPane


class MainScreen(Revising, InStories, Panes):
    """Where one reads."""

    CSS_PATH: ClassVar[list[Any]] = stylesheets("main", "prose", "rows", "contrast")
    BINDINGS: ClassVar = commands.bindings("main")

    def __init__(self) -> None:
        super().__init__()
        self.handlers = {
            "add": Handler(lambda: self.context.subscriber.add()),
            "fetch": Handler(lambda: self.context.fetcher.toggle()),
            "feeds": Handler(self._show_feeds),
        }

    @property
    def shows_fetching(self) -> bool:
        """Whether the screen shows how a fetch goes on: it does."""
        return True

    def _show_feeds(self) -> None:
        from reader.tui.screens.feeds import FeedsScreen  # noqa: PLC0415 - not needed to start

        self.ask(FeedsScreen(), self._show_outlet)

    def _show_outlet(self, name: str | None) -> None:
        if name is not None:
            self.take_source(SourceRow("outlet", name, 0, 0))

    @on(FetchOver)
    @on(CollectionChanged)
    def _collection_changed(self) -> None:
        self.reload()

    def compose(self) -> ComposeResult:
        """Build the panes."""
        measure = self.reader.settings.measure
        yield HeaderBar("reader", id="header")
        with Horizontal(id="panes"):
            yield SourceList(id="sources")
            with Container(id="desk"):
                with Vertical(id="list-pane"):
                    yield SearchBar(self.library.known, id="search-bar")
                    yield ArticleList(now=self.reader.now, id="list")
                with Container(id="article-pane"):
                    yield SummaryPane(measure=measure, id="summary")
                    yield PageView(measure=measure, id="article")
        yield StatusBar(self.reader.keys_of, id="status")

    def on_mount(self) -> None:
        """Begin with the list."""
        self.summary_pane.display = False
        self.arrange_for("list")
        self.article_list.focus()
        self.load_sources()
        self.load_view(self.view)

    def makes_sense(self, action: str) -> bool:
        """Return True if a command makes sense now."""
        need = commands.NEEDS.get(action)
        if action == "summary_length":
            need = "summary"
        if need == "summary":
            return self.summary_on
        if need in {"article", "address"}:
            return self.article_list.listing.count > 0 or self.article_view.article is not None
        return True

    def action_back(self) -> None:
        """Go back: out of a search, a large pane, the text, marks."""
        pane = self.focused_pane()
        if self.search_bar.display and self.leave_search():
            return
        if self.maximised:
            self.action_maximise()
        elif pane == "summary":
            self.focus_pane("article")
        elif pane == "article" and (self.article_view.drop_cursor() or self.back_to_stories()):
            pass
        elif pane != "list":
            self.keep_position()
            self.focus_pane("list")
        elif self.article_list.marked:
            self.article_list.mark(())
            self.tell_place()
        elif self.leave_search():
            pass
        elif self.summary_on:
            self.hide_summary()

    # The list

    def tell_place(self) -> None:
        """Show in the header where one is."""
        parts, right = self.place_parts()
        self.query_one(HeaderBar).tell(parts, right)

    @on(RowsView.Opened)
    def _opened(self, event: RowsView.Opened) -> None:
        if event.rows is self.source_list:
            if (source := self.source_list.at_cursor) is not None:
                if source.kind == "stories":
                    self.call_later(self.run_action, "stories")
                    return
                self.show_source(source)
                self.focus_pane("list")
        elif self.unfold():
            pass
        elif (row := self.article_list.current) is not None:
            self.open_article(row.id)

    @on(RowsView.Moved)
    def _moved(self, event: RowsView.Moved) -> None:
        if event.rows is self.article_list and (row := self.article_list.current) is not None:
            self.preview(row)

    def go_to_row(self, number: int) -> None:
        """Put the cursor on a row; while one reads, the article is opened."""
        reading = self.is_reading()
        rows = self.article_list
        with rows.prevent(RowsView.Moved):
            rows.cursor = number
        rows.ask()
        row = rows.current
        if row is None:
            self.load_view(self.view, cursor=number, anew=False, open_it=reading)
        elif reading:
            self.open_article(row.id)
        else:
            self.preview(row)

    def action_mark(self) -> None:
        """Mark the row under the cursor for a joint action, or unmark it."""
        self.article_list.mark_row()
        self.tell_place()

    def action_read_all(self) -> None:
        """Mark everything in the list as read."""
        query = self.view.query() & UNREAD

        def make() -> object:
            ids = self.library.ids(query)
            return self.notebook.mark(ids, read=True) if ids else None

        self.change(make, "Everything here is read.", many=True)  # type: ignore[arg-type]

    # The article

    def on_prose_view_scrolled(self, event: ProseView.Scrolled) -> None:
        """Keep the place that is read, a moment later."""
        if event.prose is self.article_view:
            self.watch_reading()

    def action_copy(self) -> None:
        """Copy the summary's sentence, or what is under the cursor in the text."""
        sentence = self.summary_pane.sentence
        if self.focused_pane() != "summary" or sentence is None:
            super().action_copy()
            return
        self.copy(sentence.text, "the sentence")

    def action_export(self) -> None:
        """Write the article, the marked ones, or the summary as Markdown into a file."""
        from reader.tui.dialogs.export import (  # noqa: PLC0415 - not needed to start
            ExportDialog,
            of_articles,
            of_summary,
        )

        summary = self.summary_pane.summary
        if self.focused_pane() == "summary" and summary is not None:
            wanted = of_summary(summary)
        elif ids := self.targets():
            wanted = of_articles(self.library, ids)
        else:
            return
        self.app.push_screen(ExportDialog(wanted), self._exported)

    def _exported(self, told: str | None) -> None:
        if told:
            self.say(told)

    def action_leftovers(self) -> None:
        """Open the article under the cursor with what its page carried beside it."""
        if len(ids := self.targets()) == 1:
            self.open_article(ids[0], then=self.article_view.action_leftovers)

    def action_notes(self) -> None:
        """List all notes and highlights."""
        notes = self.notebook.annotations()
        rows = {i: self.library.row(i) for i in {note.article for note in notes}}
        self.app.push_screen(NotesScreen(notes, rows), self._go_to_note)

    def _go_to_note(self, chosen: NotePlace | None) -> None:
        if chosen is not None:
            self.open_article(chosen.article, chosen.place)

    # What commands are about

    def targets(self) -> list[ArticleId]:
        """Return the marked articles, or the one that is read or under the cursor."""
        if self.article_list.marked and self.focused_pane() in {"list", "sources"}:
            return self.article_list.in_order()
        article = self.article_view.article
        if self.is_reading() and article is not None:
            return [article.id]
        row = self.article_list.current
        if row is None:
            return []
        folded = self.article_list.listing.fold(row.id)
        return list(folded.members) if folded is not None else [row.id]

    def reading(self) -> tuple[Article, Sentence | None] | None:
        """Return the article that commands are about, and the sentence under the cursor."""
        ids = self.targets()
        if len(ids) != 1:
            return None
        view = self.article_view
        if view.article is not None and view.article.id == ids[0]:
            return view.article, view.sentence
        return self.library.article(ids[0]), None

    def address(self) -> str | None:
        """Return the address of the link under the cursor, or of the article."""
        if self.focused_pane() == "article" and (link := self.article_view.link) is not None:
            return link.url
        reading = self.reading()
        return reading[0].url if reading else None

    def drop_marked(self) -> None:
        """Forget which articles were marked."""
        self.article_list.mark(())
        self.tell_place()

    def count_as_read(self, id: ArticleId) -> None:
        """Mark an article as read because it was read."""
        with suppress(NotFoundError):  # it went while it was being read
            if not self.library.read_only and not self.notebook.marks(id).read:
                self.show_change(self.notebook.mark([id], read=True).articles)

    def show_change(self, ids: Sequence[ArticleId]) -> None:
        """Show what changed about these articles."""
        self.keep(list(ids))
        here = self.article_list.shown_ids()
        with suppress(NotFoundError):  # else the list is about to be brought again
            self.article_list.remark({i: self.notebook.marks(i) for i in ids if i in here})
        self.show_own_work()
        self.load_sources()

    def show_own_work(self) -> None:
        """Show what the reader did with the article that is shown."""
        view = self.article_view
        if view.article is None:
            return
        id_ = view.article.id
        try:
            view.update_own_work(self.notebook.marks(id_), self.notebook.annotations(id_))
        except NotFoundError:  # a restore, or another reader, took it away
            view.show_message("This article is not in the library any more.")
            if self.focused_pane() == "article":
                self.focus_pane("list")

    def library_changed(self) -> None:
        """Take note that something changed in the library, here or in another process."""
        self.show_own_work()
        self.renew_article()
        self.reload()
