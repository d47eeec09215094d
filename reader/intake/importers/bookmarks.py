"""Lists of links as HTML: browsers' bookmarks (Netscape's format), exports of Pocket, Instapaper.

Browsers, Raindrop, Pinboard, linkding, Linkwarden, Shiori and many more write the first. Folders
become tags, but for those that every browser has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reader.errors import InputError
from reader.intake.blocks import parsed
from reader.intake.importers.base import MOST_ITEMS, Found, Given, Importer
from reader.intake.importers.saved import Saved, draft_of_saved, split_tags
from reader.model import Failure
from reader.text.hygiene import clean_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_NETSCAPE = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<!doctype\s+netscape-bookmark-file", re.IGNORECASE | re.DOTALL
)
_EXPORT = re.compile(
    r"<title>\s*(?:Pocket Export|Instapaper(?::| -)? Export)\s*</title>", re.IGNORECASE
)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_ROOTS = frozenset({
    "bookmarks", "bookmarks menu", "bookmarks bar", "bookmarks toolbar", "other bookmarks",
    "mobile bookmarks", "favorites bar", "favorites", "reading list", "com.apple.readinglist",
    "imported", "unsorted", "unread", "home",
})  # fmt: skip
_READ_PARTS = frozenset({"read archive", "archive", "archived", "read"})
_STARRED_PARTS = frozenset({"starred", "favorites", "liked"})


@dataclass
class _Walk:
    """Where the walk through the list is: its folders, and the part of an export."""

    folders: list[str] = field(default_factory=list)
    pending: str = ""
    """A folder's name whose list has not begun yet."""
    part: str = ""


def is_bookmarks(given: Given) -> bool:
    """Return True for bookmarks, and for Pocket's and Instapaper's lists."""
    return bool(_NETSCAPE.match(given.start) or _EXPORT.search(given.start))


def articles_of_bookmarks(given: Given) -> Iterator[Found]:
    """Yield an article for each link to a page; what is no page (`place:`, scripts) is left out."""
    root = parsed(given.text)
    number = 0
    for link, walk in _links(root) if root is not None else ():
        if not _WEB.match(link.get("href") or ""):
            continue
        number += 1
        if number > MOST_ITEMS:
            raise InputError(given.where, f"it has more than {MOST_ITEMS:,} links; split it")
        part = f"link {number}"
        try:
            yield given.article(draft_of_saved(_entry(link, walk), f"{given.where}, {part}"), part)
        except InputError as error:
            yield Failure(error.where, error.reason)
    if not number:
        raise InputError(given.where, "it is a list of bookmarks without any address of a page")


def _links(root: "_Element") -> Iterator[tuple[Any, _Walk]]:
    """Yield the links in their order, and where they stand."""
    from lxml.etree import iterwalk  # noqa: PLC0415 - only such lists need it

    walk = _Walk()
    for event, element in iterwalk(root, events=("start", "end")):
        tag = element.tag
        if tag == "dl":
            if event == "start":
                walk.folders.append(walk.pending)
                walk.pending = ""
            elif walk.folders:
                walk.folders.pop()
        elif event == "start" and tag == "h3":
            own = element.get("personal_toolbar_folder") or element.get("unfiled_bookmarks_folder")
            walk.pending = "" if own else clean_line("".join(element.itertext())).text
        elif event == "start" and tag in {"h1", "h2"}:
            walk.part = clean_line("".join(element.itertext())).text
        elif event == "start" and tag == "a":
            yield element, walk


def _entry(link: Any, walk: _Walk) -> Saved:
    part = walk.part.casefold()
    folders = [name for name in walk.folders if name and name.casefold() not in _ROOTS]
    known = _ROOTS | _READ_PARTS | _STARRED_PARTS
    named = [walk.part] if not walk.folders and walk.part and part not in known else []
    words = clean_line("".join(link.itertext())).text
    return Saved(
        url=link.get("href"),
        title=words if words != link.get("href") else None,
        about=_described(link),
        added=link.get("add_date") or link.get("time_added"),
        tags=[*split_tags(link.get("tags")), *folders, *named],
        read=not walk.folders and part in _READ_PARTS,
        starred=not walk.folders and part in _STARRED_PARTS,
    )


def _described(link: Any) -> str | None:
    """Return the description below a bookmark, which HTML leaves without an end."""
    holder = link.getparent()
    after = holder.getnext() if holder is not None and holder.tag == "dt" else None
    if after is None or after.tag != "dd":
        return None
    words = [after.text or ""]
    for child in after:
        if child.tag not in {"br", "b", "i", "em", "strong", "p"}:
            break
        words.append("".join(child.itertext()) + (child.tail or ""))
    return clean_line(" ".join(words)).text or None


BOOKMARKS = Importer("a list of bookmarks", is_bookmarks, articles_of_bookmarks)
