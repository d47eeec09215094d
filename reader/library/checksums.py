"""Lines with a checksum: how one is made and read, and how one flipped byte in it is set right.

A line is `crc json`, the CRC-32 of the JSON in eight hexadecimal digits. CRC-32 is linear: what a
flipped byte does to it depends only on the byte's difference and on how many bytes follow, so the
place and the difference can be computed backwards from the difference of the sums, and there is at
most one answer for each place. That a line which is damaged in another way is "mended" by chance
has a likelihood of 255 times its length in 2^32, and then it must also be JSON.
"""

import contextlib
import json
import re
import zlib
from typing import Any

_POLYNOMIAL = 0xEDB88320
_LONGEST = 1 << 20
"""Longer lines are not mended: a flipped byte in them costs them, as a cut does."""
_SUM = re.compile(rb"[0-9a-f]{8} ")
_BEGINNING = re.compile(rb"[0-9a-f]{8} \{")


def _table() -> list[int]:
    values = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (_POLYNOMIAL if value & 1 else 0)  # noqa: PLW2901 - a register
        values.append(value)
    return values


_FORWARD = _table()
_BY_TOP = {value >> 24: index for index, value in enumerate(_FORWARD)}
_DIFFERENCE = {value: index for index, value in enumerate(_FORWARD)}


def line(value: Any) -> bytes:
    """Return the line that stands for a value."""
    # ASCII only: lone surrogates survive, and no character but "\n" can end a line
    data = json.dumps(value, separators=(",", ":")).encode("ascii")
    return b"%08x %b\n" % (zlib.crc32(data), data)


def value_of(text: bytes) -> Any:
    """Return the value of a line (without its newline); ValueError where it is damaged."""
    if len(text) < 10 or text[8:9] != b" " or int(text[:8], 16) != zlib.crc32(text[9:]):
        raise ValueError("the line is damaged")
    return json.loads(text[9:])


def mended(piece: bytes) -> list[Any]:
    """Return the values of a damaged piece if one flipped byte was all; nothing where it was not.

    There are two values where the flipped byte was the newline between two lines.
    """
    if len(piece) > _LONGEST:
        return []
    for found in _BEGINNING.finditer(piece, 1):
        parts = [piece[: found.start() - 1], piece[found.start() :]]
        with contextlib.suppress(ValueError):
            return [value_of(part) for part in parts]
    with contextlib.suppress(ValueError):
        return [value_of(piece[:-1])]  # the newline at the end of the file
    return _one(piece)


def _one(piece: bytes) -> list[Any]:
    """Return the value of a line in which one byte was flipped."""
    told, data = piece[:9], bytearray(piece[9:])
    wanted = b"%08x " % zlib.crc32(data)
    try:
        if sum(a != b for a, b in zip(told, wanted, strict=False)) != 1:
            if not _SUM.fullmatch(told):
                return []
            at, difference = _place(zlib.crc32(data) ^ int(told, 16), len(data))
            data[at] ^= difference
        return [json.loads(data)]
    except ValueError:
        return []


def _place(change: int, length: int) -> tuple[int, int]:
    """Return where the byte is that changes a sum so, and how it was changed; ValueError."""
    for at in range(length - 1, -1, -1):
        if change in _DIFFERENCE:
            return at, _DIFFERENCE[change]
        index = _BY_TOP[change >> 24]
        change = (change ^ _FORWARD[index]) << 8 & 0xFFFFFFFF | index
    raise ValueError("no byte alone does that")
