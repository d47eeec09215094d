"""EPUB: the documents of a book in their order, each with running text an article.

A newspaper or a list of saved articles that was made into an EPUB so becomes its articles, a book
its chapters. The form is that of https://www.w3.org/TR/epub-33/; zipfile and lxml read it.
"""

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from reader.errors import InputError
from reader.intake import fields
from reader.intake.bodies import body_paragraphs
from reader.intake.decode import UndecodableError, decoded
from reader.intake.draft import Draft
from reader.intake.importers.archives import Archive
from reader.intake.importers.base import Found, Given
from reader.intake.importers.saved import moment
from reader.intake.page import declared_charset
from reader.model import Failure
from reader.text import lines
from reader.text.hygiene import clean_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_DOCUMENTS = 5_000
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_NO_BOOK = "it is an EPUB whose list of contents cannot be read; convert it once more"
_ENCRYPTED = "it is an EPUB with copy protection, and cannot be read"
_ASIDE = frozenset({"nav", "toc", "cover", "titlepage", "copyright-page"})


def articles_of_book(given: Given, archive: Archive) -> Iterator[Found]:
    """Yield the documents of a book as articles, those without running text left out."""
    rights = archive.read("META-INF/rights.xml")
    if rights or b"EncryptedKey" in (archive.read("META-INF/encryption.xml") or b""):
        raise InputError(given.where, _ENCRYPTED)
    place = _package_place(archive, given.where)
    package = _xml(archive.read(place), given.where)
    about = _about(package)
    found = 0
    for number, name in enumerate(_spine(package, place)):
        if number >= _MOST_DOCUMENTS:
            break
        try:
            data = archive.read(name)
            draft = _draft(data, about) if data else None
        except InputError as error:
            yield Failure(error.where, error.reason)
            continue
        if draft is not None:
            found += 1
            part = draft.title or name
            yield given.article(draft, part)
    if not found:
        raise InputError(given.where, "it is an EPUB without running text; it may be of pictures")


def _package_place(archive: Archive, where: str) -> str:
    root = _xml(archive.read("META-INF/container.xml"), where)
    for element in root.iter("{*}rootfile"):
        if path := element.get("full-path"):
            return posixpath.normpath(unquote(path))
    raise InputError(where, _NO_BOOK)


def _xml(data: bytes | None, where: str) -> "_Element":
    from lxml import etree  # noqa: PLC0415 - only books need it

    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, recover=True, huge_tree=False
    )
    try:
        root: _Element | None = etree.fromstring(data, parser=parser) if data else None
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise InputError(where, _NO_BOOK)
    return root


def _about(package: "_Element") -> dict[str, Any]:
    """Return what the package says about the whole book."""
    told: dict[str, list[str]] = {}
    for element in package.iter("{http://purl.org/dc/elements/1.1/}*"):
        name = str(element.tag).rpartition("}")[2]
        words = clean_line("".join(element.itertext())).text
        if words:
            told.setdefault(name, []).append(words)
    one = {name: values[0] for name, values in told.items()}
    return {
        "book": one.get("title"),
        "author": fields.author_of(told.get("creator")),
        "language": fields.language_of(one.get("language")),
        "published": moment(one.get("date")),
        "name": one.get("identifier") or one.get("title") or "",
    }


def _spine(package: "_Element", place: str) -> Iterator[str]:
    """Yield the names of the documents in the order in which they are read."""
    folder = posixpath.dirname(place)
    items = {}
    for item in package.iter("{*}item"):
        aside = set((item.get("properties") or "").split()) & _ASIDE
        if item.get("media-type") in _PAGES and item.get("href") and not aside:
            path = unquote(item.get("href").split("#", 1)[0])
            items[item.get("id")] = posixpath.normpath(posixpath.join(folder, path))
    seen = set()
    for reference in package.iter("{*}itemref"):
        name = items.get(reference.get("idref"))
        if name and name not in seen and reference.get("linear") != "no":
            seen.add(name)
            yield name


def _draft(data: bytes, about: dict[str, Any]) -> Draft | None:
    """Return the draft of one document; None if it holds no running text."""
    try:
        html = decoded(data, declared_charset(data))
    except UndecodableError:
        return None
    parts, stripped = body_paragraphs(html)
    if not any(lines.word_count(p.text) >= 5 and lines.ends_sentence(p.text) for p in parts):
        return None
    heading = next((part for part in parts[:5] if part.kind == "heading"), None)
    title = heading.text if heading is not None else None
    rest = tuple(part for part in parts if part is not heading)
    return Draft(
        rest,
        scraped=False,
        given=f"book {about['name']}\t{title or rest[0].text[:80]}",
        title=title,
        source=about["book"],
        author=about["author"],
        language=about["language"],
        published=about["published"],
        stripped=stripped,
    )
