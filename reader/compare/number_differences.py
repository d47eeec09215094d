"""The numbers of a story with what is said around them, and different ages of one person."""

import re
from dataclasses import dataclass

from reader.compare.contexts import Concepts
from reader.compare.found import Story
from reader.compare.material import Unit
from reader.compare.numbers import Quantity, quantities
from reader.compare.time_differences import Mention
from reader.model import Difference
from reader.text.words import stem

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
                found.append(Number(unit, quantity, context))
    return found


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
