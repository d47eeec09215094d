"""What may reach a terminal: a strict reading of every byte that a program wrote to one.

Nothing is skipped and nothing is guessed: what is not listed here is told with its place. The list
is what Textual's driver for Linux and its strips write (textual/drivers/linux_driver.py, strip.py),
and for the command line click's styles and the line of progress.
"""

import base64
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from reader.text.hygiene import MOST_MARKS

MODES = frozenset({7, 25, 1000, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048})
"""Wrapping, cursor, mouse, focus, other screen, bracketed paste, whole frames, sizes in-band."""
ASKED = frozenset({"\x1b[?2026$p", "\x1b[?2048$p"})
KEYBOARD = frozenset({"\x1b[>25u", "\x1b[<u"})
STYLES = frozenset(
    {"", "0", "1", "2", "3", "4", "7", "9", "22", "23", "24", "27", "29", "39", "49"}
)
"""Plain, bold, dim, italic, underlined, inverse, struck out; never blinking, never concealed."""

_MODE = re.compile(r"\x1b\[\?(\d{1,4})[hl]")
_PLACE = re.compile(r"\x1b\[(\d{1,4});(\d{1,4})H")
_STYLE = re.compile(r"\x1b\[([0-9;]{0,80})m")
_COLOUR = re.compile(r"[34]8;(?:2(?:;\d{1,3}){3}|5;\d{1,3})|(?:3|4|9|10)[0-7]")
_POINTER = re.compile(r"\x1b\]22;[a-z-]{0,20}\x07")
_COPY = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/]*={0,2})\x07")
_CLEAR_LINE = "\x1b[K"
# ECMA-48: what an introducer begins, so that one bad sequence is told as one
_WHOLE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|.?)", re.DOTALL
)
_JOINERS = "\u200c\u200d"
_MARKS = re.compile(r"(?:(?!\ufe0f)[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20f0])+")


@dataclass
class Read:
    """What was found in the bytes of one run."""

    faults: list[str] = field(default_factory=list)
    """What may not be there, each with what stands around it."""
    copied: list[str] = field(default_factory=list)
    """The texts that were put onto the clipboard."""
    sequences: Counter[str] = field(default_factory=Counter)
    """How often each kind of sequence was written."""


def read(written: bytes, *, columns: int, rows: int, screen: bool = True) -> Read:
    """Read what was written to a terminal; `screen` where the program painted the whole of it."""
    found = Read()
    try:
        text = written.decode("utf-8")
    except UnicodeDecodeError as error:
        around = written[max(0, error.start - 20) : error.end + 20]
        found.faults.append(f"no UTF-8: {around!r}")
        text = written.decode("utf-8", "ignore")
    at = 0
    for match in _WHOLE.finditer(text):
        found.faults += _characters(text[at : match.start()], screen=screen)
        sequence, at = match.group(), match.end()
        kind = _kind(sequence, columns, rows, found) if screen else _line_kind(sequence)
        if kind:
            found.sequences[kind] += 1
        else:
            around = text[max(0, match.start() - 30) : match.end() + 30]
            found.faults.append(f"the sequence {sequence!r} in {around!r}")
    found.faults += _characters(text[at:], screen=screen)
    return found


def piped(written: bytes) -> list[str]:
    """Return what may not be in a text that went into a pipe or a file: no sequence may."""
    try:
        text = written.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"no UTF-8: {written[max(0, error.start - 20) : error.end + 20]!r}"]
    return list(_characters(text.replace("\r\n", "\n"), screen=False))  # CSV's ends of lines


def _kind(sequence: str, columns: int, rows: int, found: Read) -> str:
    """Return what a sequence does, "" where it is none of those that are known."""
    if (mode := _MODE.fullmatch(sequence)) and int(mode[1]) in MODES:
        return f"mode {mode[1]}"
    if place := _PLACE.fullmatch(sequence):
        inside = 1 <= int(place[1]) <= rows and 1 <= int(place[2]) <= columns
        return "place" if inside else ""
    if sequence in ASKED or sequence in KEYBOARD:
        return sequence
    if _POINTER.fullmatch(sequence):
        return "pointer"
    if copy := _COPY.fullmatch(sequence):
        text = base64.b64decode(copy[1], validate=True).decode("utf-8")
        found.copied.append(text)
        found.faults += [f"copied: {fault}" for fault in _characters(text, screen=False)]
        return "copy"
    return _styled(sequence)


def _line_kind(sequence: str) -> str:
    return "clear line" if sequence == _CLEAR_LINE else _styled(sequence)


def _styled(sequence: str) -> str:
    style = _STYLE.fullmatch(sequence)
    if style is None:
        return ""
    rest = _COLOUR.sub("", style[1])
    return "style" if all(part in STYLES for part in rest.split(";")) else ""


def _characters(text: str, *, screen: bool) -> Iterator[str]:
    """Yield what between the sequences is no text, with what stands around it."""
    allowed = "\r\n" if screen else "\r\n\t"
    for at, character in enumerate(text):
        if character.isascii() and character.isprintable():
            continue
        if character not in allowed and _forbidden(text, at):
            yield f"{character!r} in {text[max(0, at - 20) : at + 20]!r}"
    for match in _MARKS.finditer(text):
        if len(match.group()) > MOST_MARKS:
            around = text[max(0, match.start() - 20) : match.end()]
            yield f"{len(match.group())} marks in {around!r}"


def _forbidden(text: str, at: int) -> bool:
    """Tell whether a character is a control, or is not seen and changes what is."""
    character = text[at]
    category = unicodedata.category(character)
    if category == "Cf":
        beside = text[max(0, at - 1) : at + 2].replace(character, "")
        letters = any(unicodedata.category(c) in {"Lo", "Mn", "Mc", "So", "Sk"} for c in beside)
        flag = "\U0001f3f4" in text[max(0, at - 6) : at] and character >= "\U000e0020"
        return not (character in _JOINERS and letters) and not flag
    nonsense = category == "Cn" and (
        ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"
    )
    hidden = character in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
    return category in {"Cc", "Cs", "Zl", "Zp"} or nonsense or hidden
