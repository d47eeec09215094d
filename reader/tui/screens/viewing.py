"""The list: brought by pages in the background, and what the header says about it."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from textual import on
from textual.message import Message

from reader.library import Query
from reader.model import ArticleId, ArticleRow, SourceRow
from reader.tui import formats
from reader.tui.background import cancelled
from reader.tui.folding import Folded, fold
from reader.tui.listing import PAGE, Listing
from reader.tui.screens.desk import Desk, while_there
from reader.tui.storylines import outlets_of
from reader.tui.view import ORDER_NAMES, UNREAD, View
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.source_list import SourceList, source_name


class Viewing(Desk):
    """The part of the main screen that shows a view: its rows, and the sources with counts."""

    view = View()
    sources: tuple[SourceRow, ...] = ()
    _loads = 0
    """How often a view was asked for; what an earlier asking brings comes too late."""
    _awaited: Callable[[], None] | None = None
    """Asks once more for another view that was asked for and has not come yet."""

    @dataclass
    class SourcesReady(Message):
        """The sources with their counts."""

        sources: tuple[SourceRow, ...]

    @dataclass
    class ListingReady(Message):
        """A listing with its first pages, and where the cursor goes."""

        load: int
        view: View
        listing: Listing
        cursor: int
        article: ArticleId | None
        """The article it was asked for."""
        anew: bool
        open_it: bool

    @dataclass
    class PageReady(Message):
        """A page of a listing."""

        listing: Listing
        page: int
        rows: list[ArticleRow]

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

    # Loading

    def load_sources(self) -> None:
        """Bring the sources with their counts, the stories after the lists of all outlets."""

        def work() -> Message:
            sources = self.library.sources()
            fixed = sum(source.kind not in {"tag", "search", "outlet"} for source in sources)
            stories = SourceRow("stories", "", *self.library.stories.tally())
            sources[fixed:fixed] = [stories, *self.saved_rows()]
            return self.SourcesReady(tuple(sources))

        self.in_background(work, group="sources")

    @on(SourcesReady)
    @while_there
    def _sources_ready(self, event: SourcesReady) -> None:
        self.sources = event.sources
        self.article_list.outlets = outlets_of(event.sources)
        self.source_list.show(list(event.sources), self.view.source)
        self.tell_place()
        self.count_saved()

    @abstractmethod
    def saved_rows(self) -> list[SourceRow]:
        """Return the saved searches with the counts that are known; called in a thread."""

    @abstractmethod
    def count_saved(self) -> None:
        """Count what the saved searches find, and show it."""

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
        self._loads += 1
        load, other = self._loads, anew or open_it
        again = partial(
            self.load_view, view, article=article, cursor=cursor, anew=anew, open_it=open_it
        )
        self._awaited = again if other else None

        def work() -> Message | None:
            self.library.stories.refresh()  # what was undone, here or elsewhere, counts too
            query = view.query()
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
            return self.ListingReady(load, view, listing, row, article, anew, open_it)

        self.in_background(work, group="listing", awaited=other)

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
        revised = [row.id for row in rows if row.revision > 1 and row.marks.read]
        if revised:
            listing.changed |= self.library.revisions.unseen(revised).keys()
        in_stories = [row.id for row in rows if row.story is not None]
        if in_stories:
            listing.stories |= {s.id: s for s in self.library.stories.of(in_stories)}
        return rows

    @on(ListingReady)
    @while_there
    def _listing_ready(self, event: ListingReady) -> None:
        if event.load != self._loads:
            return
        self._awaited = None
        view, rows = event.view, self.article_list
        before = rows.current.id if rows.current and not event.anew else None
        cursor = event.cursor
        if before is not None and not event.open_it:
            # what was kept and where the cursor went since the asking counts
            view = replace(view, kept=view.kept | self.view.kept)
            here = event.listing.number_of(before)
            if here is None and before != event.article:
                self.reload()
                return
            cursor = cursor if here is None else here
        self.view = view
        rows.show_source = view.source[0] != "outlet"
        rows.saying = view.why_empty()
        rows.highlight(view.pattern())
        rows.show(event.listing, cursor=cursor)
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
                return self.PageReady(listing, page, self._rows(view.query(), view, page, listing))

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
        if self._awaited is not None:
            self.load_sources()
            self._awaited()
            return
        current = self.article_list.current
        self.load_sources()
        self.load_view(
            self.view,
            article=current.id if current else None,
            cursor=self.article_list.cursor,
            anew=False,
        )

    def failed(self, reason: str) -> None:
        """Tell what went wrong; no other view is awaited any more."""
        self._awaited = None
        super().failed(reason)

    def keep(self, ids: list[ArticleId]) -> None:
        """Let these stay in the list until another view is taken."""
        if self.view.keeps_what_leaves:
            self.view = replace(self.view, kept=self.view.kept | frozenset(ids))

    @abstractmethod
    def tell_place(self) -> None:
        """Show in the header where one is."""

    def place_parts(self) -> tuple[list[str], str]:
        """Return what the header says about the list."""
        view = self.view
        parts = [source_name(*view.source)]
        if view.search:
            parts.append(f"“{view.search.strip()}”")
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
