"""Times of one event in any two sentences that share a fact: at odds, or more or less precise."""

from collections.abc import Sequence

from reader.compare.found import Story, question
from reader.compare.moments import Moment, apart, gap_days, gap_minutes
from reader.compare.nearness import beside, nearness
from reader.compare.slots import REPEATED_NEAR, Clash, Value, clashes_of, slots
from reader.compare.time_differences import Mention, of_saying
from reader.model import Difference

SHARE = 0.25
_CLAUSE = 0.35
_NEAR = 0.35
_LESS_NEAR, _SHARED = 0.2, 0.6
_WEEK_NEAR = 0.4
_SURE = 0.7
_ALARM_CLAUSE, _CLOCK_CLAUSE = 0.45, 0.3
_MOST_DAYS = {"day": 3, "week": 21, "month": 190, "year": 1100}
_MOST_MINUTES = 180
_LEAST_MINUTES, _CLOSE_MINUTES = 5, 90
_SLIP_SHARE = 0.5
_EVENING, _DAWN = 1260, 360


def time_slot_differences(story: Story, found: list[Mention]) -> list[Difference]:
    """Return what the reports date differently; `found` are all times of the story."""
    usable = [m for m in found if not of_saying(story, m)]
    rows: dict[int, list[int]] = {}
    for number, mention in enumerate(usable):
        rows.setdefault(mention.unit.row, []).append(number)
    clashes = clashes_of(
        story,
        rows,
        SHARE,
        lambda i, j: _clash(story, usable, rows, i, j),
        lambda i, j: _contradicts_itself(story, usable, rows, i, j),
    )
    values = [Value(m.unit, m.moment.start, m.moment.end, m.moment.normalized) for m in usable]

    def topic(group: Sequence[int]) -> str:
        places = ((m.unit, m.moment.start, m.moment.end) for m in (usable[k] for k in group))
        return f"when: {question(story, places)}"

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
    near = max(clause, _nearness(story, a, b))
    alone = len(rows[a.unit.row]) == 1 and len(rows[b.unit.row]) == 1
    if _weeks_apart(one, other):
        alarm = near >= _WEEK_NEAR
        return Clash(i, j, alarm=True, score=share + near) if alarm else None
    if not apart(one, other):
        counted = one.ago != other.ago  # "last month" goes with any day of it
        day = "day" in (one.grain, other.grain)
        together = (
            near >= _NEAR
            or (near >= _LESS_NEAR and share >= _SHARED and not (counted and day))
            or (alone and share >= _SURE and not counted)
        )
        shown = together and _more_precise(one, other)
        return Clash(i, j, alarm=False, score=share + near) if shown else None
    if _reconciled(story, usable, a, b) or _reconciled(story, usable, b, a):
        return None
    slip = _is_slip(one, other) and share >= _SLIP_SHARE
    least = _CLOCK_CLAUSE if one.precise and other.precise else _ALARM_CLAUSE
    event = clause >= least and (clause >= _CLAUSE or (alone and share >= _SURE))
    close = _close_clocks(usable, rows, a, b) and share >= _SHARED
    shown = slip or close or (event and _near(one, other))
    return Clash(i, j, alarm=True, score=share + near) if shown else None


def _contradicts_itself(
    story: Story, usable: list[Mention], rows: dict[int, list[int]], i: int, j: int
) -> bool:
    """Return whether a report says nearly the same twice, with two times of one event."""
    a, b = usable[i], usable[j]
    if _paired(usable, rows, i, j) or _paired(usable, rows, j, i):
        return False
    if _rest(a) == _rest(b):
        return False  # a sentence said again with another time lists two events
    differ = apart(a.moment, b.moment) or _weeks_apart(a.moment, b.moment)
    return differ and _nearness(story, a, b) >= REPEATED_NEAR


def _rest(mention: Mention) -> str:
    """Return a sentence without one of its times."""
    text = mention.unit.text
    return text[: mention.moment.start] + text[mention.moment.end :]


def _is_slip(one: Moment, other: Moment) -> bool:
    """Return whether two dates are the same day of two years that follow each other."""
    if not (one.named and other.named and one.first and other.first) or one.grain != other.grain:
        return False
    day = (one.first.month, one.first.day) == (other.first.month, other.first.day)
    return day and abs(one.first.year - other.first.year) == 1


def _close_clocks(
    usable: list[Mention], rows: dict[int, list[int]], a: Mention, b: Mention
) -> bool:
    """Return whether two sentences give one clock each, less than an hour and a half apart."""
    clocks = [[k for k in rows[m.unit.row] if usable[k].moment.precise] for m in (a, b)]
    both = a.moment.precise and b.moment.precise and all(len(found) == 1 for found in clocks)
    same_day = gap_days(a.moment, b.moment) == 0 and not (
        a.moment.first and b.moment.first and a.moment.first != b.moment.first
    )
    return both and same_day and _LEAST_MINUTES <= gap_minutes(a.moment, b.moment) <= _CLOSE_MINUTES


def _weeks_apart(one: Moment, other: Moment) -> bool:
    """Return whether one says "this week" and the other "last week" of the same day."""
    weeks = one.grain == other.grain == "week" and one.ago and other.ago
    return weeks and one.first != other.first


def _nearness(story: Story, a: Mention, b: Mention) -> float:
    """Return how alike the words beside two times are."""
    languages = (story.language(a.unit), story.language(b.unit))
    one, other = (
        beside(m.unit, m.moment.start, m.moment.end, language)
        for m, language in zip((a, b), languages, strict=True)
    )
    return nearness(story.contexts, one, other, languages)


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
        if one.ago != other.ago:
            return (one.first, one.last) != (other.first, other.last)
        # A minute that only one gives is a detail, a part of the day is a wording.
        precise = one.precise != other.precise and None in (one.clock, other.clock)
        return one.clock != other.clock and not precise
    if None in (one.grain, other.grain):
        return False
    grains = {one.grain, other.grain}
    if grains == {"month", "year"}:
        return True
    if "year" in grains:
        return "day" not in grains and one.ago != other.ago  # nobody calls a day "this year"
    return one.ago or other.ago


def _overnight(one: Moment, other: Moment) -> bool:
    """Return whether two neighbouring days may be one night."""
    late = any(m.clock and (m.clock[1] > _EVENING or m.clock[0] < _DAWN) for m in (one, other))
    return late and gap_days(one, other) <= 1
