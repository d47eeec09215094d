"""Dates and times as pages print them: ISO 8601, RFC 5322, and the written forms of many languages.

A stamp is read whole: nothing here looks for dates inside sentences. What a stamp leaves open is
not made up: a time without a date, a date without a year, or 4/7/2025 (which of the two is the
day?) is recognised as a stamp but names no moment.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from typing import NamedTuple

from reader.text.pagewords import month_names, page_words

LONGEST = 120
"""Characters of the longest stamp."""

_HOURS = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "CET": 1, "MEZ": 1, "WEST": 1, "CEST": 2,
    "MESZ": 2, "EET": 2, "SAST": 2, "EEST": 3, "MSK": 3, "МСК": 3, "HKT": 8, "SGT": 8, "JST": 9,
    "KST": 9, "AEST": 10, "AEDT": 11, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7,
}  # fmt: skip
_ZONE = re.compile(
    rf"\b(?:(?:UTC|GMT)\s?([+-])(\d{{1,2}})(?::?(\d{{2}}))?|({'|'.join(_HOURS)}|[ECMP]T)\b)"
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
_TIME = re.compile(
    r"(?<![\d:])(\d{1,2})(?:[:.h](\d{2}))(?::\d{2})?\s?([ap]\.?m\.?(?!\w))?(?!\d)"
    r"|(?<![\d:])(\d{1,2})\s?(?:([ap]\.?m\.?)|h)(?!\w)",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?:\s?[日일])?(?!\d)"
)
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.)?\s?(?:de |of |- ?|/)?([^\W\d_]{2,}|\w+ς)\.?,?"
    r"(?:\s?(?:de |del |- ?|/)?(\d{4}))?(?!\d)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"(?<!\w)([^\W\d_]{3,})\.?\s(\d{1,2})(?:st|nd|rd|th)?(?:,?\s(\d{4}))?(?![\d:])", re.IGNORECASE
)
_MAIL = re.compile(
    r"(?:[A-Za-z]{3}, ?)?\d{1,2} [A-Za-z]{3} \d{2,4} \d{1,2}:\d{2}(?::\d{2})?(?: |$)"
)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")


class Stamp(NamedTuple):
    """A time stamp; `moment` is None where it does not name one completely."""

    moment: datetime | None


def parse_stamp(text: str) -> datetime | None:
    """Return the moment that a stamp names, aware (UTC where it names no zone); None if it is none.

    A date without a time is the beginning of that day.
    """
    plain = " ".join(text.split())
    if not plain or len(plain) > LONGEST:
        return None
    if _MAIL.match(plain):
        return _mail(plain)
    if moment := _iso(plain):
        return moment
    stamp = stamp_of(plain)
    return stamp.moment if stamp else None


def aware(moment: datetime) -> datetime:
    """Return the moment with a zone: UTC where it has none."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def stamp_of(text: str) -> Stamp | None:
    """Return the stamp that a text is as a whole; None where it holds anything else."""
    rest = " ".join(text.split())
    if len(rest) > LONGEST or not any(c.isdigit() for c in rest):
        return None
    if whole := _ISO.search(rest):
        rest = rest[: whole.start()] + " " + rest[whole.end() :]
        return Stamp(_iso(whole[0])) if _only_stamp_words(rest) else None
    rest, day = _date_in(rest)
    rest, offset = _zone_in(rest)
    rest, time = _time_in(rest)
    if not _only_stamp_words(rest) or (not day and not time and not _tells_time(rest)):
        return None
    if not isinstance(day, tuple):
        return Stamp(None)
    return Stamp(_moment(day, time or (0, 0), offset))


class _Unclear:
    """A date that was found but cannot be told for sure."""


_UNCLEAR = _Unclear()


def _date_in(text: str) -> tuple[str, tuple[int, int, int] | _Unclear | None]:
    """Return the text without its date, and the date as (year, month, day)."""
    if match := _YEAR_FIRST.search(text):
        return _without(text, match), (int(match[1]), int(match[2]), int(match[3]))
    if match := _YEAR_LAST.search(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] == "." or first > 12 or first == second:
            return _without(text, match), (year, second, first)
        return _without(text, match), (year, first, second) if second > 12 else _UNCLEAR
    for pattern, month_at, day_at in ((_DAY_MONTH, 2, 1), (_MONTH_DAY, 1, 2)):
        for match in pattern.finditer(text):
            if month := month_names().get(match[month_at].casefold(), 0):
                found = (int(match[3]), month, int(match[day_at])) if match[3] else _UNCLEAR
                return _without(text, match), found
    return text, None


def _zone_in(text: str) -> tuple[str, int | None]:
    """Return the text without its zone, and the zone's minutes east of UTC where it is certain."""
    match = _ZONE.search(text)
    if not match:
        return text, None
    if match[4]:
        hours = _HOURS.get(match[4].upper())
        return _without(text, match), None if hours is None else 60 * hours
    minutes = 60 * int(match[2]) + int(match[3] or 0)
    return _without(text, match), -minutes if match[1] == "-" else minutes


def _time_in(text: str) -> tuple[str, tuple[int, int] | None]:
    match = _TIME.search(text)
    if not match:
        return text, None
    hour, minute = int(match[1] or match[4]), int(match[2] or 0)
    half = (match[3] or match[5] or "").casefold()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return _without(text, match), (hour, minute) if hour < 24 and minute < 60 else None


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


@cache
def _stamp_words() -> frozenset[str]:
    days = {name for name, number in month_names().items() if number == 0}
    return page_words().stamp | days | {"uhr"}


def _only_stamp_words(rest: str) -> bool:
    words = [word.casefold().rstrip(".") for word in _WORD.findall(rest)]
    return all(word in _stamp_words() or (word.isdigit() and len(word) < 4) for word in words)


def _tells_time(rest: str) -> bool:
    """Tell whether "2 hours ago" is all there is."""
    words = [word for word in _WORD.findall(rest) if not word.isdigit()]
    return len(words) >= 2


def _moment(
    day: tuple[int, int, int], time: tuple[int, int], offset: int | None
) -> datetime | None:
    try:
        zone = timezone(timedelta(minutes=offset)) if offset else UTC
        return _kept(datetime(*day, *time, tzinfo=zone))
    except ValueError:
        return None


def _iso(stamp: str) -> datetime | None:
    try:
        return _kept(datetime.fromisoformat(stamp))
    except ValueError:
        return None


def _mail(stamp: str) -> datetime | None:
    try:
        return _kept(parsedate_to_datetime(stamp))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _kept(moment: datetime) -> datetime | None:
    """Return the moment aware, with a plain offset; None where it cannot be told in UTC."""
    moment = aware(moment)
    offset = moment.utcoffset() or timedelta()
    try:
        moment.astimezone(UTC)
        return moment.replace(tzinfo=timezone(offset) if offset else UTC)
    except (OverflowError, ValueError):
        return None
