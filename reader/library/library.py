"""The library: the one door to everything that is kept."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from reader.annotate.placing import placed
from reader.errors import BusyError, LibraryError, NotFoundError, ReadOnlyError
from reader.library import fulltext, listing, marks, revisions
from reader.library.archive import Archive
from reader.library.completion import Completion, complete
from reader.library.database import no_room
from reader.library.feeds import Feeds
from reader.library.files import ARCHIVE, NOTEBOOK, Presence, clear, is_empty, private_folder
from reader.library.keeping import Kept
from reader.library.listing import Order
from reader.library.matching import Condition, Matcher
from reader.library.mirror import Mirror
from reader.library.notebook import Notebook
from reader.library.preparing import Prepared, prepared
from reader.library.query import Query
from reader.library.recovery import generations
from reader.library.saved import SavedSearches
from reader.library.search import parse_query
from reader.library.snapshot import ARTICLES
from reader.library.store import JournalStorage
from reader.library.stories import Stories
from reader.model import (
    AddReport,
    Annotation,
    Article,
    ArticleId,
    ArticleRow,
    SourceRow,
    id_range,
    shown_id,
)

if TYPE_CHECKING:
    from reader.library.backup import Manifest
    from reader.library.restoring import Restored
    from reader.library.upkeep import Repaired, Upkeep

AT_ONCE = 500
"""So many articles are stored in one transaction."""
_ALL = Query()
ARCHIVE_MISSING = (
    "{} was missing or empty; a new one was made. What you did is kept and waits for its articles,"
    " which come back when they are fetched or imported again, or with reader restore."
)


class Library:
    """Articles and the reader's work on them, in a folder; may be used from any thread."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        """Open a library; use `Library.open`."""
        self.folder = folder
        self.read_only = read_only
        self._changes = self._seen = 0
        self._closed = False
        with contextlib.ExitStack() as opened:
            self._presence = Presence(folder / "lock", read_only=read_only)
            opened.callback(self._presence.close)
            alone = not read_only and self._presence.alone()
            if not alone:
                self._presence.join()
            missing = bool(generations(folder / NOTEBOOK)) and is_empty(folder / ARCHIVE)
            self._archive = Archive(folder / ARCHIVE, read_only=read_only)
            opened.callback(self._archive.close)
            self._storage = JournalStorage(folder / NOTEBOOK, read_only=read_only)
            self.notices = self._storage.notices
            opened.callback(self._storage.close)
            if missing:
                self.notices.append(ARCHIVE_MISSING.format(folder / ARCHIVE))
            self.notebook = Notebook(self._storage, self._archive)
            self.searches = SavedSearches(self.notebook)
            self.feeds = Feeds(folder, self.notebook, self._storage, self._archive)
            self.stories = Stories(self._archive, self.notebook)
            self.revisions = revisions.Revisions(self._archive)
            self._mirror = Mirror(self._archive, self._storage)
            self._begin(alone=alone)
            opened.pop_all()

    def _begin(self, *, alone: bool) -> None:
        """Bring everything up to where it was left, and put it in order where nobody else is."""
        self._mirror.begin()
        if not self.read_only and self._mirror.awaits_restore():
            self._finish_restore()
        if alone:
            clear(self.folder)
            self._mirror.compact()
            self._presence.join()

    @classmethod
    def open(cls, folder: Path, *, create: bool = True) -> "Library":
        """Open the library in a folder, which is made where it is missing (unless not `create`).

        Where it may not be written, or where the disk is so full that nothing can be, it is opened
        for reading, and `notices` says so. LibraryError
        where it cannot be opened at all.
        """
        folder = folder.expanduser()
        there = (folder / ARCHIVE).exists()
        if not create and not there:
            raise LibraryError(f"There is no library in {folder}.")
        try:
            private_folder(folder)
            return cls(folder)
        except LibraryError as error:
            if not there or not (isinstance(error, ReadOnlyError) or no_room(error)):
                raise
            try:
                library = cls(folder, read_only=True)
            except ReadOnlyError as older:
                raise LibraryError(f"{error} {older}") from error
            library.notices.append(f"The library is open for reading only: {error}")
            if library._archive.incomplete:
                library.notices.append("What was stored last cannot be seen from here.")
            return library

    def __enter__(self) -> Self:
        """Return the library; `close` is called at the end."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the library."""
        self.close()

    def close(self) -> None:
        """Make everything durable and close; LibraryError where something could not be written."""
        if self._closed:
            return
        self._closed = True
        try:
            if not self.read_only:
                self.notebook.flush()
        finally:
            self._storage.stop()
            if not self.read_only and self._presence.alone():
                self._mirror.compact()
            self._storage.close()
            self._archive.close()
            self._presence.close()

    # Articles

    def add(self, articles: Iterable[Article | Prepared]) -> AddReport:
        """Store articles, up to 500 in a transaction; the same identity is the same article.

        Another text or title is its next revision, in which annotations are anchored again; what
        else is told anew is taken over, what is not told stays.
        """
        outcomes: dict[str, list[ArticleId]] = {"added": [], "changed": [], "unchanged": []}
        remaining = map(prepared, articles)
        while batch := list(islice(remaining, AT_ONCE)):
            revised: list[ArticleId] = []
            indexing = fulltext.Indexing()
            with self._archive.writing() as connection:
                fulltext.bring_up(connection, self._archive.newest)
                for ready in batch:
                    stored = self._archive.add(connection, ready, indexing)
                    outcomes[stored.outcome].append(ready.id)
                    if stored.revised:
                        revisions.came(connection, ready.article)
                        revised.append(ready.id)
                marks.came(connection, (ready.id for ready in batch))
                indexing.write(connection)
            self._changes += 1
            self._anchor_again(revised)
        return AddReport(**{name: tuple(ids) for name, ids in outcomes.items()})

    def _anchor_again(self, ids: Iterable[ArticleId]) -> None:
        moved = [
            placed(annotation, article, self._text_of(annotation))
            for id_ in dict.fromkeys(ids)
            for article in [self.article(id_)]
            for annotation in self.notebook.annotations(id_)
        ]
        if moved:
            self.notebook.anchored(moved)

    def _text_of(self, annotation: Annotation) -> str | None:
        """Return the text that an annotation points into; None if it is not there any more."""
        with contextlib.suppress(NotFoundError):
            return self.article(annotation.article, annotation.revision).text
        return None

    # Order

    @cached_property
    def upkeep(self) -> "Upkeep":
        """Return what checks, mends, backs up and restores."""
        from reader.library.upkeep import Upkeep  # noqa: PLC0415 - zip files are not for the start

        return Upkeep(self._archive, self._storage, self._mirror, self.notebook, self._anchor_again)

    def check(self, *, thorough: bool = False) -> list[str]:
        """Return what is wrong with the library, a sentence each; see `Upkeep.check`."""
        return self.upkeep.check(thorough=thorough)

    def repair(self) -> "Repaired":
        """Mend what can be made again; see `Upkeep.repair`."""
        return self.upkeep.repair()

    def back_up(self, target: Path, *, own_work: bool = False, force: bool = False) -> "Manifest":
        """Write the library, or only the reader's own work, into one file; see `backup.write`."""
        return self.upkeep.back_up(target, own_work=own_work, force=force)

    def restore(self, file: Path) -> "Restored":
        """Make the library what a backup says; see `Restoring.restore`."""
        if self.read_only:
            raise ReadOnlyError(f"The library {self.folder} is open for reading only.")
        with self.feeds.fetching():
            return self.upkeep.restore(file)

    def _finish_restore(self) -> None:
        """Finish what a restore that was killed has left to do, unless one is at it now."""
        with contextlib.suppress(BusyError), self.feeds.fetching():
            self.upkeep.restoring.finish()

    def article(self, id: ArticleId, revision: int | None = None) -> Article:
        """Return an article, in its newest revision unless told; NotFoundError."""
        return self._archive.article(id, revision)

    def articles(self, ids: Iterable[ArticleId]) -> list[Article]:
        """Return articles in the order of their ids; NotFoundError for one that is not there."""
        return [self._archive.article(id_) for id_ in ids]

    def row(self, id: ArticleId) -> ArticleRow:
        """Return an article as lists show it; NotFoundError."""
        newer = self.notebook.newer()
        with self._archive.reading() as connection:
            rows = listing.rows(connection, [id], "id")
        if not rows:
            raise NotFoundError(f"There is no article {shown_id(id)}.")
        return newer.over(rows)[0]

    def resolve(self, beginning: str) -> ArticleId:
        """Return the article whose shown id begins so; NotFoundError where not exactly one does."""
        found = id_range(beginning)
        if found is None:
            raise NotFoundError(f"“{beginning}” is no id of an article.")
        with self._archive.reading() as connection:
            ids = connection.execute(
                "SELECT id FROM articles WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 4", found
            ).fetchall()
        if not ids:
            raise NotFoundError(f"There is no article whose id begins with “{beginning}”.")
        if len(ids) > 1:
            some = ", ".join(shown_id(row[0]) for row in ids[:3])
            raise NotFoundError(
                f"More than one article's id begins with “{beginning}”: {some}"
                f"{' …' if len(ids) > 3 else ''}"
            )
        return ArticleId(ids[0][0])

    def is_new(self) -> bool:
        """Tell whether nothing was ever put into the library."""
        with self._archive.reading() as connection:
            empty = connection.execute("SELECT 1 FROM articles LIMIT 1").fetchone() is None
        return empty and not self.notebook.documents(ARTICLES)

    # Lists

    def find(
        self,
        query: Query = _ALL,
        *,
        order: Order = "newest",
        offset: int = 0,
        limit: int = 100,
    ) -> list[ArticleRow]:
        """Return a window of the articles that a query finds, as lists show them."""
        newer = self.notebook.newer()
        with self._answering(query) as (connection, condition):
            if condition.kept:
                kept = Kept(connection, condition).window(order, offset, limit)
                numbers = [row[0] for row in kept]
            else:
                numbers = listing.places(connection, condition, order, offset, limit)
            rows = listing.rows(connection, numbers)
        return newer.over(rows)

    def ids(
        self, query: Query = _ALL, *, order: Order = "newest", limit: int | None = None
    ) -> list[ArticleId]:
        """Return the ids of the articles that a query finds, all of them unless told."""
        with self._answering(query) as (connection, condition):
            if condition.kept:
                kept = Kept(connection, condition).window(order, 0, limit)
                return [ArticleId(row[1]) for row in kept]
            numbers = listing.places(connection, condition, order, 0, limit, column="a.id")
        return [ArticleId(number) for number in numbers]

    def count(self, query: Query = _ALL) -> int:
        """Count the articles that a query finds."""
        with self._answering(query) as (connection, condition):
            besides = Kept(connection, condition).count()
            return listing.count(connection, condition) + besides

    def place(
        self,
        id: ArticleId,
        query: Query = _ALL,
        *,
        order: Order = "newest",
    ) -> int | None:
        """Return at which place, from 0, an article stands in a list; None where it does not."""
        with self._answering(query) as (connection, condition):
            if condition.kept:
                return Kept(connection, condition).place(order, id)
            return listing.place(connection, condition, order, id)

    def sources(self) -> list[SourceRow]:
        """Return all, unread, starred, noted, the tags and the outlets, with their counts."""
        self.notebook.settle()
        with self._archive.reading() as connection:
            return listing.sources(connection)

    def saved(self) -> list[SourceRow]:
        """Return the saved searches with how many articles they find; each is a search."""
        unread = parse_query("is:unread")
        return [
            SourceRow("search", name, self.count(query), self.count(query & unread))
            for name, query in self.searches.queries().items()
        ]

    def known(self) -> dict[str, list[str]]:
        """Return what a query can name: the values of source:, tag:, lang: and search:."""
        with self._archive.reading() as connection:
            rows = listing.sources(connection)
            languages = [row[0] for row in connection.execute("SELECT code FROM languages")]
        return {
            "source": [row.name for row in rows if row.kind == "outlet"],
            "tag": [row.name for row in rows if row.kind == "tag"],
            "lang": languages,
            "search": list(self.searches.all()),
        }

    def complete(self, query: str, cursor: int) -> Completion:
        """Return how a query that is being typed could go on at the cursor."""
        return complete(query, cursor, self.known())

    def changes(self) -> int:
        """Return a number that grows with every change by any process; cheap to ask often."""
        self._storage.watch()
        seen = self._archive.data_version()
        if seen != self._seen:
            self._seen = seen
            self._changes += 1
        return self._changes + self._storage.changes

    def trouble(self) -> str:
        """Return in a sentence why what is done now may be lost; "" where all is well. Cheap."""
        if self.read_only:
            return ""
        try:
            self._archive.still_there()
            self._presence.stay()
        except LibraryError as error:
            return str(error)
        return self._storage.trouble()

    @contextlib.contextmanager
    def _answering(self, query: Query) -> Iterator[tuple[sqlite3.Connection, Condition]]:
        self.notebook.settle()
        with self._archive.reading() as connection:
            languages = [row[0] for row in connection.execute("SELECT code FROM languages")]
            saved = self.searches.queries() if query.names else {}
            matcher = Matcher(languages, saved, datetime.now().astimezone())
            yield connection, matcher.condition(query)
