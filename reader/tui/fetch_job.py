"""Fetching in a worker process: the screen never waits for what feeds bring.

The two sides talk through a folder of signs, as a pool's process has no other line to the one who
waits: steps are lines of a file, and a file tells to stop.
"""

import json
import multiprocessing
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reader.model import Failure

if TYPE_CHECKING:
    from reader.intake.fetch import FeedResult
    from reader.intake.round import RoundReport
    from reader.library import Library

Stage = Literal["feeds", "texts", "stories"]
_STEPS, _STOP = "steps", "stop"
_NICE = 10


@dataclass(frozen=True, slots=True)
class Step:
    """How far a fetch is."""

    stage: Stage
    """Feeds are asked, texts completed from their pages, new articles placed among the stories."""
    done: int
    of: int = 0
    """0 where that is not known."""
    key: str = ""
    """The feed that was fetched, by its key and by its name."""
    name: str = ""
    result: str = ""
    """What became of it: "new", "unchanged", "failed", "waiting", "gone"."""
    added: int = 0


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a fetch."""

    added: int = 0
    changed: int = 0
    feeds: int = 0
    """How many were asked."""
    failed: tuple[Failure, ...] = ()
    """Feeds by their names, with the reasons."""
    completed: int = 0
    retired: int = 0
    stopped: bool = False


class _StoppedError(Exception):
    """The fetch is no longer wanted."""


class Signs:
    """The folder through which a fetch and the one who waits for it tell each other things."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self._folder = folder
        self._read = 0

    def tell(self, step: Step) -> None:
        """Add a step."""
        with (self._folder / _STEPS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(step)) + "\n")

    def steps(self) -> list[Step]:
        """Return the steps since the last call."""
        try:
            with (self._folder / _STEPS).open("rb") as file:
                file.seek(self._read)
                whole, end, _ = file.read().rpartition(b"\n")
        except OSError:
            return []
        self._read += len(whole) + len(end)
        return [Step(**json.loads(line)) for line in whole.splitlines()]

    def ask_to_stop(self) -> None:
        """Tell the fetch to stop."""
        (self._folder / _STOP).touch()

    def stopped(self) -> bool:
        """Tell whether the fetch is to stop; also where nobody waits any more."""
        return not self._folder.exists() or (self._folder / _STOP).exists()


def fetch(
    library: Path,
    keys: tuple[str, ...] | None,
    config: Path | None,
    place: Path,
    *,
    automatic: bool,
) -> Brought:
    """Fetch the feeds with these keys (None: all that are not muted), as the settings say.

    `config` is the configuration file, `place` the folder of signs. LibraryError where another
    reader is fetching. What came before it was told to stop is kept.
    """
    from reader.intake.feed_settings import FeedSettings, load_feed_settings  # noqa: PLC0415
    from reader.intake.fetch import FetchOptions  # noqa: PLC0415 - in the worker process only
    from reader.intake.round import fetch_round  # noqa: PLC0415 - as above
    from reader.library import Library  # noqa: PLC0415 - as above

    _give_way()
    signs = Signs(place)
    settings, _ = load_feed_settings(config) if config else (FeedSettings(), [])
    with Library.open(library, create=False) as opened:
        feeds = None if keys is None else [f for f in opened.feeds.all() if f.key in set(keys)]
        report = fetch_round(
            opened,
            feeds,
            settings,
            FetchOptions(automatic=automatic, stories=False),
            progress=_progress(signs),
            page_progress=lambda done, of: signs.tell(Step("texts", done, of)),
            stop=signs.stopped,
        )
        if report.fetched.added or report.fetched.changed:
            place_in_stories(opened, signs)
    return _brought(report, stopped=signs.stopped())


def _give_way() -> None:
    """Let the screen, and whatever else the reader is at, come first; the parsers do so too."""
    if multiprocessing.parent_process() is not None:
        os.nice(_NICE)


def _progress(signs: Signs) -> Callable[["FeedResult", int, int], None]:
    def told(result: "FeedResult", done: int, of: int) -> None:
        feed, added = result.feed, len(result.added)
        signs.tell(Step("feeds", done, of, feed.key, feed.shown, result.result, added))

    return told


def place_in_stories(library: "Library", signs: Signs) -> None:
    """Give new articles their place among the stories; what is stopped waits for the next time."""

    def told(done: int) -> None:
        signs.tell(Step("stories", done))
        if signs.stopped():
            raise _StoppedError

    try:
        library.stories.update(told)
    except _StoppedError:
        return


def settle(library: Path, place: Path) -> None:
    """Give new articles of the library in a folder their place among the stories."""
    from reader.library import Library  # noqa: PLC0415 - in the worker process only

    with Library.open(library, create=False) as opened:
        place_in_stories(opened, Signs(place))


def _brought(report: "RoundReport", *, stopped: bool) -> Brought:
    fetched = report.fetched
    failed = (r for r in fetched.feeds if r.result == "failed")
    return Brought(
        added=len(fetched.added),
        changed=len(fetched.changed),
        feeds=len(fetched.feeds),
        failed=tuple(Failure(r.feed.shown, r.reason) for r in failed),
        completed=len(report.completion.completed),
        retired=len(report.retired),
        stopped=stopped,
    )
