"""What a sentence carries across languages: names, countries, numbers and dates."""

from typing import TYPE_CHECKING, Any

from reader.compare.material import LONGEST_SENTENCE, Material, Unit
from reader.compare.names import folded
from reader.compare.numbers import quantities
from reader.compare.synonyms import place_terms
from reader.compare.tables import members
from reader.compare.times import moments
from reader.text.vectors import cosine, tfidf
from reader.text.words import stem

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHARED = 3
"""So many names, numbers and dates two sentences must share to be linked."""
_SHORTEST = 3


def carried(material: Material, unit: Unit) -> list[str]:
    """Return what of a sentence can be found again in another language, each in one form."""
    if len(unit.text) > LONGEST_SENTENCE:
        return []
    article = material.reports[unit.report].article
    language = article.language
    published = article.published.date() if article.published else None
    times = moments(unit.text, language, published)
    spans = [(moment.start, moment.end) for moment in times]
    found = [f"@{moment.shown}" for moment in times if moment.shown]
    found += [f"#{q.low:g}" for q in quantities(unit.text, language, spans)]
    places, functions = place_terms(language), members(language, "function_words")
    for word in unit.words:
        place = places.get(stem(word.text, language))
        if place:
            found.append(place)
        elif _is_name(unit, word.start, word.end) and word.text not in functions:
            found.append(folded(word.text))
    return found


def _is_name(unit: Unit, start: int, end: int) -> bool:
    return end - start >= _SHORTEST and unit.text[start].isupper()


def carried_similarities(material: Material) -> "NDArray[Any]":
    """Return how alike all sentences are by what they carry, 0 where they share too little."""
    import numpy as np  # noqa: PLC0415 - only a comparison needs it, not the program's start

    weights = tfidf([carried(material, u) if u.role != "heading" else () for u in material.units])
    present = (weights > 0).astype(np.float32)
    shared = present @ present.T
    similarity: NDArray[Any] = cosine(weights) * (shared / (shared + 1.0))
    similarity[shared < _SHARED] = 0.0
    return similarity
