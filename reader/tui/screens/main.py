"""The main screen: sources, list, article, and the summary with it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.widget import Widget

from reader.model import Article, ArticleId, Sentence
from reader.tui import commands
from reader.tui.arrangement import ORDER, Arrangement, Pane, arrange
from reader.tui.screens.acting import Acting
from reader.tui.screens.browsing import UNREAD
from reader.tui.screens.fetching import Fetching
from reader.tui.screens.notes import NotePlace, NotesScreen
from reader.tui.screens.understanding import Understanding
from reader.tui.sheets import sheets
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.article_view import ArticleView
from reader.tui.widgets.bars import HeaderBar, StatusBar
from reader.tui.widgets.prose import ProseView
from reader.tui.widgets.rows import RowsView
from reader.tui.widgets.search_bar import SearchBar
from reader.tui.widgets.source_list import SourceList
from reader.tui.widgets.summary_pane import SummaryPane

if TYPE_CHECKING:
    from reader.tui.screens.add import Address


class MainScreen(Acting, Understanding, Fetching):
    """Where one reads."""

    CSS_PATH: ClassVar[list[Any]] = sheets("main", "prose", "rows")
    BINDINGS: ClassVar = commands.bindings("main")

    def __init__(self) -> None:
        super().__init__()
        self.maximised = False
        self.arrangement = Arrangement(sources=True, list=True, article=True)

    def compose(self) -> ComposeResult:
        """Build the panes."""
        measure = self.reader.settings.measure
        yield HeaderBar("reader", id="header")
        with Horizontal(id="panes"):
            yield SourceList(id="sources")
            with Container(id="desk"):
                with Vertical(id="list-pane"):
                    yield SearchBar(id="search-bar")
                    yield ArticleList(now=self.reader.now, id="list")
                with Container(id="article-pane"):
                    yield SummaryPane(measure=measure, id="summary")
                    yield ArticleView(measure=measure, id="article")
        yield StatusBar(self.reader.keys_of, id="status")

    def on_mount(self) -> None:
        """Begin with the list."""
        self.summary_pane.display = False
        self.arrange_for("list")
        self.article_list.focus()
        self.load_sources()
        self.load_view(self.view)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tell whether a command makes sense now."""
        need = commands.NEEDS.get(action)
        if action == "summary_length":
            need = "summary"
        if need == "summary":
            return self.summary_on
        if need in {"article", "address"}:
            return self.article_list.listing.count > 0 or self.article_view.article is not None
        return super().check_action(action, parameters)

    # Panes

    def pane(self, name: str) -> Widget:
        """Return a pane's widget."""
        return {
            "sources": self.source_list,
            "list": self.article_list,
            "article": self.article_view,
            "summary": self.summary_pane,
        }[name]

    def focused_pane(self) -> Pane:
        """Return which pane has the focus; the list where none has."""
        for name in ORDER:
            if self.pane(name).has_focus:
                return name
        return "list"

    def focus_pane(self, pane: str) -> None:
        """Show a pane and give it the focus."""
        self.arrange_for(pane)
        self.pane(pane).focus()

    def arrange_again(self) -> None:
        """Show the panes as they should be now."""
        self.arrange_for(self.focused_pane())
        if self.focused is not self.search_bar.line:
            self.offer_keys()

    def arrange_for(self, pane: str) -> None:
        """Show the panes as if this one had the focus."""
        width, height = self.size
        if not width:
            return
        shown = arrange(width, height, cast("Pane", pane), maximised=self.maximised)
        self.arrangement = shown
        self.source_list.display = shown.sources
        self.query_one("#list-pane").display = shown.list
        self.query_one("#article-pane").display = shown.article
        self.query_one("#desk").display = shown.list or shown.article
        self.set_class(shown.below, "-below")
        self.set_class(not (shown.list or shown.article), "-only-sources")
        self.set_class(not (shown.list and shown.article), "-one")
        self.set_class(shown.summary_beside, "-beside")
        if shown.article:
            self._size_summary()
            if pane not in {"article", "summary"}:
                self.preview_current()

    def _size_summary(self) -> None:
        """Give the summary above the text the room that it needs, and never more than half."""
        pane = self.summary_pane
        if not pane.display or self.arrangement.summary_beside:
            pane.styles.height = None
            return
        room = self.query_one("#article-pane").size.height or self.size.height - 2
        pane.styles.height = max(3, min(pane.line_count() + 2, room // 2))

    def article_pane_visible(self) -> bool:
        """Tell whether the article's pane can be seen."""
        return self.arrangement.article

    def is_reading(self) -> bool:
        """Tell whether the article or its summary has the focus."""
        return self.focused_pane() in {"article", "summary"}

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        del event
        self.call_after_refresh(self.arrange_again)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys that apply where the focus is now."""
        if event.widget is self.search_bar.line:
            self.query_one(StatusBar).offer(())
            return
        pane = self.focused_pane()
        self.arrange_for(pane)
        self.offer_keys()

    def offer_keys(self) -> None:
        """Show the keys that apply where the focus is."""
        footer = self.reader.footer_of(self.focused_pane())
        offered = [c for c in footer if c.need != "summary" or self.summary_on]
        self.query_one(StatusBar).offer(offered)

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        panes = [p for p in ORDER if p != "summary" or self.summary_on]
        now = panes.index(self.focused_pane())
        self.focus_pane(panes[(now + step) % len(panes)])

    def action_maximise(self) -> None:
        """Give the whole screen to this pane, or take it back."""
        self.maximised = not self.maximised
        self.arrange_again()

    def action_back(self) -> None:
        """Go back: out of a search, a large pane, the text, marks."""
        pane = self.focused_pane()
        if self.search_bar.display and self.leave_search():
            return
        if self.maximised:
            self.action_maximise()
        elif pane == "summary":
            self.focus_pane("article")
        elif pane == "article" and self.article_view.drop_cursor():
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
                if (source.kind, source.name) != self.view.source:
                    self.take_source(source)
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

    def action_take_out(self) -> None:
        """Take articles out of their stories."""
        ids = self.targets()
        self.change(lambda: self.library.stories.take_out(ids), "This is in no story.")
        self.drop_marked()
        self.reload()

    def action_merge(self) -> None:
        """Put the marked articles into the story of the one under the cursor."""
        row = self.article_list.current
        ids = [i for i in self.article_list.marked if row is not None and i != row.id]
        if row is None or row.story is None or not ids:
            self.say("Mark articles with Space, go to one of the story, then M puts them together.")
            return
        story = row.story
        self.change(lambda: self.library.stories.put_into(ids, story))
        self.drop_marked()
        self.reload()

    def action_read_all(self) -> None:
        """Mark everything in the list as read."""
        query = self.query_of(self.view) & UNREAD

        def make() -> object:
            ids = self.library.ids(query)
            return self.notebook.mark(ids, read=True) if ids else None

        self.change(make, "Everything here is read.", many=True)  # type: ignore[arg-type]

    # The article

    def on_prose_view_scrolled(self, event: ProseView.Scrolled) -> None:
        """Keep the place that is read, a moment later."""
        if event.prose is self.article_view:
            self.watch_reading()

    def open_comparison(self, ids: list[ArticleId], story: int | None = None) -> None:
        """Open the comparison of these reports, which may be a story's."""
        from reader.tui.screens.compare import CompareScreen  # noqa: PLC0415 - not needed to start

        self.keep_position()
        self.app.push_screen(CompareScreen(ids, story))

    def action_copy(self) -> None:
        """Copy the summary's sentence, or what is under the cursor in the text."""
        sentence = self.summary_pane.sentence
        if self.focused_pane() != "summary" or sentence is None:
            super().action_copy()
            return
        self.app.copy_to_clipboard(sentence.text)
        self.say("Copied the sentence.")

    def action_export(self) -> None:
        """Write the article, the marked ones, or the summary as Markdown into a file."""
        from reader.tui.screens import exporting  # noqa: PLC0415 - not needed to start
        from reader.tui.screens.export import ExportDialog  # noqa: PLC0415 - as above

        summary = self.summary_pane.summary
        if self.focused_pane() == "summary" and summary is not None:
            export = exporting.of_summary(summary)
        elif ids := self.targets():
            export = exporting.of_articles(self.library, ids)
        else:
            return
        self.app.push_screen(ExportDialog(export), self._exported)

    def _exported(self, told: str | None) -> None:
        if told:
            self.say(told)

    def action_notes(self) -> None:
        """List all notes and highlights."""
        notes = self.notebook.annotations()
        rows = {i: self.library.row(i) for i in {note.article for note in notes}}
        self.app.push_screen(NotesScreen(notes, rows), self._go_to_note)

    def _go_to_note(self, chosen: NotePlace | None) -> None:
        if chosen is not None:
            self.open_article(chosen.article, chosen.place)

    def action_add(self) -> None:
        """Add articles from a file or a folder, or a feed by its address."""
        from reader.tui.screens.add import AddDialog  # noqa: PLC0415 - not needed to start

        if self.library.read_only:
            self.say("The library is open for reading only.", "warning")
            return
        self.app.push_screen(AddDialog(self.library.folder, self.jobs), self._added)

    def _added(self, told: "str | Address | None") -> None:
        if isinstance(told, str):
            self.say(told)
            self.reload()
        elif told is not None:
            self.subscribe_to(told.text)

    # What commands are about

    def targets(self) -> list[ArticleId]:
        """Return the marked articles, or the one that is read or under the cursor."""
        if self.article_list.marked and self.focused_pane() in {"list", "sources"}:
            return list(self.article_list.marked)
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

    def count_as_read(self, id: ArticleId) -> None:  # noqa: A002
        """Mark an article as read because it was read."""
        if self.library.read_only or self.notebook.marks(id).read:
            return
        change = self.notebook.mark([id], read=True)
        self.show_change(change.articles)

    def show_change(self, ids: Sequence[ArticleId]) -> None:
        """Show what changed about these articles."""
        self.keep(list(ids))
        here = self.article_list.shown_ids()
        self.article_list.remark({i: self.notebook.marks(i) for i in ids if i in here})
        self.show_own_work()
        self.load_sources()

    def show_own_work(self) -> None:
        """Show what the reader did with the article that is shown."""
        view = self.article_view
        if view.article is not None:
            id_ = view.article.id
            view.update_own_work(self.notebook.marks(id_), self.notebook.annotations(id_))

    def library_changed(self) -> None:
        """Take note that something changed in the library, here or in another process."""
        self.show_own_work()
        self.reload()
