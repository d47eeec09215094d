"""One entry of a feed's tree: its identity, text, people, addresses, files and dates.

The same rules for every format and every document: what comes of an entry does not depend on its
neighbours, on how well-formed the document is, or on where it was fetched.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.intake.feed_names import Names
from reader.intake.feed_people import byline
from reader.intake.feed_values import (
    Value,
    base_of,
    body_of,
    joined,
    language_at,
    looks_like_html,
    plain,
    title_of,
)
from reader.intake.fields import address_of, language_of, text_of
from reader.model import Enclosure, Entry
from reader.text.stamps import parse_stamp

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_ENCLOSURES = 20
BODY_LIMIT = 1_000_000
"""Characters that are taken of one entry's body."""
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No entry of a feed is older: what says so is a zero that was taken for a date."""

_CONTENTS = ("content:encoded", "content", "xhtml:body", "body", "fullitem")
_SUMMARIES = ("description", "summary", "abstract", "dc:description", "dcterms:abstract")
_SPOKEN = ("itunes:summary", "googleplay:description", "itunes:subtitle")
_PUBLISHED = ("published", "pubdate", "issued", "dcterms:issued", "dc:date", "dcterms:date")
_CHANGED = ("updated", "modified", "dcterms:modified", "dcterms:created", "created")
_SHOWN = re.compile(r"<(?:img|iframe|video|audio|embed|picture)\b", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>|&(?:nbsp|#160|#xa0);|\s+", re.IGNORECASE)
_STANDARD_REL = "http://www.iana.org/assignments/relation/"
_STUB = 200
"""Characters of a content that a much longer summary takes the place of."""

Fields = dict[str, list["_Element"]]


@dataclass(frozen=True, slots=True)
class Place:
    """What all entries of one document have in common."""

    address: str
    """Where it came from."""
    site: str | None
    """The page that the feed belongs to."""
    names: Names
    atom: bool
    bases: bool
    """Whether the document names bases (`xml:base`) at all."""
    languages: bool
    """Whether it names languages of its parts (`xml:lang`)."""
    people: tuple[str, ...] = ()
    """The authors of all entries that name none (Atom)."""


def entry_of(item: "_Element", place: Place) -> Entry:
    """Return the entry that an element is."""
    fields = fields_of(item, place.names)
    link, raw = _link(item, fields, place)
    title = _title(fields, place)
    body, teaser = _body(fields, place, title)
    guid, permanent = _guid(item, fields, place.names)
    base = base_of(body.element, place.address) if body and place.bases else None
    published, changed = _moment(fields, _PUBLISHED), _moment(fields, _CHANGED)
    return Entry(
        guid=guid or link or "",
        title=title.text if title else "",
        title_html=bool(title and title.html),
        link=link,
        body=body.text[:BODY_LIMIT] if body else "",
        html=body is None or body.html,
        teaser=teaser,
        base=address_of(base) or link or place.site or place.address,
        author=_authors(fields, place),
        published=published or changed or _lastmod(item),
        issued=published,
        changed=changed,
        language=_language(item, fields, body, place),
        enclosures=enclosures_of(_files(fields, place)),
        former=_former(guid, link, raw, place.address, permanent=permanent),
    )


def fields_of(element: "_Element", names: Names) -> Fields:
    """Return the children of an element by name."""
    fields: Fields = {}
    for child in element:
        if name := names(child.tag):
            fields.setdefault(name, []).append(child)
    return fields


def _every(fields: Fields, names: Iterable[str]) -> Iterator["_Element"]:
    for name in names:
        yield from fields.get(name, ())


def first_text(fields: Fields, *names: str) -> str:
    """Return the first text that one of these fields has; "" where none has one."""
    return next((text for each in _every(fields, names) if (text := plain(each))), "")


# Identity


def _guid(item: "_Element", fields: Fields, names: Names) -> tuple[str, bool]:
    """Return the feed's own id of an entry as written, and whether it may be an address."""
    for element in _every(fields, ("guid", "id")):
        if guid := text_of(plain(element), 4_000_000):
            told = next((v for k, v in element.items() if k.lower() == "ispermalink"), "true")
            return guid, told.strip().lower() != "false"
    about = next((value for key, value in item.items() if names(key) == "rdf:about"), None)
    return text_of(about) or "", True


def _former(
    guid: str, link: str | None, raw: str, address: str, *, permanent: bool
) -> tuple[str, ...]:
    """Return the guids that earlier versions of this program gave the entry.

    They took a guid for an address, which starts from where the feed lay; and an entry's address,
    where it has no guid, started from there too.
    """
    found = [joined_before(address, guid)] if guid and permanent else []
    if not guid:
        found.append(address_of(joined_before(address, raw)) or "")
    return tuple(dict.fromkeys(each for each in found if each and each not in (guid, link)))


def joined_before(address: str, guid: str) -> str:
    """Return a guid as earlier versions resolved it."""
    from urllib.parse import urljoin  # noqa: PLC0415 - only here

    try:
        return urljoin(address, guid)
    except ValueError:
        return ""


# Addresses


def _link(item: "_Element", fields: Fields, place: Place) -> tuple[str | None, str]:
    """Return the address of the entry's page, and how the feed wrote it."""
    found: list[tuple[int, str, str]] = []
    for element in fields.get("link", ()):
        rel = relation(element)
        href = element.get("href")
        raw = (href if href is not None else plain(element)).replace("&amp;", "&").strip()
        if rel not in ("", "alternate") or not raw:
            continue
        url = address_of(joined(_start(element, place), raw))
        if url:
            found.append((_fitness(element.get("type"), href), url, raw))
    if found:
        _, url, raw = min(found, key=lambda each: each[0])
        return url, raw
    for element in _every(fields, ("guid", "id")):
        told = next((v for k, v in element.items() if k.lower() == "ispermalink"), "true")
        if told.strip().lower() != "false" and (url := address_of(plain(element))):
            return url, url
    raw = next((value for key, value in item.items() if key.lower() == "href"), "")
    return address_of(joined(_start(item, place), raw)), raw


def relation(element: "_Element") -> str:
    """Return what a link leads to ("alternate", "self", "enclosure"); "" where it does not say."""
    return (element.get("rel") or "").strip().lower().removeprefix(_STANDARD_REL)


def _fitness(kind: str | None, href: str | None) -> int:
    """Return how fit a link is to be the entry's page, 0 the fittest."""
    kind = (kind or "").lower()
    if "html" in kind or href is None:
        return 0
    return 1 if not kind else 2


def _start(element: "_Element", place: Place) -> str:
    """Return the address from which those of an entry's links start."""
    if place.bases and (base := base_of(element, place.address)):
        return base
    return place.site or place.address


# Texts


def _title(fields: Fields, place: Place) -> Value | None:
    for element in _every(fields, ("title", "dc:title", "media:title", "itunes:title")):
        value = title_of(element, atom=place.atom)
        if value.text.strip():
            return value._replace(text=value.text.strip()[: 2 * BODY_LIMIT])
    for group in fields.get("media:group", ()):
        for element in _every(fields_of(group, place.names), ("media:title",)):
            if (value := title_of(element, atom=False)).text.strip():
                return value
    return None


def _body(fields: Fields, place: Place, title: Value | None) -> tuple[Value | None, bool]:
    """Return the text of an entry, and whether it is a summary with no content beside it.

    The entry's own text comes first: what a medium in it, or a list of podcasts, says of it counts
    only where there is none.
    """
    atom = place.atom
    contents = [v for e in _every(fields, _CONTENTS) if (v := body_of(e, atom=atom))]
    content = max(contents, key=lambda v: (v.html, len(v.text)), default=None)
    summary = next((v for e in _every(fields, _SUMMARIES) if (v := body_of(e, atom=atom))), None)
    if content and not summary:
        return content, False
    if content and summary:
        length, other = _length(content), _length(summary)
        if length and (other < 2 * length or length > _STUB):
            return content, False
        if not other:
            return content, False
        if not length and summary.html and content.html and _SHOWN.search(content.text):
            summary = summary._replace(text=f"{content.text}\n{summary.text}")
        return summary, not length
    if summary and (_length(summary) or _SHOWN.search(summary.text)):
        return summary, True
    told = _told_of_media(fields, place, title)
    return (told, False) if told else (summary, True)


def _length(value: Value) -> int:
    """Return about how many characters of a text are seen."""
    return len(_TAGS.sub("", value.text) if value.html else value.text.strip())


def _told_of_media(fields: Fields, place: Place, title: Value | None) -> Value | None:
    """Return what is said of the entry's recording, film or picture, the longest first."""
    elements = list(_every(fields, (*_SPOKEN[:2], "media:description")))
    for group in fields.get("media:group", ()):
        inside = fields_of(group, place.names)
        elements += inside.get("media:description", ())
        elements += _within(inside.get("media:content", ()), place.names)
    elements += _within(fields.get("media:content", ()), place.names)
    elements += fields.get(_SPOKEN[2], ())
    known = title.text.strip() if title else ""
    for element in elements:
        value = body_of(element, atom=False, flowing=False)
        if value and value.text.strip() != known:
            return value
    return None


def _within(elements: Iterable["_Element"], names: Names) -> list["_Element"]:
    return [e for parent in elements for e in parent if names(e.tag) == "media:description"]


# People, languages, dates, files


def _authors(fields: Fields, place: Place) -> str | None:
    own = authors_of(fields, place.names)
    for source in () if own else fields.get("source", ()):
        own = authors_of(fields_of(source, place.names), place.names)
    return byline(own or place.people)


def authors_of(fields: Fields, names: Names) -> tuple[str, ...]:
    """Return whoever a feed or an entry names as its authors, as written."""
    found = []
    for element in _every(fields, ("author", "dc:creator", "dcterms:creator", "dc:author")):
        inside = fields_of(element, names)
        told = first_text(inside, "name") or first_text(inside, "email") if inside else ""
        told = told or ("" if {"name", "email", "uri"} & set(inside) else plain(element))
        found.append(_unmarked(told))
    if not any(found):
        found = [plain(e) for e in _every(fields, ("itunes:author", "googleplay:author"))]
    if not any(found):
        found = [plain(e) for e in _every(fields, ("media:credit", "dc:contributor"))
                 if e.get("role", "author") == "author"]  # fmt: skip
    return tuple(filter(None, found))


def _unmarked(told: str) -> str:
    if ("<" in told and "</" in told) or ("&" in told and looks_like_html(told)):
        from reader.intake.bodies import line_of_html  # noqa: PLC0415 - seldom

        return line_of_html(told)
    return told


def _language(item: "_Element", fields: Fields, body: Value | None, place: Place) -> str | None:
    told = language_at(body.element if body else item) if place.languages else None
    return language_of(told) or language_of(first_text(fields, "dc:language", "language"))


def _moment(fields: Fields, names: Sequence[str]) -> datetime | None:
    for element in _every(fields, names):
        told = plain(element)
        moment = _counted(told) if told.isdecimal() else parse_stamp(told) if told else None
        if moment and moment >= EARLIEST:
            return moment
    return None


def _counted(told: str) -> datetime | None:
    """Return a moment that is told in seconds since 1970, or in thousandths of them."""
    if len(told) not in (9, 10, 12, 13):
        return parse_stamp(told)
    seconds = int(told) / (1000 if len(told) > 10 else 1)
    return datetime.fromtimestamp(seconds, UTC)


def dated(item: "_Element", names: Names) -> datetime | None:
    """Return when an entry was published, else changed; None where it does not say."""
    fields = fields_of(item, names)
    return _moment(fields, _PUBLISHED) or _moment(fields, _CHANGED) or _lastmod(item)


def _lastmod(item: "_Element") -> datetime | None:
    told = next((value for key, value in item.items() if key.lower() == "lastmod"), None)
    moment = parse_stamp(told) if told else None
    return moment if moment and moment >= EARLIEST else None


def _files(fields: Fields, place: Place) -> Iterator[tuple[str | None, str, str]]:
    """Yield address, type and length of each file that an entry brings along."""
    for element in fields.get("enclosure", ()):
        told = {key.lower(): value for key, value in element.items()}
        url = told.get("url") or told.get("href") or plain(element)
        yield joined(_start(element, place), url), told.get("type", ""), told.get("length", "")
    for element in fields.get("link", ()):
        if relation(element) == "enclosure":
            url = joined(_start(element, place), element.get("href"))
            yield url, element.get("type") or "", element.get("length") or ""


def enclosures_of(files: Iterable[tuple[str | None, str, str]]) -> tuple[Enclosure, ...]:
    """Return files by address, type and length, each once."""
    found: dict[str, Enclosure] = {}
    for told, kind, length in files:
        url = address_of(told)
        if url and url not in found:
            size = int(length) if re.fullmatch(r"[0-9]{1,15}", length.strip()) else None
            found[url] = Enclosure(url, (text_of(kind) or "")[:100], size or None)
        if len(found) == MOST_ENCLOSURES:
            break
    return tuple(found.values())
