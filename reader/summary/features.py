"""What `news` and `story` look at in each sentence: figures from 0 to 1, one array per feature.

Imports numpy: import it only where a summary is made.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reader.summary.lists import signs
from reader.summary.material import Material, Unit
from reader.summary.similarity import Floats, tfidf_cosines
from reader.text.words import stems

SHORT = 10
FEW_CONCEPTS = 15.0
"""Added to the sum of the weights of concepts, so that in a text of a few sentences the one word
that stands twice does not decide everything."""
"""A sentence of fewer words is short."""
_QUOTE = re.compile(r"^[\"“”„«»‘'「『]")
_QUESTION = re.compile(r"[?？؟][\"'”’»)」』]*$")

Pair = tuple[str, str]


@dataclass(frozen=True)
class Evidence:
    """What a material tells about its sentences before any is chosen."""

    similarity: Floats
    """(n, n) cosine of TF-IDF of content stems."""
    features: Mapping[str, Floats]
    """Feature -> (n,) its values, 0 to 1."""
    concepts: Mapping[str, float]
    """Stem -> its weight among those that several tell; see `shared_stems`."""
    pairs: Mapping[Pair, int]
    """Pair of neighbouring words -> how often it stands in all sentences, if more than once."""


def gather(material: Material, held: Sequence[str], decay: float) -> Evidence:
    """Return the evidence; `held` as `gate.held_back` gives it, `decay` in sentences."""
    units = material.units
    body = np.array([not reason for reason in held])
    if not body.any():
        body[:] = True
    place = positions(units, held)
    titles = _titles(material, place, body)
    both = tfidf_cosines([*(unit.stems for unit in units), *titles])
    similarity = both[: len(units), : len(units)]
    voices = material.voices()
    pairs, concepts = repeated_pairs(units), shared_stems(units, voices)
    features = {
        "position": np.exp(-place / decay),
        "body": np.exp(-place / 10.0),
        "centrality": centrality(similarity),
        "centroid": scaled(similarity[:, body].sum(axis=1)),
        "opening": _likeness(similarity, (place < 2) & body),
        "title": both[: len(units), len(units) :].mean(axis=1),
        "support": support(material, similarity, voices),
        "told": told(units, pairs),
        "cover": _covered(units, concepts),
        **form(material),
    }
    return Evidence(similarity, features, concepts, pairs)


def positions(units: Sequence[Unit], held: Sequence[str]) -> NDArray[np.int_]:
    """Return each unit's number in the body of its article, counted from 0.

    A sentence that is held back gets the number of the next one of the body.
    """
    seen: Counter[int] = Counter()
    found = np.zeros(len(units), dtype=int)
    for row, (unit, reason) in enumerate(zip(units, held, strict=True)):
        found[row] = seen[unit.article]
        seen[unit.article] += not reason
    return found


def centrality(similarity: Floats) -> Floats:
    """Return continuous LexRank (damping .85) without self-loops, the largest being 1."""
    matrix = similarity.copy()
    np.fill_diagonal(matrix, 0.0)
    sums = matrix.sum(axis=1, keepdims=True)
    matrix = np.divide(matrix, sums, out=np.zeros_like(matrix), where=sums > 0)
    size = len(matrix)
    ranks = np.full(size, 1.0 / size)
    for _ in range(30):
        ranks = 0.15 / size + 0.85 * np.einsum("ij,i->j", matrix, ranks)
    return scaled(ranks)


def scaled(values: Floats) -> Floats:
    """Return the values divided by the largest one, where that is above 0."""
    most = values.max(initial=0.0)
    result: Floats = values / most if most > 0 else values
    return result


def _titles(
    material: Material, place: NDArray[np.int_], body: NDArray[np.bool_]
) -> list[tuple[str, ...]]:
    """Return the stems of each title, none for a missing one.

    A title that only repeats the beginning of its text was made from it and tells nothing. Of
    several articles the first sentence of the body stands for a missing title, so that each report
    has its say.
    """
    found = []
    several = len(material.articles) > 1
    for number, article in enumerate(material.articles):
        title = article.title.rstrip("…").strip()
        if title and not article.text.lstrip().startswith(title):
            found.append(tuple(stems(title, article.language)))
            continue
        first = [
            unit.stems
            for unit in material.units
            if several and unit.article == number and body[unit.row] and place[unit.row] == 0
        ]
        found.append(first[0] if first else ())
    return found


def _likeness(similarity: Floats, to: NDArray[np.bool_]) -> Floats:
    """Return how like each sentence is to the likest of some."""
    result: Floats = similarity[:, to].max(axis=1, initial=0.0)
    return result


def support(material: Material, similarity: Floats, voices: Sequence[int]) -> Floats:
    """Return for each unit the mean, over the other voices, of the likest sentence there."""
    own = np.array([voices[unit.article] for unit in material.units])
    others = sorted(set(voices))
    if len(others) < 2:
        return np.zeros(len(own))
    best = np.stack([_likeness(similarity, own == voice) for voice in others], axis=1)
    for row, unit in enumerate(material.units):
        for number in unit.repeats:
            best[row, others.index(voices[number])] = 1.0
    best[np.arange(len(own)), np.searchsorted(others, own)] = 0.0
    result: Floats = best.sum(axis=1) / (len(others) - 1)
    return result


def pairs_of(unit: Unit) -> list[Pair]:
    """Return the pairs of neighbouring words of a sentence."""
    return list(zip(unit.words, unit.words[1:], strict=False))


def repeated_pairs(units: Sequence[Unit]) -> dict[Pair, int]:
    """Return how often each pair stands in all sentences, of those that stand more than once."""
    counts = Counter(pair for unit in units for pair in pairs_of(unit))
    return {pair: count for pair, count in counts.items() if count > 1}


def told(units: Sequence[Unit], pairs: Mapping[Pair, int]) -> Floats:
    """Return for each unit the share of its pairs that stand elsewhere too."""
    values = []
    for unit in units:
        own = Counter(pairs_of(unit))
        elsewhere = sum(min(n, pairs.get(pair, n) - n) for pair, n in own.items())
        values.append(elsewhere / max(1, own.total()))
    return np.array(values)


def shared_stems(units: Sequence[Unit], voices: Sequence[int]) -> dict[str, float]:
    """Return the weight of each stem that several voices (of one voice: sentences) tell.

    By how many it is told, minus one; the weights sum to less than 1, to much less in a short text.
    """
    several = len(set(voices)) > 1
    tellers: dict[str, set[int]] = {}
    for unit in units:
        own = {voices[n] for n in (unit.article, *unit.repeats)} if several else {unit.row}
        for stem in dict.fromkeys(unit.stems):
            tellers.setdefault(stem, set()).update(own)
    weights = {stem: len(own) - 1.0 for stem, own in tellers.items() if len(own) > 1}
    total = sum(weights.values()) + FEW_CONCEPTS
    return {stem: weight / total for stem, weight in weights.items()}


def _covered(units: Sequence[Unit], concepts: Mapping[str, float]) -> Floats:
    return np.array([sum(concepts.get(s, 0.0) for s in dict.fromkeys(u.stems)) for u in units])


def form(material: Material) -> dict[str, Floats]:
    """Return the features of form, each 0 or 1."""

    def flags(test: Callable[[Unit], bool]) -> Floats:
        return np.array([float(test(unit)) for unit in material.units])

    def points_back(unit: Unit) -> bool:
        own = signs(material.articles[unit.article].language).pronouns
        return bool(unit.words) and unit.words[0] in own

    return {
        "short": flags(lambda unit: unit.length < SHORT),
        "question": flags(lambda unit: bool(_QUESTION.search(unit.sentence.text))),
        "quote": flags(lambda unit: bool(_QUOTE.match(unit.sentence.text))),
        "pronoun": flags(points_back),
        "item": flags(lambda unit: unit.kind == "list"),
    }
