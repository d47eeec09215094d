"""One input (a file, standard input, what an address gave) to the articles in it, by its format."""

import gzip
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import urlsplit

from reader.errors import InputError
from reader.intake import files
from reader.intake.assemble import assembled
from reader.intake.draft import Arrival, Draft, ImportOptions
from reader.intake.feed_lists import is_opml
from reader.intake.fields import host_of
from reader.intake.files import Passed
from reader.intake.importers import documents, refused
from reader.intake.importers.address_lists import FEED_LIST, addresses_in
from reader.intake.importers.archives import Archive, is_archive, kind_of_archive, members
from reader.intake.importers.base import Found, Given, Importer, ReadApart
from reader.intake.importers.bookmarks import BOOKMARKS
from reader.intake.importers.clippings import EVERNOTE, WEB_ARCHIVE
from reader.intake.importers.csl import CSL
from reader.intake.importers.epub import articles_of_book
from reader.intake.importers.feed_files import FEED
from reader.intake.importers.google_reader import STREAM
from reader.intake.importers.mail import MAIL, MAILBOX, MHTML
from reader.intake.importers.newsboat import CACHE, SQLITE
from reader.intake.importers.read_later import READ_LATER
from reader.intake.importers.saved_pages import saved_from, without_pictures
from reader.intake.importers.tables import TABLE
from reader.intake.markdown import draft_of_markdown, has_front_matter
from reader.intake.page import declared_charset, draft_of_page
from reader.intake.plain import draft_of_text
from reader.intake.record_files import (
    EMPTY,
    Continued,
    articles_of_lines,
    articles_of_objects,
    is_object,
)
from reader.intake.records import says_an_article
from reader.model import Article, Failure, article_id, identity_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that is to be fetched: an address of a list whose pages are to be stored."""

    address: str


Read = Found | Passed | Wanted

_BINARY: tuple[Importer, ...] = (
    CACHE, documents.PDF, MHTML, MAILBOX, MAIL, WEB_ARCHIVE, EVERNOTE, refused.BINARY,
)  # fmt: skip
"""Told by their bytes, in this order."""
_TEXTUAL: tuple[Importer, ...] = (FEED, BOOKMARKS, STREAM, READ_LATER, CSL, TABLE, FEED_LIST)
"""Told by their text."""

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_OFFICE = {
    "opendocument": "an OpenDocument file; save it as .docx or HTML and import that",
    "spreadsheet": "a spreadsheet; save it as CSV and import that",
    "presentation": "a presentation; save its text and import that",
    "office": "an office document; save it as .docx or HTML and import that",
    "apple": "a document of Pages, Numbers or Keynote; export it as Word or EPUB",
}
_GENERAL_NAMES = frozenset({"index", "default", "readme"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._-]+)", re.IGNORECASE)
_GZIP = b"\x1f\x8b"
_FIRST_BYTES = 65_536
MOST_LINES = 200_000
"""No article has so many; each is looked at by itself."""
_TOO_MANY = f"it has more than {MOST_LINES:,} lines; split it, or give only the article"


def articles_of_file(
    named: files.Named, options: ImportOptions, read_apart: ReadApart | None = None
) -> Iterator[Read]:
    """Yield the articles of a file and what in it could not be used.

    `read_apart` reads what may do harm in a worker process; without it that is read here.
    """
    if named.ending in files.LINES:
        with files.opened(named) as file:
            yield from articles_of_lines(file, named.shown, options)
        return
    begins = files.beginning(named, len(SQLITE))
    if begins == SQLITE:
        data = begins
    elif named.ending in files.TEXT | files.MARKDOWN:
        data = files.contents(named)
    else:
        data = files.contents(named, files.LARGE)
    folder = named.path.parent

    def beside(name: str) -> bytes | None:
        path = folder / name
        other = files.Named(files.shown(str(path)), path)
        return files.contents(other, files.LARGE) if path.is_file() else None

    given = Given(
        data, named.shown, options, named.ending, _file_name(named.path), path=named.path,
        beside=beside, read_apart=read_apart,
    )  # fmt: skip
    yield from _sought(given) if named.sought else articles_in(given)


def articles_of_stream(
    stream: BinaryIO, where: str, options: ImportOptions, read_apart: ReadApart | None = None
) -> Iterator[Read]:
    """Yield the articles of standard input, whose format is told by how it begins."""
    try:
        start = stream.read(_FIRST_BYTES)
        first, end, _ = start.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
        if end and first.startswith(b"{") and is_object(first):
            yield from articles_of_lines(Continued(start, stream), where, options)
            return
        limit = max(files.LARGE, files.SIZE_LIMIT)
        data = start + stream.read(limit + 1 - len(start))
    except OSError as error:
        raise InputError(where, files.why(error)) from None
    if len(data) > files.LARGE:
        raise InputError(where, files.too_large(files.LARGE))
    yield from articles_in(Given(data, where, options, read_apart=read_apart))


def articles_in(given: Given) -> Iterator[Read]:
    """Yield the articles in bytes of any format; `InputError` when they cannot be used at all."""
    if given.data.startswith(_GZIP):
        given = _unpacked(given)
    if not given.data.strip():
        raise InputError(given.where, EMPTY)
    if given.read_apart is not None and documents.may_do_harm(given.data):
        yield from given.read_apart(
            given.data, given.where, given.ending, given.filename, given.options
        )
        return
    if is_archive(given):
        yield from _of_archive(given)
        return
    if importer := _claiming(given, _BINARY):
        yield from importer.read(given)
        return
    if b"<" in given.data[:200] or given.ending in files.HTML:
        given.data = without_pictures(given.data)
        given.charset = given.charset or declared_charset(given.data)
    if not given.text.strip():
        raise InputError(given.where, EMPTY)
    yield from _of_text(given)


def _of_text(given: Given) -> Iterator[Read]:
    """Yield the articles of a text: a list, JSON, or one article."""
    importer = _claiming(given, _TEXTUAL) if _may_be_listed(given) else None
    if importer is FEED_LIST and given.options.full_text and (found := addresses_in(given)):
        yield from map(Wanted, found)
    elif importer is not None:
        yield from importer.read(given)
    elif given.json is None and is_object(given.start.partition("\n")[0].encode()):
        yield from articles_of_lines(BytesIO(given.text.encode()), given.where, given.options)
    elif given.ending in files.JSON or given.json:
        yield from articles_of_objects(given)
    else:
        yield assembled(_draft(given), given.options, given.where, given.filename)


def _claiming(given: Given, importers: tuple[Importer, ...]) -> Importer | None:
    return next((importer for importer in importers if importer.claims(given)), None)


def _may_be_listed(given: Given) -> bool:
    """Return False for a text that is written as an article, whatever it looks like otherwise."""
    return not (given.ending in files.MARKDOWN or has_front_matter(given.start))


def _sought(given: Given) -> Iterator[Read]:
    """Yield the articles of a file in a folder if its ending means what is known here.

    What may be anything (`.json`, `.csv`, `.xml`) is passed over when it is not recognised.
    """
    if given.data.startswith(_GZIP):
        given = _unpacked(given)
    known = is_archive(given) or _claiming(given, (MHTML, MAILBOX, EVERNOTE)) is not None
    if not known and given.data.strip():
        importer = _claiming(given, _TEXTUAL)
        known = importer not in (None, FEED_LIST, TABLE) or (
            importer is TABLE and bool(TABLE.claims(replace(given, ending="")))
        )
        known = known or says_an_article(given.json) or bool(_HTML.match(given.start))
    if known:
        yield from articles_in(given)
    else:
        yield Passed(given.ending)


def _draft(given: Given) -> Draft:
    """Return the draft of an input that is one article: a page, Markdown, or plain text."""
    text, where = given.text, given.where
    if len(given.data) > files.SIZE_LIMIT:
        raise InputError(where, files.too_large(files.SIZE_LIMIT))
    page = bool(_HTML.match(given.start)) or given.ending in files.HTML
    if page and not (given.ending in files.MARKDOWN and has_front_matter(given.start)):
        return _page(given)
    if text.count("\n") > MOST_LINES:
        raise InputError(where, _TOO_MANY)
    if given.ending in files.MARKDOWN or has_front_matter(given.start):
        return draft_of_markdown(text, where)
    if refused.is_markup_of_a_page(given.start):
        return _page(given)
    if told := refused.known_text(given):
        raise InputError(where, f"it is {told}")
    return draft_of_text(text)


def _page(given: Given) -> Draft:
    saved = saved_from(given.text)
    draft = draft_of_page(given.text, given.where, given.address or saved.url)
    return replace(draft, there=saved.day)


def _unpacked(given: Given) -> Given:
    """Return what is in a gzip file; `InputError` when that is damaged or too much."""
    try:
        with gzip.GzipFile(fileobj=BytesIO(given.data)) as file:
            data = file.read(files.LARGE + 1)
    except (OSError, EOFError, zlib.error):
        raise InputError(given.where, "it is a damaged compressed file; get it once more") from None
    if len(data) > files.LARGE:
        raise InputError(
            given.where, f"it unpacks to more than {files.LARGE / 1e6:g} MB; unpack and split it"
        )
    if data.startswith(_GZIP) or data[257:262] == b"ustar":
        raise InputError(given.where, "it is a compressed archive; unpack it, import the folder")
    ending = PurePosixPath(PurePosixPath(given.path or "").stem).suffix.lower()
    return replace(given, data=data, ending=ending if given.ending == ".gz" else given.ending)


def _of_archive(given: Given) -> Iterator[Read]:
    """Yield the articles of a ZIP file: a book, a document, or files as in a folder."""
    archive = Archive(given.data, given.where)
    kind = kind_of_archive(archive)
    if kind == "epub":
        yield from articles_of_book(given, archive)
    elif kind == "docx":
        yield from documents.article_of_word(given, archive)
    elif kind:
        raise InputError(given.where, f"it is {_OFFICE[kind]}")
    else:
        yield from _of_members(given, archive)


def _of_members(given: Given, archive: Archive) -> Iterator[Read]:
    taken = 0
    names = [name for name, _, _ in members(archive)]
    for name, ending, sought in members(archive):
        if files.belongs_to_another(name, names):
            continue
        if sought is None:
            yield Passed(ending)
            continue
        taken += 1
        folder = PurePosixPath(name).parent

        def beside(other: str, folder: PurePosixPath = folder) -> bytes | None:
            return archive.read(str(folder / other))

        place = f"{given.where}, {name}"
        try:
            part = Given(
                archive.read(name) or b"", place, given.options, ending,
                PurePosixPath(name).name, beside=beside, read_apart=given.read_apart,
            )  # fmt: skip
            if ending in files.LINES:
                yield from articles_of_lines(BytesIO(part.data), place, given.options)
            elif part.data.startswith(b"PK\x03\x04") and ending not in files.DOCUMENTS:
                yield Passed(ending)
            else:
                yield from _sought(part) if sought else articles_in(part)
        except InputError as error:
            yield Failure(error.where, error.reason)
    if not taken:
        raise InputError(given.where, "it is an archive without a file that can be read here")


def articles_of_document(
    data: bytes, where: str, ending: str, filename: str | None, options: ImportOptions
) -> Iterator[Found]:
    """Yield the articles of a PDF, a Word document or a book."""
    for found in articles_in(Given(data, where, options, ending, filename)):
        if isinstance(found, Arrival | Failure):
            yield found


def articles_of_answer(
    body: bytes, headers: Mapping[str, str], address: str, where: str, options: ImportOptions
) -> Iterator[Found]:
    """Yield the article of a page (or the articles of what else lies at an address).

    A feed is refused: it is to be subscribed to.
    """
    charset = _CHARSET.search(headers.get("content-type", ""))
    ending = PurePosixPath(urlsplit(address).path).suffix.lower()
    page = "html" in headers.get("content-type", "").lower()
    given = Given(
        body, where, options, ".html" if page else ending,
        charset=charset[1] if charset else None, address=address,
    )  # fmt: skip
    if (
        not page
        and not body.startswith((_GZIP, b"PK"))
        and (FEED.claims(given) or is_opml(given.start))
    ):
        raise InputError(where, f"it is a feed; `reader add {where}` subscribes to it")
    for found in articles_in(given):
        if isinstance(found, Arrival):
            yield replace(found, article=_at_address(found.article, address))
        elif isinstance(found, Failure):
            yield found


def _at_address(article: Article, address: str) -> Article:
    """Return an article whose address is on the site that it came from: no page names another's."""
    if article.url and _site(article.url) == _site(address):
        return article
    if article.url and article.identity != f"url:{article.url}":
        return article
    identity = identity_of(url=address)
    source = article.source or host_of(address) or ""
    return replace(article, url=address, identity=identity, id=article_id(identity), source=source)


def _site(address: str) -> str:
    """Return the last two parts of a host's name, near enough to who runs it."""
    return ".".join((urlsplit(address).hostname or "").split(".")[-2:])


def renamed(arrival: Arrival, path: Path, taken: Callable[[int], bool]) -> Arrival:
    """Return an article with the folder in its identity, where its file's name is taken already."""
    article = arrival.article
    parts = path.parts
    for count in range(2, len(parts) + 1):
        name = "/".join((*map(files.shown, parts[-count:-1]), files.identity_name(path)))
        identity = identity_of(source=article.source, filename=name)
        if not taken(article_id(identity)):
            return replace(
                arrival, article=replace(article, id=article_id(identity), identity=identity)
            )
    return arrival


def _file_name(path: Path) -> str:
    """Return the part of an identity that a file's name is; "index.html" says too little alone."""
    name = files.identity_name(path)
    if path.stem.lower() in _GENERAL_NAMES:
        return f"{files.shown(path.absolute().parent.name)}/{name}"
    return name
