"""Which stories are shown: brought by pages in the background, sorted, searched, opened."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import get_args

from textual import on
from textual.message import Message

from reader.library import Query, parse_query
from reader.model import ArticleId, SourceRow, Story, StoryOrder
from reader.tui.background import cancelled
from reader.tui.listing import PAGE, Pages
from reader.tui.screens.desk import while_there
from reader.tui.screens.finding import Finding
from reader.tui.storylines import outlets_of, report_lines
from reader.tui.view import search_pattern
from reader.tui.widgets.story_list import OpenedStory, StoryHead, StoryList

ORDERS: tuple[StoryOrder, ...] = get_args(StoryOrder)
ORDER_NAMES: dict[StoryOrder, str] = {
    "newest": "newest first",
    "largest": "most reports first",
    "unread": "unread first",
}


@dataclass(frozen=True, slots=True)
class StoryView:
    """Which stories are shown and how: where one comes back to after a search."""

    order: StoryOrder = "newest"
    search: str = ""
    opened: int | None = None
    """The story whose reports are shown."""
    unfolded: frozenset[ArticleId] = frozenset()
    """The reports whose copies are shown."""

    def query(self) -> Query | None:
        """Return the search; None where there is none. QueryError where it makes no sense yet."""
        return parse_query(self.search, typing=True) if self.search.strip() else None


class StoriesList(Finding):
    """The part of the stories' screen that brings its rows."""

    view = StoryView()
    sources: tuple[SourceRow, ...] = ()
    unread = 0
    """How many stories have a report that was not read."""
    _loads = 0
    """How often stories were asked for; what an earlier asking brings comes too late."""
    _awaited: Callable[[], None] | None = None
    """Asks once more for what was asked for and has not come yet."""
    _found: list[ArticleId] | None = None
    """What the search found; None where there is no search."""

    @dataclass
    class StoriesReady(Message):
        """A list with its first pages, and where the cursor goes."""

        load: int
        view: StoryView
        pages: Pages[Story]
        found: list[ArticleId] | None
        opened: OpenedStory | None
        cursor: int
        sources: tuple[SourceRow, ...]
        unread: int
        corrected: frozenset[int]
        began: int | None

    @dataclass
    class PageReady(Message):
        """A page of the list."""

        pages: Pages[Story]
        page: int
        stories: list[Story]

    @property
    def story_list(self) -> StoryList:
        """The list of stories."""
        return self.query_one(StoryList)

    @abstractmethod
    def stories_shown(self) -> None:
        """Take note that the list shows something else."""

    # Loading

    def load(
        self,
        view: StoryView,
        *,
        story: int | None = None,
        line: int = -1,
        cursor: int = 0,
        began: int | None = None,
    ) -> None:
        """Bring the stories, with the cursor on this one (or on a line of it), else on a row.

        `began` is the row of the cursor where the same list comes again: as far as it is moved
        until then, it stays moved.
        """
        self._loads += 1
        load = self._loads
        self._awaited = partial(self.load, view, story=story, line=line, cursor=cursor, began=began)

        def work() -> Message | None:
            query = view.query()
            found = None if query is None else self.library.ids(query)
            count = self.library.stories.count(found)
            pages: Pages[Story] = Pages(count)
            place = self._place(view, story, found, count)
            at = max(0, min(cursor if place is None else place, count - 1))
            for page in pages.wanted(at - PAGE // 2, at + PAGE // 2):
                if cancelled():
                    return None
                pages.arrived(page, self._page(view, found, page))
            opened = self._opened(view, pages, found)
            below = 0 if opened is None else len(opened.lines)
            row = at + (below if opened is not None and opened.number < at else 0)
            if opened is not None and opened.number == at and line >= 0:
                row = at + 1 + min(line, below - 1)
            sources = tuple(self.library.sources())
            unread = self.library.stories.tally()[1]
            corrected = frozenset(self.library.stories.corrected())
            return self.StoriesReady(
                load, view, pages, found, opened, row, sources, unread, corrected, began
            )

        self.in_background(work, group="stories", awaited=True)

    def _page(self, view: StoryView, found: list[ArticleId] | None, page: int) -> list[Story]:
        return self.library.stories.of(found, order=view.order, offset=page * PAGE, limit=PAGE)

    def _place(
        self, view: StoryView, story: int | None, found: list[ArticleId] | None, count: int
    ) -> int | None:
        if story is None or not count:
            return None
        if found is None:
            return self.library.stories.place(story, order=view.order)
        first = self.library.stories.of(found, order=view.order, limit=PAGE)
        return next((n for n, each in enumerate(first) if each.id == story), None)

    def _opened(
        self, view: StoryView, pages: Pages[Story], found: list[ArticleId] | None
    ) -> OpenedStory | None:
        if view.opened is None:
            return None
        here = {story.id: number for number, story in pages.known()}
        number = here.get(view.opened)
        if number is None:
            number = self._place(view, view.opened, found, pages.count)
        if number is None:
            return None
        story = pages.row(number) or self.library.stories.story(view.opened)
        return self._with_reports(number, story, view.unfolded)

    def _with_reports(
        self, number: int, story: Story, unfolded: frozenset[ArticleId]
    ) -> OpenedStory:
        rows = [self.library.row(id_) for id_ in story.articles]
        return OpenedStory(number, story, report_lines(rows, dict(story.copies), unfolded))

    @on(StoriesReady)
    @while_there
    def _stories_ready(self, event: StoriesReady) -> None:
        if event.load != self._loads:
            return
        rows = self.story_list
        self._awaited = None
        self.view, self._found = event.view, event.found
        self.sources, self.unread = event.sources, event.unread
        rows.outlets = outlets_of(event.sources)
        rows.corrected = event.corrected
        rows.saying = self._why_empty()
        query = event.view.query()
        rows.highlight(search_pattern(query) if query is not None else None)
        moved = 0 if event.began is None else rows.cursor - event.began
        count = event.pages.count + (len(event.opened.lines) if event.opened else 0)
        cursor = max(0, min(event.cursor + moved, count - 1)) if moved else event.cursor
        rows.show(event.pages, opened=event.opened, cursor=cursor)
        self.query_one(StoryHead).refresh()
        self.stories_shown()

    @on(StoryList.Wanted)
    def _pages_wanted(self, event: StoryList.Wanted) -> None:
        view, pages, found = self.view, event.pages, self._found
        for page in event.wanted:

            def work(page: int = page) -> Message:
                return self.PageReady(pages, page, self._page(view, found, page))

            self.in_background(work, group="pages", exclusive=False)

    @on(PageReady)
    @while_there
    def _page_ready(self, event: PageReady) -> None:
        self.story_list.page_arrived(event.pages, event.page, event.stories)
        self.stories_shown()

    def reload(self) -> None:
        """Bring the same list again (something changed), staying at the same place."""
        if self._awaited is not None:
            self._awaited()
            return
        rows = self.story_list
        number, line = rows.place_of(rows.cursor)
        story = rows.story.id if rows.story else None
        line = -1 if line is None else line
        self.load(self.view, story=story, line=line, cursor=number, began=rows.cursor)

    def _why_empty(self) -> list[str]:
        if self.view.search:
            return ["No story has a report that this finds.", "Esc takes the search back."]
        return [
            "There are no stories yet.",
            "A story forms by itself as soon as two reports of the same event are here:",
            "fetch feeds (R), or add articles (A), in the list of articles; Esc leads there.",
        ]

    # Opening a story

    def show_reports(self, story: int | None, unfolded: frozenset[ArticleId] = frozenset()) -> None:
        """Show the reports of a story below it, or of none; copies of these too."""
        rows = self.story_list
        number, line = rows.place_of(rows.cursor)
        view = replace(self.view, opened=story, unfolded=unfolded)
        here = rows.story.id if rows.story else None
        self.load(view, story=here, line=-1 if line is None else line, cursor=number)

    def action_fold(self) -> None:
        """Fold the opened story, or open the one under the cursor."""
        rows = self.story_list
        if rows.opened is not None:
            number = rows.place_of(rows.cursor)[0]
            self.view = replace(self.view, opened=None, unfolded=frozenset())
            rows.open_story(None, cursor=number)
            self.stories_shown()
        elif rows.story is not None:
            self.show_reports(rows.story.id)

    # Orders and search

    def action_order(self) -> None:
        """Sort in the next order."""
        order = ORDERS[(ORDERS.index(self.view.order) + 1) % len(ORDERS)]
        story = self.story_list.story
        self.load(replace(self.view, order=order), story=story.id if story else None)
        self.say(f"Sorted {ORDER_NAMES[order]}.")

    def search_text(self) -> str:
        """Return the search whose stories are shown."""
        return self.view.search

    def searched_rows(self) -> StoryList:
        """Return the list of stories."""
        return self.story_list

    def way_back(self) -> Callable[[], None]:
        """Return what shows these stories again, at this one."""
        story = self.story_list.story
        return partial(self.load, self.view, story=story.id if story else None)

    def search_for(self, text: str) -> None:
        """Bring the stories that have a report which a search finds."""
        self.load(replace(self.view, search=text, opened=None))
