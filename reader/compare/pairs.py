"""Pairs of sentences from different reports, each with the features that tell what they share.

A feature has a name and is computed alike for every language. Term weights come from the story
itself (log(n / df) + 1): with frequencies from elsewhere the story's own words would drown what
tells its sentences apart. Words of like meaning count through a soft cosine (Sidorov et al. 2014)
over the table of word vectors, if there is one for the language.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any

from reader.compare.contexts import clauses_of
from reader.compare.material import LONGEST_SENTENCE, Material, Unit, terms_within
from reader.compare.numbers import quantities
from reader.text.vectors import cosine, tfidf
from reader.text.word_vectors import vectors
from reader.text.words import stop_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[Any]
else:
    Matrix = Any

FEATURES = (
    *("cosine", "soft", "contained_least", "contained_most", "letters", "shared_weight", "bigrams"),
    *("names_shared", "names_apart", "numbers_shared", "numbers_apart"),
    *("clause_soft", "clause_contained_most", "clause_contained_least"),
    *("later_position", "earlier_position", "shorter", "longer"),
    *("of_best_least", "of_best_most", "neighbours", "across", "third", "run", "languages"),
)
ENCODED = ("encoded", "encoded_of_best")
"""The features that a sentence encoder adds."""
_PER_REPORT = 8
"""So many sentences of another report are looked at for each sentence: the likest ones."""
_NEAR = 0.45
"""From this cosine of their word vectors on two words are of like meaning."""
_SOME = 0.1
"""Less likeness than this is next to none."""
_LETTERS = 4
_RUNS = (3, 4, 6)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows (a < b) of different reports with their features."""

    a: Matrix
    b: Matrix
    features: Matrix
    """(pairs, features): the columns of `FEATURES`, and of `ENCODED` if sentences are encoded."""
    likeness: Matrix
    """(rows, rows): the soft cosine of all sentences, 0 to 1."""


def pairs_of(material: Material, encoded: Mapping[str, Matrix] | None = None) -> Pairs:
    """Return the pairs of sentences worth a look, with their features.

    `encoded` gives the vector of a sentence by its text, if an encoder was at work. Headings and
    what is too long for a sentence are in no pair.
    """
    import numpy as np  # noqa: PLC0415 - only a comparison needs it, not the program's start

    units = material.units
    looked = [u.role != "heading" and len(u.text) <= LONGEST_SENTENCE for u in units]
    terms = [u.terms if ok else () for u, ok in zip(units, looked, strict=True)]
    weigh = _Weights(terms)
    counts = weigh.counts(terms)
    weighted = counts * weigh.idf
    near = _nearness(material, weigh)
    soft, plain = _soft_cosine(weighted, near), _soft_cosine(weighted, [])
    letters = _letters(material, looked)
    choice = _choice(material, np.maximum(soft, plain) + 0.5 * letters, looked)
    a, b = choice
    present = (counts > 0).astype(np.float32)
    own = (present * weigh.idf).sum(axis=1)
    shared = (present * weigh.idf) @ present.T
    into = shared / np.maximum(own[:, None], 1e-6)
    positions = np.array([u.index for u in units], dtype=np.float32)
    lengths = np.array([len(t) for t in terms], dtype=np.float32)
    best = _share_of_best(material, soft)
    names = _overlap(_names(material, looked))
    numbers = _overlap(_numbers(material, looked))
    clauses = _clauses(material, looked, weigh, present, near)
    neighbours, across = _around(material, soft)
    language = np.array([material.reports[u.report].language or "" for u in units])

    def least(matrix: Matrix) -> Matrix:
        return np.minimum(matrix[a, b], matrix[b, a])

    def most(matrix: Matrix) -> Matrix:
        return np.maximum(matrix[a, b], matrix[b, a])

    columns = [
        plain[a, b],
        soft[a, b],
        least(into),
        most(into),
        letters[a, b],
        np.log1p(shared[a, b]),
        _bigrams(terms)[a, b],
        np.log1p(names[0][a, b]),
        np.log1p(least(names[1])),
        np.log1p(numbers[0][a, b]),
        np.log1p(least(numbers[1])),
        most(clauses[0]),
        most(clauses[1]),
        least(clauses[1]),
        np.log1p(np.maximum(positions[a], positions[b])),
        np.log1p(np.minimum(positions[a], positions[b])),
        np.log1p(np.minimum(lengths[a], lengths[b])),
        np.log1p(np.maximum(lengths[a], lengths[b])),
        least(best),
        most(best),
        neighbours[a, b],
        most(across),
        _third(material, soft, a, b),
        _runs(material, looked, a, b, letters[a, b]),
        (language[a] != language[b]).astype(np.float32),
    ]
    if encoded is not None:
        vectors_ = _encoded(material, encoded)
        like = np.clip(vectors_ @ vectors_.T, 0.0, 1.0)
        columns += [like[a, b], least(_share_of_best(material, like))]
    features = np.stack(columns, axis=1).astype(np.float32) if len(a) else np.zeros((0, 0))
    return Pairs(a, b, features, np.clip(soft, 0.0, 1.0))


class _Weights:
    """The terms of a story with their weights."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        import numpy as np  # noqa: PLC0415 - as above

        seen = Counter(term for document in documents for term in set(document))
        self.column = {term: number for number, term in enumerate(seen)}
        total = max(1, len(documents))
        self.idf = np.array([log(total / n) + 1 for n in seen.values()] or [1.0], np.float32)

    def counts(self, documents: Sequence[Sequence[str]]) -> Matrix:
        """Return one row per document with how often each term occurs in it."""
        import numpy as np  # noqa: PLC0415 - as above

        found = np.zeros((len(documents), max(1, len(self.column))), np.float32)
        for row, document in enumerate(documents):
            for term in document:
                if term in self.column:
                    found[row, self.column[term]] += 1.0
        return found


def _nearness(material: Material, weigh: _Weights) -> list[tuple[int, int, float]]:
    """Return the pairs of terms of like meaning, each way, with how near they are (0 to 1)."""
    import numpy as np  # noqa: PLC0415 - as above

    forms: dict[str, tuple[str, str]] = {}
    for unit in material.units:
        language = material.reports[unit.report].language or ""
        for word, term in zip(_content(unit, language), unit.terms, strict=False):
            if term in weigh.column:
                forms.setdefault(term, (language, word))
    by_language: dict[str, list[str]] = defaultdict(list)
    for term, (language, _word) in forms.items():
        by_language[language].append(term)
    columns, rows = [], []
    for language, terms in by_language.items():
        table = vectors(language)
        if table is not None:
            columns += [weigh.column[term] for term in terms]
            rows.append(table.lookup([forms[term][1] for term in terms]))
    if not rows:
        return []
    table_ = np.concatenate(rows)
    at = np.array(columns)
    found: list[tuple[int, int, float]] = []
    for first in range(0, len(at), 1000):
        block = table_[first : first + 1000] @ table_.T
        one, other = np.nonzero(block > _NEAR)
        scale = (block[one, other] - _NEAR) / (1 - _NEAR)
        found += [
            (int(at[first + i]), int(at[j]), float(s))
            for i, j, s in zip(one, other, scale, strict=True)
            if first + i != j
        ]
    return found


@cache
def _stops(language: str) -> frozenset[str]:
    return stop_words(language or None)


def _content(unit: Unit, language: str) -> list[str]:
    """Return the words of a unit that its terms were made of, in the same order."""
    stops = _stops(language)
    return [word.text for word in unit.words if word.text not in stops]


def _soft(weighted: Matrix, near: list[tuple[int, int, float]]) -> Matrix:
    """Return the rows with the weight of each term spread over the terms of like meaning."""
    spread = weighted.copy()
    for one, other, scale in near:
        spread[:, other] += scale * weighted[:, one]
    return spread


def _soft_cosine(weighted: Matrix, near: list[tuple[int, int, float]]) -> Matrix:
    """Return the soft cosine of all rows; without near terms it is the plain cosine."""
    import numpy as np  # noqa: PLC0415 - as above

    spread = _soft(weighted, near) if near else weighted
    product = spread @ weighted.T
    own = (spread * weighted).sum(axis=1)
    lengths = np.sqrt(np.outer(own, own).clip(min=0.0))
    found: Matrix = np.divide(product, lengths, out=np.zeros_like(product), where=lengths > 0)
    return found


def _letters(material: Material, looked: Sequence[bool]) -> Matrix:
    """Return the cosine of the runs of four letters: inflection and spelling differ in few."""
    documents = []
    for unit, ok in zip(material.units, looked, strict=True):
        language = material.reports[unit.report].language or ""
        words = [f"_{word}_" for word in _content(unit, language)] if ok else []
        documents.append(
            [w[i : i + _LETTERS] for w in words for i in range(max(1, len(w) - _LETTERS + 1))]
        )
    return cosine(tfidf(documents, smooth=0.5))


def _bigrams(terms: Sequence[Sequence[str]]) -> Matrix:
    """Return the cosine of the pairs of terms that follow each other."""
    documents = [[f"{a} {b}" for a, b in pairwise(row)] for row in terms]
    seen = Counter(term for document in documents for term in set(document))
    kept = [[term for term in document if seen[term] > 1] for document in documents]
    return cosine(tfidf(kept))


def _choice(material: Material, score: Matrix, looked: Sequence[bool]) -> tuple[Matrix, Matrix]:
    """Return the pairs (a < b) among the likest of either sentence in the other's report."""
    import numpy as np  # noqa: PLC0415 - as above

    chosen = np.zeros(score.shape, dtype=bool)
    ok = np.array(looked, dtype=bool)
    for report in material.reports:
        if not report.units:
            continue
        first, last = report.units[0].row, report.units[-1].row + 1
        block = score[:, first:last]
        most = min(_PER_REPORT, last - first)
        top = np.argpartition(-block, most - 1, axis=1)[:, :most]
        rows = np.arange(len(score))[:, None]
        chosen[rows, first + top] = block[rows, top] > 0.02
        chosen[first:last, first:last] = False
    chosen |= chosen.T
    chosen &= ok[:, None] & ok[None, :]
    a, b = np.nonzero(np.triu(chosen, 1))
    return a, b


def _names(material: Material, looked: Sequence[bool]) -> list[set[str]]:
    """Return the capitalised words of each sentence that the story writes so inside sentences."""
    inside: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for unit in material.units:
        for number, word in enumerate(unit.words):
            upper = unit.text[word.start].isupper()
            if not upper:
                small[word.text] += 1
            elif number:
                inside[word.text] += 1
    found: list[set[str]] = []
    for unit, ok in zip(material.units, looked, strict=True):
        stops = _stops(material.reports[unit.report].language or "")
        found.append(
            {
                word.text
                for word in unit.words
                if ok
                and unit.text[word.start].isupper()
                and word.text not in stops
                and inside[word.text] * 2 > small[word.text]
            }
        )
    return found


def _numbers(material: Material, looked: Sequence[bool]) -> list[set[str]]:
    found: list[set[str]] = []
    for unit, ok in zip(material.units, looked, strict=True):
        language = material.reports[unit.report].language
        given = {f"{q.low:g}" for q in quantities(unit.text, language)} if ok else set()
        digits = {word.text for word in unit.words if ok and word.text[0].isdigit()}
        found.append(given | digits)
    return found


def _overlap(sets: Sequence[set[str]]) -> tuple[Matrix, Matrix]:
    """Return the weight of what two sets share, and of what the first has alone."""
    import numpy as np  # noqa: PLC0415 - as above

    rows = [sorted(found) for found in sets]
    weigh = _Weights(rows)
    counts = weigh.counts(rows)
    weight = weigh.idf - 0.7
    shared = (counts * weight) @ counts.T
    own = (counts * weight).sum(axis=1)
    return shared, np.maximum(0.0, own[:, None] - shared)


def _clauses(
    material: Material,
    looked: Sequence[bool],
    weigh: _Weights,
    present: Matrix,
    near: list[tuple[int, int, float]],
) -> tuple[Matrix, Matrix]:
    """Return for each two sentences how a clause of the first is like the second.

    The best soft cosine with a clause of the second, and the largest share of a clause's terms
    that the whole second sentence has.
    """
    import numpy as np  # noqa: PLC0415 - as above

    own, documents = [], []
    for unit, ok in zip(material.units, looked, strict=True):
        language = material.reports[unit.report].language
        for start, end in clauses_of(unit.text, language) if ok else []:
            terms = terms_within(unit, start, end, language)
            if len(terms) > 1:
                own.append(unit.row)
                documents.append(terms)
    total = len(material.units)
    like, inside = np.zeros((total, total), np.float32), np.zeros((total, total), np.float32)
    if not documents:
        return like, inside
    rows = np.array(own)
    counts = weigh.counts(documents)
    mine = counts * weigh.idf
    soft = _soft_cosine(mine, near)
    half = np.zeros((len(rows), total), np.float32)
    np.maximum.at(half.T, rows, soft.T)
    np.maximum.at(like, rows, half)
    there = (counts > 0).astype(np.float32)
    weight = (there * weigh.idf).sum(axis=1)
    share = ((there * weigh.idf) @ present.T) / np.maximum(weight[:, None], 1e-6)
    share *= np.minimum(1.0, (there @ present.T) / 2.0)  # one common word says little
    np.maximum.at(inside, rows, share)
    return like, inside


def _share_of_best(material: Material, likeness: Matrix) -> Matrix:
    """Return the likeness of each pair as a share of the best that a has in b's report."""
    import numpy as np  # noqa: PLC0415 - as above

    found = np.zeros_like(likeness)
    for report in material.reports:
        if report.units:
            first, last = report.units[0].row, report.units[-1].row + 1
            block = likeness[:, first:last]
            best = block.max(axis=1, keepdims=True)
            found[:, first:last] = block / np.maximum(best, 1e-6)
    return found


def _around(material: Material, likeness: Matrix) -> tuple[Matrix, Matrix]:
    """Return how alike the neighbours of two sentences are, and each with the other's."""
    import numpy as np  # noqa: PLC0415 - as above

    report = np.array([u.report for u in material.units])
    total = len(report)
    before, after = np.zeros_like(likeness), np.zeros_like(likeness)
    up, down = np.zeros_like(likeness), np.zeros_like(likeness)
    if total > 1:
        same = (report[1:] == report[:-1]).astype(np.float32)
        before[1:, 1:] = likeness[:-1, :-1] * same[:, None] * same[None, :]
        after[:-1, :-1] = likeness[1:, 1:] * same[:, None] * same[None, :]
        up[1:] = likeness[:-1] * same[:, None]
        down[:-1] = likeness[1:] * same[:, None]
    return before + after, np.maximum(up, down)


def _third(material: Material, likeness: Matrix, a: Matrix, b: Matrix) -> Matrix:
    """Return how far a sentence of a third report vouches for a pair, 0 to 1.

    Both are the likest of their reports to it; the weaker of the two likenesses counts.
    """
    import numpy as np  # noqa: PLC0415 - as above

    best = []
    for report in material.reports:
        if report.units:
            first, last = report.units[0].row, report.units[-1].row + 1
            best.append(first + likeness[:, first:last].argmax(axis=1))
    found = np.zeros_like(likeness)
    for unit in material.units:
        rows = np.array([row[unit.row] for row in best if unit.row != row[unit.row]], dtype=int)
        alike = likeness[unit.row, rows]
        rows, alike = rows[alike > _SOME], alike[alike > _SOME]
        if len(rows) > 1:
            weaker = np.minimum.outer(alike, alike)
            block = np.ix_(rows, rows)
            found[block] = np.maximum(found[block], weaker)
    vouched: Matrix = found[a, b]
    return vouched


def _runs(material: Material, looked: Sequence[bool], a: Matrix, b: Matrix, near: Matrix) -> Matrix:
    """Return how much of each pair is the same to the word: runs of three, four, six words."""
    import numpy as np  # noqa: PLC0415 - as above

    grams: list[list[set[tuple[str, ...]]]] = []
    for unit, ok in zip(material.units, looked, strict=True):
        words = [word.text for word in unit.words] if ok else []
        grams.append([{tuple(words[i : i + n]) for i in range(len(words) - n + 1)} for n in _RUNS])
    found = np.zeros(len(a), np.float32)
    for number in np.flatnonzero(near > _SOME):  # others have no run of three words in common
        i, j = int(a[number]), int(b[number])
        for one, other in zip(grams[i], grams[j], strict=True):
            common = len(one & other)
            if not common:
                break
            found[number] += 1 + log(1 + common)
    return found


def _encoded(material: Material, encoded: Mapping[str, Matrix]) -> Matrix:
    """Return the vectors of all sentences, the story's mean subtracted, rows of length 1."""
    import numpy as np  # noqa: PLC0415 - as above

    size = next((len(vector) for vector in encoded.values()), 1)
    rows = np.zeros((len(material.units), size), np.float32)
    known = []
    for unit in material.units:
        vector = encoded.get(unit.text)
        if vector is not None:
            rows[unit.row] = vector
            known.append(unit.row)
    if known:
        rows[known] -= rows[known].mean(axis=0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    found: Matrix = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return found
