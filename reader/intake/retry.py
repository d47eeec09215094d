"""When to ask again: what a server says (Retry-After), and patience after failures."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=7)
"""No server is waited for longer than this, whatever it says."""


def asked_to_wait(header: str, now: datetime) -> datetime | None:
    """Return until when a Retry-After header (seconds or a date, RFC 9110) asks to wait.

    None where it says nothing that can be understood; at most `LONGEST` from now.
    """
    text = header.strip()
    if text.isascii() and text.isdigit():
        return now + min(timedelta(seconds=int(text[:9])), LONGEST)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment, now), now + LONGEST)


def pause(attempt: int, chance: random.Random, *, base: float = 1.0, most: float = 30.0) -> float:
    """Return the seconds before attempt number `attempt` (1 is the first repetition).

    Twice as long each time, of which a random half ("equal jitter"), so that many feeds of one
    server do not all come back at once.
    """
    whole: float = min(most, base * 2.0 ** (attempt - 1))
    return whole / 2 + chance.random() * whole / 2


def rest(failures: int, chance: random.Random) -> timedelta:
    """Return how long a feed that failed so many times in a row is left alone by automatic fetches.

    From ten minutes, twice as long each time, to a day.
    """
    return timedelta(seconds=pause(max(1, failures), chance, base=600.0, most=86400.0))
