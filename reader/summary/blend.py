"""`news` and `story`: the project's own methods, as sumy's summarizers are.

A sentence's score is the sum of its features times their weights; then sentences are taken one by
one, each time the one with the best balance of score and what is new in it (maximal marginal
relevance, Carbonell and Goldstein 1998), measured in plain words: within one story IDF would make
the shared words weigh nothing, and the same fact would be chosen again and again.

Imports sumy and numpy: import it only where a summary is made.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sumy.models.dom import Sentence
from sumy.summarizers._summarizer import AbstractSummarizer

from reader.summary import features
from reader.summary.classic import Count
from reader.summary.document import Document
from reader.summary.gate import held_back
from reader.summary.material import Material
from reader.summary.weights import NEWS, STORY, Weights

Floats = NDArray[np.float64]
HELD_BACK = -100.0
REPEATED = -50.0
CROWDED = -25.0


class Blend(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    """Features, weighted; then maximal marginal relevance."""

    weights: Weights

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, Floats] = {}
        """After a call: what each feature added to each sentence's score."""
        self.scores: Floats = np.zeros(0)

    def __call__(self, document: Document, sentences_count: Count) -> tuple[Sentence, ...]:
        """Return the best sentences; `sentences_count` as for all of sumy's summarizers."""
        if not document.sentences:
            return ()
        material = document.material
        held = held_back(material.units)
        self.parts = rate(material, held, self.weights)
        self.scores = np.sum(list(self.parts.values()), axis=0)
        order = self._order(material, held)
        ratings = {document.sentences[row]: -float(rank) for rank, row in enumerate(order)}
        best: tuple[Sentence, ...] = self._get_best_sentences(
            document.sentences, sentences_count, ratings
        )
        return best

    def _order(self, material: Material, held: Sequence[str]) -> list[int]:
        """Return the rows in the order in which they are taken."""
        weights = self.weights
        overlap = features.word_overlap(material.units)
        outlets = [material.articles[unit.article].source for unit in material.units]
        base = weights.trade_off * self.scores
        base = base + HELD_BACK * np.array([bool(reason) for reason in held])
        nearest = np.zeros(len(base))
        taken = np.zeros(len(base), dtype=bool)
        own: Counter[str] = Counter()
        several = len(set(outlets)) > 1
        order: list[int] = []
        while len(order) < len(base):
            value = base - (1 - weights.trade_off) * nearest
            value = value + REPEATED * (nearest > weights.most_overlap)
            if several:
                most = max(1.0, weights.outlet_share * (len(order) + 1))
                crowded = [own[outlet] + 1 > most for outlet in outlets]
                value = value + CROWDED * np.array(crowded)
            value[taken] = -np.inf
            best = int(np.argmax(value))
            order.append(best)
            taken[best] = True
            own[outlets[best]] += 1
            nearest = np.maximum(nearest, overlap[:, best])
        return order


class News(Blend):
    """The default for one article."""

    weights = NEWS


class Story(Blend):
    """The default for several reports."""

    weights = STORY


def rate(material: Material, held: Sequence[str], weights: Weights) -> dict[str, Floats]:
    """Return what each feature adds to each unit's score."""
    units = material.units
    rows, titles = features.vectors(material)
    similarity = rows @ rows.T
    position = features.positions(units, held)
    body = np.array([not reason for reason in held])
    centre = rows[body].sum(axis=0) if body.any() else rows.sum(axis=0)
    own_title = np.array([unit.article for unit in units])
    opening = (position < 2) & body
    found = {
        "position": weights.lead * np.exp(-position / weights.lead_decay)
        + weights.body * np.exp(-position / weights.body_decay),
        "centrality": weights.centrality * features.centrality(similarity),
        "centroid": weights.centroid * features.scaled(rows @ centre),
        "opening": weights.opening * (similarity[:, opening].max(axis=1, initial=0.0)),
        "title": weights.title * np.sum(rows * titles[own_title], axis=1),
        "support": weights.support
        * (features.support(material, similarity, material.voices()) if weights.support else 0.0)
        * np.ones(len(units)),
    }
    for name, values in features.flags(units).items():
        found[name] = getattr(weights, name) * values
    return found
