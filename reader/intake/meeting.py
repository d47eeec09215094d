"""What comes in where it is already: as an entry of a feed, or with more text than what comes.

An address that a list names must not take the place of the article itself, and a page that a feed
has a teaser of completes that article instead of standing beside it.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.errors import DamagedError, NotFoundError
from reader.intake.draft import Arrival
from reader.model import Article, ArticleId

if TYPE_CHECKING:
    from reader.library import Library


@dataclass(frozen=True, slots=True)
class Met:
    """Arrivals, sorted by what the library has."""

    to_add: tuple[Arrival, ...]
    """New, or another text of the same article."""
    completing: tuple[tuple[Arrival, Article], ...] = ()
    """Each with the teaser of a feed that it completes."""
    known: tuple[tuple[Arrival, ArticleId], ...] = ()
    """Each with the article of a feed that it is."""
    lesser: tuple[ArticleId, ...] = ()
    """Stored already with as much text or more."""


def met(library: "Library", arrivals: Sequence[Arrival]) -> Met:
    """Return the arrivals of one batch, sorted by what the library has of them."""
    arrivals = _fullest(arrivals)
    pages = [a for a in arrivals if a.article.feed is None and a.article.url and _by_address(a)]
    at_feeds = library.feeds.articles_at(a.article.url or "" for a in pages)
    short = [a.article.id for a in arrivals if a.article.excerpt or not a.article.text]
    ids = [*at_feeds.values(), *short]
    stored = dict(_stored(library, ids))
    to_add: list[Arrival] = []
    completing: list[tuple[Arrival, Article]] = []
    known: list[tuple[Arrival, ArticleId]] = []
    lesser: list[ArticleId] = []
    for arrival in arrivals:
        article = arrival.article
        at_feed = at_feeds.get(article.url or "") if _by_address(arrival) else None
        entry = stored.get(at_feed) if at_feed is not None else None
        same = stored.get(article.id)
        if same is not None and len(same.text) >= len(article.text):
            lesser.append(article.id)
        elif same is not None or entry is None:
            to_add.append(arrival)
        elif entry.excerpt and not article.excerpt and len(article.text) > len(entry.text):
            completing.append((arrival, entry))
        else:
            known.append((arrival, entry.id))
    return Met(tuple(to_add), tuple(completing), tuple(known), tuple(lesser))


def completed(entry: Article, page: Article) -> Article:
    """Return a feed's article with the text of its page."""
    return replace(
        entry,
        text=page.text,
        blocks=page.blocks,
        links=page.links,
        leftovers=page.leftovers,
        excerpt=page.excerpt,
        stripped=page.stripped,
        author=entry.author or page.author,
        published=entry.published or page.published,
    )


def _by_address(arrival: Arrival) -> bool:
    return arrival.article.identity == f"url:{arrival.article.url}"


def _fullest(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Return the arrivals, of those of the same article that are excerpts the fullest."""
    best: dict[ArticleId, int] = {}
    for arrival in arrivals:
        best[arrival.article.id] = max(best.get(arrival.article.id, 0), len(arrival.article.text))
    seen: set[ArticleId] = set()
    kept = []
    for arrival in arrivals:
        id_, length = arrival.article.id, len(arrival.article.text)
        if arrival.article.excerpt and (length < best[id_] or id_ in seen):
            continue
        seen.add(id_)
        kept.append(arrival)
    return kept


def _stored(library: "Library", ids: Sequence[ArticleId]) -> Iterator[tuple[ArticleId, Article]]:
    for id_ in dict.fromkeys(ids):
        with contextlib.suppress(NotFoundError, DamagedError):
            yield id_, library.article(id_)
