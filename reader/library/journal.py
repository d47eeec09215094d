"""The journal: a file to which every change of the notebook is appended, one line a change.

A line is `crc json`, the CRC-32 of the JSON in eight hexadecimal digits. The JSON holds the time in
milliseconds and what was changed, in absolute terms ("read is true", never "toggle"), so that
a line may be applied twice and the last line about a field decides:

    {"at": 1751620000000, "changes": [{"table": "articles", "ids": [17], "set": {"read": true}}]}

`set` changes fields of documents, `put` is the whole document, `drop` removes it. A change is in
one line, so it is there as a whole or not at all. Processes append under `flock`; a line that was
cut (a pulled plug) or damaged is recognised, left out and counted, and costs no other line; a
single flipped byte costs nothing.
"""

import contextlib
import errno
import fcntl
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from reader.errors import LibraryError, ReadOnlyError
from reader.library import checksums
from reader.library.files import open_private, sync_folder, why, write_all

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Edit:
    """What happens to documents of a table: fields set, or a whole document put, or dropped."""

    table: str
    ids: Sequence[int]
    set: Mapping[str, Any] | None = None
    put: Mapping[str, Any] | None = None

    @property
    def drop(self) -> bool:
        """Whether the documents go."""
        return self.set is None and self.put is None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal: one change by one reader, whole or not at all."""

    at: int
    """Milliseconds since 1970, by the clock of who wrote it."""
    edits: tuple[Edit, ...]


@dataclass(slots=True)
class Reading:
    """What a stretch of the journal holds: the entries, each with the offset where it ends."""

    entries: list[tuple[int, Entry]] = field(default_factory=list)
    end: int = 0
    damaged: int = 0
    """Lines that could not be read."""
    mended: int = 0
    """Flipped bytes that were set right."""
    format: int = 0
    """What the header says, where it lies in the stretch."""


class Appended(NamedTuple):
    """Where appended lines begin and end, and what others had appended before them."""

    others: Reading
    ends: list[int]


def encode(entry: Entry) -> bytes:
    """Return the line that stands for an entry."""
    changes = [_edit_form(edit) for edit in entry.edits]
    return checksums.line({"at": entry.at, "changes": changes})


def _edit_form(edit: Edit) -> dict[str, Any]:
    form: dict[str, Any] = {"table": edit.table, "ids": list(edit.ids)}
    if edit.set is not None:
        return form | {"set": edit.set}
    return form | ({"put": edit.put} if edit.put is not None else {"drop": True})


def _entry(value: Any) -> Entry:
    edits = tuple(
        Edit(change["table"], tuple(change["ids"]), change.get("set"), change.get("put"))
        for change in value["changes"]
    )
    return Entry(value["at"], edits)


def header(generation: int) -> bytes:
    """Return the first line of a journal, which names its format and its generation."""
    return checksums.line({"journal": FORMAT, "generation": generation})


def read_lines(data: bytes, start: int, *, last: bool) -> Reading:
    """Read the lines in a stretch of a journal that begins at offset `start`.

    With `last`, a piece at the end without its newline is judged too (nobody is writing any more);
    otherwise it is left for the next time.
    """
    reading = Reading(end=start)
    before: bytes | None = None
    for line in _pieces(data, last=last):
        reading.end += len(line)
        body = line.rstrip(b"\n")
        if not body and not before:
            before = body
            continue
        try:
            _take(reading, checksums.value_of(body))
            before = None
        except (ValueError, KeyError, TypeError):
            before = _mend(reading, before, body)
    return reading


def _take(reading: Reading, value: Any) -> None:
    """Take in the value of a line; ValueError, KeyError or TypeError where it is no entry."""
    if "journal" in value:
        reading.format = max(reading.format, int(value["journal"]))
    else:
        reading.entries.append((reading.end, _entry(value)))


def _mend(reading: Reading, before: bytes | None, body: bytes) -> bytes | None:
    """Set a damaged piece right if one flipped byte was all; return it where that is not so.

    The byte may have become a newline: then it is one line with the damaged piece before it.
    """
    for piece in (body,) if before is None else (body, before + b"\n" + body):
        values = checksums.mended(piece)
        with contextlib.suppress(ValueError, KeyError, TypeError):
            for value in values:
                _take(reading, value)
            if values:
                reading.mended += 1
                reading.damaged -= piece is not body and before != b""
                return None
    reading.damaged += body != b""
    return body


def _pieces(data: bytes, *, last: bool) -> Iterator[bytes]:
    begin = 0
    while (end := data.find(b"\n", begin) + 1) > 0:
        yield data[begin:end]
        begin = end
    if last and begin < len(data):
        yield data[begin:]


class Journal:
    """A journal file, open for as long as the library is."""

    def __init__(self, path: Path, generation: int, *, read_only: bool = False) -> None:
        """Open the journal of a generation, making it where it is missing."""
        self.path = path
        self.generation = generation
        there = path.exists()
        self._descriptor = open_private(path, read_only=read_only)
        if not there:
            sync_folder(path.parent)  # a file without a name is lost when the power fails
        self._changing = threading.Lock()

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)

    def size(self) -> int:
        """Return how long the file is now, in bytes."""
        return os.fstat(self._descriptor).st_size

    def format(self) -> int:
        """Return the format that its first line names; 0 where it has none yet."""
        first = os.pread(self._descriptor, 200, 0)
        return read_lines(first[: first.find(b"\n") + 1], 0, last=False).format

    def read(self, start: int, *, last: bool = False) -> Reading:
        """Return what stands in it from an offset on; see `read_lines` for `last`."""
        return read_lines(_rest(self._descriptor, start), start, last=last)

    def append(self, entries: Sequence[Entry], known: int) -> Appended:
        """Append entries after whatever others have appended since the offset `known`.

        What cannot be written whole is taken back (OSError). The lines are not on the disk for good
        before `sync`. ReadOnlyError where a newer reader has begun the file.
        """
        for _ in range(5):
            if self._is_gone():
                self._put_back()
            appended = self._append(entries, min(known, self.size()))
            if not self._is_gone():
                return appended
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.path))

    def append_made(self, known: int, make: Callable[[Sequence[Entry]], Entry | None]) -> None:
        """Append the entry that is made of what stands after an offset: nothing comes between."""
        with self._alone():
            others = self.read(known, last=True)
            check_format(others.format, self.path)
            entry = make([entry for _, entry in others.entries])
            if entry is not None:
                size = self.size()
                self._write(self._lead(size) + encode(entry), size)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _append(self, entries: Sequence[Entry], known: int) -> Appended:
        lines = [encode(entry) for entry in entries]
        with self._alone():
            size = self.size()
            others = self.read(known, last=True)
            check_format(others.format, self.path)
            lead = self._lead(size)
            self._write(lead + b"".join(lines), size)
        ends, end = [], size + len(lead)
        for line in lines:
            end += len(line)
            ends.append(end)
        return Appended(others, ends)

    def _lead(self, size: int) -> bytes:
        """Return what must stand before the next line: the header, or the end of a cut line."""
        if size == 0:
            return header(self.generation)
        return b"" if os.pread(self._descriptor, 1, size - 1) == b"\n" else b"\n"

    def _write(self, data: bytes, size: int) -> None:
        try:
            write_all(self._descriptor, data)
        except OSError:
            os.ftruncate(self._descriptor, size)
            raise

    def keep(self) -> None:
        """Put the file back where somebody deleted it or moved it away (OSError, LibraryError)."""
        if self._is_gone():
            self._put_back()

    def _is_gone(self) -> bool:
        """Tell whether the file was deleted or moved, so that what is written would be lost.

        Where the whole folder was moved, what is written goes with it.
        """
        ours = os.fstat(self._descriptor)
        if ours.st_nlink == 0:
            return True
        return self.path.parent.is_dir() and not self.path.exists()

    def _put_back(self) -> None:
        """Write a deleted file again, from what we still have open of it."""
        gone, there = self._descriptor, open_private(self.path)
        fcntl.flock(there, fcntl.LOCK_EX)
        try:
            if os.fstat(there).st_size == 0:  # else another process was quicker
                write_all(there, _rest(gone, 0))
                sync_folder(self.path.parent)
        finally:
            fcntl.flock(there, fcntl.LOCK_UN)
        with self._changing:
            self._descriptor = there
            os.close(gone)

    def sync(self) -> None:
        """Return when everything appended so far is on the disk for good."""
        with self._changing:
            os.fdatasync(self._descriptor)


def check_format(number: int, path: Path) -> None:
    """Raise ReadOnlyError for a journal that a newer reader has begun."""
    if number > FORMAT:
        raise ReadOnlyError(
            f"{path} is from a newer reader (format {number}; this one knows format {FORMAT})."
        )


def _rest(descriptor: int, start: int) -> bytes:
    data = bytearray()
    while piece := os.pread(descriptor, 1 << 20, start + len(data)):
        data += piece
    return bytes(data)


def read_file(path: Path) -> Reading:
    """Return what stands in a journal that nobody is writing; nothing where it is missing."""
    try:
        return read_lines(path.read_bytes(), 0, last=True)
    except FileNotFoundError:
        return Reading()
    except OSError as error:
        raise LibraryError(f"{path} cannot be read: {why(error)}.") from error
