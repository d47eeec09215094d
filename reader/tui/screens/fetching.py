"""Feeds: fetched in a process of its own with progress, by hand or from time to time."""

import tempfile
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.timer import Timer

from reader.errors import BusyError, ReaderError
from reader.text.hygiene import shown_line
from reader.tui import formats
from reader.tui.background import cancelled
from reader.tui.fetch_job import Brought, Signs, Step, fetch
from reader.tui.jobs import CancelledError
from reader.tui.screens.desk import Desk, while_there

if TYPE_CHECKING:
    from reader.tui.jobs import Jobs

LOOK = 0.2
"""Seconds between two looks at how far a fetch is."""
BEGIN = 3.0
"""Seconds after the start until feeds may be fetched by themselves."""
DUE = 20.0
"""Seconds between two looks at whether feeds are due."""
FOLLOW = 2.0
"""Seconds between two looks at what changed, while a fetch changes the library all the time."""
_BAR = 8


@dataclass(slots=True)
class Run:
    """A fetch under way."""

    folder: "tempfile.TemporaryDirectory[str]"
    signs: Signs
    jobs: "Jobs"
    automatic: bool
    step: Step | None = None
    stopping: bool = False

    @property
    def told(self) -> str:
        """How far it is, for the line at the bottom."""
        return "stopping" if self.stopping else progress_text(self.step)


class Fetching(Desk):
    """The part of the main screen that brings what feeds have."""

    fetching: Run | None = None
    _looking: Timer | None = None
    _complained = False
    _followed = 0.0
    _held = False

    @dataclass
    class Fetched(Message):
        """The fetch is over."""

        brought: Brought
        automatic: bool

    @dataclass
    class NotFetched(Message):
        """Nothing could be fetched, and why, in one sentence; "" where that is not to be told."""

        reason: str
        automatic: bool

    @dataclass
    class Interval(Message):
        """Feeds are to be fetched by themselves, after so many minutes each."""

        minutes: int

    @dataclass
    class Due(Message):
        """Feeds that are to be fetched now, by their keys."""

        keys: tuple[str, ...]

    @abstractmethod
    def reload(self) -> None:
        """Bring the list again."""

    def action_fetch(self) -> None:
        """Fetch what is subscribed to; once more stops it."""
        if self.fetching is not None:
            self.stop_fetching()
        elif self.library.read_only:
            self.announce("The library is open for reading only.", error=True)
        elif not self.library.feeds.all():
            self.announce("There are no feeds yet. A subscribes to one by its address.")
        else:
            self.fetch(None)

    def fetch(self, keys: Sequence[str] | None, *, automatic: bool = False) -> None:
        """Fetch feeds (None: all that are not muted), where no fetch is under way."""
        if self.fetching is not None:
            return
        folder = tempfile.TemporaryDirectory(prefix="reader-")
        run = Run(folder, Signs(Path(folder.name)), self.jobs.alone(), automatic)
        self.fetching = run
        self._looking = self.set_interval(LOOK, self._look)
        self._show_progress()
        chosen = None if keys is None else tuple(keys)
        self.in_background(lambda: self._fetch(run, chosen), group="fetch")

    def _fetch(self, run: Run, keys: tuple[str, ...] | None) -> Message | None:
        """Fetch in the process of a run, and return what became of it; called in a thread."""
        config, library, place = self.reader.settings.file, self.library.folder, run.folder.name
        automatic = run.automatic
        try:
            brought = run.jobs.run(
                cancelled, fetch, library, keys, config, Path(place), automatic=automatic
            )
        except BusyError as error:
            # another reader fetches: what it brings is seen here too
            return self.NotFetched("" if automatic else str(error), automatic)
        except ReaderError as error:
            return self.NotFetched(str(error), automatic)
        except CancelledError:
            return None
        except Exception as error:  # noqa: BLE001 - told, and the program goes on
            self.reader.keep_trace(error)
            return self.NotFetched(f"That did not work: {type(error).__name__}: {error}", automatic)
        finally:
            run.jobs.close()
        return self.Fetched(brought, automatic)

    def stop_fetching(self) -> None:
        """End the fetch that is under way; what came is kept."""
        if self.fetching is not None:
            self.fetching.stopping = True
            self.fetching.signs.ask_to_stop()
            self._show_progress()

    def _look(self) -> None:
        if (run := self.fetching) is None:
            return
        if self._held and monotonic() - self._followed >= FOLLOW:
            self.library_changed()
        steps = run.signs.steps()
        if steps:
            run.step = steps[-1]
            self._show_progress()
            for screen in self.app.screen_stack:
                if isinstance(screen, Watching):
                    screen.feeds_fetched([step for step in steps if step.key])

    def held_back(self) -> bool:
        """Tell whether a change of the library is to be shown a moment later.

        While a fetch brings article upon article, keys would wait for lists that are brought again
        and again.
        """
        now = monotonic()
        self._held = self.fetching is not None and now - self._followed < FOLLOW
        if not self._held:
            self._followed = now
        return self._held

    def _show_progress(self) -> None:
        told = self.fetching.told if self.fetching else ""
        for screen in self.app.screen_stack:
            if isinstance(screen, Desk) and (screen is self or isinstance(screen, Watching)):
                screen.busy(told)

    def announce(self, text: str, *, error: bool = False) -> None:
        """Say something on this screen, and on the one over it that watches feeds."""
        for screen in self.app.screen_stack:
            if isinstance(screen, Desk) and (screen is self or isinstance(screen, Watching)):
                screen.say(text, "warning" if error else "info")

    @on(Fetched)
    @while_there
    def _fetched(self, event: Fetched) -> None:
        self._over()
        brought = event.brought
        if not event.automatic:
            self.announce(report(brought), error=bool(brought.failed))
        else:
            self._tell_quietly(brought)
        self.reload()

    def _tell_quietly(self, brought: Brought) -> None:
        """Say what a fetch brought that nobody asked for; that none could be reached, once."""
        if brought.feeds and len(brought.failed) == brought.feeds:
            self._complain(f"No feed could be fetched: {brought.failed[0].reason}.")
            return
        self._complained = False
        if brought.added or brought.changed:
            self.announce(report(brought))

    def _complain(self, text: str) -> None:
        """Say once what keeps feeds from coming by themselves, until they come again."""
        if not self._complained:
            self._complained = True
            self.announce(text, error=True)

    @on(NotFetched)
    @while_there
    def _not_fetched(self, event: NotFetched) -> None:
        self._over()
        if event.reason and event.automatic:
            self._complain(event.reason)
        elif event.reason:
            self.announce(event.reason, error=True)

    def _over(self) -> None:
        if self._looking is not None:
            self._look()
            self._looking.stop()
        run, self.fetching = self.fetching, None
        if run is not None:
            run.folder.cleanup()
        self._show_progress()
        for screen in self.app.screen_stack:
            if isinstance(screen, Watching):
                screen.fetch_over()

    def on_unmount(self) -> None:
        """End the process that fetches."""
        if self.fetching is not None:
            self.fetching.jobs.close()
            self.fetching.folder.cleanup()

    # From time to time

    def on_mount(self) -> None:
        """See whether feeds are to be fetched by themselves."""
        if self.reader.settings.file is not None and not self.library.read_only:
            self.set_timer(BEGIN, self._read_interval)

    def _read_interval(self) -> None:
        file = self.reader.settings.file

        def work() -> Message | None:
            from reader.intake.feed_settings import load_feed_settings  # noqa: PLC0415 - seldom

            settings, _ = load_feed_settings(file) if file else (None, [])
            return self.Interval(settings.interval) if settings and settings.interval else None

        self.in_background(work, group="interval")

    @on(Interval)
    @while_there
    def _interval_known(self, event: Interval) -> None:
        interval = timedelta(minutes=event.minutes)
        self._look_for_due(interval)
        self.set_interval(DUE, lambda: self._look_for_due(interval))

    def _look_for_due(self, interval: timedelta) -> None:
        if self.fetching is not None:
            return
        now = datetime.now(UTC)  # by which it is noted when feeds were asked

        def work() -> Message | None:
            from reader.intake.due import due  # noqa: PLC0415 - only where it is asked for

            feeds = self.library.feeds
            keys = tuple(feed.key for feed in due(feeds.all(), feeds.states(), interval, now))
            return self.Due(keys) if keys else None

        self.in_background(work, group="due")

    @on(Due)
    @while_there
    def _due(self, event: Due) -> None:
        self.fetch(event.keys, automatic=True)


class Watching(Desk):
    """A screen that shows how a fetch goes on, while it stands over the main screen."""

    @abstractmethod
    def feeds_fetched(self, steps: Sequence[Step]) -> None:
        """Take note of what became of feeds."""

    @abstractmethod
    def fetch_over(self) -> None:
        """Take note that nothing is being fetched any more."""


def progress_text(step: Step | None) -> str:
    """Return how far a fetch is: a bar, numbers, and what was fetched last."""
    if step is None:
        return "fetching"
    if step.stage == "stories":
        return f"{step.done:,} placed among the stories"
    filled = round(_BAR * step.done / step.of) if step.of else 0
    bar = "█" * filled + "░" * (_BAR - filled)
    what = "texts" if step.stage == "texts" else shown_line(step.name) or "feeds"
    return f"{bar} {step.done} of {step.of} {what}"


def report(brought: Brought) -> str:
    """Return in a line what a fetch brought."""
    parts = [
        f"{formats.count(brought.added, 'new article')} of {formats.count(brought.feeds, 'feed')}"
    ]
    parts += [f"{brought.changed:,} changed"] if brought.changed else []
    parts += [f"{brought.completed:,} texts completed"] if brought.completed else []
    told = ("Stopped: " if brought.stopped else "") + ", ".join(parts)
    if brought.failed:
        one = f"{shown_line(brought.failed[0].input)}: {shown_line(brought.failed[0].reason)}"
        many = f"{formats.count(len(brought.failed), 'feed')} failed"
        told += f"; {one if len(brought.failed) == 1 else many} (F shows what to do)"
    return f"{told}."
