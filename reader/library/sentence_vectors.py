"""Vectors of sentences, kept in a file beside the archive: they take seconds to make again.

They can be made again at any time, so nothing here is ever reported as lost: a damaged file is
deleted and begun again, and one that cannot be written is not written.
"""

import contextlib
import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from reader.errors import LibraryError
from reader.library.files import open_private, refuse_link

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Row = NDArray[np.float32]
else:
    Row = Any

T = TypeVar("T")
FILE = "vectors.sqlite3"
MOST = 250_000
"""So many vectors are kept, about 220 MB of 384 numbers each; those used last stay."""
_AT_ONCE = 500
_WAIT = 5.0
_DAY = 86_400
_TABLES = """
    CREATE TABLE IF NOT EXISTS encoders (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE IF NOT EXISTS vectors (
        encoder INTEGER NOT NULL, sentence BLOB NOT NULL, used INTEGER NOT NULL, row BLOB NOT NULL,
        PRIMARY KEY (encoder, sentence)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS vectors_used ON vectors (used);
"""


class SentenceVectors:
    """The vectors kept in a library's folder, by the encoder's name and the sentence's words."""

    def __init__(self, folder: Path, *, read_only: bool = False, most: int = MOST) -> None:
        """Take the library's folder; the file is made when the first vector is kept."""
        self._path = folder / FILE
        self._read_only = read_only
        self._most = most

    def known(self, encoder: str, sentences: Iterable[str]) -> dict[str, Row]:
        """Return the vectors of those sentences for which one is kept."""
        import numpy as np  # noqa: PLC0415 - heavy, needed by few commands

        texts = {_hash(sentence): sentence for sentence in sentences}
        found: dict[str, Row] = {}
        rows = self._tried(lambda connection: self._rows(connection, encoder, list(texts)))
        for key, row in rows or ():
            vector = np.frombuffer(row, np.float16).astype(np.float32)
            if len(vector) and np.isfinite(vector).all():
                found[texts[key]] = vector
        return found

    def keep(self, encoder: str, vectors: Mapping[str, Row]) -> None:
        """Keep the vectors of sentences; of too many, those used longest ago are dropped."""
        import numpy as np  # noqa: PLC0415 - as above

        rows = [(_hash(text), np.asarray(v, np.float16).tobytes()) for text, v in vectors.items()]
        self._write(encoder, rows)

    def whole(self, encoder: str, texts: Iterable[str]) -> set[str]:
        """Return those texts of which all sentences were encoded, as `keep_whole` was told."""
        keys = {_hash(f"text {text}"): text for text in texts}
        rows = self._tried(lambda connection: self._rows(connection, encoder, list(keys)))
        return {keys[key] for key, _ in rows or ()}

    def keep_whole(self, encoder: str, text: str) -> None:
        """Remember that all sentences of a text were encoded."""
        self._write(encoder, [(_hash(f"text {text}"), b"")])

    def _rows(
        self, connection: sqlite3.Connection, encoder: str, keys: list[bytes]
    ) -> list[tuple[bytes, bytes]]:
        number = _number(connection, encoder)
        found: list[tuple[bytes, bytes]] = []
        old: list[tuple[int, int, bytes]] = []
        if number is None:
            return found
        for first in range(0, len(keys), _AT_ONCE):
            some = keys[first : first + _AT_ONCE]
            marks = ",".join("?" * len(some))
            rows = connection.execute(
                "SELECT sentence, row, used FROM vectors"
                f" WHERE encoder = ? AND sentence IN ({marks})",
                (number, *some),
            ).fetchall()
            found += [(key, row) for key, row, _ in rows]
            old += [(_today(), number, key) for key, _, used in rows if used < _today()]
        if old and not self._read_only:
            # a file that another process is writing tells the day of use another time
            with contextlib.suppress(sqlite3.OperationalError), connection:
                connection.executemany(
                    "UPDATE vectors SET used = ? WHERE encoder = ? AND sentence = ?", old
                )
        return found

    def _write(self, encoder: str, rows: list[tuple[bytes, bytes]]) -> None:
        if self._read_only or not rows:
            return

        def work(connection: sqlite3.Connection) -> None:
            with connection:
                connection.execute("INSERT OR IGNORE INTO encoders (name) VALUES (?)", (encoder,))
                number = _number(connection, encoder)
                connection.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)",
                    [(number, key, _today(), row) for key, row in rows],
                )
                held = connection.execute("SELECT count(*) FROM vectors").fetchone()[0]
                if held > self._most:  # a tenth more, so that not each writing deletes
                    connection.execute(
                        "DELETE FROM vectors WHERE (encoder, sentence) IN"
                        " (SELECT encoder, sentence FROM vectors ORDER BY used LIMIT ?)",
                        (held - self._most + self._most // 10,),
                    )

        self._tried(work)

    def _tried(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """Return what work on the file brings; None if the file is missing, locked or damaged."""
        if self._read_only and not self._path.exists():
            return None
        try:
            with contextlib.closing(self._connection()) as connection:
                if not self._read_only:
                    connection.executescript(_TABLES)
                return work(connection)
        except (sqlite3.OperationalError, LibraryError, OSError):
            return None
        except sqlite3.DatabaseError:
            self._begin_again()
            return None

    def _connection(self) -> sqlite3.Connection:
        for ending in ("", "-wal", "-shm", "-journal"):
            refuse_link(self._path.with_name(self._path.name + ending))
        if not self._read_only:
            os.close(open_private(self._path))
        mode = "ro" if self._read_only else "rw"
        uri = f"{self._path.absolute().as_uri()}?mode={mode}"
        return sqlite3.connect(uri, uri=True, timeout=_WAIT)

    def _begin_again(self) -> None:
        """Delete a damaged file."""
        if not self._read_only:
            for ending in ("", "-wal", "-shm", "-journal"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)


def _number(connection: sqlite3.Connection, encoder: str) -> int | None:
    row = connection.execute("SELECT id FROM encoders WHERE name = ?", (encoder,)).fetchone()
    return None if row is None else int(row[0])


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _today() -> int:
    return int(time.time()) // _DAY
