"""OPML, by which readers hand over subscriptions (http://opml.org/spec2.opml)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from reader.errors import InputError
from reader.intake.feed_text import feed_text
from reader.intake.feed_tree import Tree, tree_of, unescaped
from reader.intake.fields import text_of
from reader.model import Failure, Subscription
from reader.text.hygiene import shown_line

if TYPE_CHECKING:
    from lxml.etree import _Element

SIZE_LIMIT = 10_000_000
MOST = 20_000
"""So many subscriptions are taken from one file."""
MOST_FAILED = 100
_FEED_TYPES = frozenset({"rss", "rss1", "rss2", "atom", "feed", "rdf"})


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed as an OPML file names it."""

    address: str
    """As it stands in the file."""
    title: str = ""
    link: str | None = None
    tags: tuple[str, ...] = ()
    """The folders it lies in, outermost first, and its categories."""


@dataclass(frozen=True, slots=True)
class OpmlFile:
    """What an OPML file holds."""

    feeds: tuple[Outline, ...]
    """In their order in the file."""
    failed: tuple[Failure, ...] = ()
    """What of it is wrong: feeds without an address, an end in the middle."""


def read_opml(data: bytes, where: str) -> list[Outline]:
    """Return the feeds of an OPML file, in its order; `InputError` when it is none."""
    return list(opml_file(data, where).feeds)


def opml_file(data: bytes, where: str) -> OpmlFile:
    """Return the feeds of an OPML file and what is wrong with it; `InputError` when it is none.

    Folders are tags; a feed that lies in several folders is one feed with several tags.
    """
    tree = _tree(data, where)
    found: dict[str, Outline] = {}
    failed: list[Failure] = []
    for element in _outlines(tree.root):
        named = _attributes(element)
        address = _address(named)
        title = _words(named.get("title")) or _words(named.get("text"))
        if not address:
            if _should_have_address(element, named):
                failed.append(Failure(where, f"“{title or 'a feed'}” in it has no address"))
            continue
        if len(found) >= MOST:
            continue
        link = text_of(named.get("htmlurl"), 4000)
        tags = [*_folders(element), *_categories(named.get("category"))]
        before = found.get(address)
        if before is not None:
            title, link = before.title or title, before.link or link
            tags = [*before.tags, *tags]
        found[address] = Outline(address, title, link, tuple(dict.fromkeys(tags)))
    if tree.cut is not None:
        count = f"{len(found)} feed{'s' if len(found) != 1 else ''}"
        reason = f"it ends in the middle; what came before that is taken ({count}), export it again"
        failed.append(Failure(where, reason))
    return OpmlFile(tuple(found.values()), tuple(failed[:MOST_FAILED]))


def _tree(data: bytes, where: str) -> Tree:
    from lxml import etree  # noqa: PLC0415 - only OPML needs it here

    if len(data) > SIZE_LIMIT:
        raise InputError(where, f"it is larger than {SIZE_LIMIT / 1e6:g} MB")
    # the forgiving reader of feeds: libxml2's recovery makes other addresses of a bare "&"
    tree = tree_of(feed_text(data, {}))
    if tree is None or etree.QName(tree.root).localname.lower() != "opml":
        raise InputError(
            where,
            "it is no OPML file, nor another list of feeds (an address in each line); "
            "`reader import` takes articles in files",
        )
    return tree


def _is_outline(element: "_Element") -> bool:
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2].lower() == "outline"


def _outlines(root: "_Element") -> Iterator["_Element"]:
    return filter(_is_outline, root.iter())


def _outlines_around(element: "_Element") -> Iterator["_Element"]:
    return filter(_is_outline, element.iterancestors())


def _attributes(element: "_Element") -> dict[str, Any]:
    return {str(name).lower(): value for name, value in element.attrib.items()}


def _address(named: Mapping[str, Any]) -> str | None:
    """Return the address of a feed; None when an outline is none.

    Some programs write it as "url", as other kinds of outlines have it. "&amp;" is an "&" that was
    escaped twice.
    """
    told = named.get("xmlurl")
    if not told and _says_feed(named):
        told = named.get("url")
    address = text_of(told, 4000)
    return address.replace("&amp;", "&") if address else None


def _says_feed(named: Mapping[str, Any]) -> bool:
    return (named.get("type") or "").strip().lower() in _FEED_TYPES


def _should_have_address(element: "_Element", named: Mapping[str, Any]) -> bool:
    """Return True for an outline that says it is a feed, or has an empty place for its address."""
    if any(_is_outline(child) for child in element):
        return False  # a folder that calls itself a feed
    return _says_feed(named) or "xmlurl" in named


def _words(value: Any) -> str:
    """Return a title or the name of a folder as one line, also if it was escaped twice."""
    return text_of(unescaped(value) if isinstance(value, str) else value) or ""


def _folders(element: "_Element") -> Iterator[str]:
    folders = []
    for parent in _outlines_around(element):
        named = _attributes(parent)
        if not _address(named) and (tag := _tag(named.get("text") or named.get("title"))):
            folders.append(tag)
    yield from reversed(folders[:20])


def _categories(value: Any) -> Iterator[str]:
    for path in (value or "").split(",")[:50]:
        for name in path.split("/"):
            if tag := _tag(name):
                yield tag


def _tag(value: Any) -> str | None:
    """Return a folder's name as a tag, which can hold no comma."""
    return " ".join(_words(value).replace(",", " ").split())[:100].strip() or None


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
