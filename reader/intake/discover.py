"""The feeds of an ordinary page: what it names, what it links to, the usual places.

Sites name their feeds in many ways: the `Link` header, `link` elements of several relations and
types, links in the text. What other readers find wrongly (the oEmbed and wp-json of every
WordPress page) is left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urljoin, urlsplit

from reader.intake.fields import address_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPE = re.compile(r"(?:application|text)/(?:x[-.])?(?:rss|atom|rdf|cdf)(?:\+xml)?|application/"
                   r"feed\+json")  # fmt: skip
_LOOSE_TYPE = re.compile(r"(?:application|text)/(?:xml|json)")
"""Types that feeds have, and other things too."""
_NO_FEED = re.compile(
    r"oembed|/wp-json\b|[?&]rest_route=|/xmlrpc\.php|\.(?:opml|html?|xhtml|pdf|css|js|png|jpe?g|gif"
    r"|svg|ico|webp|mp3|m4a|mp4)$|/(?:sitemap|opensearch|osd|manifest|browserconfig)[\w-]*\.\w+$",
    re.IGNORECASE,
)
_LIKELY = re.compile(
    r"(?:^|/)(?:rss|feeds?|atom|rdf)(?:/(?:index|all|default|main|news|posts|rss2?|atom)?)?"
    r"(?:\.(?:xml|json|php|aspx?))?/?$"
    r"|(?:^|/)(?:index|all|news|posts|blog)\.(?:xml|rdf|rss|atom)$|/rss2?\b|\.(?:rss|atom|rdf)$",
    re.IGNORECASE,
)
_LIKELY_QUERY = frozenset({"feed", "format", "type", "output", "view", "alt", "mode", "xml"})
_FORMATS = re.compile(r"rss\d?(?:\.0)?|atom|feed|rdf|xml|rss_\w+", re.IGNORECASE)
_SAID = re.compile(r"\b(?:rss|atom|rdf|xml|feeds?|newsfeeds?|webfeeds?)\b|RSS", re.IGNORECASE)
_NAMED_SO = re.compile(r"\s*(?:our |the )?(?:rss|atom|rdf)?[\s\-/]*(?:\d\.\d\s*)?(?:news|web|blog)?"
                       r"[\s\-]*(?:rss|atom|feeds?|xml)\s*", re.IGNORECASE)  # fmt: skip
_ASIDE = re.compile(r"\b(?:comment|kommentar|commentaire|comentario|commento)|/comments?\b"
                    r"|[?&]withcomments|comments[-_]rss", re.IGNORECASE)  # fmt: skip
_PART = re.compile(
    r"\b(?:tags?|categor(?:y|ies)|kategorie|catégorie|categoría|author|autor|auteur|search|topic)"
    r"(?:\s*[:»›>-]|\s+(?:rss\s+)?feed\b)|/(?:tags?|category|author|topics?|search)/",
    re.IGNORECASE,
)
_LABEL = 60
"""Characters that the name of a link has at most; more are a sentence that mentions a feed."""
_REFRESH = re.compile(r"\s*(\d{1,3})(?:\.\d*)?\s*[;,]\s*url\s*=\s*[\"']?([^\"']+)", re.IGNORECASE)
_SOON = 10
MOST = 20
USUAL = ("feed", "rss.xml", "feed.xml", "atom.xml", "index.xml", "rss", "feed.json")
"""Where feeds often are, from the page's folder and from the root of its host."""


@dataclass(frozen=True, slots=True)
class Named:
    """A feed that a page names."""

    address: str
    title: str = ""


def named_feeds(page: bytes, address: str, *, headers: Sequence[str] = ()) -> list[Named]:
    """Return the feeds that a page names, the likeliest first; a feed of comments comes last.

    `headers` are the `Link` headers (RFC 8288) that came with the page.
    """
    found: dict[str, Named] = {}
    for url, title in _in_headers(headers):
        _add(found, address, url, title)
    root = _tree(page)
    if root is not None:
        base = _base(root, address)
        for link in root.iter("link"):
            if _is_named(link):
                _add(found, base, link.get("href"), link.get("title"))
    return _sorted(found, address)


def linked_feeds(page: bytes, address: str) -> list[Named]:
    """Return what the links in a page's text may lead to, the likeliest first.

    Only a guess, for a page that names no feed: an address like a feed's, or a link named "RSS".
    """
    root = _tree(page)
    if root is None:
        return []
    found: dict[str, Named] = {}
    base = _base(root, address)
    fits = [(link, fitness) for link in root.iter("a", "area") if (fitness := _fitness(link))]
    for link, _ in sorted(fits, key=lambda each: -each[1]):
        _add(found, base, link.get("href"), "".join(link.itertext()) or link.get("title"))
    return _sorted(found, address)


def sent_on(page: bytes, address: str, *, header: str = "") -> str | None:
    """Return where a page sends its reader within seconds, by `Refresh` or a `meta` element."""
    root = _tree(page)
    told = [header]
    if root is not None:
        told += [
            meta.get("content") or ""
            for meta in root.iter("meta")
            if (meta.get("http-equiv") or "").strip().lower() == "refresh"
        ]
    for match in filter(None, map(_REFRESH.match, told)):
        found: dict[str, Named] = {}
        if int(match[1]) <= _SOON:
            _add(found, address, match[2], None)
        if found.keys() - {address}:
            return next(iter(found))
    return None


def is_aside(feed: Named) -> bool:
    """Return True for a feed of comments, which nobody means who gives a page's address."""
    return bool(_ASIDE.search(f"{feed.title} {feed.address}"))


def usual_places(address: str) -> list[str]:
    """Return where a site's feed often is, beside the page and at the root of its host."""
    folder = urljoin(address, ".")
    root = urljoin(address, "/")
    places = [urljoin(start, name) for start in dict.fromkeys((folder, root)) for name in USUAL]
    return places[: 2 * len(USUAL)]


def _sorted(found: dict[str, Named], address: str) -> list[Named]:
    own = urlsplit(address).path.rstrip("/")

    def rank(feed: Named) -> tuple[bool, bool]:
        # of a page about one subject, the feed of that subject is meant
        beside = bool(own) and urlsplit(feed.address).path.startswith(f"{own}/")
        return is_aside(feed), not beside and bool(_PART.search(f"{feed.title} {feed.address}"))

    return sorted(found.values(), key=rank)[:MOST]


# What says that it is a feed

_TOKEN, _QUOTED = r"[\w!#$&+.^`|~*-]+", r"\"(?:[^\"\\]|\\.)*\""
_LINK = re.compile(rf"<([^<>]*)>((?:\s*;\s*{_TOKEN}(?:\s*=\s*(?:{_QUOTED}|[^\s;,\"]+))?)*)")
_PARAMETER = re.compile(rf"({_TOKEN})(?:\s*=\s*(?:({_QUOTED})|([^\s;,\"]+)))?")


def _in_headers(headers: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield address and title of the feeds that `Link` headers name."""
    for header in headers:
        for url, written in _LINK.findall(header[:20_000]):
            told = {name.lower(): quoted[1:-1] or bare
                    for name, quoted, bare in reversed(_PARAMETER.findall(written))}  # fmt: skip
            relations = told.get("rel", "").lower().split()
            if "anchor" not in told and _tells(relations, told.get("type", ""), url, "", told):
                yield url, told.get("title", "")


def _is_named(link: "_Element") -> bool:
    relations = (link.get("rel") or "").lower().split()
    title = link.get("title") or ""
    return _tells(relations, link.get("type") or "", link.get("href") or "", title, link.attrib)


def _tells(relations: Sequence[str], kind: str, url: str, title: str, other: Iterable[str]) -> bool:
    """Tell whether a link by its relations, its type and what it is called leads to a feed."""
    kind = kind.lower().partition(";")[0].strip()
    own = bool({"feed", "service.feed"} & set(relations))
    if not (own or "alternate" in relations) or "stylesheet" in relations:
        return False
    if _TYPE.fullmatch(kind):
        return True
    if _NO_FEED.search(url.split("#", 1)[0]) or (kind and not _LOOSE_TYPE.fullmatch(kind)):
        return False
    if kind.endswith("json"):  # JSON Feed 1.0 has this type; so have many things that are no feeds
        return own or _looks_like_feed(url) or bool(re.search(r"\bfeed\b", title, re.IGNORECASE))
    if own or kind:
        return True
    plain = not {"hreflang", "media"} & {str(name).lower() for name in other}
    return _is_feed_scheme(url) or _looks_like_feed(url) or (plain and bool(_SAID.search(title)))


def _fitness(link: "_Element") -> int:
    """Return how much a link in the text looks like one to a feed; 0 when it does not."""
    url = (link.get("href") or "").strip()
    kind = (link.get("type") or "").lower().partition(";")[0].strip()
    if not url or url.startswith("#") or _NO_FEED.search(url.split("#", 1)[0]):
        return 0
    if _is_feed_scheme(url) or _TYPE.fullmatch(kind):
        return 4
    words = [" ".join("".join(link.itertext()).split()), link.get("title"), link.get("aria-label")]
    words += [image.get("alt") for image in link.iter("img")]
    words += ["".join(title.itertext()) for title in link.iter("title")]  # in an SVG picture
    named = any(_NAMED_SO.fullmatch(word) for word in words if word)
    said = any(re.search(r"\b(?:rss|atom)\b", word, re.IGNORECASE) for word in words if word)
    classes = re.search(r"\b(?:rss|feed)\b", f"{link.get('class') or ''} {link.get('rel') or ''}")
    if _looks_like_feed(url):
        return 3 + bool(named or said)
    if named:
        return 2
    return int(bool(classes) or (said and all(len(word) < _LABEL for word in words if word)))


def _is_feed_scheme(url: str) -> bool:
    return url.strip().lower().startswith(("feed:", "pcast:", "itpc:"))


def _looks_like_feed(url: str) -> bool:
    try:
        parts = urlsplit(url.strip().replace("&amp;", "&"))
        query = parse_qsl(parts.query)
    except ValueError:
        return False
    if _LIKELY.search(parts.path) or (parts.hostname or "").startswith(("feeds.", "rss.")):
        return True
    return any(name.lower() in _LIKELY_QUERY and _FORMATS.fullmatch(value) for name, value in query)


# The page


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
        whole = urljoin(address, (told or "").strip())
    except ValueError:
        return address
    return whole if urlsplit(whole).scheme in ("http", "https") else address


def _add(found: dict[str, Named], base: str, url: str | None, title: str | None) -> None:
    written = "".join((url or "").split("\n")).strip().replace("&amp;", "&")
    if not written:
        return
    scheme, colon, rest = written.partition(":")
    if colon and scheme.lower() in ("feed", "pcast", "itpc"):
        written = f"http:{rest}" if rest.startswith("//") else rest
    try:
        whole = address_of(urljoin(base, written))
        whole = whole and urlsplit(whole)._replace(fragment="").geturl()
    except ValueError:
        return
    if whole:
        found.setdefault(whole, Named(whole, text_of(unescape(title or ""), 200) or ""))
