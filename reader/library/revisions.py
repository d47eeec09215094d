"""The revisions of articles: when each came, and which articles changed after they were read.

Both are notes of the archive that can be lost without harm: the texts themselves are kept with the
articles, and whether something was read is the notebook's.
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from reader.errors import NotFoundError
from reader.library.archive import Archive, ids_json
from reader.model import Article, ArticleId, Revision, shown_id


def came(connection: sqlite3.Connection, article: Article) -> None:
    """Note that an article came with another text, in the transaction that stored it.

    Of one that had been read, the revision that was is kept until the new one is seen.
    """
    revision, unread = connection.execute(
        "SELECT revision, unread FROM articles WHERE id = ?", (article.id,)
    ).fetchone()
    connection.execute(
        "INSERT OR IGNORE INTO revision_times VALUES (?, ?, ?)",
        (article.id, revision, article.added.isoformat()),
    )
    if not unread:
        connection.execute(
            "INSERT OR IGNORE INTO changed_since_read VALUES (?, ?)", (article.id, revision - 1)
        )


class Revisions:
    """The revisions of a library's articles; for any thread."""

    def __init__(self, archive: Archive) -> None:
        """Stand on the archive."""
        self._archive = archive

    def of(self, id: ArticleId) -> tuple[Revision, ...]:
        """Return the revisions of an article, the oldest first; NotFoundError."""
        with self._archive.reading() as connection:
            rows = connection.execute(
                "SELECT r.revision, r.title, iif(r.revision = 1, a.added, t.came)"
                " FROM articles a JOIN revisions r ON r.article = a.id"
                " LEFT JOIN revision_times t ON t.article = a.id AND t.revision = r.revision"
                " WHERE a.id = ? ORDER BY r.revision",
                (id,),
            ).fetchall()
        if not rows:
            raise NotFoundError(f"There is no article {shown_id(id)}.")
        return tuple(
            Revision(number, title, datetime.fromisoformat(when) if when else None)
            for number, title, when in rows
        )

    def unseen(self, ids: Iterable[ArticleId]) -> dict[ArticleId, int]:
        """Return which of these articles changed after they were read, with the revision read."""
        with self._archive.reading() as connection:
            rows = connection.execute(
                "SELECT c.article, c.revision FROM changed_since_read c"
                " JOIN articles a ON a.id = c.article AND a.unread = 0"
                " WHERE c.article IN (SELECT value FROM json_each(?))",
                (ids_json(ids),),
            ).fetchall()
        return {ArticleId(id_): revision for id_, revision in rows}

    def seen(self, id: ArticleId) -> None:
        """Note that the newest revision of an article was seen."""
        if self._archive.read_only or not self._is_noted(id):
            return
        with self._archive.writing(durable=False) as connection:
            connection.execute("DELETE FROM changed_since_read WHERE article = ?", (id,))

    def _is_noted(self, id_: ArticleId) -> bool:
        with self._archive.reading() as connection:
            found = connection.execute(
                "SELECT 1 FROM changed_since_read WHERE article = ?", (id_,)
            ).fetchone()
        return found is not None
