"""The links of a text as numbered references: "[1]" behind the words, the addresses at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.model import Link


@dataclass(frozen=True, slots=True)
class References:
    """What is shown of a text's links beside the text itself."""

    marks: tuple[tuple[int, str], ...] = ()
    """Sorted: a place of the stored text and the mark that is shown before what stands there."""
    addresses: tuple[str, ...] = ()
    """The address of [1], of [2] …"""

    def within(self, start: int, end: int) -> tuple[tuple[int, str], ...]:
        """Return the marks of the text's part start..end, counted from its start."""
        return tuple((place - start, mark) for place, mark in self.marks if start < place <= end)


def references(text: str, links: Sequence[Link]) -> References:
    """Return the links of a text numbered in their order; the same address keeps its number.

    A link whose words are its address already gets no number.
    """
    numbers: dict[str, int] = {}
    marks: list[tuple[int, str]] = []
    for link in sorted(links, key=lambda link: (link.start, link.end)):
        if text[link.start : link.end].strip() == link.url.removeprefix("mailto:"):
            continue
        number = numbers.setdefault(link.url, len(numbers) + 1)
        marks.append((link.end, f"[{number}]"))
    return References(tuple(sorted(marks, key=lambda mark: mark[0])), tuple(numbers))


def with_marks(text: str, marks: Sequence[tuple[int, str]]) -> str:
    """Return a text with marks put in; their places are offsets into it, sorted."""
    parts, last = [], 0
    for place, mark in marks:
        parts += [text[last:place], mark]
        last = place
    return "".join([*parts, text[last:]])
