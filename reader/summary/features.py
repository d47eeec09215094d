"""What `news` and `story` look at in each sentence: figures from 0 to 1, one array per feature.

Imports numpy: import it only where a summary is made.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from reader.summary.material import Material, Unit
from reader.text.vectors import tfidf
from reader.text.words import stems

Floats = NDArray[np.float64]

_QUOTE = re.compile(r"^[\"“”„«»‘'「『]")
_PRONOUNS = frozenset(
    """
    he she it they this that these those his her its their but and or so such there
    er sie es dies diese dieser dieses il elle ils elles ce cette ces él ella ellos esto este
    esta lui lei essi questo questa
    """.split()
)


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
    """Return continuous LexRank (Erkan and Radev 2004, damping .85), the largest being 1."""
    matrix = similarity.copy()
    np.fill_diagonal(matrix, 0.0)
    sums = matrix.sum(axis=1, keepdims=True)
    matrix = np.divide(matrix, sums, out=np.zeros_like(matrix), where=sums > 0)
    size = len(matrix)
    ranks = np.full(size, 1.0 / size)
    for _ in range(30):
        ranks = 0.15 / size + 0.85 * (matrix.T @ ranks)
    result: Floats = ranks / ranks.max()
    return result


def scaled(values: Floats) -> Floats:
    """Return the values divided by the largest one, where that is above 0."""
    most = values.max(initial=0.0)
    result: Floats = values / most if most > 0 else values
    return result


def vectors(material: Material) -> tuple[Floats, Floats]:
    """Return TF-IDF rows of the units and of the titles, with IDF of these articles."""
    rows = [unit.stems for unit in material.units]
    titles = [tuple(stems(a.title, a.language)) if a.title else () for a in material.articles]
    both = tfidf([*rows, *titles])
    return both[: len(rows)], both[len(rows) :]


def flags(units: Sequence[Unit]) -> Mapping[str, Floats]:
    """Return the features of form: each 0 or 1, `names` the share of capitalised words."""
    texts = [unit.sentence.text for unit in units]
    lengths = [unit.length for unit in units]
    table = {
        "short": [length < 10 for length in lengths],
        "long": [length > 45 for length in lengths],
        "question": [text.rstrip("\"'”’»)").endswith(("?", "？", "؟")) for text in texts],
        "quote": [bool(_QUOTE.match(text)) for text in texts],
        "pronoun": [bool(unit.words) and unit.words[0] in _PRONOUNS for unit in units],
        "item": [unit.kind == "list" for unit in units],
        "names": [_capitals(text) for text in texts],
    }
    return {name: np.array(values, dtype=float) for name, values in table.items()}


def _capitals(text: str) -> float:
    later = text.split()[1:]
    return sum(word[:1].isupper() for word in later) / len(later) if later else 0.0


def support(material: Material, similarity: Floats, voices: Sequence[int]) -> Floats:
    """Return for each unit the mean, over the other voices, of the most similar sentence there."""
    own = np.array([voices[unit.article] for unit in material.units])
    others = sorted(set(voices))
    if len(others) < 2:
        return np.zeros(len(own))
    best = np.stack([_best(similarity, own == voice) for voice in others], axis=1)
    for row, unit in enumerate(material.units):
        for number in unit.repeats:
            best[row, others.index(voices[number])] = 1.0
    best[np.arange(len(own)), np.searchsorted(others, own)] = 0.0
    result: Floats = best.sum(axis=1) / (len(others) - 1)
    return result


def _best(similarity: Floats, members: NDArray[np.bool_]) -> Floats:
    if not members.any():
        return np.zeros(len(similarity))
    result: Floats = similarity[:, members].max(axis=1)
    return result


def word_overlap(units: Sequence[Unit]) -> Floats:
    """Return the cosine of the sets of words of each pair of units: what a reader sees twice."""
    columns: dict[str, int] = {}
    for unit in units:
        for word in unit.words:
            columns.setdefault(word, len(columns))
    matrix = np.zeros((len(units), len(columns)))
    for row, unit in enumerate(units):
        matrix[row, [columns[word] for word in set(unit.words)]] = 1.0
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    matrix = np.divide(matrix, lengths, out=matrix, where=lengths > 0)
    result: Floats = matrix @ matrix.T
    return result
