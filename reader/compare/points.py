"""Points in common: groups of sentences of several reports that state one fact.

A sentence packs several facts, so it may belong to several points: groups overlap. Every pair of
sentences that surely shares a fact is in a group, and a group grows only by sentences that go with
all of it. Neither connected components nor a partition would do: the one swallows half a story by
a chain of half-alike sentences, the other tears a sentence from all facts but one.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reader.compare.likeness import Likeness
from reader.compare.material import Material
from reader.model import Claim, ClaimMember

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[Any]
else:
    Matrix = Any

SURE = 0.7
"""From this likelihood on a pair of sentences makes a point by itself."""
_CAUTION = 1.4
"""Where not both sentences are in English the likelihood is too low by this factor."""
MEAN, FLOOR = 0.5, 0.45
"""A sentence joins a point if its mean likelihood with the members of other reports is as high as
MEAN, and none is below FLOOR."""


SAME = 0.37
"""From this likelihood on two sentences say the same (they are linked)."""
RELATED = 0.45
"""From this likelihood on two sentences touch the same."""
AGAIN = 0.85
"""A second sentence of a report that is in the point already needs this mean likelihood."""


def points(
    material: Material,
    likeness: Likeness,
) -> list[list[int]]:
    """Return the groups of rows (each in order, from two reports or more) that state one fact."""
    import numpy as np  # noqa: PLC0415 - only a comparison needs it, not the program's start

    shared = confidence(material, likeness)
    report = np.array([unit.report for unit in material.units])
    a, b = np.nonzero(np.triu(shared, 1) >= SURE)
    order = sorted(range(len(a)), key=lambda n: (-float(shared[a[n], b[n]]), int(a[n]), int(b[n])))
    covered: set[tuple[int, int]] = set()
    groups: list[list[int]] = []
    for number in order:
        pair = (int(a[number]), int(b[number]))
        if pair in covered:
            continue
        group = _grown(list(pair), shared, report)
        covered |= {(i, j) for i in group for j in group if i < j}
        groups.append(group)
    found = [set(group) for group in groups]
    return sorted(
        sorted(group)
        for number, group in enumerate(found)
        if not any(
            group < other or (group == other and n < number) for n, other in enumerate(found)
        )
    )


def points_of(groups: Sequence[Sequence[int]]) -> dict[int, tuple[int, ...]]:
    """Return row -> the numbers of the points that it belongs to."""
    found: dict[int, tuple[int, ...]] = {}
    for number, group in enumerate(groups):
        for row in group:
            found[row] = (*found.get(row, ()), number)
    return found


def same_pairs(material: Material, likeness: Likeness) -> list[tuple[int, int, float]]:
    """Return the pairs of rows (a < b) that say the same, with how likely that is."""
    return _over(material, likeness.same, SAME)


def related_pairs(material: Material, likeness: Likeness) -> list[tuple[int, int, float]]:
    """Return the pairs of rows (a < b) that share a fact but do not say the same."""
    same = {(a, b) for a, b, _score in same_pairs(material, likeness)}
    found = _over(material, likeness.shared, RELATED)
    return [(a, b, score) for a, b, score in found if (a, b) not in same]


def _over(material: Material, values: Matrix, least: float) -> list[tuple[int, int, float]]:
    import numpy as np  # noqa: PLC0415 - as above

    a, b = np.nonzero(np.triu(_scaled(material, values), 1) >= least)
    return [(int(i), int(j), round(float(values[i, j]), 4)) for i, j in zip(a, b, strict=True)]


def confidence(material: Material, likeness: Likeness) -> Matrix:
    """Return how likely each two sentences share a fact, on one scale for all languages."""
    return _scaled(material, likeness.shared)


def _scaled(material: Material, values: Matrix) -> Matrix:
    import numpy as np  # noqa: PLC0415 - as above

    english = np.array(
        [_english(material.reports[u.report].language) for u in material.units], dtype=bool
    )
    both = english[:, None] & english[None, :]
    return np.where(both, values, np.minimum(1.0, values * _CAUTION))


def _english(language: str | None) -> bool:
    return not language or language.startswith("en")


def _grown(group: list[int], shared: Matrix, report: Matrix) -> list[int]:
    """Return a group with all sentences that go with it, the likeliest first."""
    import numpy as np  # noqa: PLC0415 - as above

    one, other = group
    near = (shared[one] >= FLOOR) | (report == report[one])
    near &= (shared[other] >= FLOOR) | (report == report[other])
    near[group] = True
    rows = np.flatnonzero(near)  # only these can ever go with both
    inner, own = shared[np.ix_(rows, rows)], report[rows]
    chosen = [int(np.searchsorted(rows, row)) for row in group]
    while True:
        members = np.array(chosen)
        like = inner[:, members]
        others = own[:, None] != own[members][None, :]
        count = others.sum(axis=1)
        least = np.where(others, like, 1.0).min(axis=1)
        average = np.where(others, like, 0.0).sum(axis=1) / np.maximum(count, 1)
        average[members] = -1.0
        average[(least < FLOOR) | (count == 0)] = -1.0
        average[np.isin(own, own[members]) & (average < AGAIN)] = -1.0
        best = int(average.argmax())
        if average[best] < MEAN:
            return [int(rows[member]) for member in chosen]
        chosen.append(best)


def described(material: Material, likeness: Likeness, groups: Sequence[list[int]]) -> list[Claim]:
    """Return the points as the model has them, numbered from 0 in the order of the groups.

    The wording shown is that of the most central sentence, of equals the shortest.
    """
    found = []
    for number, group in enumerate(groups):
        central = {row: _mean(material, likeness, row, group) for row in group}
        first = max(group, key=lambda row: (central[row], -len(material.units[row].text), -row))
        members = []
        for row in group:
            place = material.place(material.units[row])
            members.append(ClaimMember(place.article, place.sentence, central[row]))
        text = material.units[first].text
        found.append(Claim(number, text, voices(material, group), tuple(members)))
    return found


def _mean(material: Material, likeness: Likeness, row: int, group: Sequence[int]) -> float:
    own = material.units[row].report
    others = [r for r in group if material.units[r].report != own]
    return round(float(likeness.shared[row, others].mean()), 4) if others else 0.0


def voices(material: Material, rows: Sequence[int]) -> int:
    """Return how many voices speak in these rows: a wire copy or a second report is no new one."""
    reports = [material.reports[material.units[row].report] for row in rows]
    copies = {report.voice for report in reports}
    outlets = {report.article.source or f"\0{report.voice}" for report in reports}
    return min(len(copies), len(outlets))
