"""Feeds are fetched in a process of their own with progress, by hand or from time to time."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer

from reader.errors import BusyError
from reader.text.hygiene import shown_line
from reader.tui import formats
from reader.tui.background import cancelled
from reader.tui.controllers.part import Part
from reader.tui.fetch_job import Brought, Signs, Step, fetch
from reader.tui.host import Host

if TYPE_CHECKING:
    from reader.tui.jobs import Jobs

PROGRESS_POLL_SECONDS = 0.2
FIRST_AFTER_SECONDS = 3.0
"""Seconds after the start until feeds may be fetched by themselves."""
DUE_POLL_SECONDS = 20.0
"""Seconds between two looks at whether feeds are due."""
SHOW_CHANGES_SECONDS = 2.0
"""Seconds between two updates of the lists while a fetch changes the library all the time."""
_BAR = 8


@dataclass
class FeedsFetched(Message):
    """What became of feeds, while a fetch is under way."""

    steps: list[Step]


@dataclass
class FetchOver(Message):
    """Nothing is being fetched any more."""


@dataclass(slots=True)
class Fetch:
    """A fetch under way."""

    folder: "tempfile.TemporaryDirectory[str]"
    signs: Signs
    jobs: "Jobs"
    automatic: bool
    step: Step | None = None
    stopping: bool = False

    @property
    def progress(self) -> str:
        """How far it is, for the line at the bottom."""
        return "stopping" if self.stopping else progress_text(self.step)


@dataclass(frozen=True, slots=True)
class _Outcome:
    found: Brought | str
    """What was fetched, or why nothing was."""


class FeedFetcher(Part):
    """Fetches feeds, one fetch at a time, whatever screen is shown."""

    def __init__(self, host: Host, show_changes: Callable[[], None]) -> None:
        """`show_changes` lets the screens show what changed in the library."""
        super().__init__(host)
        self.current: Fetch | None = None
        self._show_changes = show_changes
        self._poll: Timer | None = None
        self._complained = False
        self._shown_at = 0.0
        self._held = False

    @property
    def is_fetching(self) -> bool:
        """Whether a fetch is under way."""
        return self.current is not None

    @property
    def progress(self) -> str:
        """How far the fetch is; "" if there is none."""
        return self.current.progress if self.current is not None else ""

    def toggle(self) -> None:
        """Fetch what is subscribed to, or stop the fetch that is under way."""
        if self.current is not None:
            self.stop()
        elif self.library.read_only:
            self.host.say("The library is open for reading only.", "warning")
        elif not self.library.feeds.all():
            self.host.say("There are no feeds yet. A subscribes to one by its address.")
        else:
            self.fetch(None)

    def fetch(self, keys: Sequence[str] | None, *, automatic: bool = False) -> None:
        """Fetch feeds (None: all that are not muted), unless a fetch is under way."""
        if self.current is not None:
            return
        folder = tempfile.TemporaryDirectory(prefix="reader-")
        run = Fetch(folder, Signs(Path(folder.name)), self.jobs.alone(), automatic)
        self.current = run
        self._poll = self.host.set_interval(PROGRESS_POLL_SECONDS, self._look)
        self.host.set_busy(self.progress)
        chosen = None if keys is None else tuple(keys)
        self.host.run(
            lambda: _Outcome(self._fetch(run, chosen)),
            lambda outcome: self._fetched(run, outcome.found),
            group="fetch",
            failed=lambda reason: self._not_fetched(run, reason),
        )

    def _fetch(self, run: Fetch, keys: tuple[str, ...] | None) -> Brought | str:
        """Fetch in the process of a run; return what it brought, or why nothing was fetched."""
        config, library, place = self.context.settings.file, self.library.folder, run.folder.name
        automatic = run.automatic
        try:
            return run.jobs.run(
                cancelled, fetch, library, keys, config, Path(place), automatic=automatic
            )
        except BusyError as error:
            # another reader fetches: what it brings is seen here too
            return "" if automatic else str(error)
        finally:
            run.jobs.close()

    def stop(self) -> None:
        """End the fetch that is under way; what has arrived stays."""
        if self.current is not None:
            self.current.stopping = True
            self.current.signs.ask_to_stop()
            self.host.set_busy(self.progress)

    def _look(self) -> None:
        if (run := self.current) is None:
            return
        if self._held and monotonic() - self._shown_at >= SHOW_CHANGES_SECONDS:
            self._show_changes()
        steps = run.signs.steps()
        if steps:
            run.step = steps[-1]
            self.host.set_busy(self.progress)
            self.host.post_message(FeedsFetched([step for step in steps if step.key]))

    def holds_back(self) -> bool:
        """Return True if a change of the library is to be shown a moment later.

        While a fetch brings article upon article, keys would wait for lists that are loaded again
        and again.
        """
        now = monotonic()
        self._held = self.current is not None and now - self._shown_at < SHOW_CHANGES_SECONDS
        if not self._held:
            self._shown_at = now
        return self._held

    # The end of a fetch

    def _fetched(self, run: Fetch, found: Brought | str) -> None:
        if isinstance(found, str):
            self._not_fetched(run, found)
            return
        self._over()
        if not run.automatic:
            self.host.say(report(found), "warning" if found.failed else "info")
        else:
            self._report_quietly(found)

    def _report_quietly(self, brought: Brought) -> None:
        """Say what an automatic fetch brought; that no feed could be fetched, only once."""
        if brought.feeds and len(brought.failed) == brought.feeds:
            self._complain(f"No feed could be fetched: {brought.failed[0].reason}.")
            return
        self._complained = False
        if brought.added or brought.changed:
            self.host.say(report(brought))

    def _complain(self, text: str) -> None:
        """Say once why feeds cannot be fetched automatically, until they can again."""
        if not self._complained:
            self._complained = True
            self.host.say(text, "warning")

    def _not_fetched(self, run: Fetch, reason: str) -> None:
        self._over()
        if reason and run.automatic:
            self._complain(reason)
        elif reason:
            self.host.say(reason, "warning")

    def _over(self) -> None:
        self._look()
        if self._poll is not None:
            self._poll.stop()
        run, self.current, self._held = self.current, None, False
        if run is not None:
            run.folder.cleanup()
        self.host.set_busy("")
        self.host.post_message(FetchOver())

    def close(self) -> None:
        """End the process that fetches."""
        if self.current is not None:
            self.current.jobs.close()
            self.current.folder.cleanup()

    # From time to time

    def begin(self) -> None:
        """Look, a moment after the start, whether feeds are to be fetched automatically."""
        if self.context.settings.file is not None and not self.library.read_only:
            self.host.set_timer(FIRST_AFTER_SECONDS, self._read_interval)

    def _read_interval(self) -> None:
        file = self.context.settings.file

        def work() -> timedelta | None:
            from reader.intake.feed_settings import load_feed_settings  # noqa: PLC0415 - seldom

            settings, _ = load_feed_settings(file) if file else (None, [])
            return timedelta(minutes=settings.interval) if settings and settings.interval else None

        self.host.run(work, self._begin_with, group="interval")

    def _begin_with(self, interval: timedelta) -> None:
        self._look_for_due(interval)
        self.host.set_interval(DUE_POLL_SECONDS, lambda: self._look_for_due(interval))

    def _look_for_due(self, interval: timedelta) -> None:
        if self.current is not None:
            return
        now = datetime.now(UTC)  # the time by which fetches are recorded

        def work() -> tuple[str, ...] | None:
            from reader.intake.due import due  # noqa: PLC0415 - only if it is configured

            feeds = self.library.feeds
            return tuple(f.key for f in due(feeds.all(), feeds.states(), interval, now)) or None

        self.host.run(work, lambda keys: self.fetch(keys, automatic=True), group="due")


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
    articles = formats.count(brought.added, "new article")
    parts = [f"{articles} from {formats.count(brought.feeds, 'feed')}"]
    parts += [f"{brought.changed:,} changed"] if brought.changed else []
    parts += [f"{brought.completed:,} texts completed"] if brought.completed else []
    text = ("Stopped: " if brought.stopped else "") + ", ".join(parts)
    if brought.failed:
        one = f"{shown_line(brought.failed[0].input)}: {shown_line(brought.failed[0].reason)}"
        many = f"{formats.count(len(brought.failed), 'feed')} failed"
        text += f"; {one if len(brought.failed) == 1 else many} (F shows what to do)"
    return f"{text}."
