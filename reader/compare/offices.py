"""Offices and titles that reports give the same person: "Deputy Minister Lee", "Lee, the envoy"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reader.compare.attribution import titles_of
from reader.compare.found import Story
from reader.compare.letters import distance
from reader.compare.material import Unit
from reader.compare.names import Name, folded
from reader.compare.synonyms import place_terms
from reader.compare.tables import members, section
from reader.model import Difference
from reader.text.words import stem

_APPOSED = re.compile(
    r",\s+(?:(?:the|a|an|der|die|le|la|el|il|o|de)\s+)?([^,.;:()“”\"]{4,70})(?=[,.;:)]|$)"
)
_OFFICE_OF = re.compile(
    r"\w\s(?:of|for|von|für|de|di|van)\s(?:the\s)?(?:[^\W\d_a-z]\w{1,30}\s?){1,3},\s$"
)
_OF = re.compile(r"\s+(?:of|for|to|in|at|von|für|de|du|des|della|del|van|voor)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Title:
    """An office given to a person; `start` and `end` are code points of the unit's text."""

    unit: Unit
    start: int
    end: int
    person: frozenset[str]
    words: frozenset[str]
    """Its words, those for one country folded together."""
    heads: frozenset[str]
    """Those among them that are offices ("minister")."""
    name: str = ""
    """The person as named there."""


def titles(story: Story, names: Iterable[Name]) -> list[Title]:
    """Return the offices that stand before a person's name or are set beside it."""
    found = []
    for name in names:
        language = story.language(name.unit)
        person = _person(story, name, language)
        if person:
            both = (_before(name, person, language), _beside(name, person, language))
            shown = _name_alone(name, language)
            found += [replace(title, name=shown) for title in both if title]
    return found


def _person(story: Story, name: Name, language: str | None) -> frozenset[str]:
    """Return the words of a person's full name; none where it is no person or named in part."""
    places, offices = place_terms(language), titles_of(language)
    at = [i for i, token in enumerate(name.tokens) if token in offices]
    own = frozenset(name.tokens[at[-1] + 1 if at else 0 :])
    if any(stem(token, language) in places for token in own):
        return frozenset()
    full = story.persons.get(own, own)
    return full if len(full) > 1 else frozenset()


def _name_alone(name: Name, language: str | None) -> str:
    """Return a name as written, without the office in front of it."""
    words = [w for w in name.unit.words if name.start <= w.start < name.end]
    at = [i for i, w in enumerate(words) if folded(w.text) in titles_of(language)]
    start = words[at[-1] + 1].start if at and at[-1] + 1 < len(words) else name.start
    return name.unit.text[start : name.end]


def _title(
    unit: Unit, start: int, end: int, person: frozenset[str], language: str | None
) -> Title | None:
    """Return the office in a stretch of text, if it holds one and hardly anything else."""
    places, heads = place_terms(language), members(language, "offices", "heads")
    offices = titles_of(language) | members(language, "offices", "telling")
    spoken = [folded(w.text) for w in unit.words if start <= w.start < end]
    empty = members(language, "offices", "courtesy") | members(language, "function_words")
    forms = section(language, "offices", "forms")
    words = {forms.get(w, places.get(stem(w, language), w)) for w in spoken if w not in empty}
    small = {folded(w.text) for w in unit.words if unit.text[w.start].islower()}
    other = [w for w in words if w not in offices and not w.startswith("=")]
    if not words & heads or len(other) > 1 or set(other) & small or words & person:
        return None
    return Title(unit, start, end, person, frozenset(words), frozenset(words & heads))


def _before(name: Name, person: frozenset[str], language: str | None) -> Title | None:
    """Return the office right before a person: "Danish Trade Minister Jo Lee"."""
    unit, offices = name.unit, titles_of(language) | members(language, "offices", "telling")
    inside = [w for w in unit.words if name.start <= w.start < name.end]
    at = [i for i, w in enumerate(inside) if folded(w.text) in offices]
    edge = name.start
    if not at and (of := _OFFICE_OF.search(unit.text, 0, name.start)):
        edge = of.start() + 2  # "the acting minister of Norland, Jo Lee"
    before = [w for w in unit.words if w.end <= edge]
    gap = ", " if edge < name.start else unit.text[before[-1].end : edge] if before else ""
    if at:
        start, end = inside[0].start, inside[at[-1]].end
    elif before and gap in (" ", ", ") and folded(before[-1].text) in offices:
        start, end = before[-1].start, before[-1].end  # "the acting minister(,) Jo Lee"
        before.pop()
    else:
        return None
    places = place_terms(language)
    while before and start - before[-1].end == 1:
        word = before.pop()
        place = stem(word.text, language) in places
        if folded(word.text) in members(language, "function_words"):
            break
        if folded(word.text) not in offices and not place and not unit.text[word.start].isupper():
            break
        start = word.start
    return _title(unit, start, end, person, language)


def _beside(name: Name, person: frozenset[str], language: str | None) -> Title | None:
    """Return the office set beside a name: "Jo Lee, the deputy minister of trade, said"."""
    match = _APPOSED.match(name.unit.text, name.end)
    if match is None:
        return None
    of = _OF.search(match[1])
    limit = match.start(1) + (of.start() if of else len(match[1]))
    return _title(name.unit, match.start(1), limit, person, language)


def office_differences(story: Story, found: list[Title]) -> list[Difference]:
    """Return the persons whose offices reports name differently, as mere differences.

    "President" and "Danish President" are no difference, one only says more; "Trade Minister" and
    "Foreign Minister" are, and so are "Deputy Minister" and "Minister".
    """
    by_person: dict[frozenset[str], list[Title]] = {}
    for title in sorted(found, key=lambda t: (t.unit.row, t.start)):
        same = next((p for p in by_person if _one_person(p, title.person)), title.person)
        by_person.setdefault(same, []).append(title)
    differences = []
    for _, told in sorted(by_person.items(), key=lambda item: sorted(item[0])):
        variants, shown = [], list[Title]()
        for title in told:
            others = [t for t in told if t.unit.report != title.unit.report]
            new = not any(t.words == title.words for t in shown)
            if new and any(_differ(story, title, other) for other in others):
                shown.append(title)
        if len({t.unit.report for t in shown}) > 1:
            variants = [
                story.variant(t.unit, t.start, t.end, " ".join(sorted(t.words))) for t in shown
            ]
            who = max((t.name for t in told), key=len)
            claim = story.claim(t.unit for t in shown)
            differences.append(
                Difference("office", False, f"office: {who}", claim, 0.6, tuple(variants))
            )
    return differences


def _one_person(a: frozenset[str], b: frozenset[str]) -> bool:
    """Return whether two names are one person's: one has all of the other, or other letters."""
    if a <= b or b <= a:
        return True
    few, many = sorted((a - b, b - a), key=len)
    if len(a & b) < 2 or len(few) != 1:
        return False
    return any(distance(min(few), other, 2) <= 2 for other in many)


def _differ(story: Story, a: Title, b: Title) -> bool:
    """Return True if two titles are one kind of office and cannot both be the person's.

    "Senator" and "majority leader" can: a person has several titles, and a report picks one.
    """
    language = story.language(a.unit)
    telling, past = (members(language, "offices", entry) for entry in ("telling", "past"))
    one, other = a.words - past, b.words - past
    if language != story.language(b.unit) or one == other or not a.heads & b.heads:
        return False
    if (one & telling) != (other & telling):
        return True
    return bool(one - other) and bool(other - one)
