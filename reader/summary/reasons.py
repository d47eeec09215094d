"""Why a sentence was chosen, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from reader.model import Reason
from reader.summary.material import Unit

_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_NEAR_THE_TOP = 5
"""Up to this place a sentence is told to be one of the most central."""
_FOR = {
    "centrality": "like many other sentences",
    "centroid": "typical of the whole",
    "opening": "like the beginning",
    "title": "shares words with the title",
    "support": "touched on by other outlets",
    "told": "its wording stands elsewhere too",
    "cover": "speaks of what several sentences tell",
}
_AGAINST = {
    "short": "only {words} words",
    "question": "a question",
    "quote": "begins with a quotation",
    "pronoun": "begins with “{first}”, which points back",
    "item": "an item of a list",
}


def blend_reasons(
    unit: Unit, parts: Mapping[str, Any], place: int, told_by: str
) -> tuple[Reason, ...]:
    """Return what each feature added to a sentence's score, the most first, penalties last.

    `parts` gives for each feature what it added to each row; `place` is the sentence's position in
    the body of its article, counted from 0; `told_by` is as the function of that name gives it.
    """
    row = unit.row
    position = float(parts["position"][row] + parts["body"][row])
    found = [Reason("position", position, f"{ordinal(place)} sentence of the body")]
    for name, text in _FOR.items():
        value = float(parts[name][row])
        better = int((parts[name] > value).sum())
        if name == "support" and told_by:
            text = told_by  # noqa: PLW2901 - the same in figures
        elif name == "centrality" and better < _NEAR_THE_TOP:
            text = f"{_most(better)} central sentence"  # noqa: PLW2901 - the same in figures
        if value > 0:
            found.append(Reason(name, value, text))
    found.sort(key=lambda reason: -reason.value)
    for name, text in _AGAINST.items():
        value = float(parts[name][row])
        if value < 0:
            first = unit.words[0] if unit.words else ""
            found.append(Reason(name, value, text.format(words=unit.length, first=first)))
    return tuple(found)


def rated_reasons(
    method: str, rating: float, rank: int, units: int, told_by: str
) -> tuple[Reason, ...]:
    """Return why one of sumy's methods chose a sentence: its rating and its rank, from 0."""
    found = [Reason(method, rating, f"{ordinal(rank)} of {units} sentences by {method}")]
    if told_by:
        found.append(Reason("support", 0.0, told_by))
    return tuple(found)


def told_by(others: Sequence[str], outlets: int) -> str:
    """Return "told by 4 of 5 outlets", or "" where only one outlet tells it."""
    return f"told by {len(others) + 1} of {outlets} outlets" if others else ""


def ordinal(number: int) -> str:
    """Return "first" for 0, "12th" for 11."""
    if number < len(_ORDINALS):
        return _ORDINALS[number]
    count = number + 1
    ending = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def _most(better: int) -> str:
    return "most" if better == 0 else f"{ordinal(better)} most"
