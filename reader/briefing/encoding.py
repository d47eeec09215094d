"""Vectors of the sentences of reports: kept ones from the library, the others from the encoder."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from reader.briefing import encoders
from reader.briefing.encoders import EncoderChoice
from reader.library.sentence_vectors import SentenceVectors
from reader.model import Article
from reader.text.sentences import sentences

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from reader.library import Library

    Row = NDArray[np.float32]
else:
    Row = Any

BATCH = 16
"""Sentences that are encoded between two looks at whether to stop."""
STORIES = 100
"""So many stories, the newest, have their sentences encoded in the background."""


def used(name: str) -> str:
    """Return the note of a comparison for which an encoder was used."""
    return f"The sentence encoder {name} was used."


def not_used(reason: str) -> str:
    """Return the note of a comparison for which an encoder was wanted and could not be used."""
    return f"No sentence encoder was used: {reason}"


def sentence_vectors(
    articles: Sequence[Article],
    choice: EncoderChoice,
    library: Path | None = None,
    *,
    read_only: bool = False,
    progress: Callable[[float], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Mapping[str, Row]:
    """Return the vectors of all sentences of articles, by the sentences' words.

    What the library in a folder keeps is taken from it, and what had to be encoded is kept there.
    `progress` is called with the share that is done; once `stop()` is true, those encoded so far
    are returned. Raises EncoderError if the encoder cannot be used.
    """
    name = encoders.name_of(choice)
    texts = list(dict.fromkeys(one.text for a in articles for one in sentences(a.text, a.language)))
    kept = SentenceVectors(library, read_only=read_only) if library else None
    found = dict(kept.known(name, texts)) if kept else {}
    # sentences of like length beside each other: the shorter ones need not wait for the longest
    missing = sorted((text for text in texts if text not in found), key=lambda t: (len(t), t))
    for first in range(0, len(missing), BATCH):
        if stop is not None and stop():
            break
        some = missing[first : first + BATCH]
        made = dict(zip(some, encoders.load(choice).encode(some), strict=True))
        if kept:
            kept.keep(name, made)
        found.update(_as_kept(made))
        if progress is not None:
            progress((first + len(some)) / len(missing))
    return found


def encode_stories(library: "Library", choice: EncoderChoice, seconds: float) -> bool:
    """Encode the sentences of the newest stories, for a while; return True if some are left.

    Raises EncoderError if the encoder cannot be used.
    """
    end = monotonic() + seconds
    name, kept = encoders.name_of(choice), SentenceVectors(library.folder)

    def enough() -> bool:
        return monotonic() > end

    for story in library.stories.of(limit=STORIES):
        articles = library.articles(story.articles)
        whole = kept.whole(name, [_marked(article) for article in articles])
        for article in articles:
            if _marked(article) in whole:
                continue
            sentence_vectors([article], choice, library.folder, stop=enough)
            if enough():
                return True
            kept.keep_whole(name, _marked(article))
    return False


def _marked(article: Article) -> str:
    """Return what tells a text whose sentences were encoded from others."""
    return f"{article.language} {article.text}"


def _as_kept(vectors: Mapping[str, Row]) -> dict[str, Row]:
    """Return vectors with the precision that is kept, so that both times compare the same."""
    import numpy as np  # noqa: PLC0415 - heavy, needed by few commands

    return {text: v.astype(np.float16).astype(np.float32) for text, v in vectors.items()}
