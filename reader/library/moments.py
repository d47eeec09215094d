"""Dates in queries: a year, a month, a day, or so long ago, as stretches of local time."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

EXPECTED = "a date such as 2025, 2025-07, 2025-07-04, today, yesterday or 3d"

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_AGO = re.compile(r"(\d{1,5})([hdwmy])", re.IGNORECASE)
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


class Stretch(NamedTuple):
    """A stretch of time in seconds since 1970: from its first second to before its end."""

    start: int
    end: int


def is_moment(text: str) -> bool:
    """Tell whether a text names a date or a time ago."""
    try:
        return stretch(text, datetime.now().astimezone()) is not None
    except (ValueError, OverflowError):
        return False


def stretch(text: str, now: datetime) -> Stretch | None:
    """Return the stretch of time that a text names, seen from `now` (aware, in local time).

    "3d" is the day three days ago when asked for as a day; its start is exactly three days ago (see
    `since`). None or ValueError where the text names nothing.
    """
    text = text.lower()
    if text in {"today", "yesterday"}:
        return _day(now - timedelta(days=text == "yesterday"))
    if found := _AGO.fullmatch(text):
        return _day(_ago(found, now))
    if found := _DATE.fullmatch(text):
        return _dated(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]
    return None


def since(text: str, now: datetime) -> int:
    """Return the second from which `after:` counts, and until which `before:` does."""
    if found := _AGO.fullmatch(text):
        return int(_ago(found, now).timestamp())
    found_stretch = stretch(text, now)
    if found_stretch is None:
        raise ValueError(text)
    return found_stretch.start


def _ago(found: re.Match[str], now: datetime) -> datetime:
    number, unit = int(found[1]), found[2].lower()
    return now - (timedelta(hours=number) if unit == "h" else timedelta(number * _DAYS[unit]))


def _day(moment: datetime) -> Stretch:
    return _dated(moment.year, moment.month, moment.day)


def _dated(year: int, month: int | None, day: int | None) -> Stretch:
    first = datetime(year, month or 1, day or 1)  # noqa: DTZ001 - local, made aware below
    if day:
        last = first + timedelta(days=1)
    elif month:
        last = datetime(year + month // 12, month % 12 + 1, 1)  # noqa: DTZ001
    else:
        last = datetime(year + 1, 1, 1)  # noqa: DTZ001
    return Stretch(_local(first), _local(last))


def _local(moment: datetime) -> int:
    return int(moment.astimezone().timestamp())
