"""The door of the intake: paths to articles, and articles into a library."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from reader import resources
from reader.errors import InputError
from reader.intake import files
from reader.intake.assemble import assembled
from reader.intake.decode import UndecodableError, decoded
from reader.intake.draft import Arrival, ImportOptions
from reader.intake.markdown import draft_of_markdown
from reader.intake.page import declared_charset, draft_of_page
from reader.intake.plain import draft_of_text
from reader.intake.records import draft_of_record
from reader.model import Article, ArticleId, Failure

if TYPE_CHECKING:
    from reader.library import Library

NOTHING_TOLD = ImportOptions()

BATCH = 500
"""Articles that are stored in one transaction."""


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
    """Yield the articles of files and folders ("-" is `stdin`), and what could not be read."""
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
    """Store the articles of files and folders; `progress` is called with how many were read.

    The marks of an export (tags, read, starred) are taken over for articles that are new here;
    each new article gets its place among the stories.
    """
    added: list[ArticleId] = []
    changed: list[ArticleId] = []
    unchanged: list[ArticleId] = []
    failed: list[Failure] = []
    batch: list[Arrival] = []
    count = 0

    def store() -> None:
        report = library.add([arrival.article for arrival in batch])
        added.extend(report.added)
        changed.extend(report.changed)
        unchanged.extend(report.unchanged)
        _mark(library, batch, frozenset(report.added))
        batch.clear()
        if progress:
            progress(count)

    for item in _arrivals(paths, options, stdin):
        if isinstance(item, Failure):
            failed.append(item)
            continue
        batch.append(item)
        count += 1
        if len(batch) == BATCH:
            store()
    if batch:
        store()
    if added:
        library.stories.update()
    return ImportReport(tuple(added), tuple(changed), tuple(unchanged), tuple(failed))


def import_starters(library: "Library") -> ImportReport:
    """Store the starter articles that travel with the program."""
    paths = [str(path) for path in resources.seeds()]
    return import_paths(library, paths, ImportOptions(starter=True))


def article_from_json(data: Mapping[str, Any], where: str) -> Article:
    """Return the article of one Article object; `where` names it ("FILE, line 3").

    Raises `InputError` where it cannot be an article.
    """
    return _of_record(data, where, ImportOptions()).article


def _mark(library: "Library", batch: Sequence[Arrival], added: frozenset[ArticleId]) -> None:
    new = [arrival for arrival in batch if arrival.article.id in added]
    for tag in sorted({tag for arrival in new for tag in arrival.tags}):
        library.notebook.tag([a.article.id for a in new if tag in a.tags], add=[tag])
    if read := [a.article.id for a in new if a.read]:
        library.notebook.mark(read, read=True)
    if starred := [a.article.id for a in new if a.starred]:
        library.notebook.mark(starred, starred=True)


def _arrivals(
    paths: Sequence[str], options: ImportOptions, stdin: BinaryIO | None
) -> Iterator[Arrival | Failure]:
    for name in paths:
        try:
            if name == "-":
                yield from _of_stdin(options, stdin)
                continue
            for named in files.files_of(name):
                yield from _guarded(named, options)
        except InputError as error:
            yield Failure(error.where, error.reason)


def _guarded(named: files.Named, options: ImportOptions) -> Iterator[Arrival | Failure]:
    try:
        yield from _of_bytes(files.contents(named), named.shown, named.path, options)
    except InputError as error:
        yield Failure(error.where, error.reason)


def _of_stdin(options: ImportOptions, stdin: BinaryIO | None) -> Iterator[Arrival | Failure]:
    if stdin is None:
        raise InputError("-", "there is no standard input to read")
    data = stdin.read(files.SIZE_LIMIT + 1)
    if len(data) > files.SIZE_LIMIT:
        raise InputError("-", files.too_large(files.SIZE_LIMIT))
    yield from _of_bytes(data, "-", None, options)


def _of_bytes(
    data: bytes, where: str, path: Path | None, options: ImportOptions
) -> Iterator[Arrival | Failure]:
    try:
        text = decoded(data, declared_charset(data))
    except UndecodableError as error:
        raise InputError(where, str(error)) from None
    if not text.strip():
        raise InputError(where, "it is empty")
    suffix = path.suffix.lower() if path else _sniffed(text)
    if suffix in files.LINES:
        yield from _of_lines(text, where, options)
        return
    if suffix in files.MARKDOWN:
        draft = draft_of_markdown(text, where)
    elif suffix in files.HTML:
        draft = draft_of_page(text, where)
    else:
        draft = draft_of_text(text)
    yield assembled(draft, options, where, path.name if path else None)


def _sniffed(text: str) -> str:
    start = text.lstrip()[:500].lower()
    if start.startswith(("<!doctype html", "<html")):
        return ".html"
    if start.startswith("---\n"):
        return ".md"
    return ".jsonl" if start.startswith("{") else ".txt"


def _of_lines(text: str, where: str, options: ImportOptions) -> Iterator[Arrival | Failure]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{where}, line {number}"
        try:
            data = json.loads(line)
            yield _of_record(data, place, options)
        except (ValueError, RecursionError):
            yield Failure(place, "it is not valid JSON")
        except InputError as error:
            yield Failure(error.where, error.reason)


def _of_record(data: Any, where: str, options: ImportOptions) -> Arrival:
    if not isinstance(data, Mapping):
        raise InputError(where, "it is not a JSON object")
    return assembled(draft_of_record(data, where), options, where, None)
