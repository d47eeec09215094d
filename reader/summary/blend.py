"""`news` and `story`: the project's own methods, as sumy's summarizers are.

A sentence's score is the sum of its features times their weights; which sentences are taken is
decided for all of them together (see `choice`). What the body gate holds back comes last.

Imports sumy and numpy: import it only where a summary is made.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sumy.models.dom import Sentence
from sumy.summarizers._summarizer import AbstractSummarizer
from sumy.utils import ItemsCount

from reader.summary.choice import best_set, pool_of
from reader.summary.document import Document
from reader.summary.features import Evidence, gather
from reader.summary.gate import CERTAIN, held_back
from reader.summary.lengths import Length
from reader.summary.material import Material, Unit
from reader.summary.similarity import Floats
from reader.summary.weights import NEWS, STORY, Weights

MOST_CANDIDATES = 150
"""The search looks at so many of the sentences with the best scores, and at more for a summary
that needs more."""
TOGETHER = ("told", "cover")
"""Features that count for a set as a whole, not sentence by sentence."""


class Blend(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    """Features, weighted; then the best set."""

    weights: Weights

    def __init__(self, length: Length | None = None) -> None:
        """Take the length that the best set is looked for; by default the count asked for."""
        super().__init__()
        self._length = length
        self.held: list[str] = []
        """After a call: why each sentence is held back, "" for those of the body."""
        self.parts: dict[str, Floats] = {}
        """After a call: what each feature adds to each sentence's score."""
        self.scores: Floats = np.zeros(0)
        """After a call: the sums of the parts."""
        self.similarity: Floats = np.zeros((0, 0))
        """After a call: the TF-IDF cosine of each pair of sentences."""

    def __call__(self, document: Document, sentences_count: Any) -> tuple[Sentence, ...]:
        """Return the best sentences; `sentences_count` as for all of sumy's summarizers."""
        if not document.sentences:
            return ()
        material = document.material
        length = self._length or Length(_number(sentences_count, document.sentences))
        self.held = held_back(material)
        evidence = gather(material, self.held, self.weights.decay)
        self.similarity = evidence.similarity
        self.parts = {
            name: getattr(self.weights, name) * evidence.features[name]
            for name in Weights.features()
        }
        self.scores = np.sum(list(self.parts.values()), axis=0)
        order = self._order(material, evidence, length)
        ratings = {document.sentences[row]: -float(rank) for rank, row in enumerate(order)}
        best: tuple[Sentence, ...] = self._get_best_sentences(
            document.sentences, sentences_count, ratings
        )
        return best

    def _order(self, material: Material, evidence: Evidence, length: Length) -> list[int]:
        """Return all rows: the best set, then the rest of the body, then what is held back."""
        units = material.units
        by_score = sorted(range(len(units)), key=lambda row: (-self.scores[row], row))
        body = [row for row in by_score if not self.held[row]] or by_score
        chosen = self._choose(material, evidence, length, body)
        taken = set(chosen)
        rest = [row for row in body if row not in taken]
        inside = {*body}
        doubtful = [row for row in by_score if row not in inside]
        doubtful.sort(key=lambda row: self.held[row] in CERTAIN)
        return [*(row for row in by_score if row in taken), *rest, *doubtful]

    def _choose(
        self, material: Material, evidence: Evidence, length: Length, body: Sequence[int]
    ) -> list[int]:
        amounts = [length.amount(material.units[row]) for row in body]
        needed = length.target / max(1.0, sum(amounts) / len(amounts))
        rows = sorted(body[: MOST_CANDIDATES + int(3 * needed)])
        units: list[Unit] = [material.units[row] for row in rows]
        outlets = material.outlets
        alone = self.scores - sum(self.parts[name] for name in TOGETHER)
        pool = pool_of(
            units,
            evidence,
            alone[rows],
            [outlets[unit.article] for unit in units],
            [length.amount(unit) for unit in units],
        )
        return [rows[n] for n in best_set(pool, self.weights, length.target)]


class News(Blend):
    """The default for one article."""

    weights = NEWS


class Story(Blend):
    """The default for several reports."""

    weights = STORY


def _number(sentences_count: Any, sentences: Sequence[Sentence]) -> int:
    """Return how many sentences a count of sumy's ("20%", 5, a function) takes of these."""
    count = sentences_count if callable(sentences_count) else ItemsCount(sentences_count)
    return max(1, len(count(list(sentences))))
