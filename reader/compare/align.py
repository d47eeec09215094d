"""Which sentences of different reports say the same, and which touch the same.

Stems weighted by TF-IDF whose document frequencies come from the story itself: with frequencies
from elsewhere the story's own words ("summit", "minister") drown what tells its sentences apart.
The thresholds were chosen on two aligned stories (docs/decisions/comparison.md).
"""

from collections import Counter
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING, Any

from reader.compare.carried import carried_similarities
from reader.compare.material import Material, Report
from reader.text.vectors import cosine, tfidf

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAME = 0.24
"""From this similarity on two sentences say the same."""
RELATED = 0.18
"""From this similarity on they touch the same."""
_SHARED = 2
"""One common word ("Mr Smith", "yesterday") says nothing."""
_AKIN = 0.18
"""Reports less alike than this (their terms as a whole) are not about the same event."""
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
    weights = tfidf(body)
    present = (weights > 0).astype(np.float32)
    shared = present @ present.T
    similarity = cosine(weights) * (shared / (shared + 1.0)) * _RESTORED
    similarity[shared < _SHARED] = 0.0
    languages = [material.reports[unit.report].language for unit in material.units]
    if len(set(languages)) > 1:
        names = np.array([language or "" for language in languages])
        across = names[:, None] != names[None, :]
        similarity = np.where(across, carried_similarities(material), similarity)
    twins: dict[str, list[int]] = {}
    for unit in material.units:
        twins.setdefault(unit.text.casefold(), []).append(unit.row)
    for rows in twins.values():
        if len(rows) > 1:
            similarity[np.ix_(rows, rows)] = 1.0
    for report in unrelated(material):
        rows = [unit.row for unit in material.reports[report].units]
        similarity[rows, :] = 0.0
        similarity[:, rows] = 0.0
    return np.clip(np.nan_to_num(similarity), 0.0, 1.0)


def unrelated(material: Material) -> list[int]:
    """Return the reports that have so few words in common with all others that they do not belong.

    Measured on labelled stories: of reports of one story the nearest one is at .186 or more (the
    cosine of 1 + log(count) of the terms), of others it is below .13 for half, below .17 for three
    in four. What a stray report shares are phrases of news ("said on Thursday night").
    """
    counts = [Counter(term for unit in r.units for term in unit.terms) for r in material.reports]
    vectors = [{term: 1 + log(n) for term, n in count.items()} for count in counts]
    found = []
    for report in material.reports:
        others = [other for other in material.reports if other.number != report.number]
        if not any(_akin(report, other, vectors) for other in others):
            found.append(report.number)
    return found


def _akin(one: Report, other: Report, vectors: list[dict[str, float]]) -> bool:
    if one.article.text == other.article.text or one.language != other.language:
        return True
    a, b = vectors[one.number], vectors[other.number]
    product = sum(value * b[term] for term, value in a.items() if term in b)
    lengths = sum(v * v for v in a.values()) * sum(v * v for v in b.values())
    return bool(product and product / sqrt(lengths) >= _AKIN)


def best_pairs(material: Material, similarity: "NDArray[Any]") -> list[tuple[int, int]]:
    """Return the pairs of rows (a < b) of different reports that are best for a or for b.

    Best means: no other sentence of that report is more similar. Sentences of the same wording
    that stand several times are paired in their order.
    """
    found: set[tuple[int, int]] = set()
    for one in material.reports:
        for other in material.reports[one.number + 1 :]:
            if one.units and other.units:
                found |= _best(one.units[0].row, other.units[0].row, _block(one, other, similarity))
    return sorted(found)


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
