"""The door of the intake: files and addresses to articles, and articles into a library."""

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, BinaryIO

from reader import resources
from reader.errors import InputError, NotFoundError
from reader.intake import files
from reader.intake.draft import Arrival, ImportOptions
from reader.intake.files import Passed
from reader.intake.importers.base import Found, ReadApart
from reader.intake.meeting import completed, met
from reader.intake.reading import (
    Read,
    Wanted,
    articles_of_file,
    articles_of_stream,
    renamed,
)
from reader.intake.record_files import article_of_record
from reader.model import Article, ArticleId, Failure

if TYPE_CHECKING:
    from reader.library import Library

NOTHING_TOLD = ImportOptions()
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}/|www\.", re.IGNORECASE)
_BEGINS_WITH_HTTPS = (
    "there is no such file or folder; check the path, or begin a page's address with https://"
)
_WEB = re.compile(r"https?://", re.IGNORECASE)

BATCH = 500
"""Articles that are stored in one transaction, at most."""
BATCH_TEXT = 8_000_000
"""Characters of text that are stored in one transaction, about."""
_PAUSE = 0.1
"""Seconds between two calls of `progress`, at least."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the inputs of an import, in their order."""

    added: tuple[ArticleId, ...] = ()
    changed: tuple[ArticleId, ...] = ()
    unchanged: tuple[ArticleId, ...] = ()
    failed: tuple[Failure, ...] = ()
    passed: Mapping[str, int] = field(default_factory=dict)
    """How many files of the folders and archives were passed over, by their endings."""
    short: tuple[ArticleId, ...] = ()
    """The articles among them that have an address and not the whole text."""


def read_paths(
    paths: Sequence[str],
    options: ImportOptions = NOTHING_TOLD,
    *,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Failure]:
    """Yield the articles of files, folders and web addresses, and what could not be read.

    "-" is `stdin`. Nothing is raised for an input that cannot be used: it is yielded as a
    `Failure`, in its place.
    """
    for item in _arrivals(paths, options, stdin):
        if not isinstance(item, Passed):
            yield item.article if isinstance(item, Arrival) else item


def import_paths(
    library: "Library",
    paths: Sequence[str],
    options: ImportOptions = NOTHING_TOLD,
    *,
    stdin: BinaryIO | None = None,
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Store the articles of files, folders and web addresses.

    `progress` is called with how many were read so far. The marks of an export (tags, read,
    starred) are taken over for articles that are new here, and each of them gets its place among
    the stories. Raises `LibraryError` when the library cannot be written.
    """
    keeper = _Keeper(library, progress)
    for item in _arrivals(paths, options, stdin):
        keeper.take(item)
    report = keeper.report()
    if report.added:
        library.stories.update()
    return report


def import_starters(library: "Library") -> ImportReport:
    """Store the starter articles that travel with the program."""
    paths = [str(path) for path in resources.seeds()]
    return import_paths(library, paths, ImportOptions(starter=True))


def article_from_json(data: Mapping[str, Any], where: str) -> Article:
    """Return the article of one Article object; `where` names it ("FILE, line 3").

    Raises `InputError` where it cannot be an article.
    """
    return article_of_record(data, where, NOTHING_TOLD).article


@dataclass(slots=True)
class _Keeper:
    """Stores what arrives, many articles in one transaction, and counts."""

    library: "Library"
    progress: Callable[[int], None] | None
    batch: list[Arrival] = field(default_factory=list)
    text: int = 0
    count: int = 0
    told: float = field(default_factory=monotonic)
    added: list[ArticleId] = field(default_factory=list)
    changed: list[ArticleId] = field(default_factory=list)
    unchanged: list[ArticleId] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    short: list[ArticleId] = field(default_factory=list)

    def take(self, item: Found | Passed) -> None:
        """Take an arrival, a failure, or a file that was passed over."""
        if isinstance(item, Failure):
            self.failed.append(item)
            return
        if isinstance(item, Passed):
            self.passed[item.ending] += 1
            return
        if item.article.excerpt and item.article.url:
            self.short.append(item.article.id)
        self.batch.append(item)
        self.text += len(item.article.text)
        self.count += 1
        if len(self.batch) >= BATCH or self.text >= BATCH_TEXT:
            self._store()
        if self.progress and monotonic() - self.told >= _PAUSE:
            self.told = monotonic()
            self.progress(self.count)

    def report(self) -> ImportReport:
        """Store what is left, and return what became of all."""
        if self.batch:
            self._store()
        if self.progress:
            self.progress(self.count)
        return ImportReport(
            tuple(self.added),
            tuple(self.changed),
            tuple(self.unchanged),
            tuple(self.failed),
            dict(sorted(self.passed.items(), key=lambda item: (-item[1], item[0]))),
            self._still_short(),
        )

    def _still_short(self) -> tuple[ArticleId, ...]:
        """Return which articles have no whole text, now that everything is stored."""
        found = []
        for id_ in dict.fromkeys(self.short):
            with contextlib.suppress(NotFoundError):  # it is an entry of a feed, with another id
                if self.library.row(id_).excerpt:
                    found.append(id_)
        return tuple(found)

    def _store(self) -> None:
        found = met(self.library, self.batch)
        done = self.library.add([arrival.article for arrival in found.to_add])
        self.added += done.added
        self.changed += done.changed
        self.unchanged += [*done.unchanged, *found.lesser, *(id_ for _, id_ in found.known)]
        for arrival, entry in found.completing:
            self.library.feeds.completed(entry)
            self.library.add([completed(entry, arrival.article)])
            self.changed.append(entry.id)
        added = frozenset(done.added)
        new = [(a, a.article.id) for a in found.to_add if a.article.id in added]
        at_feeds = [*found.known, *((a, entry.id) for a, entry in found.completing)]
        self._mark([*new, *((replace(a, read=False), id_) for a, id_ in at_feeds)])
        self.batch, self.text = [], 0

    def _mark(self, arrivals: Sequence[tuple[Arrival, ArticleId]]) -> None:
        """Take over the marks of new articles: an export brings its reader's work along.

        Of what is here as an entry of a feed, the tags and the star.
        """
        notebook = self.library.notebook
        for tag in sorted({tag for arrival, _ in arrivals for tag in arrival.tags}):
            notebook.tag([id_ for arrival, id_ in arrivals if tag in arrival.tags], add=[tag])
        if read := [id_ for arrival, id_ in arrivals if arrival.read]:
            notebook.mark(read, read=True)
        if starred := [id_ for arrival, id_ in arrivals if arrival.starred]:
            notebook.mark(starred, starred=True)


def _arrivals(
    inputs: Sequence[str], options: ImportOptions, stdin: BinaryIO | None
) -> Iterator[Found | Passed]:
    seen: dict[int, Path] = {}
    with ExitStack() as stack:
        read_apart = _when_needed(stack)
        # neighbouring addresses are fetched at the same time
        for on_the_web, names in groupby(inputs, key=is_address):
            if on_the_web:
                yield from _pages(list(names), options)
                continue
            wanted: list[str] = []
            for name in names:
                for item in _of_input(name, options, stdin, seen, read_apart):
                    if isinstance(item, Wanted):
                        wanted.append(item.address)
                    else:
                        yield item
            yield from _pages(wanted, options)


def _when_needed(stack: ExitStack) -> ReadApart:
    """Return what reads a file in a worker process, which is started for the first one."""

    @cache
    def reader() -> ReadApart:
        from reader.intake.apart import apart  # noqa: PLC0415 - seldom needed

        return stack.enter_context(apart())

    return lambda *file: reader()(*file)


def _of_input(
    name: str,
    options: ImportOptions,
    stdin: BinaryIO | None,
    seen: dict[int, Path],
    read_apart: ReadApart,
) -> Iterator[Read]:
    """Yield what one file, folder or standard input holds."""
    try:
        if name == "-":
            yield from _guarded(_of_stdin(options, stdin, read_apart))
            return
        for found in files.files_of(name):
            if isinstance(found, Failure | Passed):
                yield found
                continue
            for item in _guarded(articles_of_file(found, options, read_apart)):
                yield _told_apart(item, found.path, seen)
    except InputError as error:
        missing = error.reason.startswith("there is no such") and _HOST.match(name)
        yield Failure(error.where, _BEGINS_WITH_HTTPS if missing else error.reason)


def is_address(name: str) -> bool:
    """Return True for the address of a page, in place of a path."""
    return _WEB.match(name) is not None and not Path(name).exists()


def _pages(addresses: Sequence[str], options: ImportOptions) -> Iterator[Found | Passed]:
    if addresses:
        from reader.intake.web_pages import pages_at  # noqa: PLC0415 - aiohttp, seldom needed

        for found in pages_at(addresses, options):
            yield from found


def _guarded(items: Iterator[Read]) -> Iterator[Read]:
    try:
        yield from items
    except InputError as error:
        yield Failure(error.where, error.reason)


def _of_stdin(
    options: ImportOptions, stdin: BinaryIO | None, read_apart: ReadApart
) -> Iterator[Read]:
    if stdin is None:
        raise InputError("-", "there is no standard input; give a file, or a pipe and -")
    yield from articles_of_stream(stdin, "-", options, read_apart)


def _told_apart(item: Read, path: Path, seen: dict[int, Path]) -> Read:
    """Return an article with an identity of its own, where two files of one import share a name."""
    if not isinstance(item, Arrival) or not item.article.identity.startswith("file:"):
        return item
    place = path.absolute()
    if seen.setdefault(item.article.id, place) == place:
        return item
    apart = renamed(item, place, lambda other: seen.get(other, place) != place)
    seen[apart.article.id] = place
    return apart
