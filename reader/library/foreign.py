"""Reading another program's SQLite file: its rows and nothing else, never writing to it."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from reader.errors import InputError

_MOST_STEPS = 2_000_000_000
"""Steps of SQLite's machine that reading a file may take: minutes, if it is made to do harm."""
_STEPS_BETWEEN = 100_000
_LONGEST_VALUE = 20_000_000


def tables_of(path: Path, where: str) -> dict[str, list[str]]:
    """Return the tables of a file with their columns; `InputError` if it is damaged."""
    with _Opened(path, where) as opened:
        names = [
            row[0]
            for row in opened.rows("SELECT name FROM sqlite_master WHERE type = 'table' LIMIT 500")
            if isinstance(row[0], str)
        ]
        return {
            name: [row[1] for row in opened.rows(f"PRAGMA table_info({_quoted(name)})")]
            for name in names
        }


def rows_of(
    path: Path, where: str, table: str, columns: Sequence[str], order: str = "rowid"
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table as dicts of these columns; `InputError` if it cannot be read."""
    wanted = ", ".join(map(_quoted, columns))
    with _Opened(path, where) as opened:
        statement = f"SELECT {wanted} FROM {_quoted(table)} ORDER BY {order}"
        for row in opened.rows(statement):
            yield dict(zip(columns, row, strict=True))


class _Opened:
    """A connection that reads only, with limits against files that are made to do harm."""

    def __init__(self, path: Path, where: str) -> None:
        self._path = path
        self._where = where
        self._steps = 0

    def __enter__(self) -> Self:
        # mode=ro reads beside the program that owns it; a log that it left needs write access
        uri = self._path.absolute().as_uri()
        try:
            self._connection = sqlite3.connect(f"{uri}?mode=ro", uri=True)
            self._connection.execute("PRAGMA query_only = 1")
            self._connection.execute("PRAGMA trusted_schema = 0")
            self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
            self._connection.set_progress_handler(self._go_on, _STEPS_BETWEEN)
            # bytes that are no UTF-8 become replacement signs
            self._connection.text_factory = lambda data: data.decode("utf-8", "replace")
        except sqlite3.Error as error:
            raise self._told(error) from None
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.close()

    def rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a statement."""
        try:
            yield from self._connection.execute(statement)
        except sqlite3.Error as error:
            raise self._told(error) from None

    def _go_on(self) -> int:
        self._steps += _STEPS_BETWEEN
        return int(self._steps > _MOST_STEPS)

    def _told(self, error: sqlite3.Error) -> InputError:
        locked = "locked" in str(error) or "busy" in str(error)
        reason = (
            "another program is writing to it; close that program and try again"
            if locked
            else "it is a damaged database, and cannot be read; give a copy that is whole"
        )
        return InputError(self._where, reason)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
