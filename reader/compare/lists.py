"""Lists of names of which one report's is longer: "China and India" against four countries."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from reader.compare.found import Story
from reader.compare.material import Unit
from reader.compare.names import Name
from reader.compare.tables import members, section
from reader.model import Difference

_BRACKET = re.compile(r"\s*\([^()]{1,30}\)")
_COMMON = 2
"""So many items two lists must have in common."""
_ONE_MORE = 0.12
"""How much their sentences must be alike, the names left out, where just one name is added."""
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class NameList:
    """Two or more names in a row; `start` and `end` are code points of the unit's text."""

    unit: Unit
    start: int
    end: int
    items: frozenset[tuple[str, ...]]


def name_lists(story: Story, names: Iterable[Name]) -> list[NameList]:
    """Return the lists of names: "A and B", "A, B and C", with articles and brackets between."""
    by_row: dict[int, list[Name]] = {}
    for name in names:
        if _in_brackets(name):
            continue  # "the European Union (EU)"
        by_row.setdefault(name.unit.row, []).append(name)
    found = []
    for _, inside in sorted(by_row.items()):
        language = story.language(inside[0].unit)
        links = [_link(_between(one, other), language) for one, other in pairwise(inside)]
        found += [_list(inside[a:b]) for a, b in _runs(links) if b - a <= _LONGEST]
    return found


def _runs(links: list[str | None]) -> Iterable[tuple[int, int]]:
    """Return (first, last + 1) of the names that form lists; `links` join each with the next.

    A list has an "and"; after it comes only one more name, or another "and".
    """
    start = 0
    for at, link in enumerate([*links, None]):
        joined = "and" in links[start:at]
        if link is None or (joined and link == ","):
            if joined:
                yield start, at + 1
            start = at + 1


def _in_brackets(name: Name) -> bool:
    text = name.unit.text
    return text[name.start - 1 : name.start] == "(" and text[name.end : name.end + 1] == ")"


def _between(one: Name, other: Name) -> str:
    return _BRACKET.sub("", one.unit.text[one.end : other.start])


def _link(between: str, language: str | None) -> str | None:
    """Return "and" or "," where two names stand in one list, None where they do not."""
    words = re.findall(r"[^\W\d_]+", between.lower())
    articles = members(language, "speech", "articles")
    conjunctions = section(language, "lists").get("and", [])
    rest = " ".join(word for word in words if word not in articles)
    if re.search(r"[^\w\s,&/]", between):
        return None
    if not rest:
        return "and" if "&" in between else ("," if "," in between else None)
    return "and" if rest in conjunctions else None


def _list(run: list[Name]) -> NameList:
    items = frozenset(name.tokens for name in run)
    return NameList(run[0].unit, run[0].start, run[-1].end, items)


def list_differences(story: Story, found: list[NameList]) -> list[Difference]:
    """Return the lists that share items and of which one has more, as mere differences."""
    differences, seen = [], set()
    for i, a in enumerate(found):
        for b in found[i + 1 :]:
            if a.unit.report == b.unit.report or a.items == b.items:
                continue
            common = a.items & b.items
            shorter, longer = sorted((a, b), key=lambda n: (len(n.items), n.unit.row))
            if len(common) < _COMMON or common != shorter.items or not _one_matter(story, a, b):
                continue
            key = (shorter.items, longer.items)
            if key not in seen:
                seen.add(key)
                differences.append(_difference(story, shorter, longer))
    return differences


def _one_matter(story: Story, a: NameList, b: NameList) -> bool:
    """Return whether two lists stand in sentences that have more in common than the names."""
    contexts = story.contexts
    one, other = (_rest(story, n) for n in (a, b))
    more = abs(len(a.items) - len(b.items))
    return bool(one & other) and (more > 1 or contexts.likeness(one, other) >= _ONE_MORE)


def _rest(story: Story, names: NameList) -> frozenset[str]:
    placed = story.contexts.placed(names.unit)
    return frozenset(name for name, start, _ in placed if not names.start <= start < names.end)


def _difference(story: Story, shorter: NameList, longer: NameList) -> Difference:
    variants = tuple(
        story.variant(n.unit, n.start, n.end, ", ".join(sorted(" ".join(i) for i in n.items)))
        for n in (shorter, longer)
    )
    more = len(longer.items) - len(shorter.items)
    shared = _rest(story, shorter) & _rest(story, longer)
    confidence = round(0.4 + min(0.4, 0.1 * len(shared)), 2)
    claim = story.claim([shorter.unit, longer.unit])
    topic = f"list: {shorter.unit.text[shorter.start : shorter.end]} ({more} more)"
    return Difference("list", False, topic, claim, confidence, variants)
