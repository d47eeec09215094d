"""Dates and times as pages print them: ISO 8601, RFC 5322, and the written forms of articles.

`parse_stamp` reads one whole stamp and nothing else: it finds no dates inside sentences.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_ZONE = re.compile(r"\s*(?:UTC|GMT)$", re.IGNORECASE)


def parse_stamp(text: str) -> datetime | None:
    """Return the moment that a stamp names, aware (UTC where it names no zone); None if it is none.

    A date without a time is the beginning of that day.
    """
    stamp = " ".join(text.split())
    if not stamp or len(stamp) > 120:
        return None
    return _iso(stamp) or _mail(stamp)


def aware(moment: datetime) -> datetime:
    """Return the moment with a zone: UTC where it has none."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _iso(stamp: str) -> datetime | None:
    stamp = _ZONE.sub("+00:00", stamp)
    if day := _DAY.fullmatch(stamp):
        stamp = f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}"
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return _kept(moment)


def _mail(stamp: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(stamp)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _kept(moment)


def _kept(moment: datetime) -> datetime | None:
    """Return the moment aware, with a plain offset; None where it cannot be told in UTC."""
    moment = aware(moment)
    offset = moment.utcoffset() or timedelta()
    try:
        moment.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return moment.replace(tzinfo=timezone(offset) if offset else UTC)
