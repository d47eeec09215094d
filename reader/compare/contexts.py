"""What is said around a phrase: its clause, by which two phrases are found to be about one thing.

A time or a number means something only with its clause ("took power in 2021"). Two contexts are
compared by the weighted share of concepts that they have in common; here synonyms count as one,
since clauses are short and every word matters.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from math import log, sqrt

from reader.compare.material import Material, Unit
from reader.compare.synonyms import concepts
from reader.compare.tables import listed, members
from reader.text.words import stem, stop_words

Concepts = frozenset[str]
_COMMON = 0.15
"""A concept in so many of the sentences is what the story is about."""
_ENOUGH = 2
"""A clause with fewer concepts than this is told apart by its neighbour."""


class Contexts:
    """The concepts of all sentences of a material, and how much each tells."""

    def __init__(self, material: Material) -> None:
        """Take the material whose sentences are asked for."""
        self.material = material
        self._of = [self._concepts(unit) for unit in material.units]
        counts = Counter(term for of in self._of for term in {name for name, _, _ in of})
        self.counts = counts
        total = max(1, len(self._of))
        self._common = max(2.0, _COMMON * total)
        self.weight = {term: log(total / count) + 1 for term, count in counts.items()}

    def language(self, unit: Unit) -> str | None:
        """Return the language of a unit's report."""
        return self.material.reports[unit.report].language

    def placed(self, unit: Unit) -> list[tuple[str, int, int]]:
        """Return the concepts of a sentence in order, with their places in its text."""
        return self._of[unit.row]

    def whole(self, unit: Unit) -> Concepts:
        """Return the concepts of a whole sentence."""
        return frozenset(name for name, _, _ in self._of[unit.row])

    def around(self, unit: Unit, start: int, end: int) -> Concepts:
        """Return the concepts of the clause around a phrase (code points of the unit's text).

        The phrase itself is left out; a clause that has hardly any takes in its neighbour.
        """
        clauses = clauses_of(unit.text, self.language(unit))
        # "nearly three years since the war": what matters is the clause that the phrase opens.
        opens = unit.text[start:end].rsplit(None, 1)[-1].lower() in _openers(self.language(unit))
        place = end - 1 if opens else start
        at = max(i for i, (a, _) in enumerate(clauses) if a <= place)
        found = self._within(unit, clauses[at], start, end)
        beside = [at - 1, at + 1] if at else [1]
        if len(found) < _ENOUGH:
            for number in beside:
                if 0 <= number < len(clauses):
                    found |= self._within(unit, clauses[number], start, end)
                    break
        return found

    def nearest(self, unit: Unit, start: int, end: int) -> str | None:
        """Return the concept nearest to a phrase that tells what happened, in its clause.

        Names are passed over, and, if there is anything else, what the whole story is about.
        """
        inside = self.around(unit, start, end)
        near = sorted(
            (max(a - end, start - b), name)
            for name, a, b in self._of[unit.row]
            if name in inside and unit.text[a].islower()
        )
        telling = [name for _, name in near if self.counts[name] < self._common]
        return next(iter(telling or [name for _, name in near]), None)

    def likeness(self, a: Iterable[str], b: Iterable[str]) -> float:
        """Return the cosine (0 to 1) of two contexts, their concepts weighed by rarity."""
        one, other = set(a), set(b)
        shared = sum(self.weight.get(term, 1.0) ** 2 for term in sorted(one & other))
        lengths = self._square(one) * self._square(other)
        return shared / sqrt(lengths) if lengths else 0.0

    def _square(self, terms: set[str]) -> float:
        return sum(self.weight.get(term, 1.0) ** 2 for term in sorted(terms))

    def _within(self, unit: Unit, clause: tuple[int, int], start: int, end: int) -> Concepts:
        first, last = clause
        return frozenset(
            name
            for name, a, b in self._of[unit.row]
            if first <= a < last and not (a < end and b > start)
        )

    def _concepts(self, unit: Unit) -> list[tuple[str, int, int]]:
        language = self.language(unit)
        found, functions = concepts(language), function_words(language)
        names = []
        for word in unit.words:
            if word.text not in functions and len(word.text) > 1:
                stemmed = stem(word.text, language)
                names.append((found.get(stemmed, stemmed), word.start, word.end))
        return names


@cache
def function_words(language: str | None) -> frozenset[str]:
    """Return the words that carry no meaning in a clause: fewer than the usual stop words.

    "Take", "first" or "three" do tell one event from another.
    """
    own = members(language, "function_words") or stop_words(language)
    return own | members(language, "clause_words")


@cache
def _openers(language: str | None) -> frozenset[str]:
    return members(language, "clause_words")


@cache
def _boundary(language: str | None) -> re.Pattern[str]:
    words = "|".join(map(re.escape, listed(language, "clause_words")))
    by_word = rf"|\b(?={words}\b)(?:{words})\b" if words else ""
    return re.compile(rf"[,;:()“”\"„«»—–]|\s-\s{by_word}", re.IGNORECASE)


def clauses_of(text: str, language: str | None) -> list[tuple[int, int]]:
    """Return the clauses of a sentence in order: what punctuation and conjunctions divide.

    A conjunction belongs to the clause that it opens. Digits keep their commas.
    """
    return list(_clauses(text, language))


@lru_cache(maxsize=4000)
def _clauses(text: str, language: str | None) -> tuple[tuple[int, int], ...]:
    """Return the same, kept: several finders ask for the clauses of the same sentences."""
    cuts = [0]
    for match in _boundary(language).finditer(text):
        comma = match.group() == "," and text[match.end() : match.end() + 1].isdigit()
        if not comma and match.start() > cuts[-1]:
            cuts.append(match.start())
    return tuple(zip(cuts, [*cuts[1:], len(text)], strict=True))
