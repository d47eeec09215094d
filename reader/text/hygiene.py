r"""Hygiene: what may not reach a library or a terminal is taken out of a text.

Text from outside can carry terminal commands (ECMA-48 escape sequences, xterm's OSC 52), characters
that make a line read differently from what it says (Unicode's bidirectional controls, UAX 9; tag
characters), and invisible ones that hide words from a search. All of it goes, at intake and again
at display; what scripts need stays: ZWJ in emoji, ZWNJ and ZWJ in Persian or Malayalam, variation
selectors on symbols and ideographs, the flags of England, Scotland and Wales.

What `clean` returns, `shown` leaves as it is: offsets into a stored text hold on the screen too.
"""

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_MARKS = 6
"""So many combining marks may stand on one letter; pointed Hebrew with accents needs four."""


class Cleaned(NamedTuple):
    """A text after hygiene, and how many characters were taken out of it."""

    text: str
    stripped: int


# Line breaks of all kinds; "\r\n" is one.
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# Terminal sequences whose extent is plain: CSI, the string sequences (OSC, DCS, SOS, PM, APC) up to
# their terminator on the same line, and the choice of a character set. Where no terminator follows,
# only the introducer goes, so that an ESC cannot swallow a paragraph. Of the 8-bit forms those that
# are letters in a wrongly decoded cp1252 text need parameters or stay out.
_PAYLOAD = "[^\x00-\x1f\x7f-\x9f]*"
_SEQUENCES = re.compile(
    rf"\x1b[\]PX^_](?:{_PAYLOAD}(?:\x07|\x1b\\|\x9c))?"
    rf"|[\x90\x9d](?:{_PAYLOAD}(?:\x07|\x1b\\|\x9c))?"
    r"|\x1b\[[0-?]*[ -/]*[@-~]?"
    r"|\x9b[0-?]+[ -/]*[@-~]"
    r"|\x1b[()*+][0-9A-Za-z]"
)

_INTRODUCERS = re.compile("[\x1b\x90\x9b\x9d]")
_CP1252 = re.compile("[^\\W\\d_]\x92[^\\W\\d_]|\x93[^\x93\x94\n]{1,400}\x94")
_CP1252_MEANT = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}

_FLAGS = "|".join(
    "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in region) + "\U000e007f"
    for region in ("gbeng", "gbsct", "gbwls")
)
# Controls (save tab and newline), bidi controls, invisible characters that no script needs, lone
# surrogates, noncharacters; tags and the like beyond the first plane.
_NEVER = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
)
_NEVER_BEYOND = (
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
)
# Characters that are needed in some places and hide something in others.
_SOMETIMES = "\u200b-\u200d\u180b-\u180d\u180f\ufe00-\ufe0f"
_SOMETIMES_BEYOND = "\U000e0100-\U000e01ef"
# Two patterns, because a class with characters beyond the first plane is sixteen times slower.
_SUSPECT = re.compile(f"[{_NEVER}{_SOMETIMES}]")
_SUSPECT_BEYOND = re.compile(f"[{_NEVER_BEYOND}{_SOMETIMES_BEYOND}]")
_STRIP = re.compile(f"({_FLAGS})|[{_NEVER}{_NEVER_BEYOND}]")
_HIDDEN = _SOMETIMES + _SOMETIMES_BEYOND
_INVISIBLE_RUN = re.compile(f"([^{_HIDDEN}])?([{_HIDDEN}]+)(?=([^{_HIDDEN}])?)")

# Where a run of combining marks can be; the ranges of Indic scripts hold letters too.
_MARKS_AND_SOME_LETTERS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u0670\u06d6-\u06ed\u0711-\u109f"
    f"\u135d-\u135f\u1712-\u1cff\u1dc0-\u1dff\u20d0-\u20f0\u2cef-\u2dff\u302a-\u302f\u3099\u309a"
    f"\ua66f-\ua6f1\ua802-\uabed\ufb1e\ufe20-\ufe2f]{{{MOST_MARKS + 1}}}"
)
_IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SYMBOL = re.compile(
    "[\xa9\xae\u203c\u2049\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_JOINS = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1b00-\u1b7f\ua840-\ua9df"
    "\ufb50-\ufdff\ufe70-\ufefc\U00010d00-\U00011fff]"
)
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff]")
_KEYCAP = re.compile("[0-9#*]")


def clean(text: str) -> Cleaned:
    r"""Return a text of several lines as it may be stored: NFC, "\n" as its only line break.

    Taken out and counted: terminal sequences, C0 (save tab and newline), C1, DEL, bidi controls,
    zero-width and other invisible characters outside the scripts and emoji that need them, lone
    surrogates, noncharacters, marks beyond `MOST_MARKS` on one letter. Idempotent.
    """
    if text.isprintable() and text.isascii():
        return Cleaned(text, 0)
    stripped = 0
    if _suspicious(text):
        text, stripped = _strip(_BREAKS.sub("\n", _mended(text)))
    if text.isascii():
        return Cleaned(text, stripped)
    text = unicodedata.normalize("NFC", text)
    limited = _limit_marks(text)
    return Cleaned(limited, stripped + len(text) - len(limited))


def clean_line(text: str) -> Cleaned:
    """Return a title, name, tag or address as it may be stored: `clean`, white space folded."""
    cleaned = clean(text)
    return Cleaned(" ".join(cleaned.text.split()), cleaned.stripped)


def shown(text: str) -> str:
    """Return a text of several lines as it may reach a terminal; leaves a clean text as it is."""
    if text.isprintable() and text.isascii():
        return text
    if _suspicious(text):
        text = _strip(_BREAKS.sub("\n", text))[0]
    return text if text.isascii() else _limit_marks(text)


def shown_line(text: str) -> str:
    """Return a text as it may reach a terminal on one line: as `shown`, each break a space."""
    if text.isprintable() and text.isascii():
        return text
    return shown(text).replace("\n", " ").replace("\t", " ")


def _suspicious(text: str) -> bool:
    """Return whether anything of a text may have to go; cheap, so that it can be asked always."""
    if _SUSPECT.search(text):
        return True
    return _beyond_first_plane(text) and bool(_SUSPECT_BEYOND.search(text))


def _beyond_first_plane(text: str) -> bool:
    return len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)


def _mended(text: str) -> str:
    r"""Return the text that was meant where cp1252 was decoded as Latin-1: "It\x92s" is "It’s".

    Pages that name the wrong one of the two are common enough for HTML to read both as cp1252
    (https://encoding.spec.whatwg.org/#names-and-labels). Only where an apostrophe or a pair of
    quotation marks shows it, and nothing looks like a terminal's 8-bit sequences.
    """
    if _CP1252.search(text) and not _INTRODUCERS.search(text):
        return text.translate(_CP1252_MEANT)
    return text


def _strip(text: str) -> tuple[str, int]:
    before = len(text)
    text = _SEQUENCES.sub("", text)
    text = _STRIP.sub(r"\1", text)
    text = _INVISIBLE_RUN.sub(_needed, text)
    return text, before - len(text)


def _needed(match: re.Match[str]) -> str:
    """Return what of a run of invisible characters its neighbours need, with the one before it."""
    base, run, after = match.group(1) or "", match.group(2), match.group(3) or ""
    if not base or base.isspace():
        return base
    selector = run[0] if _selects(base, run[0], after) else ""
    joiner = next((c for c in run if c in "\u200b\u200c\u200d"), "")
    return base + selector + (joiner if joiner and _joins(base, joiner, after) else "")


def _selects(base: str, selector: str, after: str) -> bool:
    if selector in "\ufe0e\ufe0f":
        return bool(_SYMBOL.match(base)) or (after == "\u20e3" and bool(_KEYCAP.match(base)))
    if "\u180b" <= selector <= "\u180f":
        return "\u1800" <= base <= "\u18af"
    if "\ufe00" <= selector <= "\ufe0d":
        return bool(_IDEOGRAPH.match(base) or _JOINS.match(base)) or "\u2200" <= base <= "\u2aff"
    return selector >= "\U000e0100" and bool(_IDEOGRAPH.match(base))


def _joins(base: str, joiner: str, after: str) -> bool:
    if joiner == "\u200b":
        return bool(_SPACELESS.match(base) and after and _SPACELESS.match(after))
    if joiner == "\u200d" and _SYMBOL.match(base):
        return bool(after and _SYMBOL.match(after))
    return bool(_JOINS.match(base))


@lru_cache(maxsize=1)
def _towers() -> "Callable[[str, str], str]":
    import regex  # noqa: PLC0415 - half of the start-up's own cost, needed for few texts

    marks = r"[\p{Mn}\p{Me}]"
    return regex.compile(rf"({marks}{{{MOST_MARKS}}}){marks}+").sub  # type: ignore[no-any-return]


def _limit_marks(text: str) -> str:
    if _MARKS_AND_SOME_LETTERS.search(text) or _beyond_first_plane(text):
        return _towers()(r"\1", text)
    return text
