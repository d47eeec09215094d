"""Articles that wait for their page: what a fetch did not get to, and what failed, for later."""

from collections.abc import Iterable
from datetime import UTC, datetime

from reader.library.archive import Archive, ids_json
from reader.model import ArticleId


class Pages:
    """The articles of a library whose whole text is still to be had from their pages."""

    def __init__(self, archive: Archive) -> None:
        """Stand on the archive."""
        self._archive = archive

    def wait(self, ids: Iterable[ArticleId], now: datetime) -> None:
        """Note that pages are to be asked for from now on; what waits already goes on as it did."""
        rows = [(id_, _stamp(now)) for id_ in ids]
        if rows:
            with self._archive.writing(durable=False) as connection:
                connection.executemany("INSERT OR IGNORE INTO pages VALUES (?, 0, ?, '')", rows)

    def due(self, now: datetime, feeds: Iterable[str] | None = None) -> list[ArticleId]:
        """Return whose pages may be asked for, those that wait longest first.

        Of all feeds, or of some; what was removed in the meantime is not among them.
        """
        statement = (
            "SELECT p.article, a.feed FROM pages p JOIN articles a ON a.id = p.article"
            " WHERE p.not_before <= ? AND a.removed = 0 ORDER BY p.not_before, a.n DESC"
        )
        with self._archive.reading() as connection:
            rows = connection.execute(statement, (_stamp(now),)).fetchall()
        wanted = None if feeds is None else set(feeds)
        return [ArticleId(id_) for id_, feed in rows if wanted is None or feed in wanted]

    def failures(self, ids: Iterable[ArticleId]) -> dict[ArticleId, int]:
        """Return how often in a row the pages of these articles could not be had."""
        with self._archive.reading() as connection:
            rows = connection.execute(
                "SELECT article, failures FROM pages"
                " WHERE article IN (SELECT value FROM json_each(?))",
                (ids_json(ids),),
            ).fetchall()
        return {ArticleId(id_): failures for id_, failures in rows}

    def later(self, id_: ArticleId, when: datetime, *, failures: int, reason: str) -> None:
        """Note that a page is not to be asked for before a time, and why."""
        with self._archive.writing(durable=False) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)",
                (id_, failures, _stamp(when), reason),
            )

    def done(self, id_: ArticleId) -> None:
        """Note that a page need not be asked for again: its text came, or never will."""
        with self._archive.writing(durable=False) as connection:
            connection.execute("DELETE FROM pages WHERE article = ?", (id_,))


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds")
