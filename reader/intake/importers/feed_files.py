"""Feeds that lie on the disk: RSS, Atom, RDF and JSON Feed, each entry an article.

Nothing is subscribed to; the articles have no feed. An entry is known by its address, as any other
page is, and by its feed's guid when it has none.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from reader.errors import InputError
from reader.intake.draft import Arrival
from reader.intake.entries import articles_of
from reader.intake.feeds import parse_feed
from reader.intake.fields import address_of
from reader.intake.importers.base import MOST_ITEMS, Found, Given, Importer, mappings
from reader.model import Article, article_id, identity_of

_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*|<\?[^>]*\?>\s*|<!DOCTYPE\s+rss[^>]*>\s*)*"
    r"<(?:rss|feed|(?:\w+:)?RDF|channel)[\s>]",
    re.DOTALL | re.IGNORECASE,
)
_SELF = re.compile(
    rb"<(?:\w+:)?link\b(?=[^>]*\brel\s*=\s*[\"']self[\"'])[^>]*\bhref\s*=\s*[\"']([^\"'<>]+)[\"']"
)
_FIRST_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
_CDF_OR_FEED = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/")


def is_feed(given: Given) -> bool:
    """Return True for a feed, by its root element or its version."""
    return bool(_FEED.match(given.start)) or is_json_feed(given.json)


def is_json_feed(data: Any) -> bool:
    """Return True for a JSON Feed."""
    if not isinstance(data, Mapping) or not isinstance(data.get("items"), list):
        return False
    if _CDF_OR_FEED.match(str(data.get("version") or "")):
        return True
    names = ("content_html", "content_text", "date_published")
    return any(name in item for item in mappings(data["items"])[:20] for name in names)


def articles_of_feed(given: Given) -> Iterator[Found]:
    """Yield the entries of a feed as articles."""
    address = given.address or own_address(given.data) or ""
    try:
        feed = parse_feed(given.data, {}, address, most=MOST_ITEMS)
    except InputError as error:
        reason = re.sub(r"^what the server sent is", "it is", error.reason)
        raise InputError(given.where, reason.replace("; check the address", "")) from None
    source = feed.title[:300] or given.options.source or ""
    seen: set[str] = set()
    articles = articles_of(feed, address or given.where, source)
    if not articles:
        raise InputError(
            given.where, "it is a feed without entries; `reader add` with its address follows it"
        )
    for article in articles:
        yield Arrival(_alone(article, seen, address))


def _alone(article: Article, seen: set[str], address: str) -> Article:
    """Return an entry as an article without a feed, known by its address if no other has it."""
    identity = identity_of(url=article.url, source=article.source, title=article.title)
    if identity in seen:
        guid = article.identity.partition("\t")[2]
        identity = identity_of(feed=address or article.source or "a file", guid=guid)
    seen.add(identity)
    return replace(article, feed=None, identity=identity, id=article_id(identity))


def own_address(data: bytes) -> str | None:
    """Return the address that a feed gives as its own; None when it gives none."""
    first = _FIRST_ENTRY.search(data)
    found = _SELF.search(data, 0, first.start() if first else min(len(data), 20_000))
    return address_of(found[1].decode("utf-8", "replace").replace("&amp;", "&")) if found else None


FEED = Importer("a feed", is_feed, articles_of_feed)
