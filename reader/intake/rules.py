"""Rules on what comes in, and how long it is kept: the reader's standing orders.

Rules only mark articles (read, starred, tagged, removed), through the notebook, so that it can be
undone. What was kept long enough leaves the library for good. Neither comes back with its feed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from reader.errors import NotFoundError
from reader.intake.feed_settings import FeedSettings, Rule
from reader.model import ArticleId

if TYPE_CHECKING:
    from reader.library import Library


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule and the articles that it is about."""

    rule: Rule
    articles: tuple[ArticleId, ...]


def matches(library: "Library", rules: Sequence[Rule], ids: Iterable[ArticleId]) -> list[Applied]:
    """Return which of some articles each rule is about; rules that are about none are left out."""
    new = dict.fromkeys(ids)
    found = []
    for rule in rules if new else ():
        about = {id_ for id_ in library.ids(rule.query) if id_ in new}
        if rule.feed:
            keys = _keys(library, rule.feed)
            about = {id_ for id_ in about if library.row(id_).feed in keys}
        if about:
            found.append(Applied(rule, tuple(id_ for id_ in new if id_ in about)))
    return found


def _keys(library: "Library", words: str) -> frozenset[str]:
    try:
        return frozenset(feed.key for feed in library.feeds.named(words))
    except NotFoundError:
        return frozenset()


def apply(library: "Library", applied: Iterable[Applied]) -> None:
    """Do what the rules say with their articles."""
    for each in applied:
        for action in each.rule.do:
            if action == "ignore":
                library.notebook.mark(each.articles, removed=True)
            elif action == "read":
                library.notebook.mark(each.articles, read=True)
            elif action == "star":
                library.notebook.mark(each.articles, starred=True)
            else:
                library.notebook.tag(each.articles, add=[action.removeprefix("tag:").strip()])


def retire(
    library: "Library", settings: FeedSettings, *, now: datetime | None = None
) -> tuple[ArticleId, ...]:
    """Take articles out that have been kept long enough, and free their space; return which.

    Only read articles of feeds, which are neither starred nor tagged nor noted.
    """
    now = now or datetime.now(UTC)
    retiring = library.feeds.retiring
    gone: list[ArticleId] = []
    for feed in library.feeds.all():
        days = settings.keep_days if feed.keep_days is None else feed.keep_days
        if days > 0:
            gone += retiring.retire(feed.key, now - timedelta(days=days))
    if gone:
        retiring.free(len(gone))
    return tuple(gone)
