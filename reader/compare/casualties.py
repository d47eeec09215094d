"""How many were killed, injured, arrested or are missing, as each report counts them.

Outlets count differently ("four seriously injured and 20 slightly" are 24 injured), so what is
compared is the highest count of a report for each kind. "Ten tourists" are a part of those killed
and set only a lower bound; "12 people" are all of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from functools import cache
from math import inf

from reader.compare.contexts import clauses_of
from reader.compare.found import Story
from reader.compare.material import Unit
from reader.compare.numbers import Quantity, compatible, open_apart, quantities
from reader.compare.tables import listed, members, section
from reader.compare.time_differences import Mention
from reader.model import Difference

SLOTS = ("killed", "injured", "missing", "arrested")
_REACH = 7
"""How many words may stand between a count and the word that says what befell them."""
_LEAD = 5
"""A toll in the first sentences is that of the event; later ones need a linked sentence."""
_OLD = timedelta(days=20)
_RATIO = 3.4


@dataclass(frozen=True, slots=True)
class Toll:
    """A count of people in a slot, as one sentence gives it; `parts` are the numbers added up."""

    unit: Unit
    slot: str
    low: float
    high: float
    parts: tuple[Quantity, ...]

    @property
    def normalized(self) -> str:
        """Return "24 injured", ">=7 killed"."""
        amount = f"{self.low:g}" if self.low == self.high else f"{self.low:g}-{self.high:g}"
        amount = f">={self.low:g}" if self.high == inf else amount
        return f"{amount} {self.slot}"


def tolls_of(unit: Unit, language: str | None, taken: Iterable[tuple[int, int]]) -> list[Toll]:
    """Return the tolls of a sentence, parts of one toll added up; `taken` are spans of times."""
    found: list[Toll] = []
    before: Quantity | None = None
    open_: Quantity | None = None
    for quantity in quantities(unit.text, language, taken):
        last = found[-1] if found and found[-1].parts[-1] is before else None
        joined = before is not None and _joined(unit.text, before, quantity, language)
        added = _is_added(unit.text, quantity, language)
        toll = _toll(unit, quantity, language, last if joined or added else None)
        if toll and open_ and open_ is before and joined:
            toll = _sum(replace(toll, low=open_.low, parts=(open_,)), toll)  # "six men and a woman"
        if toll and last and last.slot == toll.slot and (added or joined):
            found[-1] = _sum(last, toll)
        elif toll:
            found.append(toll)
        open_ = quantity if toll is None and _people(quantity, language) else None
        before = quantity
    return found


def _toll(unit: Unit, quantity: Quantity, language: str | None, last: Toll | None) -> Toll | None:
    """Return the toll that one number gives, if any; `last` is what it may go on with."""
    if quantity.measured or _is_part(unit.text, quantity, language):
        return None
    clauses = clauses_of(unit.text, language)
    clause = next(c for c in reversed(clauses) if c[0] <= quantity.start)
    slot = _slot(unit, quantity, clause, language)
    if slot is None and last and _people(quantity, language):
        slot = last.slot  # "killing ten passengers and two pilots"
    before_that = clauses[max(0, clauses.index(clause) - 1)]
    if slot is None or _denied(unit, (before_that[0], clause[1]), language):
        return None
    all_ = not quantity.noun or quantity.noun in members(language, "casualties", "generic")
    return Toll(unit, slot, quantity.low, quantity.high if all_ else inf, (quantity,))


def _sum(a: Toll, b: Toll) -> Toll:
    # "20 others" names no kind of people: the sum is as open as its first part was.
    high = a.high + b.high
    return replace(a, low=a.low + b.low, high=high, parts=(*a.parts, *b.parts))


def _people(quantity: Quantity, language: str | None) -> bool:
    return quantity.noun in members(language, "casualties", "people")


def _joined(text: str, one: Quantity, other: Quantity, language: str | None) -> bool:
    """Return whether nothing but an "and" stands between two counts."""
    between = set(re.findall(r"[^\W\d_]+", text[one.end : other.start].lower()))
    articles = members(language, "speech", "articles")
    return bool(between) and between <= members(language, "casualties", "and") | articles


def _is_added(text: str, quantity: Quantity, language: str | None) -> bool:
    """Return whether a count says that it comes on top of the one before ("20 others")."""
    others = members(language, "numbers", "bounds", "others")
    words = re.findall(r"[^\W\d_]+", text[quantity.start : quantity.end].lower())
    before = re.findall(r"[^\W\d_]+", text[: quantity.start].lower())[-3:]
    return bool(others & {*words, *before[-1:]})


def _is_part(text: str, quantity: Quantity, language: str | None) -> bool:
    """Return whether a count is a part of another: "five of the dead", "including ten tourists"."""
    table = section(language, "casualties")
    after, before = text[quantity.end :].lower(), text[: quantity.start].lower().rstrip(" ,")
    part_of, including = table.get("part_of", []), table.get("including", [])
    return after.lstrip().startswith(tuple(part_of)) or before.endswith(tuple(including))


@cache
def _slot_words(language: str | None) -> dict[str, str]:
    return {word: slot for slot in SLOTS for word in listed(language, "casualties", slot)}


def _slot(
    unit: Unit, quantity: Quantity, clause: tuple[int, int], language: str | None
) -> str | None:
    """Return what befell the people counted: the nearest such word of the clause."""
    words = _slot_words(language)
    if quantity.noun in words:
        return words[quantity.noun]
    if quantity.noun and not (_people(quantity, language) or quantity.noun.endswith("s")):
        return None
    inside = [w for w in unit.words if clause[0] <= w.start < clause[1]]
    at = [i for i, w in enumerate(inside) if w.start < quantity.end and w.end > quantity.start]
    if not at:
        return None
    distances = [
        (min(abs(i - at[0]), abs(i - at[-1])), words[w.text])
        for i, w in enumerate(inside)
        if w.text in words
    ]
    nearest = min(distances, default=None)
    return nearest[1] if nearest and nearest[0] <= _REACH else None


def _denied(unit: Unit, clause: tuple[int, int], language: str | None) -> bool:
    negations = members(language, "casualties", "negations")
    return any(w.text in negations for w in unit.words if clause[0] <= w.start < clause[1])


def casualty_differences(story: Story, times: list[Mention]) -> list[Difference]:
    """Return where the reports' tolls cannot both be right, one difference for each slot."""
    dated: dict[int, list[Mention]] = {}
    for mention in times:
        dated.setdefault(mention.unit.row, []).append(mention)
    highest: dict[tuple[str, int], Toll] = {}
    for unit in story.compared():
        spans = [(m.moment.start, m.moment.end) for m in dated.get(unit.row, [])]
        if _of_the_event(story, unit, dated.get(unit.row, [])):
            for toll in tolls_of(unit, story.language(unit), spans):
                key = (toll.slot, unit.report)
                if key not in highest or toll.low > highest[key].low:
                    highest[key] = toll
    found = []
    for slot in SLOTS:
        tolls = [toll for (name, _), toll in sorted(highest.items()) if name == slot]
        difference = _difference(story, slot, tolls)
        found += [difference] if difference else []
    return found


def _of_the_event(story: Story, unit: Unit, times: list[Mention]) -> bool:
    """Return whether a sentence tells of the story's event, not of one long before."""
    published = story.material.reports[unit.report].article.published
    if published and any(
        m.moment.last and m.moment.last < (published.astimezone(UTC).date() - _OLD) for m in times
    ):
        return False
    return unit.index < _LEAD or story.is_linked(unit)


def _difference(story: Story, slot: str, tolls: list[Toll]) -> Difference | None:
    told = [toll for toll in tolls if any(_at_odds(toll, other) for other in tolls)]
    alarm = len(told) >= 2
    if not alarm:
        told = [toll for toll in tolls if any(_hedged(toll, other) for other in tolls)]
    if len(told) < 2:
        return None
    if alarm:  # reports that agree with one of them are shown with it
        told = [t for t in tolls if t in told or any(_told_alike(t, other) for other in told)]
    variants = [
        story.variant(toll.unit, part.start, part.end, toll.normalized)
        for toll in told
        for part in toll.parts
    ]
    alike = max(story.alike(a.unit, b.unit) for a in told for b in told if a is not b)
    confidence = round(min(0.9, 0.6 + 0.4 * alike), 2)
    claim = story.claim(toll.unit for toll in told)
    return Difference("number", alarm, f"how many: {slot}", claim, confidence, tuple(variants))


def _whole(toll: Toll) -> bool:
    """Return whether a toll is of all people: not of ten tourists, who may be a part of them."""
    return toll.high < inf or any(part.high == inf for part in toll.parts)


def _told_alike(a: Toll, b: Toll) -> bool:
    ratio = max(a.low, b.low) <= _RATIO * min(a.low, b.low)
    return a.unit.report != b.unit.report and ratio and _whole(a)


def _hedged(a: Toll, b: Toll) -> bool:
    """Return whether two tolls that fit are given with other limits: "more than 80", "90"."""
    if a.unit.report == b.unit.report or (a.low, a.high) == (b.low, b.high):
        return False
    return _whole(a) and _whole(b) and max(a.low, b.low) <= _RATIO * min(a.low, b.low)


def _at_odds(a: Toll, b: Toll) -> bool:
    if a.unit.report == b.unit.report or min(a.low, b.low) <= 0:
        return False
    one, other = (replace(t.parts[0], low=t.low, high=t.high) for t in (a, b))
    near = max(a.low, b.low) <= _RATIO * min(a.low, b.low)
    apart = _whole(a) and _whole(b) and open_apart(one, other)
    return near and (apart or not compatible(one, other))
