"""What a page says of itself: JSON-LD (schema.org), Open Graph, Dublin Core, links, its language.

Nothing is guessed here: a field that the page does not name stays None.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader.intake import fields
from reader.intake.linked import Linked, linked_of
from reader.intake.signed import author_of_page
from reader.text import lines
from reader.text.headlines import outlet_after, same_headline

if TYPE_CHECKING:
    from lxml.etree import _Element

_SUFFIX = re.compile(r"\s+(?:[|–—•:»«·]|-|::)\s+")
_PUBLISHED = re.compile(
    r"(?<![\w-])(?:published|pubdate|publish-date|date-published|entry-date|post-date|dt-published|"
    r"article-date|created)(?![\w-])",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"updat|modif|edited|changed", re.IGNORECASE)

_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "parsely-title")
_SOURCE = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher")
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
    linked: Linked = Linked()  # noqa: RUF009 - frozen
    modified: tuple[datetime, ...] = ()
    """The times at which it was changed, as far as the page's head names them."""


def about_page(root: "_Element") -> About:
    """Return what a page says of itself."""
    linked = linked_of(root)
    named = _named(root)
    url = _address(linked, named, root)
    title, outlet = _title(linked, named, root)
    source = _publisher(linked) or _first(named, _SOURCE) or outlet
    host = urlsplit(url or "").hostname
    title, behind = _without(title, source, host)
    source = source or behind
    return About(
        title=title,
        source=source,
        author=author_of_page(root, linked, named, (source, outlet, host)),
        published=fields.moment_of(linked.get("datePublished", "uploadDate"))
        or _moment(named)
        or _marked_time(root)
        or _dated_path(url),
        language=_language(linked, named, root.getroottree().getroot()),
        url=url,
        linked=linked,
        modified=tuple(
            at for name, value in named.items()
            if _UPDATED.search(name) and (at := fields.moment_of(value))
        ),
    )  # fmt: skip


def _title(
    linked: Linked, named: Mapping[str, str], root: "_Element"
) -> tuple[str | None, str | None]:
    """Return the title, and the outlet if the window's title has its name behind it.

    The heading that readers see goes before the one for search engines if both are headlines of the
    same article, and before a description in place of a headline (Wikipedia's) if the article's
    name or the window says the same as the heading.
    """
    window = next((fields.text_of("".join(t.itertext())) for t in root.iter("title")), None)
    name = fields.text_of(linked.get("name"))
    told = fields.text_of(linked.get("headline")) or name or _first(named, _TITLE)
    heading = _heading(root, told or window)
    agreed = heading and any(other and same_headline(other, heading) for other in (name, window))
    title = heading if heading and (not told or agreed or _alike(heading, told)) else told
    outlet = outlet_after(window, title) if window and title else ""
    return title or window, outlet or None


def _without(
    title: str | None, source: str | None, host: str | None
) -> tuple[str | None, str | None]:
    """Return a title without the outlet's name behind it, and that name.

    Without a name for the outlet, what stands behind the last separator is one if its letters are
    those of the host, or if a bar is before it and no more than four words are behind.
    """
    cuts = list(_SUFFIX.finditer(title or ""))
    if not title or not cuts:
        return title, None
    rest, behind = title[: cuts[-1].start()], title[cuts[-1].end() :]
    letters = lines.letters_of(behind)
    named = bool(source) and letters == lines.letters_of(source or "")
    hosted = len(letters) >= 4 and letters in lines.letters_of((host or "").replace("-", ""))
    barred = "|" in cuts[-1][0] and lines.word_count(behind) <= 4 <= lines.word_count(rest)
    if named or hosted or (barred and not source):
        return rest, behind
    return title, None


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


def _heading(root: "_Element", title: str | None) -> str | None:
    """Return the page's first-level heading; of several the one that is like its title."""
    texts = (fields.text_of("".join(h.itertext())) for h in root.iter("h1"))
    found = [words for text in texts if text and (words := text.strip(" ¶#"))]
    several = list(dict.fromkeys(found))
    if len(several) > 1:
        several = [words for words in several if title and same_headline(words, title)]
    return several[0] if len(several) == 1 else None


def _alike(heading: str, title: str) -> bool:
    """Tell whether two headlines share half of their longer words: a site's name shares none."""
    one, two = (set(re.findall(r"\w{4,}", text.casefold())) for text in (heading, title))
    return bool(one) and len(one & two) >= 0.5 * min(len(one), len(two)) and len(one) >= 2


def _publisher(linked: Linked) -> str | None:
    return fields.names_of(linked.get("publisher", "sourceOrganization"))


def _moment(named: Mapping[str, str]) -> datetime | None:
    return next((at for name in _DATE if (at := fields.moment_of(named.get(name)))), None)


def _marked_time(root: "_Element") -> datetime | None:
    """Return the time that the page marks as that of publication; else its only time."""
    times: list[datetime] = []
    by_class: datetime | None = None
    for element in root.iter("time", "span", "meta", "abbr", "p", "div"):
        kind = f"{element.get('itemprop') or ''} {element.get('class') or ''}"
        if element.tag != "time" and not (element.get("itemprop") or _PUBLISHED.search(kind)):
            continue
        stamp = element.get("datetime") or element.get("content")
        moment = fields.moment_of(stamp or " ".join("".join(element.itertext()).split())[:100])
        if moment is None:
            continue
        if "datePublished" in kind or (
            element.tag == "time" and element.get("pubdate") is not None
        ):
            return moment
        if _PUBLISHED.search(kind) and not _UPDATED.search(kind):
            by_class = by_class or moment
        elif element.tag == "time" and element.get("datetime") and not _UPDATED.search(kind):
            times.append(moment)
    return by_class or (times[0] if len(set(times)) == 1 else None)


def _dated_path(url: str | None) -> datetime | None:
    """Return the day that an address names: ".../2025/07/04/bridge"."""
    match = re.search(r"/(20\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|$)", urlsplit(url or "").path)
    return fields.moment_of("-".join(part.zfill(2) for part in match.groups())) if match else None


def _language(linked: Linked, named: Mapping[str, str], page: "_Element") -> str | None:
    told = linked.get("inLanguage")
    if isinstance(told, Mapping):
        told = told.get("alternateName") or told.get("name")
    tags = [told, page.get("lang"), page.get("{http://www.w3.org/XML/1998/namespace}lang")]
    tags += [named.get(name) for name in _LANGUAGE]
    return next((found for tag in tags if (found := fields.language_of(tag))), None)


def _address(linked: Linked, named: Mapping[str, str], root: "_Element") -> str | None:
    """Return the article's own address; a page that names only its site's front has none."""
    links = [
        e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").split()
    ]
    entity = linked.get("mainEntityOfPage")
    if isinstance(entity, Mapping):
        entity = entity.get("@id") or entity.get("url")
    for given in (*links, *(named.get(name) for name in _URL), linked.get("url"), entity):
        url = fields.address_of(given)
        if url and (urlsplit(url).path.strip("/") or urlsplit(url).query):
            return url
    return None
