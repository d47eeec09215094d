"""Searching: the list follows what one types, and Esc brings back the place."""

from abc import abstractmethod

from textual import on
from textual.widgets import Input

from reader.errors import QueryError
from reader.model import ArticleId, SourceRow
from reader.tui.screens.viewing import Viewing
from reader.tui.view import View
from reader.tui.widgets.search_bar import SearchBar


class Searching(Viewing):
    """The part of the main screen that searches."""

    _before_search: tuple[View, ArticleId | None] | None = None
    _asked = ""
    """What was searched for last; its list may still be on its way."""

    @property
    def search_bar(self) -> SearchBar:
        """The line in which one searches."""
        return self.query_one(SearchBar)

    def action_search(self) -> None:
        """Open the line in which one searches."""
        if self._before_search is None:
            current = self.article_list.current
            self._before_search = (self.view, current.id if current else None)
        self._asked = self.view.search
        self.search_bar.open(self._asked)
        self.arrange_for("list")

    @on(Input.Changed, "#search")
    def _search_changed(self, event: Input.Changed) -> None:
        event.stop()
        if not self.search_bar.display:
            return
        view = View(self.view.source, self.view.order, event.value, folded=self.view.folded)
        try:
            view.query()
        except QueryError as error:
            self.search_bar.complain(error)
            return
        self.search_bar.complain(None)
        if event.value != self._asked:
            self._asked = event.value
            self.load_view(view)

    @on(Input.Submitted, "#search")
    def _search_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not event.value.strip():
            self.leave_search()
        else:
            self.search_bar.display = False
        self.article_list.focus()

    def leave_search(self) -> bool:
        """Go back to where the search began; tell whether there was one."""
        if self._before_search is None:
            return False
        view, article = self._before_search
        self.close_search()
        self.load_view(view, article=article)
        self.article_list.focus()
        return True

    def close_search(self) -> None:
        """Forget the search."""
        self._before_search = None
        self.search_bar.display = False

    @abstractmethod
    def take_source(self, source: SourceRow, *, open_first_unread: bool = False) -> None:
        """Show a source."""

    @abstractmethod
    def arrange_for(self, pane: str) -> None:
        """Show the panes as if this one had the focus."""
