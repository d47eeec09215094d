"""The notebook's store: TinyDB over a snapshot and a journal, never in the way of who uses it.

A change is applied in memory and queued at once. One thread appends what is queued to the journal
and has it mirrored; it also looks ten times a second whether others have appended something.
Another syncs the journal, and only then does a change count as durable: lists wait for the first
thread at most, never for the disk.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from reader.errors import DamagedError, LibraryError, ReadOnlyError
from reader.library import snapshot
from reader.library.files import why
from reader.library.journal import Appended, Edit, Entry, Journal, Reading, check_format
from reader.library.loop import Loop, Work
from reader.library.recovery import journal_path, keep_copy, known_from, meta_of, recovered
from reader.library.snapshot import Documents, Tables
from reader.library.table import differences

LOOK = 0.1
"""Seconds between two looks at what others have appended."""

MENDED = (
    "A byte of the notebook's journal had changed on the disk and was set right; the disk may be"
    " failing."
)

Recent = tuple[tuple[int | None, Entry], ...]


class JournalStorage(Storage):
    """A TinyDB storage whose writes are journal entries, made durable by a thread of its own."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the notebook whose snapshot is at `path`; `Presence` must be held."""
        super().__init__()
        self.path = path
        self.read_only = read_only
        self.changes = 0
        """Grows with every change, one's own and others'."""
        self.notices: list[str] = []
        """What the reader should be told, in sentences."""
        self.mirror: Callable[[], None] = lambda: None
        """Called when there is something to mirror; must not wait."""
        self._condition = threading.Condition(threading.RLock())
        self._reading = threading.Lock()
        self._closed = False
        append = Work("journal", lambda: bool(self._queue), self._append, LOOK)
        sync = Work("sync", lambda: self._durable < self._appended, self._sync)
        self._appending = Loop(self._condition, append, path.parent)
        self._syncing = Loop(self._condition, sync, path.parent)
        self._submitted = self._appended = self._offered = self._durable = 0
        self._queue: list[Entry] = []
        self._recent: list[tuple[int | None, Entry]] = []
        self._load()

    def _load(self) -> None:
        """Start from the snapshot as it is on the disk."""
        meta, self._sound = meta_of(self.path)
        if meta.format > snapshot.FORMAT and not self.read_only:
            raise ReadOnlyError(
                f"{self.path} is from a newer reader (format {meta.format}; this one knows format"
                f" {snapshot.FORMAT})."
            )
        self.generation = meta.generation
        self._existed = self.path.exists()
        self._tables: Tables = {}
        self._offset = 0
        path = journal_path(self.path, self.generation)
        # who may only read cannot make the file that is not there
        self._journal = (
            None
            if self.read_only and not path.exists()
            else Journal(path, self.generation, read_only=self.read_only)
        )

    # For the mirror

    @property
    def signature(self) -> snapshot.Signature:
        """What the snapshot looks like from outside."""
        return snapshot.signature(self.path, self.generation)

    @property
    def offset(self) -> int:
        """How far the journal has been read."""
        return self._offset

    def begin(self, offset: int) -> bool:
        """Read the journal from where the mirror stands; False where it is not that long."""
        if self._journal is None:
            return offset == 0
        if not self.read_only:
            check_format(self._journal.format(), self._journal.path)
        if offset > self._journal.size():
            return False
        self._offset = offset
        self.look()
        return True

    def recent(self) -> Recent:
        """Return the entries that the mirror is not known to hold, with where they end.

        The end is None for what is still queued. The oldest stands first.
        """
        with self._condition:
            return tuple(self._recent)

    def mirrored(self, offset: int) -> None:
        """Forget the entries that the mirror holds by now."""
        with self._condition:
            self._recent = [(end, e) for end, e in self._recent if end is None or end > offset]
            self._condition.notify_all()

    def settled(self, timeout: float) -> bool:
        """Wait until everything submitted was offered to the mirror; False where time was short."""
        if not self._appending.running:
            self.mirror()
        with self._condition:
            wanted = self._submitted
            return self._condition.wait_for(
                lambda: self._offered >= wanted or self._appending.failure is not None, timeout
            )

    # For TinyDB

    def documents(self, name: str) -> Documents:
        """Return a table's documents by their ids as text, as they are now; not to be changed."""
        self.look()
        with self._condition:
            if name not in self._tables:
                tables = {name: self._snapshot(name).get(name, {})}
                entries = [*self._journalled(self._offset), *self._queue]
                snapshot.apply(entries, tables, [name])
                self._tables[name] = tables[name]
            return self._tables[name]

    def everything(self, until: int | None = None) -> Tables:
        """Return all tables as they are now, or were when the journal ended at an offset."""
        with self._condition:
            tables = self._snapshot()
            if until is None:
                snapshot.apply([*self._journalled(self._offset), *self._queue], tables)
            else:
                snapshot.apply(self._journalled(until), tables)
            return tables

    def _snapshot(self, only: str | None = None) -> Tables:
        """Return the tables of the snapshot, or, where it is damaged, what can be known of them."""
        if self._sound:
            try:
                tables = snapshot.load(self.path, only, missing_ok=not self._existed)
            except DamagedError as error:
                self._sound = False
                self.notices.append(
                    f"{error} It is written again when nobody else has the library open, from"
                    f" {known_from(self.path, self.generation)}."
                )
            else:
                tables.pop(snapshot.META, None)
                return tables
        return recovered(self.path, self.generation)

    def _journalled(self, until: int) -> list[Entry]:
        """Return what the journal holds up to an offset."""
        if self._journal is None:
            return []
        entries = self._journal.read(0).entries
        return [entry for end, entry in entries if end <= until]

    def read(self) -> Tables | None:
        """Return all tables (TinyDB asks for it only where no table is named)."""
        return self.everything() or None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Journal whatever is different from the tables as they are (drop_tables and the like)."""
        now = self.everything()
        edits: list[Edit] = []
        for name in now.keys() | data.keys():
            edits += differences(name, now.get(name, {}), data.get(name, {}))
        self.submit(edits)

    # Changing

    def submit(self, edits: Sequence[Edit]) -> None:
        """Apply edits in memory, and queue them as one change for the journal."""
        if self.read_only:
            raise ReadOnlyError(f"The library {self.path.parent} is open for reading only.")
        if not edits:
            return
        entry = Entry(time.time_ns() // 1_000_000, tuple(edits))
        with self._condition:
            if self._closed:
                raise LibraryError("The library is closed.")
            self._queue.append(entry)
            self._recent.append((None, entry))
            snapshot.apply([entry], self._tables, self._tables.keys())
            self._submitted += 1
            self.changes += 1
            self.watch()
            self._condition.notify_all()

    def flush(self, timeout: float) -> None:
        """Return when everything submitted is durable; LibraryError where it is not in time."""
        loops = (self._appending, self._syncing)
        with self._condition:
            wanted, tries = self._submitted, [loop.tries for loop in loops]
            self._condition.notify_all()  # what failed a moment ago is tried again at once

            def failed() -> LibraryError | None:
                new = zip(loops, tries, strict=True)
                return next(
                    (loop.failure for loop, n in new if loop.failure and loop.tries > n), None
                )

            self._condition.wait_for(lambda: self._durable >= wanted or failed(), timeout)
            if self._durable < wanted:
                raise failed() or LibraryError(
                    f"The newest changes in {self.path.parent} are not yet on the disk."
                )

    def trouble(self) -> str:
        """Return in a sentence why the newest changes are not on the disk; "" where they are."""
        failure = self._appending.failure or self._syncing.failure
        if failure is None:
            return ""
        reason = why(failure.__cause__) if isinstance(failure.__cause__, OSError) else str(failure)
        return f"What you do cannot be saved now: {reason} ({self.path.parent}). It is tried again."

    def watch(self) -> None:
        """Start the threads that commit and look, where they do not run yet."""
        self._appending.start()
        if not self.read_only:
            self._syncing.start()

    def _append(self) -> None:
        """Append what is queued, or look what others have appended; have it mirrored."""
        with self._condition:
            group = list(self._queue)
        if group and self._journal is not None:
            with self._reading:
                appended = self._journal.append(group, self._offset)
                self._have(group, appended)
        else:
            if self._journal is not None and not self.read_only:
                self._journal.keep()
            self.look()
        # before the sync; should the power fail between the two, the mirror reaches further than
        # the journal, and is made again
        self.mirror()
        with self._condition:
            self._offered = self._appended

    def _sync(self) -> None:
        """Make durable what was appended."""
        with self._condition:
            reached = self._appended
        if self._journal is not None:
            self._journal.sync()
        with self._condition:
            self._durable = reached

    def _have(self, group: list[Entry], appended: Appended) -> None:
        """Note what was appended, and what others had appended before it."""
        with self._condition:
            del self._queue[: len(group)]
            self._take(appended.others)
            self._number(appended.ends)
            self._offset = appended.ends[-1]
            self._appended += len(group)

    def _number(self, ends: list[int]) -> None:
        """Note where our own entries, the first of those without an end, now end."""
        waiting = iter(ends)
        self._recent = [
            (next(waiting, None) if end is None else end, entry) for end, entry in self._recent
        ]

    def look(self, patience: float = LOOK) -> bool:
        """Take in what others have appended since the last look.

        Return False if another thread was appending for longer than `patience`: then something of
        what others have appended may be missing.
        """
        if self._journal is None:
            return True
        # who is just appending takes in what others have appended too: a moment at most
        if not self._reading.acquire(timeout=patience):
            return False
        try:
            if self._journal.size() != self._offset:
                reading = self._journal.read(self._offset)
                with self._condition:
                    self._take(reading)
        finally:
            self._reading.release()
        return True

    def _take(self, reading: Reading) -> None:
        """Apply others' entries before our own queued ones, as they stand in the journal."""
        entries = [entry for _, entry in reading.entries]
        queued = [pair for pair in self._recent if pair[0] is None]
        known = [pair for pair in self._recent if pair[0] is not None]
        self._recent = [*known, *reading.entries, *queued]
        snapshot.apply(
            [*entries, *(entry for _, entry in queued)], self._tables, self._tables.keys()
        )
        self._notice(reading)
        self.changes += len(entries)
        self._offset = max(self._offset, reading.end)

    def _notice(self, reading: Reading) -> None:
        """Say once what is wrong with the journal."""
        told = [lines_damaged(reading.damaged)] if reading.damaged else []
        told += [MENDED] if reading.mended else []
        self.notices += [sentence for sentence in told if sentence not in self.notices]

    # The end

    def stop(self) -> None:
        """Let the threads write what is queued, and end them."""
        with self._condition:
            self._closed = True
        self._appending.stop()
        self._syncing.stop()

    def close(self) -> None:
        """Stop, and close the journal."""
        self.stop()
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def catch_up(self) -> None:
        """Take in all that is in the journal, for one who is alone."""
        if self._journal is not None:
            with self._condition:
                self._take(self._journal.read(self._offset, last=True))

    def compact(self) -> bool:
        """Fold the journal into the snapshot; only for one who is alone, with nothing queued.

        OSError where it cannot be written: then everything is as before. False: nothing to do.
        """
        if self._journal is None:
            return False
        reading = self._journal.read(0, last=True)
        if self._sound and not reading.entries and not reading.damaged:
            return False
        tables = self._snapshot()
        snapshot.apply((entry for _, entry in reading.entries), tables)
        if reading.damaged or reading.mended:
            keep_copy(self._journal.path)
            self._notice(reading)
        # first the new journal: who cannot make it must go on with the old one
        path = journal_path(self.path, self.generation + 1)
        fresh = Journal(path, self.generation + 1)
        try:
            self._renew(tables)
        except OSError:
            fresh.close()
            path.unlink(missing_ok=True)
            raise
        self._journal.close()
        self._begin_generation(fresh)
        with contextlib.suppress(OSError):
            journal_path(self.path, self.generation - 2).unlink(missing_ok=True)
        return True

    def _renew(self, tables: Tables) -> None:
        if self._sound:
            snapshot.renew(self.path, tables, self.generation + 1)
        else:
            self._mend(tables)

    def _begin_generation(self, journal: Journal) -> None:
        self._journal, self.generation = journal, journal.generation
        self._sound = self._existed = True
        self._tables, self._offset = {}, 0

    def _mend(self, tables: Tables) -> None:
        """Write the snapshot that was damaged or gone again, and keep the damaged one."""
        source = known_from(self.path, self.generation)
        kept = keep_copy(self.path)
        snapshot.write(self.path, tables, self.generation + 1)
        found = f"was damaged (it is kept as {kept.name})" if kept else "was missing"
        self.notices.append(f"The notebook {self.path} {found}; it was made again from {source}.")


def lines_damaged(number: int) -> str:
    """Return the sentence that so many lines of the journal could not be read."""
    what = "1 change" if number == 1 else f"{number} changes"
    return (
        f"{what} in the notebook's journal could not be read (cut or damaged) and"
        f" {'was' if number == 1 else 'were'} left out."
    )
