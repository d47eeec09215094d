"""Selectors: places in a text that are found again by their words (W3C Web Annotation)."""

import re

from reader.model import Selector

CONTEXT = 40
"""Code points before and after a place that are kept with it."""


def selector_for(text: str, start: int, end: int) -> Selector:
    """Return the selector of text[start:end], with the words around it; 0 <= start <= end."""
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
    """Return all places where a quote's words stand in a text; white space does not count.

    The places are (start, end) in code points, in order; two of them may overlap. A quote without
    a word stands nowhere.
    """
    words = quote.split()
    if not words:
        return []
    pattern = re.compile(r"(?=(" + r"\s+".join(map(re.escape, words)) + "))")
    return [match.span(1) for match in pattern.finditer(text)]
