"""What runs in worker processes: functions of values that can be sent there and back."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from reader.errors import ReaderError
from reader.model import Article, Failure, Sentence, Summary
from reader.workers import Workers

if TYPE_CHECKING:
    from reader.library import Library

P = ParamSpec("P")
T = TypeVar("T")
_WAIT = 0.1
FORMING = 3.0
"""Seconds for which a worker process forms stories before others have their turn."""


class CancelledError(Exception):
    """Nobody waits for the result any more."""


class Jobs:
    """Runs work in the pool for threads that wait for it and may be told to stop waiting."""

    def __init__(self, workers: Workers) -> None:
        """Take the pool."""
        self._workers = workers
        self._lock = Lock()

    def run(
        self, cancelled: Callable[[], bool], work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do work in a worker process and return its value; call it from a thread.

        Raises CancelledError when `cancelled()` becomes true, and what the work raises. Where the
        process died the work is tried once more in a new one.
        """
        for attempt in (1, 2):
            future = self._submit(work, *args, **kwargs)
            try:
                return self._wait(future, cancelled)
            except BrokenProcessPool as error:
                self._workers.close()
                if cancelled():
                    raise CancelledError from None
                if attempt == 2:
                    raise ReaderError(
                        "A worker process ended before it was done; it may have run out of memory."
                    ) from error
        raise AssertionError

    def _submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        with self._lock:
            try:
                return self._workers.submit(work, *args, **kwargs)
            except BrokenProcessPool:
                self._workers.close()
                return self._workers.submit(work, *args, **kwargs)

    def _wait(self, future: Future[T], cancelled: Callable[[], bool]) -> T:
        while True:
            try:
                return future.result(timeout=_WAIT)
            except TimeoutError:
                if future.done():
                    raise  # the work's own
                if cancelled():
                    future.cancel()
                    raise CancelledError from None

    def alone(self) -> "Jobs":
        """Return such jobs with one process of their own, for long work; close them after it."""
        return Jobs(type(self._workers)(1))

    def close(self) -> None:
        """End the processes."""
        self._workers.close()


def warm() -> None:
    """Import in a worker process what the first summary and the first comparison need."""
    from reader.compare import compare  # noqa: PLC0415 - in the worker process only
    from reader.summary import summarize  # noqa: PLC0415 - as above

    split("One sentence. Another sentence.", "en")
    _ = compare, summarize


def form_stories(library: Path) -> int:
    """Give articles that await it their place among the stories; return how many those were.

    Not for longer than `FORMING` seconds, so that other work has its turn; what is left awaits the
    next call.
    """
    from reader.library import Library  # noqa: PLC0415 - in the worker process only

    end = time.monotonic() + FORMING
    with Library.open(library, create=False) as opened:
        return opened.stories.update(stop=lambda: time.monotonic() > end)


def form_all(jobs: Jobs, cancelled: Callable[[], bool], library: "Library") -> None:
    """Give all that awaits its place among the stories one, in worker processes."""
    while not library.read_only and library.stories.waiting():
        if not jobs.run(cancelled, form_stories, library.folder):
            return


def split(text: str, language: str | None) -> tuple[Sentence, ...]:
    """Return the sentences of a text."""
    from reader.text.sentences import sentences  # noqa: PLC0415 - in the worker process only

    return sentences(text, language)


def summarise(
    articles: Sequence[Article], method: str | None, length: int, words: int | None = None
) -> Summary:
    """Return a summary of so many sentences, or of so many words."""
    from reader.summary import summarize  # noqa: PLC0415 - in the worker process only

    if words is not None:
        return summarize(articles, method=method, words=words)
    return summarize(articles, method=method, sentences=length)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of an import."""

    added: int
    changed: int
    unchanged: int
    failed: tuple[Failure, ...]
    stopped: bool = False
    passed: int = 0
    """Files of folders that were passed over."""


class _StoppedError(Exception):
    """The import is no longer wanted."""


def take_in(library: Path, paths: Sequence[str], signs: Path) -> TakenIn:
    """Import paths into the library in a folder.

    `signs` is a folder through which it tells how far it is and is told to stop: a worker process
    has no other line to the one who waits. What was stored before the stop stays.
    """
    from reader.intake import import_paths  # noqa: PLC0415 - in the worker process only
    from reader.library import Library  # noqa: PLC0415 - as above

    done = 0

    def progress(count: int) -> None:
        nonlocal done
        done = count
        (signs / "new").write_text(str(count), encoding="ascii")
        (signs / "new").replace(signs / "count")
        if (signs / "stop").exists():
            raise _StoppedError

    with Library.open(library, create=False) as opened:
        try:
            report = import_paths(opened, paths, progress=progress)
        except _StoppedError:
            return TakenIn(done, 0, 0, (), stopped=True)
    return TakenIn(
        len(report.added),
        len(report.changed),
        len(report.unchanged),
        tuple(report.failed),
        passed=sum(report.passed.values()),
    )


def store_page(library: Path, address: str) -> str:
    """Store the page at an address as an article; return what became of it, a sentence.

    ReaderError when it cannot be had or holds no article.
    """
    from reader.intake import import_paths  # noqa: PLC0415 - in the worker process only
    from reader.library import Library  # noqa: PLC0415 - as above

    with Library.open(library, create=False) as opened:
        report = import_paths(opened, [address])
        for failure in report.failed:
            raise ReaderError(f"{failure.input}: {failure.reason}.")
        stored = (*report.added, *report.changed, *report.unchanged)
        title = opened.row(stored[0]).title if stored else address
    return f"Known already: {title}." if report.unchanged else f"Stored: {title}."


def progress_of(signs: Path) -> int:
    """Return how many articles an import under way has read."""
    try:
        return int((signs / "count").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def ask_to_stop(signs: Path) -> None:
    """Tell an import under way to stop."""
    (signs / "stop").touch()
