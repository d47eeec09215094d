"""Feeds: fetched in the background with progress, subscribed to by their address."""

from abc import abstractmethod
from dataclasses import dataclass

from textual import on
from textual.message import Message
from textual.worker import get_current_worker

from reader.errors import ReaderError
from reader.text.hygiene import shown_line
from reader.tui import formats
from reader.tui.screens.desk import Desk, while_there

_MOST_TOLD = 50


class Fetching(Desk):
    """The part of the main screen that brings what feeds have."""

    _fetching = False

    @dataclass
    class FetchedSoFar(Message):
        """A feed was fetched: its name, how many are done, of how many."""

        feed: str
        done: int
        of: int

        def can_replace(self, message: Message) -> bool:
            """Let the newest such message stand for those before it."""
            return isinstance(message, Fetching.FetchedSoFar)

    @dataclass
    class Fetched(Message):
        """The fetch is over: what came, and what did not with the reasons."""

        told: str
        failed: tuple[str, ...] = ()

    @abstractmethod
    def reload(self) -> None:
        """Bring the list again."""

    def action_fetch(self) -> None:
        """Fetch what is subscribed to; once more stops it."""
        if self._fetching:
            self.workers.cancel_group(self, "fetch")
            self._over("Stopped; what came is kept.")
        elif self.library.read_only:
            self.say("The library is open for reading only.", "warning")
        elif not self.library.feeds.all():
            self.say("There are no feeds yet. A subscribes to one by its address.")
        else:
            self._fetching = True
            self.busy("fetching")
            self.in_background(self._fetch, group="fetch")

    def _fetch(self) -> Message:
        from reader.intake.feed_settings import FeedSettings, load_feed_settings  # noqa: PLC0415
        from reader.intake.fetch import FeedResult  # noqa: PLC0415 - nothing of this to start
        from reader.intake.round import fetch_round  # noqa: PLC0415

        worker = get_current_worker()
        file = self.reader.settings.file
        settings, _ = load_feed_settings(file) if file else (FeedSettings(), [])

        def progress(result: FeedResult, done: int, of: int) -> None:
            if not worker.is_cancelled:
                self.post_message(self.FetchedSoFar(result.feed.shown, done, of))

        report = fetch_round(
            self.library, settings=settings, progress=progress, stop=lambda: worker.is_cancelled
        )
        fetched = report.fetched
        told = f"{formats.count(len(fetched.added), 'new article')}"
        told += f" of {formats.count(len(fetched.feeds), 'feed')}"
        if fetched.changed:
            told += f", {len(fetched.changed):,} changed"
        failed = tuple(f"{f.input}: {f.reason}" for f in fetched.failed[:_MOST_TOLD])
        return self.Fetched(f"{told}.", failed)

    @on(FetchedSoFar)
    @while_there
    def _fetched_so_far(self, event: FetchedSoFar) -> None:
        if self._fetching:
            self.busy(f"{event.done} of {event.of} feeds: {shown_line(event.feed)}")

    @on(Fetched)
    @while_there
    def _fetched(self, event: Fetched) -> None:
        if event.failed:
            self._over(f"{event.told} {formats.count(len(event.failed), 'feed')} failed.")
            from reader.tui.screens.notices import NoticesScreen  # noqa: PLC0415 - seldom needed

            self.app.push_screen(NoticesScreen(event.failed))
        else:
            self._over(event.told)
        self.reload()

    def _over(self, told: str) -> None:
        self._fetching = False
        self.busy("")
        self.say(told)

    def failed(self, reason: str) -> None:
        """Tell what went wrong; nothing is being fetched any more."""
        self._fetching = False
        super().failed(reason)

    # Subscribing

    def subscribe_to(self, address: str) -> None:
        """Find the feed at an address, or that its page names, and subscribe to it."""
        self.busy("looking for the feed")

        def work() -> Message:
            from reader.intake.subscriptions import find_feeds, subscribe  # noqa: PLC0415
            from reader.model import Failure  # noqa: PLC0415 - with the others

            found = find_feeds([address])[0]
            if isinstance(found, Failure):
                raise ReaderError(f"{found.input}: {found.reason}")
            subscribed = subscribe(self.library, found)
            name = subscribed.feed.shown
            if not subscribed.new:
                return self.Fetched(f"You are subscribed to {name} already.")
            added = formats.count(len(subscribed.added), "article")
            return self.Fetched(f"Subscribed to {name}: {added}.")

        self.in_background(work, group="subscribe", exclusive=False)
