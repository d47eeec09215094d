"""Anchoring: a place of an earlier revision is found again in a later one."""

from reader.annotate.selectors import find_quote
from reader.model import Selector


def anchor(selector: Selector, text: str) -> tuple[int, int] | None:
    """Return the place (start, end) of a selector in a text; None where it cannot be found."""
    if text[selector.start : selector.end] == selector.exact:
        return selector.start, selector.end
    found = find_quote(text, selector.exact)
    if not found:
        return None
    return min(found, key=lambda place: abs(place[0] - selector.start))
