"""Searching the articles: the list follows what one types, and Esc brings back the place."""

from abc import abstractmethod
from collections.abc import Callable
from functools import partial

from reader.model import SourceRow
from reader.tui.screens.finding import Finding
from reader.tui.screens.viewing import Viewing
from reader.tui.view import View
from reader.tui.widgets.article_list import ArticleList


class Searching(Finding, Viewing):
    """The part of the main screen that searches."""

    def search_text(self) -> str:
        """Return the search whose list is shown."""
        return self.view.search

    def searched_rows(self) -> ArticleList:
        """Return the list of articles."""
        return self.article_list

    def way_back(self) -> Callable[[], None]:
        """Return what shows this view again, at this article."""
        current = self.article_list.current
        return partial(self.load_view, self.view, article=current.id if current else None)

    def search_for(self, text: str) -> None:
        """Bring the articles of this source that a search finds."""
        self.load_view(View(self.view.source, self.view.order, text, folded=self.view.folded))

    def action_search(self) -> None:
        """Open the line in which one searches, above the list."""
        super().action_search()
        self.arrange_for("list")

    @abstractmethod
    def take_source(self, source: SourceRow, *, open_first_unread: bool = False) -> None:
        """Show a source."""

    @abstractmethod
    def arrange_for(self, pane: str) -> None:
        """Show the panes as if this one had the focus."""
