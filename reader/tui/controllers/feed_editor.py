"""What the reader does with a feed: name, tags, muting, full texts, how long articles stay."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from reader.errors import ReaderError
from reader.model import Subscription
from reader.text.hygiene import clean_line, shown_line
from reader.tui import formats
from reader.tui.controllers.changes import Changes
from reader.tui.controllers.part import Part
from reader.tui.dialogs.ask import Ask
from reader.tui.dialogs.tags import TagDialog, TagResult
from reader.tui.dispatch import Handler, Handlers
from reader.tui.feed_pages import FULL_TEXT
from reader.tui.host import Host

MOST_DAYS = 36500


class FeedEditor(Part):
    """Changes the settings of the feed under the cursor."""

    def __init__(
        self, host: Host, changes: Changes, current: Callable[[], Subscription | None]
    ) -> None:
        """`current` returns the feed under the cursor."""
        super().__init__(host)
        self._changes = changes
        self._current = current

    def handlers(self) -> Handlers:
        """Return what is done for which command."""
        return {
            "feeds.rename": Handler(lambda: self._with_feed(self._rename)),
            "feeds.tag": Handler(lambda: self._with_feed(self._tag)),
            "feeds.mute": Handler(lambda: self._with_feed(self._mute)),
            "feeds.full_text": Handler(lambda: self._with_feed(self._take_next_mode)),
            "feeds.keep_days": Handler(lambda: self._with_feed(self._ask_for_days)),
            "feeds.remove": Handler(lambda: self._with_feed(self._remove)),
            "feeds.export": Handler(self._export),
            "undo": Handler(
                lambda: self._changes.make(self.notebook.undo, "There is nothing to undo.")
            ),
            "redo": Handler(
                lambda: self._changes.make(self.notebook.redo, "There is nothing to redo.")
            ),
        }

    def _with_feed(self, then: Callable[[Subscription], None]) -> None:
        if (feed := self._current()) is None:
            self.host.say("There are no feeds yet. A subscribes to one by its address.")
        else:
            then(feed)

    def _put(self, feed: Subscription, text: str) -> None:
        self._changes.make(lambda: self.library.feeds.put([feed], text))

    def _rename(self, feed: Subscription) -> None:
        def named(name: str | None) -> None:
            wanted = clean_line(name or "").text
            if name is not None and wanted != feed.name:
                after = replace(feed, name=wanted)
                self._put(after, f"{feed.shown} is called {after.shown}")

        dialog = Ask(
            "What the feed is called",
            feed.name,
            placeholder=shown_line(feed.title or feed.address),
            hint="Enter saves; leave empty for the feed's own title · Esc closes",
        )
        self.host.ask(dialog, named)

    def _tag(self, feed: Subscription) -> None:
        def tagged(result: TagResult | None) -> None:
            if result is not None and (result.add or result.remove):
                kept = tuple(tag for tag in feed.tags if tag not in result.remove)
                after = replace(feed, tags=(*kept, *result.add))
                self._put(after, f"tags of {feed.shown} changed")

        known = {tag: None for each in self.library.feeds.all() for tag in each.tags}
        known |= dict.fromkeys(self.notebook.tags())
        self.host.ask(TagDialog(sorted(known), feed.tags, shown_line(feed.shown)), tagged)

    def _mute(self, feed: Subscription) -> None:
        said = "is fetched again" if feed.muted else "is muted: it is not fetched"
        self._put(replace(feed, muted=not feed.muted), f"{feed.shown} {said}")

    def _take_next_mode(self, feed: Subscription) -> None:
        modes = list(FULL_TEXT)
        mode = modes[(modes.index(feed.full_text) + 1) % len(modes)]
        self._put(replace(feed, full_text=mode), f"whole texts of {feed.shown}: {FULL_TEXT[mode]}")

    def _ask_for_days(self, feed: Subscription) -> None:
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
            hint="0 = for ever, empty = default; starred, tagged and annotated ones always stay",
            check=_not_days,
        )
        self.host.ask(dialog, answered)

    def _remove(self, feed: Subscription) -> None:
        self._changes.make(lambda: self.library.feeds.remove([feed.key]))

    def _export(self) -> None:
        def named(path: str | None) -> None:
            if path and path.strip():
                self._write(Path(path.strip()).expanduser())

        there = str(Path.cwd() / "subscriptions.opml")
        hint = "Enter writes it as OPML · Esc closes"
        self.host.ask(Ask("All subscriptions into a file", there, hint=hint), named)

    def _write(self, path: Path) -> None:
        from reader.export.files import write_document  # noqa: PLC0415 - seldom needed
        from reader.intake.opml import write_opml  # noqa: PLC0415 - as above

        feeds = self.library.feeds.all()
        try:
            write_document(path, write_opml(feeds).decode())
        except (OSError, ReaderError) as error:
            self.host.say(f"{path} could not be written: {error}", "error")
        else:
            self.host.say(f"{formats.count(len(feeds), 'feed')} written: {path.absolute()}")


def _for_days(days: int) -> str:
    return f"for {formats.count(days, 'day')}" if days else "for ever"


def _not_days(value: str) -> str:
    """Return what is wrong with a number of days; "" if nothing is."""
    text = value.strip()
    if not text or (text.isascii() and text.isdigit() and int(text) <= MOST_DAYS):
        return ""
    return f"Expected a number from 0 to {MOST_DAYS}, or nothing · Esc closes"
