"""Searching a list as one types, and back to where the search began. For any screen with a list."""

from abc import abstractmethod
from collections.abc import Callable

from textual import on
from textual.widgets import Input

from reader.errors import QueryError
from reader.library import parse_query
from reader.tui.screens.desk import Desk
from reader.tui.widgets.rows import RowsView
from reader.tui.widgets.search_bar import SearchBar


class Finding(Desk):
    """The part of a screen with the line in which one searches."""

    _back_from_search: Callable[[], None] | None = None
    """Shows again what was there before the search; None where there is no search."""
    _asked = ""
    """What was searched for last; its list may still be on its way."""

    @property
    def search_bar(self) -> SearchBar:
        """The line in which one searches."""
        return self.query_one(SearchBar)

    # What a screen says

    @abstractmethod
    def search_text(self) -> str:
        """Return the search whose list is shown; "" for none."""

    @abstractmethod
    def searched_rows(self) -> RowsView:
        """Return the list that is searched."""

    @abstractmethod
    def way_back(self) -> Callable[[], None]:
        """Return what will bring the list and the place back as they are now."""

    @abstractmethod
    def search_for(self, text: str) -> None:
        """Bring what a search finds; it makes sense."""

    # Searching

    def action_search(self) -> None:
        """Open the line in which one searches."""
        if self._back_from_search is None:
            self._back_from_search = self.way_back()
        self._asked = self.search_text()
        self.search_bar.open(self._asked)

    @on(Input.Changed, "#search")
    def _search_changed(self, event: Input.Changed) -> None:
        event.stop()
        if not self.search_bar.display:
            return
        try:
            parse_query(event.value, typing=True)
        except QueryError as error:
            self.search_bar.complain(error)
            return
        self.search_bar.complain(None)
        if event.value != self._asked:
            self._asked = event.value
            self.search_for(event.value)

    @on(Input.Submitted, "#search")
    def _search_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not event.value.strip():
            self.leave_search()
        else:
            self.search_bar.display = False
        self.searched_rows().focus()

    def leave_search(self) -> bool:
        """Go back to where the search began; tell whether there was one."""
        if self._back_from_search is None:
            return False
        back = self._back_from_search
        self.close_search()
        back()
        self.searched_rows().focus()
        return True

    def close_search(self) -> None:
        """Forget the search."""
        self._back_from_search = None
        self.search_bar.display = False
