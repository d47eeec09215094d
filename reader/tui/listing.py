"""The window of rows that a list has at hand: pages come when they are asked for.

A pure store without Textual: the list asks what is missing, a worker thread brings it.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from reader.model import ArticleId, ArticleRow, Story
from reader.tui.folding import Fold, Folded

PAGE = 100
KEPT_PAGES = 30
R = TypeVar("R")


class Pages(Generic[R]):
    """The rows of one query in one order, of which only some pages are known."""

    def __init__(self, count: int = 0) -> None:
        """Take the number of rows."""
        self.count = count
        self._pages: OrderedDict[int, list[R]] = OrderedDict()
        self._asked: set[int] = set()

    def row(self, number: int) -> R | None:
        """Return a row, or None where its page is not here (yet)."""
        page = self._pages.get(number // PAGE)
        place = number % PAGE
        return page[place] if page is not None and place < len(page) else None

    def wanted(self, first: int, last: int) -> list[int]:
        """Return the pages that are missing for these rows; each is named only once."""
        pages = range(max(0, first) // PAGE, min(max(0, last), max(0, self.count - 1)) // PAGE + 1)
        missing = [p for p in pages if p not in self._pages and p not in self._asked]
        self._asked.update(missing)
        return missing if self.count else []

    def arrived(self, page: int, rows: Sequence[R]) -> None:
        """Take a page; the one longest unused goes."""
        self._asked.discard(page)
        self._pages[page] = list(rows)
        self._pages.move_to_end(page)
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)

    def lost(self, page: int) -> None:
        """Take note that a page could not be had, so that it is asked for again."""
        self._asked.discard(page)

    def known(self) -> Iterator[tuple[int, R]]:
        """Yield the rows that are here, with their numbers."""
        for page, rows in self._pages.items():
            for place, row in enumerate(rows):
                yield page * PAGE + place, row

    def replace(self, number: int, row: R) -> None:
        """Put another state of the same row in its place."""
        page = self._pages.get(number // PAGE)
        if page is not None and number % PAGE < len(page):
            page[number % PAGE] = row


class Listing(Pages[ArticleRow]):
    """The rows of a list of articles."""

    def __init__(self, count: int = 0) -> None:
        """Take the number of rows."""
        super().__init__(count)
        self.stories: dict[int, Story] = {}
        """The stories of which several reports are stored; their rows carry a sign."""
        self.changed: set[ArticleId] = set()
        """The articles that changed after they were read."""
        self.folded: Folded | None = None
        """Which rows there are where stories are folded into one row each."""

    def number_of(self, article: ArticleId) -> int | None:
        """Return where an article stands among the rows that are here."""
        return next((number for number, row in self.known() if row.id == article), None)

    def fold(self, article: ArticleId) -> Fold | None:
        """Return what a row stands for where several reports are folded into it."""
        return self.folded.folds.get(article) if self.folded is not None else None
