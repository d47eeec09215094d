"""The feeds of an ordinary page: what its head names, what it links to, the usual places."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from reader.intake.fields import address_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPES = re.compile(r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|application/json|text/xml")
_LIKELY = re.compile(r"(?:/(?:rss|feed|feeds|atom)/?|\.(?:rss|atom|rdf)|/(?:rss|feed|atom|index)"
                     r"\.(?:xml|json))$", re.IGNORECASE)  # fmt: skip
_ASIDE = re.compile(r"comment|kommentar|commentaire|comentario", re.IGNORECASE)
MOST = 20
USUAL = ("feed", "rss.xml", "feed.xml", "atom.xml", "index.xml", "rss", "feed.json")
"""Where feeds often are, from the page's folder and from the root of its host."""


@dataclass(frozen=True, slots=True)
class Named:
    """A feed that a page names."""

    address: str
    title: str = ""


def named_feeds(page: bytes, address: str) -> list[Named]:
    """Return the feeds that a page names, the likeliest first; a feed of comments comes last."""
    root = _tree(page)
    if root is None:
        return []
    base = _base(root, address)
    found: dict[str, Named] = {}
    for link in root.iter("link"):
        relation = (link.get("rel") or "").lower().split()
        if "alternate" in relation and _TYPES.match((link.get("type") or "").lower()):
            _add(found, base, link.get("href"), link.get("title"))
    if not found:
        for link in root.iter("a"):
            if _LIKELY.search((link.get("href") or "").split("?", 1)[0].split("#", 1)[0]):
                _add(found, base, link.get("href"), "".join(link.itertext()))
    feeds = list(found.values())[:MOST]
    return sorted(feeds, key=lambda feed: bool(_ASIDE.search(f"{feed.title} {feed.address}")))


def usual_places(address: str) -> list[str]:
    """Return where a site's feed often is, beside the page and at the root of its host."""
    folder = urljoin(address, ".")
    root = urljoin(address, "/")
    places = [urljoin(start, name) for start in dict.fromkeys((folder, root)) for name in USUAL]
    return places[: 2 * len(USUAL)]


def _tree(page: bytes) -> "_Element | None":
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415 - only pages need it

    try:
        root: _Element = document_fromstring(page, parser=HTMLParser(remove_comments=True))
    except Exception:  # noqa: BLE001 - lxml has several errors for a text without an element
        return None
    return root


def _base(root: "_Element", address: str) -> str:
    told = next((b.get("href") for b in root.iter("base") if b.get("href")), None)
    try:
        whole = urljoin(address, told or "")
    except ValueError:
        return address
    return whole if urlsplit(whole).scheme in ("http", "https") else address


def _add(found: dict[str, Named], base: str, url: str | None, title: str | None) -> None:
    try:
        whole = address_of(urljoin(base, url.strip())) if url else None
    except ValueError:
        return
    if whole:
        found.setdefault(whole, Named(whole, text_of(title, 200) or ""))
