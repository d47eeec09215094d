"""What a difference is worth: its class, how much it matters, and what it makes of a point."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from reader.compare.contexts import function_words
from reader.compare.found import Story
from reader.compare.material import Unit
from reader.compare.numbers import quantities
from reader.compare.statements import denies
from reader.compare.tables import members
from reader.model import ArticleId, Claim, ClaimMember, Difference, Stance, Variant

_BY_KIND = {
    "status": 0.75,
    "cause": 0.75,
    "number": 0.6,
    "time": 0.5,
    "place": 0.45,
    "attribution": 0.4,
    "sequence": 0.4,
    "quote": 0.35,
    "label": 0.3,
    "list": 0.3,
    "other": 0.3,
    "office": 0.2,
    "name": 0.1,
}
_KILLED, _INJURED, _HELD = 1.0, 0.9, 0.8
_COVERED = 0.5
"""A sentence that has this share of a wording's words says the same in other respects too."""

Key = tuple[ArticleId, int]


def classed(story: Story, differences: Iterable[Difference]) -> list[Difference]:
    """Return the differences with their class and weight; only those at odds are alarms."""
    found = []
    for difference in differences:
        kind = difference.class_
        if len({variant.article for variant in difference.variants}) == 1:
            kind = "own"
        elif difference.kind == "name":
            kind = "spelling"
        elif difference.alarm and kind != "correction":
            kind = "at-odds"
        found.append(
            replace(
                difference,
                class_=kind,
                alarm=kind == "at-odds",
                weight=round(_weight(story, difference), 2),
            )
        )
    return found


def _weight(story: Story, difference: Difference) -> float:
    """Return how much a difference matters: the dead, the injured, who and why, then the rest."""
    words: set[str] = set()
    language: str | None = None
    places = {(v.article, v.sentence): v for v in difference.variants}
    for unit in story.material.units:
        place = story.material.place(unit)
        variant = places.get((place.article, place.sentence))
        if variant is not None:
            language = story.language(unit)
            words |= _around(story, unit, variant)
    if difference.kind in {"number", "status", "cause", "attribution"}:
        for weight, entry in ((_KILLED, "killed"), (_INJURED, "injured"), (_HELD, "arrested")):
            if words & members(language, "casualties", entry):
                return weight
    return _BY_KIND.get(difference.kind, 0.3)


def _around(story: Story, unit: Unit, variant: Variant) -> set[str]:
    """Return the words of the clause around a variant."""
    start = variant.start - unit.start
    return {
        word.text
        for word in unit.words
        if start - 60 <= word.start <= variant.end - unit.start + 40
    } | set(story.contexts.around(unit, start, variant.end - unit.start))


def judged(
    story: Story,
    claims: Sequence[Claim],
    groups: Sequence[list[int]],
    differences: Sequence[Difference],
) -> list[Claim]:
    """Return the points with the stance of each member and the disputed words in brackets.

    No report is said to say what its own sentence does not carry: the wording's numbers, names
    and negation must all be there, and most of its words.
    """
    at: dict[Key, list[tuple[Difference, Variant]]] = defaultdict(list)
    for difference in differences:
        for variant in difference.variants:
            at[variant.article, variant.sentence].append((difference, variant))
    units = story.material.units
    found = []
    for claim, group in zip(claims, groups, strict=True):
        central = next(units[row] for row in group if units[row].text == claim.text)
        stances = [
            replace(member, stance=_stance(story, central, units[row], at, member))
            for member, row in zip(claim.members, group, strict=True)
        ]
        wording = _wording(story, central, [units[row] for row in group], at)
        found.append(replace(claim, members=tuple(stances), wording=wording))
    return found


def _stance(
    story: Story,
    central: Unit,
    unit: Unit,
    at: dict[Key, list[tuple[Difference, Variant]]],
    member: ClaimMember,
) -> Stance:
    if unit.text == central.text:
        return "says"
    place = story.material.place(central)
    theirs = at[place.article, place.sentence]
    for difference, variant in at[member.article, member.sentence]:
        for other, value in theirs:
            if other is difference and _apart(variant, value):
                return "at-odds" if difference.class_ == "at-odds" else "differently"
    return "says" if _carries(story, central, unit) else "differently"


def _apart(one: Variant, other: Variant) -> bool:
    return one.value.casefold() != other.value.casefold()


def _carries(story: Story, central: Unit, unit: Unit) -> bool:
    """Return True if a sentence has the numbers, names, negation and most words of a wording."""
    language, own = story.language(central), story.language(unit)
    text = unit.text.casefold()
    names = {
        token
        for name in story.names[central.row]
        for token in name.tokens
        if token not in function_words(language)
    }
    mine = {token for name in story.names[unit.row] for token in name.tokens}
    if any(name not in mine and name not in text for name in names):
        return False
    numbers, there = _numbers(central.text, language), _numbers(unit.text, own)
    if not numbers <= there:
        return False
    digits = {w.text for w in central.words if w.text[0].isdigit()}
    if not digits <= {f"{number:g}" for number in there} | {w.text for w in unit.words}:
        return False
    if _denies(central, language) != _denies(unit, own):
        return False
    terms = set(central.terms)
    if not terms:
        return True
    return len(terms & set(unit.terms)) >= _COVERED * len(terms) or (
        language != own and story.likeness.same[central.row, unit.row] >= _COVERED
    )


@lru_cache(maxsize=5000)
def _numbers(text: str, language: str | None) -> frozenset[float]:
    """Return the numbers that a sentence gives."""
    return frozenset(quantity.low for quantity in quantities(text, language))


def _denies(unit: Unit, language: str | None) -> bool:
    """Return True if a sentence denies something."""
    return any(denies(word.text, language) for word in unit.words)


def _wording(
    story: Story,
    central: Unit,
    units: Sequence[Unit],
    at: dict[Key, list[tuple[Difference, Variant]]],
) -> str:
    """Return the central wording with the values that other members put otherwise beside its own.

    `[nine | fourteen] people were injured`: the reports' values in their order, each once.
    """
    inside = {(place.article, place.sentence) for place in map(story.material.place, units)}
    place = story.material.place(central)
    pieces: list[tuple[int, int, list[str]]] = []
    for difference, own in at[place.article, place.sentence]:
        values = [own.value]
        for variant in difference.variants:
            known = {value.casefold() for value in values}
            if (
                variant.article,
                variant.sentence,
            ) in inside and variant.value.casefold() not in known:
                values.append(variant.value)
        start, end = own.start - central.start, own.end - central.start
        if len(values) > 1 and not any(a < end and start < b for a, b, _ in pieces):
            pieces.append((start, end, values))
    text, shift = central.text, 0
    for start, end, values in sorted(pieces):
        shown = f"[{' | '.join(values)}]"
        text = text[: start + shift] + shown + text[end + shift :]
        shift += len(shown) - (end - start)
    return text
