"""A feed's bytes to text: what a server says, what a document says, what the bytes are.

Servers and documents are often wrong about the encoding. UTF-8 is the one that bytes can prove,
so it is believed first; a few bad bytes in it (a text cut in the middle of a character, one line
from an old database) do not make the rest something else.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from reader.intake.decode import UndecodableError, decoded, known_name

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
)  # fmt: skip
_WIDE = (
    (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"),
    (b"\0<\0", "utf-16-be"), (b"\x4c\x6f\xa7\x94", "cp037"),
)  # fmt: skip
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([A-Za-z0-9._: -]{1,40}?)\s*[\"']", re.IGNORECASE
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]+)", re.IGNORECASE)
_UNDECODED = re.compile("[\udc80-\udcff]+")
_CHARACTERS = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_HEAD = 1000
_BAD_SHARE, _SAID_SHARE = 0.1, 1.0
"""So many bad bytes for each character of several bytes leave a text UTF-8; more where it says
that it is."""
_ODD_BYTES = re.compile(rb"[\x80-\xff]")
_TELLING = 8
"""Fewer bytes beyond ASCII than this say nothing about their encoding."""
_SEVEN_BITS = ("iso2022", "utf-7", "hz")


def feed_text(body: bytes, headers: Mapping[str, str]) -> str:
    """Return the text of a feed or of an OPML file.

    `headers` are the response's, their names in lower case. A byte order mark comes first, then
    UTF-8 where the bytes are UTF-8, then what header and document name, then what the bytes look
    like. Bytes that are no character become U+FFFD.
    """
    if (text := _marked(body)) is not None:
        return text
    named = list(dict.fromkeys(_named(body, headers)))
    if named and named[0].startswith(_SEVEN_BITS) and (b"\x1b" in body or b"+" in body):
        return body.decode(named[0], "replace")
    text = _utf8(body, _SAID_SHARE if "utf-8" in named else _BAD_SHARE)
    return text if text is not None else _otherwise(body, named)


def _marked(body: bytes) -> str | None:
    """Return the text of bytes that say by themselves what they are; None where they do not."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    start = body[:_HEAD].lstrip()
    for begins, name in _WIDE:
        if start.startswith(begins):
            return body[body.index(begins) :].decode(name, "replace")
    return None


def _otherwise(body: bytes, named: Sequence[str]) -> str:
    """Return the text of bytes that are not UTF-8: in an encoding that is named, else a guess."""
    others = [name for name in named if name != "utf-8"]
    for name in others:
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    if others:
        return body.decode(others[0], "replace")
    if len(_ODD_BYTES.findall(body)) < _TELLING:  # too few to tell by: the Western one is likeliest
        return body.decode("cp1252", "replace")
    try:
        return decoded(body)
    except UndecodableError:
        return body.decode("cp1252", "replace")


def _named(body: bytes, headers: Mapping[str, str]) -> Iterator[str]:
    """Yield the encodings that the header and the document name, by Python's names."""
    charset = _CHARSET.search(headers.get("content-type", ""))
    declared = _DECLARED.search(body[:_HEAD])
    for label in (charset[1] if charset else "", declared[1].decode() if declared else ""):
        # "cp-1251", "windows1251" and "utf_8" are written too
        plain = re.sub(r"^(?:cp|windows|win)[-_ ]?(?=\d)", "cp", label.strip().lower())
        if name := known_name(plain) or known_name(label) or _seldom(label):
            yield name


def _seldom(label: str) -> str | None:
    """Return Python's name of an encoding that pages are not in and a few old feeds are."""
    import codecs  # noqa: PLC0415 - seldom

    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    text = getattr(found, "_is_text_encoding", False)
    return found.name if text and found.name not in {"idna", "punycode", "undefined"} else None


def _utf8(body: bytes, share: float) -> str | None:
    """Return the text of bytes that are UTF-8, but for a few; None where they are something else.

    `share` is how many bad ones there may be for each character of several bytes.
    """
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    characters = len(_CHARACTERS.findall(body))
    bad = len(_UNDECODED.findall(body.decode("utf-8", "surrogateescape")))
    if not characters or bad > max(1, share * characters):
        return None
    return body.decode("utf-8", "replace")
