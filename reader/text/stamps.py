"""Dates and times as pages and feeds print them: ISO 8601, RFC 5322, the forms of many languages.

A stamp is read whole: nothing here looks for dates inside sentences. What a stamp leaves open is
not made up: a time without a date, a date without a year, or 4/7/2025 (which of the two is the
day?) is recognised as a stamp but names no moment.
"""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import NamedTuple

from reader import resources
from reader.text.pagewords import month_names, page_words

LONGEST = 120
"""Characters of the longest stamp."""

# minutes east of UTC; of names with several meanings the one of RFC 5322, or none
_MINUTES = {
    "UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MET": 60,
    "MEZ": 60, "WAT": 60, "CEST": 120, "MEST": 120, "MESZ": 120, "CAT": 120, "EET": 120, "SAST":
    120, "EEST": 180, "IDT": 180, "EAT": 180, "MSK": 180, "МСК": 180, "TRT": 180, "MSD": 240,
    "SAMT": 240, "GST": 240, "PKT": 300, "YEKT": 300, "OMST": 360, "ICT": 420, "WIB": 420, "KRAT":
    420, "HKT": 480, "SGT": 480, "AWST": 480, "PHT": 480, "WITA": 480, "IRKT": 480, "MYT": 480,
    "JST": 540, "KST": 540, "WIT": 540, "YAKT": 540, "ACST": 570, "ACDT": 630, "AEST": 600, "ChST":
    600, "VLAT": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "NPT": 345, "MMT": 390, "BRT": -180,
    "ART": -180, "ADT": -180, "NST": -210, "NDT": -150, "AST": -240, "EDT": -240, "EST": -300,
    "CDT": -300, "CST": -360, "MDT": -360, "MST": -420, "PDT": -420, "PST": -480, "AKDT": -480,
    "AKST": -540, "HST": -600,
}  # fmt: skip
_OFFSET = re.compile(
    r"(?:\b(?:UTC|GMT|UT|Z)\s?)?(?:(?<=:\d\d)|(?<!\w)|(?=\+))([+\-−])(\d{1,2})(?::?([0-5]\d))?(?![\d:\w])"
    r"|\b(?:UTC|GMT|UT)([+\-−])(\d{1,2})(?::?([0-5]\d))?(?![\d:\w])"
)
_ZONE = re.compile(rf"(?<![\w/])(?:({'|'.join(_MINUTES)})(?:\b|(?=[+-]))|[ECMP]T\b)")
_PLACE = re.compile(r"\b(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)"
                    r"/[A-Za-z_]+(?:/[A-Za-z_]+)?")  # fmt: skip
_BRACKETS = re.compile(r"\([^()]*\)\s*$")
_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?:[T ]\s?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?"
    r"\s?(?:(Z)(?![A-Za-z])|([+\-−])(\d{1,2}):?(\d{2})?(?![\d:]))?(?!\s?[APap]\.?\s?[Mm]))?(?![\d])"
)
_HALF_BEFORE = {
    "午前": "a", "午後": "p", "上午": "a", "下午": "p", "오전": "a", "오후": "p",
    "早上": "a", "晚上": "p", "凌晨": "a", "中午": "p",
}  # fmt: skip
_HALF_AFTER = {"πμ": "a", "μμ": "p", "öö": "a", "ös": "p", "ص": "a", "م": "p", "пп": "p"}
_TIME = re.compile(
    rf"(?:({'|'.join(_HALF_BEFORE)})\s?)?"
    r"(?<![\d:.])(?:T\s?)?(\d{1,2})(?:\s?[:：hH時时시]\s?|\.(?=\d\d(?!\d|\.\d)))(\d{2})"
    r"(?:(?:[:：.]|\s?[分분]\s?)(\d{2})(?:[.,]\d+)?(?:\s?[秒초])?)?(?:\s?[分분])?"
    r"\s?([ap]\.?\s?m\.?(?!\w)|π\.?μ\.?|μ\.?μ\.?|öö\b|ös\b|[صم](?!\w))?(?!\d)"
    r"|(?<![\d:.])(\d{1,2})\s?(?:([ap]\.?\s?m\.?)|h|Uhr)(?!\w)",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?:\s?[日일])?\.?(?!\d)"
)
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})(?!\d)")
_YEAR_NAMED = re.compile(r"(?<!\d)(\d{4})[-/. ]\s?([^\W\d_]{3,})[-/. ]\s?(\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|e|ste|º|ª|°|\.|,)?\s?(?:de |of |- ?|/|ב)?"
    r"([^\W\d_]{2,}|\w+ς)\.?,?"
    r"(?:[ ]?(?:de |del |- ?|/)?(\d{4}|['’]?\d{2}(?=\s|$))(?![:\d]))?(?!\d)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"(?<!\w)([^\W\d_]{3,})[.-]?\s?(\d{1,2})(?:st|nd|rd|th)?(?:[,-]?\s?(\d{4}))?(?![\d:])",
    re.IGNORECASE,
)
_LATER_YEAR = re.compile(r"(?<![\d:+\-−])((?:19|20)\d\d)(?![\d:])\s*$")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
_UNKNOWN_DAY = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)?\.?\s?,\s+(?=\S)")
_UNKNOWN_ZONE = re.compile(r"(?<=\d) ?[A-Z]{1,5}$")
_ERA = re.compile(r"(令和|平成|昭和)\s?(\d{1,2}|元)\s?年")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}


class Stamp(NamedTuple):
    """A time stamp; `moment` is None where it does not name one completely."""

    moment: datetime | None


Time = tuple[int, int, int]


def parse_stamp(text: str) -> datetime | None:
    """Return the moment that a stamp names, aware (UTC where it names no zone); None if it is none.

    A date without a time is the beginning of that day.
    """
    plain = _plain(text)
    if not plain or len(plain) > LONGEST:
        return None
    if plain[:4].isdigit() and (moment := _iso(plain)):
        return moment
    stamp = stamp_of(plain)
    if stamp is None:
        stamp = stamp_of(_announced(plain))
    return stamp.moment if stamp else None


def _announced(text: str) -> str:
    """Return a stamp without what stands before it: "Updated:", or a day in another language."""
    words = page_words()
    for opener in (words.updated, words.published):
        if match := opener.match(text):
            return text[match.end() :].lstrip(" :–—-")
    match = _UNKNOWN_DAY.match(text)
    return _UNKNOWN_ZONE.sub("", text[match.end() :] if match else text)


def aware(moment: datetime) -> datetime:
    """Return the moment with a zone: UTC where it has none."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def stamp_of(text: str) -> Stamp | None:
    """Return the stamp that a text is as a whole; None where it holds anything else."""
    rest = _plain(text)
    if len(rest) > LONGEST or not any(c.isdigit() for c in rest):
        return None
    if rest[-1:] == ")":
        rest = _BRACKETS.sub(_known_zone, rest)
    rest, day, time, offset = _iso_in(rest)
    if day is None:
        rest, day = _date_in(rest)
    rest, named = _zone_in(rest, day)
    offset = named if offset is None else offset
    if time is None:
        rest, time = _time_in(rest)
    if isinstance(day, tuple) and day[0] == 0:
        rest, day = _with_later_year(rest, day)
    if not _only_stamp_words(rest) or (not day and not time and not _tells_time(rest)):
        return None
    if not isinstance(day, tuple):
        return Stamp(None)
    return Stamp(_moment(day, time or (0, 0, 0), offset))


class _Unclear:
    """A date that was found but cannot be told for sure."""


_UNCLEAR = _Unclear()
Day = tuple[int, int, int] | _Unclear | None


def _plain(text: str) -> str:
    """Return a stamp on one line, its figures 0 to 9, a space after each comma."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("：", ":").replace("，", ", ")
        text = "".join(
            str(unicodedata.digit(c)) if c.isdecimal() and not c.isascii() else c
            for c in text
            if c not in "\u200e\u200f\u061c\ufeff"
        )
        text = _ERA.sub(_western, text)
    return " ".join(text.replace(",", ", ").split())


def _western(match: re.Match[str]) -> str:
    year = 1 if match[2] == "元" else int(match[2])
    return f"{_ERAS[match[1]] + year}年"


def _known_zone(match: re.Match[str]) -> str:
    """Return a zone or a day that stands in brackets at the end; what else stands there goes."""
    inside = match[0].strip().strip("()").strip()
    return f" {inside}" if _ZONE.fullmatch(inside) or inside.casefold() in date_words() else ""


def _iso_in(text: str) -> tuple[str, Day, Time | None, int | None]:
    """Return a text without its ISO date, and this with its time and zone, as far as it has any."""
    match = _ISO.search(text)
    if not match:
        return text, None, None, None
    year, month, day, hour, minute, second, _, utc, sign, hours, minutes = match.groups()
    time = (int(hour), int(minute), int(second or 0)) if hour else None
    offset = 0 if utc else None
    if sign:
        offset = 60 * int(hours) + int(minutes or 0)
        offset = offset if sign == "+" else -offset
    if time and not _is_time(time):
        time = (0, 0, 0)
    return _without(text, match), (int(year), int(month), int(day)), time, offset


def _date_in(text: str) -> tuple[str, Day]:
    """Return the text without its date, and the date as (year, month, day); year 0 is to come."""
    if match := _YEAR_FIRST.search(text):
        return _without(text, match), (int(match[1]), int(match[2]), int(match[3]))
    if match := _YEAR_LAST.search(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] == "." or first > 12 or first == second:
            return _without(text, match), (year, second, first)
        return _without(text, match), (year, first, second) if second > 12 else _UNCLEAR
    if (match := _YEAR_NAMED.search(text)) and (month := _month(match[2])):
        return _without(text, match), (int(match[1]), month, int(match[3]))
    for pattern, month_at, day_at in ((_DAY_MONTH, 2, 1), (_MONTH_DAY, 1, 2)):
        at = 0
        while match := pattern.search(text, at):
            if month := _month(match[month_at]):
                found = (_year(match[3]), month, int(match[day_at]))
                return _without(text, match), found
            at = match.end(2)
    return text, None


def _with_later_year(text: str, day: tuple[int, int, int]) -> tuple[str, Day]:
    """Return the text without the year at its end ("Thu Jan  1 00:00:00 2004"), and the date."""
    match = _LATER_YEAR.search(text)
    if not match:
        return text, _UNCLEAR
    return _without(text, match), (int(match[1]), *day[1:])


def _year(told: str | None) -> int:
    """Return a year, as RFC 5322 reads two figures; 0 where there is none."""
    if not told:
        return 0
    year = int(told.strip("'’"))
    if len(told.strip("'’")) > 2:
        return year
    return year + (2000 if year < 50 else 1900)


def _month(word: str) -> int:
    """Return the number of a month, by its name or a beginning of it that is plain; 0 if none."""
    return _month_of(word.casefold().rstrip("."))


@cache
def _month_forms() -> dict[str, int]:
    """Return the names of months with and without accents, and their unmistakable beginnings."""
    found: dict[str, set[int]] = {}
    for name, number in month_names().items():
        if number:
            bare = _bare(name)
            for form in (name, bare, *(part[:n] for part in (name, bare) for n in (3, 4, 5))):
                found.setdefault(form, set()).add(number)
    return {form: min(numbers) for form, numbers in found.items() if len(numbers) == 1}


def _month_of(word: str) -> int:
    if number := month_names().get(word, 0):
        return number
    if word in date_words() or word in month_names():
        return 0
    return _month_forms().get(word, 0) or _month_forms().get(_bare(word), 0)


def _bare(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word)
    return "".join(c for c in folded if not unicodedata.combining(c))


def _zone_in(text: str, day: Day) -> tuple[str, int | None]:
    """Return the text without its zone, and the zone's minutes east of UTC where it is certain."""
    if match := _OFFSET.search(text):
        sign, hours, minutes = match[1] or match[4], match[2] or match[5], match[3] or match[6]
        if len(hours) < 3 and int(hours) <= 15:
            offset = 60 * int(hours) + int(minutes or 0)
            text = _ZONE.sub(" ", _without(text, match))
            return text, offset if sign == "+" else -offset
    if match := _ZONE.search(text):
        return _without(text, match), _MINUTES.get(match[1] or "")
    if match := _PLACE.search(text):
        return _without(text, match), _offset_at(match[0], day)
    return text, None


def _offset_at(place: str, day: Day) -> int | None:
    """Return how far east of UTC a place is on a day, at noon; None where that is not known."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - seldom

    if not isinstance(day, tuple):
        return None
    try:
        offset = datetime(*day, 12, tzinfo=ZoneInfo(place)).utcoffset()
    except (ValueError, OSError, KeyError):
        return None
    return None if offset is None else int(offset.total_seconds() // 60)


def _time_in(text: str) -> tuple[str, Time | None]:
    match = _TIME.search(text)
    if not match:
        return text, None
    time = int(match[2] or match[6]), int(match[3] or 0), int(match[4] or 0)
    half = _half(match[1], match[5] or match[7])
    if half and time[0] <= 12:
        time = (time[0] % 12 + (12 if half == "p" else 0), *time[1:])
    return _without(text, match), time if _is_time(time) else None


def _half(before: str | None, after: str | None) -> str:
    """Return "a" before noon, "p" after it; "" where a time does not say."""
    if before:
        return _HALF_BEFORE[before]
    told = re.sub(r"[\s.]", "", after or "").casefold()
    return _HALF_AFTER.get(told, told[:1])


def _is_time(time: Time) -> bool:
    hour, minute, second = time
    return (hour < 24 and minute < 60 and second <= 60) or time == (24, 0, 0)


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


@cache
def date_words() -> frozenset[str]:
    """Return the words of written dates that are no months, from `data/dates/words.txt`."""
    lines = resources.data("dates", "words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(
        word for line in lines if not line.startswith("##") for word in line.casefold().split()
    )


@cache
def _stamp_words() -> frozenset[str]:
    days = {name for name, number in month_names().items() if number == 0}
    return page_words().stamp | days | date_words()


def _only_stamp_words(rest: str) -> bool:
    words = [word.casefold().rstrip(".") for word in _WORD.findall(rest)]
    return all(word in _stamp_words() or (word.isdigit() and len(word) < 4) for word in words)


def _tells_time(rest: str) -> bool:
    """Tell whether "2 hours ago" is all there is."""
    words = [word for word in _WORD.findall(rest) if not word.isdigit()]
    return len(words) >= 2


def _moment(day: tuple[int, int, int], time: Time, offset: int | None) -> datetime | None:
    """Return a moment; 24:00 is the next day's beginning, a leap second the one before it."""
    hour, minute, second = time
    try:
        zone = timezone(timedelta(minutes=offset)) if offset else UTC
        moment = datetime(*day, hour % 24, minute, min(second, 59), tzinfo=zone)
        return _kept(moment + timedelta(days=hour // 24))
    except (ValueError, OverflowError):
        return None


def _iso(stamp: str) -> datetime | None:
    try:
        return _kept(datetime.fromisoformat(stamp))
    except ValueError:
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
