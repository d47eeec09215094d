"""Bytes to text: byte order marks, UTF-8, a declared charset, else what the bytes look like."""

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UndecodableError(ValueError):
    """The bytes are no text; the message says what they seem to be."""


def decoded(data: bytes, declared: str | None = None) -> str:
    """Return the text of these bytes; `declared` is the charset that they name themselves.

    Raises `UndecodableError` where they are no text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data, name)
    if b"\0" in data[:4096]:
        raise UndecodableError("it is not text but binary data")
    for encoding in filter(None, ("utf-8", declared)):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return _guessed(data)


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UndecodableError(f"its bytes are not the {error.encoding} they claim to be") from None


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only odd files need it

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise UndecodableError("its encoding cannot be told")
    return data.decode(best.encoding, "replace")
