"""Times that a sentence mentions, as intervals, relative ones resolved by the date of publication.

Own patterns found all of a sample without a false hit, where general date parsers take "may",
"now" and "we" for dates.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from reader.compare.moments import DAY, Grain, Moment, day, joined, month, week, year
from reader.compare.timewords import TimeWords, time_words

_YEAR_DAYS = 365.25
_UNIT_DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": _YEAR_DAYS}
_AHEAD = 120
"""A date without a year lies in the past, or at most so many days ahead."""
_BETWEEN = re.compile(
    r"[\s,]*(?:(?:on|at|around|about|am|um|gegen|à|vers|le|a\s+las|el|alle|às|om)\s+)*",
    re.IGNORECASE,
)
_OPENING = ("“", '"', "‘", "'", "„", "«")
_NEAR = 60
"""Characters before a time among which the words that belong to it stand."""
_SUBJECT = 20
"""Characters after a time that opens a sentence among which its verb may be."""
_FAR = 400
"""Characters before a weekday among which the sentence tells that it looks ahead."""
_WITH_DIGITS = frozenset(
    ["iso", "date", "american", "month of year", "clock", "hours", "twenty-four", "year"]
)
Interval = tuple[Grain, date, date]


def moments(text: str, language: str | None, published: date | None) -> list[Moment]:
    """Return the times that a sentence mentions, in order; they do not overlap."""
    words = time_words(language)
    found: list[Moment] = []
    if not words.any.search(text):
        return found
    digits = any(c.isdigit() for c in text)
    taken = bytearray(len(text))
    for name, pattern in words.patterns:
        if name in _WITH_DIGITS and not digits:
            continue
        read = _READERS[name]
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            moment = read(match, words, published)
            if moment is not None:
                found.append(moment)
                taken[moment.start : moment.end] = b"\x01" * (moment.end - moment.start)
    return _neighbours_joined(text, sorted(found, key=lambda m: m.start))


def _neighbours_joined(text: str, found: list[Moment]) -> list[Moment]:
    """Join a day and a clock that stand side by side."""
    result: list[Moment] = []
    for moment in found:
        last = result[-1] if result else None
        if last and _BETWEEN.fullmatch(text, last.end, moment.start):
            if last.clock is None and last.grain == "day" and moment.grain is None:
                result[-1] = joined(last, moment)
                continue
            if last.grain is None and moment.clock is None and moment.grain == "day":
                result[-1] = joined(moment, last)
                continue
        result.append(moment)
    return result


def _moment(match: re.Match[str], interval: Interval | None, **more: object) -> Moment | None:
    if interval is None:
        return None
    grain, first, last = interval
    return replace(Moment(match.start(), match.end(), grain, first, last), **more)  # type: ignore[arg-type]


def _capital(match: re.Match[str], group: str, words: TimeWords) -> bool:
    return not words.capital or match.group(group)[0].isupper()


def _date(year_: int, month_: int, day_: int) -> date | None:
    try:
        return date(year_, month_, day_)
    except ValueError:
        return None


def _iso(match: re.Match[str], words: TimeWords, published: date | None) -> Moment | None:
    del words, published
    found = _date(int(match["year"]), int(match["month"]), int(match["day"]))
    return _moment(match, day(found), named=True) if found else None


def _dated(match: re.Match[str], words: TimeWords, published: date | None) -> Moment | None:
    """Read "July 3", "3 July 2025": without a year the nearest, rather in the past."""
    if not _capital(match, "month", words):
        return None
    number = words.months[match["month"].lower()]
    if match["year"]:
        found = _date(int(match["year"]), number, int(match["day"]))
    elif published:
        found = _nearest(published, number, int(match["day"]))
    else:
        return Moment(match.start(), match.end(), "day")
    dated = bool(match["year"])
    return _moment(match, day(found), named=True, dated=dated) if found else None


def _nearest(published: date, month_: int, day_: int) -> date | None:
    years = (published.year + 1, published.year, published.year - 1)
    candidates = (_date(number, month_, day_) for number in years)
    latest = published + timedelta(days=_AHEAD)
    return next((found for found in candidates if found and found <= latest), None)


def _month_of_year(match: re.Match[str], words: TimeWords, published: date | None) -> Moment | None:
    del published
    if not _capital(match, "month", words):
        return None
    return _moment(match, month(int(match["year"]), words.months[match["month"].lower()]))


def _month(match: re.Match[str], words: TimeWords, published: date | None) -> Moment | None:
    """Read "in April": the last one that has begun when the report was published."""
    if not _capital(match, "month", words):
        return None
    number = words.months[match["month"].lower()]
    at = match.start("month")
    if published is None:
        return Moment(at, match.end(), "month")
    if _looks_ahead(match, words, _NEAR):
        year_ = published.year + (number < published.month)
    else:
        year_ = published.year - (number > published.month)
    grain, first, last = month(year_, number)
    return Moment(at, match.end(), grain, first, last)


def _year(match: re.Match[str], words: TimeWords, published: date | None) -> Moment | None:
    del words, published
    grain, first, last = year(int(match["year"]))
    return Moment(match.start("year"), match.end("year"), grain, first, last)


def _relative_day(match: re.Match[str], words: TimeWords, published: date | None) -> Moment | None:
    if match.group()[0].isupper() and match.string[: match.start()].endswith(_OPENING):
        return None  # the "Today" show
    offset = words.days[_folded(match["relative"])]
    clock = words.parts[_folded(match["part"])] if match["part"] else None
    if published is None:
        return Moment(match.start(), match.end(), "day", clock=clock)
    return _moment(match, day(published + timedelta(days=offset)), clock=clock)


def _span(match: re.Match[str], words: TimeWords, published: date | None) -> Moment | None:
    """Read "last year", "this month": whole units of the calendar."""
    unit, first, last = words.spans[_folded(match["span"])]
    if published is None:
        return Moment(match.start(), match.end(), "week" if unit == "week" else "year", ago=True)
    start, end = _unit(unit, published, first), _unit(unit, published, last)
    moment = _moment(match, (start[0], start[1], end[2]), ago=True)
    if moment and unit == "week" and (first, last) == (-1, -1):
        return replace(moment, last=published)  # "last week" is often the last seven days
    return moment


def _unit(unit: str, published: date, offset: int) -> Interval:
    if unit == "year":
        return year(published.year + offset)
    if unit == "month":
        return month(published.year, published.month + offset)
    return week(published + timedelta(days=7 * offset))


def _ago(match: re.Match[str], words: TimeWords, published: date | None) -> Moment | None:
    """Read "three years ago": people count whole units or round, so the interval is generous."""
    groups = match.groupdict()
    index = next(k.removeprefix("unit") for k, v in groups.items() if v and k.startswith("unit"))
    count, unit = _count(match[f"count{index}"], words), words.units[_folded(match[f"unit{index}"])]
    if count is None or published is None:
        return None if count is None else Moment(match.start(), match.end(), "year", ago=True)
    before = _before(match, match.start(f"count{index}"), _NEAR)
    shortest, longest = count - 0.5, count + 1.0
    if words.less.search(before):
        shortest, longest = count - 1.0, float(count)
    elif words.more.search(before):
        shortest, longest = float(count), count + 2.0
    elif words.about.search(before):
        shortest, longest = count - 1.0, count + 1.5
    size = _UNIT_DAYS[unit]
    if longest * size > 300 * _YEAR_DAYS:
        return None
    first = published - timedelta(days=round(longest * size))
    last = published - timedelta(days=round(shortest * size))
    grain: Grain = {"year": "year", "month": "month", "week": "week", "day": "day"}[unit]  # type: ignore[assignment]
    return Moment(match.start(), match.end(), grain, first, last, ago=True)


def _count(text: str, words: TimeWords) -> int | None:
    folded = text.lower()
    if folded.isdigit():
        return int(folded)
    if folded in {
        "a",
        "an",
        "ein",
        "einem",
        "einer",
        "un",
        "une",
        "uno",
        "una",
        "um",
        "uma",
        "een",
    }:
        return 1
    return words.numbers.get(folded)


def _weekday(match: re.Match[str], words: TimeWords, published: date | None) -> Moment | None:
    """Read "on Thursday": the last one, or the next where the sentence looks ahead."""
    if not _capital(match, "weekday", words):
        return None
    number = words.weekdays[match["weekday"].lower()]
    clock = _part(match, words)
    if published is None:
        return Moment(match.start(), match.end(), "day", clock=clock, weekday=number)
    which = (match["which"] or "").lower()
    back = (published.weekday() - number) % 7
    found = published - timedelta(days=back)
    ahead = (number - published.weekday()) % 7
    if which in words.next:
        found = published + timedelta(days=ahead or 7)
    elif _looks_ahead(match, words, _FAR):
        found = published + timedelta(days=ahead)
    return _moment(match, day(found), clock=clock, weekday=number)


def _part(match: re.Match[str], words: TimeWords) -> tuple[int, int] | None:
    """Return the minutes of "(early) Sunday afternoon"."""
    if not match["part"]:
        return None
    part = _folded(match["part"])
    early = _folded(match["early"] or "")
    return words.parts.get(f"{early} {part}".strip(), words.parts.get(part))


def _clock(match: re.Match[str], words: TimeWords, published: date | None) -> Moment | None:
    """Read "12.13 pm", "8 Uhr 30"; a clock of a named zone is left out, it would need its place."""
    del published
    groups = match.groupdict()
    if groups.get("zone"):
        return None
    hour, minute = int(groups["hour"]), int(groups.get("minute") or groups.get("minute2") or 0)
    half = (groups.get("half") or "").lower()
    if half and (hour > 12 or hour == 0):
        return None
    if half in words.pm or half == "pm":
        hour = hour % 12 + 12
    elif half:
        hour %= 12
    start = match.start("hour")
    return _blurred(match, words, start, hour * 60 + minute)


def _noon(match: re.Match[str], words: TimeWords, published: date | None) -> Moment | None:
    del published
    moment = _blurred(match, words, match.start(), DAY // 2)
    if moment.clock == (DAY // 2, DAY // 2):  # "at midday" is no minute
        return replace(moment, clock=(DAY // 2 - 30, DAY // 2 + 30))
    return moment


def _blurred(match: re.Match[str], words: TimeWords, start: int, minute: int) -> Moment:
    before = _before(match, start, _NEAR).rstrip().lower()
    left = max(0, start - _NEAR)
    for phrase in sorted(words.blur, key=len, reverse=True):
        if before.endswith(phrase) and not before[: -len(phrase)][-1:].isalpha():
            early, late = words.blur[phrase]
            start = left + len(before) - len(phrase)
            return Moment(start, match.end(), clock=(minute + early, minute + late), precise=True)
    return Moment(start, match.end(), clock=(minute, minute), precise=True)


def _looks_ahead(match: re.Match[str], words: TimeWords, count: int) -> bool:
    """Return True if the words before a time look ahead, or those right after it as a subject."""
    after = match.string[match.end() : match.end() + _SUBJECT]
    subject = not match.string[: match.start()].strip(" “\"'‘«„")
    return bool(
        words.future.search(_before(match, match.start(), count))
        or (subject and words.future.search(after))
    )


def _before(match: re.Match[str], at: int, count: int) -> str:
    """Return so many characters before a place: a sentence can be as long as a book."""
    return match.string[max(0, at - count) : at]


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


_READERS: dict[str, Callable[[re.Match[str], TimeWords, date | None], Moment | None]] = {
    "iso": _iso,
    "date": _dated,
    "american": _dated,
    "month of year": _month_of_year,
    "month": _month,
    "ago": _ago,
    "span": _span,
    "day": _relative_day,
    "weekday": _weekday,
    "clock": _clock,
    "hours": _clock,
    "twenty-four": _clock,
    "noon": _noon,
    "year": _year,
}
