"""The statements that a sentence packs, and which of them no other report makes."""

from typing import TYPE_CHECKING, Any

from reader.compare.contexts import clauses_of
from reader.compare.found import Story
from reader.compare.material import LONGEST_SENTENCE, Unit, terms_within
from reader.compare.only import ELSEWHERE
from reader.compare.tables import members
from reader.model import Place, Statements

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEAST = 3
"""A part with fewer content words states nothing by itself and goes with its neighbour."""
_TOLD = 0.4
"""A part is stated elsewhere if a sentence that shares a fact has this share of its words."""


def statements(unit: Unit, language: str | None) -> list[tuple[int, int]]:
    """Return the parts of a sentence that state something each, code points of its text.

    Clauses, appositions and what is reported, divided by punctuation; a part with hardly any words
    of its own stays with the one before it.
    """
    if len(unit.text) > LONGEST_SENTENCE:
        return [(0, len(unit.text))]
    found: list[tuple[int, int]] = []
    for start, end in clauses_of(unit.text, language):
        # a conjunction alone parts nothing here; a cut is before the punctuation that makes it
        glued = unit.text[start : start + 1].isalnum() and unit.text[start - 1 : start].isspace()
        few = len(terms_within(unit, start, end, language)) < _LEAST
        if found and (glued or few or _few(unit, found[-1], language)):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [_trimmed(unit.text, *part) for part in found]


def denies(word: str, language: str | None) -> bool:
    """Return True if a word (in lower case) denies what its sentence would say without it."""
    return word in members(language, "statements", "negations") or word.endswith("n't")


def _few(unit: Unit, part: tuple[int, int], language: str | None) -> bool:
    return len(terms_within(unit, *part, language)) < _LEAST


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip(" ,;:–—-()"))
    return start + left, start + len(inner.rstrip(" ,;:–—-("))


def new_statements(
    story: Story, shared: "NDArray[Any]", only: tuple[Place, ...]
) -> tuple[Statements, ...]:
    """Return what each report states that no other does: whole sentences, and parts of others.

    A sentence in `only` is new with all its statements. Of any other body sentence those are new of
    which no sentence that shares a fact with it has the words.
    """
    import numpy as np  # noqa: PLC0415 - only a comparison needs it, not the program's start

    alone = set(only)
    units = story.material.units
    found = []
    for unit in units:
        if unit.role != "body" or story.material.reports[unit.report].twin:
            continue
        language, place = story.language(unit), story.material.place(unit)
        parts = statements(unit, language)
        if place not in alone:
            near = [units[row] for row in np.flatnonzero(shared[unit.row] >= ELSEWHERE / 2)]
            if any(story.language(other) != language for other in near) or len(parts) == 1:
                continue  # words of two languages cannot be compared one by one
            told = {term for other in near for term in other.terms}
            parts = [part for part in parts if _is_new(unit, part, language, told)]
        if parts:
            spans = tuple(story.material.span(unit, a, b) for a, b in parts)
            found.append(Statements(place.article, place.sentence, spans))
    return tuple(found)


def _is_new(unit: Unit, part: tuple[int, int], language: str | None, told: set[str]) -> bool:
    terms = set(terms_within(unit, *part, language))
    return len(terms) >= _LEAST and len(terms & told) < _TOLD * len(terms)
