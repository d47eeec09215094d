"""ZIP files: what is in them, within limits. Nothing is ever unpacked to the disk.

An archive of files (an export of Pocket's, Omnivore's, Readwise's) is read like a folder. EPUB and
office documents are archives too, which their own importers read.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath

from reader.errors import InputError
from reader.intake import files
from reader.intake.importers.base import Given

ZIP = b"PK\x03\x04"
MOST_MEMBERS = 20_000
MEMBER_LIMIT = 50_000_000
"""Bytes that one file of an archive may unpack to."""
WHOLE_LIMIT = 400_000_000
"""Bytes that all files read from one archive may unpack to."""
_DAMAGED = "it is a damaged ZIP archive, and cannot be read; get it once more"
_ENCRYPTED = "it is protected by a password; remove that, and import it then"


class Archive:
    """The files in a ZIP file; `InputError` for what is damaged, locked or beyond the limits."""

    def __init__(self, data: bytes, where: str) -> None:
        """Take the bytes and how the input is named."""
        self._where = where
        self._left = WHOLE_LIMIT
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
            raise InputError(where, _DAMAGED) from None
        members = self._zip.infolist()
        if len(members) > MOST_MEMBERS:
            raise InputError(where, f"it is an archive of more than {MOST_MEMBERS:,} files")
        self._members = {member.filename: member for member in members if not member.is_dir()}

    @property
    def names(self) -> list[str]:
        """The names of the files, in the order of their paths."""
        return sorted(self._members, key=lambda name: PurePosixPath(name).parts)

    def read(self, name: str, limit: int = MEMBER_LIMIT) -> bytes | None:
        """Return the bytes of a file; None if there is none of this name.

        What the archive says about sizes is not believed: unpacking ends at the limit.
        """
        member = self._members.get(name)
        if member is None:
            return None
        if member.flag_bits & 1:
            raise InputError(f"{self._where}, {name}", _ENCRYPTED)
        limit = min(limit, self._left)
        try:
            with self._zip.open(member) as file:
                data = file.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError,
                NotImplementedError):  # fmt: skip
            raise InputError(f"{self._where}, {name}", _DAMAGED) from None
        if len(data) > limit:
            raise InputError(
                f"{self._where}, {name}", f"it unpacks to more than {limit / 1e6:g} MB"
            )
        self._left -= len(data)
        return data


def is_archive(given: Given) -> bool:
    """Return True for a ZIP file of any kind."""
    return given.data.startswith(ZIP)


def kind_of_archive(archive: Archive) -> str:
    """Return "epub", "docx", another office format's name, or "" for an archive of files."""
    names = archive.names
    if (kind := archive.read("mimetype", 200) if "mimetype" in names else b"") is not None:
        told = kind.decode("ascii", "replace").strip()
        if told == "application/epub+zip":
            return "epub"
        if told.startswith("application/vnd.oasis.opendocument"):
            return "opendocument"
    if "META-INF/container.xml" in names:
        return "epub"
    parts = {name.split("/", 1)[0] for name in names}
    if "[Content_Types].xml" in parts:
        return next((kind for part, kind in _OFFICE.items() if part in parts), "office")
    return "apple" if "Index/Document.iwa" in names else ""


_OFFICE = {"word": "docx", "xl": "spreadsheet", "ppt": "presentation"}


def members(archive: Archive) -> Iterator[tuple[str, str, bool | None]]:
    """Yield (name, ending, how it is read) of the files that are not hidden.

    The last is None for what is passed over, else whether it must be recognised first.
    """
    for name in archive.names:
        path = PurePosixPath(name)
        if not any(part.startswith((".", "__MACOSX")) for part in path.parts):
            ending = path.suffix.lower()
            known = ending in files.IN_FOLDERS or ending in files.SOUGHT
            yield name, ending, ending in files.SOUGHT if known else None
