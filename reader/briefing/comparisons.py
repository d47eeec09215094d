"""Comparisons of stored reports, kept by what they were made of: a known story opens at once."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from reader.briefing import encoders, encoding, kept
from reader.briefing.encoders import EncoderChoice
from reader.errors import EncoderError
from reader.model import Article, Comparison

FOLDER = "comparisons"
MOST_FILES = 100
MOST_BYTES = 32 << 20
_ENCODING = 0.7
"""The share of the time that encoding takes if nothing is kept."""


def known_comparison(
    library: Path, articles: Sequence[Article], encoder: EncoderChoice | None = None
) -> Comparison | None:
    """Return the comparison of exactly these texts, in this order, if it was kept."""
    name = _name(encoder)
    if encoder is not None and not name:
        return None
    return kept.known(Comparison, kept.place(library / FOLDER, articles, encoder=name))


def keep_comparison(
    library: Path,
    articles: Sequence[Article],
    comparison: Comparison,
    encoder: EncoderChoice | None = None,
) -> None:
    """Keep a comparison; if the folder cannot be written it is not kept, and that is all.

    Nor is one kept for which the encoder was wanted and failed.
    """
    name = _name(encoder)
    if encoder is not None and encoding.used(name) not in comparison.notes:
        return
    file = kept.place(library / FOLDER, articles, encoder=name)
    kept.keep(file, comparison, most_files=MOST_FILES, most_bytes=MOST_BYTES)


def compare_reports(
    articles: Sequence[Article],
    encoder: EncoderChoice | None = None,
    library: Path | None = None,
    *,
    read_only: bool = False,
    progress: Callable[[float], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Comparison:
    """Return the comparison of reports, with a sentence encoder if one is wanted and can be used.

    Its vectors are taken from the library in a folder, and kept there. The notes of the comparison
    say which encoder was used, or why none was. `progress` is called with the share that is done;
    once `stop()` is true nobody waits for the result, and no more sentences are encoded.
    """
    from reader.compare import compare  # noqa: PLC0415 - seldom needed, and in a worker process

    tell = progress or (lambda _share: None)
    if encoder is None:
        return compare(articles, progress=tell)
    try:
        vectors = encoding.sentence_vectors(
            articles,
            encoder,
            library,
            read_only=read_only,
            progress=lambda share: tell(_ENCODING * share),
            stop=stop,
        )
        note = encoding.used(encoders.name_of(encoder))
    except EncoderError as error:
        vectors, note = None, encoding.not_used(str(error))
    begun = 0.0 if vectors is None else _ENCODING
    comparison = compare(
        articles, progress=lambda share: tell(begun + (1 - begun) * share), encoded=vectors
    )
    return replace(comparison, notes=(*comparison.notes, note))


def compare_telling(
    articles: Sequence[Article],
    sign: Path,
    encoder: EncoderChoice | None = None,
    library: Path | None = None,
    *,
    read_only: bool = False,
) -> Comparison:
    """Return the comparison of reports, writing meanwhile into a file which share of it is done.

    For a worker process, which has no other line to the one who waits: the file's folder is gone
    when nobody waits any more.
    """

    def tell(share: float) -> None:
        with contextlib.suppress(OSError):
            sign.write_text(f"{share:.3f}", encoding="ascii")

    return compare_reports(
        articles,
        encoder,
        library,
        read_only=read_only,
        progress=tell,
        stop=lambda: not sign.parent.exists(),
    )


def _name(encoder: EncoderChoice | None) -> str:
    """Return the name of an encoder; "" if there is none or it cannot be used."""
    try:
        return encoders.name_of(encoder) if encoder else ""
    except EncoderError:
        return ""


def share_done(sign: Path) -> float:
    """Return which share of a comparison under way is done, 0 to 1."""
    try:
        return max(0.0, min(1.0, float(sign.read_text(encoding="ascii"))))
    except (OSError, ValueError):
        return 0.0
