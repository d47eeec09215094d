"""Mails (`.eml`, mailboxes) and pages that a browser saved as one (`.mhtml`): all of them MIME.

A newsletter is an article of its sender. A mailbox gives an article for each mail.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import Any

from reader.errors import InputError
from reader.intake import fields
from reader.intake.blocks import html_parser, parsed
from reader.intake.bodies import body_paragraphs
from reader.intake.decode import UndecodableError, decoded
from reader.intake.draft import Draft
from reader.intake.files import SIZE_LIMIT
from reader.intake.importers.base import MOST_ITEMS, Found, Given, Importer
from reader.intake.importers.saved import moment
from reader.intake.importers.saved_pages import without_pictures
from reader.intake.page import declared_charset, draft_of_page
from reader.model import Failure
from reader.text.hygiene import clean
from reader.text.paragraphs import Paragraph, paragraphs

_HEADER = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+\r?\n")
_EMLX = re.compile(rb"(\d{1,9})[ \t]*\n(?=[A-Za-z-]+:)")
_MOST_PARTS = 500
_MAIL_HEADERS = frozenset({
    "from", "to", "subject", "date", "message-id", "received", "return-path", "delivered-to",
    "mime-version", "content-type", "reply-to", "cc", "x-original-to", "dkim-signature",
})  # fmt: skip
_SURE_HEADERS = frozenset({
    "from", "received", "return-path", "delivered-to", "message-id", "mime-version",
    "x-original-to", "dkim-signature",
})  # fmt: skip
_FROM_LINE = re.compile(rb"^From \S+.*(?:19|20)\d\d.*\r?\n", re.MULTILINE)
_UNSEEN = re.compile(
    r"display\s*:\s*none|max-height\s*:\s*0|font-size\s*:\s*0(?![.\d])|mso-hide\s*:\s*all"
    r"|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_PICTURE_ALONE = re.compile(r"(?:picture|image|logo|icon|spacer)?", re.IGNORECASE)


def _content(data: bytes) -> bytes:
    """Return a mail without what Apple Mail writes around it: its length before, a list behind."""
    data = data.lstrip()
    counted = _EMLX.match(data)
    return data[counted.end() :][: int(counted[1])] if counted else data


def _headers(data: bytes) -> set[str]:
    match = _HEADER.match(data[:200_000])
    lines = match[0].decode("latin-1").splitlines() if match else ()
    return {line.split(":", 1)[0].lower() for line in lines if line[:1] not in (" ", "\t")}


def _is_mime(given: Given) -> bool:
    names = _headers(_content(given.data))
    return len(names & _MAIL_HEADERS) >= 2 and bool(names & _SURE_HEADERS)


def is_mhtml(given: Given) -> bool:
    """Return True for a page that a browser saved as one file."""
    if not _is_mime(given):
        return False
    names = _headers(_content(given.data))
    start = given.data[:4000].lower()
    return (
        "snapshot-content-location" in names
        or given.ending in {".mhtml", ".mht"}
        or b"from: <saved by" in start
        or b"from: \"saved by" in start
    )  # fmt: skip


def page_of_mhtml(given: Given) -> Iterator[Found]:
    """Yield the article of a saved page, with its address and the day on which it was saved."""
    message = _message(given.data, given.where)
    address = fields.address_of(_line(message, "Snapshot-Content-Location"))
    root = next((part for part in _parts(message) if _kind(part) in _HTML), None)
    if root is None:
        raise InputError(given.where, "it is a saved page without the page itself; save it again")
    address = address or fields.address_of(_line(root, "Content-Location"))
    html = _text_of(root, given.where)
    draft = draft_of_page(html, given.where, address)
    yield given.article(_dated(draft, message), named=True)


def _dated(draft: Draft, message: Message) -> Draft:
    return replace(draft, there=moment(_line(message, "Date")))


def is_mail(given: Given) -> bool:
    """Return True for one mail as mail programs save it."""
    return given.ending in {".eml", ".emlx"} or _is_mime(given)


def article_of_mail(given: Given) -> Iterator[Found]:
    """Yield the article that one mail is."""
    yield _article(given, _content(given.data), "", named=True)


def is_mailbox(given: Given) -> bool:
    """Return True for a mailbox: mails one after the other, each behind a line of `From `."""
    first = _FROM_LINE.match(given.data)
    return first is not None and bool(_headers(given.data[first.end() :]) & _SURE_HEADERS)


def articles_of_mailbox(given: Given) -> Iterator[Found]:
    """Yield an article for each mail of a mailbox."""
    starts = [m for m in _FROM_LINE.finditer(given.data) if _begins_mail(given.data, m)]
    ends = [m.start() for m in starts[1:]] + [len(given.data)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        if number > MOST_ITEMS:
            raise InputError(given.where, f"it has more than {MOST_ITEMS:,} mails; split it")
        data = re.sub(rb"^>(>*From )", rb"\1", given.data[start.end() : end], flags=re.MULTILINE)
        yield _article(given, data, f"mail {number}")


def _begins_mail(data: bytes, line: "re.Match[bytes]") -> bool:
    """Return True if a line of `From ` begins a mail and is no line in the text of one."""
    before = data[max(0, line.start() - 3) : line.start()]
    blank = line.start() == 0 or before.endswith((b"\n\n", b"\n\r\n"))
    return blank and bool(_headers(data[line.end() : line.end() + 20_000]))


_HTML = frozenset({"text/html", "application/xhtml+xml"})


def _article(given: Given, data: bytes, part: str, *, named: bool = False) -> Found:
    place = f"{given.where}, {part}" if part else given.where
    if len(data) > SIZE_LIMIT * 5:
        return Failure(place, f"it is larger than {SIZE_LIMIT * 5 / 1e6:g} MB")
    try:
        return given.article(_draft(_message(data.lstrip(), place), place), part, named=named)
    except InputError as error:
        return Failure(error.where, error.reason)


def _draft(message: Message, where: str) -> Draft:
    parts, stripped = _body(message, where)
    if not parts:
        raise InputError(where, "it is a mail without a text")
    name, address = parseaddr(_line(message, "From") or "")
    host = address.rpartition("@")[2]
    identity = _line(message, "Message-ID")
    return Draft(
        tuple(parts),
        given=f"mail {identity.strip('<> ')}" if identity else None,
        title=_line(message, "Subject"),
        source=fields.names_of(name) or host or None,
        language=fields.language_of((_line(message, "Content-Language") or "").split(",")[0]),
        url=fields.address_of((_line(message, "Archived-At") or "").strip("<> ")),
        published=moment(_line(message, "Date")),
        stripped=stripped,
    )


def _body(message: Message, where: str) -> tuple[list[Paragraph], int]:
    """Return the text of a mail: its HTML, which has links and headings, else its plain text."""
    shown = [part for part in _parts(message) if part.get_content_disposition() != "attachment"]
    html = next((part for part in shown if _kind(part) in _HTML), None)
    plain = next((part for part in shown if _kind(part) == "text/plain"), None)
    if html is not None:
        found, stripped = body_paragraphs(_seen(_text_of(html, where)))
        words = [part for part in found if not _is_picture(part)]
        if words:
            return words, stripped
    if plain is not None:
        cleaned = clean(_text_of(plain, where))
        return paragraphs(_without_signature(cleaned.text)), cleaned.stripped
    return [], 0


def _is_picture(part: Paragraph) -> bool:
    """Return True for a picture without words, of which newsletters have many."""
    return part.kind == "caption" and bool(_PICTURE_ALONE.fullmatch(part.text.strip()))


def _seen(html: str) -> str:
    """Return a mail's HTML without what it hides: preview lines, versions for other programs."""
    from lxml.html import tostring  # noqa: PLC0415 - only mails need it

    parser = html_parser()
    root: Any = parsed(html, parser)
    if root is None or any(e.type_name == "ERR_RESOURCE_LIMIT" for e in parser.error_log):
        return html  # of what is nested too deeply, the tree has only a part
    for element in root.xpath("//*[@style]"):
        if _UNSEEN.search(element.get("style") or "") and element.getparent() is not None:
            element.drop_tree()
    whole: str = tostring(root, encoding="unicode")
    return whole


def _without_signature(text: str) -> str:
    return re.split(r"^-- $", text, maxsplit=1, flags=re.MULTILINE)[0]


def _message(data: bytes, where: str) -> Message:
    try:
        return message_from_bytes(data)
    except (RecursionError, ValueError, LookupError):
        raise InputError(where, "its parts are nested too deeply to be read") from None


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a message that hold something; not those of a mail within it."""
    waiting, seen = [message], 0
    while waiting and seen < _MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        inner = part.get_payload()
        if part.is_multipart() and _kind(part) != "message/rfc822" and isinstance(inner, list):
            waiting[:0] = [each for each in inner if isinstance(each, Message)]
        elif not part.is_multipart():
            yield part


def _kind(part: Message) -> str:
    return part.get_content_type()


def _text_of(part: Message, where: str) -> str:
    """Return the text of a part, its transfer encoding and its charset undone."""
    try:
        raw = part.get_payload(decode=True)
    except (ValueError, LookupError):
        raw = b""
    data = without_pictures(raw if isinstance(raw, bytes) else b"")
    if len(data) > SIZE_LIMIT:
        raise InputError(where, f"it is larger than {SIZE_LIMIT / 1e6:g} MB")
    named = part.get_param("charset")
    charset = named if isinstance(named, str) else None
    try:
        return decoded(data, charset or declared_charset(data)) if data.strip() else ""
    except UndecodableError as error:
        raise InputError(where, str(error)) from None


def _line(message: Message, name: str) -> str | None:
    """Return a header as one clean line, encoded words decoded."""
    value = message.get(name)
    if value is None:
        return None
    try:
        whole = str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        whole = str(value)
    return fields.text_of(whole, 4000)


MHTML = Importer("a saved page (MHTML)", is_mhtml, page_of_mhtml)
MAILBOX = Importer("a mailbox", is_mailbox, articles_of_mailbox)
MAIL = Importer("a mail", is_mail, article_of_mail)
