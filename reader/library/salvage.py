"""An archive that is damaged: put aside, and made again from what can still be read of it.

Nothing is written to the damaged file, and nothing of it is deleted. SQLite reads a table until it
comes to a page that makes no sense; what lies behind it is reached from the other end, and what
lies between two damaged pages by looking in the middle. What the reader did is not in this file;
index, counts and mirror follow from the rest and are made again.
"""

import contextlib
import os
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.errors import LibraryError
from reader.library import doctor
from reader.library.archive import Archive
from reader.library.files import ARCHIVE, WORKING, Presence, free_name, sync_folder, why

_FILES = (ARCHIVE, f"{ARCHIVE}-wal", f"{ARCHIVE}-shm")
_DERIVED = {
    "meta", "tags", "article_tags", "feed_tags", "feed_counts", "annotated", "waiting", "totals",
    "stories",
}  # fmt: skip
_MIRRORED = {"unread", "starred", "removed", "position", "noted", "tags", "story"}
_PROBES = 2000
"""So often is looked between the damaged pages of one table."""
_SPAN = (-(1 << 63), (1 << 63) - 1)

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a damaged archive."""

    aside: Path
    """The folder in which it is kept."""
    articles: int
    """How many articles are in the new one."""
    unreadable: int
    """How many could be seen, but their text could not be read."""


def rescue(folder: Path) -> Saved:
    """Make the archive of a library again from what can be read of it; LibraryError.

    Nobody else may have the library open. The new archive is finished before the damaged one goes.
    """
    with (
        _alone(folder),
        tempfile.TemporaryDirectory(prefix=f"{WORKING}repairing-", dir=folder) as place,
    ):
        fresh = Archive(Path(place, ARCHIVE))
        try:
            with fresh.writing() as connection:
                articles, unreadable = _take_over(folder / ARCHIVE, connection)
            doctor.mend(fresh)
        finally:
            fresh.close()
        aside = _move(folder)
        Path(place, ARCHIVE).rename(folder / ARCHIVE)
        sync_folder(folder)
    return Saved(aside, articles, unreadable)


def set_aside(folder: Path) -> Path:
    """Move the archive into a folder of its own beside it, and return that; LibraryError."""
    with _alone(folder):
        return _move(folder)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    presence = Presence(folder / "lock")
    try:
        if not presence.alone():
            raise LibraryError(
                f"The library {folder} is open in another reader; leave that one first."
            )
        yield
    except OSError as error:
        raise LibraryError(f"{folder} cannot be written: {why(error)}.") from error
    finally:
        presence.close()


def _move(folder: Path) -> Path:
    aside = free_name(folder, "archive-damaged")
    aside.mkdir(mode=0o700)
    for name in _FILES:
        with contextlib.suppress(FileNotFoundError):
            (folder / name).rename(aside / name)
    sync_folder(folder)
    return aside


def _take_over(damaged: Path, connection: sqlite3.Connection) -> tuple[int, int]:
    """Take over what can be read; return how many articles, and how many without any text."""
    # a connection that may not write leaves the log of the damaged file alone when it closes
    if os.path.lexists(damaged):
        uri = f"{damaged.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as source:
            for table in _kept_tables(connection):
                with contextlib.suppress(sqlite3.DatabaseError):
                    _take_table(source, connection, table)
    unreadable = _leave_out_unreadable(connection)
    return connection.execute("SELECT count(*) FROM articles").fetchone()[0], unreadable


def _kept_tables(connection: sqlite3.Connection) -> list[str]:
    """Return the tables of an archive whose rows cannot be made again from others."""
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'search*'"
        " AND name NOT GLOB 'story*' AND name NOT GLOB 'sqlite_*' ORDER BY rowid"
    )
    return [row[0] for row in rows if row[0] not in _DERIVED]


def _take_table(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> None:
    known = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
    if table == "articles":
        known -= _MIRRORED
    columns = [row[1] for row in target.execute(f"PRAGMA table_info({table})") if row[1] in known]
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})"
    for row in _readable(source, table, names):
        if table != "revisions" or _unpacks(row):
            # a row whose parts make no sense breaks the table's rules: it is left out
            with contextlib.suppress(sqlite3.IntegrityError, sqlite3.InterfaceError):
                target.execute(statement, row)


def _unpacks(row: Row) -> bool:
    """Tell whether the text of a revision is whole: its packing has a checksum."""
    try:
        zlib.decompress(row[3])
    except (zlib.error, TypeError):
        return False
    return True


def _readable(source: sqlite3.Connection, table: str, names: str) -> Iterator[Row]:
    """Yield the rows of a table that can be read; one may come twice."""
    try:
        source.execute(f"SELECT rowid FROM {table} LIMIT 0")
    except sqlite3.OperationalError:  # a table without rowids: small, and it can be had again
        with contextlib.suppress(sqlite3.DatabaseError):
            yield from source.execute(f"SELECT {names} FROM {table}")
        return
    select = f"SELECT rowid, {names} FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
    spans, probes = [_SPAN], 0
    while spans and probes < _PROBES:
        low, high = spans.pop(0)
        probes += 1
        damaged = False
        for row in _span(source, f"{select} ASC", (low, high)):
            if row is None:
                damaged = True
            else:
                low = row[0] + 1
                yield row[1:]
        for row in _span(source, f"{select} DESC", (low, high)) if damaged else ():
            if row is not None:
                high = row[0] - 1
                yield row[1:]
        if damaged and low < high:
            middle = (low + high) // 2
            spans += [(low, middle), (middle + 1, high)]


def _span(source: sqlite3.Connection, select: str, span: tuple[int, int]) -> Iterator[Row | None]:
    """Yield rows, each behind its rowid; None at the end where one cannot be read."""
    try:
        yield from source.execute(select, span)
    except sqlite3.DatabaseError:
        yield None


def _leave_out_unreadable(connection: sqlite3.Connection) -> int:
    """Give articles the newest revision that there is; leave those out that have none."""
    connection.execute(
        "UPDATE articles SET revision = (SELECT max(revision) FROM revisions r"
        " WHERE r.article = articles.id) WHERE id IN (SELECT article FROM revisions)"
        " AND NOT EXISTS (SELECT 1 FROM revisions r"
        " WHERE r.article = articles.id AND r.revision = articles.revision)"
    )
    connection.execute(
        "UPDATE articles SET title = (SELECT title FROM revisions r WHERE r.article = articles.id"
        " AND r.revision = articles.revision) WHERE id IN (SELECT article FROM revisions)"
    )
    connection.execute(
        "INSERT OR IGNORE INTO sources (id, name, folded)"
        " SELECT DISTINCT source, 'unknown outlet ' || source, 'unknown outlet ' || source"
        " FROM articles WHERE source NOT IN (SELECT id FROM sources)"
    )
    return connection.execute(
        "DELETE FROM articles WHERE id NOT IN (SELECT article FROM revisions)"
    ).rowcount
