"""Subscribing from inside: what was found is shown first, and then subscribed to or not."""

import tempfile
from abc import abstractmethod
from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.message import Message

from reader.errors import InputError, ReaderError
from reader.model import SourceRow
from reader.tui import formats
from reader.tui.background import cancelled
from reader.tui.dialogs.subscribe import (
    FeedChoice,
    FeedPreview,
    OpmlChoice,
    OpmlPreview,
    PageChoice,
)
from reader.tui.fetch_job import settle
from reader.tui.jobs import store_page
from reader.tui.screens.desk import while_there
from reader.tui.screens.fetching import Fetching


class Subscribing(Fetching):
    """The part of the main screen that takes in new feeds."""

    @dataclass
    class Subscribed(Message):
        """Feeds were subscribed to: what is said of it."""

        told: str

    def action_feeds(self) -> None:
        """Show the feeds: how their fetching stands, and what is done with each."""
        from reader.tui.screens.feeds import FeedsScreen  # noqa: PLC0415 - not needed to start

        if self.app.screen is self:
            self.app.push_screen(FeedsScreen())
            self.call_after_refresh(self._show_progress)

    @abstractmethod
    def take_source(self, source: SourceRow, *, open_first_unread: bool = False) -> None:
        """Show a source."""

    def show_outlet(self, name: str) -> None:
        """Show the articles of an outlet."""
        self.take_source(SourceRow("outlet", name, 0, 0))

    def subscribe_to(self, given: str) -> None:
        """Show what is at an address or in an OPML file, and subscribe to it where that is wanted.

        `given` is the address of a feed or of a page, or the path of a file.
        """
        path = Path(given)
        if path.is_file():
            self.app.push_screen(OpmlPreview(path, self.library), self._file_wanted)
        else:
            self.app.push_screen(FeedPreview(given, self.library, self.jobs), self._feed_wanted)

    def _feed_wanted(self, wanted: FeedChoice | PageChoice | None) -> None:
        if isinstance(wanted, PageChoice):
            self._store_page(wanted.address)
            return
        if wanted is None:
            return
        self.busy("subscribing")

        def work() -> Message:
            from reader.intake.subscriptions import subscribe  # noqa: PLC0415 - seldom needed

            done = subscribe(self.library, wanted.found, tags=wanted.tags, stories=False)
            name, added = done.feed.shown, formats.count(len(done.added), "article")
            self.post_message(
                self.Subscribed(
                    f"Subscribed to {name}: {added}."
                    if done.new
                    else f"You are subscribed to {name} already."
                )
            )
            with tempfile.TemporaryDirectory(prefix="reader-") as place:
                self.jobs.run(cancelled, settle, self.library.folder, Path(place))
            return self.Subscribed("")

        self.in_background(work, group="subscribe", exclusive=False)

    def _store_page(self, address: str) -> None:
        self.busy("fetching the page")

        def work() -> Message:
            return self.Subscribed(
                self.jobs.run(cancelled, store_page, self.library.folder, address)
            )

        self.in_background(work, group="subscribe", exclusive=False)

    def _file_wanted(self, wanted: OpmlChoice | None) -> None:
        if wanted is None:
            return

        def work() -> Message:
            from reader.intake.subscriptions import subscribe_opml  # noqa: PLC0415 - as above

            try:
                done = subscribe_opml(self.library, wanted.data, wanted.name)
            except InputError as error:
                raise ReaderError(f"{error.where}: {error.reason}") from error
            new = sum(each.new for each in done.feeds)
            told = f"Subscribed to {formats.count(new, 'feed')}; R fetches what they have."
            if done.failed:
                first = done.failed[0]
                told += f" Left out: {first.input}: {first.reason}"
                told += f", and {len(done.failed) - 1:,} more." if len(done.failed) > 1 else "."
            return self.Subscribed(told)

        self.in_background(work, group="subscribe", exclusive=False)

    @on(Subscribed)
    @while_there
    def _subscribed(self, event: Subscribed) -> None:
        self.busy("")
        if event.told:
            self.announce(event.told)
        self.reload()
