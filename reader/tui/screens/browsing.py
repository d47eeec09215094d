"""Going through the collection: sources, the list, sort orders, search, the next unread."""

import re
from dataclasses import dataclass, replace
from typing import get_args

from textual import on
from textual.message import Message
from textual.widgets import Input

from reader.errors import QueryError
from reader.library import Query, parse_query
from reader.model import ArticleId, ArticleRow, SortOrder, SourceRow
from reader.tui import formats
from reader.tui.folding import Folded, fold
from reader.tui.listing import PAGE, Listing
from reader.tui.screens.desk import Desk, cancelled, while_there
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.search_bar import SearchBar
from reader.tui.widgets.source_list import SourceKey, SourceList, source_name

UNREAD = parse_query("is:unread")
ORDERS: tuple[SortOrder, ...] = get_args(SortOrder)
ORDER_NAMES: dict[SortOrder, str] = {
    "newest": "newest first",
    "oldest": "oldest first",
    "source": "by source",
    "unread": "unread first",
}


@dataclass(frozen=True, slots=True)
class View:
    """Which listing is shown: where one comes back to after a search."""

    source: SourceKey = ("all", "")
    order: SortOrder = "newest"
    search: str = ""
    kept: frozenset[ArticleId] = frozenset()
    """Articles that stay although they no longer belong (read while looking at the unread)."""
    folded: bool = False
    """Whether the reports of one story take one row."""
    opened: frozenset[int] = frozenset()
    """The stories whose reports are shown nevertheless."""


class Browsing(Desk):
    """The part of the main screen that decides what the list shows."""

    view = View()
    sources: tuple[SourceRow, ...] = ()
    _before_search: tuple[View, ArticleId | None] | None = None

    @dataclass
    class SourcesReady(Message):
        """The sources with their counts."""

        sources: tuple[SourceRow, ...]

    @dataclass
    class ListingReady(Message):
        """A listing with its first pages, and where the cursor goes."""

        view: View
        listing: Listing
        cursor: int
        anew: bool
        open_it: bool

    @dataclass
    class PageReady(Message):
        """A page of a listing."""

        listing: Listing
        page: int
        rows: list[ArticleRow]

    @dataclass
    class UnreadFound(Message):
        """The next unread article: its row number in this view, or a source that has one."""

        view: View
        number: int | None
        source: SourceRow | None

    @dataclass
    class ViewChanged(Message):
        """The list shows another article under its cursor, or another listing."""

        article: ArticleRow | None
        open_it: bool

    # Widgets

    @property
    def source_list(self) -> SourceList:
        """The list of sources."""
        return self.query_one(SourceList)

    @property
    def article_list(self) -> ArticleList:
        """The list of articles."""
        return self.query_one(ArticleList)

    @property
    def search_bar(self) -> SearchBar:
        """The line in which one searches."""
        return self.query_one(SearchBar)

    # Loading

    def load_sources(self) -> None:
        """Bring the sources with their counts."""
        self.in_background(
            lambda: self.SourcesReady(tuple(self.library.sources())), group="sources"
        )

    @on(SourcesReady)
    @while_there
    def _sources_ready(self, event: SourcesReady) -> None:
        self.sources = event.sources
        self.source_list.show(list(event.sources), self.view.source)
        self.tell_place()

    def query_of(self, view: View) -> Query:
        """Return the query of a view. Raises QueryError where the search makes no sense (yet)."""
        query = parse_query(view.search) if view.search.strip() else Query()
        kind, name = view.source
        return query.within(SourceRow(kind, name, 0, 0)).keeping(view.kept)

    def pattern_of(self, view: View) -> re.Pattern[str] | None:
        """Return what finds the searched words in a text."""
        return search_pattern(parse_query(view.search)) if view.search.strip() else None

    def load_view(
        self,
        view: View,
        *,
        article: ArticleId | None = None,
        cursor: int = 0,
        anew: bool = True,
        open_it: bool = False,
    ) -> None:
        """Bring a view, with the cursor on this article where it is in it, else on this row."""

        def work() -> Message | None:
            query = self.query_of(view)
            folded = self._fold(query, view) if view.folded else None
            count = len(folded.rows) if folded else self.library.count(query)
            place = None
            if article is not None and not cancelled():
                if folded:
                    place = folded.row_of(article)
                else:
                    place = self.library.place(article, query, order=view.order)
            row = max(0, min(cursor if place is None else place, count - 1))
            listing = Listing(count)
            listing.folded = folded
            for page in listing.wanted(row - PAGE // 2, row + PAGE // 2):
                if cancelled():
                    return None
                listing.arrived(page, self._rows(query, view, page, listing))
            return self.ListingReady(view, listing, row, anew, open_it)

        self.in_background(work, group="listing")

    def _fold(self, query: Query, view: View) -> Folded:
        ids = self.library.ids(query, order=view.order)
        unread = set(self.library.ids(query & UNREAD))
        return fold(ids, self.library.stories.members(), unread, view.opened)

    def _rows(self, query: Query, view: View, page: int, listing: Listing) -> list[ArticleRow]:
        if listing.folded is not None:
            ids = listing.folded.rows[page * PAGE : (page + 1) * PAGE]
            rows = [self.library.row(id_) for id_ in ids]
        else:
            rows = self.library.find(query, order=view.order, offset=page * PAGE, limit=PAGE)
        in_stories = [row.id for row in rows if row.story is not None]
        if in_stories:
            listing.stories |= {story.id for story in self.library.stories.of(in_stories)}
        return rows

    @on(ListingReady)
    @while_there
    def _listing_ready(self, event: ListingReady) -> None:
        view, rows = event.view, self.article_list
        before = rows.current.id if rows.current and not event.anew else None
        self.view = view
        rows.show_source = view.source[0] != "outlet"
        rows.saying = self._why_empty()
        rows.highlight(self.pattern_of(view))
        rows.show(event.listing, cursor=event.cursor)
        if event.anew:
            self.source_list.show(list(self.sources), view.source)
        self.tell_place()
        now = rows.current
        if event.anew or event.open_it or (now.id if now else None) != before:
            self.post_message(self.ViewChanged(now, event.open_it))
        self.call_after_refresh(self.reader.list_shown)

    @on(ArticleList.Wanted)
    def _pages_wanted(self, event: ArticleList.Wanted) -> None:
        view, listing = self.view, event.listing

        for page in event.pages:

            def work(page: int = page) -> Message:
                return self.PageReady(
                    listing, page, self._rows(self.query_of(view), view, page, listing)
                )

            self.in_background(work, group="pages", exclusive=False)

    @on(PageReady)
    @while_there
    def _page_ready(self, event: PageReady) -> None:
        here = self.article_list.current
        self.article_list.page_arrived(event.listing, event.page, event.rows)
        if here is None and (now := self.article_list.current) is not None:
            self.post_message(self.ViewChanged(now, open_it=False))

    def reload(self) -> None:
        """Bring the same view again (something changed), staying on the same article."""
        current = self.article_list.current
        self.load_sources()
        self.load_view(
            self.view,
            article=current.id if current else None,
            cursor=self.article_list.cursor,
            anew=False,
        )

    def keep(self, ids: list[ArticleId]) -> None:
        """Let these stay in the list until another view is taken."""
        view = self.view
        if view.source[0] in {"unread", "starred", "tag", "noted"} or view.order == "unread":
            kept = view.kept | set(ids)
            self.view = replace(view, kept=frozenset(kept))

    def _why_empty(self) -> list[str]:
        """Say why a list is empty and what to do next."""
        if self.view.search:
            return ["Nothing found.", "Esc takes the search back."]
        say = {
            "all": ["The library is empty.", "A adds a file or a folder."],
            "unread": ["Everything is read.", "[ and ] go to another source."],
            "starred": ["Nothing has a star.", "* gives one to an article."],
            "noted": ["There are no notes.", "a writes one on an article or sentence."],
        }
        return say.get(self.view.source[0], ["Nothing is here.", "[ and ] go to another source."])

    def tell_place(self) -> None:
        """Show in the header where one is."""
        raise NotImplementedError

    def place_parts(self) -> tuple[list[str], str]:
        """Return what the header says about the list."""
        view = self.view
        parts = [source_name(*view.source)]
        if view.search:
            parts.append(f"“{view.search}”")
        parts.append(ORDER_NAMES[view.order])
        if view.folded:
            parts.append("stories folded")
        if self.article_list.marked:
            parts.append(f"{len(self.article_list.marked):,} marked")
        listed = self.article_list.listing.count
        unread = next((s.unread for s in self.sources if (s.kind, s.name) == view.source), 0)
        right = formats.count(listed, "row" if view.folded else "article")
        if unread and not view.search:
            of = f"in {formats.count(listed, 'row')}" if view.folded else f"of {listed:,}"
            right = f"{unread:,} unread {of}"
        return parts, right

    # Commands

    def take_source(self, source: SourceRow, *, open_first_unread: bool = False) -> None:
        """Show a source."""
        self.article_list.mark(())
        self.close_search()
        view = View((source.kind, source.name), self.view.order, folded=self.view.folded)
        self.load_view(view)
        self._unread_after_load = open_first_unread

    _unread_after_load = False

    def _step_source(self, step: int) -> None:
        if (source := self.source_list.neighbour(self.view.source, step)) is not None:
            self.take_source(source)

    def action_next_source(self) -> None:
        """Show the next source."""
        self._step_source(1)

    def action_previous_source(self) -> None:
        """Show the source before."""
        self._step_source(-1)

    @on(SourceList.Moved)
    def _source_moved(self, event: SourceList.Moved) -> None:
        if isinstance(event.rows, SourceList):
            source = event.rows.at_cursor
            if source is not None and (source.kind, source.name) != self.view.source:
                self.take_source(source)

    def action_order(self) -> None:
        """Sort in the next order."""
        view = self.view
        order = ORDERS[(ORDERS.index(view.order) + 1) % len(ORDERS)]
        current = self.article_list.current
        self.load_view(
            View(view.source, order, view.search, folded=view.folded),
            article=current.id if current else None,
        )
        self.say(f"Sorted {ORDER_NAMES[order]}.")

    def action_fold(self) -> None:
        """Fold the reports of each story into one row, or show them all again."""
        view, current = self.view, self.article_list.current
        self.load_view(
            replace(view, folded=not view.folded, opened=frozenset()),
            article=current.id if current else None,
        )
        self.say("All reports." if view.folded else "One row for each story; Enter unfolds it.")

    def unfold(self) -> bool:
        """Show the reports that are folded into the row under the cursor, where there are."""
        current = self.article_list.current
        folded = self.article_list.listing.fold(current.id) if current else None
        if folded is None:
            return False
        view = self.view
        self.load_view(
            replace(view, opened=view.opened | {folded.story}), article=folded.members[0]
        )
        return True

    # Search

    def action_search(self) -> None:
        """Open the line in which one searches."""
        if self._before_search is None:
            current = self.article_list.current
            self._before_search = (self.view, current.id if current else None)
        self.search_bar.open(self.view.search)
        self.arrange_for("list")

    @on(Input.Changed, "#search")
    def _search_changed(self, event: Input.Changed) -> None:
        event.stop()
        if not self.search_bar.display or event.value == self.view.search:
            return
        view = View(self.view.source, self.view.order, event.value, folded=self.view.folded)
        try:
            self.query_of(view)
        except QueryError as error:
            self.search_bar.complain(str(error))
            return
        self.search_bar.complain("")
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

    def arrange_for(self, pane: str) -> None:
        """Show the panes as if this one had the focus."""
        raise NotImplementedError

    # The next unread

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

        self.in_background(work, group="unread")

    def _unread_near(self, view: View, cursor: int, step: int) -> int | None:
        """Return the row number of the next unread article, going round at the end."""
        query = self.query_of(view)
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
        for away in range(1, count + 1):
            number = (cursor + step * away) % count
            shown = folded.rows[number]
            held = folded.folds.get(shown)
            members = held.members if held else (shown,)
            if not all(self.notebook.marks(member).read for member in members):
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

    def go_to_row(self, number: int) -> None:
        """Put the cursor on a row."""
        raise NotImplementedError


class _Places:
    """The row numbers of some of a listing's articles, each looked up when it is needed."""

    def __init__(self, desk: Browsing, query: Query, view: View, ids: list[ArticleId]) -> None:
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


def search_pattern(query: Query) -> re.Pattern[str] | None:
    """Return what finds the searched words in a text, for showing them; None where there are none.

    Words are found by their stems; so what only goes on after a word's first two thirds counts.
    """
    parts = [_word_pattern(word, beginning=beginning) for word, beginning in query.words if word]
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _word_pattern(word: str, *, beginning: bool) -> str:
    if not word[0].isascii() and not word.isalpha():
        return re.escape(word)
    if "\u2e80" <= word[0] <= "\uffdc":  # scripts that put no spaces between words
        return re.escape(word)
    stem = word if beginning or len(word) < 5 else word[: max(4, len(word) * 2 // 3)]
    return rf"\b{re.escape(stem)}\w*"
