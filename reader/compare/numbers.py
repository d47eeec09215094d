"""Numbers that a sentence mentions, as intervals with a unit: "at least 27 people", "$1.5bn".

Left out are numbers that count nothing: of dates and clocks, of models, pages, flights and scores,
ordinals, and "one" where it is a pronoun.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import floor, inf, log10
from typing import NamedTuple

from reader.compare.contexts import function_words
from reader.compare.tables import members, section
from reader.text.words import stem

_DIGITS = r"\d{1,3}(?:[,.’'\u00a0\u202f ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_CURRENCIES = {"$": "$", "€": "€", "£": "£", "¥": "¥", "₹": "₹", "us$": "$", "%": "%"}
_LOOSE = 0.1
"""How far off a round number with "about" may be."""
_LOOSE_MEASURE = 0.03
"""How far two measures may be apart that are given in different units."""
_ROUND_FROM = 100
_OPEN_APART = 1.4
_UNIT_WORDS = re.compile(
    r"[\s-]?(?:d['’]|de\s)?(%|°\s?[CF]?|[^\W\d_]+(?:\s?/\s?h|\s+(?:cent|points))?)"
)
_NEXT_WORD = re.compile(r"[\s-]+([^\W\d_]+(?:['’-][^\W\d_]+)*)")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_PRONOUNS = {"one", "ein", "eine", "un", "une", "uno", "una", "um", "uma", "een"}
_LABELS = frozenset(
    [
        *("no", "number", "page", "chapter", "section", "article", "room", "nr", "flight"),
        *("route", "highway", "line", "bus", "unit", "flug", "zimmer", "seite", "vol"),
        *("chambre", "vuelo"),
    ]
)
_RUN = 4
"""How many words after a number are looked through for what it counts."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence; `start` and `end` are code points of the sentence's text."""

    start: int
    end: int
    low: float
    high: float
    """The interval it can mean; `high` is infinite for "at least"."""
    unit: str
    """A base unit ("%", "$", "m", "kg", "s" …), else the stem of the noun counted, or ""."""
    noun: str
    """The noun counted, as a word in lower case; "" where there is none."""
    number_end: int
    """Where the number itself ends (with its scale); the unit follows."""
    measured: bool
    """Whether the unit is a measure: of money, length, weight, time, a share."""

    @property
    def normalized(self) -> str:
        """Return a comparable form: "27 people", "1.5e+09 $", ">=20 people"."""
        if self.high == inf:
            amount = f">={self.low:g}"
        elif self.low == self.high:
            amount = f"{self.low:.10g}"
        else:
            amount = f"{self.low:.10g}-{self.high:.10g}"
        return f"{amount} {self.noun or self.unit}".strip()


class _Unit(NamedTuple):
    base: str
    factor: float | None
    """None where nouns are counted."""
    noun: str
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    pattern: re.Pattern[str]
    small: dict[str, int]
    scales: dict[str, int]
    units: dict[str, tuple[str, float]]
    bounds: tuple[tuple[str, re.Pattern[str]], ...]
    decimal: str
    plural_s: bool
    """Whether nouns end in "s" when there are several."""
    between: re.Pattern[str]
    either: re.Pattern[str]
    """What stands between the two numbers of "ten or 15"."""
    age: re.Pattern[str]
    vague: re.Pattern[str]
    vague_amounts: dict[str, tuple[float, float]]
    age_of: re.Pattern[str] | None
    """What stands before an age, if ages and spells have the same words."""
    spells: re.Pattern[str]
    spell_lengths: dict[str, tuple[str, float, float]]
    single: re.Pattern[str]
    """One of a unit of time: "a month", if it is counted from or bounded."""


@cache
def _words(language: str | None) -> _Words:
    table = section(language, "numbers")
    small, scales = table.get("words", {}), table.get("scales", {})
    units = {w: (u, f) for w, (u, f) in table.get("units", {}).items()}
    units |= {w: (u, f) for w, (u, f) in table.get("time_units", {}).items()}
    written = _any(small)
    tail = rf"(?:[\s-](?:{_any([*small, *scales])}))*" if small else ""
    scale = rf"(?:[\s-]?(?P<scale>{_any(scales)})\b)?" if scales else "(?P<scale>(?!))?"
    upto, between = (_any(table.get("bounds", {}).get(name, [])) for name in ("range", "between"))
    pattern = (
        rf"(?<![\w.,/:#’'-])(?:(?P<money>US\$|[$€£¥₹])\s?)?"
        rf"(?P<first>{_DIGITS})(?:(?:\s?[-–]\s?|\s+(?:{upto})\s+|\s+(?P<and>{between})\s+)"
        rf"(?:US\$|[$€£¥₹])?(?P<last>{_DIGITS}))?"
        rf"(?![\w/:]|[.,]\d|-\d){scale}(?P<after>\s?[%€$£](?!\d))?"
        rf"|(?<![\w-])(?P<written>(?:{written})\b{tail})(?![\w])"
    )
    # A scale may stand glued to its number ("5m"), which the general pattern would refuse.
    glued = pattern.replace(
        r"(?![\w/:]|[.,]\d|-\d)", rf"(?!(?!(?:{_any(scales)})\b)\w|[/:]|[.,]\d|-\d)"
    )
    return _Words(
        re.compile(glued, re.IGNORECASE),
        small,
        scales,
        units,
        tuple(
            (name, _ending(words))
            for name, words in table.get("bounds", {}).items()
            if name in _BOUNDS
        ),
        table.get("decimal", "."),
        table.get("plural_s", False),
        _ending(table.get("bounds", {}).get("before_between", [])),
        re.compile(
            rf",?\s+(?:{_any(table.get('bounds', {}).get('either', '').split())})\s+", re.IGNORECASE
        ),
        re.compile(rf"[\s-](?:{_any(table.get('bounds', {}).get('age', []))})\b", re.IGNORECASE),
        re.compile(
            rf"\b(?P<vague>{_any(table.get('vague', {}))})\b(?:\s+(?:of|de|von))?", re.IGNORECASE
        ),
        {word: (low, high) for word, (low, high) in table.get("vague", {}).items()},
        _ending(of) if (of := table.get("bounds", {}).get("age_of")) else None,
        re.compile(rf"\b(?P<spell>{_any(table.get('spells', {}))})\b", re.IGNORECASE),
        {phrase: (u, low, high) for phrase, (u, low, high) in table.get("spells", {}).items()},
        re.compile(
            rf"\b(?:{_any(table.get('one', '').split())})\s+"
            rf"(?P<unit>{_any(table.get('time_units', {}))})\b"
            rf"(?P<from>\s+(?:{_any(table.get('counted_from', '').split())})\b)?",
            re.IGNORECASE,
        ),
    )


_BOUNDS = ("at_least", "at_most", "about")


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) or "(?!)"


def _ending(words: list[str]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:{_any(words)})(?:\s+(?:the|another|a|an))?\s*$", re.IGNORECASE
    )


def quantities(
    text: str, language: str | None, taken: Iterable[tuple[int, int]] = ()
) -> list[Quantity]:
    """Return the numbers that a sentence gives, in order.

    `taken` are the spans of its times, whose numbers count nothing.
    """
    return list(_quantities(text, language, tuple(taken)))


@lru_cache(maxsize=4000)
def _quantities(
    text: str, language: str | None, taken: tuple[tuple[int, int], ...]
) -> tuple[Quantity, ...]:
    """Return the same, kept: the finders of several kinds ask for the same sentences."""
    words, spans = _words(language), list(taken)
    found = []
    for match in words.vague.finditer(text):
        quantity = _vague(text, match, words, language)
        if quantity and not any(a < match.end() and match.start() < b for a, b in spans):
            found.append(quantity)
            spans.append((match.start(), match.end()))
    for quantity in _spells(text, words):
        if not any(a < quantity.end and quantity.start < b for a, b in spans):
            found.append(quantity)
            spans.append((quantity.start, quantity.end))
    for match in _matches(text, words):
        if any(a < match.end() and match.start() < b for a, b in spans):
            continue
        if match["first"] and (_is_label(text, match, language) or _is_year(match, words)):
            continue
        interval = _interval(match, words)
        if interval is not None:
            counted = _quantity(text, match, interval, words, language)
            found += [counted] if counted else []
    return _joined(text, sorted(found, key=lambda quantity: quantity.start), words)


def _joined(text: str, found: list[Quantity], words: _Words) -> tuple[Quantity, ...]:
    """Return the numbers with "ten or 15 minutes" as one, of which either may be right."""
    joined: list[Quantity] = []
    for quantity in found:
        before = joined[-1] if joined else None
        factor = _factor(text, quantity, words)
        if (
            before is not None
            and factor is not None
            and not before.unit
            and words.either.fullmatch(text, before.end, quantity.start)
        ):
            both = (before.low * factor, quantity.low)
            high = max(before.high * factor, quantity.high)
            joined[-1] = replace(quantity, start=before.start, low=min(both), high=high)
        else:
            joined.append(quantity)
    return tuple(joined)


def _factor(text: str, quantity: Quantity, words: _Words) -> float | None:
    """Return what the first number of a quantity is multiplied by: its scale and its unit."""
    match = words.pattern.match(text, quantity.start)
    if match is None:
        return None
    if match["first"]:
        number = _digits(match["first"], words.decimal)
    else:
        number = words.small.get(re.split(r"[\s-]", match["written"])[0].lower())
    return quantity.low / number if number else None


def _vague(text: str, match: re.Match[str], words: _Words, language: str | None) -> Quantity | None:
    """Read "dozens of residents": a wide interval, of what is counted if that is said."""
    unit = _counted(text, match.end(), language)
    if not unit.noun:
        return None
    low, high = words.vague_amounts[" ".join(match["vague"].lower().split())]
    return Quantity(
        match.start(), unit.end, low, high, unit.base, unit.noun, match.end(), measured=False
    )


def _spells(text: str, words: _Words) -> Iterator[Quantity]:
    """Read how long without a number: "for years", "about a month after"."""
    for match in words.spells.finditer(text):
        unit, low, high = words.spell_lengths[" ".join(match["spell"].lower().split())]
        base, factor = words.units[unit]
        low, high = low * factor, high * factor
        yield Quantity(
            match.start(), match.end(), low, high, base, unit, match.end(), measured=True
        )
    for match in words.single.finditer(text):
        base, factor = words.units[match["unit"].lower()]
        start, low, high = _hedges(text, match.start(), 1.0, 1.0, words)
        if start < match.start() or match["from"]:
            end = match.end("unit")
            low, high = low * factor, high * factor
            yield Quantity(start, end, low, high, base, match["unit"].lower(), end, measured=True)


def _matches(text: str, words: _Words) -> Iterator[re.Match[str]]:
    """Return the numbers; "10 and 15" is one only after "between"."""
    at = 0
    while match := words.pattern.search(text, at):
        if match["first"] and match["and"] and not words.between.search(text[: match.start()]):
            match = words.pattern.search(text[: match.end("first")], match.start()) or match
        yield match
        at = match.end()


def _is_label(text: str, match: re.Match[str], language: str | None) -> bool:
    """Return whether digits are part of a name: "Flight 446", "No. 1", "Area 51", "Windows 10"."""
    before = text[: match.start()].rstrip()
    if match["money"] or match["after"] or match["scale"] or "," in match["first"]:
        return False
    word = re.search(r"([^\W\d_]+)\.?$", before)
    if word is None or not before or text[match.start() - 1 : match.start()] != " ":
        return False
    if word[1].lower() in _LABELS:
        return True
    capitals = section(language, "numbers").get("capital_nouns", False)
    follows = re.match(r"\s+[^\W\d_]" if capitals else r"\s+[a-z]", text[match.end() :])
    return word[1][0].isupper() and word.start() > 0 and not follows


def _is_year(match: re.Match[str], words: _Words) -> bool:
    """Return True if digits look like a year, in a language whose years are not known as times."""
    return not words.small and bool(_YEAR.fullmatch(match["first"]))


def _interval(match: re.Match[str], words: _Words) -> tuple[float, float] | None:
    if match["written"]:
        value = _written(match["written"], words)
        return (value, value) if value is not None else None
    first = _digits(match["first"], words.decimal)
    last = _digits(match["last"], words.decimal) if match["last"] else first
    if first is None or last is None:
        return None
    factor = words.scales.get((match["scale"] or "").lower(), 1)
    if last < first:
        return None  # a score or a span of pages
    return first * factor, last * factor


def _digits(text: str, decimal: str) -> float | None:
    thousands = "," if decimal == "." else "."
    plain = re.sub(r"[’'\u00a0\u202f ]", "", text)
    if re.fullmatch(
        rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", plain
    ):
        plain = plain.replace(thousands, "")
    plain = plain.replace(decimal, ".")
    try:
        return float(plain)
    except ValueError:
        return None


def _written(text: str, words: _Words) -> float | None:
    """Read "twenty-five", "two hundred", "three million"; "one" alone is mostly a pronoun."""
    total, part = 0.0, 0.0
    for piece in re.split(r"[\s-]+", text.lower()):
        if piece in words.small:
            part += words.small[piece]
        elif piece in words.scales:
            part = max(part, 1.0) * words.scales[piece]
            if words.scales[piece] >= 1000:
                total, part = total + part, 0.0
    return total + part or None


def _quantity(
    text: str,
    match: re.Match[str],
    interval: tuple[float, float],
    words: _Words,
    language: str | None,
) -> Quantity | None:
    unit = _measure(text, match, words) or _counted(text, match.end(), language)
    single = words.plural_s and not (unit.factor or unit.noun.endswith("s"))
    if single and (_is_score(match) or _names_a_year(match, unit, language)):
        return None
    alone = (match["written"] or "").lower()
    if alone in _PRONOUNS and not unit.noun:
        return None
    if alone in _PRONOUNS - {"one"} and not unit.factor:  # an article, but of a person
        people = members(language, "casualties", "people")
        if unit.noun not in people:
            return None
    start, low, high = _hedges(text, match.start(), *interval, words)
    factor = unit.factor or 1.0
    return Quantity(
        start,
        unit.end,
        low * factor,
        high * factor,
        unit.base,
        unit.noun,
        match.end(),
        bool(unit.factor),
    )


def _is_score(match: re.Match[str]) -> bool:
    """Return whether two numbers are tied by a hyphen: "a 4-12 season" is no span."""
    return bool(match["last"]) and bool(re.fullmatch(r"\d+[-–]\d+", match.group()))


def _names_a_year(match: re.Match[str], unit: _Unit, language: str | None) -> bool:
    """Return True if a year stands before what it was the year of: "the 2016 election"."""
    alone = match["first"] and not (match["scale"] or match["last"])
    people = members(language, "casualties", "people")
    return bool(alone and _YEAR.fullmatch(match["first"])) and unit.noun not in people


def _hedges(
    text: str, start: int, low: float, high: float, words: _Words
) -> tuple[int, float, float]:
    """Return where a number begins with its "about" or "at least", and the interval it means."""
    found = [(m.start(), name) for name, p in words.bounds if (m := p.search(text[:start]))]
    if not found:
        return start, low, high
    first, name = min(found, key=lambda one: one[0])  # "no more than" rather than "more than"
    return first, *_bounded(name, low, high)


def _bounded(name: str, low: float, high: float) -> tuple[float, float]:
    if name == "at_least":
        return low, inf
    if name == "at_most":
        return 0.0, high
    return low - _leeway(low), high + _leeway(high)


def _leeway(value: float) -> float:
    """Return how far off a number with "about" may be: "146" less than "150"."""
    digits = f"{value:.10g}".partition("e")[0].replace(".", "").strip("0")
    step = 10.0 ** (floor(log10(value)) - len(digits) + 1) if value > 0 else 0.0
    halves = digits.endswith("5") and len(digits) > 1  # 850 is rounded to fifties
    return min(_LOOSE * value, step * (2.5 if halves else 1.0))


def _measure(text: str, match: re.Match[str], words: _Words) -> _Unit | None:
    """Return the unit of measure that stands before or after a number, if one does."""
    end = match.end()
    age = words.age.match(text, end)
    spell = age and words.age_of and age.group().strip().lower() in words.units
    if spell and words.age_of and not words.age_of.search(text[: match.start()]):
        age = None  # "pendant trois ans", not "de trois ans"
    if age:
        return _Unit("age", 1.0, "years old", age.end())
    sign = match["money"] or (match["after"] or "").strip() if match["first"] else ""
    if sign:
        return _Unit(_CURRENCIES.get(sign.lower(), sign), 1.0, "", end)
    after = _UNIT_WORDS.match(text, end)
    if after is None:
        return None
    phrase = " ".join(after[1].lower().split())
    for word in (phrase, phrase.split()[0]):
        if word in words.units:
            base, factor = words.units[word]
            return _Unit(base, factor, word, after.start(1) + len(word))
    return None


def _counted(text: str, end: int, language: str | None) -> _Unit:
    """Return the noun that a number counts: the first plural or person among the words after."""
    people = members(language, "casualties", "people")
    functions = function_words(language)
    run: list[re.Match[str]] = []
    word = _NEXT_WORD.match(text, end)
    if word and text[end] == "-":  # "a 48-page indictment", whatever follows
        noun = word[1].lower()
        return _Unit(stem(noun, language), None, noun, word.end())
    while word and len(run) < _RUN and word[1].lower() not in functions - people:
        run.append(word)
        word = _NEXT_WORD.match(text, word.end())
    for word in run:
        folded = word[1].lower()
        plural = folded.endswith("s") and len(folded) > 3 and not folded.endswith("ss")
        if folded in people or plural:
            return _Unit(stem(folded, language), None, folded, word.end())
    if not run:
        return _Unit("", None, "", end)
    noun = run[0][1].lower()
    return _Unit(stem(noun, language), None, noun, run[0].end())


def compatible(a: Quantity, b: Quantity) -> bool:
    """Return whether two numbers of one thing can both be right.

    Rounding is no difference: "2,500" for 2,487, "101 metres" for 330 feet.
    """
    if a.low <= b.high and b.low <= a.high:
        return True
    if inf in (a.high, b.high) or a.low <= 0 or b.low <= 0:
        return False
    converted = a.measured and a.noun != b.noun  # "101 metres" and "330 feet"
    if converted and abs(a.low - b.low) <= _LOOSE_MEASURE * max(a.low, b.low):
        return True
    return _rounded(a, b) or _rounded(b, a)


def open_apart(a: Quantity, b: Quantity) -> bool:
    """Return whether two lower limits are too far apart to be the same count ("at least 4", 6).

    Nobody who knows of six dead writes "at least two".
    """
    lows = sorted((a.low, b.low))
    return a.high == b.high == inf and lows[0] > 0 and lows[1] >= _OPEN_APART * lows[0]


def _rounded(coarse: Quantity, fine: Quantity) -> bool:
    """Return whether the first number is the second, rounded to the digits that it shows."""
    if coarse.low != coarse.high or fine.low != fine.high or coarse.low < _ROUND_FROM:
        return False
    digits = len(f"{coarse.low:.10g}".rstrip("0").replace(".", ""))
    return float(f"{fine.low:.{max(2, digits)}g}") == coarse.low
