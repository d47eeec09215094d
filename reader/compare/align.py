"""Which sentences of different reports say the same, and which touch the same.

Stems weighted by TF-IDF whose document frequencies come from the story itself: with frequencies
from elsewhere the story's own words ("summit", "minister") drown what tells its sentences apart.
The thresholds were chosen on two aligned stories (docs/decisions/comparison.md).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reader.compare.material import Material
from reader.text.vectors import cosine, tfidf

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAME = 0.27
"""From this similarity on two sentences say the same."""
RELATED = 0.19
"""From this similarity on they touch the same."""


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
    """Return the cosine of all sentences; equal wording counts 1, headings only as that."""
    import numpy as np  # noqa: PLC0415 - only a comparison needs it, not the program's start

    units = material.units
    body = [unit.terms if unit.role != "heading" else () for unit in units]
    similarity = cosine(tfidf(body))
    twins: dict[str, list[int]] = {}
    for unit in units:
        twins.setdefault(unit.text.casefold(), []).append(unit.row)
    for rows in twins.values():
        if len(rows) > 1:
            similarity[np.ix_(rows, rows)] = 1.0
    return np.clip(np.nan_to_num(similarity), 0.0, 1.0)


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
