"""newsboat's `cache.db`: the articles of its feeds, with what was read and flagged.

An article gets the identity that it has when the same feed is fetched here, so that nothing comes
twice after `reader add` took newsboat's `urls`.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from reader.errors import InputError
from reader.intake.addresses import tidy
from reader.intake.draft import Arrival
from reader.intake.entries import articles_of
from reader.intake.fields import address_of
from reader.intake.importers.base import Found, Given, Importer
from reader.intake.importers.saved import moment
from reader.intake.logins import split_login
from reader.library.foreign import rows_of, tables_of
from reader.model import Enclosure, Entry, Feed

SQLITE = b"SQLite format 3\x00"
_NEEDED = ("guid", "title", "author", "url", "feedurl", "pubDate", "content", "unread")
_OPTIONAL = ("flags", "deleted", "base", "content_mime_type", "enclosure_url", "enclosure_type")
_A_DATABASE = "it is a database of another program; export what it holds as OPML, JSON or HTML"


def is_database(given: Given) -> bool:
    """Return True for any SQLite file; only newsboat's is read."""
    return given.data.startswith(SQLITE)


def articles_of_cache(given: Given) -> Iterator[Found]:
    """Yield the articles of newsboat's cache, feed by feed."""
    if given.path is None:
        raise InputError(given.where, "it is a database; give its path, it cannot come by a pipe")
    tables = tables_of(given.path, given.where)
    columns = tables.get("rss_item", [])
    if not set(_NEEDED) <= set(columns) or "rss_feed" not in tables:
        raise InputError(given.where, _A_DATABASE)
    feeds = {
        row["rssurl"]: row
        for row in rows_of(given.path, given.where, "rss_feed", ("rssurl", "url", "title"))
    }
    wanted = [*_NEEDED, *(name for name in _OPTIONAL if name in columns)]
    rows = rows_of(given.path, given.where, "rss_item", wanted, "feedurl, id")
    for address, items in groupby(rows, key=lambda row: row["feedurl"]):
        yield from _of_feed(str(address or ""), feeds.get(address, {}), items)


def _of_feed(
    address: str, head: Mapping[str, Any], rows: Iterator[dict[str, Any]]
) -> Iterator[Found]:
    """Yield the articles of one feed."""
    address = _key(address)
    for row in rows:
        if row.get("deleted"):
            continue
        entry = _entry(row)
        feed = Feed(_text(head.get("title")), address_of(head.get("url")), None, (entry,))
        for article in articles_of(feed, address, feed.title or address):
            flags = _text(row.get("flags"))
            yield Arrival(
                article,
                tags=tuple(f"flag {flag}" for flag in flags if flag.isalpha()),
                read=not row["unread"],
            )


def _key(address: str) -> str:
    """Return a feed's address as subscribing to it writes it."""
    try:
        return split_login(tidy(address))[0]
    except InputError:  # newsboat's exec: and filter:, which only it can fetch
        return address


def _entry(row: Mapping[str, Any]) -> Entry:
    enclosure = address_of(row.get("enclosure_url"))
    kind = _text(row.get("enclosure_type"))
    return Entry(
        guid=_text(row["guid"]),
        title=_text(row["title"]),
        link=address_of(row["url"]),
        body=_text(row["content"]),
        html=_text(row.get("content_mime_type")) not in {"text/plain", "plain"},
        base=address_of(row.get("base")),
        author=_text(row["author"]) or None,
        published=moment(row["pubDate"]) if row["pubDate"] else None,
        enclosures=(Enclosure(enclosure, kind),) if enclosure else (),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


CACHE = Importer("a database", is_database, articles_of_cache)
