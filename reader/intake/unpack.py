"""Bodies as they come over the wire to bytes, piece by piece, never beyond a limit."""

import zlib
from functools import cache
from typing import Any, Protocol

_NOTHING = frozenset({"identity", "none", "utf-8", "utf8", "binary", "8bit", "7bit", "text"})
"""What servers write where nothing is packed."""
_ENCODINGS = 2
"""So many encodings may lie over each other; no honest server uses more than one."""


class OverLimitError(Exception):
    """The unpacked body is larger than it may be."""


class UnknownEncodingError(Exception):
    """The body is packed in a way that cannot be unpacked; `str` is a sentence without its end."""


class _Step(Protocol):
    def take(self, data: bytes, most: int) -> bytes:
        """Return what data unpack to, at most one byte more than `most`."""

    def ended(self) -> bool:
        """Tell whether what came is whole."""


@cache
def _brotli() -> Any:
    try:
        import brotli  # noqa: PLC0415 - not everywhere
    except ImportError:
        return None
    # older versions unpack without any limit
    return brotli if hasattr(brotli.Decompressor, "can_accept_more_data") else None


def accepted() -> str:
    """Return what may be asked for: only what can be unpacked here."""
    return "gzip, deflate, br" if _brotli() else "gzip, deflate"


class _Zlib:
    """gzip (of several members too), zlib, and deflate without its header."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._inner: Any = None
        self._plain = False
        self._held = b""

    def take(self, data: bytes, most: int) -> bytes:
        if self._inner is None and not self._plain:
            self._held = data = self._held + data
            if len(data) < 2:
                return b""
            self._begin(data)
        if self._plain:
            return data
        out = bytearray()
        while data and len(out) <= most:
            try:
                out += self._inner.decompress(data, most + 1 - len(out))
            except zlib.error:
                raise UnknownEncodingError("what it packed cannot be unpacked") from None
            data = self._rest()
        return bytes(out)

    def ended(self) -> bool:
        return self._plain or self._inner is None or bool(self._inner.eof)

    def _begin(self, data: bytes) -> None:
        if self._gzip:
            # a server that says "gzip" and sends what is not is common enough to be understood
            self._plain = data[:2] != b"\x1f\x8b"
            self._inner = zlib.decompressobj(31)
        else:
            header = data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0  # RFC 1950
            self._inner = zlib.decompressobj(15 if header else -15)

    def _rest(self) -> bytes:
        """Return what is still to be unpacked: another member, or what the limit held back."""
        if self._inner.eof:
            rest: bytes = self._inner.unused_data
            if not (self._gzip and rest.startswith(b"\x1f")):
                return b""
            self._inner = zlib.decompressobj(31)
            return rest
        tail: bytes = self._inner.unconsumed_tail
        return tail


class _Brotli:
    def __init__(self) -> None:
        self._module = _brotli()
        if self._module is None:
            raise UnknownEncodingError("it is packed as br, which cannot be unpacked here")
        self._inner = self._module.Decompressor()

    def take(self, data: bytes, most: int) -> bytes:
        out = bytearray()
        try:
            out += self._inner.process(data, output_buffer_limit=most + 1)
            while not self._inner.can_accept_more_data() and len(out) <= most:
                out += self._inner.process(b"", output_buffer_limit=most + 1 - len(out))
        except self._module.error:
            raise UnknownEncodingError("what it packed cannot be unpacked") from None
        return bytes(out)

    def ended(self) -> bool:
        return bool(self._inner.is_finished())


class Unpacker:
    """Gathers a body; raises `OverLimitError` as soon as it is more than `most` bytes."""

    def __init__(self, encoding: str, most: int) -> None:
        """Take the Content-Encoding header; `UnknownEncodingError` where it cannot be undone."""
        self._most = most
        self._body = bytearray()
        self._raw = 0
        names = [name.strip().lower() for name in encoding.split(",")]
        names = [name for name in names if name and name not in _NOTHING]
        if len(names) > _ENCODINGS:
            raise UnknownEncodingError("it is packed more than twice over")
        self._steps = [_step(name) for name in reversed(names)]

    def take(self, piece: bytes) -> None:
        """Take what has come."""
        self._raw += len(piece)
        if self._raw > self._most:
            raise OverLimitError
        for step in self._steps:
            piece = step.take(piece, self._most)
        self._body += piece
        if len(self._body) > self._most:
            raise OverLimitError

    def end(self) -> bytes:
        """Return the whole body; `UnknownEncodingError` where its end has not come."""
        if self._raw and not all(step.ended() for step in self._steps):
            raise UnknownEncodingError("what it packed ends too early")
        if self._body.startswith(b"\x1f\x8b"):  # a packed file, sent as it is
            step = _Zlib(gzip=True)
            body = step.take(bytes(self._body), self._most)
            if len(body) > self._most:
                raise OverLimitError
            return body
        return bytes(self._body)


def _step(name: str) -> _Step:
    if name in ("gzip", "x-gzip"):
        return _Zlib(gzip=True)
    if name == "deflate":
        return _Zlib(gzip=False)
    if name == "br":
        return _Brotli()
    raise UnknownEncodingError(f"it is packed as “{name[:20]}”, which was not asked for")
