"""What each outlet calls the same actor: "an Islamist militant group", "the rebels", "the regime".

Looked for are phrases with a word that takes a view (`labels` in the tables) which stand right
beside a name that several reports have: before it ("the radical Red Dawn"), after it ("the Red
Dawn movement") or set beside it ("the Red Dawn, a militant group, …").
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reader.compare.attribution import titles_of
from reader.compare.contexts import function_words
from reader.compare.found import Story
from reader.compare.material import Unit
from reader.compare.names import Name, folded
from reader.compare.synonyms import place_terms
from reader.compare.tables import members
from reader.model import Difference
from reader.text.words import Word, stem

_APPOSED = re.compile(r",\s+(?:(?:the|a|an)\s+)([^,.;:()“”\"]{4,60})(?=[,.;:)]|$)")
_REACH = 3
"""How many words beside a name may belong to its label."""


@dataclass(frozen=True, slots=True)
class Label:
    """A labelling phrase for a name; `start` and `end` are code points of the unit's text."""

    unit: Unit
    start: int
    end: int
    actor: tuple[str, ...]
    words: frozenset[str]
    """The stems of its labelling words."""


def labels(story: Story, names: Iterable[Name]) -> list[Label]:
    """Return the labels that stand beside names."""
    found = []
    for name in names:
        language = story.language(name.unit)
        wanted = members(language, "labels", "words")
        tokens = tuple(t for t in name.tokens if t not in wanted and t not in titles_of(language))
        if (
            not wanted
            or not tokens
            or any(stem(t, language) in place_terms(language) for t in tokens)
        ):
            continue
        for start, end in _beside(name, wanted, language):
            words = frozenset(
                stem(w.text, language)
                for w in name.unit.words
                if start <= w.start < end and w.text in wanted
            )
            found.append(Label(name.unit, start, end, tokens, words))
    return found


def _beside(name: Name, wanted: frozenset[str], language: str | None) -> Iterable[tuple[int, int]]:
    unit = name.unit
    functions = function_words(language)
    before = _run(unit, [w for w in unit.words if w.end <= name.start][::-1], name.start, functions)
    own = [w for w in unit.words if name.start <= w.start < name.end and w.text in wanted]
    if any(w.text in wanted for w in before):
        yield before[-1].start, name.end
    elif own:
        yield name.start, name.end
    after = _run(unit, [w for w in unit.words if w.start >= name.end], name.end, functions)
    last = max((i for i, w in enumerate(after) if w.text in wanted), default=None)
    if last is not None:
        yield name.start, after[last].end
    if apposed := _APPOSED.match(unit.text, name.end):
        inside = [w for w in unit.words if apposed.start(1) <= w.start < apposed.end(1)]
        if any(w.text in wanted for w in inside):
            yield apposed.start(1), apposed.end(1)


def _run(unit: Unit, words: list[Word], edge: int, functions: frozenset[str]) -> list[Word]:
    """Return the words right beside a place, one space apart, up to a word of the grammar."""
    found: list[Word] = []
    for word in words[:_REACH]:
        gap = unit.text[min(edge, word.end) : max(edge, word.start)]
        if word.text in functions or gap not in (" ", "-", "", "'s ", "’s "):
            break
        found.append(word)
        edge = word.start if word.end <= edge else word.end
    return found


def label_differences(story: Story, found: list[Label]) -> list[Difference]:
    """Return the actors that outlets label differently, as mere differences."""
    by_actor: dict[str, list[Label]] = {}
    for label in found:
        by_actor.setdefault(folded(label.actor[-1]), []).append(label)
    differences = []
    for _, told in sorted(by_actor.items()):
        shown: list[Label] = []
        for label in told:
            if not any(s.words == label.words for s in shown):
                shown.append(label)
        outlets = {story.material.reports[label.unit.report].article.source for label in shown}
        if len({label.unit.report for label in shown}) > 1 and len(outlets) > 0:
            variants = tuple(
                story.variant(s.unit, s.start, s.end, " ".join(sorted(s.words))) for s in shown
            )
            name = min((" ".join(s.actor) for s in told), key=len).title()
            claim = story.claim(s.unit for s in shown)
            differences.append(Difference("label", False, f"called: {name}", claim, 0.5, variants))
    return differences
