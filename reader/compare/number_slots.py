"""Numbers of one thing in any two sentences that share a fact, right, wrong or more precise.

Two numbers are set against each other if they have one unit or count one noun, stand in sentences
that are likely to share a fact, and neither sentence also has the other's number.
"""

import re
from collections.abc import Sequence
from math import inf

from reader.compare.casualties import SLOTS
from reader.compare.contexts import clauses_of, function_words
from reader.compare.found import Story, question
from reader.compare.nearness import beside, nearness
from reader.compare.number_differences import Number, of_two_things
from reader.compare.numbers import Quantity, compatible, open_apart
from reader.compare.slots import REPEATED_NEAR, Clash, Value, clashes_of, slots
from reader.compare.tables import members
from reader.model import Difference
from reader.text.words import stem

SHARE = 0.25
_CLAUSE = 0.3
"""As much likeness of their clauses tells two values of one thing."""
_SURE = 0.75
"""From this likelihood of a common fact on the only numbers of a unit need no alike clauses."""
_FAR = 3.0
_CLOSE = 1.15
"""Numbers no further apart than this are hardly of two things, if their sentences go together."""
_CLOSE_SHARE, _CLOSE_NEAR = 0.5, 0.3
_ALARM_SHARE, _ALARM_CLAUSE = 0.6, 0.5
_HEAD_NEAR = 0.25
_SLIP_SHARE, _SLIP_DIGITS, _LONG = 0.3, 3, 4
_HEAD = re.compile(r"[\s-]([^\W\d_]{3,})\b")
_ALIKE_NOUNS, _NOUN_SHARE, _LEAST_COUNT = 0.55, 0.8, 10
"""Two nouns so near may count one thing ("troops", "soldiers"), if the sentences surely share a
fact and the numbers are large enough to be no detail of each other."""
_NEAR_TOLLS = 1.25
_SCALE = 30.0
"""A number this many times larger is of another kind: the price of a company, not of a share."""
_AFTER = 2
"""So many sentences after a number its report may say what it was put at before."""
_YEARS = 3
"""Two ages further apart than this are of two people."""
_REST = 6
"""Characters between the parts of one measure."""


def slot_differences(story: Story, found: list[Number]) -> list[Difference]:
    """Return what the reports give in different numbers; `found` are all numbers of the story."""
    usable = found
    rows: dict[int, list[int]] = {}
    for number, value in enumerate(usable):
        rows.setdefault(value.unit.row, []).append(number)
    clashes = clashes_of(
        story,
        rows,
        SHARE,
        lambda i, j: _clash(story, usable, rows, i, j),
        lambda i, j: _contradicts_itself(story, usable, rows, usable[i], usable[j]),
    )
    values = [
        Value(n.unit, n.quantity.start, n.quantity.end, n.quantity.normalized) for n in usable
    ]

    def topic(group: Sequence[int]) -> str:
        chosen = [usable[number] for number in group]
        places = ((n.unit, n.quantity.start, n.quantity.end) for n in chosen)
        return f"how many: {question(story, places)}"

    return slots(story, "number", values, clashes, topic)


def _clash(
    story: Story, usable: list[Number], rows: dict[int, list[int]], i: int, j: int
) -> Clash | None:
    a, b = usable[i], usable[j]
    share = story.share(a.unit, b.unit)
    if not (a.quantity.unit and b.quantity.unit and _same_thing(story, a, b)):
        surely = share >= _SLIP_SHARE and _is_slip(a.quantity, b.quantity, _LONG)
        free = not (a.quantity.measured or b.quantity.measured)
        return Clash(i, j, alarm=True, score=share) if surely and free else None
    if _equal(a, b):
        return None
    if _corrected(story, usable, a, b) or _corrected(story, usable, b, a):
        return Clash(i, j, alarm=False, score=share, class_="correction")
    if _excluded(usable, rows, a, b):
        return None
    clause = story.contexts.likeness(a.context, b.context)
    near = _nearness(story, a, b)
    alone = _alone(usable, rows, a) and _alone(usable, rows, b)
    one, other = a.quantity, b.quantity
    alarm = not compatible(one, other) or open_apart(one, other)
    if alarm:
        headed = alone and max(clause, near) >= _HEAD_NEAR and _same_head(story, a, b)
        touch = max(clause, near) >= _CLAUSE or headed or (alone and share >= _SURE)
        slip = alone and share >= _SLIP_SHARE and _is_slip(one, other)
        touch, headed = touch or slip, headed or slip
        sure = headed or _one_matter(a, share, clause, near, alone=alone)
        shown = touch and sure and _near(one, other) and not _explained(story, usable, a, b)
    else:
        shown = _hedged(one, other) and _goes_together(one, other, share, clause, near, alone=alone)
    return Clash(i, j, alarm=alarm, score=share + max(clause, near)) if shown else None


def _contradicts_itself(
    story: Story, usable: list[Number], rows: dict[int, list[int]], a: Number, b: Number
) -> bool:
    """Return whether a report says nearly the same twice, with two numbers of one thing."""
    one, other = a.quantity, b.quantity
    if compatible(one, other) or not one.unit or not _same_thing(story, a, b):
        return False
    if _excluded(usable, rows, a, b) or not _near(one, other):
        return False
    return _nearness(story, a, b) >= REPEATED_NEAR


def _is_slip(one: Quantity, other: Quantity, digits: int = _SLIP_DIGITS) -> bool:
    """Return whether two exact numbers of three digits or more differ by one, or by a swap.

    So alike are hardly two numbers of two things: "54.3 %" and "53.4 %", "24,318" and "28,318".
    """
    if one.low != one.high or other.low != other.high:
        return False
    a, b = (
        f"{q.low:.10f}".rstrip("0").rstrip(".").replace(".", "").strip("0") for q in (one, other)
    )
    if len(a) != len(b) or len(a) < digits or one.low // 10 == other.low // 10:
        return False
    apart = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    swapped = len(apart) == 2 and apart[1] - apart[0] == 1 and a[apart[0]] == b[apart[1]]
    return len(apart) == 1 or (swapped and a[apart[1]] == b[apart[0]])


def _explained(story: Story, usable: list[Number], a: Number, b: Number) -> bool:
    """Return whether two numbers are of two stages, or a report gives both."""
    return (
        _of_two_stages(story, a, b)
        or _reconciled(story, usable, a, b)
        or _reconciled(story, usable, b, a)
    )


def _same_head(story: Story, a: Number, b: Number) -> bool:
    """Return whether two amounts are of one noun that follows: "its $38 billion bid"."""
    heads = []
    for number in (a, b):
        language = story.language(number.unit)
        text, end = number.unit.text, number.quantity.end
        word = _HEAD.match(text, end)
        heads.append(stem(word[1].lower(), language) if word else "")
        if not word or word[1].lower() in function_words(language):
            return False
    return a.quantity.measured and heads[0] == heads[1]


def _nearness(story: Story, a: Number, b: Number) -> float:
    """Return how alike the words beside two numbers are."""
    languages = (story.language(a.unit), story.language(b.unit))
    one, other = (
        beside(n.unit, n.quantity.start, n.quantity.end, language)
        for n, language in zip((a, b), languages, strict=True)
    )
    return nearness(story.contexts, one, other, languages)


def _goes_together(
    one: Quantity, other: Quantity, share: float, clause: float, near: float, *, alone: bool
) -> bool:
    """Return whether two numbers that fit are likely of one thing."""
    lows = sorted((one.low or one.high, other.low or other.high))
    if lows[1] <= _CLOSE * lows[0]:
        return share >= _CLOSE_SHARE or max(clause, near) >= _CLOSE_NEAR
    return clause >= _CLAUSE or (alone and share >= _SURE)


def _of_two_stages(story: Story, a: Number, b: Number) -> bool:
    """Return whether one number is of before ("its initial offer") and the other is not."""
    return _is_former(story, a) != _is_former(story, b)


def _is_former(story: Story, number: Number) -> bool:
    language = story.language(number.unit)
    marks = members(language, "numbers", "bounds", "former")
    return bool(marks & _clause_words(number, language))


def _clause_words(number: Number, language: str | None) -> set[str]:
    """Return all words of the clause around a number."""
    at = number.quantity.start
    clauses = clauses_of(number.unit.text, language)
    first, last = next(c for c in reversed(clauses) if c[0] <= at)
    return {w.text for w in number.unit.words if first <= w.start < last}


def _excluded(usable: list[Number], rows: dict[int, list[int]], a: Number, b: Number) -> bool:
    """Return whether a sentence gives the other's number too, or one is the rest of a measure."""
    return (
        _given(usable, rows[b.unit.row], a)
        or _given(usable, rows[a.unit.row], b)
        or _is_rest(usable, rows, a)
        or _is_rest(usable, rows, b)
    )


def _corrected(story: Story, usable: list[Number], old: Number, new: Number) -> bool:
    """Return whether the report of the new number says that the old one was an earlier figure."""
    if compatible(old.quantity, new.quantity) or not _near(old.quantity, new.quantity):
        return False
    if any(n.unit.report == old.unit.report and _equal(n, new) for n in usable):
        return False  # both reports tell of both
    return any(
        n.unit.report == new.unit.report
        and 0 <= n.unit.index - new.unit.index <= _AFTER
        and n is not new
        and _equal(n, old)
        and _is_former(story, n)
        and not _is_former(story, new)
        for n in usable
    )


def _equal(one: Number, other: Number) -> bool:
    """Return whether two numbers are of one unit and amount."""
    a, b = one.quantity, other.quantity
    return a.unit == b.unit and (a.low, a.high) == (b.low, b.high)


def _one_matter(a: Number, share: float, clause: float, near: float, *, alone: bool) -> bool:
    """Return whether two numbers are so surely of one thing that an alarm is right."""
    if share < _ALARM_SHARE and clause < _ALARM_CLAUSE and near < _ALARM_CLAUSE:
        return False
    if a.quantity.measured:
        return clause >= _ALARM_CLAUSE or near >= _ALARM_CLAUSE or alone
    return max(clause, near) >= _CLAUSE and (alone or clause >= _ALARM_CLAUSE)


def _same_thing(story: Story, a: Number, b: Number) -> bool:
    one, other = a.quantity, b.quantity
    if one.measured != other.measured or of_two_things(story, a, b):
        return False
    if (_befell(story, a) or _befell(story, b)) and not _near_tolls(one, other):
        return False
    if _is_more(story, a) != _is_more(story, b):
        return False
    return one.unit == other.unit or _alike_nouns(story, a, b)


def _alike_nouns(story: Story, a: Number, b: Number) -> bool:
    """Return whether two nouns may count the same: "1,000 troops", "850 soldiers"."""
    one, other = a.quantity, b.quantity
    if one.measured or min(one.low, other.low) < _LEAST_COUNT or not _near(one, other):
        return False
    share, clause = story.share(a.unit, b.unit), story.contexts.likeness(a.context, b.context)
    if share < _NOUN_SHARE and not (share >= _CLOSE_SHARE and clause >= _CLAUSE):
        return False
    languages = (story.language(a.unit), story.language(b.unit))
    if any(
        _is_anybody(q.noun, language) for q, language in zip((one, other), languages, strict=True)
    ):
        return all(
            _is_person(q.noun, language)
            for q, language in zip((one, other), languages, strict=True)
        )
    return nearness(story.contexts, [one.noun], [other.noun], languages) >= _ALIKE_NOUNS


def _is_anybody(noun: str, language: str | None) -> bool:
    """Return whether a noun is of people of any kind."""
    generic = members(language, "casualties", "generic")
    return noun in generic & members(language, "casualties", "people")


def _is_person(noun: str, language: str | None) -> bool:
    return noun in members(language, "casualties", "people")


def _near_tolls(one: Quantity, other: Quantity) -> bool:
    """Return whether two tolls are too near to be of two events or parts of one: 30, 32."""
    exact = one.low == one.high and other.low == other.high
    large = min(one.low, other.low) >= _LEAST_COUNT
    return exact and large and one.unit == other.unit and _scale_apart(one, other) <= _NEAR_TOLLS


def _is_more(story: Story, number: Number) -> bool:
    """Return whether a number comes on top of another: "another 1,000 troops"."""
    language = story.language(number.unit)
    others = members(language, "numbers", "bounds", "others")
    before = [w.text for w in number.unit.words if w.end <= number.quantity.start][-1:]
    inside = [
        w.text
        for w in number.unit.words
        if number.quantity.number_end <= w.start < number.quantity.end
    ]
    return bool(others & {*before, *inside})


def _befell(story: Story, number: Number) -> bool:
    """Return whether a number counts people that something befell: tolls are counted elsewhere."""
    language = story.language(number.unit)
    people = members(language, "casualties", "people") | members(language, "casualties", "generic")
    if number.quantity.measured or number.quantity.noun not in people:
        return False
    words = {word.text for word in number.unit.words}
    return any(words & members(language, "casualties", slot) for slot in SLOTS)


def _given(usable: list[Number], row: list[int], one: Number) -> bool:
    """Return whether a sentence gives a number of the same amount."""
    return any(
        abs(usable[k].quantity.low - one.quantity.low) < 1e-6 * max(1.0, one.quantity.low)
        and usable[k].quantity.high == one.quantity.high
        for k in row
    )


def _reconciled(story: Story, usable: list[Number], one: Number, other: Number) -> bool:
    """Return whether the one's report gives the other's number too, for what may be the same."""
    return any(
        n.unit.report == one.unit.report
        and n.quantity.unit == other.quantity.unit
        and compatible(n.quantity, other.quantity)
        and story.share(n.unit, other.unit) >= SHARE
        and _is_more(story, n) == _is_more(story, other)
        for n in usable
    )


def _is_rest(usable: list[Number], rows: dict[int, list[int]], one: Number) -> bool:
    """Return whether a number is the rest of the one before: "nine minutes and 46 seconds"."""
    return any(
        usable[k].quantity.measured
        and usable[k].quantity.unit == one.quantity.unit
        and 0 < one.quantity.start - usable[k].quantity.end <= _REST
        for k in rows[one.unit.row]
    )


def _alone(usable: list[Number], rows: dict[int, list[int]], one: Number) -> bool:
    """Return whether a number is the only one of its unit and scale in its sentence."""
    same = [
        k
        for k in rows[one.unit.row]
        if usable[k].quantity.unit == one.quantity.unit
        and _scale_apart(usable[k].quantity, one.quantity) < _SCALE
    ]
    return len(same) == 1


def _scale_apart(one: Quantity, other: Quantity) -> float:
    lows = sorted((one.low or one.high, other.low or other.high))
    return lows[1] / lows[0] if lows[0] > 0 else inf


def _hedged(one: Quantity, other: Quantity) -> bool:
    """Return whether one of two compatible numbers says more, or more exactly, than the other."""
    if one.low == one.high and other.low == other.high:
        return False  # rounded, or in other units
    for vague, exact in ((one, other), (other, one)):
        if exact.low == exact.high and 0 < vague.low < exact.low < vague.high < inf:
            return True  # "for years", "eight years"
    return _scale_apart(one, other) <= _FAR


def _near(one: Quantity, other: Quantity) -> bool:
    """Return whether two numbers may be given for one thing; ages are of one person if near."""
    if one.unit == other.unit == "age":
        digits, others = (f"{q.low:g}" for q in (one, other))
        return abs(one.low - other.low) <= _YEARS or digits == others[::-1]
    lows = sorted(q.low if q.low > 0 else q.high for q in (one, other))
    return 0 < lows[0] < inf and lows[1] <= _FAR * lows[0]
