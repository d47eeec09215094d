"""The screen of feeds: the state of each, and the commands that change its settings."""

from typing import Any, ClassVar, get_args

from textual import events, getters, on
from textual.app import ComposeResult

from reader.model import FeedState, Subscription
from reader.tui import commands, formats
from reader.tui.controllers.changes import ArticlesChanged, Changes
from reader.tui.controllers.feed_editor import FeedEditor
from reader.tui.controllers.feed_fetcher import FeedsFetched, FetchOver
from reader.tui.controllers.subscriber import CollectionChanged
from reader.tui.dispatch import Handler
from reader.tui.feed_pages import feed_page
from reader.tui.screens.base import LibraryScreen
from reader.tui.stylesheets import stylesheets
from reader.tui.widgets.bars import HeaderBar, StatusBar
from reader.tui.widgets.feed_list import FeedList, FeedOrder, FeedRow, ordered
from reader.tui.widgets.prose import ProseView
from reader.tui.widgets.rows import RowsView

ORDERS: tuple[FeedOrder, ...] = get_args(FeedOrder)
_ORDER_NAMES: dict[FeedOrder, str] = {
    "name": "by name",
    "failed": "failed first",
    "unread": "most unread first",
}


class FeedsScreen(LibraryScreen):
    """All feeds the reader is subscribed to."""

    CSS_PATH: ClassVar[list[Any]] = stylesheets("prose", "rows", "feeds")
    BINDINGS: ClassVar = commands.bindings("feeds")

    feed_list = getters.query_one(FeedList)
    detail = getters.query_one("#feed-detail", ProseView)

    def __init__(self) -> None:
        super().__init__()
        self.order: FeedOrder = "name"
        self._changes = Changes(self)
        self._editor = FeedEditor(self, self._changes, self._feed)
        self.handlers = self._editor.handlers() | {
            "back": Handler(lambda: self.dismiss(None)),
            "feeds.next_failed": Handler(lambda: self._step_failed(1)),
            "feeds.previous_failed": Handler(lambda: self._step_failed(-1)),
            "feeds.fetch_one": Handler(self._fetch_one),
            "feeds.order": Handler(self._take_next_order),
            "add": Handler(lambda: self.context.subscriber.add()),
            "fetch": Handler(lambda: self.context.fetcher.toggle()),
        }

    def compose(self) -> ComposeResult:
        """Build the list, and below it what there is to know of one."""
        yield HeaderBar("reader", id="header")
        yield FeedList(now=self.context.now, id="feeds")
        yield ProseView(measure=100, id="feed-detail")
        yield StatusBar(self.context.keys_of, id="status")

    def on_mount(self) -> None:
        """Begin with the list."""
        self.detail.can_focus = False
        self.feed_list.focus()
        self.status.offer(self.context.footer_of("feeds"))
        self.status.busy(self.context.fetcher.progress)
        self.load()

    def focused_pane(self) -> str:
        """Return the name under which the commands that apply are listed."""
        return "feeds"

    @property
    def shows_fetching(self) -> bool:
        """Whether the screen shows how a fetch goes on: it does."""
        return True

    def _feed(self) -> Subscription | None:
        """Return the feed under the cursor."""
        row = self.feed_list.current
        return row.feed if row is not None else None

    # Loading

    def load(self) -> None:
        """Load the feeds, with their states."""

        def work() -> list[FeedRow]:
            feeds = self.library.feeds
            states, counts = feeds.states(), feeds.counts()
            return [
                FeedRow(
                    feed, states.get(feed.key) or FeedState(feed.key), *counts.get(feed.key, (0, 0))
                )
                for feed in feeds.all()
            ]

        self.run(work, self._loaded, group="feeds", awaited=not self.feed_list.known)

    def _loaded(self, rows: list[FeedRow]) -> None:
        self.feed_list.show(ordered(rows, self.order))
        self._show_place()

    @on(ArticlesChanged)
    @on(CollectionChanged)
    def _reload(self) -> None:
        self.load()

    def library_changed(self) -> None:
        """Called when another process changed the library: load the feeds again.

        While a fetch is under way it changes the library all the time, and says itself what came.
        """
        if not self.context.fetcher.is_fetching:
            self.load()

    @on(RowsView.Moved)
    def _moved(self) -> None:
        self._show_place()

    def on_resize(self, event: events.Resize) -> None:
        """Leave the list the room it needs."""
        self.detail.styles.height = 8 if event.size.height >= 22 else 7

    def _show_place(self) -> None:
        """Show in the header which feeds there are, and below the list the one under the cursor."""
        rows = self.feed_list.rows
        failed, muted = sum(row.failed for row in rows), sum(row.feed.muted for row in rows)
        parts = ["Feeds", _ORDER_NAMES[self.order]]
        parts += [f"{failed:,} failed"] if failed else []
        parts += [f"{muted:,} muted"] if muted else []
        self.header.tell(parts, formats.count(len(rows), "feed"))
        row = self.feed_list.current
        if row is None:
            self.detail.show([])
            return
        from reader.intake.advice import advice  # noqa: PLC0415 - with the first feed

        text = advice(row.state, self.context.now())
        self.detail.show(feed_page(row.feed, row.state, text, counts=(row.articles, row.unread)))

    # Fetching

    @on(FeedsFetched)
    def _fetched(self, event: FeedsFetched) -> None:
        self.feed_list.fetched(event.steps)

    @on(FetchOver)
    def _fetch_over(self) -> None:
        self.feed_list.forget_steps()
        self.load()

    def _fetch_one(self) -> None:
        feed = self._feed()
        if feed is None:
            return
        if self.library.read_only:
            self.status.say("The library is open for reading only.", "warning")
        elif self.context.fetcher.is_fetching:
            self.status.say("A fetch is under way; R stops it.")
        else:
            self.context.fetcher.fetch([feed.key])

    # Moving about

    def _step_failed(self, step: int) -> None:
        place = self.feed_list.neighbour(step) if self.feed_list.rows else None
        if place is None:
            self.status.say("No feed failed the last time.")
        else:
            self.feed_list.cursor = place

    def _take_next_order(self) -> None:
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.feed_list.show(ordered(self.feed_list.rows, self.order))
        self._show_place()
        self.status.say(f"Sorted {_ORDER_NAMES[self.order]}.")

    @on(RowsView.Opened)
    def _opened(self) -> None:
        row = self.feed_list.current
        if row is None:
            return
        if row.articles == 0:
            self.status.say("None of its articles is here yet; f fetches it.")
            return
        self.dismiss(row.feed.shown)
