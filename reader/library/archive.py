"""The archive: articles in SQLite, with their revisions and their full-text index."""

import contextlib
import hashlib
import json
import os
import queue
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from reader.errors import LibraryError, NotFoundError, ReadOnlyError
from reader.library import migrations
from reader.library.files import open_private
from reader.library.tokens import columns
from reader.model import Article, ArticleId, Block, Link, shown_id

TIE = 24
"""Bits of `n` that tell apart articles of the same second."""
WRITE_WAIT = 15.0
"""Seconds that an import waits for another process's import."""

ARTICLE = (
    "a.id, a.identity, s.name, r.title, r.body, a.added, a.url, a.author, a.language, a.published,"
    " r.revision, a.feed, a.starter, a.excerpt, a.stripped"
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one article that was given to the archive."""

    outcome: str
    """ "added", "changed" or "unchanged"."""
    revised: bool = False
    """Whether it has a new revision, in which places must be found again."""


class Archive:
    """The SQLite file; may be used from any thread."""

    def __init__(self, path: Path, *, read_only: bool = False, create: bool = True) -> None:
        """Open the archive, making it or bringing it to today's format where needed."""
        self.path = path
        self.read_only = read_only
        if not create and not path.exists():
            raise LibraryError(f"There is no library in {path.parent}.")
        self._pool: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._watching = threading.Lock()
        self._closed = False
        if not read_only:
            _make(path)
        self._writer = self._connect()
        self._watcher = self._connect()
        with _told(path):
            self._prepare()

    def _prepare(self) -> None:
        if migrations.version(self._writer) > len(migrations.MIGRATIONS):
            raise LibraryError(
                f"{self.path} is from a newer reader; this one knows format"
                f" {len(migrations.MIGRATIONS)}."
            )
        if not self.read_only:
            self._writer.execute("PRAGMA journal_mode = WAL")
            self._writer.execute("PRAGMA journal_size_limit = 16777216")
            migrations.migrate(self._writer)

    def _connect(self) -> sqlite3.Connection:
        mode = "ro" if self.read_only else "rw"
        with _told(self.path):
            connection = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode={mode}",
                uri=True,
                timeout=WRITE_WAIT,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=256,
            )
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA cache_size = -8000")
            connection.execute("PRAGMA temp_store = MEMORY")
        self._all.append(connection)
        return connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for reading; errors of SQLite come out as LibraryError."""
        if self._closed:
            raise LibraryError("The library is closed.")
        try:
            connection = self._pool.get_nowait()
        except queue.Empty:
            connection = self._connect()
        try:
            with _told(self.path):
                yield connection
        finally:
            self._pool.put(connection)

    @contextlib.contextmanager
    def writing(
        self, wait: float = WRITE_WAIT, *, durable: bool = True
    ) -> Iterator[sqlite3.Connection]:
        """Lend the connection for writing, in a transaction; `durable` syncs it to the disk."""
        if self.read_only:
            raise ReadOnlyError(f"The library {self.path.parent} can only be read.")
        # whoever must not wait does not wait for another thread's import either
        if not self._lock.acquire(timeout=wait):
            raise LibraryError(f"The library's archive {self.path} is busy.")
        try:
            with _told(self.path), _transaction(self._writer, wait, durable=durable):
                yield self._writer
        finally:
            self._lock.release()

    def data_version(self) -> int:
        """Return a number that is another one after each change that was committed."""
        with self._watching, _told(self.path):
            return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close all connections; nobody may be using one."""
        self._closed = True
        with self._lock, self._watching:
            for connection in self._all:
                connection.close()
            self._all.clear()

    # Articles

    def article(self, id_: ArticleId, revision: int | None = None) -> Article:
        """Return a revision of an article, the newest unless told; NotFoundError."""
        with self.reading() as connection:
            row = connection.execute(
                f"SELECT {ARTICLE} FROM articles a JOIN sources s ON s.id = a.source"  # noqa: S608
                " JOIN revisions r ON r.article = a.id AND r.revision = ifnull(?, a.revision)"
                " WHERE a.id = ?",
                (revision, id_),
            ).fetchone()
        if row is None:
            which = f" in revision {revision}" if revision is not None else ""
            raise NotFoundError(f"There is no article {shown_id(id_)}{which}.")
        return _article(row)

    def add(self, connection: sqlite3.Connection, article: Article) -> Stored:
        """Store an article, inside a transaction of `writing`."""
        article = _storable(article)
        body = _body(article)
        digest = _digest(article, body)
        known = connection.execute(
            "SELECT a.digest, a.revision, a.added FROM articles a WHERE a.id = ?", (article.id,)
        ).fetchone()
        if known is None:
            self._insert(connection, replace(article, revision=1), body, digest)
            return Stored("added")
        before = self._inside(connection, article.id)
        article = _completed(article, before)
        revised = (before.title, before.text) != (article.title, article.text)
        if (
            not revised
            and known[0] == digest
            and article == replace(before, stripped=article.stripped)
        ):
            return Stored("unchanged")
        article = replace(article, revision=before.revision + revised)
        self._update(connection, before, article, body, digest)
        return Stored("changed", revised)

    def _inside(self, connection: sqlite3.Connection, id_: ArticleId) -> Article:
        return _article(
            connection.execute(
                f"SELECT {ARTICLE} FROM articles a JOIN sources s ON s.id = a.source"  # noqa: S608
                " JOIN revisions r ON r.article = a.id AND r.revision = a.revision WHERE a.id = ?",
                (id_,),
            ).fetchone()
        )

    def _insert(
        self, connection: sqlite3.Connection, article: Article, body: bytes, digest: bytes
    ) -> None:
        n = _free_place(connection, article.when)
        values = _values(connection, article, digest)
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        connection.execute(
            f"INSERT INTO articles (n, id, {names}) VALUES (?, ?, {marks})",  # noqa: S608
            (n, article.id, *values.values()),
        )
        _index(connection, n, article)
        _keep_revision(connection, article, body)

    def _update(
        self,
        connection: sqlite3.Connection,
        before: Article,
        article: Article,
        body: bytes,
        digest: bytes,
    ) -> None:
        n = connection.execute("SELECT n FROM articles WHERE id = ?", (article.id,)).fetchone()[0]
        _unindex(connection, n, before)
        if int(article.when.timestamp()) != n >> TIE:
            n = _move(connection, n, article.when)
        values = _values(connection, article, digest)
        connection.execute(
            f"UPDATE articles SET {', '.join(f'{name} = ?' for name in values)}"  # noqa: S608
            " WHERE n = ?",
            (*values.values(), n),
        )
        _index(connection, n, article)
        _keep_revision(connection, article, body)


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection, wait: float, *, durable: bool) -> Iterator[None]:
    connection.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")
    connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise LibraryError(f"The library's archive {path}: {error}.") from error


def _make(path: Path) -> None:
    os.close(open_private(path))


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


def _index(connection: sqlite3.Connection, n: int, article: Article) -> None:
    told = columns(article.title, article.text, article.author, article.language)
    connection.execute(
        "INSERT INTO search (rowid, title, body, author, title_forms, forms)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (n, *told),
    )


def _unindex(connection: sqlite3.Connection, n: int, article: Article) -> None:
    told = columns(article.title, article.text, article.author, article.language)
    connection.execute(
        "INSERT INTO search (search, rowid, title, body, author, title_forms, forms)"
        " VALUES ('delete', ?, ?, ?, ?, ?, ?)",
        (n, *told),
    )


def _keep_revision(connection: sqlite3.Connection, article: Article, body: bytes) -> None:
    connection.execute(
        "INSERT INTO revisions (article, revision, title, body) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (article, revision) DO UPDATE SET title = excluded.title,"
        " body = excluded.body",
        (article.id, article.revision, article.title, zlib.compress(body)),
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


def source_id(connection: sqlite3.Connection, name: str) -> int:
    """Return the number of an outlet, which gets one where it has none."""
    row = connection.execute("SELECT id FROM sources WHERE name = ?", (name,)).fetchone()
    if row is None:
        row = connection.execute(
            "INSERT INTO sources (name, folded) VALUES (?, ?) RETURNING id", (name, name.casefold())
        ).fetchone()
    return int(row[0])


def _body(article: Article) -> bytes:
    value = {
        "text": article.text,
        "blocks": [[b.start, b.end, b.kind] for b in article.blocks],
        "links": [[link.start, link.end, link.url] for link in article.links],
        "leftovers": article.leftovers,
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _digest(article: Article, body: bytes) -> bytes:
    return hashlib.blake2b(article.title.encode() + b"\0" + body, digest_size=16).digest()


def _article(row: Sequence[Any]) -> Article:
    id_, identity, source, title, packed, added, url, author, language, published = row[:10]
    body = json.loads(zlib.decompress(packed))
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


def _storable(article: Article) -> Article:
    """Return the article without what cannot be stored as text (lone surrogates, NUL)."""
    fields = ("identity", "source", "title", "text", "url", "author", "language", "feed")
    unfit: dict[str, Any] = {
        name: _fit(value) for name in fields if (value := getattr(article, name))
    }
    changed: dict[str, Any] = {
        name: value for name, value in unfit.items() if value != getattr(article, name)
    }
    leftovers = tuple(map(_fit, article.leftovers))
    return replace(article, **changed, leftovers=leftovers)


def _fit(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def ids_json(ids: Iterable[int]) -> str:
    """Return ids in the form in which statements take many of them at once."""
    return json.dumps(list(ids))
