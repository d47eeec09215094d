"""Times as intervals: what a mention can mean, in days and in minutes of the day."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Grain = Literal["day", "week", "month", "year"]
DAY = 1440
"""Minutes of a day."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A mention of a time; `start` and `end` are code points of the sentence's text.

    Days and minutes are intervals, both ends included, as wide as what was said: "in August 2021"
    is the first to the last day of that month, "around noon" a quarter of an hour about it. What
    cannot be resolved (a weekday without a publication date) has no days.
    """

    start: int
    end: int
    grain: Grain | None = None
    first: date | None = None
    last: date | None = None
    clock: tuple[int, int] | None = None
    """Earliest and latest minute of the day; beyond 1440 it is the night after."""
    precise: bool = False
    """Whether the clock was given by hour, not by a part of the day."""
    weekday: int | None = None
    """0 is Monday; set where a weekday was named, which two reports then share or do not."""
    named: bool = False
    """Whether the date itself was given ("3 July"), not a weekday or "yesterday"."""
    dated: bool = True
    """Whether the year was given, not taken from the publication date ("3 July")."""
    ago: bool = False
    """Whether it was counted from the day of publication ("three years ago", "last year")."""

    @property
    def shown(self) -> str | None:
        """Return the date as the timeline shows it: "2021", "2021-08", "2025-07-03"."""
        if self.first is None or self.last is None or self.grain == "week":
            return None
        if self.grain == "day":
            return self.first.isoformat() if self.first == self.last else None
        if self.grain == "month":
            same = (self.first.year, self.first.month) == (self.last.year, self.last.month)
            return f"{self.first:%Y-%m}" if same else None
        return f"{self.first:%Y}" if self.first.year == self.last.year else None

    @property
    def normalized(self) -> str | None:
        """Return a comparable form: the shown date, else the interval; with the clock if any."""
        day = self.shown
        if day is None and self.first and self.last:
            day = f"{self.first.isoformat()}/{self.last.isoformat()}"
        if self.clock is None:
            return day
        early, late = (_clock(minute) for minute in self.clock)
        time = early if early == late else f"{early}-{late}"
        return f"{day}T{time}" if day else time


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def day(value: date) -> tuple[Grain, date, date]:
    """Return the interval of one day."""
    return "day", value, value


def month(year: int, number: int) -> tuple[Grain, date, date]:
    """Return the interval of a month; `number` may lie beyond 1 to 12 and then counts on."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return "month", date(year, number, 1), date(year, number, monthrange(year, number)[1])


def year(number: int) -> tuple[Grain, date, date]:
    """Return the interval of a year."""
    return "year", date(number, 1, 1), date(number, 12, 31)


def week(any_day: date) -> tuple[Grain, date, date]:
    """Return the interval of the week (Monday to Sunday) of a day."""
    first = any_day - timedelta(days=any_day.weekday())
    return "week", first, first + timedelta(days=6)


def joined(date_part: Moment, time_part: Moment) -> Moment:
    """Return one mention of the two neighbouring ones: "Sunday" and "at midday"."""
    return replace(
        date_part,
        start=min(date_part.start, time_part.start),
        end=max(date_part.end, time_part.end),
        clock=time_part.clock,
        precise=time_part.precise,
    )


def apart(a: Moment, b: Moment) -> bool:
    """Return whether the two cannot be the same time.

    Compared are days with days and clocks with clocks; a weekday is the same as any date of that
    weekday, whatever date it was resolved to, since the date of publication may be wrong.
    """
    if _days_apart(a, b):
        return True
    return _same_day_possible(a, b) and _clocks_apart(a, b)


def gap_days(a: Moment, b: Moment) -> int:
    """Return how many days lie between the two intervals; 0 where they touch or are unknown."""
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return 0
    return max(0, (b.first - a.last).days, (a.first - b.last).days)


def gap_minutes(a: Moment, b: Moment) -> int:
    """Return how many minutes lie between the two clocks; 0 where they touch or are unknown."""
    if a.clock is None or b.clock is None:
        return 0
    return max(0, b.clock[0] - a.clock[1], a.clock[0] - b.clock[1])


def _days_apart(a: Moment, b: Moment) -> bool:
    if a.weekday is not None and b.weekday is not None:
        return a.weekday != b.weekday
    for one, other in ((a, b), (b, a)):
        exact = other.grain == "day" and other.first == other.last and other.first is not None
        if one.weekday is not None and exact and other.first is not None:
            return other.first.weekday() != one.weekday
    if _same_but_for_a_guess(a, b):
        return False
    return gap_days(a, b) > 0


def _same_but_for_a_guess(a: Moment, b: Moment) -> bool:
    """Return True if two dates are one day of one month, and a year was not given in both."""
    if not (a.named and b.named and a.first and b.first) or (a.dated and b.dated):
        return False
    return (a.first.month, a.first.day) == (b.first.month, b.first.day)


def _same_day_possible(a: Moment, b: Moment) -> bool:
    return not _days_apart(a, b)


def _clocks_apart(a: Moment, b: Moment) -> bool:
    return gap_minutes(a, b) > 0
