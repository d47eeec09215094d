"""The archive's SQLite file: its connections, and its errors as sentences."""

import contextlib
import errno
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from reader.errors import DamagedError, LibraryError, ReadOnlyError
from reader.library import migrations
from reader.library.breaking_off import breaking_off
from reader.library.files import open_private, refuse_link

READ_WAIT = 5.0
"""Seconds that a question waits for another's connection, if none can be opened."""
WRITE_WAIT = 15.0
"""Seconds that an import waits for another process's import."""
_CACHE = "-8000"  # KiB
_LARGEST_LOG = 16 << 20
_INCREMENTAL = 2
"""SQLite's number for files that give free pages back when they are asked to."""


class Database:
    """An SQLite file in WAL mode; readers never wait. May be used from any thread."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file, making it or bringing it to today's format where needed."""
        self.path = path
        self.read_only = read_only
        self.incomplete = False
        """Whether what was stored last could not be read."""
        self._pool: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._watching = threading.Lock()
        self._closed = False
        self._uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
        for ending in ("-wal", "-shm", "-journal"):
            refuse_link(path.with_name(path.name + ending))
        if not read_only:
            os.close(open_private(path))
        self._file = path.stat()
        try:
            with told(path):
                self._begin()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> None:
        if self.read_only:
            self._choose_mode()
        self._writer = self._connect()
        self._watcher = self._connect()
        known, found = len(migrations.MIGRATIONS), migrations.version(self._writer)
        if self.read_only:
            if found < known:
                raise ReadOnlyError(
                    f"It is of an older format ({found}), and must be written once before it can be"
                    " read."
                )
            return
        if found > known:
            raise ReadOnlyError(
                f"{self.path} is from a newer reader (format {found}; this one knows format"
                f" {known})."
            )
        if not found:  # so that the file can shrink; to be said before anything is in it
            self._writer.execute("PRAGMA auto_vacuum = INCREMENTAL")
        self._writer.execute("PRAGMA journal_mode = WAL")
        self._writer.execute(f"PRAGMA journal_size_limit = {_LARGEST_LOG}")
        # moving the log into the file syncs it: seldom, so that marks are durable quickly
        self._writer.execute("PRAGMA wal_autocheckpoint = 4000")
        migrations.migrate(self._writer, self.path)

    def _choose_mode(self) -> None:
        """Find out how a file can be read that may not be written.

        SQLite wants to make files beside it; where the folder forbids that, the file is read as it
        is, without what was not yet moved into it from its log.
        """
        try:
            self._connect().execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            self._uri += "&immutable=1"
            log = self.path.with_name(self.path.name + "-wal")
            self.incomplete = log.exists() and log.stat().st_size > 0

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._uri,
            uri=True,
            timeout=WRITE_WAIT,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        self._all.append(connection)
        connection.execute(f"PRAGMA cache_size = {_CACHE}")
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for reading; errors of SQLite come out as LibraryError."""
        if self._closed:
            raise LibraryError("The library is closed.")
        with told(self.path):
            connection = self._lent()
            try:
                with breaking_off(connection):
                    yield connection
            finally:
                self._pool.put(connection)

    def _lent(self) -> sqlite3.Connection:
        """Return a connection that nobody uses.

        If none can be opened because the file was moved, wait for one that another thread has: it
        still reads, and a mark of the reader's must not fail for a moment's bad luck.
        """
        with contextlib.suppress(queue.Empty):
            return self._pool.get_nowait()
        try:
            return self._connect()
        except sqlite3.OperationalError:
            with contextlib.suppress(queue.Empty):
                return self._pool.get(timeout=READ_WAIT)
            raise

    @contextlib.contextmanager
    def writing(
        self, wait: float = WRITE_WAIT, *, durable: bool = True
    ) -> Iterator[sqlite3.Connection]:
        """Lend the connection for writing, in a transaction; `durable` syncs it to the disk."""
        if self.read_only:
            raise ReadOnlyError(f"The library {self.path.parent} is open for reading only.")
        # whoever must not wait does not wait for another thread's import either
        if not self._lock.acquire(timeout=wait):
            raise LibraryError(f"{self.path} is being written; try again in a moment.")
        try:
            if self._closed:
                raise LibraryError("The library is closed.")
            self.still_there()
            with told(self.path), _transaction(self._writer, wait, durable=durable):
                yield self._writer
        finally:
            self._lock.release()

    def still_there(self) -> None:
        """Raise LibraryError where the file was taken away: what is written would be lost."""
        try:
            there = os.path.samestat(self.path.stat(), self._file)
        except OSError:
            there = False
        if not there:
            raise LibraryError(
                f"{self.path.name} was moved or deleted while the library was open; put it back"
                f" ({self.path}), or leave and start again."
            )

    def replace_by(self, source: sqlite3.Connection, wait: float = WRITE_WAIT) -> None:
        """Make the file's content that of another database, in one transaction, for everyone."""
        self.still_there()
        deadline = time.monotonic() + wait

        def waited(status: int, _left: int, _all: int) -> None:
            if (
                status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
                and time.monotonic() > deadline
            ):
                raise sqlite3.OperationalError("database is locked")

        with told(self.path), contextlib.closing(sqlite3.connect(self._uri, uri=True)) as target:
            target.execute("PRAGMA synchronous = FULL")
            source.backup(target, progress=waited, sleep=0.05)

    # Space

    def pages(self) -> tuple[bool, int, int]:
        """Return whether the file can shrink piece by piece, its pages, and how many are free."""
        with self.reading() as connection:
            mode, pages, free = (
                int(connection.execute(f"PRAGMA {name}").fetchone()[0])
                for name in ("auto_vacuum", "page_count", "freelist_count")
            )
        return mode == _INCREMENTAL, pages, free

    def shrink(self, pages: int) -> None:
        """Give so many free pages back to the disk."""
        with self.writing(durable=False) as connection:
            connection.execute(f"PRAGMA incremental_vacuum({pages})").fetchall()

    def rebuild(self) -> None:
        """Write the file anew, without its free pages; from then on it can shrink piece by piece.

        It needs the room of a second one for that time; a minute for 100,000 articles.
        """
        with self._lock, told(self.path):
            self.still_there()
            self._writer.execute("PRAGMA auto_vacuum = INCREMENTAL")
            self._writer.execute("VACUUM")

    def data_version(self) -> int:
        """Return a number that is another one after each change that was committed."""
        with self._watching, told(self.path):
            if self._closed:
                raise LibraryError("The library is closed.")
            return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close all connections; nobody may be using one."""
        with self._lock, self._watching:
            self._closed = True
            for connection in self._all:
                connection.close()
            self._all.clear()


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


_DAMAGED = {
    "file is not a database": "{} is damaged: it is no SQLite file.",
    "no such table": "{} is damaged: a part of it is missing.",
    "malformed": "{} is damaged; what the reader did is kept apart from it, in the notebook.",
}
_FULL = "database or disk is full"
_SENTENCES = {
    "database is locked": "{} is being written by another reader; try again in a moment.",
    _FULL: "{} cannot be written: the disk is full.",
    "disk I/O error": "{} cannot be read or written: the disk gave an error.",
    "unable to open": "{} cannot be opened.",
    "interrupted": "A question to {} was broken off.",
}


_NO_ROOM = {"SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"}


def no_room(error: BaseException | None) -> bool:
    """Tell whether something failed because the disk is full."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return True
        if getattr(error, "sqlite_errorname", "") in _NO_ROOM:
            return True
        error = error.__cause__
    return False


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise errors of SQLite as LibraryError, in a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        if "readonly" in str(error):
            raise ReadOnlyError(f"{path} cannot be written.") from error
        if damage := next((text for part, text in _DAMAGED.items() if part in str(error)), None):
            remedy = " reader doctor --repair makes it again."
            raise DamagedError(damage.format(path) + remedy) from error
        what = _FULL if no_room(error) else str(error)
        known = (text for part, text in _SENTENCES.items() if part in what)
        raise LibraryError(next(known, "{}: " + str(error)).format(path)) from error
