"""The library's files: private ones, written whole or not at all, and who is there."""

import contextlib
import errno
import fcntl
import os
import shutil
import time
from datetime import datetime
from itertools import count
from pathlib import Path

from reader.errors import LibraryError, ReadOnlyError

ARCHIVE = "archive.sqlite3"
NOTEBOOK = "notebook.json"
PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
WORKING = ".reader-"
"""So begin the names of folders in which something is made that is not finished yet."""
_WAIT = 15.0
"""Seconds that an opening waits for a process that is compacting or mending."""


def why(error: OSError) -> str:
    """Return the system's reason as the end of a sentence ("no space left on device")."""
    reason = error.strerror or str(error)
    return reason[:1].lower() + reason[1:]


def private_folder(folder: Path) -> None:
    """Make the library's folder where it is missing, readable by its owner alone.

    A folder that is already there and holds anything keeps its mode: it may be someone's home.
    """
    try:
        if not folder.is_dir():
            folder.mkdir(mode=PRIVATE_FOLDER, parents=True)
        elif not any(folder.iterdir()):
            folder.chmod(PRIVATE_FOLDER)
    except PermissionError as error:
        raise ReadOnlyError(f"{folder} cannot be written: {why(error)}.") from error
    except OSError as error:
        raise LibraryError(f"The library {folder} cannot be made: {why(error)}.") from error


def is_empty(path: Path) -> bool:
    """Tell whether a file is gone or holds nothing."""
    try:
        return path.lstat().st_size == 0
    except FileNotFoundError:
        return True


def open_private(path: Path, *, read_only: bool = False) -> int:
    """Open a file of the library for reading and appending; it is made where it is missing.

    A symbolic link is refused: what it points to is not the library's to write.
    """
    flags = os.O_RDONLY if read_only else os.O_RDWR | os.O_CREAT | os.O_APPEND
    try:
        return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE_FILE)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _linked(path) from error
        if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
            raise ReadOnlyError(f"{path} cannot be written: {why(error)}.") from error
        raise LibraryError(f"{path} cannot be opened: {why(error)}.") from error


def refuse_link(path: Path) -> None:
    """Raise LibraryError where a symbolic link is in the place of a file (SQLite would follow)."""
    if path.is_symlink():
        raise _linked(path)


def _linked(path: Path) -> LibraryError:
    return LibraryError(f"{path} is a symbolic link; the library's files must be ordinary files.")


def free_name(folder: Path, beginning: str, ending: str = "") -> Path:
    """Return a name in a folder, with the time in it, that nothing has."""
    stem = f"{beginning}-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    names = (folder / f"{stem}{f'-{n}' if n > 1 else ''}{ending}" for n in count(1))
    return next(name for name in names if not os.path.lexists(name))


def clear(folder: Path) -> None:
    """Delete what killed processes have left unfinished; for one who is alone."""
    for left in folder.glob(f"{WORKING}*-*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of the data; `os.write` may take only a part of it."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def sync_folder(folder: Path) -> None:
    """Make renames and removals in a folder last through a power failure."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(path: Path, data: bytes) -> None:
    """Put a new content in the place of a file: a reader sees the old one or the new one."""
    fresh = path.with_name(path.name + ".new")
    with contextlib.suppress(FileNotFoundError):
        fresh.unlink()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(fresh, flags, PRIVATE_FILE)
    try:
        write_all(descriptor, data)
        os.fsync(descriptor)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)
    fresh.replace(path)
    sync_folder(path.parent)


class Presence:
    """Who has the library open: a lock that all hold together and one may hold alone.

    It is `flock`, so it goes with the process, however that ends.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the lock file (made where it is missing), without taking the lock yet."""
        # where nothing may be written and nobody ever was, there is nothing to lock
        self._path = path
        self._descriptor: int | None = None
        if not read_only or path.exists():
            self._descriptor = open_private(path, read_only=read_only)

    def alone(self) -> bool:
        """Try to be the only one; without success nothing is held any more."""
        return self._try(fcntl.LOCK_EX)

    def join(self) -> None:
        """Be one of those who are there; waits for one who works alone."""
        deadline = time.monotonic() + _WAIT
        while not self._try(fcntl.LOCK_SH):
            if time.monotonic() > deadline:
                raise LibraryError(
                    "Another reader is putting the library in order; try again in a moment."
                )
            time.sleep(0.01)

    def stay(self) -> None:
        """Put the lock file back where it was deleted, so that nobody believes to be alone.

        LibraryError where that cannot be done.
        """
        try:
            there = self._descriptor is None or os.path.samestat(
                self._path.stat(), os.fstat(self._descriptor)
            )
        except OSError:
            there = False
        if there or self._descriptor is None:
            return
        fresh = open_private(self._path)
        try:
            fcntl.flock(fresh, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(fresh)
            raise LibraryError(
                f"{self._path} was deleted, and another reader is putting the library in order."
            ) from error
        os.close(self._descriptor)
        self._descriptor = fresh

    def _try(self, kind: int) -> bool:
        if self._descriptor is None:
            return True
        try:
            fcntl.flock(self._descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """Leave."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
