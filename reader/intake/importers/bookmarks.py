"""Lists of links as HTML: browsers' bookmarks (Netscape's format), exports of Pocket, Instapaper.

Browsers, Raindrop, Pinboard, linkding, Linkwarden, Shiori and many more write the first. Folders
become tags, but for those that every browser has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from reader.errors import InputError
from reader.intake.importers.base import MOST_ITEMS, Found, Given, Importer
from reader.intake.importers.saved import Saved, draft_of_saved, split_tags
from reader.model import Failure
from reader.text.hygiene import clean_line

_NETSCAPE = re.compile(
    r"\s*(?:<!--(?:(?!-->).)*-->\s*)*<!doctype\s+netscape-bookmark-file", re.IGNORECASE | re.DOTALL
)
_EXPORT = re.compile(
    r"<title>\s*(?:Pocket Export|Instapaper(?::| -)? Export)\s*</title>", re.IGNORECASE
)
_TAG = re.compile(
    r"<(/?)(dl|dt|dd|li|a|h[1-3])(?=[\s>])((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_OTHER_TAG = re.compile(r"<[^<>]*>")
_ROOT = re.compile(r"personal_toolbar_folder|unfiled_bookmarks_folder", re.IGNORECASE)
_MOST_FOLDERS = 20
_LONGEST = 20_000
"""Characters that are taken of a title or a description."""
_WEB = re.compile(r"https?://", re.IGNORECASE)
_ROOTS = frozenset({
    "bookmarks", "bookmarks menu", "bookmarks bar", "bookmarks toolbar", "other bookmarks",
    "mobile bookmarks", "favorites bar", "favorites", "reading list", "com.apple.readinglist",
    "imported", "unsorted", "unread", "home",
})  # fmt: skip
_READ_PARTS = frozenset({"read archive", "archive", "archived", "read"})
_STARRED_PARTS = frozenset({"starred", "favorites", "liked"})


@dataclass
class _Link:
    """A link of the list, and where it stands."""

    named: dict[str, str]
    """Its attributes, names in lower case."""
    folders: tuple[str, ...]
    part: str
    """The heading above it, in the lists of Pocket and Instapaper."""
    words: str = ""
    about: str = ""
    """The description below it."""


class _Walk:
    """Gathers the links of a list as they come.

    No tree is made of it: hardly an element of such a list has an end, so that trees are as deep as
    the list is long. `html.parser` needs the square of the time for tags without an end.
    """

    def __init__(self) -> None:
        self.links: list[_Link] = []
        self._folders: list[str] = []
        self._pending = ""
        self._part = ""
        self._in = ""
        self._heading = ""

    def take(self, html: str) -> None:
        """Go through a list."""
        at = 0
        for tag in _TAG.finditer(html):
            self._words(html[at : tag.start()])
            at = tag.end()
            name = tag[2].lower()
            if tag[1]:
                self._closed(name)
            else:
                self._opened(name, tag[3])
        self._words(html[at:])

    def _opened(self, tag: str, attributes: str) -> None:
        self._leave()
        if tag == "dl":
            self._folders.append(self._pending)
            self._pending = ""
        elif tag == "a":
            folders = tuple(name for name in self._folders[-_MOST_FOLDERS:] if name)
            self.links.append(_Link(_attributes(attributes), folders, self._part))
            self._in = tag
        elif tag in {"h1", "h2", "h3"}:
            self._heading, self._in = "", "root" if _ROOT.search(attributes) else tag
        elif tag == "dd":
            self._in = tag

    def _closed(self, tag: str) -> None:
        if tag in {"a", "h1", "h2", "h3", "dl"}:
            self._leave()
        if tag == "dl" and self._folders:
            self._folders.pop()

    def _words(self, html: str) -> None:
        if not self._in or not html:
            return
        words = unescape(_OTHER_TAG.sub(" ", html[:_LONGEST]))
        if self._in in {"h1", "h2", "h3"}:
            self._heading += words
        elif self._in == "a":
            self.links[-1].words += words
        elif self._in == "dd" and self.links:
            self.links[-1].about += words

    def _leave(self) -> None:
        heading = clean_line(self._heading).text
        if self._in == "h3":
            self._pending = heading
        elif self._in in {"h1", "h2"}:
            self._part = heading
        elif self._in == "root":
            self._pending = ""
        self._in = ""


def _attributes(text: str) -> dict[str, str]:
    """Return the attributes of a tag, their names in lower case."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = next((part for part in match.group(2, 3, 4) if part is not None), "")
        found.setdefault(match[1].lower(), unescape(value))
    return found


def is_bookmarks(given: Given) -> bool:
    """Return True for bookmarks, and for Pocket's and Instapaper's lists."""
    return bool(_NETSCAPE.match(given.start) or _EXPORT.search(given.start))


def articles_of_bookmarks(given: Given) -> Iterator[Found]:
    """Yield an article for each link to a page; what is no page (`place:`, scripts) is left out."""
    walk = _Walk()
    walk.take(given.text)
    pages = [link for link in walk.links if _WEB.match(link.named.get("href", ""))]
    if not pages:
        raise InputError(given.where, "it is a list of bookmarks without any address of a page")
    if len(pages) > MOST_ITEMS:
        raise InputError(given.where, f"it has more than {MOST_ITEMS:,} links; split it")
    for number, link in enumerate(pages, 1):
        part = f"link {number}"
        try:
            yield given.article(draft_of_saved(_entry(link), f"{given.where}, {part}"), part)
        except InputError as error:
            yield Failure(error.where, error.reason)


def _entry(link: _Link) -> Saved:
    part = link.part.casefold()
    listed = bool(link.folders) or "add_date" in link.named  # not Pocket's, not Instapaper's
    known = _ROOTS | _READ_PARTS | _STARRED_PARTS
    folders = [name for name in link.folders if name.casefold() not in _ROOTS]
    own = [link.part] if not listed and link.part and part not in known else []
    words, address = clean_line(link.words).text, link.named.get("href", "")
    return Saved(
        url=address,
        title=words if words != address else None,
        about=clean_line(link.about).text or None,
        added=link.named.get("add_date") or link.named.get("time_added"),
        tags=[*split_tags(link.named.get("tags")), *folders, *own],
        read=not listed and part in _READ_PARTS,
        starred=not listed and part in _STARRED_PARTS,
    )


BOOKMARKS = Importer("a list of bookmarks", is_bookmarks, articles_of_bookmarks)
