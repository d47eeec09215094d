"""Saved searches: kept under names, shown among the sources with their unread counts."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.message import Message

from reader.errors import QueryError, ReaderError
from reader.library import Change, parse_query
from reader.model import SourceRow
from reader.tui.dialogs.save_search import SearchDialog, SearchResult
from reader.tui.screens.desk import while_there
from reader.tui.screens.searching import Searching
from reader.tui.view import View


class Saving(Searching):
    """The part of the main screen that keeps searches."""

    _counted: tuple[SourceRow, ...] = ()
    """The saved searches with their counts, as they were counted last."""

    @dataclass
    class SearchesCounted(Message):
        """The saved searches with their counts."""

        rows: tuple[SourceRow, ...]

    # Among the sources

    def saved_rows(self) -> list[SourceRow]:
        """Return the saved searches with the counts that are known; to be called in a thread."""
        counted = {row.name: row for row in self._counted}
        names = self.library.searches.queries()
        return [counted.get(name) or SourceRow("search", name, 0, 0) for name in names]

    def count_saved(self) -> None:
        """Count what the saved searches find, which can take a moment for each."""
        if any(row.kind == "search" for row in self.sources):
            self.in_background(
                lambda: self.SearchesCounted(tuple(self.library.saved())), group="searches"
            )

    @on(SearchesCounted)
    @while_there
    def _searches_counted(self, event: SearchesCounted) -> None:
        self._counted = event.rows
        counted = {row.name: row for row in event.rows}
        self.sources = tuple(
            counted.get(row.name, row) if row.kind == "search" else row for row in self.sources
        )
        self.source_list.show(list(self.sources), self.view.source)
        self.tell_place()

    # Saving and changing them

    def action_save_search(self) -> None:
        """Keep the search that is shown, with the source it is in, under a name."""
        text = self.search_bar.line.value if self.search_bar.display else self.view.search
        if self.view.source[0] == "search" and not text.strip():
            self.action_edit_search()
            return
        try:
            query = self._to_save(View(self.view.source, search=text))
        except QueryError as error:
            self.say(str(error), "warning")
            return
        if not query:
            self.say("Search with / first, or go to a source; then the search can be saved.")
            return
        self._ask_for_search("", query, self.library.searches.save)

    def _to_save(self, view: View) -> str:
        """Return what finds the same as a view, as plainly as it can be written."""
        plain, exact = view.as_query_text(whole=True), view.as_query_text()
        same = self.library.count(parse_query(plain)) == self.library.count(parse_query(exact))
        return plain if same else exact

    def action_edit_search(self) -> None:
        """Change the name or the query of the saved search that is shown."""
        name = self._search_shown()
        if name is not None:
            query = self.library.searches.all().get(name, "")
            self._ask_for_search(
                name, query, lambda now, query: self.library.searches.change(name, now, query)
            )

    def action_forget_search(self) -> None:
        """Forget the saved search that is shown."""
        name = self._search_shown()
        if name is not None and self._kept(lambda: self.library.searches.forget(name)):
            self.take_source(SourceRow("all", "", 0, 0))

    def _search_shown(self) -> str | None:
        kind, name = self.view.source
        if kind == "search":
            return name
        self.say("Go to a saved search first; Ctrl+S saves one.")
        return None

    def _ask_for_search(self, name: str, query: str, keep: Callable[[str, str], Change]) -> None:
        def kept(result: SearchResult | None) -> None:
            if result is None:
                return
            if self._kept(lambda: keep(result.name, result.query)):
                self.take_source(SourceRow("search", result.name, 0, 0))
                self.article_list.focus()

        self.app.push_screen(SearchDialog(name, query), kept)

    def _kept(self, make: Callable[[], Change]) -> bool:
        try:
            self.say(f"{make().text}.")
        except ReaderError as error:
            self.say(str(error), "error")
            return False
        self.load_sources()
        return True
