"""Text into lines of terminal cells, with every line's place in the text kept.

Pure functions. A line is a pair of code point offsets, so that a sentence, a note or a match is
found on the screen exactly, whatever the width.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from rich.cells import cell_len, split_graphemes

from reader.text.hygiene import MOST_MARKS, shown

Range = tuple[int, int]
"""First and one past the last code point."""

_WORD = re.compile(r"[\S\u00a0\u2007\u202f]+")  # no-break spaces do not break
_HYPHEN = re.compile(r"(?<=\w[-–—/])(?=[^\W\d_]{2})|(?<=\w\w[—])(?=\S)")
_SINGLE = re.compile(r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482]*")
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"

# Kinsoku: what may not begin or end a line in Chinese and Japanese (JIS X 4051, the common part).
_NOT_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】…‥ァィゥェォッャュョぁぃぅぇぉっゃゅょ"
)
_NOT_LAST = frozenset("‘“（〔［｛〈《「『【")


def cells(text: str) -> int:
    """Return how many terminal cells a text of one line takes."""
    return len(text) if _SINGLE.fullmatch(text) else cell_len(text)


def paintable(text: str) -> str:
    r"""Return a text of the same length, code point by code point, that is safe to paint.

    Stored text was cleaned when it came in; where display hygiene would still change it, what
    cannot be painted becomes a space, so that every offset keeps its meaning.
    """
    if "\t" in text:
        text = text.replace("\t", " ")
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    if shown(text) == text:
        return text
    painted, marks = [], 0
    for c in text:
        marks = marks + 1 if unicodedata.category(c) in {"Mn", "Me"} else 0
        fine = c.isprintable() or c in _JOINERS or c == "\n"
        painted.append(c if fine and marks <= MOST_MARKS else " ")
    return "".join(painted)


def wrap(text: str, width: int, *, verbatim: bool = False) -> list[Range]:
    r"""Break a text into lines of at most `width` cells (at least 2).

    Breaks at white space, between wide characters, and inside a word only where the word alone is
    wider than a line. "\n" always breaks. White space at a break belongs to no line; `verbatim`
    keeps that at a line's beginning and breaks only where the width ends.
    """
    width = max(2, width)
    lines: list[Range] = []
    for first, last in _paragraphs(text):
        lines.extend((_chop if verbatim else _wrap_line)(text, first, last, width))
    return lines


def _paragraphs(text: str) -> Iterator[Range]:
    start = 0
    while (stop := text.find("\n", start)) >= 0:
        yield start, stop
        start = stop + 1
    yield start, len(text)


def _chop(text: str, start: int, end: int, width: int) -> list[Range]:
    lines: list[Range] = []
    first, used = start, 0
    for a, _b, size in split_graphemes(text[start:end])[0]:
        if used + size > width:
            lines.append((first, start + a))
            first, used = start + a, 0
        used += size
    return [*lines, (first, end)]


def _wrap_line(text: str, start: int, end: int, width: int) -> list[Range]:
    plain = _SINGLE.fullmatch(text, start, end) is not None
    if plain and end - start <= width:
        return [(start, end)]
    measure: Callable[[str], int] = len if plain else cell_len
    lines: list[Range] = []
    first = last = -1  # the line being filled
    used = 0
    for a, b in _pieces(text, start, end, width, plain=plain):
        size = measure(text[a:b])
        gap = measure(text[last:a]) if first >= 0 else 0
        if first >= 0 and used + gap + size > width:
            lines.append((first, last))
            first = -1
        if first < 0:
            first, used, gap = a, 0, 0
        used += gap + size
        last = b
    lines.append((first, last) if first >= 0 else (start, start))
    return lines


def _pieces(text: str, start: int, end: int, width: int, *, plain: bool) -> Iterator[Range]:
    """Yield what is never broken: words, wide characters, and slices of overlong words."""
    for match in _WORD.finditer(text, start, end):
        a, last = match.span()
        cuts = [m.start() for m in _HYPHEN.finditer(text, a, last)]
        for b in (*cuts, last):
            if plain:
                for cut in range(a, b, width):
                    yield cut, min(cut + width, b)
            elif cell_len(text[a:b]) == b - a <= width:
                yield a, b
            else:
                yield from _odd_pieces(text, a, b, width)
            a = b


def _odd_pieces(text: str, start: int, end: int, width: int) -> Iterator[Range]:
    """Yield the pieces of a word that holds wide characters or is wider than a line."""
    graphemes, total = split_graphemes(text[start:end])
    overlong = total > width
    first, used = start, 0
    wide_before = False
    for a, _b, size in graphemes:
        here = start + a
        wide = size > 1
        may_break = (
            (wide or wide_before)
            and text[here] not in _NOT_FIRST
            and text[max(start, here - 1)] not in _NOT_LAST
        )
        must_break = overlong and used + size > width
        if here > first and (may_break or must_break):
            yield first, here
            first, used = here, 0
        used += size
        wide_before = wide
    yield first, end


def fit(text: str, width: int, *, pad: bool = True) -> str:
    """Return one line of text cut with "…" where it is too long, padded with spaces to `width`."""
    if width <= 0:
        return ""
    size = cells(text)
    if size > width:
        text = _cut(text, width - 1) + "…"
        size = cells(text)
    return text + " " * (width - size) if pad else text


def _cut(text: str, width: int) -> str:
    if _SINGLE.fullmatch(text):
        return text[:width].rstrip()
    used = 0
    for start, _end, size in split_graphemes(text[: width * 16 + 16])[0]:
        used += size
        if used > width:
            return text[:start].rstrip()
    return text[: width * 16 + 16]
