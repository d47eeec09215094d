"""Where reports give different numbers for the same thing, and different ages of one person.

Two numbers are set against each other only where they have the same unit or count the same noun,
stand in sentences and clauses that are alike, are each other's best counterpart, and the other's
number stands nowhere else in the report: then it counts something else.
"""

import re
from dataclasses import dataclass

from reader.compare.contexts import Concepts
from reader.compare.found import Story, groups_of
from reader.compare.material import Unit
from reader.compare.numbers import Quantity, compatible, quantities
from reader.compare.time_differences import Mention
from reader.model import Difference
from reader.text.words import stem

SENTENCE = {"measured": 0.3, "counted": 0.2, "near": 0.15}
"""From this likeness on two sentences may give one number differently."""
CLAUSE = {"measured": 0.45, "counted": 0.3, "near": 0.2}
"""As much for their clauses; a counted noun that is the same tells something already, and so does
a number that is nearly the same ("30" and "32", not "2" and "3")."""
_SHARED = {"measured": 2, "counted": 2, "near": 1}
_IN_FULL, _IN_FULL_SENTENCE = 2, 0.35
"""Where so many words of what is counted are the same, alike sentences are enough."""
_NEAR, _NEAR_FROM = 0.8, 10
_RATIO = (0.3, 3.4)
"""Numbers further apart than this count different things."""
_AGE = re.compile(
    r"(?:^|[\s(])((?:[^\W\d_a-z][^\W\d_'’-]{1,30}\s){1,3}[^\W\d_a-z][\w'’-]+),?\s\(?(\d{1,2})(?=[,.;)])"
)
_NAMED_AFTER = re.compile(r"[\s,]+((?:[^\W\d_a-z][\w'’-]{1,30}\s?){2,4})")
_OF = frozenset(["of", "von", "de", "di", "van"])
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence, with the concepts of its clause."""

    unit: Unit
    quantity: Quantity
    context: Concepts
    counted: Concepts
    """The stems of what is counted: "rescue", "unit"."""


def numbers(story: Story, times: list[Mention]) -> list[Number]:
    """Return the numbers that the compared sentences give."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for mention in times:
        taken.setdefault(mention.unit.row, []).append((mention.moment.start, mention.moment.end))
    found, seen = [], set()
    for unit in story.compared():
        for quantity in quantities(unit.text, story.language(unit), taken.get(unit.row, ())):
            context = story.contexts.around(unit, quantity.start, quantity.end)
            key = (unit.report, quantity.normalized, context)
            if key not in seen:  # said again in the same words
                seen.add(key)
                found.append(Number(unit, quantity, context, _counted(story, unit, quantity)))
    return found


def _counted(story: Story, unit: Unit, quantity: Quantity) -> Concepts:
    language = story.language(unit)
    inside = (w for w in unit.words if quantity.number_end <= w.start < quantity.end)
    return frozenset(stem(word.text, language) for word in inside)


def number_differences(story: Story, found: list[Number]) -> list[Difference]:
    """Return the numbers that cannot both be right, of whatever the story counts but casualties."""
    usable = [n for n in found if n.quantity.unit and n.quantity.unit != "age"]
    by_unit: dict[tuple[str, bool], list[Number]] = {}
    for number in usable:
        by_unit.setdefault((number.quantity.unit, number.quantity.measured), []).append(number)
    differences = []
    for _, same in sorted(by_unit.items()):
        pairs = _pairs(story, same)
        groups = groups_of([(i, j) for i, j, _ in pairs])
        for group in groups:
            score = max(s for i, j, s in pairs if i in group)
            differences.append(_difference(story, [same[k] for k in group], score))
    return differences


def _pairs(story: Story, same: list[Number]) -> list[tuple[int, int, float]]:
    """Return the pairs that are each other's best and cannot both be right."""
    scores: dict[tuple[int, int], float] = {}
    for i, a in enumerate(same):
        for j in range(i + 1, len(same)):
            score = _alike(story, a, same[j])
            if score:
                scores[i, j] = score
    best: dict[tuple[int, int], float] = {}
    for (i, j), score in scores.items():
        for one, other in ((i, same[j].unit.report), (j, same[i].unit.report)):
            best[one, other] = max(best.get((one, other), 0.0), score)
    return [
        (i, j, score)
        for (i, j), score in sorted(scores.items())
        if score >= best[i, same[j].unit.report]
        and score >= best[j, same[i].unit.report]
        and _at_odds(same, same[i], same[j])
    ]


def _alike(story: Story, a: Number, b: Number) -> float:
    """Return how alike what is counted is; 0 where it is not the same."""
    if a.unit.report == b.unit.report:
        return 0.0
    if of_two_things(story, a, b):
        return 0.0
    shared = len(a.context & b.context)
    in_full = len(a.counted & b.counted) >= _IN_FULL  # "rescue units", not only "units"
    if not shared and not in_full:
        return 0.0
    kind = "measured" if a.quantity.measured else "counted"
    low, high = sorted((a.quantity.low, b.quantity.low))
    if kind == "counted" and low >= _NEAR_FROM and low >= _NEAR * high:
        kind = "near"
    sentence = story.alike(a.unit, b.unit)
    if in_full and sentence >= _IN_FULL_SENTENCE:
        return sentence + CLAUSE["counted"]
    if sentence < SENTENCE[kind] or shared < _SHARED[kind]:
        return 0.0
    clause = story.contexts.likeness(a.context, b.context)
    return sentence + clause if clause >= CLAUSE[kind] else 0.0


def of_two_things(story: Story, a: Number, b: Number) -> bool:
    """Return True if two measures are of two things: "laps of 9 km", "a path of 4 km"."""
    return len({_head(story, a), _head(story, b)} - {""}) > 1


def _head(story: Story, number: Number) -> str:
    """Return the stem of what has a measure ("a wave of 4 metres"), or "" if nothing is named."""
    language = story.language(number.unit)
    before = [w.text for w in number.unit.words if w.end <= number.quantity.start][-2:]
    if len(before) == _PAIR and before[1] in _OF:
        return stem(before[0], language)
    return ""


def _at_odds(same: list[Number], a: Number, b: Number) -> bool:
    one, other = a.quantity, b.quantity
    if compatible(one, other) or min(one.low, other.low) <= 0:
        return False
    ratio = one.low / other.low
    if not _RATIO[0] <= ratio <= _RATIO[1]:
        return False
    return not (_elsewhere(same, a, b) or _elsewhere(same, b, a))


def _elsewhere(same: list[Number], one: Number, other: Number) -> bool:
    """Return whether the one's report gives the other's number too."""
    return any(
        n.unit.report == one.unit.report and compatible(n.quantity, other.quantity) for n in same
    )


def _difference(story: Story, group: list[Number], score: float) -> Difference:
    variants = [
        story.variant(n.unit, n.quantity.start, n.quantity.end, n.quantity.normalized)
        for n in group
    ]
    topic = f"how many: {group[0].quantity.noun or group[0].quantity.unit}"
    claim = story.claim(n.unit for n in group)
    return Difference(
        "number", True, topic, claim, round(min(0.9, 0.3 + 0.3 * score), 2), tuple(variants)
    )


def age_differences(story: Story) -> list[Difference]:
    """Return persons whose age differs ("Jane Miller, 34", "34-year-old Jane Miller")."""
    ages: dict[str, dict[int, tuple[Unit, int, int, str]]] = {}
    for unit in story.compared():
        for name, age, start, end in _ages(unit.text, story.language(unit)):
            ages.setdefault(name.casefold(), {}).setdefault(unit.report, (unit, start, end, age))
    found = []
    for name, told in sorted(ages.items()):
        values = {age for *_, age in told.values()}
        if len(values) > 1:
            variants = tuple(
                story.variant(unit, start, end, f"{age} years old")
                for unit, start, end, age in (told[report] for report in sorted(told))
            )
            claim = story.claim(unit for unit, *_ in told.values())
            found.append(Difference("number", True, f"age: {name.title()}", claim, 0.8, variants))
    return found


def _ages(text: str, language: str | None) -> list[tuple[str, str, int, int]]:
    """Return (name, age, start, end) of the persons whose age a sentence gives."""
    found = [(m[1], m[2], m.start(1), m.end()) for m in _AGE.finditer(text)]
    for quantity in quantities(text, language):
        if quantity.unit == "age" and (after := _NAMED_AFTER.match(text, quantity.end)):
            age = f"{quantity.low:g}"
            found.append((after[1].strip(), age, quantity.start, after.end(1)))
    return found
