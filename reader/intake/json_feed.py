"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/) to a feed's entries."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from reader.errors import InputError
from reader.intake.fields import address_of, language_of, moment_of, names_of, text_of
from reader.model import Enclosure, Entry, Feed

_BODY_LIMIT = 1_000_000
_MOST_ENCLOSURES = 20


def is_json(body: bytes) -> bool:
    """Tell whether bytes look like a JSON object."""
    return body[:200].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def parse(body: bytes, address: str) -> Feed:
    """Return the feed of a JSON object; `InputError` where it is none."""
    try:
        data = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        raise InputError(address, "what the server sent is not valid JSON") from None
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise InputError(address, "what the server sent is JSON, but no JSON Feed")
    link = _address(data.get("home_page_url"), address)
    entries = tuple(_entry(item, link or address, data) for item in items if isinstance(item, dict))
    return Feed(text_of(data.get("title")) or "", link, language_of(data.get("language")), entries)


def _entry(item: Mapping[str, Any], base: str, feed: Mapping[str, Any]) -> Entry:
    link = _address(item.get("url"), base) or _address(item.get("external_url"), base)
    html, plain = item.get("content_html"), item.get("content_text")
    content = next((c for c in (html, plain) if isinstance(c, str) and c.strip()), None)
    summary = item.get("summary") if isinstance(item.get("summary"), str) else ""
    authors = names_of(item.get("authors")) or names_of(item.get("author"))
    return Entry(
        guid=text_of(item.get("id")) or link or "",
        title=text_of(item.get("title")) or "",
        link=link,
        body=(content or summary or "")[:_BODY_LIMIT],
        html=content is not None and content is html,
        teaser=content is None,
        base=link or base,
        author=authors or names_of(feed.get("authors")) or names_of(feed.get("author")),
        published=moment_of(item.get("date_published")) or moment_of(item.get("date_modified")),
        language=language_of(item.get("language")),
        enclosures=_enclosures(item.get("attachments"), base),
    )


def _enclosures(value: Any, base: str) -> tuple[Enclosure, ...]:
    found: dict[str, Enclosure] = {}
    for item in value if isinstance(value, list) else ():
        url = _address(item.get("url"), base) if isinstance(item, dict) else None
        if url and url not in found:
            size = item.get("size_in_bytes")
            kind = (text_of(item.get("mime_type")) or "")[:100]
            found[url] = Enclosure(url, kind, size if type(size) is int and size > 0 else None)
    return tuple(found.values())[:_MOST_ENCLOSURES]


def _address(value: Any, base: str) -> str | None:
    try:
        whole = urljoin(base, value) if isinstance(value, str) and value else ""
        urlsplit(whole)
    except ValueError:
        return None
    return address_of(whole)
