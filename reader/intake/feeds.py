"""A feed's bytes to its entries: RSS 0.9x to 2.0, RDF, Atom, CDF, JSON Feed.

`fastfeedparser` reads ordinary feeds, `feedparser` all others: those that the first gives up on,
and those with anything that the two read differently (another encoding than UTF-8, an `xml:base`,
a document type, markup in a title, relative addresses). Measured on the 1,749 well-formed files of
feedparser's own test suite, the first alone differs in one of ten; see docs/decisions/feeds.md.

This is run in a worker process with a limit of time and of memory (`reader.intake.parsing`).
Neither parser is ever given a path or an address, only bytes.
"""

import io
import os
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from reader.errors import InputError
from reader.intake import json_feed
from reader.intake.bodies import line_of_html
from reader.intake.fields import address_of, language_of, text_of
from reader.model import Enclosure, Entry, Feed
from reader.text.stamps import parse_stamp

MOST_ENTRIES = 1000
"""So many entries are taken from one feed, the newest where there are more."""
MOST_ENCLOSURES = 20
BODY_LIMIT = 1_000_000
"""Characters that are taken of one entry's body."""

# Where one of these stands in a document, feedparser reads it.
_DOUBTFUL = re.compile(
    rb"xml:base|<!DOCTYPE|<!ENTITY|=\s*[\"']base64|\smode=|&lt;/?channel|\x00", re.IGNORECASE
)
_UTF8_NAMES = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._-]+)", re.IGNORECASE)
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w+;")
_LANGUAGE = re.compile(rb"<(?:dc:)?language>\s*([A-Za-z-]{2,20})\s*</|\sxml:lang=[\"']([A-Za-z-]+)")
_CONTENT = re.compile(rb"<(?:content:encoded|(?:\w+:)?content)[\s>]")
_ITEM = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
_CHANNEL = re.compile(rb"<channel[\s>]", re.IGNORECASE)  # CDF's root, whose version has no name
_PAGE = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)


def parse_feed(
    body: bytes, headers: Mapping[str, str], address: str, *, most: int = MOST_ENTRIES
) -> Feed:
    """Return the feed that these bytes are; `InputError` where they are none.

    `headers` are the response's, their names in lower case; `address` is where the bytes came from
    and what relative addresses start from.
    """
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise InputError(address, "the answer is empty")
    if json_feed.is_json(body):
        return _capped(json_feed.parse(body, address), most)
    base = _base(headers, address)
    fast = _fast(body, headers) if not base else None
    found = _of_fast(fast, body, address) if fast is not None else None
    found = found or _by_feedparser(body, headers, base or address)
    if found is None and (text := _by_mark(body)):
        found = _by_feedparser(text, {"content-type": "application/xml; charset=utf-8"}, address)
    if found is None:
        what = "a web page, not a feed" if _PAGE.search(body[:4096]) else "no feed"
        raise InputError(address, f"what the server sent is {what}; check the address")
    return _capped(found, most)


def _by_mark(body: bytes) -> bytes | None:
    """Return a document as UTF-8 whose first bytes say that it is UTF-16 or UTF-32.

    feedparser goes by what headers and declaration say, where the mark alone is right.
    """
    codec = next((codec for mark, codec in _MARKS if body.startswith(mark)), None)
    return body.decode(codec, "replace").encode() if codec else None


def _base(headers: Mapping[str, str], address: str) -> str | None:
    """Return the base that the server names, where it is another than the address itself."""
    named = headers.get("content-location")
    if not named:
        return None
    try:
        whole = urljoin(address, named)
    except ValueError:
        return None
    return whole if address_of(whole) else None


def _capped(feed: Feed, most: int) -> Feed:
    if len(feed.entries) <= most:
        return feed
    never = datetime.min.replace(tzinfo=UTC)
    newest = sorted(
        range(len(feed.entries)), key=lambda i: feed.entries[i].published or never, reverse=True
    )
    kept = tuple(feed.entries[i] for i in sorted(newest[:most]))
    return Feed(feed.title, feed.link, feed.language, kept, len(feed.entries) - most)


# The fast parser


@cache
def _fast_parser() -> Any:
    """Return the parser's module; it keeps dates as they stand in the feed, with their zone."""
    # its native part turns every date into UTC before anyone can see it
    os.environ["FASTFEEDPARSER_DISABLE_CORE"] = "1"
    from fastfeedparser import main  # noqa: PLC0415 - only the worker process needs it

    main._core = None  # noqa: SLF001 - where something else had imported it before
    if callable(getattr(main, "_parse_date", None)):
        main.exact_date = main._parse_date  # noqa: SLF001
        main._parse_date = str  # noqa: SLF001
    return main


def _fast(body: bytes, headers: Mapping[str, str]) -> Mapping[str, Any] | None:
    """Return what the fast parser finds in an ordinary feed; None where it may be mistaken."""
    if not _plain_utf8(body, headers) or _DOUBTFUL.search(body):
        return None
    try:
        found: Mapping[str, Any] = _fast_parser().parse(body)
    except Exception:  # noqa: BLE001 - it raises many kinds, and the other parser is asked anyway
        return None
    return found


def _plain_utf8(body: bytes, headers: Mapping[str, str]) -> bool:
    declared = _DECLARED.match(body[:200].removeprefix(b"\xef\xbb\xbf"))
    names = [declared[1].decode()] if declared else []
    if told := _CHARSET.search(headers.get("content-type", "")):
        names.append(told[1])
    if not all(name.lower() in _UTF8_NAMES for name in names):
        return False
    try:
        return "\ufffd" not in body.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _of_fast(found: Mapping[str, Any], body: bytes, address: str) -> Feed | None:
    if len(found["entries"]) < len(_ITEM.findall(body)):
        return None  # where XML is nested too deeply, it reads no further
    head = found["feed"]
    title, link = head.get("title") or "", head.get("link") or ""
    if not found["entries"] or _MARKUP.search(title) or not address_of(link):
        return None
    # the parser copies a description into the content where there is none
    teasers = not _CONTENT.search(body)
    entries = []
    for item in found["entries"]:
        entry = _fast_entry(item, address, teaser=teasers)
        if entry is None:
            return None
        entries.append(entry)
    first = _ITEM.search(body)
    language = _LANGUAGE.search(body, 0, first.start() if first else 0)
    told = (language[1] or language[2]).decode() if language else None
    return Feed(_line(title), address_of(link), language_of(told), tuple(entries))


def _fast_entry(item: Mapping[str, Any], address: str, *, teaser: bool) -> Entry | None:
    """Return an entry; None where the other parser should be asked."""
    title, guid = item.get("title") or "", item.get("id") or ""
    link = _alternate(item)
    if not title or _MARKUP.search(title) or not link or not guid:
        return None
    contents = [c for c in item.get("content") or () if c.get("value")]
    if len(contents) > 1:
        return None
    plain = bool(contents) and contents[0].get("type") in ("text", "text/plain")
    body = contents[0]["value"] if contents else item.get("description") or ""
    when = item.get("published") or item.get("updated")
    if when == guid:
        when = None  # where an item has no date, the parser looks for one in its guid
    moment = _moment(when) if when else None
    if "\ufffd" in title or "\ufffd" in body or (when and moment is None):
        return None
    return Entry(
        guid=guid,
        title=_line(title),
        link=link,
        body=body[:BODY_LIMIT],
        html=not plain,
        teaser=teaser or not contents,
        base=address,
        author=_line(item.get("author")) or None,
        published=moment,
        enclosures=_enclosures(item.get("enclosures") or (), None),
    )


def _alternate(item: Mapping[str, Any]) -> str | None:
    links = [a for a in item.get("links") or () if a.get("href")]
    if links and not any(a.get("rel") in (None, "", "alternate") for a in links):
        return None
    return address_of(item.get("link"))


def _moment(text: str) -> datetime | None:
    """Return a date with the zone it names; None where it is not plain what it says.

    The parser itself takes nearly anything for a date ("Four" is in April): its reading counts only
    where the strict one agrees.
    """
    moment = parse_stamp(text)
    exact = getattr(_fast_parser(), "exact_date", None)
    told = exact(text) if exact and moment else text
    try:
        return moment if moment == datetime.fromisoformat(told) else None
    except ValueError:
        return moment if exact is None else None


# feedparser


def _by_feedparser(body: bytes, headers: Mapping[str, str], base: str) -> Feed | None:
    import feedparser  # noqa: PLC0415 - only the worker process needs it

    told = {"content-location": base}
    for name in ("content-type", "content-language"):
        if headers.get(name):
            told[name] = headers[name]
    try:
        found = feedparser.parse(
            io.BytesIO(body), response_headers=told, resolve_relative_uris=False,
            sanitize_html=False,
        )  # fmt: skip
    except Exception:  # noqa: BLE001 - seen once in 1,500 files damaged at random
        raise InputError(base, "what the server sent is damaged and cannot be read") from None
    head = found.feed
    if not found.entries and not found.version and not _CHANNEL.search(body[:4096]):
        return None
    detail = head.get("title_detail") or {}
    title = head.get("title") or ""
    if detail.get("type") in ("text/html", "application/xhtml+xml"):
        title = line_of_html(title)
    entries = tuple(_slow_entry(item) for item in found.entries)
    return Feed(
        _line(title), address_of(head.get("link")), language_of(head.get("language")), entries
    )


def _slow_entry(item: Mapping[str, Any]) -> Entry:
    content = _best(item.get("content") or ())
    detail = content or item.get("summary_detail") or {}
    link = address_of(item.get("link"))
    title = item.get("title_detail") or {}
    return Entry(
        guid=_line(item.get("id")) or link or "",
        title=title.get("value") or item.get("title") or "",
        title_html=title.get("type") in ("text/html", "application/xhtml+xml"),
        link=link,
        body=str(detail.get("value") or item.get("summary") or "")[:BODY_LIMIT],
        html=detail.get("type") != "text/plain",
        teaser=content is None,
        base=address_of(detail.get("base")),
        author=_author(item),
        published=_dated(item),
        language=language_of(detail.get("language") or title.get("language")),
        enclosures=_enclosures(item.get("enclosures") or (), address_of(detail.get("base"))),
    )


def _best(contents: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the content that holds the most, HTML before plain text."""
    shown = [c for c in contents if c.get("value") and _is_text(c.get("type"))]
    return max(shown, key=lambda c: (c.get("type") != "text/plain", len(c["value"])), default=None)


def _is_text(kind: str | None) -> bool:
    return not kind or kind.startswith("text/") or kind.endswith(("xml", "html"))


def _author(item: Mapping[str, Any]) -> str | None:
    names = [_line(a.get("name")) for a in item.get("authors") or () if a]
    return ", ".join(dict.fromkeys(filter(None, names))) or _line(item.get("author")) or None


def _dated(item: Mapping[str, Any]) -> datetime | None:
    """Return when an entry was published, else changed; in its own zone where that can be told."""
    for name in ("published", "updated", "created"):
        exact = item.get(f"{name}_parsed")
        if exact is None:
            continue
        try:
            year, month, day, hour, minute, second = exact[:6]
            utc = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
        except ValueError:
            continue
        own = parse_stamp(str(item.get(name) or ""))
        return own if own == utc else utc
    return None


# Both


def _enclosures(items: Iterable[Mapping[str, Any]], base: str | None) -> tuple[Enclosure, ...]:
    found: dict[str, Enclosure] = {}
    for item in items:
        url = address_of(_joined(base, item.get("href") or item.get("url")))
        if url and url not in found:
            length = str(item.get("length") or "")
            size = int(length) if re.fullmatch(r"[0-9]{1,15}", length) else None
            found[url] = Enclosure(url, _line(item.get("type"))[:100], size or None)
    return tuple(found.values())[:MOST_ENCLOSURES]


def _joined(base: str | None, url: Any) -> str | None:
    try:
        whole = urljoin(base or "", url) if isinstance(url, str) else None
        urlsplit(whole or "")
    except ValueError:
        return None
    return whole


def _line(value: Any) -> str:
    return text_of(value) or ""
