"""Times and numbers as people read them."""

from datetime import datetime, timedelta, tzinfo

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
WORDS_A_MINUTE = 230
"""Silent reading of non-fiction, after Brysbaert 2019 (238 words a minute for English)."""


def age(when: datetime, now: datetime) -> str:
    """Return how long ago that was, in eight cells at most: "now", "5 m", "4 Jul", "Jul 2019".

    A day without its year is one of the last ten months.
    """
    seconds = (now - when).total_seconds()
    if -_HOUR < seconds < _MINUTE:
        return "now"
    if 0 <= seconds < _HOUR:
        return f"{int(seconds // _MINUTE)} m"
    if 0 <= seconds < _DAY:
        return f"{int(seconds // _HOUR)} h"
    if 0 <= seconds < 7 * _DAY:
        return f"{int(seconds // _DAY)} d"
    local = when.astimezone(now.tzinfo)
    if abs(now - when) < timedelta(days=300):
        return f"{local.day} {local:%b}"
    return f"{local:%b %Y}"


def moment(when: datetime, zone: tzinfo | None = None) -> str:
    """Return a time in full, in the reader's zone: "Fri 4 July 2025, 09:00", without midnight."""
    local = when.astimezone(zone)
    day = f"{local:%a} {local.day} {local:%B} {local.year}"
    utc_midnight = when.hour == when.minute == when.second == 0
    return day if utc_midnight else f"{day}, {local:%H:%M}"


def minutes(words: int) -> str:
    """Return about how long a text of so many words takes to read."""
    return f"{max(1, round(words / WORDS_A_MINUTE))} min"


def count(number: int, one: str, many: str | None = None) -> str:
    """Return "1 article", "3 articles", "12,000 articles"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def short(number: int) -> str:
    """Return a count in at most five cells: "7", "1,234", "12 k", "1.2 M"."""
    if number < 10_000:
        return f"{number:,}"
    if number < 1_000_000:
        return f"{number // 1000} k"
    return f"{number / 1_000_000:.1f} M"
