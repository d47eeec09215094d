"""What is in a backup, looked at before any of it is believed.

Everything in the file may be wrong or hostile: names that lead elsewhere, members that unpack to
far more than they say, a database with triggers of its own. Only the members that a backup has are
read, no further than the manifest says, and only into files that we have made ourselves.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.errors import LibraryError
from reader.library import backup, marks, migrations, schema, snapshot
from reader.library.backup import MANIFEST, Manifest, Member
from reader.library.database import told
from reader.library.files import ARCHIVE, NOTEBOOK, open_private, why, write_all
from reader.library.forms import annotation_of
from reader.library.snapshot import Tables

_LARGEST_MANIFEST = 1 << 20
_LARGEST_NOTEBOOK = 1 << 30
_MOST = 200
"""So many times its packed size a member may unpack to; an empty archive reaches 130."""
_SPARE = 16 << 20


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A backup that was found to be sound, laid out to be put in place."""

    manifest: Manifest
    tables: Tables
    """The reader's own work."""
    archive: Path | None
    """The articles, in today's format, with the mirror of that work; None for own work only."""


def look(file: Path) -> Manifest:
    """Check a backup as far as that goes without unpacking it to the disk; LibraryError."""
    with _opened(file) as archived:
        manifest = _manifest(archived, file)
        _check_sizes(archived, manifest, file)
    if unequal := backup.differing(file, manifest):
        raise _damaged(file, f"{unequal} is not what was backed up")
    return manifest


def unpack(file: Path, place: Path) -> Unpacked:
    """Unpack a backup into a folder of ours and check all that it holds; LibraryError."""
    with _opened(file) as archived:
        manifest = _manifest(archived, file)
        _check_sizes(archived, manifest, file)
    needed = sum(member.size for member in manifest.files.values()) * 2 + _SPARE
    if shutil.disk_usage(place).free < needed:
        raise LibraryError(f"There is not enough room in {place.parent} to unpack {file}.")
    with _opened(file) as archived:
        for name, member in manifest.files.items():
            _extract(archived, name, member, place / name, file)
    tables = _tables(place / NOTEBOOK, file)
    archive = place / ARCHIVE if manifest.archive is not None else None
    if archive is not None:
        _prepare(archive, manifest, tables, file)
    return Unpacked(manifest, tables, archive)


def _damaged(file: Path, what: str) -> LibraryError:
    return LibraryError(f"{file} is damaged or no backup of this reader: {what}.")


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archived:
            yield archived
    except FileNotFoundError as error:
        raise LibraryError(f"There is no file {file}.") from error
    except OSError as error:
        raise LibraryError(f"{file} cannot be read: {why(error)}.") from error
    except backup.UNREADABLE as error:
        raise _damaged(file, str(error).rstrip(".") or type(error).__name__) from error


def _manifest(archived: zipfile.ZipFile, file: Path) -> Manifest:
    """Return what the backup says of itself, once it names exactly what it holds."""
    names = archived.namelist()
    for name in names:
        odd = archived.getinfo(name).compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        if odd or name not in {MANIFEST, NOTEBOOK, ARCHIVE}:
            raise _damaged(file, f"it holds “{name[:80]}”, which no backup does")
    if MANIFEST not in names or len(set(names)) != len(names):
        raise _damaged(file, "it has no manifest, or members twice")
    if archived.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise _damaged(file, "its manifest is far too large")
    try:
        told = json.loads(archived.read(MANIFEST))
        newer = int(told["format"]) > backup.FORMAT
        if not newer:
            manifest = _understood(told)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _damaged(file, "its manifest cannot be understood") from error
    if newer:
        raise _newer(file, "backup", int(told["format"]), backup.FORMAT)
    _check_formats(manifest, file)
    wanted = {NOTEBOOK} | ({ARCHIVE} if manifest.archive is not None else set())
    if set(manifest.files) != wanted or set(names) != wanted | {MANIFEST}:
        raise _damaged(file, "it does not hold what its manifest says")
    return manifest


def _check_formats(manifest: Manifest, file: Path) -> None:
    for what, number, known in (
        ("notebook", manifest.notebook, snapshot.FORMAT),
        ("archive", manifest.archive or 0, len(migrations.MIGRATIONS)),
    ):
        if number > known:
            raise _newer(file, what, number, known)


def _newer(file: Path, what: str, number: int, known: int) -> LibraryError:
    return LibraryError(
        f"{file} is from a newer reader ({what} format {number}; this one knows format {known})."
    )


def _understood(told: Any) -> Manifest:
    """Return the manifest; ValueError, TypeError or KeyError where it is none."""
    return Manifest(
        created=str(told["created"]),
        counts={str(name): int(count) for name, count in told["counts"].items()},
        files={
            str(name): Member(int(member["size"]), str(member["sha256"]))
            for name, member in told["files"].items()
        },
        archive=None if told["archive"] is None else int(told["archive"]),
        notebook=int(told["notebook"]),
        format=int(told["format"]),
        program=str(told["program"]),
    )


def _check_sizes(archived: zipfile.ZipFile, manifest: Manifest, file: Path) -> None:
    for name, member in manifest.files.items():
        packed = archived.getinfo(name).compress_size
        too_large = name == NOTEBOOK and member.size > _LARGEST_NOTEBOOK
        if too_large or not 0 <= member.size <= _MOST * packed + _SPARE:
            raise _damaged(file, f"{name} would unpack to {member.size:,} bytes")


def _extract(archived: zipfile.ZipFile, name: str, member: Member, path: Path, file: Path) -> None:
    digest = hashlib.sha256()
    descriptor = open_private(path)
    try:
        for piece in backup.pieces(archived, name, member.size):
            digest.update(piece)
            write_all(descriptor, piece)
    finally:
        os.close(descriptor)
    if digest.hexdigest() != member.sha256:
        raise _damaged(file, f"{name} is not what was backed up")


def _tables(path: Path, file: Path) -> Tables:
    try:
        tables = snapshot.load(path, missing_ok=False)
        tables.pop(snapshot.META, None)
        for table in tables.values():
            for number in table:
                int(number)
        for number, document in tables.get(marks.ANNOTATIONS, {}).items():
            annotation_of(int(number), document)
    except (LibraryError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _damaged(file, "what the reader did cannot be understood") from error
    return tables


def _prepare(path: Path, manifest: Manifest, tables: Tables, file: Path) -> None:
    """Check the archive, bring it to today's format, and lay the reader's work down in it."""
    try:
        with told(path), contextlib.closing(_connect(path)) as connection:
            if migrations.version(connection) != manifest.archive:
                raise _damaged(file, "its archive is of another format than told")
            if schema.parts(connection) != schema.expected(manifest.archive or 0):
                raise _damaged(file, "its archive is not built as the reader builds it")
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise _damaged(file, "its archive is damaged")
            counted = backup.archive_counts(connection)
            if counted.items() - manifest.counts.items():
                raise _damaged(file, "its archive holds another number of articles than told")
            migrations.migrate(connection, path)
            connection.execute("BEGIN")
            marks.put_all(connection, tables)
            connection.execute("DELETE FROM meta WHERE key = 'mirror'")
            connection.execute("COMMIT")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _damaged(file, "what the reader did cannot be understood") from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    # functions with effects are not for a schema that came from outside
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection
