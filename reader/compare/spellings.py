"""Names that two reports write differently: slips, other romanisations, hyphens, endings.

Compared are runs of words with capital initials ("Masters of Ale", "Port-a-Lund", "Lund Airways").
Two of them name the same if they differ in one word, and that by a letter or two, by an ending or
(in a name of three words and more) behind its first letters, or if only hyphens and spaces differ.
A word alone needs sentences that share a fact, too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from reader.compare.contexts import function_words
from reader.compare.found import Story
from reader.compare.letters import (
    cut,
    differ_in_ending,
    distance,
    near,
    same_word,
    shared_beginning,
)
from reader.compare.material import Unit
from reader.compare.names import folded, said_beside_names
from reader.compare.synonyms import place_terms
from reader.compare.tables import members, section
from reader.model import Difference
from reader.text.words import stem

_ONE = frozenset(["a", "an", "one", "ein", "eine", "einen", "einem", "einer", "un", "une", "una"])
"""What stands before one of several: "a Lund Ranger" is none of "the Lund Rangers" misspelt."""
_ALONE, _ALONE_FAR = 5, 7
"""The least letters of a single word, and of one that may differ by two letters."""
_LONG, _BEGINNING = 7, 3
"""The length from which words with this many first letters in common may be one name."""
_SHARE, _SHARE_ALONE = 0.1, 0.3
"""How likely the sentences share a fact, for names of several words and for a word alone."""
_MOST = 30
"""How many mentions of a name are looked at: enough to show what it names."""
_LONGEST = 6
_PARTICLES = (
    "of|for|i|e|y|de|da|das|do|dos|del|della|di|du|la|le|van|von|der|den|al|el|bin|ibn|bint|abu"
)
_UPPER = "".join(chr(c) for c in range(0x41, 0x587) if chr(c).isupper())
_WORD = rf"[{_UPPER}](?:[^\W_]|['’-](?=[^\W_]))*"
_NAME = re.compile(
    rf"(?<![\w'’-]){_WORD}(?:\s(?:(?:{_PARTICLES})\s)?{_WORD}|\s\d{{1,3}}(?![\w%]|[.,:]\d))*"
)
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Written:
    """A name as one sentence writes it; `start` and `end` are code points of the unit's text."""

    unit: Unit
    start: int
    end: int
    parts: tuple[str, ...]
    """Its words in lower case, parted at spaces and hyphens."""

    @property
    def text(self) -> str:
        """Return the name as written."""
        return self.unit.text[self.start : self.end]


_Shown = tuple[Written, int, int]
"""A name, and the first and the last + 1 of its parts that are shown."""


def name_differences(story: Story) -> list[Difference]:
    """Return the names that reports write differently, one for each pair of spellings."""
    written = [name for unit in story.compared() for name in _written(story, unit)]
    lower = _common_words(story)
    shown = _other_words(story, written, lower)
    told = [_difference(story, names) for names in shown.values()]
    return [*told, *_alone(story, written, lower, frozenset(shown))]


def _written(story: Story, unit: Unit) -> Iterable[Written]:
    """Return every run of up to six words of the names of a sentence."""
    for match in _NAME.finditer(unit.text):
        run: list[re.Match[str]] = []
        for piece in re.finditer(r"\S+", match.group()):
            opens = not run and _opens(unit.text, match.start() + piece.start())
            if not (opens and folded(piece.group()) not in story.known):
                run.append(piece)
            if run and _POSSESSIVE.search(piece.group()):
                yield from _runs(unit, match.start(), run)
                run = []
        yield from _runs(unit, match.start(), run)


def _runs(unit: Unit, offset: int, run: list[re.Match[str]]) -> Iterable[Written]:
    for first in range(len(run)):
        for last in range(first, min(len(run), first + _LONGEST)):
            one, other = run[first], run[last]
            if one.group()[0].islower() or other.group()[0].islower():
                continue
            text = _POSSESSIVE.sub("", unit.text[offset + one.start() : offset + other.end()])
            start = offset + one.start()
            parts = tuple(folded(part) for part in re.split(r"[\s-]+", text))
            yield Written(unit, start, start + len(text), parts)


def _opens(text: str, start: int) -> bool:
    before = text[:start].rstrip("“”\"'‘’«»„([-–—… ")
    return not before or before[-1] in ".!?:"


def _common_words(story: Story) -> frozenset[str]:
    """Return the words that some report has in lower case: they are no names by themselves."""
    return frozenset(
        folded(word.text)
        for unit in story.material.units
        for word in unit.words
        if unit.text[word.start].islower()
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """Two names that differ in one word."""

    at: int
    """The number of the word that differs, among the parts of either name."""
    rest: tuple[str, ...]
    ones: tuple[Written, ...]
    others: tuple[Written, ...]
    languages: tuple[str, ...]

    @property
    def one(self) -> str:
        """Return the word of the first name."""
        return self.ones[0].parts[self.at]

    @property
    def other(self) -> str:
        """Return the word of the second."""
        return self.others[0].parts[self.at]

    def tells_apart(self) -> bool:
        """Return whether the words are the same in other letters, or as different as days."""
        words = self.one, self.other
        if same_word(*words) or any(char.isdigit() for char in "".join(words)):
            return True
        return any(_calendar(word, self.languages) for word in words)

    def inflected(self, story: Story) -> bool:
        """Return whether one of the names only says what follows: "Lund Ranger fans"."""
        if self.at < len(self.rest) - 1:
            return False
        return any(
            all(_attributive(name, story.language(name.unit)) for name in names)
            for names in (self.ones, self.others)
        )

    def shown(self) -> list[_Shown]:
        """Return the names with the parts that are shown: the word, or all if it looks cut."""
        whole = differ_in_ending(self.one, self.other) or cut(self.one, self.other)
        whole |= not near(self.one, self.other) or len(self.one) == 1
        parts = (0, len(self.rest)) if whole else (self.at, self.at + 1)
        return [(name, *parts) for name in (*self.ones, *self.others)]


def _other_words(
    story: Story, written: list[Written], lower: frozenset[str]
) -> dict[tuple[str, str], list[_Shown]]:
    """Return the two words in which names of several words differ -> what shows it."""
    by_rest: dict[tuple[int, tuple[str, ...]], dict[str, list[Written]]] = {}
    for name in written:
        if len(name.parts) > 1:
            for at, part in enumerate(name.parts):
                rest = (*name.parts[:at], "", *name.parts[at + 1 :])
                by_rest.setdefault((at, rest), {}).setdefault(part, []).append(name)
    shown: dict[tuple[str, str], list[_Shown]] = {}
    order = sorted(by_rest.items(), key=lambda item: (-len(item[0][1]), item[0]))
    for (at, rest), forms in order:
        for key in _pairs(sorted(forms)):
            ones, others = (tuple(n for n in forms[part] if _whole(n, at)) for part in key)
            if key in shown or not ones or not others or _both_at_home(ones, others):
                continue
            case = _Case(at, rest, ones, others, _languages(story, (*ones, *others)))
            if _one_name(story, case, lower) and _close_by(story, case):
                shown[key] = case.shown()
    return shown


def _languages(story: Story, names: Iterable[Written]) -> tuple[str, ...]:
    return tuple(sorted({story.language(name.unit) or "" for name in names}))


def _whole(name: Written, at: int) -> bool:
    """Return whether no other name stands right beside the word `at` of a name, outside of it."""
    text = name.unit.text
    before, after = text[: name.start].split(), text[name.end :].split()
    if at == 0 and len(before) > 1 and text[name.start - 1] == " ":
        return not before[-1][0].isupper() or bool(re.search(r"['’]s?$|\W$", before[-1]))
    last = at == len(name.parts) - 1
    return not (last and after and text[name.end] == " " and after[0][0].isupper())


def _pairs(words: list[str]) -> Iterable[tuple[str, str]]:
    return ((a, b) for i, a in enumerate(words) for b in words[i + 1 :])


def _one_name(story: Story, case: _Case, lower: frozenset[str]) -> bool:
    """Return whether two names that differ in one word may be one name."""
    one, other = case.one, case.other
    empty = said_beside_names(story.material).union(*map(function_words, case.languages))
    bodies = frozenset(b for lang in case.languages for b in members(lang, "speech", "bodies"))
    telling = [part for part in case.rest if part and part not in empty and not part.isdigit()]
    single = len(one) == len(other) == 1
    if case.tells_apart() or (not single and {one, other} & empty):
        return False
    if differ_in_ending(one, other):
        named = [part for part in telling if part not in bodies]
        return bool(named) and not case.inflected(story) and not _places(case.languages, named)
    if near(one, other):
        return len(telling) > int(single) and not {one, other} <= lower
    if cut(one, other) and any(part.isdigit() for part in case.rest):
        return True
    long = min(len(one), len(other)) >= _LONG and len(case.rest) > 2 and bool(telling)
    alike = len(shared_beginning(one, other)) >= _BEGINNING and distance(one, other, 4) <= 4
    return long and alike and not {one, other} & bodies


def _attributive(name: Written, language: str | None) -> bool:
    """Return whether a name only says what a following word is: "Lund Ranger fans", "a Lund …"."""
    text, verbs = name.unit.text, members(language, "speech", "verbs")
    after = next((w for w in name.unit.words if w.start >= name.end), None)
    if after is not None and text[name.end : after.start] in (" ", "-"):
        small = after.text in function_words(language) or after.text in verbs
        if text[after.start].islower() and not small:
            return True
    before = text[: name.start].split()[-1:]
    return bool(before) and before[0].lower() in _ONE


def _places(languages: Sequence[str], words: list[str]) -> bool:
    """Return whether all of these words are countries or their people: no name by themselves."""
    return all(any(stem(w, lang) in place_terms(lang) for lang in languages) for w in words)


def _calendar(word: str, languages: Sequence[str]) -> bool:
    return any(
        word in " ".join(section(language, "calendar").get(entry, [])).split()
        for language in languages
        for entry in ("months", "weekdays")
    )


def _close_by(story: Story, case: _Case) -> bool:
    """Return whether two names stand in sentences of one matter, or have two words in common."""
    if len({name.unit.report for name in (*case.ones, *case.others)}) < 2:
        return False
    pairs = product(case.ones[:_MOST], case.others[:_MOST])
    apart = [(a.unit, b.unit) for a, b in pairs if a.unit.report != b.unit.report]
    return len(case.rest) > 2 or any(story.share(a, b) >= _SHARE for a, b in apart)


def _alone(
    story: Story,
    written: list[Written],
    lower: frozenset[str],
    told: frozenset[tuple[str, str]],
) -> list[Difference]:
    """Return the names of one word that differ by a letter or two in sentences of one fact."""
    by_word: dict[str, list[Written]] = {}
    for name in written:
        word = name.parts[0]
        if len(name.parts) == 1 and len(word) >= _ALONE and word not in lower:
            by_word.setdefault(word, []).append(name)
    within = {part for name in written if len(name.parts) > 1 for part in name.parts}
    found = []
    for one, other in _pairs(sorted(by_word)):
        if (one, other) in told:
            continue
        limit = 2 if min(len(one), len(other)) >= _ALONE_FAR and one[0] == other[0] else 1
        if abs(len(one) - len(other)) > limit or distance(one, other, limit) > limit:
            continue
        ones, others = by_word[one], by_word[other]
        languages = _languages(story, (*ones, *others))
        if {n.unit.report for n in ones} & {n.unit.report for n in others} or differ_in_ending(
            one, other
        ):
            continue
        if _one_word(one, other, languages) or _common_nouns(story, (*ones, *others)):
            continue
        if {one, other} <= within and _with_others(written, one, other):
            continue
        shares = (story.share(a.unit, b.unit) for a, b in product(ones[:_MOST], others[:_MOST]))
        if max(shares, default=0.0) >= _SHARE_ALONE:
            found.append(_difference(story, [(name, 0, 1) for name in (*ones, *others)]))
    return found


def _one_word(one: str, other: str, languages: Sequence[str]) -> bool:
    """Return whether two words are forms of one, or words that are no names."""
    if same_word(one, other):
        return True
    for language in languages:
        offices = members(language, "offices", "heads") | members(language, "offices", "modifiers")
        stems = stem(one, language), stem(other, language)
        if stems[0] == stems[1] or any(s in place_terms(language) for s in stems):
            return True
        if {one, other} & (offices | function_words(language)):
            return True
    return _calendar(one, languages) or _calendar(other, languages)


def _common_nouns(story: Story, names: Iterable[Written]) -> bool:
    """Return whether a language with capital nouns sets an article before one of these words."""
    for name in names:
        language = story.language(name.unit)
        if not section(language, "names").get("nouns"):
            continue
        before = name.unit.text[: name.start].lower().split()[-1:]
        if before and (
            before[0] in members(language, "names", "before")
            or before[0][-2:] in ("en", "er", "es", "em")
        ):
            return True
    return False


def _with_others(written: list[Written], one: str, other: str) -> bool:
    """Return True if two words are next to different names: "Sayid Holm", "Sayed Lund"."""
    beside = [
        {part for name in written if word in name.parts for part in name.parts if part != word}
        for word in (one, other)
    ]
    return bool(beside[0]) and bool(beside[1]) and not beside[0] & beside[1]


def _both_at_home(ones: Iterable[Written], others: Iterable[Written]) -> bool:
    """Return whether one report uses both words, each more than once: then they are two names."""
    counts = Counter(name.unit.report for name in ones)
    more = Counter(name.unit.report for name in others)
    return any(counts[report] > 1 and more[report] > 1 for report in counts)


def _difference(story: Story, names: list[_Shown]) -> Difference:
    """Return the difference of names, each shown from one of its parts up to another."""
    variants, seen = [], set()
    for name, first, last in sorted(names, key=lambda n: (n[0].unit.row, n[0].start)):
        start, end = _span(name, first, last)
        text = name.unit.text[start:end]
        key = (name.unit.report, folded(text))
        if key not in seen:
            seen.add(key)
            variants.append(story.variant(name.unit, start, end, folded(text)))
    longest = max((name.text for name, _, _ in names), key=lambda text: (len(text), text))
    claim = story.claim(name.unit for name, _, _ in names)
    return Difference("name", False, f"name: {longest}", claim, 0.8, tuple(variants))


def _span(name: Written, first: int, last: int) -> tuple[int, int]:
    places = [match.span() for match in re.finditer(r"[^\s-]+", name.text)]
    return name.start + places[first][0], name.start + places[last - 1][1]
