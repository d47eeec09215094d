"""Adding articles and feeds: what was found is shown first, and then added or not."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from textual.message import Message

from reader.errors import InputError, ReaderError
from reader.tui import formats
from reader.tui.background import cancelled
from reader.tui.controllers.part import Part
from reader.tui.dialogs.add import AddDialog, Address
from reader.tui.dialogs.subscribe import (
    FeedChoice,
    FeedPreview,
    OpmlChoice,
    OpmlPreview,
    PageChoice,
)
from reader.tui.fetch_job import settle
from reader.tui.jobs import store_page


@dataclass
class CollectionChanged(Message):
    """Articles or feeds were added."""


class Subscriber(Part):
    """Adds articles from files, and feeds by their addresses."""

    def add(self) -> None:
        """Ask for files or for an address, and add what is there."""
        if self.library.read_only:
            self.host.say("The library is open for reading only.", "warning")
        else:
            self.host.ask(AddDialog(self.library.folder, self.jobs), self._added)

    def _added(self, result: str | Address | None) -> None:
        if isinstance(result, str):
            self._done(result)
        elif result is not None:
            self.subscribe_to(result.text)

    def subscribe_to(self, given: str) -> None:
        """Show what is at an address or in an OPML file, and subscribe to it if that is wanted.

        `given` is the address of a feed or of a page, or the path of a file.
        """
        path = Path(given)
        if path.is_file():
            self.host.ask(OpmlPreview(path, self.library), self._file_chosen)
        else:
            self.host.ask(FeedPreview(given, self.library, self.jobs), self._feed_chosen)

    def _done(self, text: str) -> None:
        self.host.set_busy("")
        if text:
            self.host.say(text)
        self.host.post_message(CollectionChanged())

    def _failed(self, reason: str) -> None:
        self.host.set_busy("")
        self.host.say(reason, "error")

    def _store_page(self, address: str) -> None:
        self.host.set_busy("fetching the page")
        self.host.run(
            lambda: self.jobs.run(cancelled, store_page, self.library.folder, address),
            self._done,
            group="subscribe",
            exclusive=False,
            failed=self._failed,
        )

    def _feed_chosen(self, choice: FeedChoice | PageChoice | None) -> None:
        if isinstance(choice, PageChoice):
            self._store_page(choice.address)
            return
        if choice is None:
            return
        self.host.set_busy("subscribing")

        def work() -> str:
            from reader.intake.subscriptions import subscribe  # noqa: PLC0415 - seldom needed

            done = subscribe(self.library, choice.found, tags=choice.tags, stories=False)
            name, added = done.feed.shown, formats.count(len(done.added), "article")
            if not done.new:
                return f"You are subscribed to {name} already."
            return f"Subscribed to {name}: {added}."

        self.host.run(
            work, self._subscribed, group="subscribe", exclusive=False, failed=self._failed
        )

    def _subscribed(self, text: str) -> None:
        self._done(text)

        def place() -> str:
            with tempfile.TemporaryDirectory(prefix="reader-") as folder:
                self.jobs.run(cancelled, settle, self.library.folder, Path(folder))
            return ""

        self.host.run(place, self._done, group="settle", exclusive=False, failed=self._failed)

    def _file_chosen(self, choice: OpmlChoice | None) -> None:
        if choice is None:
            return

        def work() -> str:
            from reader.intake.subscriptions import subscribe_opml  # noqa: PLC0415 - seldom needed

            try:
                done = subscribe_opml(self.library, choice.data, choice.name)
            except InputError as error:
                raise ReaderError(f"{error.where}: {error.reason}") from error
            new = sum(each.new for each in done.feeds)
            text = f"Subscribed to {formats.count(new, 'feed')}. Press R to fetch them."
            if done.failed:
                first = done.failed[0]
                text += f" Left out: {first.input}: {first.reason}"
                text += f", and {len(done.failed) - 1:,} more." if len(done.failed) > 1 else "."
            return text

        self.host.run(work, self._done, group="subscribe", exclusive=False, failed=self._failed)
