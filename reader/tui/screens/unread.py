"""The next unread article: in this list, or in the next source that has one."""

from abc import abstractmethod
from dataclasses import dataclass

from textual import on
from textual.message import Message

from reader.library import Query
from reader.model import ArticleId, SourceRow
from reader.tui.folding import Folded
from reader.tui.screens.browsing import Browsing
from reader.tui.screens.desk import while_there
from reader.tui.view import UNREAD, SourceKey, View


class Unread(Browsing):
    """The part of the main screen that steps from one unread article to the next."""

    @dataclass
    class UnreadFound(Message):
        """The next unread article: its row number in this view, or a source that has one."""

        view: View
        number: int | None
        source: SourceRow | None

    def action_next_unread(self) -> None:
        """Go to the next unread article, in the next source where this one has no more."""
        self.find_unread(1)

    def action_previous_unread(self) -> None:
        """Go to the unread article before this one."""
        self.find_unread(-1)

    def find_unread(self, step: int, *, from_start: bool = False) -> None:
        """Look for the next (1) or previous (-1) unread article."""
        view = self.view
        cursor = -1 if from_start else self.article_list.cursor
        key = view.source
        after = [s for s in self.sources if s.kind in {"outlet", "tag", "search"}]

        folded = self.article_list.listing.folded

        def work() -> Message:
            if folded is not None:
                number = self._unread_fold(folded, cursor, step)
            else:
                number = self._unread_near(view, cursor, step)
            source = None
            if number is None:
                source = _next_with_unread(after, key, step)
            return self.UnreadFound(view, number, source)

        self.in_background(work, group="unread", awaited=True)

    def _unread_near(self, view: View, cursor: int, step: int) -> int | None:
        """Return the row number of the next unread article, going round at the end."""
        query = view.query()
        unread = query & UNREAD
        wanted = (n for n in (cursor + step,) if 0 <= n < self.library.count(query))
        for number in wanted:  # by far the most common: the neighbour
            rows = self.library.find(query, order=view.order, offset=number, limit=1)
            if rows and not rows[0].marks.read:
                return number
        ids = self.library.ids(unread, order=view.order)
        places = _Places(self, query, view, ids)
        if not ids:
            return None
        found = places.first_after(cursor) if step > 0 else places.last_before(cursor)
        return places.at(found % len(ids))

    def _unread_fold(self, folded: Folded, cursor: int, step: int) -> int | None:
        """Return the next row that holds something unread, where stories are folded."""
        count = len(folded.rows)
        unread = set(self.library.ids(UNREAD))
        for away in range(1, count + 1):
            number = (cursor + step * away) % count
            shown = folded.rows[number]
            held = folded.folds.get(shown)
            members = held.members if held else (shown,)
            if not unread.isdisjoint(members):
                return number
        return None

    @on(UnreadFound)
    @while_there
    def _unread_found(self, event: UnreadFound) -> None:
        if event.view.source != self.view.source:
            return
        if event.number is not None:
            self.go_to_row(event.number)
        elif event.source is not None:
            self.take_source(event.source, open_first_unread=True)
        else:
            self.say("Everything is read.")

    @abstractmethod
    def go_to_row(self, number: int) -> None:
        """Put the cursor on a row."""


class _Places:
    """The row numbers of some of a listing's articles, each looked up when it is needed."""

    def __init__(self, desk: Unread, query: Query, view: View, ids: list[ArticleId]) -> None:
        self._desk, self._query, self._view, self._ids = desk, query, view, ids

    def at(self, index: int) -> int | None:
        return self._desk.library.place(self._ids[index], self._query, order=self._view.order)

    def first_after(self, cursor: int) -> int:
        """Return the index of the first article below the cursor; the number of all if none."""
        low, high = 0, len(self._ids)
        while low < high:
            middle = (low + high) // 2
            if (self.at(middle) or 0) > cursor:
                high = middle
            else:
                low = middle + 1
        return low

    def last_before(self, cursor: int) -> int:
        """Return the index of the last article above the cursor; -1 if none."""
        return self.first_after(cursor - 1) - 1


def _next_with_unread(sources: list[SourceRow], key: SourceKey, step: int) -> SourceRow | None:
    keys = [(source.kind, source.name) for source in sources]
    start = keys.index(key) if key in keys else (-1 if step > 0 else 0)
    for offset in range(1, len(sources) + 1):
        source = sources[(start + step * offset) % len(sources)]
        if source.unread and (source.kind, source.name) != key:
            return source
    return None
