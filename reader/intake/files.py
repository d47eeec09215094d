"""From what the reader names (files, folders, "-") to bytes, with a sentence for what cannot be."""

import os
import re
import stat
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from reader.errors import InputError
from reader.model import Failure

SIZE_LIMIT = 10_000_000
"""Bytes that one article's file (or one line of a `.jsonl` file) may have."""
LARGE = 100_000_000
"""Bytes that a file of many articles may have, or one with pictures in it."""

TEXT = frozenset({".txt", ".text"})
MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
HTML = frozenset({".html", ".htm", ".xhtml"})
LINES = frozenset({".jsonl", ".ndjson"})
JSON = frozenset({".json"})
MAILS = frozenset({".mhtml", ".mht", ".eml", ".emlx", ".mbox"})
CLIPPINGS = frozenset({".webarchive", ".enex"})
DOCUMENTS = frozenset({".epub", ".docx", ".pdf"})
IN_FOLDERS = TEXT | MARKDOWN | HTML | LINES | MAILS | CLIPPINGS | DOCUMENTS
"""Endings of the files that are read when they lie in a folder."""
SOUGHT = frozenset({".json", ".csv", ".tsv", ".xml", ".rss", ".atom", ".rdf", ".gz"})
"""Endings of files that are read when what is in them is recognised."""
_OMNIVORE = re.compile(r"metadata_\d+_to_\d+\.json")
_NO_FILE = "it is neither a file nor a folder; give a file, or - and a pipe"


@dataclass(frozen=True, slots=True)
class Named:
    """A file to read: as it is shown to the reader, and where it is."""

    shown: str
    path: Path
    sought: bool = False
    """Whether it was found in a folder and has an ending that may mean anything."""

    @property
    def ending(self) -> str:
        """The ending of its name, in lower case: ".txt"."""
        return self.path.suffix.lower()


@dataclass(frozen=True, slots=True)
class Passed:
    """A file in a folder or an archive that was passed over."""

    ending: str
    """The ending of its name (".png"); "" when it has none."""


def files_of(name: str) -> Iterator[Named | Passed | Failure]:
    """Yield the files that one argument stands for; a folder's in the order of their paths.

    In folders only files with known endings are taken, none that are hidden, and links to folders
    are not followed; the others are passed over. Raises `InputError` when there is nothing to read.
    """
    path = Path(name)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise InputError(shown(name), why(error)) from None
    if stat.S_ISREG(mode):
        yield Named(shown(name), path)
    elif stat.S_ISDIR(mode):
        found = list(_walked(path))
        passed = [each for each in found if isinstance(each, Passed)]
        yield from passed
        if len(passed) == len(found):
            endings = ", ".join(sorted(IN_FOLDERS | SOUGHT))
            raise InputError(shown(name), f"the folder holds no file that ends with {endings}")
        yield from sorted((each for each in found if not isinstance(each, Passed)), key=_place)
    else:
        raise InputError(shown(name), _NO_FILE)


def shown(name: str) -> str:
    """Return a file's name as text: bytes in it that are no UTF-8 become replacement signs."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def identity_name(path: Path) -> str:
    """Return a file's name as it goes into an identity: the same on every system."""
    return unicodedata.normalize("NFC", shown(path.name))


def contents(named: Named, limit: int = SIZE_LIMIT, *, whole: bool = True) -> bytes:
    """Return the bytes of a file; `InputError` where it is too large or cannot be read.

    Unless the whole is wanted, its first `limit` bytes.
    """
    with opened(named) as file:
        try:
            data = file.read(limit + whole)
        except OSError as error:
            raise InputError(named.shown, why(error)) from None
    if len(data) > limit:
        raise InputError(named.shown, too_large(limit))
    return data


@contextmanager
def opened(named: Named) -> Iterator[BinaryIO]:
    """Open a file for reading; never a pipe or a device that took its place meanwhile."""
    try:
        number = os.open(named.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError as error:
        raise InputError(named.shown, why(error)) from None
    with os.fdopen(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise InputError(named.shown, _NO_FILE)
        yield file


def too_large(limit: int) -> str:
    """Return the sentence for an input over the limit."""
    return f"it is larger than {limit / 1_000_000:g} MB; split it, or give only the article"


def why(error: Exception) -> str:
    """Return the reason of a failed access in words, with what to do."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder; check the path"
    if isinstance(error, PermissionError):
        return "you may not read it; check its permissions"
    if isinstance(error, NotADirectoryError):
        return "a part of its path is not a folder; check the path"
    if isinstance(error, OSError) and error.strerror:
        return f"it cannot be read ({error.strerror.lower()}); check the path"
    return "this cannot be a path; check it"


def beginning(named: Named, count: int) -> bytes:
    """Return the first bytes of a file; `InputError` when it cannot be read."""
    return contents(named, count, whole=False)


def belongs_to_another(name: str, names: Collection[str]) -> bool:
    """Return True for a file that is a part of another one and no article by itself.

    These are the frames in the folder beside a page that a browser saved ("Page_files"), and the
    texts that Omnivore's list names.
    """
    parts = PurePosixPath(name).parts
    for at, part in enumerate(parts[:-1]):
        above = "/".join(parts[:at])
        start = f"{above}/" if above else ""
        if part.endswith(("_files", ".files")):
            page = start + part.removesuffix("_files").removesuffix(".files")
            if any(page + ending in names for ending in HTML):
                return True
        if part in {"content", "highlights"} and any(
            each.startswith(start) and _OMNIVORE.fullmatch(each[len(start) :]) for each in names
        ):
            return True
    return False


def _walked(folder: Path) -> Iterator[Named | Passed | Failure]:
    refused: list[OSError] = []
    found: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += (Path(parent, name) for name in names if not name.startswith("."))
    whole = {file.relative_to(folder).as_posix() for file in found}
    for file in found:
        ending = file.suffix.lower()
        if belongs_to_another(file.relative_to(folder).as_posix(), whole):
            continue
        if ending in IN_FOLDERS or ending in SOUGHT:
            yield Named(shown(str(file)), file, sought=ending in SOUGHT)
        else:
            yield Passed(ending)
    yield from (Failure(shown(str(error.filename)), why(error)) for error in refused)


def _place(found: Named | Failure) -> tuple[str, ...]:
    return Path(found.shown if isinstance(found, Named) else found.input).parts
