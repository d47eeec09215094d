"""Articles that were kept long enough leave the archive for good, and their space with them.

What is left of one is its number, so that its feed does not bring it back as new. Only articles
that the reader has read (or removed, as long ago as articles are kept) and did nothing else with
ever go: what is starred, tagged or noted stays, whatever its age.
"""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple

from reader.errors import LibraryError
from reader.library import fulltext
from reader.library.archive import TIE, Archive, ids_json
from reader.library.journal import Edit
from reader.library.marks import ANNOTATIONS
from reader.library.notebook import Notebook
from reader.library.snapshot import ARTICLES
from reader.library.store import JournalStorage
from reader.model import ArticleId
from reader.stories.memory import WINDOW

AT_ONCE = 200
"""So many articles leave in one transaction: a tenth of a second that others wait at most."""
MERGED_SHARE = 0.1
"""The index is merged where at least this share of the articles left; else it is in time."""
MERGED_PAGES = 500
VACUUM_PAGES = 2000
REBUILT_SHARE = 0.25
"""A file of before, which cannot shrink in pieces, is made anew where so much of it is free."""
LEAST_REBUILT = 4000
"""Pages; a smaller file is left as it is."""


class Outlived(NamedTuple):
    """An article that may go."""

    n: int
    id: int


# the last article that was given its place among the stories stays: its number must not be given
# again; what awaits its place is not as old as that
_OUTLIVED = """
SELECT n, id, removed FROM articles WHERE feed = ? AND added < ?
AND (unread = 0 OR removed = 1) AND starred = 0 AND noted = 0
AND n NOT IN (SELECT n FROM article_tags) AND id NOT IN (SELECT article FROM story_pending)
AND id IS NOT (SELECT article FROM story_items ORDER BY number DESC LIMIT 1)
"""
_STILL = f"{_OUTLIVED} AND id IN (SELECT value FROM json_each(?))"
_FREED = (
    "DELETE FROM revisions WHERE article = ?",
    "DELETE FROM revision_times WHERE article = ?",
    "DELETE FROM changed_since_read WHERE article = ?",
    "DELETE FROM story_items WHERE article = ?",
    "DELETE FROM story_copies WHERE ? IN (article, original)",
    "DELETE FROM completed WHERE article = ?",
    "DELETE FROM pages WHERE article = ?",
    "DELETE FROM articles WHERE id = ?",
    "INSERT OR IGNORE INTO retired VALUES (?)",
)

# what clustering remembers of a time in which no article is left
_FORGOTTEN = """
DELETE FROM story_postings WHERE span = ?
AND NOT EXISTS (SELECT 1 FROM articles WHERE n >= ? AND n < ?)
"""


def _spans(places: Iterable[int]) -> list[tuple[int, int, int]]:
    """Return the spans of clustering in which these places lie, each with its first and end."""
    spans = sorted({(n >> TIE) // WINDOW for n in places})
    return [(span, span * WINDOW << TIE, (span + 1) * WINDOW << TIE) for span in spans]


class Retiring:
    """Takes what was kept long enough out of a library."""

    def __init__(self, archive: Archive, storage: JournalStorage, notebook: Notebook) -> None:
        """Stand on the archive and on the notebook."""
        self._archive = archive
        self._storage = storage
        self._notebook = notebook

    def retire(self, feed: str, before: datetime) -> list[ArticleId]:
        """Take out a feed's articles that came before a time; return which they were.

        It cannot be undone. What was removed counts from when it was removed.
        """
        gone: list[ArticleId] = []
        rest = iter(self._outlived(feed, before))
        while batch := list(islice(rest, AT_ONCE)):
            gone += self._take_out(feed, before, batch)
        return gone

    def _outlived(self, feed: str, before: datetime) -> list[Outlived]:
        self._storage.look()
        self._notebook.settle()
        busy = self._touched()  # before the mirror is read, which may not hold them yet
        stamp = before.astimezone(UTC)
        with self._archive.reading() as connection:
            rows = connection.execute(f"{_OUTLIVED} ORDER BY n", (feed, stamp.isoformat()))
            found = rows.fetchall()
        documents = self._notebook.documents(ARTICLES) if any(row[2] for row in found) else {}
        limit = stamp.timestamp() * 1000

        def may_go(id_: int, removed: int) -> bool:
            return not removed or documents.get(id_, {}).get("removed_at", limit) < limit

        return [
            Outlived(n, id_)
            for n, id_, removed in found
            if id_ not in busy and may_go(id_, removed)
        ]

    def _touched(self) -> set[int]:
        """Return the articles that changes are about which the mirror is not known to hold."""
        edits = [edit for _, entry in self._storage.recent() for edit in entry.edits]
        ids = {id_ for edit in edits if edit.table == ARTICLES for id_ in edit.ids}
        return ids | {
            edit.put["article"] for edit in edits if edit.table == ANNOTATIONS and edit.put
        }

    def _take_out(self, feed: str, before: datetime, batch: Sequence[Outlived]) -> list[ArticleId]:
        listed = ids_json(each.id for each in batch)
        values = (feed, before.astimezone(UTC).isoformat(), listed)
        with self._archive.writing() as connection:
            # asked again, as another reader may have done something with them
            self._storage.look()
            busy = self._touched()
            found = connection.execute(_STILL, values).fetchall()
            rows = [row for row in found if row[1] not in busy]
            indexing = fulltext.Indexing()
            for n, _, _ in rows:
                indexing.take(n, self._archive.at_place(connection, n))
            ids = [ArticleId(id_) for _, id_, _ in rows]
            for statement in _FREED:
                connection.executemany(statement, [(id_,) for id_ in ids])
            connection.executemany(_FORGOTTEN, _spans(n for n, _, _ in rows))
            indexing.write(connection)
        if ids:
            self._storage.submit([Edit(ARTICLES, ids)])
        return ids

    def known(self, ids: Iterable[ArticleId]) -> set[int]:
        """Return those of the ids whose articles were taken out."""
        given = iter(ids)
        found: set[int] = set()
        with self._archive.reading() as connection:
            while some := list(islice(given, 1000)):
                found.update(
                    row[0]
                    for row in connection.execute(
                        "SELECT article FROM retired"
                        " WHERE article IN (SELECT value FROM json_each(?))",
                        (ids_json(some),),
                    )
                )
        return found

    # Space

    def free(self, retired: int) -> None:
        """Give back the space of what was taken out; others can read and write meanwhile.

        Where they keep writing, it is left for another time.
        """
        with contextlib.suppress(LibraryError):
            if retired >= MERGED_SHARE * self._count():
                for _ in self._merging():
                    pass
            self._vacuum()

    def _count(self) -> int:
        with self._archive.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])

    def _merging(self) -> Iterator[None]:
        """Merge the index in pieces, each in its own transaction: what was deleted goes."""
        pages = -MERGED_PAGES  # the first asks for all of it, as "optimize" would
        changed = 2
        while changed >= 2:
            with self._archive.writing(durable=False) as connection:
                before = connection.total_changes
                connection.execute(
                    "INSERT INTO search (search, rank) VALUES ('merge', ?)", (pages,)
                )
                changed = connection.total_changes - before
            pages = MERGED_PAGES
            yield

    def _vacuum(self) -> None:
        can_shrink, pages, free = self._archive.pages()
        if can_shrink:
            while free > 0:
                self._archive.shrink(VACUUM_PAGES)
                left = self._archive.pages()[2]
                free = left if left < free else 0
        elif pages > LEAST_REBUILT and free > REBUILT_SHARE * pages:
            self._archive.rebuild()
