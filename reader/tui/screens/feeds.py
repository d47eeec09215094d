"""The screen of feeds: how their fetching stands, and what is done with each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, get_args

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message

from reader.errors import ReaderError, ReadOnlyError
from reader.library import Change
from reader.model import ArticleId, FeedState, Subscription
from reader.text.hygiene import clean_line, shown_line
from reader.tui import commands, formats
from reader.tui.dialogs.ask import Ask
from reader.tui.dialogs.tags import TagDialog, TagResult
from reader.tui.feed_pages import FULL_TEXT, feed_page
from reader.tui.fetch_job import Step
from reader.tui.screens.desk import while_there
from reader.tui.screens.fetching import Watching
from reader.tui.stylesheets import stylesheets
from reader.tui.widgets.bars import HeaderBar, StatusBar
from reader.tui.widgets.feed_list import FeedList, FeedOrder, FeedRow, ordered
from reader.tui.widgets.prose import ProseView
from reader.tui.widgets.rows import RowsView

ORDERS: tuple[FeedOrder, ...] = get_args(FeedOrder)
_ORDERED: dict[FeedOrder, str] = {
    "name": "by name",
    "failed": "failed first",
    "unread": "most unread first",
}
MOST_DAYS = 36500


class FeedsScreen(Watching):
    """All feeds one is subscribed to."""

    CSS_PATH: ClassVar[list[Any]] = stylesheets("prose", "rows", "feeds")
    BINDINGS: ClassVar = commands.bindings("feeds")

    order: FeedOrder = "name"

    @dataclass
    class FeedsReady(Message):
        """The feeds, with how they stand."""

        rows: list[FeedRow]

    def compose(self) -> ComposeResult:
        """Build the list, and below it what there is to know of one."""
        yield HeaderBar("reader", id="header")
        yield FeedList(now=self.reader.now, id="feeds")
        yield ProseView(measure=100, id="feed-detail")
        yield StatusBar(self.reader.keys_of, id="status")

    def on_mount(self) -> None:
        """Begin with the list."""
        detail = self.query_one("#feed-detail", ProseView)
        detail.can_focus = False
        self.feed_list.focus()
        self.query_one(StatusBar).offer(self.reader.footer_of("feeds"))
        self.load()

    @property
    def feed_list(self) -> FeedList:
        """The list of feeds."""
        return self.query_one(FeedList)

    def focused_pane(self) -> str:
        """Return by which name the commands of this screen are known."""
        return "feeds"

    def targets(self) -> list[ArticleId]:
        """Return no articles: the commands here are about feeds."""
        return []

    # Loading

    def load(self) -> None:
        """Bring the feeds, with how they stand."""

        def work() -> Message:
            feeds = self.library.feeds
            states, counts = feeds.states(), feeds.counts()
            rows = [
                FeedRow(
                    feed, states.get(feed.key) or FeedState(feed.key), *counts.get(feed.key, (0, 0))
                )
                for feed in feeds.all()
            ]
            return self.FeedsReady(rows)

        self.in_background(work, group="feeds", awaited=not self.feed_list.known)

    @on(FeedsReady)
    @while_there
    def _feeds_ready(self, event: FeedsReady) -> None:
        self.feed_list.show(ordered(event.rows, self.order))
        self._tell()

    def library_changed(self) -> None:
        """Bring the feeds again: something changed, here or in another process.

        While a fetch is under way it changes the library all the time, and tells itself what came.
        """
        if self.reader.main.fetching is None:
            self.load()

    @on(RowsView.Moved)
    def _moved(self) -> None:
        self._tell()

    def on_resize(self, event: events.Resize) -> None:
        """Leave the list the room it needs."""
        height = event.size.height
        detail = self.query_one("#feed-detail", ProseView)
        detail.styles.height = 8 if height >= 22 else 7

    def _tell(self) -> None:
        """Show where one is, and what there is to know of the feed under the cursor."""
        rows = self.feed_list.rows
        failed, muted = sum(row.failed for row in rows), sum(row.feed.muted for row in rows)
        parts = ["Feeds", _ORDERED[self.order]]
        parts += [f"{failed:,} failed"] if failed else []
        parts += [f"{muted:,} muted"] if muted else []
        self.query_one(HeaderBar).tell(parts, formats.count(len(rows), "feed"))
        detail = self.query_one("#feed-detail", ProseView)
        row = self.feed_list.current
        if row is None:
            detail.show([])
            return
        from reader.intake.advice import advice  # noqa: PLC0415 - with the first feed

        told = advice(row.state, self.reader.now())
        detail.show(feed_page(row.feed, row.state, told, counts=(row.articles, row.unread)))

    # Fetching

    def feeds_fetched(self, steps: Sequence[Step]) -> None:
        """Show what became of feeds."""
        self.feed_list.fetched(steps)

    def fetch_over(self) -> None:
        """Show how the feeds stand now."""
        self.feed_list.forget_steps()
        self.load()

    def action_fetch(self) -> None:
        """Fetch all feeds; once more stops it."""
        self.reader.main.action_fetch()

    def action_fetch_one(self) -> None:
        """Fetch the feed under the cursor."""
        row = self.feed_list.current
        if row is None:
            return
        if self.library.read_only:
            self.say("The library is open for reading only.", "warning")
        elif self.reader.main.fetching is not None:
            self.say("A fetch is under way; R stops it.")
        else:
            self.reader.main.fetch([row.feed.key])

    def action_add(self) -> None:
        """Subscribe to more."""
        self.reader.main.action_add()

    # What is done with a feed

    def _change(self, make: Callable[[], Change | None], otherwise: str = "") -> None:
        try:
            change = make()
        except ReadOnlyError as error:
            self.say(str(error), "warning")
        except ReaderError as error:
            self.say(str(error), "error")
        else:
            told = f"{change.text}." if change is not None and change.text else otherwise
            if told:
                self.say(f"{told[:1].upper()}{told[1:]}")
            self.load()

    def _put(self, feed: Subscription, text: str) -> None:
        self._change(lambda: self.library.feeds.put([feed], text))

    def _with_feed(self, then: Callable[[Subscription], None]) -> None:
        if (row := self.feed_list.current) is None:
            self.say("There are no feeds yet. A subscribes to one by its address.")
        else:
            then(row.feed)

    def action_rename(self) -> None:
        """Ask for a name."""

        def ask(feed: Subscription) -> None:
            def named(name: str | None) -> None:
                wanted = clean_line(name or "").text
                if name is not None and wanted != feed.name:
                    after = replace(feed, name=wanted)
                    self._put(after, f"{feed.shown} is called {after.shown}")

            dialog = Ask(
                "What the feed is called",
                feed.name,
                placeholder=shown_line(feed.title or feed.address),
                hint="Enter keeps it; empty is its own title · Esc leaves",
            )
            self.app.push_screen(dialog, named)

        self._with_feed(ask)

    def action_tag(self) -> None:
        """Ask for tags."""

        def ask(feed: Subscription) -> None:
            def tagged(result: TagResult | None) -> None:
                if result is not None and (result.add or result.remove):
                    kept = tuple(tag for tag in feed.tags if tag not in result.remove)
                    after = replace(feed, tags=(*kept, *result.add))
                    self._put(after, f"tags of {feed.shown} changed")

            known = {tag: None for each in self.library.feeds.all() for tag in each.tags}
            known |= dict.fromkeys(self.notebook.tags())
            dialog = TagDialog(sorted(known), feed.tags, shown_line(feed.shown))
            self.app.push_screen(dialog, tagged)

        self._with_feed(ask)

    def action_mute(self) -> None:
        """Leave a feed out when all are fetched, or take it in again."""

        def mute(feed: Subscription) -> None:
            said = "is fetched again" if feed.muted else "is muted: it is not fetched"
            self._put(replace(feed, muted=not feed.muted), f"{feed.shown} {said}")

        self._with_feed(mute)

    def action_full_text(self) -> None:
        """Take the next way of completing texts from their pages."""

        def step(feed: Subscription) -> None:
            modes = list(FULL_TEXT)
            mode = modes[(modes.index(feed.full_text) + 1) % len(modes)]
            text = f"whole texts of {feed.shown}: {FULL_TEXT[mode]}"
            self._put(replace(feed, full_text=mode), text)

        self._with_feed(step)

    def action_keep_days(self) -> None:
        """Ask how long read articles are kept."""

        def ask(feed: Subscription) -> None:
            def answered(value: str | None) -> None:
                if value is None:
                    return
                days = int(value) if value.strip() else None
                kept = "as configured" if days is None else _for_days(days)
                text = f"read articles of {feed.shown} are kept {kept}"
                self._put(replace(feed, keep_days=days), text)

            dialog = Ask(
                "How many days read articles are kept",
                "" if feed.keep_days is None else str(feed.keep_days),
                placeholder="as configured",
                hint="0 is for ever, empty as configured; stars, tags and notes keep one · Esc",
                check=_not_days,
            )
            self.app.push_screen(dialog, answered)

        self._with_feed(ask)

    def action_remove(self) -> None:
        """End the subscription under the cursor."""
        self._with_feed(lambda feed: self._change(lambda: self.library.feeds.remove([feed.key])))

    def action_undo(self) -> None:
        """Take back what was done last."""
        self._change(self.notebook.undo, "There is nothing to undo.")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._change(self.notebook.redo, "There is nothing to redo.")

    def action_export(self) -> None:
        """Ask where the subscriptions are to be written as OPML."""

        def named(path: str | None) -> None:
            if path and path.strip():
                self._write(Path(path.strip()).expanduser())

        there = str(Path.cwd() / "subscriptions.opml")
        hint = "Enter writes it as OPML · Esc leaves"
        self.app.push_screen(Ask("All subscriptions into a file", there, hint=hint), named)

    def _write(self, path: Path) -> None:
        from reader.export.files import write_document  # noqa: PLC0415 - seldom needed
        from reader.intake.opml import write_opml  # noqa: PLC0415 - as above

        feeds = self.library.feeds.all()
        try:
            write_document(path, write_opml(feeds).decode())
        except (OSError, ReaderError) as error:
            self.say(f"{path} could not be written: {error}", "error")
        else:
            self.say(f"{formats.count(len(feeds), 'feed')} written: {path.absolute()}")

    # Going about

    def _step_failed(self, step: int) -> None:
        place = self.feed_list.neighbour(step) if self.feed_list.rows else None
        if place is None:
            self.say("No feed failed the last time.")
        else:
            self.feed_list.cursor = place

    def action_next_failed(self) -> None:
        """Go to the next feed that failed."""
        self._step_failed(1)

    def action_previous_failed(self) -> None:
        """Go to the feed before that failed."""
        self._step_failed(-1)

    def action_order(self) -> None:
        """Sort in the next order."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.feed_list.show(ordered(self.feed_list.rows, self.order))
        self._tell()
        self.say(f"Sorted {_ORDERED[self.order]}.")

    @on(RowsView.Opened)
    def _opened(self) -> None:
        row = self.feed_list.current
        if row is None:
            return
        if row.articles == 0:
            self.say("Nothing of it is here yet; f fetches it.")
            return
        self.dismiss(None)
        self.reader.main.show_outlet(row.feed.shown)

    def action_back(self) -> None:
        """Go back to the articles."""
        self.dismiss(None)


def _for_days(days: int) -> str:
    return f"for {formats.count(days, 'day')}" if days else "for ever"


def _not_days(value: str) -> str:
    """Tell what is wrong with a number of days; "" where nothing is."""
    text = value.strip()
    if not text or (text.isascii() and text.isdigit() and int(text) <= MOST_DAYS):
        return ""
    return f"Expected a number from 0 to {MOST_DAYS}, or nothing · Esc leaves"
