"""Which reports belong together at all, and which sentences are the same to the letter.

What unrelated reports share are phrases of news ("said on Thursday night"): a report that has too
few words in common with all others touches nothing.
"""

from collections import Counter
from itertools import combinations
from math import log, sqrt

from reader.compare.material import Material, Report

_SHARED = 2
"""One common word ("Mr Smith", "yesterday") says nothing."""
_AKIN = 0.18
"""A report less alike than this to all others (their terms as a whole) does not belong."""
_CLOSE, _LESS = 0.25, 0.8
"""Two reports less alike than this may be about two events, and their sentences count less."""


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


def twins(material: Material) -> list[tuple[int, int]]:
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
