"""From what the reader names (files, folders, "-") to bytes, with a sentence for what cannot be."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.errors import InputError

SIZE_LIMIT = 10_000_000
"""Bytes that one article's file (or one line of a `.jsonl` file) may have."""

TEXT = frozenset({".txt", ".text"})
MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
HTML = frozenset({".html", ".htm", ".xhtml"})
LINES = frozenset({".jsonl", ".ndjson"})
JSON = frozenset({".json"})
IN_FOLDERS = TEXT | MARKDOWN | HTML | LINES


@dataclass(frozen=True, slots=True)
class Named:
    """A file to read: as the reader would name it, and where it is."""

    shown: str
    path: Path


def files_of(name: str) -> Iterator[Named]:
    """Return the files that one argument stands for; a folder's in the order of their paths.

    Raises `InputError` where there is nothing to read.
    """
    path = Path(name)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise InputError(name, why(error)) from None
    if stat.S_ISDIR(mode):
        found = sorted(_walked(path), key=lambda p: p.parts)
        if not found:
            endings = ", ".join(sorted(IN_FOLDERS))
            raise InputError(name, f"the folder holds no file with a known ending ({endings})")
        yield from (Named(str(file), file) for file in found)
    elif stat.S_ISREG(mode):
        yield Named(name, path)
    else:
        raise InputError(name, "it is neither a file nor a folder; give a file, or - for a pipe")


def _walked(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(n for n in folders if not n.startswith("."))
        for name in names:
            file = Path(parent, name)
            if not name.startswith(".") and file.suffix.lower() in IN_FOLDERS and file.is_file():
                yield file


def contents(named: Named, limit: int = SIZE_LIMIT) -> bytes:
    """Return the bytes of a file; `InputError` where it is too large or cannot be read."""
    try:
        with named.path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise InputError(named.shown, why(error)) from None
    if len(data) > limit:
        raise InputError(named.shown, too_large(limit))
    return data


def too_large(limit: int) -> str:
    """Return the sentence for an input over the limit."""
    return f"it is larger than {limit / 1_000_000:g} MB; split it, or give only the article"


def why(error: Exception) -> str:
    """Return the reason of a failed access in words."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder; check the path"
    if isinstance(error, PermissionError):
        return "you may not read it; check its permissions"
    if isinstance(error, OSError) and error.strerror:
        return f"it cannot be read ({error.strerror})"
    return "it cannot be read"
