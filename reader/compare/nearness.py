"""How alike the words next to two values are: "a $38 billion bid for Lund", "bid 47 billion".

Two sentences that share a fact may put it into clauses without one word in common. What is beside
a value tells what it is the value of, and word vectors tell that "offer" and "bid" are near.
"""

from collections.abc import Sequence

from reader.compare.contexts import Contexts, function_words
from reader.compare.material import Unit
from reader.text.word_vectors import vectors
from reader.text.words import stem

_NEAR = 0.45
"""Words less near than this have nothing to do with each other."""
_WORDS = 4
"""So many words before a value and after it are read."""
_UNKNOWN = 4.0
"""How much a word tells that the story's counts do not know."""


def beside(unit: Unit, start: int, end: int, language: str | None) -> list[str]:
    """Return the words with a meaning next to a place (code points of the unit's text)."""
    functions = function_words(language)
    telling = [
        w
        for w in unit.words
        if w.text not in functions and len(w.text) > 1 and not w.text[0].isdigit()
    ]
    before = [w.text for w in telling if w.end <= start][-_WORDS:]
    return before + [w.text for w in telling if w.start >= end][:_WORDS]


def nearness(
    contexts: Contexts,
    one: Sequence[str],
    other: Sequence[str],
    languages: tuple[str | None, str | None],
) -> float:
    """Return how much two lists of words mean the same, 0 to 1.

    Each word is set beside the nearest one of the other list, and counts by its rarity.
    """
    import numpy as np  # noqa: PLC0415 - only a comparison needs it, not the program's start

    if not one or not other:
        return 0.0
    equal = np.array([[float(a == b) for b in other] for a in one], np.float32)
    first, second = vectors(languages[0]), vectors(languages[1])
    if first is not None and second is not None:
        close = first.lookup(one) @ second.lookup(other).T
        equal = np.maximum(equal, np.where(close < _NEAR, 0.0, close))
    mine, theirs = (
        np.array([contexts.weight.get(stem(w, language), _UNKNOWN) for w in words], np.float32)
        for words, language in zip((one, other), languages, strict=True)
    )
    covered = equal.max(axis=1) @ mine / mine.sum() + equal.max(axis=0) @ theirs / theirs.sum()
    return min(1.0, float(covered) / 2)
