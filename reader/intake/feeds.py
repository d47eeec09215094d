"""A feed's bytes to its entries: RSS 0.9x to 2.0, RDF, Atom, CDF, JSON Feed.

Bytes become text (`feed_text`), text a tree (`feed_tree`), and one set of rules reads the tree
(`feed_entries`), so that what comes of an entry never depends on which parser took the document.

This is run in a worker process with a limit of time and of memory (`reader.intake.parsing`), and
it is never given a path or an address to open, only bytes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from reader.errors import InputError
from reader.intake import json_feed
from reader.intake.bodies import line_of_html
from reader.intake.feed_entries import (
    Fields,
    Place,
    authors_of,
    dated,
    entry_of,
    fields_of,
    first_text,
    relation,
)
from reader.intake.feed_names import ROOTS, Names, split
from reader.intake.feed_text import feed_text
from reader.intake.feed_tree import Tree, tree_of
from reader.intake.feed_values import base_of, joined, language_at, plain, title_of
from reader.intake.fields import address_of, language_of, text_of
from reader.model import Entry, Feed

if TYPE_CHECKING:
    from lxml.etree import _Element

CUT = "it ends in the middle, so that the last of it is missing"
MOST_ENTRIES = 1000
"""So many entries are taken from one feed, the newest where there are more."""
MOST_DATED = 50_000
"""Of so many entries the dates are looked at; a document with more is no feed to be read whole."""

_ENTRIES = frozenset({"item", "entry"})
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)


def parse_feed(
    body: bytes, headers: Mapping[str, str], address: str, *, most: int = MOST_ENTRIES
) -> Feed:
    """Return the feed that these bytes are; `InputError` where they are none.

    `headers` are the response's, their names in lower case; `address` is where the bytes came from
    and what relative addresses start from, where neither they nor the feed's site name a base.
    """
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise InputError(address, "the answer is empty")
    if json_feed.is_json(body):
        return _capped(json_feed.parse(body, address), most)
    text = feed_text(body, headers)
    page = _PAGE.match(text)
    tree = None if page else tree_of(text)
    found = _feed(tree, _base(headers, address), most) if tree else None
    if found is None:
        what = "a web page, not a feed" if page else "no feed"
        raise InputError(address, f"what the server sent is {what}; check the address")
    return found


def _base(headers: Mapping[str, str], address: str) -> str:
    """Return the base that the server names, else the address."""
    try:
        whole = urljoin(address, headers.get("content-location") or "")
    except ValueError:
        return address
    return whole if address_of(whole) else address


def _newest(dates: Sequence[datetime | None], most: int) -> list[int]:
    """Return the places of the newest, in their order; those without a date are the oldest."""
    never = datetime.min.replace(tzinfo=UTC)
    newest = sorted(range(len(dates)), key=lambda n: dates[n] or never, reverse=True)
    return sorted(newest[:most])


def _capped(feed: Feed, most: int) -> Feed:
    if len(feed.entries) <= most:
        return feed
    places = _newest([entry.published for entry in feed.entries], most)
    kept = tuple(feed.entries[n] for n in places)
    return replace(feed, entries=kept, left_out=len(feed.entries) - most)


def _feed(tree: Tree, address: str, most: int = MOST_ENTRIES) -> Feed | None:
    """Return the feed of a tree; None where it is none."""
    names = Names(str(tree.root.tag))
    items = _items(tree.root, names)
    if split(str(tree.root.tag))[1].lower() not in ROOTS and not items:
        return None
    head = next((e for e in tree.root.iter() if names(e.tag) in {"channel", "feed"}), tree.root)
    fields = fields_of(head, names)
    place, link = _place(head, fields, names, address)
    left_out = max(0, len(items) - most)
    if left_out:
        dates = [dated(item, names) for item in items[:MOST_DATED]]
        items = [items[n] for n in _newest(dates, most)]
    entries: list[Entry] = []
    for item in items:
        if tree.cut is None or not _holds(item, tree.cut):
            entries.append(entry_of(item, place))
        elif _is_known(item, tree.cut, names) or not entries:
            entries.append(replace(entry_of(item, place), cut=True))
    return Feed(
        title=_title(fields, atom=place.atom),
        link=link,
        language=language_of(first_text(fields, "language", "dc:language"))
        or language_of(language_at(head)),
        entries=tuple(_once(entries) if place.atom else entries),
        left_out=left_out,
        fault="" if tree.cut is None else CUT,
    )


def _items(root: "_Element", names: Names) -> list["_Element"]:
    """Return the elements that are entries, wherever they lie, none inside another."""
    return [
        element
        for element in root.iter()
        if names(element.tag) in _ENTRIES
        and not any(names(around.tag) in _ENTRIES for around in element.iterancestors())
    ]


def _holds(element: "_Element", inner: "_Element | None") -> bool:
    while inner is not None:
        if inner is element:
            return True
        inner = inner.getparent()
    return False


def _is_known(item: "_Element", cut: "_Element", names: Names) -> bool:
    """Tell whether the id of an entry or its address came whole, though the entry did not.

    One without would come again under another id as soon as the feed comes whole.
    """
    telling = {"guid", "id", "link"}
    return any(
        names(e.tag) in telling and e is not cut and (plain(e) or len(e.attrib)) for e in item
    )


def _place(
    head: "_Element", fields: Fields, names: Names, address: str
) -> tuple[Place, str | None]:
    """Return what the entries of a feed share, and the page that the feed belongs to."""
    about = _attributes(head.getroottree().getroot())
    atom = names(head.tag) == "feed"
    place = Place(
        address, None, names, atom=atom, bases="base" in about, languages="lang" in about,
        people=authors_of(fields, names) if atom else (),
    )  # fmt: skip
    link = _site(head, fields, place)
    # an Atom feed's addresses start from the feed itself, unless it lies on another host
    elsewhere = link and urlsplit(link).hostname != urlsplit(address).hostname
    return replace(place, site=link if elsewhere or not atom else None), link


def _attributes(root: "_Element") -> set[str]:
    """Return the names of all attributes with a namespace, and of CDF's base, in lower case."""
    found = {key for element in root.iter() for key in element.attrib}
    return {key.rpartition("}")[2].lower() for key in found if "}" in key or key == "BASE"}


def _site(head: "_Element", fields: Fields, place: Place) -> str | None:
    """Return the page that a feed belongs to."""
    found = []
    for element in fields.get("link", ()):
        if (rel := relation(element)) in ("", "alternate"):
            start = (base_of(element, place.address) if place.bases else None) or place.address
            href = element.get("href")
            url = address_of(joined(start, plain(element) if href is None else href))
            if url:
                kind = (element.get("type") or "html").lower()
                found.append(("html" not in kind, rel == "" and href is not None, url))
    if found:
        return min(found, key=lambda each: each[:2])[2]
    href = next((value for key, value in head.items() if key.lower() == "href"), None)
    return address_of(joined(place.address, href))


def _title(fields: Fields, *, atom: bool) -> str:
    for element in (*fields.get("title", ()), *fields.get("dc:title", ())):
        value = title_of(element, atom=atom)
        line = line_of_html(value.text) if value.html else text_of(value.text)
        if line:
            return line
    return ""


def _once(entries: list[Entry]) -> list[Entry]:
    """Return the entries of an Atom feed, each once: of several with one id the newest.

    Where the same id has several pages or titles, they are not the same entry, whatever it says.
    """
    found: dict[tuple[str, str | None, str], Entry] = {}
    for n, entry in enumerate(entries):
        key = (entry.guid, entry.link, entry.title) if entry.guid else ("", None, str(n))
        before = found.get(key)
        if before is None:
            found[key] = entry
        elif entry.issued != before.issued:
            found[(f"{entry.guid}\n{n}", entry.link, entry.title)] = entry
        elif entry.changed and (before.changed is None or entry.changed > before.changed):
            found[key] = entry
    return list(found.values())
