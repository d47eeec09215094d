"""The patterns by which times are found in a text, built from a language's tables."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from reader.compare.tables import listed, section

_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_NO = r"(?!)"
"""A pattern that never matches: what a language has no words for."""
_ZONE = r"(?:GMT|UTC|[ECPM][SD]?T|BST|CES?T|JST|IST|AE[SD]?T|MSK|KST)\b"


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Compiled patterns of one language and what their words stand for."""

    months: dict[str, int]
    weekdays: dict[str, int]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    """(name, pattern) in the order in which they are tried; the first to claim a place has it."""
    numbers: dict[str, int]
    days: dict[str, int]
    spans: dict[str, tuple[str, int, int]]
    units: dict[str, str]
    any: re.Pattern[str]
    """What every time has some of: digits, or a word of the calendar."""
    blur: dict[str, tuple[int, int]]
    parts: dict[str, tuple[int, int]]
    capital: bool
    """Whether months and weekdays are written with a capital ("May", not "may")."""
    noon: frozenset[str] = field(default_factory=frozenset)
    pm: frozenset[str] = field(default_factory=frozenset)
    am: frozenset[str] = field(default_factory=frozenset)
    less: re.Pattern[str] = re.compile(_NO)
    more: re.Pattern[str] = re.compile(_NO)
    about: re.Pattern[str] = re.compile(_NO)
    next: frozenset[str] = field(default_factory=frozenset)
    last: frozenset[str] = field(default_factory=frozenset)
    future: re.Pattern[str] = re.compile(_NO)


@cache
def time_words(language: str | None) -> TimeWords:
    """Return the patterns of a language; without tables those that need no words (ISO dates)."""
    calendar, relative = section(language, "calendar"), section(language, "relative")
    months = _numbered(calendar.get("months", []), 1)
    weekdays = _numbered(calendar.get("weekdays", []), 0)
    ago = relative.get("ago", {})
    return TimeWords(
        months=months,
        weekdays=weekdays,
        patterns=_patterns(language, calendar, relative, months, weekdays),
        numbers=section(language, "numbers", "words"),
        days=relative.get("days", {}),
        spans={phrase: (u, a, b) for phrase, (u, a, b) in relative.get("spans", {}).items()},
        units={
            word: unit
            for unit, words in relative.get("units", {}).items()
            for word in words.split()
        },
        any=_some_of(language, calendar, relative, [*months, *weekdays]),
        blur={word: (a, b) for word, (a, b) in calendar.get("blur", {}).items()},
        parts={word: (a, b) for word, (a, b) in calendar.get("parts", {}).items()},
        capital=calendar.get("capital", False),
        noon=frozenset(listed(language, "calendar", "noon")),
        pm=frozenset(listed(language, "calendar", "pm")),
        am=frozenset(listed(language, "calendar", "am")),
        less=_before(ago.get("less", "")),
        more=_before(ago.get("more", "")),
        about=_before(ago.get("about", "")),
        next=frozenset(listed(language, "relative", "weekday", "next")),
        last=frozenset(listed(language, "relative", "weekday", "last")),
        future=_future(calendar),
    )


def _future(calendar: dict[str, Any]) -> re.Pattern[str]:
    """Return what looks ahead: words, phrases, and verbs by their endings ("reprendra")."""
    words = [*calendar.get("future", "").split(), *calendar.get("future_phrases", [])]
    endings = _any(calendar.get("future_endings", "").split())
    return re.compile(rf"\b(?:{_any(words)}|\w{{2,}}(?:{endings}))\b", re.IGNORECASE)


def _some_of(
    language: str | None, calendar: dict[str, Any], relative: dict[str, Any], names: list[str]
) -> re.Pattern[str]:
    words = [*names, *relative.get("days", {}), *relative.get("spans", {})]
    words += [word for line in relative.get("units", {}).values() for word in line.split()]
    words += [*listed(language, "calendar", "noon"), *calendar.get("parts", {})]
    return re.compile(rf"\d|{_any(words)}", re.IGNORECASE)


def _numbered(rows: list[str], first: int) -> dict[str, int]:
    return {name: number for number, row in enumerate(rows, first) for name in row.split()}


def _before(words: str) -> re.Pattern[str]:
    """Return a pattern that tells whether a text ends with one of the words."""
    return re.compile(rf"\b(?:{words or _NO})\s*$", re.IGNORECASE)


def _any(words: Any) -> str:
    """Return an alternative of words, the longest first, or a pattern that never matches."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) or _NO


def _patterns(
    language: str | None,
    calendar: dict[str, Any],
    relative: dict[str, Any],
    months: dict[str, int],
    weekdays: dict[str, int],
) -> tuple[tuple[str, re.Pattern[str]], ...]:
    def words(*names: str) -> str:
        return _any(listed(language, *names))

    month = rf"(?P<month>{_any(months)})\.?"
    of = rf"(?:\s+(?:{words('calendar', 'of')}))?"
    number = rf"(?P<day>0?[1-9]|[12]\d|3[01])(?:\s?(?:{words('calendar', 'ordinals')})\b|\.)?"
    lead = rf"\b(?:{words('calendar', 'leads')})\s+"
    part = rf"(?P<part>{_any(calendar.get('parts', {}))})"
    weekday_lead = _any(
        [*_listed(relative, "weekday", "last"), *_listed(relative, "weekday", "next")]
    )
    halves = rf"am|pm|{words('calendar', 'am')}|{words('calendar', 'pm')}"
    at = words("calendar", "at")
    oclock = words("calendar", "oclock")
    hour = r"(?P<hour>[01]?\d|2[0-4])(?:\s?[:.h]\s?(?P<minute>[0-5]\d))?"
    zone = rf"(?P<zone>\s*\(?{_ZONE})?"
    # Where clocks have halves, "at 8:30" may be either; where they have none it is the morning.
    late = "1[3-9]|2[0-3]" if calendar.get("am") else r"1\d|2[0-3]|0?\d"
    raw = {
        "iso": rf"\b{_YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b",
        "date": rf"\b{number}{of}\s+{month}(?:,?{of}\s+{_YEAR})?\b(?!\.?\s+\d{{1,2}}\b)",
        "american": rf"\b{month}\s+{number}(?!\s?[:.,]?\d|\s+{_any(months)}\b)(?:,?\s+{_YEAR})?\b",
        "month of year": rf"\b{month}{of},?\s+{_YEAR}\b",
        "month": rf"{lead}{month}(?!\s+\d)\b",
        "ago": _ago(relative),
        "span": rf"\b(?P<span>{_any(relative.get('spans', {}))})\b",
        "day": rf"\b(?P<relative>{_any(relative.get('days', {}))})(?:\s+{part})?\b",
        "weekday": rf"\b(?:(?P<which>{weekday_lead})\s+)?(?P<early>(?:{_early(calendar)})\s+)?"
        rf"(?P<weekday>{_any(weekdays)})(?:\s*{part})?\b",
        "clock": rf"\b{hour}\s?(?P<half>{halves})(?![\w]){zone}",
        "hours": rf"\b{hour}\s?(?:{oclock})\b(?:\s?(?P<minute2>[0-5]\d))?{zone}",
        "twenty-four": rf"\b(?:{at})\s+(?P<hour>{late})[:.h](?P<minute>[0-5]\d)\b{zone}",
        "noon": rf"\b(?P<noon>{words('calendar', 'noon')})\b",
        "year": rf"(?:{lead}|\(){_YEAR}\b(?![-–,.]?\d|\s*[-–]\s*\d)",
    }
    return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in raw.items())


def _listed(table: dict[str, Any], *names: str) -> list[str]:
    for name in names[:-1]:
        table = table.get(name, {})
    found: str = table.get(names[-1], "")
    return found.split()


def _early(calendar: dict[str, Any]) -> str:
    first = {phrase.split()[0] for phrase in calendar.get("parts", {}) if " " in phrase}
    return _any(first | set(_listed(calendar, "early")))


def _ago(relative: dict[str, Any]) -> str:
    """Return the pattern of "three years ago", from the language's forms with N and U in them."""
    table = relative.get("ago", {})
    rough = "|".join(
        phrase
        for phrase in (table.get("less", ""), table.get("more", ""), table.get("about", ""))
        if phrase
    ).replace(" ", r"\s+")
    units = _any(word for words in relative.get("units", {}).values() for word in words.split())
    number = r"\d+|[^\W\d_]+(?:-[^\W\d_]+)?"
    forms = []
    for index, form in enumerate(table.get("patterns", [])):
        named = {
            "N": rf"(?:(?:{rough or _NO})\s+)?(?P<count{index}>{number})",
            "U": f"(?P<unit{index}>{units})",
        }
        pieces = [named.get(piece) or re.escape(piece) for piece in form.split()]
        forms.append(r"\s+".join(pieces))
    return rf"\b(?:{'|'.join(forms)})\b" if forms else _NO
