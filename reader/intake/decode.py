"""Bytes to text: byte order marks, UTF-8, a declared charset, else what the bytes look like."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
)
# What pages and editors mean by these names (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin-1": "cp1252",
    "latin1": "cp1252", "iso8859-1": "cp1252", "windows-1252": "cp1252", "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "big5": "big5hkscs", "x-gbk": "gb18030",
    "windows-31j": "cp932", "utf8": "utf-8", "unicode": "utf-16", "utf-16": "utf-16-le",
}  # fmt: skip
# What a text may be in: names that Python knows and that can do nothing but decode.
_KNOWN = frozenset((
    "utf-8", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255",
    "cp1256", "cp1257", "cp1258", "cp866", "cp874", "iso8859-2", "iso8859-3", "iso8859-4",
    "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-10", "iso8859-13", "iso8859-14",
    "iso8859-15", "iso8859-16", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "gb18030",
    "big5hkscs", "cp932", "euc_jp", "iso2022_jp", "cp949",
))  # fmt: skip
_GUESSES = (
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp1258", "cp874", "gb18030", "big5", "cp932", "euc_jp", "cp949", "mac_roman",
)  # fmt: skip
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Polish and Czech letters, read as Western European: "sposób, który by³".
_SIGNS_IN_WORDS = re.compile(r"[^\W\d_][³¹£¿¼¾¥][^\W\d_]|[^\W\d_]{2}[³¹¿¼¾]\b|\b[£¯][a-z]")
_SAMPLE = 60_000
_WESTERN = frozenset(("cp1252", "cp1254", "iso8859-15", "mac-roman"))
_MARKUP = re.compile(
    rb"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE
)
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER = re.compile(rb"[A-Za-z]")
_ESCAPED = re.compile("[\udc80-\udcff]+")
_BEYOND_ASCII = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]")


class UndecodableError(ValueError):
    """The bytes are no text; the message says what they seem to be and what to do."""


def decoded(data: bytes, declared: str | None = None) -> str:
    """Return the text of these bytes; `declared` is the charset that they name themselves.

    Raises `UndecodableError` where they are no text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data, name)
    if wide := _wide(data):
        return _strict(data, wide)
    if kind := next((kind for magic, kind in _MAGIC if data.startswith(magic)), None):
        raise UndecodableError(f"it is not text but {kind}; save its text and import that")
    _refuse_binary(data)
    known = known_name(declared)
    if known in _WESTERN and _is_not_western(data):
        known = None
    for encoding in filter(None, ("utf-8", known)):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            if encoding == "utf-8" and _is_nearly_utf8(data, claimed=known == "utf-8"):
                return data.decode("utf-8", "replace")
    return _guessed(data)


def known_name(charset: str | None) -> str | None:
    """Return Python's name of a charset as pages name it; None for one that no text is in."""
    if not charset:
        return None
    label = charset.strip().strip("\"'").casefold()
    try:
        name = codecs.lookup(_MEANT.get(label, label)).name
    except (LookupError, ValueError):
        return None
    return name if name in _KNOWN else None


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UndecodableError(
            f"it claims to be {error.encoding.upper()} and is not, at byte {error.start}; "
            "save it as UTF-8"
        ) from None


def _wide(data: bytes) -> str | None:
    """Return the UTF-16 that bytes without a mark are in: every second byte of Latin text is 0."""
    sample = data[:4000]
    half = len(sample) // 2
    if half < 4 or len(data) % 2:
        return None
    even, odd = sample[0 : 2 * half : 2].count(0), sample[1 : 2 * half : 2].count(0)
    if odd >= 0.4 * half and even <= 0.02 * half:
        return "utf-16-le"
    return "utf-16-be" if even >= 0.4 * half and odd <= 0.02 * half else None


def _is_nearly_utf8(data: bytes, *, claimed: bool) -> bool:
    """Tell whether bytes are UTF-8 but for a few: cut characters, a paste in another encoding."""
    text = data.decode("utf-8", "surrogateescape")
    bad = len(_ESCAPED.findall(text))
    good = len(_BEYOND_ASCII.findall(text))
    return good >= (bad if claimed else 3 * bad) and bad <= max(3, len(text) // 50)


def _is_not_western(data: bytes) -> bool:
    """Tell whether too many letters are beyond ASCII for a Western European language."""
    sample = _MARKUP.sub(b" ", data[: 2 * _SAMPLE])
    high = len(_HIGH.findall(sample))
    return high > 40 and high > 0.4 * (high + len(_LETTER.findall(sample)))


def _refuse_binary(data: bytes) -> None:
    """Raise `UndecodableError` for what is no text; a few control characters and NULs may be."""
    sample = data[:_SAMPLE]
    controls = len(_CONTROLS.findall(sample))
    if sample.count(0) > max(8, len(sample) // 50) or controls > max(8, len(sample) // 20):
        raise UndecodableError("it is not text but binary data; save its text and import that")


def _guessed(data: bytes) -> str:
    """Return the text in the encoding that makes most sense of the bytes."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only odd files need it

    sample = _MARKUP.sub(b" ", data[: 2 * _SAMPLE])[:_SAMPLE] if b"<" in data[:500] else b""
    best = from_bytes(sample or data[:_SAMPLE], cp_isolation=list(_GUESSES), threshold=0.5).best()
    if best is None:
        raise UndecodableError("its encoding cannot be told; save it as UTF-8")
    text = data.decode(best.encoding, "replace")
    if best.encoding == "cp1252" and _SIGNS_IN_WORDS.search(text):
        return data.decode("cp1250", "replace")
    return text
