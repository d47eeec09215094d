"""Quotations by statement: all wordings of one, and where the words differ.

Two passages are wordings of one statement where most of their words are the same in the same order
(Ratcliff and Obershelp's measure, as difflib computes it). What differs is then shown from the
first to the last word that does. A wording that is only cut at its ends says nothing else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from reader.compare.attribution import Speaker, same_speaker
from reader.compare.contexts import function_words
from reader.compare.found import Story, groups_of
from reader.compare.letters import distance
from reader.compare.quotes import Passage, said_words
from reader.model import Difference, Quote
from reader.text.words import stem

SAME_STATEMENT = 0.55
"""From this share of common words on two passages are one statement."""
_SHORTEST = 5
"""Passages of fewer words are phrases, not statements."""
_SURE = 0.65
"""From this likeness on a changed word is an alarm even where no speaker is named."""
_SURE_OF_OTHERS = 0.8
"""As much where two speakers are read out of the text that do not seem to be the same."""
_CONTENT, _CONTENT_SHARE = 3, 0.5
"""So many content words, and this share of the shorter wording's, must be the same."""
_MARKS = {"[", "]", "(", ")", "…", "*"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A passage with its words and its speaker."""

    passage: Passage
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    """Where each word stands in the unit's text."""
    speaker: Speaker | None


def statements(story: Story, said: dict[Passage, Speaker | None]) -> list[Statement]:
    """Return the passages with their words, those without words left out."""
    found = []
    for passage, speaker in said.items():
        words = tuple(said_words(passage, story.language(passage.unit)))
        places = tuple(
            (w.start, w.end) for w in passage.unit.words if passage.start <= w.start < passage.end
        )
        if words:
            found.append(Statement(passage, words, places, speaker))
    return found


def grouped(found: list[Statement]) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """Return the groups of statements that are wordings of one, and the pairs that make them."""
    pairs = []
    by_word: dict[str, list[int]] = {}
    for number, statement in enumerate(found):
        for word in set(statement.words):
            by_word.setdefault(word, []).append(number)
    for i, a in enumerate(found):
        shared: dict[int, int] = {}
        for word in set(a.words):
            for j in by_word[word]:
                if j > i:
                    shared[j] = shared.get(j, 0) + 1
        for j, count in sorted(shared.items()):
            b = found[j]
            if a.passage.unit.report == b.passage.unit.report:
                continue
            short = min(len(set(a.words)), len(set(b.words)))
            if 2 * count >= short and _one_statement(a, b):
                pairs.append((i, j))
    groups = groups_of(pairs)
    inside = {number for group in groups for number in group}
    return [*groups, *([n] for n in range(len(found)) if n not in inside)], pairs


def _one_statement(a: Statement, b: Statement) -> bool:
    """Return whether two passages are wordings of one statement."""
    if a.words == b.words or _within(a.words, b.words) or _within(b.words, a.words):
        return min(len(a.words), len(b.words)) >= 2
    if min(len(a.words), len(b.words)) < _SHORTEST or not same_speaker(a.speaker, b.speaker):
        return False
    matcher = SequenceMatcher(None, a.words, b.words, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return same >= SAME_STATEMENT * (len(a.words) + len(b.words)) / 2


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    n = len(short)
    return 2 < n <= len(long) and any(long[i : i + n] == short for i in range(len(long) - n + 1))


def quote_list(story: Story, found: list[Statement], groups: list[list[int]]) -> list[Quote]:
    """Return the quotations, each with its speaker as fully named as anywhere and all wordings."""
    quotes = []
    for group in groups:
        members_ = [found[number] for number in group]
        if not any(s.passage.marked for s in members_) or max(len(s.words) for s in members_) < 2:
            continue
        named = [s.speaker for s in members_ if s.speaker is not None]
        best = max(named, key=lambda s: (s.explicit, s.person, len(s.text)), default=None)
        spans = tuple(
            story.material.span(s.passage.unit, s.passage.start, s.passage.end) for s in members_
        )
        quotes.append(Quote(best.text if best else None, spans))
    return quotes


def quote_differences(
    story: Story, found: list[Statement], pairs: list[tuple[int, int]]
) -> list[Difference]:
    """Return the statements that are worded differently, one difference for each statement."""
    likeness = {
        (i, j): _likeness(found[i], found[j])
        for i, j in pairs
        if not (found[i].passage.verbatim or found[j].passage.verbatim)
    }
    best: dict[tuple[int, int], float] = {}
    for (i, j), score in likeness.items():
        for one, other in ((i, j), (j, i)):
            key = (one, found[other].passage.unit.report)
            best[key] = max(best.get(key, 0.0), score)
    odd: dict[tuple[int, int], _Odd] = {}
    for (i, j), score in sorted(likeness.items()):
        a, b = found[i], found[j]
        if score < max(best[i, b.passage.unit.report], best[j, a.passage.unit.report]):
            continue  # another passage of the report is nearer: this one is another statement
        if spans := _odd_spans(a, b, story.language(a.passage.unit)):
            odd[i, j] = spans
    groups = groups_of(_with_twins(found, list(odd)))
    return [
        _difference(story, found, [(i, j, o) for (i, j), o in odd.items() if i in group])
        for group in groups
    ]


def _with_twins(found: list[Statement], pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs, and those of the same words among them: one difference is told once."""
    numbers = sorted({number for pair in pairs for number in pair})
    first: dict[tuple[str, ...], int] = {}
    twins = [(first.setdefault(found[n].words, n), n) for n in numbers]
    return [*pairs, *(pair for pair in twins if pair[0] != pair[1])]


def _likeness(a: Statement, b: Statement) -> float:
    if a.words == b.words:
        return 1.0
    if _within(a.words, b.words) or _within(b.words, a.words):
        return 0.99
    matcher = SequenceMatcher(None, a.words, b.words, autojunk=False)
    return matcher.ratio()


class _Odd(NamedTuple):
    """Where two wordings differ: the words (first, last + 1) of each, and whether any changed."""

    changed: bool
    one: tuple[int, int]
    other: tuple[int, int]


def _odd_spans(a: Statement, b: Statement, language: str | None) -> _Odd | None:
    """Return where two wordings differ in words that carry meaning; None where they do not."""
    matcher = SequenceMatcher(None, a.words, b.words, autojunk=False)
    codes = matcher.get_opcodes()
    inner = [c for n, c in enumerate(codes) if c[0] != "equal" and not _at_end(n, codes)]
    telling = [(c, changed) for c in inner if (changed := _tells(a, b, c, language)) is not None]
    if not telling:
        return None
    one = min(c[1] for c, _ in telling), max(c[2] for c, _ in telling)
    other = min(c[3] for c, _ in telling), max(c[4] for c, _ in telling)
    if one[0] == one[1] or other[0] == other[1]:  # left out: show it with its neighbours
        one = max(0, one[0] - 1), min(len(a.words), one[1] + 1)
        other = max(0, other[0] - 1), min(len(b.words), other[1] + 1)
    return _Odd(any(changed for _, changed in telling), one, other)


def _at_end(number: int, codes: Sequence[tuple[str, int, int, int, int]]) -> bool:
    """Return whether a change is only that one wording begins later or ends sooner."""
    return number in (0, len(codes) - 1) and codes[number][0] in ("insert", "delete")


def _tells(
    a: Statement, b: Statement, code: tuple[str, int, int, int, int], language: str | None
) -> bool | None:
    """Return True where words were changed, False where some were left out, None where neither.

    Neither is it where only the form differs: an ending, a spelling, an abbreviation, a filler.
    """
    _, i, k, j, m = code
    functions = function_words(language)
    one = [word for word in a.words[i:k] if word not in functions]
    other = [word for word in b.words[j:m] if word not in functions]
    if (
        _bracketed(a, i, k)
        or _bracketed(b, j, m)
        or _one_form(a.words[i:k], b.words[j:m], language)
    ):
        return None
    if one and other:
        return None if _one_form(one, other, language) else True
    return False if len(one) + len(other) > 1 else None


def _one_form(one: Sequence[str], other: Sequence[str], language: str | None) -> bool:
    """Return whether words differ only in spelling, endings or abbreviation."""
    a, b = ("".join(re.findall(r"\w", "".join(words))) for words in (one, other))
    numbers = [re.findall(r"\d+", "".join(words)) for words in (one, other)]
    if numbers[0] and numbers[0] == numbers[1]:
        return True  # "6am" and "6 o'clock"
    if a == b or [stem(w, language) for w in one] == [stem(w, language) for w in other]:
        return True
    if len(one) == len(other) == 1 and a[:1] == b[:1]:
        return a.startswith(b) or b.startswith(a) or distance(a, b, 2) <= min(2, len(a) // 2)
    return False


def _bracketed(statement: Statement, first: int, last: int) -> bool:
    """Return whether an editor put these words in, or left some out, and says so."""
    if first >= len(statement.places):
        return False
    text = statement.passage.unit.text
    start = statement.places[first][0]
    end = statement.places[max(first, last - 1)][1]
    around = text[max(0, start - 2) : end + 2]
    return bool(_MARKS & set(around)) or "..." in text[max(0, start - 5) : end + 5]


def _one_content(a: Statement, b: Statement, language: str | None) -> bool:
    """Return whether two wordings have most of their content words in common."""
    functions = function_words(language)
    one = {stem(word, language) for word in a.words if word not in functions}
    other = {stem(word, language) for word in b.words if word not in functions}
    common = len(one & other)
    return common >= _CONTENT and common >= _CONTENT_SHARE * min(len(one), len(other))


def _difference(
    story: Story, found: list[Statement], told: list[tuple[int, int, _Odd]]
) -> Difference:
    """Return the difference of one statement: its first wording against all others."""
    told = sorted(told, key=lambda t: (not t[2].changed, t[0], t[1]))
    i, j, odd = told[0]
    shown = {i: odd.one, j: odd.other}
    for one, other, more in told[1:]:
        if one == i and more.changed == odd.changed:
            shown.setdefault(other, more.other)
            shown[i] = min(shown[i][0], more.one[0]), max(shown[i][1], more.one[1])
    variants, seen = [], set()
    for number, (first, last) in shown.items():
        statement = found[number]
        start, end = statement.places[first][0], statement.places[last - 1][1]
        said = " ".join(statement.passage.unit.text[start:end].lower().split())
        if statement.words[first:last] not in seen:
            seen.add(statement.words[first:last])
            variants.append(story.variant(statement.passage.unit, start, end, said))
    a, b = found[i], found[j]
    likeness = _likeness(a, b)
    named = a.speaker and b.speaker and bool(a.speaker.tokens & b.speaker.tokens)
    marked = a.passage.marked and b.passage.marked
    others = a.speaker and b.speaker and not named
    sure = bool(named) or likeness >= (_SURE_OF_OTHERS if others else _SURE)
    alarm = odd.changed and marked and sure and _one_content(a, b, story.language(a.passage.unit))
    speakers = [s for s in (a.speaker, b.speaker) if s is not None]
    speaker = next((s for s in speakers if s.explicit), None) or next(iter(speakers), None)
    topic = f"quotation: {speaker.text}" if speaker else "quotation"
    units = [found[number].passage.unit for number in shown]
    confidence = round(0.4 + 0.4 * likeness + (0.1 if named else 0.0), 2)
    return Difference("quote", alarm, topic, story.claim(units), confidence, tuple(variants))
