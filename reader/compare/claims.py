"""Claims: groups of sentences from several reports that say the same thing.

Average-link clustering (Sokal and Michener 1958): two groups are joined while the mean similarity
between their members is high enough. Connected components would not do: one chain of half-alike
sentences swallows half of a story.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from reader.compare.material import Material
from reader.model import Claim, ClaimMember

if TYPE_CHECKING:
    from numpy.typing import NDArray

JOIN = 0.22
"""The lowest mean similarity at which two groups of sentences are joined."""


def claims(
    material: Material,
    similarity: "NDArray[Any]",
    pairs: Iterable[tuple[int, int, float]],
    *,
    join: float = JOIN,
) -> list[list[int]]:
    """Return the groups of rows (each in order) that make one claim, from two reports or more.

    `pairs` are the linked rows: a sentence without any link belongs to no claim. Headings and the
    like never do.
    """
    rows = sorted(
        {row for a, b, _score in pairs for row in (a, b) if material.units[row].role != "heading"}
    )
    if not rows:
        return []
    import numpy as np  # noqa: PLC0415 - only a comparison needs it, not the program's start

    alike: dict[str, list[int]] = {}  # the same wording is one from the beginning
    for row in rows:
        alike.setdefault(material.units[row].text.casefold(), []).append(row)
    same = list(alike.values())
    first = [group[0] for group in same]
    sizes = [len(group) for group in same]
    groups = average_link(similarity[np.ix_(first, first)], join, sizes)
    found = [sorted(row for member in group for row in same[member]) for group in groups]
    return [group for group in found if len({material.units[row].report for row in group}) > 1]


def average_link(
    similarity: "NDArray[Any]", join: float, weights: Sequence[int] | None = None
) -> list[list[int]]:
    """Return the groups of rows of an (n, n) similarity matrix, each sorted, in their order.

    Joined are always the two groups with the highest mean similarity; at a tie the earliest. Every
    row keeps its best partner, so that a join costs O(n) in the ordinary case. `weights` says how
    many rows a row stands for (1 unless told).
    """
    import numpy as np  # noqa: PLC0415 - as above

    mean = np.array(similarity, dtype=float)
    np.fill_diagonal(mean, -1.0)
    sizes = np.array(weights if weights is not None else np.ones(len(mean)), dtype=float)
    groups: list[list[int]] = [[row] for row in range(len(mean))]
    best = mean.argmax(axis=1)
    value = mean.max(axis=1)
    while len(mean) > 1:
        a = int(value.argmax())
        if value[a] < join:
            break
        a, b = sorted((a, int(best[a])))
        joined = (mean[a] * sizes[a] + mean[b] * sizes[b]) / (sizes[a] + sizes[b])
        mean[a], mean[:, a] = joined, joined
        mean[b], mean[:, b] = -1.0, -1.0
        mean[a, a] = mean[a, b] = -1.0
        sizes[a] += sizes[b]
        groups[a].extend(groups[b])
        groups[b] = []
        value[b] = -1.0
        stale = np.flatnonzero((best == a) | (best == b) | (mean[:, a] > value))
        for row in {a, *map(int, stale)} - {b}:
            best[row], value[row] = mean[row].argmax(), mean[row].max()
    return [sorted(group) for group in groups if group]


def described(
    material: Material, similarity: "NDArray[Any]", groups: list[list[int]]
) -> list[Claim]:
    """Return the claims as the model has them, numbered from 0 in the order of the groups."""
    found = []
    for number, group in enumerate(groups):
        centrality = {row: _mean(similarity, row, group) for row in group}
        central = max(
            group, key=lambda row: (centrality[row], -len(material.units[row].text), -row)
        )
        members = []
        for row in group:
            place = material.place(material.units[row])
            members.append(ClaimMember(place.article, place.sentence, centrality[row]))
        text = material.units[central].text
        found.append(Claim(number, text, voices(material, group), tuple(members)))
    return found


def _mean(similarity: "NDArray[Any]", row: int, group: list[int]) -> float:
    others = [other for other in group if other != row]
    return round(float(similarity[row, others].mean()), 4)


def voices(material: Material, rows: Iterable[int]) -> int:
    """Return how many voices speak in these rows: a wire copy or a second report is no new one."""
    reports = [material.reports[material.units[row].report] for row in rows]
    copies = {report.voice for report in reports}
    outlets = {report.article.source or f"\0{report.voice}" for report in reports}
    return min(len(copies), len(outlets))
