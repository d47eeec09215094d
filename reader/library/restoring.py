"""A backup put in the place of what a library holds, while others have it open.

Nothing is replaced under anyone's hands. The articles change in one transaction of SQLite, the
reader's own work in one line of the journal, and everyone who has the library open sees both as the
change of another reader. The transaction also says that the line is still to come: whoever opens
the library after a crash between the two finishes it. What is acknowledged while a restore is under
way is newer than the backup and stays.
"""

import contextlib
import json
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reader.errors import LibraryError, ReadOnlyError
from reader.library import backup, snapshot
from reader.library.archive import Archive
from reader.library.backup import Manifest
from reader.library.database import told
from reader.library.files import WORKING, free_name, why
from reader.library.journal import Edit, Entry, Journal
from reader.library.mirror import Mirror
from reader.library.recovery import journal_path
from reader.library.snapshot import Tables
from reader.library.store import JournalStorage
from reader.library.table import differences
from reader.library.unpacking import Unpacked, unpack

_KEY = "restoring"


class Position(NamedTuple):
    """A moment in the notebook's life: a generation, and how long its journal was."""

    generation: int
    offset: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    manifest: Manifest
    kept: Path
    """The backup of what was there before."""


class Restoring:
    """Restores backups into one library; one process at a time (`Feeds.fetching` sees to it)."""

    def __init__(self, archive: Archive, storage: JournalStorage, mirror: Mirror) -> None:
        """Stand on all that a library keeps."""
        self._archive = archive
        self._storage = storage
        self._mirror = mirror

    def restore(self, file: Path) -> Restored:
        """Make the library what a backup says; LibraryError, and then nothing is changed."""
        folder = self._archive.path.parent
        if self._storage.read_only:
            raise ReadOnlyError(f"The library {folder} is open for reading only.")
        try:
            with tempfile.TemporaryDirectory(prefix=f"{WORKING}restoring-", dir=folder) as place:
                unpacked = unpack(file, Path(place))
                self._storage.flush(5)
                self._storage.look()
                now = Position(self._storage.generation, self._storage.offset)
                kept = free_name(folder, "before-restore", ".zip")
                backup.write(self._archive, self._storage, kept)
                if unpacked.archive is None:
                    self._write_down(unpacked.tables, now)
                    self._mirror.follow_up()
                else:
                    self._replace(unpacked, unpacked.archive, now)
        except OSError as error:
            raise LibraryError(f"{folder} cannot be written: {why(error)}.") from error
        return Restored(unpacked.manifest, kept)

    def _replace(self, unpacked: Unpacked, source: Path, now: Position) -> None:
        with contextlib.closing(sqlite3.connect(source, isolation_level=None)) as connection:
            intent = json.dumps([*now, unpacked.tables])
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_KEY, intent))
            with told(self._archive.path):
                self._archive.replace_by(connection)
        self.finish()

    def unfinished(self) -> str | None:
        """Return what a restore whose transaction is done has still to write down, if anything."""
        with self._archive.reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
        return row[0] if row else None

    def finish(self) -> None:
        """Do what is left of a restore whose transaction is done."""
        if (intent := self.unfinished()) is None:
            return
        generation, offset, tables = json.loads(intent)
        self._write_down(tables, Position(generation, offset))
        with self._archive.writing() as connection:
            connection.execute("DELETE FROM meta WHERE key = ?", (_KEY,))
        self._mirror.rebuild()

    def _write_down(self, tables: Tables, since: Position) -> None:
        """Append the line that makes the notebook these tables and what was done since."""
        generation = self._storage.generation
        offset = since.offset if since.generation == generation else 0
        then = self._storage.everything(offset)

        def made(later: Sequence[Entry]) -> Sequence[Edit]:
            snapshot.apply(later, then)
            snapshot.apply(later, tables)
            return [
                edit
                for name in sorted(then.keys() | tables.keys())
                for edit in differences(name, then.get(name, {}), tables.get(name, {}))
            ]

        journal = Journal(journal_path(self._storage.path, generation), generation)
        try:
            journal.append_made(offset, lambda later: _entry(made(later)))
            journal.sync()
        finally:
            journal.close()
        self._storage.look()


def _entry(edits: Sequence[Edit]) -> Entry | None:
    return Entry(time.time_ns() // 1_000_000, tuple(edits)) if edits else None
