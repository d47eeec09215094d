"""The notebook's store: TinyDB over a snapshot and a journal, never in the way of who uses it.

A change is applied in memory and queued at once; one thread appends what is queued to the journal,
syncs it and only then counts it as durable. The same thread looks ten times a second whether others
have appended something. What the journal holds is folded into the snapshot when nobody else has
the library open.
"""

import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from tinydb.storages import Storage
from tinydb.table import Table

from reader.errors import LibraryError, ReadOnlyError
from reader.library import snapshot
from reader.library.files import why
from reader.library.journal import Edit, Entry, Journal, Reading, read_file
from reader.library.snapshot import Documents, Tables

LOOK = 0.1
"""Seconds between two looks at what others have appended."""
RETRY = 1.0
"""Seconds before what could not be written is tried again."""


class JournalStorage(Storage):
    """A TinyDB storage whose writes are journal entries, made durable by a thread of its own."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        """Open the notebook in a folder in which `Presence` is held (together or alone)."""
        super().__init__()
        self.folder = folder
        self.path = folder / "notebook.json"
        self.read_only = read_only
        self.damaged = 0
        self.changes = 0
        self.after_commit: Callable[[], None] = lambda: None
        self._condition = threading.Condition(threading.RLock())
        self._thread: threading.Thread | None = None
        self._closing = False
        self._failure: LibraryError | None = None
        self._open()

    def _open(self) -> None:
        meta = snapshot.meta_of(self.path)
        if meta.format > snapshot.FORMAT:
            raise LibraryError(
                f"{self.path} has format {meta.format}; this reader knows format {snapshot.FORMAT}."
            )
        self.generation = meta.generation
        self._tables: Tables = {}
        self._queue: list[Entry] = []
        # entries not known to be in the mirror, with the offset where they end (None: queued)
        self._recent: list[tuple[int | None, Entry]] = []
        self._submitted = self._durable = 0
        self._offset = 0
        path = journal_path(self.folder, self.generation)
        missing = self.read_only and not path.exists()
        self._journal = (
            None if missing else Journal(path, self.generation, read_only=self.read_only)
        )

    # What the mirror needs

    @property
    def signature(self) -> snapshot.Signature:
        """What the snapshot looks like from outside."""
        return snapshot.signature(self.path, self.generation)

    @property
    def offset(self) -> int:
        """How far the journal has been read."""
        return self._offset

    def begin(self, offset: int) -> None:
        """Read the journal from where the mirror stands."""
        self._offset = offset
        self.look()

    def recent(self) -> tuple[tuple[int | None, Entry], ...]:
        """Return the entries that the mirror is not known to hold, oldest first."""
        with self._condition:
            return tuple(self._recent)

    def mirrored(self, offset: int) -> None:
        """Forget the entries that the mirror holds by now."""
        with self._condition:
            self._recent = [(end, e) for end, e in self._recent if end is None or end > offset]
            self._condition.notify_all()

    def settled(self, timeout: float) -> bool:
        """Wait until the mirror holds everything; False where the time was too short."""
        with self._condition:
            return self._condition.wait_for(lambda: not self._recent, timeout)

    def everything(self) -> Tables:
        """Return all tables as they are now."""
        with self._condition:
            for name in self._names():
                self.documents(name)
            return {name: dict(self._tables[name]) for name in self._tables}

    def _names(self) -> set[str]:
        names = set(snapshot.load(self.path)) - {snapshot.META}
        entries = [entry for _, entry in self._journalled().entries] + self._queue
        return names | {edit.table for entry in entries for edit in entry.edits}

    def _journalled(self) -> Reading:
        if self._journal is None:
            return Reading()
        reading = self._journal.read(0)
        reading.entries = [(end, e) for end, e in reading.entries if end <= self._offset]
        return reading

    # What TinyDB needs

    def documents(self, name: str) -> Documents:
        """Return a table's documents by id (as text), as they are now; not to be changed."""
        with self._condition:
            if name not in self._tables:
                tables = {name: snapshot.load(self.path, name).get(name, {})}
                journalled = [entry for _, entry in self._journalled().entries]
                snapshot.apply([*journalled, *self._queue], tables, [name])
                self._tables[name] = tables[name]
            return self._tables[name]

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
            raise ReadOnlyError(f"The library {self.folder} can only be read.")
        if not edits:
            return
        entry = Entry(time.time_ns() // 1_000_000, tuple(edits))
        with self._condition:
            self._queue.append(entry)
            self._recent.append((None, entry))
            snapshot.apply([entry], self._tables, self._tables.keys())
            self._submitted += 1
            self.changes += 1
            self.watch()
            self._condition.notify_all()

    def flush(self, timeout: float) -> None:
        """Return when everything submitted is durable; LibraryError where it is not in time."""
        deadline = time.monotonic() + timeout
        with self._condition:
            wanted = self._submitted
            while self._durable < wanted:
                left = deadline - time.monotonic()
                if self._failure is not None:
                    raise self._failure
                if left <= 0:
                    raise LibraryError("The notebook's changes are not yet on the disk.")
                self._condition.wait(left)

    def watch(self) -> None:
        """Start the thread that commits and looks, where it does not run yet."""
        with self._condition:
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._run, name="notebook", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            with self._condition:
                if not self._queue and not self._closing:
                    self._condition.wait(LOOK)
                if self._closing and (not self._queue or self._failure):
                    return
                group = list(self._queue)
            if group:
                self._commit(group)
            else:
                self.look()
            self.after_commit()

    def _commit(self, group: list[Entry]) -> None:
        """Append what is queued, make it durable, say so; or say why not and try again later."""
        if self._journal is None:
            return
        try:
            appended = self._journal.append(group, self._offset)
            with self._condition:
                del self._queue[: len(group)]
                self._take(appended.others)
                self._number(appended.ends)
                self._offset = appended.ends[-1]
            self._journal.sync()
        except OSError as error:
            with self._condition:
                self._failure = LibraryError(
                    f"The notebook {self.path} cannot be written: {why(error)}."
                )
                self._condition.notify_all()
                self._condition.wait(RETRY)
            return
        with self._condition:
            self._failure = None
            self._durable += len(group)
            self._condition.notify_all()

    def _number(self, ends: list[int]) -> None:
        """Note where our own entries, the first of those without an end, now end."""
        waiting = iter(ends)
        self._recent = [
            (next(waiting, None) if end is None else end, entry) for end, entry in self._recent
        ]

    def look(self) -> None:
        """Take in what others have appended since the last look."""
        if self._journal is None or self._journal.size() == self._offset:
            return
        with self._condition:
            self._take(self._journal.read(self._offset))

    def _take(self, reading: Reading) -> None:
        """Apply others' entries before our own queued ones, as they stand in the journal."""
        entries = [entry for _, entry in reading.entries]
        queued = [pair for pair in self._recent if pair[0] is None]
        known = [pair for pair in self._recent if pair[0] is not None]
        self._recent = [*known, *reading.entries, *queued]
        snapshot.apply(
            [*entries, *(entry for _, entry in queued)], self._tables, self._tables.keys()
        )
        self.damaged += reading.damaged
        self.changes += len(entries)
        self._offset = max(self._offset, reading.end)

    def stop(self) -> None:
        """Let the thread write what is queued, and end it."""
        with self._condition:
            self._closing = True
            thread = self._thread
            self._condition.notify_all()
        if thread is not None:
            thread.join()

    def close(self) -> None:
        """Stop and close the journal."""
        self.stop()
        if self._journal is not None:
            self._journal.close()

    def compact(self) -> bool:
        """Fold the journal into the snapshot; only for one who is alone. False: nothing to do."""
        reading = read_file(journal_path(self.folder, self.generation))
        if not reading.entries:
            return False
        tables = snapshot.load(self.path)
        snapshot.apply((entry for _, entry in reading.entries), tables)
        snapshot.write(self.path, tables, self.generation + 1)
        journal_path(self.folder, self.generation).unlink(missing_ok=True)
        self.generation += 1
        return True


def journal_path(folder: Path, generation: int) -> Path:
    """Return where the journal of a generation is."""
    return folder / f"notebook.{generation}.journal"


def differences(name: str, before: Documents, after: Documents) -> list[Edit]:
    """Return the edits that make one state of a table into another."""
    edits = [
        Edit(name, (int(number),), put=document)
        for number, document in after.items()
        if before.get(number) != document
    ]
    gone = tuple(int(number) for number in before if number not in after)
    return [*edits, Edit(name, gone)] if gone else edits


class Overlay(MutableMapping[int, Any]):
    """A table for TinyDB to change: only what is touched is copied, and told afterwards."""

    def __init__(self, documents: Documents) -> None:
        """Lie over a table's documents."""
        self._documents = documents
        self._touched: dict[int, Any] = {}

    def __getitem__(self, key: int) -> Any:
        """Return a document, as a copy that may be changed."""
        if key not in self._touched:
            self._touched[key] = deepcopy(self._documents[str(key)])
        if self._touched[key] is None:
            raise KeyError(key)
        return self._touched[key]

    def __setitem__(self, key: int, value: Any) -> None:
        """Put a document."""
        self._touched[key] = value

    def __delitem__(self, key: int) -> None:
        """Remove a document."""
        if key not in self:
            raise KeyError(key)
        self._touched[key] = None

    def __contains__(self, key: object) -> bool:
        """Tell whether a document is there, without copying it."""
        if key in self._touched:
            return self._touched[key] is not None
        return str(key) in self._documents

    def __iter__(self) -> Iterator[int]:
        """Go through the ids."""
        keys = dict.fromkeys([*map(int, self._documents), *self._touched])
        return iter([key for key in keys if key in self])

    def __len__(self) -> int:
        """Count the documents."""
        return sum(1 for _ in self)

    def edits(self, table: str) -> list[Edit]:
        """Return what was changed."""
        touched = {str(key): value for key, value in self._touched.items()}
        before = {key: self._documents[key] for key in touched if key in self._documents}
        return differences(table, before, {k: v for k, v in touched.items() if v is not None})


class JournalTable(Table):
    """A TinyDB table whose changes are journalled one by one, and which others' changes reach."""

    def __init__(self, storage: JournalStorage, name: str, **_options: Any) -> None:
        """Open a table; there is no query cache, as others may change it at any time."""
        self._journalled = storage
        super().__init__(storage, name, cache_size=0)

    def _read_table(self) -> dict[str, Mapping[Any, Any]]:
        return dict(self._journalled.documents(self.name))

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        overlay = Overlay(self._journalled.documents(self.name))
        updater(overlay)
        self._journalled.submit(overlay.edits(self.name))

    def _get_next_id(self) -> int:
        # two processes that count on from the same document would give the same number twice
        return secrets.randbits(62) + 1
