"""Which sentences of different reports say the same, and which touch the same.

Stems weighted by TF-IDF whose document frequencies come from the story itself: with frequencies
from elsewhere the story's own words ("summit", "minister") drown what tells its sentences apart.
The thresholds were chosen on two aligned stories (docs/decisions/comparison.md).
"""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from math import log, sqrt
from typing import TYPE_CHECKING, Any

from reader.compare.carried import carried_similarities
from reader.compare.material import Material, Report
from reader.text.vectors import tfidf

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAME = 0.24
"""From this similarity on two sentences say the same."""
RELATED = 0.18
"""From this similarity on they touch the same."""
_SHARED = 2
"""One common word ("Mr Smith", "yesterday") says nothing."""
_AKIN = 0.18
"""A report less alike than this to all others (their terms as a whole) does not belong."""
_CLOSE, _LESS = 0.25, 0.8
"""Two reports less alike than this may be about two events, and their sentences count less."""
_RESTORED = 7 / 6
"""k / (k + 1) is 6/7 at six shared terms, what linked sentences have in common on the average."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The similarity of all sentences, and the pairs of rows (a < b) that are linked."""

    similarity: "NDArray[Any]"
    """(rows, rows), 0 to 1; 0 inside one report's headings and between a heading and a body."""
    same: tuple[tuple[int, int, float], ...]
    related: tuple[tuple[int, int, float], ...]


def align(material: Material) -> Alignment:
    """Compare every sentence with every sentence of the other reports."""
    similarity = similarities(material)
    same, related = [], []
    for a, b in best_pairs(material, similarity):
        score = round(float(similarity[a, b]), 4)
        if score >= SAME:
            same.append((a, b, score))
        elif score >= RELATED:
            related.append((a, b, score))
    return Alignment(similarity, tuple(same), tuple(related))


def similarities(material: Material) -> "NDArray[Any]":
    """Return how alike all sentences are: the cosine, less where few terms are shared.

    Sentences of a handful of words reach a high cosine by one or two common words; so the cosine
    is taken times k / (k + 1) for k shared terms (and by a constant that leaves the thresholds
    where the plain cosine had them). Equal wording counts 1; headings are like nothing else.
    """
    import numpy as np  # noqa: PLC0415 - only a comparison needs it, not the program's start

    body = [unit.terms if unit.role != "heading" else () for unit in material.units]
    weights = tfidf(body).astype(np.float32)
    # A term of one sentence only has done its work in the length of the row.
    weights = weights[:, np.count_nonzero(weights, axis=0) > 1]
    present = (weights > 0).astype(np.float32)
    shared = present @ present.T
    similarity: NDArray[Any] = (weights @ weights.T) * (shared / (shared + 1.0)) * _RESTORED
    similarity[shared < _SHARED] = 0.0
    languages = [material.reports[unit.report].language or "" for unit in material.units]
    if len({language for language in languages if language}) > 1:
        names = np.array(languages)
        known = names != ""
        across = (names[:, None] != names[None, :]) & known[:, None] & known[None, :]
        similarity = np.where(across, carried_similarities(material), similarity)
    reports = np.array([unit.report for unit in material.units], dtype=int)
    if len(reports):
        similarity *= np.array(kinship(material))[np.ix_(reports, reports)]
    for one, other in _twins(material):
        similarity[one, other] = similarity[other, one] = 1.0
    clipped: NDArray[Any] = np.clip(np.nan_to_num(similarity), 0.0, 1.0)
    return clipped


def kinship(material: Material) -> list[list[float]]:
    """Return for each pair of reports the factor by which their sentences count as alike.

    A report that has too few words in common with all others does not belong and counts nothing;
    two reports that have few in common count a little less. What unrelated reports share are
    phrases of news ("said on Thursday night"). Measured on labelled stories (the cosine of
    1 + log(count) of the terms): of reports of one story the nearest one is at .186 or more, of
    others three in four are below .17.
    """
    counts = [Counter(term for unit in r.units for term in unit.terms) for r in material.reports]
    vectors = [{term: 1 + log(n) for term, n in count.items()} for count in counts]
    reports = material.reports
    akin = [[_akin(one, other, vectors) for other in reports] for one in reports]
    belongs = [
        len(reports) == 1 or any(x >= _AKIN for k, x in enumerate(row) if k != number)
        for number, row in enumerate(akin)
    ]
    return [
        [
            0.0 if not (belongs[i] and belongs[j]) else 1.0 if akin[i][j] >= _CLOSE else _LESS
            for j in range(len(reports))
        ]
        for i in range(len(reports))
    ]


def _akin(one: Report, other: Report, vectors: list[dict[str, float]]) -> float:
    same_language = one.language == other.language or not (one.language and other.language)
    if one.article.text == other.article.text or not same_language:
        return 1.0  # between languages it is for the sentences to tell
    a, b = vectors[one.number], vectors[other.number]
    product = sum(value * b[term] for term, value in a.items() if term in b)
    lengths = sum(v * v for v in a.values()) * sum(v * v for v in b.values())
    return product / sqrt(lengths) if product else 0.0


def _occurrences(material: Material) -> dict[int, tuple[str, int]]:
    """Return row -> its wording, and which of the sentences of that wording in its report it is."""
    counts: Counter[tuple[int, str]] = Counter()
    found = {}
    for unit in material.units:
        wording = unit.text.casefold()
        found[unit.row] = (wording, counts[unit.report, wording])
        counts[unit.report, wording] += 1
    return found


def _twins(material: Material) -> list[tuple[int, int]]:
    """Return the pairs of rows of different reports with the same wording, those in line with each.

    A report that does not belong may still share a byline or "(Reuters)" with others: such lines
    of a word or two are no twins, unless the whole text is the same.
    """
    rows: dict[tuple[str, int], list[int]] = {}
    for row, key in _occurrences(material).items():
        rows.setdefault(key, []).append(row)
    reports, units = material.reports, material.units
    return [
        (a, b)
        for same in rows.values()
        for a, b in combinations(same, 2)
        if len(units[a].terms) >= _SHARED
        or reports[units[a].report].article.text == reports[units[b].report].article.text
    ]


def best_pairs(material: Material, similarity: "NDArray[Any]") -> list[tuple[int, int]]:
    """Return the pairs of rows (a < b) of different reports that are best for a or for b.

    Best means: no other sentence of that report is more similar. Sentences of the same wording
    that stand several times are paired in their order.
    """
    found: set[tuple[int, int]] = set(_twins(material))
    for one in material.reports:
        for other in material.reports[one.number + 1 :]:
            if one.units and other.units:
                found |= _best(one.units[0].row, other.units[0].row, _block(one, other, similarity))
    place = _occurrences(material)
    return sorted(
        (a, b) for a, b in found if place[a][0] != place[b][0] or place[a][1] == place[b][1]
    )


def _block(one: Any, other: Any, similarity: "NDArray[Any]") -> "NDArray[Any]":
    a, b = one.units[0].row, other.units[0].row
    return similarity[a : a + len(one.units), b : b + len(other.units)]


def _best(a: int, b: int, block: "NDArray[Any]") -> set[tuple[int, int]]:
    """Return the best pairs of one block, whose first row is `a` and first column `b`."""
    rows, columns = block.shape
    forth, back = block.argmax(axis=1), block.argmax(axis=0)
    found = {(a + row, b + int(forth[row])) for row in range(rows)}
    found |= {(a + int(back[column]), b + column) for column in range(columns)}
    return {(i, j) for i, j in found if block[i - a, j - b] >= RELATED}
