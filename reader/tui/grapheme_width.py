"""Signs that terminals disagree about, in a plain form that all of them paint equally wide.

A family joined of four, a flag, a hand with a skin colour, a heart with a variation selector: one
terminal paints them in two cells, another in four or one, and whatever stands right of them on the
line is moved. They are painted by their first part, and flags as their two letters.
"""

import re
import unicodedata

from rich.cells import cell_len, split_graphemes
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_DOUBTFUL = re.compile("[\u200d\ufe0e\ufe0f\u20e3\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
_FIRST_LETTER = 0x1F1E6
"""The regional indicator A."""


def settled_width(text: str) -> str:
    """Return a text as wide as this one (by Unicode's tables), in signs of no doubtful width."""
    if text.isascii() or not _DOUBTFUL.search(text):
        return text
    return "".join(_steady(text[a:b], size) for a, b, size in split_graphemes(text)[0])


def _steady(cluster: str, size: int) -> str:
    first = cluster[0]
    letter = ord(first) - _FIRST_LETTER
    if 0 <= letter < 26:
        return chr(ord("A") + letter)
    if not _DOUBTFUL.search(cluster) or unicodedata.category(first)[0] in "LM":
        return cluster  # joiners within the letters of a script belong there
    return first + " " * (size - cell_len(first))


class GraphemeWidth(LineFilter):
    """Paints every line in signs of no doubtful width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return a line's segments, as wide as they are."""
        del background
        if all(segment.text.isascii() for segment in segments):
            return segments
        return [Segment(settled_width(text), style, control) for text, style, control in segments]
