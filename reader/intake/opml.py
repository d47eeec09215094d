"""OPML, by which readers hand over subscriptions (http://opml.org/spec2.opml)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from reader.errors import InputError
from reader.intake.feed_text import feed_text
from reader.intake.feed_tree import tree_of
from reader.intake.fields import text_of
from reader.model import Subscription
from reader.text.hygiene import shown_line

if TYPE_CHECKING:
    from lxml.etree import _Element

SIZE_LIMIT = 10_000_000
MOST = 20_000
"""So many subscriptions are taken from one file."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed as an OPML file names it."""

    address: str
    """As it stands in the file."""
    title: str = ""
    link: str | None = None
    tags: tuple[str, ...] = ()
    """The folders it lies in, outermost first, and its categories."""


def read_opml(data: bytes, where: str) -> list[Outline]:
    """Return the feeds of an OPML file, in its order; `InputError` where it is none.

    Folders are tags; a feed that lies in several folders is one feed with several tags.
    """
    root = _root(data, where)
    found: dict[str, Outline] = {}
    for element in _outlines(root):
        named = _attributes(element)
        address = text_of(named.get("xmlurl"), 4000)
        if not address or len(found) >= MOST:
            continue
        title = text_of(named.get("title")) or text_of(named.get("text")) or ""
        tags = [*_folders(element), *_categories(named.get("category"))]
        before = found.get(address)
        if before is not None:
            title, tags = before.title, [*before.tags, *tags]
        link = text_of(named.get("htmlurl"), 4000)
        found[address] = Outline(address, title, link, tuple(dict.fromkeys(tags)))
    return list(found.values())


def _root(data: bytes, where: str) -> "_Element":
    from lxml import etree  # noqa: PLC0415 - only OPML needs it here

    if len(data) > SIZE_LIMIT:
        raise InputError(where, f"it is larger than {SIZE_LIMIT / 1e6:g} MB")
    # the forgiving reader of feeds: libxml2's recovery makes other addresses of a bare "&"
    tree = tree_of(feed_text(data, {}))
    root = tree.root if tree else None
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise InputError(
            where,
            "it is no OPML file, nor another list of feeds (an address in each line); "
            "`reader import` takes articles in files",
        )
    return root


def _is_outline(element: "_Element") -> bool:
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2].lower() == "outline"


def _outlines(root: "_Element") -> Iterator["_Element"]:
    return filter(_is_outline, root.iter())


def _outlines_around(element: "_Element") -> Iterator["_Element"]:
    return filter(_is_outline, element.iterancestors())


def _attributes(element: "_Element") -> dict[str, Any]:
    return {str(name).lower(): value for name, value in element.attrib.items()}


def _folders(element: "_Element") -> Iterator[str]:
    folders = []
    for parent in _outlines_around(element):
        named = _attributes(parent)
        if "xmlurl" not in named and (tag := _tag(named.get("text") or named.get("title"))):
            folders.append(tag)
    yield from reversed(folders[:20])


def _categories(value: Any) -> Iterator[str]:
    for path in (value or "").split(",")[:50]:
        for name in path.split("/"):
            if tag := _tag(name):
                yield tag


def _tag(value: Any) -> str | None:
    return (text_of(value, 100) or "").replace(",", " ").strip() or None


def write_opml(subscriptions: Iterable[Subscription], now: datetime | None = None) -> bytes:
    """Return an OPML 2.0 file of subscriptions: a folder for each first tag, all in `category`."""
    from lxml import etree  # noqa: PLC0415 - as above

    now = now or datetime.now(UTC)
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "Subscriptions of reader"
    etree.SubElement(head, "dateCreated").text = now.strftime("%a, %d %b %Y %H:%M:%S GMT")
    body = etree.SubElement(root, "body")
    for tag, feeds in _grouped(list(subscriptions)):
        named = {"text": shown_line(tag), "title": shown_line(tag)}
        parent = etree.SubElement(body, "outline", named) if tag else body
        for feed in feeds:
            etree.SubElement(parent, "outline", _outline(feed))
    told: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return told


def _grouped(feeds: Sequence[Subscription]) -> list[tuple[str, list[Subscription]]]:
    groups: dict[str, list[Subscription]] = {}
    for feed in feeds:
        groups.setdefault(feed.tags[0] if feed.tags else "", []).append(feed)
    return sorted(groups.items(), key=lambda pair: (pair[0] == "", pair[0].casefold()))


def _outline(feed: Subscription) -> dict[str, str]:
    named = {"type": "rss", "text": feed.shown, "title": feed.shown, "xmlUrl": feed.address}
    if feed.link:
        named["htmlUrl"] = feed.link
    if feed.tags:
        named["category"] = ",".join(tag.replace("/", " ") for tag in feed.tags)
    return {name: shown_line(value) for name, value in named.items()}  # XML has no control signs
