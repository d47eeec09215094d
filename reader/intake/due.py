"""Which feeds are due to be fetched again, where nobody asks for it. Pure functions."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from reader.model import FeedState, Subscription


def due(
    feeds: Iterable[Subscription],
    states: Mapping[str, FeedState],
    interval: timedelta,
    now: datetime,
) -> list[Subscription]:
    """Return the feeds that an automatic fetch asks now; none before one of them is due.

    A feed is due when it was last asked for an interval ago, by whatever reader; those for which
    half of it has passed go with it, so that feeds are fetched together. Left out are muted feeds,
    those that are gone for good, and those that are not to be asked yet.
    """
    waiting = [feed for feed in feeds if not feed.muted and _may_be_asked(states, feed, now)]
    if not any(_passed(states, feed, interval, now) for feed in waiting):
        return []
    return [feed for feed in waiting if _passed(states, feed, interval / 2, now)]


def _may_be_asked(states: Mapping[str, FeedState], feed: Subscription, now: datetime) -> bool:
    state = states.get(feed.key)
    if state is None:
        return True
    return not state.gone and (state.not_before is None or state.not_before <= now)


def _passed(
    states: Mapping[str, FeedState], feed: Subscription, time: timedelta, now: datetime
) -> bool:
    state = states.get(feed.key)
    if state is None or state.checked is None:
        return True
    # a clock that was set back must not keep a feed from coming for ever
    return now - state.checked >= time or state.checked - now > time
