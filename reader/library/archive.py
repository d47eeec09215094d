"""The archive: articles in SQLite, with their revisions and their full-text index."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from reader.errors import DamagedError, NotFoundError
from reader.library import fulltext
from reader.library.database import Database
from reader.library.outlets import source_id
from reader.library.preparing import Prepared, prepared, words_of
from reader.model import Article, ArticleId, Block, Link, shown_id
from reader.text.typography import same_words

TIE = 24
"""Bits of `n` that tell apart articles of the same second."""

ARTICLE = (
    "a.id, a.identity, s.name, r.title, r.body, a.added, a.url, a.author, a.language, a.published,"
    " r.revision, a.feed, a.starter, a.excerpt, a.stripped"
)
_NEWEST = (
    f"SELECT {ARTICLE} FROM articles a JOIN sources s ON s.id = a.source"
    " JOIN revisions r ON r.article = a.id AND r.revision = a.revision"
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one article that was given to the archive."""

    outcome: str
    """ "added", "changed" or "unchanged"."""
    revised: bool = False
    """Whether it has a new revision, in which places must be found again."""


class Archive(Database):
    """The articles in the SQLite file; may be used from any thread."""

    def article(self, id_: ArticleId, revision: int | None = None) -> Article:
        """Return a revision of an article, the newest unless told; NotFoundError."""
        with self.reading() as connection:
            row = connection.execute(
                f"SELECT {ARTICLE} FROM articles a JOIN sources s ON s.id = a.source"
                " JOIN revisions r ON r.article = a.id AND r.revision = ifnull(?, a.revision)"
                " WHERE a.id = ?",
                (revision, id_),
            ).fetchone()
        if row is None:
            which = f" in revision {revision}" if revision is not None else ""
            raise NotFoundError(f"There is no article {shown_id(id_)}{which}.")
        return _article(row)

    def add(
        self, connection: sqlite3.Connection, ready: Prepared, indexing: fulltext.Indexing
    ) -> Stored:
        """Store an article, inside a transaction of `writing` that ends with its indexing."""
        before = self._inside(connection, ready.id)
        if before is None:
            self._insert(connection, ready, indexing)
            return Stored("added")
        article = _as_set(_completed(ready.article, before), before)
        if article == replace(before, stripped=article.stripped):
            return Stored("unchanged")
        revised = (before.title, before.text) != (article.title, article.text)
        article = replace(article, revision=before.revision + revised)
        self._update(connection, before, prepared(article), indexing)
        return Stored("changed", revised)

    def _inside(self, connection: sqlite3.Connection, id_: ArticleId) -> Article | None:
        row = connection.execute(f"{_NEWEST} WHERE a.id = ?", (id_,)).fetchone()
        return _article(row) if row is not None else None

    def newest(self, connection: sqlite3.Connection) -> Iterator[tuple[int, Article]]:
        """Yield all articles in their newest revision, each with its place in time."""
        for (n,) in connection.execute("SELECT n FROM articles ORDER BY n").fetchall():
            yield n, self.at_place(connection, n)

    def at_place(self, connection: sqlite3.Connection, n: int) -> Article:
        """Return the article at a place in time; NotFoundError, DamagedError."""
        row = connection.execute(f"{_NEWEST} WHERE a.n = ?", (n,)).fetchone()
        if row is None:
            raise NotFoundError("The article has no text or no outlet.")
        return _article(row)

    def _insert(
        self, connection: sqlite3.Connection, ready: Prepared, indexing: fulltext.Indexing
    ) -> None:
        article = replace(ready.article, revision=1)
        n = _free_place(connection, article.when)
        values = _values(connection, article, ready.digest)
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        connection.execute(
            f"INSERT INTO articles (n, id, {names}) VALUES (?, ?, {marks})",
            (n, article.id, *values.values()),
        )
        indexing.put(n, ready.columns or words_of(article))
        _keep_revision(connection, article, ready.body)

    def _update(
        self,
        connection: sqlite3.Connection,
        before: Article,
        ready: Prepared,
        indexing: fulltext.Indexing,
    ) -> None:
        article = ready.article
        n = connection.execute("SELECT n FROM articles WHERE id = ?", (article.id,)).fetchone()[0]
        indexing.take(n, before)
        if seconds(article.when) != n >> TIE:
            n = _move(connection, n, article.when)
        values = _values(connection, article, ready.digest)
        connection.execute(
            f"UPDATE articles SET {', '.join(f'{name} = ?' for name in values)} WHERE n = ?",
            (*values.values(), n),
        )
        indexing.put(n, ready.columns or words_of(article))
        _keep_revision(connection, article, ready.body)


def seconds(when: datetime) -> int:
    """Return the second in which a time lies, since 1970."""
    return int(when.timestamp() // 1)


def _free_place(connection: sqlite3.Connection, when: datetime) -> int:
    first = seconds(when) << TIE
    last = connection.execute(
        "SELECT max(n) FROM articles WHERE n >= ? AND n < ?", (first, first + (1 << TIE))
    ).fetchone()[0]
    return first if last is None else int(last) + 1


def _move(connection: sqlite3.Connection, n: int, when: datetime) -> int:
    place = _free_place(connection, when)
    connection.execute("UPDATE articles SET n = ? WHERE n = ?", (place, n))
    connection.execute("UPDATE article_tags SET n = ? WHERE n = ?", (place, n))
    return place


def _keep_revision(connection: sqlite3.Connection, article: Article, body: bytes) -> None:
    connection.execute(
        "INSERT INTO revisions (article, revision, title, body) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (article, revision) DO UPDATE SET title = excluded.title,"
        " body = excluded.body",
        (article.id, article.revision, article.title, body),
    )


def _values(connection: sqlite3.Connection, article: Article, digest: bytes) -> dict[str, Any]:
    if article.language:
        connection.execute("INSERT OR IGNORE INTO languages VALUES (?)", (article.language,))
    return {
        "identity": article.identity,
        "source": source_id(connection, article.source),
        "title": article.title,
        "url": article.url,
        "author": article.author,
        "language": article.language,
        "published": article.published and article.published.isoformat(),
        "added": article.added.isoformat(),
        "revision": article.revision,
        "feed": article.feed,
        "starter": article.starter,
        "excerpt": article.excerpt,
        "stripped": article.stripped,
        "digest": digest,
    }


def _article(row: Sequence[Any]) -> Article:
    id_, identity, source, title, packed, added, url, author, language, published = row[:10]
    try:
        body = json.loads(zlib.decompress(packed))
    except (zlib.error, ValueError, TypeError) as error:
        raise DamagedError(
            f"The text of the article {shown_id(id_)} is damaged; reader doctor --repair puts it"
            " aside, and it comes back when it is fetched or imported again."
        ) from error
    return Article(
        id=ArticleId(id_),
        identity=identity,
        source=source,
        title=title,
        text=body["text"],
        added=datetime.fromisoformat(added),
        url=url,
        author=author,
        language=language,
        published=published and datetime.fromisoformat(published),
        revision=row[10],
        feed=row[11],
        starter=bool(row[12]),
        excerpt=bool(row[13]),
        stripped=row[14],
        blocks=tuple(Block(*block) for block in body["blocks"]),
        links=tuple(Link(*link) for link in body["links"]),
        leftovers=tuple(body["leftovers"]),
    )


def _as_set(article: Article, before: Article) -> Article:
    """Return a feed's article with the text that is stored, if only how it is set is another.

    Some feeds set the same words another way with every fetch. What the reader imports comes as
    it is: whoever edits a file means it.
    """
    if article.feed is None or (article.title, article.text) == (before.title, before.text):
        return article
    if not (same_words(article.title, before.title) and same_words(article.text, before.text)):
        return article
    return replace(
        article, title=before.title, text=before.text, blocks=before.blocks, links=before.links,
        leftovers=before.leftovers,
    )  # fmt: skip


def _completed(article: Article, before: Article) -> Article:
    """Return the article with what was known before and is not told this time."""
    return replace(
        article,
        identity=before.identity,
        source=article.source or before.source,
        added=before.added,
        url=article.url or before.url,
        author=article.author or before.author,
        language=article.language or before.language,
        published=article.published or before.published,
        feed=article.feed or before.feed,
        revision=before.revision,
    )


def ids_json(ids: Iterable[int]) -> str:
    """Return ids in the form in which statements take many of them at once."""
    return json.dumps(list(ids))
