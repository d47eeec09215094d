"""Selectors: places in a text that are found again by their words.

After the W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/#selectors): a text
position selector and a text quote selector in one.
"""

import re
from typing import NamedTuple

from reader.model import Selector

CONTEXT = 40
"""Code points before and after a place that are kept with it."""

_SPACE = re.compile(r"\s+")


def selector_for(text: str, start: int, end: int) -> Selector:
    """Return the selector of text[start:end], with the words around it.

    `start` and `end` are code points of the text, 0 <= start <= end <= len(text); else ValueError.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"{start} to {end} is no place in a text of {len(text)} characters")
    return Selector(
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def find_quote(text: str, quote: str) -> list[tuple[int, int]]:
    """Return all places where a quote stands in a text; white space does not count.

    The places are (start, end) in code points, in order; two may overlap. Any white space in the
    quote is like any in the text; where that finds nothing, white space may also be missing or too
    much (as in a quote of Chinese that was wrapped). A quote of white space stands nowhere.
    """
    words = quote.split()
    if not words:
        return []
    return _places(_folded(text, " "), " ".join(words)) or _places(
        _folded(text, ""), "".join(words)
    )


class _Folded(NamedTuple):
    """A text with its white space replaced, and where each of its characters stood."""

    text: str
    at: list[int]


def _folded(text: str, space: str) -> _Folded:
    parts: list[str] = []
    at: list[int] = []
    end = 0
    for match in _SPACE.finditer(text):
        parts += text[end : match.start()], space
        at += range(end, match.start())
        at += [match.start()] * len(space)
        end = match.end()
    parts.append(text[end:])
    at += range(end, len(text))
    return _Folded("".join(parts), at)


def _places(folded: _Folded, wanted: str) -> list[tuple[int, int]]:
    places = []
    found = folded.text.find(wanted)
    while found >= 0:
        places.append((folded.at[found], folded.at[found + len(wanted) - 1] + 1))
        found = folded.text.find(wanted, found + 1)
    return places
