"""Results kept in files beside the library, by what they were made of.

They can be made again at any time: nothing is lost where they are missing, damaged, or of an older
engine.
"""

import contextlib
import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from reader import resources
from reader.briefing.forms import packed, unpacked
from reader.model import Article

T = TypeVar("T")
_ENDING = ".json.z"
_LARGEST = 64 << 20
"""Bytes of a kept result, unpacked; a larger one is none of ours."""


def known(kind: type[T], path: Path) -> T | None:
    """Return the result that was kept in a file; None where there is none that can be used."""
    try:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(path.read_bytes(), _LARGEST)
        value = unpacked(kind, json.loads(data))
        os.utime(path)  # what was used last is dropped last
    except (OSError, ValueError, TypeError, zlib.error, RecursionError):
        return None
    return value


def keep(path: Path, value: Any, *, most_files: int, most_bytes: int) -> None:
    """Keep a result; where the folder cannot be written it is not kept, and that is all.

    Of the files of the folder those that were used last stay, within the limits.
    """
    form = json.dumps(packed(value), separators=(",", ":"), ensure_ascii=True)
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(zlib.compress(form.encode("ascii"), 6))
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
        _drop_old(path.parent, most_files, most_bytes)


def _drop_old(folder: Path, most_files: int, most_bytes: int) -> None:
    files = [(file.stat(), file) for file in folder.glob(f"*{_ENDING}")]
    files.sort(key=lambda pair: pair[0].st_mtime_ns, reverse=True)
    used = 0
    for number, (state, file) in enumerate(files):
        used += state.st_size
        if number >= most_files or (used > most_bytes and number):
            file.unlink(missing_ok=True)


def place(
    folder: Path, articles: Sequence[Article], more: Iterable[int] = (), encoder: str = ""
) -> Path:
    """Return the file of what is made of these articles, in this order, and of more numbers.

    `encoder` is the name of the sentence encoder that was used, if one was.

    Its name is made of all that a result depends on, and of the engine.
    """
    digest = hashlib.blake2b(engine(), digest_size=16)
    for article in articles:
        facts = (
            article.id,
            article.source,
            article.title,
            article.text,
            article.language,
            article.published and article.published.isoformat(),
            article.excerpt,
            packed(article.blocks),
            article.leftovers,
        )
        _take(digest, facts)
    if numbers := list(more):
        _take(digest, numbers)
    if encoder:
        _take(digest, [encoder])
    return folder / f"{digest.hexdigest()}{_ENDING}"


def _take(digest: "hashlib.blake2b", facts: Sequence[Any]) -> None:
    told = json.dumps(facts, ensure_ascii=True).encode("ascii")
    digest.update(b"%d:" % len(told) + told)


@cache
def engine() -> bytes:
    """Return a digest of the programs and tables that compare: another engine finds anew."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.blake2b(digest_size=32)
    for folder in (package / "compare", package / "text", package / "model", resources.data()):
        for file in sorted(folder.rglob("*")):
            if file.suffix in {".py", ".toml", ".txt", ".npy", ".npz", ".json"} and file.is_file():
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.digest()
