"""What the finders of differences share: the story as they see it, and how a finding is written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reader.compare.contexts import Contexts, clauses_of, function_words
from reader.compare.likeness import Likeness
from reader.compare.material import LONGEST_SENTENCE, Material, Unit
from reader.compare.names import Name
from reader.model import Variant

_TELLING = 2
"""A clause with a gap and fewer content words than that says too little ("is estimated at …")."""
_QUESTION = 48
"""So many characters of a clause around a value are shown."""
_GLUED = ("'", "’", "-")
"""What ties a word to the value before it."""
_TOUCHED = 0.3
"""From this likelihood of a common fact on a sentence is matched elsewhere."""


@dataclass(frozen=True, slots=True)
class Story:
    """The material with all that was computed about it, as the finders of differences take it."""

    material: Material
    likeness: Likeness
    """How likely each two sentences share a fact: where differences are looked for."""
    contexts: Contexts
    points_of: Mapping[int, tuple[int, ...]]
    """Row -> the numbers of the points that it belongs to."""
    known: frozenset[str] = frozenset()
    """The words that are names wherever they stand."""
    persons: Mapping[frozenset[str], frozenset[str]] = field(default_factory=dict)
    """Words of a name -> all words that the story names the same person with."""
    names: tuple[tuple[Name, ...], ...] = ()
    """Row -> the names of that sentence, in order."""

    def language(self, unit: Unit) -> str | None:
        """Return the language of a unit's report."""
        return self.material.reports[unit.report].language

    def share(self, a: Unit, b: Unit) -> float:
        """Return how likely two sentences of different reports share a fact, 0 to 1."""
        return float(self.likeness.shared[a.row, b.row])

    def touching(self, least: float) -> list[tuple[Unit, Unit]]:
        """Return the pairs of compared sentences that share a fact at least so likely."""
        units = self.material.units
        wanted = {unit.row for unit in self.compared()}
        return [
            (units[a], units[b])
            for a, b in self.likeness.pairs(least)
            if a in wanted and b in wanted
        ]

    def alike(self, a: Unit, b: Unit) -> float:
        """Return how alike two sentences are, 0 to 1."""
        return float(self.likeness.alike[a.row, b.row])

    def is_linked(self, unit: Unit) -> bool:
        """Return whether another report has a sentence that says or touches the same."""
        return bool((self.likeness.shared[unit.row] >= _TOUCHED).any())

    def compared(self) -> list[Unit]:
        """Return the sentences that differences are looked for in.

        Headings repeat what the text says, a report with the text of an earlier one is not read
        twice, and what goes on for pages without a stop is no sentence.
        """
        reports = self.material.reports
        return [
            unit
            for unit in self.material.units
            if unit.role != "heading"
            and not reports[unit.report].twin
            and len(unit.text) <= LONGEST_SENTENCE
        ]

    def variant(self, unit: Unit, start: int, end: int, normalized: str | None = None) -> Variant:
        """Return the variant at a place in a unit (code points of the unit's text)."""
        span = self.material.span(unit, start, end)
        return Variant(span.text, normalized, span.article, span.sentence, span.start, span.end)

    def claim(self, units: Iterable[Unit]) -> int | None:
        """Return the point that most of these sentences belong to, if any."""
        counts = Counter(number for unit in units for number in self.points_of.get(unit.row, ()))
        return min(counts, key=lambda number: (-counts[number], number), default=None)


def question(story: Story, places: Iterable[tuple[Unit, int, int]]) -> str:
    """Return what values at places are given for: a clause with "…" for the value.

    `places` are units with code points of their texts. Of the clauses the shortest one that says
    enough is taken, and cut to some 50 characters around the value.
    """
    found = {
        _with_gap(unit, start, end, story.language(unit)): story.language(unit)
        for unit, start, end in places
    }
    telling = [text for text, language in found.items() if _content(text, language) >= _TELLING]
    return min(telling, key=len) if telling else max(found, key=len, default="")


def _content(text: str, language: str | None) -> int:
    """Return how many words of a text are no words of the grammar."""
    words = [word.strip(",.;:").casefold() for word in text.split()]
    return sum(word not in function_words(language) for word in words if word and word != "…")


def _with_gap(unit: Unit, start: int, end: int, language: str | None) -> str:
    """Return the clause around a value with "…" in its place."""
    clauses = clauses_of(unit.text, language)
    first = max((a for a, _ in clauses if a <= start), default=0)
    last = min((b for _, b in clauses if b >= end), default=len(unit.text))
    before, after = unit.text[first:start].split(), unit.text[end:last].split()
    while sum(map(len, [*before, *after])) + len(before) + len(after) > _QUESTION:
        if len(before) > len(after):
            before.pop(0)
        else:
            after.pop()
    glued = "" if unit.text[end : end + 1] in _GLUED else " "  # "Tuesday's": "…'s"
    shown = f"{' '.join([*before, '…'])}{glued}{' '.join(after)}"
    return shown.strip(' ,;:.–—-()“”"„«»')


def groups_of(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the connected groups of numbers that appear in pairs, each sorted, in order."""
    head: dict[int, int] = {}

    def root(number: int) -> int:
        head.setdefault(number, number)
        while head[number] != number:
            head[number] = head[head[number]]
            number = head[number]
        return number

    for a, b in pairs:
        one, other = sorted((root(a), root(b)))
        head[other] = one
    groups: dict[int, list[int]] = {}
    for number in sorted(head):
        groups.setdefault(root(number), []).append(number)
    return list(groups.values())
