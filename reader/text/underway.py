"""A text while its left-overs are taken out: what is still in it, what was taken, in what order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reader.text import lines
from reader.text.bylines import Byline
from reader.text.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class Leftover:
    """A line, or words cut out of one, that is not the article's; and why, in one phrase."""

    text: str
    reason: str


@dataclass(slots=True)
class Item:
    """A paragraph and its place on the page."""

    order: float
    part: Paragraph


@dataclass(slots=True)
class Work:
    """The text under way."""

    items: list[Item]
    left: list[tuple[float, Leftover]] = field(default_factory=list)
    """What was taken out, with its place on the page."""
    byline: Byline = field(default_factory=Byline)
    excerpt: bool = False

    def parts(self) -> list[Paragraph]:
        """Return the paragraphs that are still in the text."""
        return [item.part for item in self.items]

    def note(self, order: float, text: str, reason: str) -> None:
        """Note words that were cut out of the paragraph at a place."""
        self.left.append((order, Leftover(text, reason)))

    def take(self, reasons: Mapping[int, str]) -> None:
        """Take whole paragraphs out: index -> reason."""
        for n, reason in reasons.items():
            self.note(self.items[n].order, self.items[n].part.text, reason)
        self.items = [item for n, item in enumerate(self.items) if n not in reasons]

    def words(self) -> int:
        """Return how many words are still in the text."""
        return sum(lines.word_count(item.part.text) for item in self.items)

    def copied(self) -> "Work":
        """Return a copy that later steps do not change."""
        return Work(
            [Item(item.order, item.part) for item in self.items],
            list(self.left),
            self.byline,
            self.excerpt,
        )
