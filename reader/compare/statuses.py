"""Outcomes that exclude each other: passed and failed, dead and in hospital, gas leak and attack.

Two sentences that share a fact are set against each other clause by clause: one denies what the
other says of the same thing, or they use two words of one row of opposites
(`[statements.opposites]` of a language's table).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

from reader.compare.contexts import function_words
from reader.compare.found import Story
from reader.compare.material import Unit
from reader.compare.statements import denies, statements
from reader.compare.tables import members, section
from reader.model import Difference, DifferenceKind, Variant
from reader.text.words import Word, stem

SHARE = 0.4
"""From this likelihood of a common fact on two sentences are set against each other."""
_LIKE = 0.3
"""Two clauses whose words are less alike than this are about two things."""
_SURE, _SHARED, _EQUAL = 0.6, 2, 0.6
"""What a denial of any word takes: this likelihood of a fact, words in common, like clauses."""
_REACH = 2
"""How many words after a denial it still applies to."""
_SHORT = 4


@dataclass(frozen=True, slots=True)
class _Row:
    kind: DifferenceKind
    sides: tuple[frozenset[str], ...]
    """The forms of each side; words of two sides exclude each other."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """How many words of a sentence deny something, and whether any is in a row of opposites."""

    denials: int
    opposites: bool


@dataclass(frozen=True, slots=True)
class _Hit:
    """A word of a row of opposites (or one that is denied) in a clause of a sentence."""

    unit: Unit
    start: int
    end: int
    key: tuple[str, int]
    """What is compared, and the side that the sentence takes."""
    kind: DifferenceKind
    clause: frozenset[str]
    """The other content words of the clause, as stems."""


def status_differences(story: Story) -> list[Difference]:
    """Return where one report excludes what another says, one difference for each matter."""
    found: dict[tuple[str, frozenset[str]], list[_Hit]] = {}

    @cache
    def marks(row: int) -> _Marks:
        unit = story.material.units[row]
        return _marks(unit, story.language(unit))

    @cache
    def hits(row: int) -> list[_Hit]:
        unit = story.material.units[row]
        return _one_sided(list(_hits(unit, story.language(unit))))

    for one, other in story.touching(SHARE):
        same = story.language(one) == story.language(other)
        if not same or not _may_exclude(marks(one.row), marks(other.row)):
            continue
        for a, b in product(hits(one.row), hits(other.row)):
            if a.key[0] == b.key[0] and a.key[1] != b.key[1] and _one_matter(story, a, b):
                found.setdefault((a.key[0], a.clause & b.clause), []).extend([a, b])
    return _differences(story, found)


def _marks(unit: Unit, language: str | None) -> _Marks:
    """Return what of a sentence can exclude something."""
    texts = [word.text for word in unit.words]
    denials = sum(denies(text, language) for text in texts)
    return _Marks(denials, not _forms(language).isdisjoint(texts))


def _may_exclude(one: _Marks, other: _Marks) -> bool:
    """Return True if one sentence denies something, or both have words of opposites."""
    denials = (one.denials, other.denials)
    if max(denials) > 1:
        return False  # "I do not say that I will not": nobody can be held to either
    return any(denials) or (one.opposites and other.opposites)


@cache
def _forms(language: str | None) -> frozenset[str]:
    """Return all words of all rows of opposites."""
    return frozenset(form for row in _rows(language) for side in row.sides for form in side)


def _one_sided(hits: list[_Hit]) -> list[_Hit]:
    """Return the hits without those of a matter of which the sentence names both sides."""
    sides: dict[str, set[int]] = {}
    for hit in hits:
        sides.setdefault(hit.key[0], set()).add(hit.key[1])
    return [hit for hit in hits if len(sides[hit.key[0]]) == 1]


def _differences(
    story: Story, found: dict[tuple[str, frozenset[str]], list[_Hit]]
) -> list[Difference]:
    differences, taken = [], set[tuple[int, int]]()
    for (_key, shared), group in sorted(found.items(), key=lambda item: -len(item[0][1])):
        places = {(hit.unit.row, hit.start): hit for hit in group}
        if places.keys() & taken:
            continue
        taken |= places.keys()
        chosen = _joined([places[place] for place in sorted(places)])
        first = chosen[0]
        words = [w.text for w in first.unit.words if _stem(story, first.unit, w.text) in shared]
        topic = " ".join(dict.fromkeys(words[:4])) or first.unit.text[first.start : first.end]
        variants: tuple[Variant, ...] = tuple(
            story.variant(hit.unit, hit.start, hit.end, str(hit.key[1])) for hit in chosen
        )
        differences.append(
            Difference(first.kind, True, topic, story.claim(h.unit for h in chosen), 0.6, variants)
        )
    return differences


def _joined(hits: list[_Hit]) -> list[_Hit]:
    """Return hits in order with those that overlap as one: "a deliberate", "deliberate attack"."""
    found: list[_Hit] = []
    for hit in hits:
        last = found[-1] if found else None
        if last and last.unit is hit.unit and last.key == hit.key and hit.start <= last.end:
            found[-1] = replace(last, end=max(last.end, hit.end))
        else:
            found.append(hit)
    return found


def _stem(story: Story, unit: Unit, word: str) -> str:
    return stem(word, story.language(unit))


def _one_matter(story: Story, a: _Hit, b: _Hit) -> bool:
    """Return True if two clauses are about one thing: a word or two in common, hardly others."""
    shared = a.clause & b.clause
    if not shared:
        return False
    if a.key[0].startswith("denied"):  # any word may be denied: only the rest being equal tells
        close = story.share(a.unit, b.unit) >= _SURE and len(shared) >= _SHARED
        return close and story.contexts.likeness(a.clause, b.clause) >= _EQUAL
    if a.kind == "cause":
        return len(shared) >= _SHARED
    return story.contexts.likeness(a.clause, b.clause) >= _LIKE


def _hits(unit: Unit, language: str | None) -> Iterator[_Hit]:
    """Yield the words of a sentence that take a side, clause by clause."""
    rows = _rows(language)
    functions = function_words(language)
    for start, end in statements(unit, language):
        words = [w for w in unit.words if start <= w.start < end]
        stems = [stem(w.text, language) for w in words]
        content = {s for w, s in zip(words, stems, strict=True) if w.text not in functions}
        for at, (word, stemmed) in enumerate(zip(words, stems, strict=True)):
            denied = _denied(words, at, language)
            span = _phrase(unit.text, words, at, denied, members(language, "speech", "articles"))
            for number, row in enumerate(rows):
                side = next((n for n, s in enumerate(row.sides) if word.text in s), None)
                if side is not None:
                    taken = {stem(form, language) for side_ in row.sides for form in side_}
                    rest = frozenset(content - taken)
                    side = side if denied is None else -1 - side
                    yield _Hit(unit, *span, (f"row {number}", side), row.kind, rest)
            if (
                word.text not in functions
                and len(word.text) >= _SHORT
                and unit.text[word.start].islower()
            ):
                rest = frozenset(content - {stemmed})
                side = 0 if denied is None else 1
                yield _Hit(unit, *span, (f"denied {stemmed}", side), "status", rest)


def _denied(words: Sequence[Word], at: int, language: str | None) -> int | None:
    """Return where the word stands that denies the one at a place, if one does."""
    for back in range(1, _REACH + 1):
        if at - back < 0:
            return None
        if denies(words[at - back].text, language):
            return at - back
    return None


def _phrase(
    text: str,
    words: Sequence[Word],
    at: int,
    denied: int | None,
    articles: frozenset[str],
) -> tuple[int, int]:
    """Return the span of a word with its denial, or with what is right before it.

    An article or a number before it is left out.
    """
    first = denied if denied is not None else max(0, at - 1)
    if denied is None and (words[first].text in articles or words[first].text[0].isdigit()):
        first = at
    start, end = words[first].start, words[at].end
    if re.search(r"[,;:.()“”\"]", text[start:end]):
        start = words[at].start
    return start, end


@cache
def _rows(language: str | None) -> tuple[_Row, ...]:
    """Return the rows of opposites of a language."""
    found = []
    kinds: tuple[DifferenceKind, ...] = ("status", "cause", "sequence", "label")
    table = section(language, "statements", "opposites")
    for kind in kinds:
        for line in table.get(kind, ()):
            sides = tuple(frozenset(side.split()) for side in line.split("|"))
            found.append(_Row(kind, sides))
    return tuple(found)
