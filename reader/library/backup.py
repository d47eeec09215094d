"""Backups: a library in one file, as it was at one moment, checked before it counts.

A backup is a ZIP file of `manifest.json` (formats, counts, sizes and SHA-256 of the rest),
`notebook.json` (what the reader did, folded, a file that stock TinyDB opens) and, unless only the
reader's own work was wanted, `archive.sqlite3`. Others may go on writing while it is made: the
notebook is taken first, so that every article it speaks of is in the archive.
"""

import contextlib
import errno
import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reader import __version__
from reader.errors import LibraryError
from reader.library import migrations, snapshot
from reader.library.archive import Archive
from reader.library.database import told
from reader.library.files import (
    ARCHIVE,
    NOTEBOOK,
    PRIVATE_FILE,
    WORKING,
    open_private,
    sync_folder,
    why,
)
from reader.library.marks import ANNOTATIONS
from reader.library.snapshot import ARTICLES, Tables
from reader.library.store import JournalStorage

FORMAT = 1
MANIFEST = "manifest.json"
PIECE = 1 << 20

# what zipfile raises for what it cannot read depends on where the damage is
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a backup: its size in bytes, unpacked, and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    created: str
    """When it was made, in ISO 8601."""
    counts: Mapping[str, int]
    """How many articles, revisions, marked articles, annotations, subscriptions it holds."""
    files: Mapping[str, Member]
    archive: int | None
    """The archive's format; None where it holds the reader's own work only."""
    notebook: int = snapshot.FORMAT
    format: int = FORMAT
    program: str = field(default=f"reader {__version__}")

    def document(self) -> dict[str, Any]:
        """Return it as it stands in the file."""
        return asdict(self)


def write(
    archive: Archive,
    storage: JournalStorage,
    target: Path,
    *,
    own_work: bool = False,
    force: bool = False,
) -> Manifest:
    """Back a library up into a file; LibraryError where it cannot be written or is not sound.

    The file is there as a whole or not at all. One that is there already stays, unless `force`.
    """
    _check_free(target, force=force)
    try:
        with tempfile.TemporaryDirectory(prefix=f"{WORKING}backup-", dir=target.parent) as place:
            packed = Path(place, "backup.zip")
            manifest = _pack(archive, storage, packed, own_work=own_work)
            _put(packed, target, force=force)
    except OSError as error:
        raise LibraryError(f"{target} cannot be written: {why(error)}.") from error
    return manifest


def _check_free(target: Path, *, force: bool) -> None:
    """Refuse to write over what is there."""
    if target.is_dir():
        raise LibraryError(f"{target} is a folder; name a file in it.")
    if os.path.lexists(target) and not force:
        raise _taken(target)
    if target.exists() and not target.is_file():
        raise LibraryError(f"{target} is no ordinary file.")


def _taken(target: Path) -> LibraryError:
    return LibraryError(f"{target} is there already; name another file, or say --force.")


def _pack(archive: Archive, storage: JournalStorage, packed: Path, *, own_work: bool) -> Manifest:
    place = packed.parent
    if not storage.read_only:
        storage.flush(5)
    tables = storage.everything()
    snapshot.write(place / NOTEBOOK, tables, 0)
    counts = _notebook_counts(tables)
    if not own_work:
        counts = copy_archive(archive, place / ARCHIVE) | counts
    names = [name for name in (NOTEBOOK, ARCHIVE) if (place / name).exists()]
    manifest = Manifest(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        counts=counts,
        files={name: _member(place / name) for name in names},
        archive=None if own_work else len(migrations.MIGRATIONS),
    )
    _zip(packed, manifest, place)
    if unequal := differing(packed, manifest):
        raise LibraryError(
            f"The backup was not written as it should be ({unequal} is different on the disk);"
            " nothing was kept of it. The disk may be failing."
        )
    return manifest


def _notebook_counts(tables: Tables) -> dict[str, int]:
    names = {"marked": ARTICLES, ANNOTATIONS: ANNOTATIONS, "subscriptions": "subscriptions"}
    return {what: len(tables.get(name, {})) for what, name in names.items()}


def copy_archive(archive: Archive, copy: Path) -> dict[str, int]:
    """Copy the archive as it is at this moment, into one sound file; return what it holds.

    Nobody who writes to the archive waits for it.
    """
    os.close(open_private(copy))
    with archive.reading() as source, contextlib.closing(sqlite3.connect(copy)) as target:
        if migrations.version(source) != len(migrations.MIGRATIONS):
            raise LibraryError(f"{archive.path} is of another format than this reader's.")
        with told(copy):
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        found = target.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise LibraryError(
                f"{archive.path} is damaged ({found}); reader doctor --repair makes it again."
            )
        return archive_counts(target)


def archive_counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Count what an archive holds."""
    return {
        name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in ("articles", "revisions")
    }


def _member(path: Path) -> Member:
    with path.open("rb") as file:
        return Member(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _zip(packed: Path, manifest: Manifest, place: Path) -> None:
    descriptor = os.open(packed, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE_FILE)
    with os.fdopen(descriptor, "w+b") as file:
        # most of an archive is packed already
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archived:
            archived.writestr(MANIFEST, json.dumps(manifest.document(), indent=1))
            for name in manifest.files:
                archived.write(place / name, name)
        file.flush()
        os.fsync(file.fileno())


def differing(packed: Path, manifest: Manifest) -> str | None:
    """Return the name of a member that is not what the manifest says; None where all are."""
    with zipfile.ZipFile(packed) as archived:
        for name, member in manifest.files.items():
            digest = hashlib.sha256()
            try:
                for piece in pieces(archived, name, member.size):
                    digest.update(piece)
            except UNREADABLE:
                return name
            if digest.hexdigest() != member.sha256:
                return name
    return None


def pieces(archived: zipfile.ZipFile, name: str, size: int) -> Iterator[bytes]:
    """Yield what a member holds, piece by piece; BadZipFile where it is not of this size."""
    left = size
    with archived.open(name) as file:
        while piece := file.read(min(PIECE, left + 1)):
            left -= len(piece)
            if left < 0:
                break
            yield piece
    if left:
        raise zipfile.BadZipFile("another size than told")


def _put(packed: Path, target: Path, *, force: bool) -> None:
    """Give the finished file its name; without `force` never in the place of another."""
    if force:
        packed.replace(target)
    else:
        try:
            target.hardlink_to(packed)
        except FileExistsError:
            raise _taken(target) from None
        except OSError as error:
            if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}:
                raise
            _check_free(target, force=False)
            packed.rename(target)  # a file system without links
    sync_folder(target.parent)
