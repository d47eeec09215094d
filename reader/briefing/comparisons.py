"""Comparisons of stored reports, kept by what they were made of: a known story opens at once.

They are kept in files of their own beside the library, because they can be made again at any time:
nothing is lost where they are missing, damaged, or of an older engine.
"""

import contextlib
import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from reader import resources
from reader.briefing.forms import packed, unpacked
from reader.model import Article, Comparison

FOLDER = "comparisons"
MOST_FILES = 100
MOST_BYTES = 32 << 20
_ENDING = ".json.z"
_LARGEST = 64 << 20
"""Bytes of a kept comparison, unpacked; a larger one is none of ours."""


def known_comparison(library: Path, articles: Sequence[Article]) -> Comparison | None:
    """Return the comparison of exactly these texts, in this order, where it was kept."""
    path = _path(library, articles)
    try:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(path.read_bytes(), _LARGEST)
        comparison = unpacked(Comparison, json.loads(data))
        os.utime(path)  # what was used last is dropped last
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, zlib.error, RecursionError):
        return None
    return comparison


def keep_comparison(library: Path, articles: Sequence[Article], comparison: Comparison) -> None:
    """Keep a comparison; where the folder cannot be written it is not kept, and that is all."""
    form = json.dumps(packed(comparison), separators=(",", ":"), ensure_ascii=True)
    path = _path(library, articles)
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
        _drop_old(path.parent)


def _drop_old(folder: Path) -> None:
    """Keep what was used last, within the limits."""
    files = [(file.stat(), file) for file in folder.glob(f"*{_ENDING}")]
    files.sort(key=lambda pair: pair[0].st_mtime_ns, reverse=True)
    used = 0
    for number, (state, file) in enumerate(files):
        used += state.st_size
        if number >= MOST_FILES or (used > MOST_BYTES and number):
            file.unlink(missing_ok=True)


def _path(library: Path, articles: Sequence[Article]) -> Path:
    return library / FOLDER / f"{_key(articles)}{_ENDING}"


def _key(articles: Sequence[Article]) -> str:
    """Return a name made of all that a comparison depends on, and of the engine."""
    digest = hashlib.blake2b(_engine(), digest_size=16)
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
        told = json.dumps(facts, ensure_ascii=True).encode("ascii")
        digest.update(b"%d:" % len(told) + told)
    return digest.hexdigest()


@cache
def _engine() -> bytes:
    """Return a digest of the programs and tables that compare: another engine finds anew."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.blake2b(digest_size=32)
    for folder in (package / "compare", package / "text", package / "model", resources.data()):
        for file in sorted(folder.rglob("*")):
            if file.suffix in {".py", ".toml", ".txt"} and file.is_file():
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.digest()


def compare_telling(articles: Sequence[Article], sign: Path) -> Comparison:
    """Return the comparison of reports, writing meanwhile into a file which share of it is done.

    For a worker process, which has no other line to the one who waits.
    """
    from reader.compare import compare  # noqa: PLC0415 - in the worker process only

    def tell(share: float) -> None:
        with contextlib.suppress(OSError):
            sign.write_text(f"{share:.3f}", encoding="ascii")

    return compare(articles, progress=tell)


def share_done(sign: Path) -> float:
    """Return which share of a comparison under way is done, 0 to 1."""
    try:
        return max(0.0, min(1.0, float(sign.read_text(encoding="ascii"))))
    except (OSError, ValueError):
        return 0.0
