"""One thing that several reports tell with different values, as one difference.

The finders of numbers and times judge pairs of values; here the pairs that touch become a slot,
and every report that gives a value for it has its variants in it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from reader.compare.found import Story, groups_of
from reader.compare.material import Unit
from reader.model import Difference, DifferenceClass

_AGREEING = 0.4
"""From this likelihood of a common fact on an equal value belongs to a slot as well."""
_REPEATED, REPEATED_NEAR = 0.55, 0.6
"""From this likeness on two sentences of one report say the same, and what is beside a value."""
_MOST_REPEATED = 400
_MOST_WORDS = 8
_RANK: tuple[DifferenceClass, ...] = ("differently", "correction")
"""What a slot is, if it has several: the last."""
MOST_PAIRS = 5000
"""So many pairs of sentences are looked at, the likeliest."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a sentence; `start` and `end` are code points of the sentence's text."""

    unit: Unit
    start: int
    end: int
    normalized: str | None

    @property
    def words(self) -> str:
        """Return the words of the value, folded."""
        return " ".join(self.unit.text[self.start : self.end].casefold().split())


@dataclass(frozen=True, slots=True)
class Clash:
    """Two values (their numbers in the list) of one thing, and whether both can be right."""

    one: int
    other: int
    alarm: bool
    score: float
    class_: DifferenceClass = "differently"


def touching(story: Story, rows: Sequence[int], least: float) -> list[tuple[int, int]]:
    """Return the pairs of these rows that share a fact at least so likely, in order.

    Only rows with a value are asked for: a text that repeats itself has pairs by the million.
    """
    import numpy as np  # noqa: PLC0415 - only a comparison needs it, not the program's start

    wanted = np.array(sorted(rows), dtype=int)
    if not len(wanted):
        return []
    near = np.triu(story.likeness.shared[np.ix_(wanted, wanted)], 1)
    # More pairs than this come from a list, or from a text that repeats itself: no differences.
    bar = (
        max(least, float(np.partition(near, -MOST_PAIRS, axis=None)[-MOST_PAIRS]))
        if (near.size > MOST_PAIRS)
        else least
    )
    a, b = np.nonzero(near >= bar)
    found = list(zip(map(int, wanted[a]), map(int, wanted[b]), strict=True))
    return found if len(found) <= 2 * MOST_PAIRS else []


def repeated(story: Story, rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pairs of these rows that say nearly the same within one report, in order."""
    units = story.material.units
    reports: dict[int, list[int]] = {}
    for row in sorted(rows):
        reports.setdefault(units[row].report, []).append(row)
    return [
        (a, b)
        for inside in reports.values()
        if len(inside) <= _MOST_REPEATED
        for a, b in combinations(inside, 2)
        if story.alike(units[a], units[b]) >= _REPEATED
    ]


def clashes_of(
    story: Story,
    rows: Mapping[int, Sequence[int]],
    least: float,
    clash: Callable[[int, int], Clash | None],
    contradicts: Callable[[int, int], bool],
) -> list[Clash]:
    """Return the clashes of values in sentences that share a fact, or repeat each other.

    `rows` gives the numbers of the values of each row. `clash` judges two values of different
    reports whose sentences share a fact at least so likely as `least`; `contradicts` returns True
    if two values of one report that says nearly the same twice cannot both be right.
    """
    found = []
    for one, other in touching(story, list(rows), least):
        judged = (clash(i, j) for i in rows[one] for j in rows[other])
        found += [each for each in judged if each is not None]
    for one, other in repeated(story, list(rows)):
        found += [
            Clash(i, j, alarm=True, score=1.0)
            for i in rows[one]
            for j in rows[other]
            if contradicts(i, j)
        ]
    return found


def slots(
    story: Story,
    kind: str,
    values: Sequence[Value],
    clashes: Sequence[Clash],
    topic: Callable[[Sequence[int]], str],
) -> list[Difference]:
    """Return a difference for each group of values that clash, the values of all reports in it."""
    told = _best(values, clashes)
    alarms = groups_of([(c.one, c.other) for c in told if c.alarm])
    taken = {number for group in alarms for number in group}
    # What is merely more precise must not tie the values of two events together.
    others = [(c.one, c.other) for c in told if not {c.one, c.other} & taken]
    found = []
    for group in [*alarms, *groups_of(others)]:
        inside = [c for c in told if c.one in group]
        score = max(c.score for c in inside)
        alarm = any(c.alarm for c in inside)
        members = sorted({*group, *_agreeing(story, values, group)})
        class_ = "differently" if alarm else max((c.class_ for c in inside), key=_RANK.index)
        if not alarm and class_ != "correction":
            members = _decided(values, members)
        variants, seen = [], set()
        for number in members:
            value = values[number]
            key = (value.unit.report, value.words)
            if key not in seen and len(value.words.split()) <= _MOST_WORDS:
                seen.add(key)
                variants.append(story.variant(value.unit, value.start, value.end, value.normalized))
        if len({v.value.casefold() for v in variants}) < 2:
            continue
        claim = story.claim(values[k].unit for k in members)
        confidence = round(min(0.9, 0.3 + 0.3 * score), 2)
        found.append(
            Difference(
                kind,  # type: ignore[arg-type]
                alarm,
                topic(group),
                claim,
                confidence,
                tuple(variants),
                class_,
            )
        )
    return found


def _decided(values: Sequence[Value], members: Sequence[int]) -> list[int]:
    """Return the values without the reports that give several: these differ from no other."""
    told: dict[int, set[str]] = {}
    for number in members:
        told.setdefault(values[number].unit.report, set()).add(values[number].words)
    one = [number for number in members if len(told[values[number].unit.report]) == 1]
    return one if len({values[number].words for number in one}) > 1 else list(members)


def _best(values: Sequence[Value], clashes: Sequence[Clash]) -> list[Clash]:
    """Return the clashes whose two values are each other's best in the other's report."""
    best: dict[tuple[int, int], float] = {}
    for clash in clashes:
        for a, b in ((clash.one, clash.other), (clash.other, clash.one)):
            key = (a, values[b].unit.report)
            best[key] = max(best.get(key, 0.0), clash.score)
    return [
        c
        for c in clashes
        if c.score >= best[c.one, values[c.other].unit.report]
        and c.score >= best[c.other, values[c.one].unit.report]
    ]


def _agreeing(story: Story, values: Sequence[Value], group: Sequence[int]) -> list[int]:
    """Return the values that other sentences give in the same words as one of the group."""
    return [
        number
        for number, value in enumerate(values)
        if any(
            value.words == values[k].words
            and value.unit.report != values[k].unit.report
            and story.share(value.unit, values[k].unit) >= _AGREEING
            for k in group
        )
    ]


def apart_from(found: Sequence[Difference], told: Sequence[Difference]) -> list[Difference]:
    """Return the differences that share no place with one already found."""
    places = {(v.article, v.start) for difference in told for v in difference.variants}
    return [d for d in found if not any((v.article, v.start) in places for v in d.variants)]
