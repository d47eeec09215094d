"""From what the reader names (files, folders, "-") to bytes, with a sentence for what cannot be."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reader.errors import InputError
from reader.model import Failure

SIZE_LIMIT = 10_000_000
"""Bytes that one article's file (or one line of a `.jsonl` file) may have."""

TEXT = frozenset({".txt", ".text"})
MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
HTML = frozenset({".html", ".htm", ".xhtml"})
LINES = frozenset({".jsonl", ".ndjson"})
JSON = frozenset({".json"})
FEEDS = frozenset({".rss", ".atom", ".opml"})
IN_FOLDERS = TEXT | MARKDOWN | HTML | LINES
_NO_FILE = "it is neither a file nor a folder; give a file, or - and a pipe"


@dataclass(frozen=True, slots=True)
class Named:
    """A file to read: as it is shown to the reader, and where it is."""

    shown: str
    path: Path

    @property
    def ending(self) -> str:
        """The ending of its name, in lower case: ".txt"."""
        return self.path.suffix.lower()


def files_of(name: str) -> Iterator[Named | Failure]:
    """Yield the files that one argument stands for; a folder's in the order of their paths.

    In folders only files with known endings are taken, none that are hidden, and links to folders
    are not followed. Raises `InputError` where there is nothing to read.
    """
    path = Path(name)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise InputError(shown(name), why(error)) from None
    if stat.S_ISREG(mode):
        yield Named(shown(name), path)
    elif stat.S_ISDIR(mode):
        found = sorted(_walked(path), key=_place)
        if not found:
            endings = ", ".join(sorted(IN_FOLDERS))
            raise InputError(shown(name), f"the folder holds no file that ends with {endings}")
        yield from found
    else:
        raise InputError(shown(name), _NO_FILE)


def shown(name: str) -> str:
    """Return a file's name as text: bytes in it that are no UTF-8 become replacement signs."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def identity_name(path: Path) -> str:
    """Return a file's name as it goes into an identity: the same on every system."""
    return unicodedata.normalize("NFC", shown(path.name))


def contents(named: Named, limit: int = SIZE_LIMIT) -> bytes:
    """Return the bytes of a file; `InputError` where it is too large or cannot be read."""
    with opened(named) as file:
        try:
            data = file.read(limit + 1)
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


def _walked(folder: Path) -> Iterator[Named | Failure]:
    refused: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(parent, name)
            if not name.startswith(".") and file.suffix.lower() in IN_FOLDERS:
                yield Named(shown(str(file)), file)
    yield from (Failure(shown(str(error.filename)), why(error)) for error in refused)


def _place(found: Named | Failure) -> tuple[str, ...]:
    return Path(found.shown if isinstance(found, Named) else found.input).parts
