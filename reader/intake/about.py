"""What a page says of itself: JSON-LD (schema.org), Open Graph, Dublin Core, links, its language.

Nothing is guessed here: a field that the page does not name stays None.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from reader.intake import fields
from reader.text.headlines import outlet_after

if TYPE_CHECKING:
    from lxml.etree import _Element

_ARTICLES = re.compile(r"(?:\w*Article|Report|BlogPosting|LiveBlogPosting|\w*NewsArticle)$")
_MOST_JSON = 2_000_000
_MOST_OBJECTS = 2_000

_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "parsely-title")
_SOURCE = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher")
_AUTHOR = ("author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author",
           "sailthru.author", "citation_author")  # fmt: skip
_DATE = ("article:published_time", "og:published_time", "datepublished", "date", "dc.date",
         "dcterms.created", "dcterms.date", "dc.date.issued", "pubdate", "publishdate",
         "publish-date", "publication_date", "parsely-pub-date", "sailthru.date",
         "rnews:datepublished", "citation_publication_date")  # fmt: skip
_URL = ("og:url", "twitter:url", "parsely-link")
_LANGUAGE = ("og:locale", "content-language", "dc.language", "dcterms.language", "language")


@dataclass(frozen=True, slots=True)
class About:
    """A page's own account of the article in it."""

    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: datetime | None = None
    language: str | None = None
    url: str | None = None


def about_page(root: "_Element") -> About:
    """Return what a page says of itself."""
    article = next(_linked_articles(root), {})
    named = _named(root)
    title, outlet = _title(article, named, root)
    source = _publisher(article) or _first(named, _SOURCE) or outlet
    url = _address(article, named, root)
    return About(
        title=_without(title, source),
        source=source,
        author=_author(article, named),
        published=fields.moment_of(article.get("datePublished"))
        or _moment(named)
        or _marked_time(root)
        or _dated_path(url),
        language=_language(article, named, root.getroottree().getroot()),
        url=url,
    )


def _title(
    article: Mapping[str, Any], named: Mapping[str, str], root: "_Element"
) -> tuple[str | None, str | None]:
    """Return the title, and the outlet where the window's title has its name behind it.

    The heading that readers see goes before the one for search engines, where both are headlines
    of the same article.
    """
    window = next((fields.text_of("".join(t.itertext())) for t in root.iter("title")), None)
    told = fields.text_of(article.get("headline")) or _first(named, _TITLE)
    heading = _only_heading(root)
    title = heading if heading and (not told or _alike(heading, told)) else told
    outlet = outlet_after(window, title) if window and title else ""
    return title or window, outlet or None


def _without(title: str | None, source: str | None) -> str | None:
    """Return a title without the outlet's name behind it."""
    if not title or not source:
        return title
    ending = re.search(rf"\s+[-|–—•:»]\s+{re.escape(source)}$", title, re.IGNORECASE)
    return title[: ending.start()] if ending else title


def _linked_articles(root: "_Element") -> Iterator[Mapping[str, Any]]:
    """Yield the articles that the page's JSON-LD describes."""
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(text) > _MOST_JSON:
            continue
        try:
            data = json.loads(text.strip().removesuffix(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (item for item in _objects(data) if _is_article(item))


def _objects(data: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the objects at the top of a JSON-LD document, in lists and in "@graph"."""
    waiting, seen = [data], 0
    while waiting and seen < _MOST_OBJECTS:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, list):
            waiting = item[:_MOST_OBJECTS] + waiting
        elif isinstance(item, dict):
            yield item
            waiting = [item[k] for k in ("@graph", "mainEntity") if k in item] + waiting


def _is_article(item: Mapping[str, Any]) -> bool:
    kinds = item.get("@type")
    return any(
        isinstance(kind, str) and bool(_ARTICLES.search(kind))
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _named(root: "_Element") -> dict[str, str]:
    """Return the page's meta elements by name, the first of each."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        content = (meta.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (meta.get(attribute) or "").casefold().split():
                if content:
                    found.setdefault(name, content)
    return found


def _first(named: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((text for name in names if (text := fields.text_of(named.get(name)))), None)


def _only_heading(root: "_Element") -> str | None:
    found = [words for h in root.iter("h1") if (words := fields.text_of("".join(h.itertext())))]
    return found[0] if len(set(found)) == 1 else None


def _alike(heading: str, title: str) -> bool:
    """Tell whether two headlines share half of their longer words: a site's name shares none."""
    one, two = (set(re.findall(r"\w{4,}", text.casefold())) for text in (heading, title))
    return bool(one) and len(one & two) >= 0.5 * min(len(one), len(two)) and len(one) >= 2


def _publisher(article: Mapping[str, Any]) -> str | None:
    return fields.names_of(article.get("publisher")) or fields.names_of(
        article.get("sourceOrganization")
    )


def _author(article: Mapping[str, Any], named: Mapping[str, str]) -> str | None:
    found = fields.author_of(article.get("author")) or fields.author_of(article.get("creator"))
    for name in _AUTHOR:
        found = found or fields.author_of(named.get(name))
        if found and found.startswith(("http:", "https:", "www.", "@")):
            found = None
    return found


def _moment(named: Mapping[str, str]) -> datetime | None:
    return next((at for name in _DATE if (at := fields.moment_of(named.get(name)))), None)


def _marked_time(root: "_Element") -> datetime | None:
    """Return the time that the page marks as that of publication."""
    for element in root.iter("time", "span", "meta", "abbr"):
        marked = "datePublished" in (element.get("itemprop") or "") or (
            element.tag == "time" and element.get("pubdate") is not None
        )
        stamp = element.get("datetime") or element.get("content") or element.text
        if marked and (moment := fields.moment_of(stamp)):
            return moment
    times = {t.get("datetime") for t in root.iter("time") if t.get("datetime")}
    return fields.moment_of(times.pop()) if len(times) == 1 else None


def _dated_path(url: str | None) -> datetime | None:
    """Return the day that an address names: ".../2025/07/04/bridge"."""
    match = re.search(r"/(20\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|$)", urlsplit(url or "").path)
    return fields.moment_of("-".join(part.zfill(2) for part in match.groups())) if match else None


def _language(article: Mapping[str, Any], named: Mapping[str, str], page: "_Element") -> str | None:
    told = article.get("inLanguage")
    if isinstance(told, Mapping):
        told = told.get("alternateName") or told.get("name")
    tags = [told, page.get("lang"), page.get("{http://www.w3.org/XML/1998/namespace}lang")]
    tags += [named.get(name) for name in _LANGUAGE]
    return next((found for tag in tags if (found := fields.language_of(tag))), None)


def _address(article: Mapping[str, Any], named: Mapping[str, str], root: "_Element") -> str | None:
    """Return the article's own address; a page that names only its site's front has none."""
    links = [
        e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").split()
    ]
    entity = article.get("mainEntityOfPage")
    if isinstance(entity, Mapping):
        entity = entity.get("@id") or entity.get("url")
    for given in (*links, *(named.get(name) for name in _URL), article.get("url"), entity):
        url = fields.address_of(given)
        if url and (urlsplit(url).path.strip("/") or urlsplit(url).query):
            return url
    return None
