"""Clippings of pages in Apple's and Evernote's formats: Safari's `.webarchive`, and `.enex`.

A web archive is a property list with the page and its address. An export of Evernote's has notes,
each with its text as XHTML, tags, and the address that it was clipped from.
"""

import plistlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError

from reader.errors import InputError
from reader.intake import fields
from reader.intake.decode import UndecodableError, decoded
from reader.intake.files import SIZE_LIMIT
from reader.intake.importers.base import MOST_ITEMS, Found, Given, Importer
from reader.intake.importers.saved import Saved, draft_of_saved
from reader.intake.importers.saved_pages import without_pictures
from reader.intake.page import draft_of_page
from reader.model import Failure

if TYPE_CHECKING:
    from lxml.etree import _Element

_EVERNOTE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE[^>\[]*>\s*)?<en-export[\s>]"
)
_ENEX_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")
_ARCHIVE = b"WebMainResource"


def is_web_archive(given: Given) -> bool:
    """Return True for Safari's web archives, binary or XML."""
    head = given.data[:4000]
    listed = head.startswith(b"bplist00") or b"<plist" in head[:1000]
    return listed and _ARCHIVE in given.data


def article_of_web_archive(given: Given) -> Iterator[Found]:
    """Yield the article of the archived page."""
    try:
        data = plistlib.loads(given.data)
    except (plistlib.InvalidFileException, ExpatError, ValueError, TypeError, KeyError, IndexError,
            OverflowError, RecursionError):  # fmt: skip
        data = None
    main = data.get(_ARCHIVE.decode()) if isinstance(data, dict) else None
    raw = main.get("WebResourceData") if isinstance(main, dict) else None
    if not isinstance(main, dict) or not isinstance(raw, bytes):
        raise InputError(given.where, "it is a damaged web archive; save the page as HTML")
    raw = without_pictures(raw)
    if len(raw) > SIZE_LIMIT:
        raise InputError(given.where, f"its page is larger than {SIZE_LIMIT / 1e6:g} MB")
    charset = main.get("WebResourceTextEncodingName")
    try:
        html = decoded(raw, charset if isinstance(charset, str) else None)
    except UndecodableError as error:
        raise InputError(given.where, str(error)) from None
    address = fields.address_of(main.get("WebResourceURL"))
    yield given.article(draft_of_page(html, given.where, address), named=True)


def is_evernote(given: Given) -> bool:
    """Return True for an export of Evernote's."""
    return bool(_EVERNOTE.match(given.data[:2000]))


def articles_of_evernote(given: Given) -> Iterator[Found]:
    """Yield an article for each note that has a text."""
    from lxml import etree  # noqa: PLC0415 - only this format needs it

    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, recover=True, huge_tree=True
    )
    try:
        root = etree.fromstring(given.data, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    notes = [] if root is None else list(root.iter("note"))[:MOST_ITEMS]
    if not notes:
        raise InputError(given.where, "it is an export of Evernote's without a note")
    for number, note in enumerate(notes, 1):
        part = f"note {number}"
        try:
            yield given.article(draft_of_saved(_entry(note), f"{given.where}, {part}"), part)
        except InputError as error:
            yield Failure(error.where, error.reason)


def _entry(note: "_Element") -> Saved:
    day = _ENEX_DAY.fullmatch((note.findtext("created") or "").strip())
    title = fields.text_of(note.findtext("title"))
    return Saved(
        url=note.findtext("note-attributes/source-url"),
        title=title,
        html=_body(note.findtext("content")),
        author=note.findtext("note-attributes/author"),
        added="{}-{}-{}T{}:{}:{}Z".format(*day.groups()) if day else None,
        tags=[tag.text for tag in note.findall("tag") if tag.text],
        given=f"note {title} {day[0] if day else ''}".strip(),
    )


def _body(content: Any) -> str | None:
    """Return a note's XHTML without what only XML has before it."""
    text = content if isinstance(content, str) else ""
    return re.sub(r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE[^>]*>\s*)?", "", text) or None


WEB_ARCHIVE = Importer("a web archive of Safari's", is_web_archive, article_of_web_archive)
EVERNOTE = Importer("an export of Evernote's", is_evernote, articles_of_evernote)
