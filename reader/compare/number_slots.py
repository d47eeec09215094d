"""Numbers of one thing in any two sentences that share a fact, right, wrong or more precise.

Two numbers are set against each other if they have one unit or count one noun, stand in sentences
that are likely to share a fact, and neither sentence also has the other's number.
"""

from collections.abc import Sequence
from math import inf

from reader.compare.casualties import SLOTS
from reader.compare.found import Story
from reader.compare.number_differences import Number, of_two_things
from reader.compare.numbers import Quantity, compatible, open_apart
from reader.compare.slots import Clash, Value, slots, touching
from reader.compare.tables import members
from reader.model import Difference

SHARE = 0.25
_CLAUSE = 0.3
"""As much likeness of their clauses tells two values of one thing."""
_SURE = 0.75
"""From this likelihood of a common fact on the only numbers of a unit need no alike clauses."""
_FAR = 3.0
_ALARM_SHARE, _ALARM_CLAUSE = 0.6, 0.5
_REST = 6
"""Characters between the parts of one measure."""


def slot_differences(story: Story, found: list[Number]) -> list[Difference]:
    """Return what the reports give in different numbers; `found` are all numbers of the story."""
    usable = [n for n in found if n.quantity.unit]
    rows: dict[int, list[int]] = {}
    for number, value in enumerate(usable):
        rows.setdefault(value.unit.row, []).append(number)
    clashes = []
    for one, other in touching(story, list(rows), SHARE):
        for i in rows[one]:
            for j in rows[other]:
                clash = _clash(story, usable, rows, i, j)
                if clash:
                    clashes.append(clash)
    values = [
        Value(n.unit, n.quantity.start, n.quantity.end, n.quantity.normalized) for n in usable
    ]

    def topic(group: Sequence[int]) -> str:
        first = usable[min(group)]
        return f"how many: {first.quantity.noun or first.quantity.unit}"

    return slots(story, "number", values, clashes, topic)


def _clash(
    story: Story, usable: list[Number], rows: dict[int, list[int]], i: int, j: int
) -> Clash | None:
    a, b = usable[i], usable[j]
    one, other = a.quantity, b.quantity
    if _excluded(story, usable, rows, a, b):
        return None
    share = story.share(a.unit, b.unit)
    clause = story.contexts.likeness(a.context, b.context)
    alone = _alone(usable, rows, a) and _alone(usable, rows, b)
    if clause < _CLAUSE and not (alone and share >= _SURE):
        return None
    alarm = not compatible(one, other) or open_apart(one, other)
    if not alarm:
        return Clash(i, j, alarm=False, score=share + clause) if _hedged(one, other) else None
    reconciled = _reconciled(story, usable, a, b) or _reconciled(story, usable, b, a)
    surely = _near(one, other) and _one_matter(a, share, clause, alone=alone)
    return Clash(i, j, alarm=True, score=share + clause) if surely and not reconciled else None


def _excluded(
    story: Story, usable: list[Number], rows: dict[int, list[int]], a: Number, b: Number
) -> bool:
    """Return whether two numbers are the same, of other things, or have their equals already."""
    one, other = a.quantity, b.quantity
    return (
        (one.low, one.high) == (other.low, other.high)
        or not _same_thing(story, a, b)
        or _given(usable, rows[b.unit.row], a)
        or _given(usable, rows[a.unit.row], b)
        or _is_rest(usable, rows, a)
        or _is_rest(usable, rows, b)
    )


def _one_matter(a: Number, share: float, clause: float, *, alone: bool) -> bool:
    """Return whether two numbers are so surely of one thing that an alarm is right."""
    if share < _ALARM_SHARE and clause < _ALARM_CLAUSE:
        return False
    if a.quantity.measured:
        return clause >= _ALARM_CLAUSE or alone
    return clause >= _CLAUSE and (alone or clause >= _ALARM_CLAUSE)


def _same_thing(story: Story, a: Number, b: Number) -> bool:
    one, other = a.quantity, b.quantity
    if one.measured != other.measured:
        return False
    if of_two_things(story, a, b):
        return False
    return one.unit == other.unit and not (_befell(story, a) or _befell(story, b))


def _befell(story: Story, number: Number) -> bool:
    """Return whether a number counts people that something befell: tolls are counted elsewhere."""
    language = story.language(number.unit)
    people = members(language, "casualties", "people") | members(language, "casualties", "generic")
    if number.quantity.measured or number.quantity.noun not in people:
        return False
    words = {word.text for word in number.unit.words}
    return any(words & members(language, "casualties", slot) for slot in SLOTS)


def _given(usable: list[Number], row: list[int], one: Number) -> bool:
    """Return whether a sentence gives a number of the same amount."""
    return any(
        abs(usable[k].quantity.low - one.quantity.low) < 1e-6 * max(1.0, one.quantity.low)
        and usable[k].quantity.high == one.quantity.high
        for k in row
    )


def _reconciled(story: Story, usable: list[Number], one: Number, other: Number) -> bool:
    """Return whether the one's report gives the other's number too, for what may be the same."""
    return any(
        n.unit.report == one.unit.report
        and n.quantity.unit == other.quantity.unit
        and compatible(n.quantity, other.quantity)
        and story.share(n.unit, other.unit) >= SHARE
        for n in usable
    )


def _is_rest(usable: list[Number], rows: dict[int, list[int]], one: Number) -> bool:
    """Return whether a number is the rest of the one before: "nine minutes and 46 seconds"."""
    return any(
        usable[k].quantity.measured
        and usable[k].quantity.unit == one.quantity.unit
        and 0 < one.quantity.start - usable[k].quantity.end <= _REST
        for k in rows[one.unit.row]
    )


def _alone(usable: list[Number], rows: dict[int, list[int]], one: Number) -> bool:
    same = [k for k in rows[one.unit.row] if usable[k].quantity.unit == one.quantity.unit]
    return len(same) == 1


def _hedged(one: Quantity, other: Quantity) -> bool:
    """Return whether one of two compatible numbers says more, or more exactly, than the other."""
    exact = (one.low == one.high, other.low == other.high)
    if all(exact):
        return False  # rounded, or in other units
    lows = sorted((one.low or one.high, other.low or other.high))
    return lows[0] > 0 and lows[1] <= _FAR * lows[0]


def _near(one: Quantity, other: Quantity) -> bool:
    lows = sorted(q.low if q.low > 0 else q.high for q in (one, other))
    return 0 < lows[0] < inf and lows[1] <= _FAR * lows[0]
