"""How likely two sentences say the same, or share a fact: learned from stories read by hand.

Two logistic regressions over the features of `reader.compare.pairs`. Their weights are in
`data/compare/likeness.json`, made by `scripts/fit_comparison.py`, which also says how well they do
on stories left out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from reader import resources
from reader.compare.kinship import kinship, twins
from reader.compare.material import Material
from reader.compare.pairs import ENCODED, FEATURES, Pairs, pairs_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[Any]
else:
    Matrix = Any


@dataclass(frozen=True, slots=True)
class Likeness:
    """What every pair of sentences worth a look has in common, each figure 0 to 1.

    All matrices are (rows, rows) and symmetrical; 0 where a pair is not worth a look, inside one
    report, and for headings.
    """

    same: Matrix
    """How likely two sentences say the same."""
    shared: Matrix
    """How likely two sentences have a fact in common."""
    alike: Matrix
    """How alike the words of two sentences are (the soft cosine), whatever their reports."""

    def pairs(self, least: float) -> list[tuple[int, int]]:
        """Return the pairs of rows (a < b) that share a fact at least so likely, in order."""
        import numpy as np  # noqa: PLC0415 - only a comparison needs it, not the program's start

        a, b = np.nonzero(np.triu(self.shared, 1) >= max(least, 1e-6))
        return list(zip(map(int, a), map(int, b), strict=True))


def likeness(material: Material, encoded: Mapping[str, Matrix] | None = None) -> Likeness:
    """Return how likely each two sentences of different reports say the same or share a fact.

    `encoded` gives the vector of a sentence by its text, if an encoder was at work.
    """
    import numpy as np  # noqa: PLC0415 - as above

    pairs = pairs_of(material, encoded)
    with_encoder = encoded is not None
    kind = "encoded" if with_encoder else "plain"
    names = [*FEATURES, *(ENCODED if with_encoder else ())]
    reports = np.array([unit.report for unit in material.units], dtype=int)
    akin = np.array(kinship(material), np.float32)[np.ix_(reports, reports)] if len(reports) else 1

    same_words = twins(material)

    def learned(what: str) -> Matrix:
        values = probability(pairs.features, _weights()[kind][what], names)
        found = _matrix(len(reports), pairs, values) * akin
        for one, other in same_words:
            found[one, other] = found[other, one] = 1.0
        return found

    return Likeness(learned("same"), learned("shared"), pairs.likeness)


def probability(features: Matrix, model: Mapping[str, Any], names: list[str]) -> Matrix:
    """Return the probability (0 to 1) that a logistic regression gives each row of features."""
    import numpy as np  # noqa: PLC0415 - as above

    if not len(features):
        return np.zeros(0, np.float32)
    weights = np.array([model["weights"].get(name, 0.0) for name in names], np.float32)
    found: Matrix = 1.0 / (1.0 + np.exp(-(features @ weights + model["bias"])))
    return found


def _matrix(rows: int, pairs: Pairs, values: Matrix) -> Matrix:
    import numpy as np  # noqa: PLC0415 - as above

    found = np.zeros((rows, rows), np.float32)
    found[pairs.a, pairs.b] = values
    return np.maximum(found, found.T)


@cache
def _weights() -> dict[str, Any]:
    text = resources.data("compare", "likeness.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
