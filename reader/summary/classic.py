"""sumy's own methods, made quick, bounded and safe: they choose the sentences that sumy's choose.

What is changed, and why it may be:

- LexRank, TextRank and Reduction compare all sentences in nested loops; here one product of
  matrices gives the same figures. LexRank of texts in which no two sentences are alike divides by
  zero in sumy; here all sentences are then equal and the first ones are chosen.
- LSA keeps all dimensions (`REDUCTION_RATIO` is 1), and then a sentence's length in the space of
  topics, by which it is rated, is its length in the space of words: no decomposition is needed.
- KL and SumBasic rate all sentences again after each choice; here only what the choice changed.
- Luhn looks words up in a tuple; here in a set.
- Random shuffles with a seed made from the texts, so that the same texts give the same choice.

Where two sentences are rated equal to the last digit, sumy's order may follow the noise in that
digit and ours another one.

Imports sumy and numpy: import it only where a summary is made.
"""

import hashlib
import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sumy.models.dom import Sentence
from sumy.summarizers._summarizer import AbstractSummarizer
from sumy.summarizers.edmundson import EdmundsonSummarizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.random import RandomSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from reader.summary.document import Document
from reader.summary.lists import cue_words
from reader.summary.material import STOP
from reader.summary.similarity import Floats, Terms, cosines, shared_counts

Count = int | Callable[[Any], Any]

_NO_WORD = "\0"
"""A word that no text has: hygiene takes NUL out of every text, and the words have none."""


class LexRank(LexRankSummarizer):  # type: ignore[misc]  # sumy has no types
    """LexRank (Erkan and Radev 2004) as sumy computes it, with its threshold of .1."""

    def _create_matrix(
        self,
        sentences: Terms,
        threshold: float,
        tf_metrics: list[dict[str, float]],  # noqa: ARG002 - sumy's signature
        idf_metrics: dict[str, float],
    ) -> Floats:
        # a row's own largest count divides out of the cosine, so plain counts do
        similarity = cosines(sentences, idf_metrics)
        matrix: Floats = (similarity > threshold).astype(np.float64)
        degrees: Floats = np.maximum(matrix.sum(axis=1, keepdims=True), 1.0)
        matrix /= degrees
        return matrix

    @staticmethod
    def _compute_idf(sentences: Terms) -> dict[str, float]:
        seen = Counter(term for terms in sentences for term in set(terms))
        return {term: math.log(len(sentences) / (1 + df)) for term, df in seen.items()}

    @staticmethod
    def power_method(matrix: Floats, epsilon: float) -> Floats:
        """Return the ranks; all equal where no sentence is like another (sumy gives NaN)."""
        if not matrix.any():
            return np.ones(len(matrix))
        with np.errstate(divide="raise", invalid="raise"):
            ranks: Floats = LexRankSummarizer.power_method(matrix, epsilon)
        return ranks


def textrank_edges(documents: Terms, single: float) -> Floats:
    """Return TextRank's similarity of each pair: words in common by the logs of their lengths.

    `single` is the similarity of two sentences of the same one word, for which the norm is zero:
    1 in TextRank, 0 in Reduction.
    """
    product = shared_counts(documents)
    logs = np.log([max(1, len(terms)) for terms in documents])
    norms = logs[:, np.newaxis] + logs
    edges: Floats = np.divide(product, norms, out=np.zeros_like(product), where=norms > 1e-8)
    edges[norms <= 1e-8] = single * product[norms <= 1e-8]
    return edges


class TextRank(TextRankSummarizer):  # type: ignore[misc]  # sumy has no types
    """TextRank (Mihalcea and Tarau 2004) as sumy computes it."""

    def _create_matrix(self, document: Document) -> Floats:
        weights: Floats = textrank_edges([self._to_words_set(s) for s in document.sentences], 1.0)
        weights /= weights.sum(axis=1)[:, np.newaxis] + self._ZERO_DIVISION_PREVENTION
        weights *= self.damping
        weights += (1.0 - self.damping) / len(weights)
        return weights


class Reduction(ReductionSummarizer):  # type: ignore[misc]  # sumy has no types
    """Graph reduction as sumy computes it: the sum of a sentence's similarities to the others."""

    def rate_sentences(self, document: Document) -> dict[Sentence, float]:
        """Return each sentence's rating."""
        edges = textrank_edges([self._to_words_set(s) for s in document.sentences], 0.0)
        np.fill_diagonal(edges, 0.0)
        return dict(zip(document.sentences, edges.sum(axis=1), strict=True))


class Lsa(LsaSummarizer):  # type: ignore[misc]  # sumy has no types
    """Latent semantic analysis (Steinberger and Jezek 2004) as sumy rates with it."""

    SMOOTH = 0.4

    def __call__(self, document: Document, sentences_count: Count) -> tuple[Sentence, ...]:
        """Return the best sentences; `sentences_count` as for all of sumy's summarizers."""
        kept = [[t for t in s.words if t not in self._stop_words] for s in document.sentences]
        terms = len({term for own in kept for term in own})
        ratings = {
            sentence: math.sqrt(self._squared_length(own, terms))
            for sentence, own in zip(document.sentences, kept, strict=True)
        }
        best: tuple[Sentence, ...] = self._get_best_sentences(
            document.sentences, sentences_count, ratings
        )
        return best

    def _squared_length(self, own: Sequence[str], terms: int) -> float:
        """Return |column|² of the matrix whose cells are smooth + (1 - smooth) tf / max tf."""
        counts = Counter(own)
        if not counts:
            return 0.0
        most = max(counts.values())
        cells = [self.SMOOTH + (1 - self.SMOOTH) * n / most for n in sorted(counts.values())]
        return sum(c * c for c in cells) + (terms - len(counts)) * self.SMOOTH**2


class _Rows:
    """The terms of the sentences as one flat array, to be summed by sentence."""

    def __init__(self, documents: Terms) -> None:
        numbers: dict[str, int] = {}
        self.rows = [[numbers.setdefault(t, len(numbers)) for t in own] for own in documents]
        self.lengths = np.array([len(row) for row in self.rows])
        self.flat = np.array([n for row in self.rows for n in row], dtype=np.intp)
        self.owner = np.repeat(np.arange(len(self.rows)), self.lengths)
        self.terms = len(numbers)

    def sums(self, values: Floats) -> Floats:
        """Return for each sentence the sum of one value for each of its terms."""
        return np.bincount(self.owner, values, len(self.rows)).astype(np.float64)


class SumBasic(SumBasicSummarizer):  # type: ignore[misc]  # sumy has no types
    """SumBasic (Nenkova and Vanderwende 2005) as sumy computes it."""

    def _compute_ratings(self, sentences: Sequence[Sentence]) -> dict[Sentence, int]:
        rows = _Rows([self._get_content_words_in_sentence(s) for s in sentences])
        frequency = np.bincount(rows.flat, minlength=rows.terms) / max(1, len(rows.flat))
        lengths = np.maximum(rows.lengths, 1)
        left = np.zeros(len(sentences))
        ratings: dict[Sentence, int] = {}
        for rank in range(len(sentences)):
            mean = rows.sums(frequency[rows.flat]) / lengths
            best = int(np.argmax(mean + left))
            left[best] = -np.inf
            ratings[sentences[best]] = -rank
            for term in rows.rows[best]:
                frequency[term] *= frequency[term]
        return ratings


class KL(KLSummarizer):  # type: ignore[misc]  # sumy has no types
    """KLSum (Haghighi and Vanderwende 2009) as sumy computes it."""

    def _compute_ratings(self, sentences: Sequence[Sentence]) -> dict[Sentence, int]:
        contents = [self._get_content_words_in_sentence(s) for s in sentences]
        counted = [Counter(own) for own in contents]
        rows = _Rows([list(own) for own in counted])
        counts = np.array([n for own in counted for n in own.values()], dtype=float)
        totals = np.bincount(rows.flat, weights=counts, minlength=rows.terms)
        target = totals / max(1.0, totals.sum())
        lengths = np.array([len(own) for own in contents], dtype=float)
        chosen, words, left = np.zeros(rows.terms), 0.0, np.zeros(len(sentences))
        ratings: dict[Sentence, int] = {}
        for rank in range(len(sentences)):
            divergence = self._divergences(rows, counts, target, chosen, lengths + words)
            best = int(np.argmin(divergence + left))
            left[best] = np.inf
            ratings[sentences[best]] = -rank
            own = rows.owner == best
            chosen[rows.flat[own]] += counts[own]
            words += len(sentences[best].words)  # sumy counts stop words here, and only here
        return ratings

    @staticmethod
    def _divergences(
        rows: _Rows, counts: Floats, target: Floats, chosen: Floats, lengths: Floats
    ) -> Floats:
        """Return, for each sentence, the divergence of the summary with it from the whole.

        Sum of p log(p / q) over the terms of both, q their counts by the summary's length: what
        the summary alone has of it, corrected where the sentence adds to a term.
        """
        before = chosen > 0
        own = np.zeros(len(target))
        own[before] = target[before] * np.log(target[before] / chosen[before])
        p = target[rows.flat]
        added = p * np.log(p / (chosen[rows.flat] + counts)) - own[rows.flat]
        weight = target[before].sum() + rows.sums(np.where(before[rows.flat], 0.0, p))
        result: Floats = own.sum() + rows.sums(added) + weight * np.log(np.maximum(lengths, 1.0))
        return result


class Luhn(LuhnSummarizer):  # type: ignore[misc]  # sumy has no types
    """Luhn's clusters of significant words (1958) as sumy rates them."""

    def _get_significant_words(self, words: Sequence[str]) -> frozenset[str]:
        return frozenset(super()._get_significant_words(words))


class SeededRandom(RandomSummarizer):  # type: ignore[misc]  # sumy has no types
    """A choice by chance, the same for the same texts: what every method must beat."""

    def _get_random_ratings(self, sentences: Sequence[Sentence]) -> dict[Sentence, int]:
        digest = hashlib.blake2b(digest_size=8)
        for sentence in sentences:
            digest.update(str(sentence).encode("utf-8", "surrogatepass") + b"\n")
        ratings = list(range(len(sentences)))
        random.Random(int.from_bytes(digest.digest(), "big")).shuffle(ratings)  # noqa: S311 - no secret
        return dict(zip(sentences, ratings, strict=True))


class Lead(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    """The first sentences; of several articles the first of each, then all second ones.

    A sentence's score is one through its place in that order: 1, 1/2, 1/3 …
    """

    def __call__(self, document: Document, sentences_count: Count) -> tuple[Sentence, ...]:
        """Return the best sentences; `sentences_count` as for all of sumy's summarizers."""
        ratings: dict[Sentence, float] = {}
        taken: Counter[int] = Counter()
        articles = len(document.material.articles)
        for sentence in document.sentences:
            article = sentence.unit.article
            ratings[sentence] = 1 / (taken[article] * articles + article + 1)
            taken[article] += 1
        best: tuple[Sentence, ...] = self._get_best_sentences(
            document.sentences, sentences_count, ratings
        )
        return best


_CLASSES: dict[str, type[AbstractSummarizer]] = {
    "lead": Lead, "lexrank": LexRank, "textrank": TextRank, "lsa": Lsa, "luhn": Luhn, "kl": KL,
    "sumbasic": SumBasic, "reduction": Reduction, "random": SeededRandom,
}  # fmt: skip


def summarizer(method: str, document: Document) -> AbstractSummarizer:
    """Return the summarizer of that name (one of sumy's, or "lead"), ready for this document."""
    if method == "edmundson":
        return _edmundson(document)
    chosen = _CLASSES[method]()
    chosen.stop_words = frozenset([STOP])
    return chosen


def _edmundson(document: Document) -> EdmundsonSummarizer:
    """Return Edmundson's method (1969) with cue words of the articles' languages and their titles.

    sumy refuses an empty list of words: where a language has no cue words, those of the title are
    bonus words, and a word that no text can have stands for the stigma words.
    """
    chosen = EdmundsonSummarizer()
    languages = dict.fromkeys(article.language for article in document.material.articles)
    cues = [cue_words(language) for language in languages]
    titles = {word for heading in document.headings for word in heading.words if word}
    bonus = {word for cue in cues for word in cue.bonus} or titles
    chosen.bonus_words = bonus or {_NO_WORD}
    chosen.stigma_words = {word for cue in cues for word in cue.stigma} or {_NO_WORD}
    chosen.null_words = {STOP}
    return chosen
