"""Notes in the margin, each beside the line where its sentence begins. Pure functions."""

from collections.abc import Iterable

from reader.model import Annotation
from reader.text.hygiene import shown
from reader.tui.typeset import paintable, wrap

LEAST = 22
"""Below so many cells right of the text there is no margin: notes stand below their paragraph."""
MOST = 38
GAP = 2
_SIGN = "✎ "


def in_margin(annotation: Annotation) -> bool:
    """Tell whether an annotation is a note that stands beside its sentence."""
    return bool(annotation.selector is not None and annotation.body and not annotation.orphaned)


def room(pane: int, text: int) -> int:
    """Return the margin's width where a text of this width stands in a pane; 0 for no margin.

    The text stays in the middle as long as the margin finds room right of it; else it moves left.
    """
    free = max(0, pane - text)
    right = max(free - free // 2, min(free, LEAST))
    return min(right, MOST) if right >= LEAST else 0


def margin_lines(notes: Iterable[tuple[int, str]], width: int) -> dict[int, str]:
    """Return what stands in the margin: by line of the document, a text of at most `width` cells.

    `notes` are the line at which each note's sentence begins, and its words. A note that would
    stand where the one before still goes on begins below it.
    """
    lines: dict[int, str] = {}
    free = 0
    for line, words in sorted(notes, key=lambda note: note[0]):
        text = paintable(shown(words).strip())
        at = max(line, free)
        for number, (start, end) in enumerate(wrap(text, width - GAP - len(_SIGN))):
            sign = " " * len(_SIGN) if number else _SIGN
            lines[at + number] = " " * GAP + sign + text[start:end]
            free = at + number + 1
    return lines
