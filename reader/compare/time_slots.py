"""Times of one event in any two sentences that share a fact: at odds, or more or less precise."""

from collections.abc import Sequence

from reader.compare.found import Story, words_of
from reader.compare.moments import Moment, apart, gap_days, gap_minutes
from reader.compare.slots import Clash, Value, slots, touching
from reader.compare.time_differences import Mention, of_saying
from reader.model import Difference

SHARE = 0.25
_CLAUSE = 0.35
_SURE = 0.7
_ALARM_CLAUSE, _CLOCK_CLAUSE = 0.45, 0.3
_MOST_DAYS = {"day": 3, "week": 21, "month": 190, "year": 1100}
_MOST_MINUTES = 180
_EVENING, _DAWN = 1260, 360


def time_slot_differences(story: Story, found: list[Mention]) -> list[Difference]:
    """Return what the reports date differently; `found` are all times of the story."""
    usable = [m for m in found if not of_saying(story, m)]
    rows: dict[int, list[int]] = {}
    for number, mention in enumerate(usable):
        rows.setdefault(mention.unit.row, []).append(number)
    clashes = []
    for one, other in touching(story, list(rows), SHARE):
        for i in rows[one]:
            for j in rows[other]:
                clash = _clash(story, usable, rows, i, j)
                if clash:
                    clashes.append(clash)
    values = [Value(m.unit, m.moment.start, m.moment.end, m.moment.normalized) for m in usable]

    def topic(group: Sequence[int]) -> str:
        first, *rest = (usable[k] for k in group)
        shared = [name for name in first.context if any(name in m.context for m in rest)]
        words = words_of(first.unit, None, shared or [first.key or ""], story.contexts)
        return f"when: {words}".strip()

    return slots(story, "time", values, clashes, topic)


def _clash(
    story: Story, usable: list[Mention], rows: dict[int, list[int]], i: int, j: int
) -> Clash | None:
    a, b = usable[i], usable[j]
    one, other = a.moment, b.moment
    if _words(a) == _words(b) or _paired(usable, rows, i, j) or _paired(usable, rows, j, i):
        return None
    share = story.share(a.unit, b.unit)
    clause = story.contexts.likeness(a.context, b.context)
    alone = len(rows[a.unit.row]) == 1 and len(rows[b.unit.row]) == 1
    if clause < _CLAUSE and not (alone and share >= _SURE):
        return None
    if not apart(one, other):
        return Clash(i, j, alarm=False, score=share + clause) if _more_precise(one, other) else None
    reconciled = _reconciled(story, usable, a, b) or _reconciled(story, usable, b, a)
    least = _CLOCK_CLAUSE if one.precise and other.precise else _ALARM_CLAUSE
    if reconciled or clause < least or not _near(one, other):
        return None
    return Clash(i, j, alarm=True, score=share + clause)


def _reconciled(story: Story, usable: list[Mention], one: Mention, other: Mention) -> bool:
    """Return whether the one's report also gives the other's time for what may be the same."""
    return any(
        m.unit.report == one.unit.report
        and m.moment.grain == other.moment.grain
        and not apart(m.moment, other.moment)
        and story.share(m.unit, other.unit) >= SHARE
        for m in usable
    )


def _words(mention: Mention) -> str:
    text = mention.unit.text[mention.moment.start : mention.moment.end]
    return " ".join(text.casefold().split())


def _paired(usable: list[Mention], rows: dict[int, list[int]], i: int, j: int) -> bool:
    """Return whether the other's sentence has another time that is the same as the one."""
    one = usable[i].moment
    others = (usable[k].moment for k in rows[usable[j].unit.row] if k != j)
    return any(third.grain == one.grain and not apart(third, one) for third in others)


def _near(one: Moment, other: Moment) -> bool:
    """Return whether two times that differ may be given for one event."""
    if gap_days(one, other) == 0 and one.weekday == other.weekday:
        return one.precise and other.precise and gap_minutes(one, other) <= _MOST_MINUTES
    if _overnight(one, other):
        return False
    if one.grain != other.grain or one.grain is None:
        return False
    return gap_days(one, other) <= _MOST_DAYS[one.grain]


def _more_precise(one: Moment, other: Moment) -> bool:
    """Return whether one of two compatible times tells more than the other."""
    if one.grain == other.grain:
        return one.clock != other.clock
    if None in (one.grain, other.grain):
        return False
    grains = {one.grain, other.grain}
    if grains == {"month", "year"}:
        return True
    return (one.ago or other.ago) and "year" not in grains


def _overnight(one: Moment, other: Moment) -> bool:
    """Return whether two neighbouring days may be one night."""
    late = any(m.clock and (m.clock[1] > _EVENING or m.clock[0] < _DAWN) for m in (one, other))
    return late and gap_days(one, other) <= 1
