"""The door of the intake: paths to articles, and articles into a library."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, BinaryIO

from reader import resources
from reader.errors import InputError
from reader.intake import files
from reader.intake.draft import Arrival, ImportOptions
from reader.intake.reading import (
    Found,
    article_of_record,
    articles_of_file,
    articles_of_stream,
    renamed,
)
from reader.model import Article, ArticleId, Failure

if TYPE_CHECKING:
    from reader.library import Library

NOTHING_TOLD = ImportOptions()

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


def read_paths(
    paths: Sequence[str],
    options: ImportOptions = NOTHING_TOLD,
    *,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Failure]:
    """Yield the articles of files and folders ("-" is `stdin`), and what could not be read.

    Nothing is raised for an input that cannot be used: it is yielded as a `Failure`, in its place.
    """
    for item in _arrivals(paths, options, stdin):
        yield item.article if isinstance(item, Arrival) else item


def import_paths(
    library: "Library",
    paths: Sequence[str],
    options: ImportOptions = NOTHING_TOLD,
    *,
    stdin: BinaryIO | None = None,
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Store the articles of files and folders; `progress` is told how many were read so far.

    The marks of an export (tags, read, starred) are taken over for articles that are new here, and
    each of them gets its place among the stories. Raises `LibraryError` where the library
    cannot be written.
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

    def take(self, item: Found) -> None:
        """Take one arrival or failure."""
        if isinstance(item, Failure):
            self.failed.append(item)
            return
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
            tuple(self.added), tuple(self.changed), tuple(self.unchanged), tuple(self.failed)
        )

    def _store(self) -> None:
        done = self.library.add([arrival.article for arrival in self.batch])
        self.added += done.added
        self.changed += done.changed
        self.unchanged += done.unchanged
        self._mark(frozenset(done.added))
        self.batch, self.text = [], 0

    def _mark(self, added: frozenset[ArticleId]) -> None:
        """Take over the marks of new articles: an export brings its reader's work along."""
        new = [arrival for arrival in self.batch if arrival.article.id in added]
        notebook = self.library.notebook
        for tag in sorted({tag for arrival in new for tag in arrival.tags}):
            notebook.tag(_ids(a for a in new if tag in a.tags), add=[tag])
        if read := _ids(a for a in new if a.read):
            notebook.mark(read, read=True)
        if starred := _ids(a for a in new if a.starred):
            notebook.mark(starred, starred=True)


def _ids(arrivals: Iterable[Arrival]) -> list[ArticleId]:
    return [arrival.article.id for arrival in arrivals]


def _arrivals(
    paths: Sequence[str], options: ImportOptions, stdin: BinaryIO | None
) -> Iterator[Found]:
    seen: dict[int, Path] = {}
    for name in paths:
        try:
            if name == "-":
                yield from _guarded(_of_stdin(options, stdin))
                continue
            for found in files.files_of(name):
                if isinstance(found, Failure):
                    yield found
                    continue
                for item in _guarded(articles_of_file(found, options)):
                    yield _told_apart(item, found.path, seen)
        except InputError as error:
            yield Failure(error.where, error.reason)


def _guarded(items: Iterator[Found]) -> Iterator[Found]:
    try:
        yield from items
    except InputError as error:
        yield Failure(error.where, error.reason)


def _of_stdin(options: ImportOptions, stdin: BinaryIO | None) -> Iterator[Found]:
    if stdin is None:
        raise InputError("-", "there is no standard input; give a file, or a pipe and -")
    yield from articles_of_stream(stdin, "-", options)


def _told_apart(item: Found, path: Path, seen: dict[int, Path]) -> Found:
    """Return an article with an identity of its own, where two files of one import share a name."""
    if isinstance(item, Failure) or not item.article.identity.startswith("file:"):
        return item
    place = path.absolute()
    if seen.setdefault(item.article.id, place) == place:
        return item
    apart = renamed(item, place, lambda other: seen.get(other, place) != place)
    seen[apart.article.id] = place
    return apart
