"""The mirror: what lists need of the notebook, kept beside the articles in SQLite.

It can be made again from the notebook at any time. How far it goes is kept with it: the generation,
size and time of the snapshot, and the offset in the journal. Whoever is behind reads on from there,
so it does not matter which process appended what.
"""

import contextlib
import json
import sqlite3
import time
from typing import NamedTuple

from reader.errors import LibraryError
from reader.library import marks, unclear
from reader.library.archive import Archive
from reader.library.snapshot import Signature
from reader.library.store import JournalStorage

_KEY = "mirror"
FOLLOW_WAIT = 5.0
"""Seconds that is waited for the mirror, which may lag while the archive is being written."""


class Watermark(NamedTuple):
    """How far the mirror goes."""

    signature: Signature
    offset: int


NOWHERE = Watermark(Signature(-1, -1, -1), 0)


def watermark(connection: sqlite3.Connection) -> Watermark:
    """Return how far the mirror goes."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
    if row is None:
        return NOWHERE
    generation, size, modified, offset = json.loads(row[0])
    return Watermark(Signature(generation, size, modified), offset)


def _set_watermark(connection: sqlite3.Connection, mark: Watermark) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        (_KEY, json.dumps([*mark.signature, mark.offset])),
    )


class Mirror:
    """Keeps the archive's copy of the notebook up to date."""

    def __init__(self, archive: Archive, storage: JournalStorage) -> None:
        """Stand between the archive and the notebook's storage."""
        self._archive = archive
        self._storage = storage

    def begin(self) -> None:
        """Read the journal from where the mirror stands, or make the mirror again."""
        with self._archive.reading() as connection:
            mark = watermark(connection)
        known = mark.signature == self._storage.signature and self._storage.begin(mark.offset)
        if not known:
            self._storage.begin(0)
            if not self._archive.read_only:
                self.rebuild()
        if not self._archive.read_only:
            self._storage.mirror = self.follow
            self.follow()

    def rebuild(self) -> None:
        """Make the mirror again from the notebook."""
        reached = Watermark(self._storage.signature, self._storage.offset)
        tables = unclear.clear(self._storage.everything())
        with self._archive.writing() as connection:
            marks.put_all(connection, tables)
            _set_watermark(connection, reached)
        self._storage.mirrored(reached.offset)

    def follow(self) -> None:
        """Bring the mirror up to the journal; where the archive is busy, the next time."""
        with contextlib.suppress(LibraryError):
            self._follow()

    def follow_up(self) -> None:
        """Bring the mirror up to the journal, also where the archive is busy for a while."""
        deadline = time.monotonic() + FOLLOW_WAIT
        while not self._archive.read_only and self._storage.recent():
            self.follow()
            if time.monotonic() > deadline:
                return
            time.sleep(0.01)

    def _follow(self) -> None:
        recent = [(end, entry) for end, entry in self._storage.recent() if end is not None]
        if not recent:
            return
        wanted = Watermark(self._storage.signature, recent[-1][0])
        with self._archive.reading() as connection:
            mark = watermark(connection)
        if _behind(mark, wanted):
            with self._archive.writing(0, durable=False) as connection:
                mark = watermark(connection)
                if _behind(mark, wanted):
                    for end, entry in recent:
                        if end > mark.offset:
                            marks.apply(connection, entry.edits)
                    mark = wanted
                    _set_watermark(connection, mark)
        if mark.signature == wanted.signature:
            self._storage.mirrored(mark.offset)

    def compact(self) -> None:
        """Fold the journal into the snapshot, for one who is alone; where it can be written."""
        self._storage.catch_up()
        self.follow()
        if self._storage.recent() or self.awaits_restore():
            return
        with contextlib.suppress(OSError, LibraryError):
            if self._storage.compact():
                with self._archive.writing(durable=False) as connection:
                    _set_watermark(connection, Watermark(self._storage.signature, 0))

    def awaits_restore(self) -> bool:
        """Tell whether a restore still has to write down what counts from here in the journal."""
        try:
            with self._archive.reading() as connection:
                row = connection.execute("SELECT 1 FROM meta WHERE key = 'restoring'").fetchone()
        except LibraryError:
            return True  # who cannot read that changes nothing
        return row is not None


def _behind(mark: Watermark, wanted: Watermark) -> bool:
    """Tell whether the mirror lacks something of the journal that it follows."""
    return mark.signature == wanted.signature and mark.offset < wanted.offset
