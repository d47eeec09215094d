"""Which sentences make the best summary together.

A set of sentences is worth the mean of their scores (weighted by their words), plus how much of
what several sentences tell it covers, plus how well its wording stands for wording that was left
out, minus how much its sentences repeat each other. That is concept coverage (Gillick and Favre
2009, "A Scalable Global Model for Summarization") with a diversity term (Lin and Bilmes 2011);
redundancy is measured in plain words, as readers see it: within one story TF-IDF would make the
shared words weigh nothing, and the same fact would be chosen again and again.

The best set is searched for, not proved: from several first sentences on, sentences are added one
by one, each time the one that makes the set worth most; then each is taken out in turn and the gap
filled anew, as long as that makes it worth more. Deterministic; ties go to the earlier sentence.

Imports numpy: import it only where a summary is made.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from reader.summary.features import Evidence, pairs_of
from reader.summary.material import Unit
from reader.summary.similarity import Floats, word_overlap
from reader.summary.weights import Weights

_Concept = TypeVar("_Concept", bound=Hashable)

STARTS = 6
"""From so many first sentences the search begins …"""
PASSES = 6
"""… and so often it goes over a set, for summaries of up to `FEW` sentences; less for longer."""
FEW = 12

MOST_OVERLAP = 0.45
"""Two sentences whose sets of words have a higher cosine say the same …"""
MOST_LIKENESS = 0.4
"""… and so do two with a higher TF-IDF cosine; .27 is where two outlets tell the same fact."""
REPEATED = 1.0
"""What each pair that says the same costs a set: more than any other sentence can add."""


@dataclass(frozen=True)
class Pool:
    """The sentences to choose from, each with what a set's worth is made of."""

    scores: Floats
    """(n,) what each is worth by itself, whatever else is chosen."""
    words: Floats
    """(n,) how many words each counts."""
    amounts: Floats
    """(n,) how much of the length each takes."""
    outlets: tuple[str, ...]
    """(n,) the outlet of each."""
    overlap: Floats
    """(n, n) cosine of sets of words, 0 on the diagonal."""
    repeats: NDArray[np.bool_]
    """(n, n) whether the two say the same, so that a summary should have one of them only."""
    concepts: Floats
    """(n, concepts) the weight of each concept in the sentences that have it."""
    pairs: Floats
    """(n, pairs) how often each pair of words stands in each sentence."""
    pair_totals: Floats
    """(pairs,) how often it stands in all articles."""
    pair_counts: Floats
    """(n,) how many pairs of words each sentence has, also such as stand nowhere else."""


def pool_of(
    units: Sequence[Unit],
    evidence: Evidence,
    scores: Floats,
    outlets: Sequence[str],
    amounts: Sequence[int],
) -> Pool:
    """Return the pool of some units, with their scores, outlets and amounts."""
    overlap = word_overlap(unit.words for unit in units)
    rows = [unit.row for unit in units]
    likeness = evidence.similarity[np.ix_(rows, rows)].copy()
    np.fill_diagonal(likeness, 0.0)
    own_pairs = [Counter(pairs_of(unit)) for unit in units]
    return Pool(
        scores=scores,
        words=np.array([unit.length for unit in units], dtype=float),
        amounts=np.array(amounts, dtype=float),
        outlets=tuple(outlets),
        overlap=overlap,
        repeats=(overlap > MOST_OVERLAP) | (likeness > MOST_LIKENESS),
        concepts=_incidence([dict.fromkeys(unit.stems, 1) for unit in units], evidence.concepts),
        pairs=_incidence(own_pairs, dict.fromkeys(evidence.pairs, 1.0)),
        pair_totals=np.array(list(evidence.pairs.values()), dtype=float),
        pair_counts=np.array([own.total() for own in own_pairs], dtype=float),
    )


def _incidence(rows: Sequence[Mapping[_Concept, int]], weights: Mapping[_Concept, float]) -> Floats:
    """Return (rows, concepts): the weight of a concept times how often a row has it."""
    columns = {concept: n for n, concept in enumerate(weights)}
    matrix = np.zeros((len(rows), len(columns)))
    for n, row in enumerate(rows):
        for concept, count in row.items():
            column = columns.get(concept)
            if column is not None:
                matrix[n, column] = count * weights[concept]
    return matrix


def best_set(pool: Pool, weights: Weights, target: float) -> list[int]:
    """Return the numbers of the sentences that reach a target amount and are worth most together.

    None of them could be left out without falling below the target.
    """
    if pool.amounts.sum() <= target:
        return list(range(len(pool.amounts)))
    search = _Search(pool, weights, target)
    expected = target / max(1.0, float(np.median(pool.amounts)))
    starts, passes = (STARTS, PASSES) if expected <= FEW else (1, 2)
    first = np.argsort(-search.worths([]), kind="stable")[:starts]
    found = [search.improve(search.fill([int(n)]), passes) for n in first]
    return sorted(max(found, key=search.worth))


class _Search:
    """A search in one pool, up to one length."""

    def __init__(self, pool: Pool, weights: Weights, target: float) -> None:
        self._pool = pool
        self._weights = weights
        self._target = target
        self._weighted = pool.scores * pool.words
        in_sentences = bool((pool.amounts == 1.0).all())
        self._fullness = weights.fullness if in_sentences else 0.0
        self._expected = max(1.0, target * float(pool.words.mean()))

    def improve(self, chosen: list[int], passes: int) -> list[int]:
        """Take each sentence out in turn and fill the gap anew, while that makes the set better."""
        worth = self.worth(chosen)
        for _ in range(passes):
            before = worth
            for sentence in list(chosen):
                if sentence not in chosen:
                    continue
                other = self.fill([n for n in chosen if n != sentence], without=sentence)
                value = self.worth(other)
                if value > worth + 1e-9:
                    chosen, worth = other, value
            if worth == before:
                break
        return chosen

    def worth(self, chosen: Iterable[int]) -> float:
        """Return what a set is worth."""
        *others, last = chosen
        return float(self.worths(others)[last])

    def fill(self, chosen: list[int], without: int | None = None) -> list[int]:
        """Add sentences until the target is reached; then take out what is not needed."""
        chosen = list(chosen)
        barred = [] if without is None else [without]
        while self._amount(chosen) < self._target and len(chosen) + len(barred) < len(
            self._pool.amounts
        ):
            value = self.worths(chosen)
            value[chosen + barred] = -np.inf
            crowded = self._crowded(chosen)
            if np.isfinite(value[~crowded]).any():
                value[crowded] = -np.inf
            chosen.append(int(np.argmax(value)))
        if self._amount(chosen) < self._target:
            chosen += barred
        return self._minimal(chosen)

    def _minimal(self, chosen: list[int]) -> list[int]:
        while True:
            spare = self._amount(chosen) - self._target
            needless = [n for n in chosen if self._pool.amounts[n] <= spare]
            if not needless:
                return chosen
            rests = ([k for k in chosen if k != n] for n in needless)
            chosen = max(rests, key=self.worth)

    def _amount(self, chosen: Sequence[int]) -> float:
        return float(self._pool.amounts[list(chosen)].sum())

    def _crowded(self, chosen: Sequence[int]) -> NDArray[np.bool_]:
        """Return which sentences are of an outlet that has had its share."""
        had: Counter[str] = Counter()
        for n in chosen:
            had[self._pool.outlets[n]] += self._pool.amounts[n]
        most = self._weights.outlet_share * self._target
        return np.array([had[outlet] >= most for outlet in self._pool.outlets])

    def worths(self, chosen: list[int]) -> Floats:
        """Return for every sentence the worth of the chosen ones with it."""
        pool, weights = self._pool, self._weights
        words = pool.words[chosen].sum() + pool.words
        words = np.maximum(words, 1.0) ** (1.0 - self._fullness) * self._expected**self._fullness
        value: Floats = (self._weighted[chosen].sum() + self._weighted) / words
        have = pool.concepts[chosen].max(axis=0, initial=0.0)
        value = value + weights.cover * np.maximum(pool.concepts, have).sum(axis=1)
        own = pool.pairs[chosen].sum(axis=0) + pool.pairs
        stands = np.minimum(own, pool.pair_totals - own).sum(axis=1)
        counts = pool.pair_counts[chosen].sum() + pool.pair_counts
        value = value + weights.told * stands / np.maximum(counts, 1.0)
        if chosen:
            inner = pool.overlap[np.ix_(chosen, chosen)].max(axis=1)
            outer = pool.overlap[:, chosen]
            highest = np.maximum(outer, inner).sum(axis=1) + outer.max(axis=1)
            value = value - weights.redundancy * highest / (len(chosen) + 1)
            inside = np.count_nonzero(pool.repeats[np.ix_(chosen, chosen)]) / 2
            value = value - REPEATED * (inside + pool.repeats[:, chosen].sum(axis=1))
        return value
