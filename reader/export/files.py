"""Documents onto the disk: names that stay inside the folder, no half-written file."""

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path

from reader.errors import InputError
from reader.model import Article, ArticleRow, shown_id

_UNSAFE = re.compile(r"[^\w ().,'’–-]+")
_MOST = 120
"""Bytes of the title in a file name; with date and id a name has less than 160."""
_DEVICES = Path("/dev")
_SEAL = re.compile(r"\n<!-- reader ([0-9a-f]{16}) -->\n\Z")


def safe_name(article: Article | ArticleRow, ending: str) -> str:
    """Return a file name for an article: date, title, id; safe on all systems.

    It has no separator, no control character, no leading dot or dash and is no device's name,
    whatever the title is; the id makes it the article's own.
    """
    when = article.published.date().isoformat() if article.published else "undated"
    title = " ".join(_UNSAFE.sub(" ", article.title).split()).strip(" .")
    title = title.encode("utf-8")[:_MOST].decode("utf-8", "ignore").strip(" .")
    return " ".join(part for part in (when, title, shown_id(article.id)) if part) + ending


def write_document(path: Path, text: str) -> None:
    """Write a document as a whole or not at all; a link in its place is replaced, not followed.

    What is no regular file (a pipe, /dev/stdout) is written to, a link to one only in /dev. Raises
    `InputError`.
    """
    data = text.encode("utf-8", "backslashreplace")
    try:
        if path.is_dir() and not path.is_symlink():
            raise InputError(str(path), "it is a folder")
        linked = path.is_symlink() and path.absolute().parent != _DEVICES
        if not linked and path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        handle, name = tempfile.mkstemp(prefix=".reader-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(name).chmod(0o666 & ~_umask())  # mkstemp's 0600 is not what a document has
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error


def _umask() -> int:
    now = os.umask(0o077)
    os.umask(now)
    return now


def write_sealed(path: Path, text: str, *, force: bool = False) -> bool:
    """Write a document that ends with a seal; False where the file there was edited by hand.

    An edited file (its seal is gone or does not fit what it holds) is left as it is, unless
    `force`. The same text again is not written again. Raises `InputError`.
    """
    sealed = f"{text}\n<!-- reader {_digest(text)} -->\n"
    try:
        there = None if path.is_symlink() else path.read_text(encoding="utf-8")
    except FileNotFoundError:
        there = None
    except UnicodeDecodeError:
        there = ""
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
    if there == sealed:
        return True
    if there is not None and not force:
        seal = _SEAL.search(there)
        if seal is None or seal[1] != _digest(there[: seal.start()]):
            return False
    write_document(path, sealed)
    return True


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
