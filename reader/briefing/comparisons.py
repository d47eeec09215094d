"""Comparisons of stored reports, kept by what they were made of: a known story opens at once."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from reader.briefing import kept
from reader.model import Article, Comparison

FOLDER = "comparisons"
MOST_FILES = 100
MOST_BYTES = 32 << 20


def known_comparison(library: Path, articles: Sequence[Article]) -> Comparison | None:
    """Return the comparison of exactly these texts, in this order, where it was kept."""
    return kept.known(Comparison, kept.place(library / FOLDER, articles))


def keep_comparison(library: Path, articles: Sequence[Article], comparison: Comparison) -> None:
    """Keep a comparison; where the folder cannot be written it is not kept, and that is all."""
    file = kept.place(library / FOLDER, articles)
    kept.keep(file, comparison, most_files=MOST_FILES, most_bytes=MOST_BYTES)


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
