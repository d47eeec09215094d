"""Left-overs of web pages: what a scraped text holds that is not the article's.

First form: repeated and known short lines. Pure: paragraphs in, paragraphs and left-overs out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.text.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Leftover:
    """A line that is not the article's, and why it is thought so (one phrase)."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Split:
    """The article's own paragraphs and the left-overs, both in their order."""

    paragraphs: tuple[Paragraph, ...]
    leftovers: tuple[Leftover, ...]


def split_leftovers(
    parts: Sequence[Paragraph],
    *,
    title: str = "",  # noqa: ARG001
    language: str | None = None,  # noqa: ARG001
) -> Split:
    """Return the paragraphs without the left-overs of the page, and these with a reason each."""
    return Split(tuple(parts), ())
