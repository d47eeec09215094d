"""Names that two reports spell differently: slips, and other romanisations.

Two spellings are set against each other only where they differ by a letter or two, are no forms of
one word, and stand beside the same other word of the name (or in sentences that are alike).
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from reader.compare.found import Story
from reader.compare.material import Material
from reader.compare.names import Name, folded, said_beside_names
from reader.compare.synonyms import place_terms
from reader.compare.tables import members, section
from reader.model import Difference
from reader.text.words import stem

_SHORTEST = 4
_NEAR = 8
"""How many characters after a name its next word may stand to be shown with it."""
_ALIKE = 0.35
_LETTERS_FAR = 6
"""From so many letters on a word may differ by two."""
_MOST = 40
"""How many mentions of a name are looked at: enough to show what it names."""
_SUFFIXES = frozenset(
    [
        *("s", "es", "ies", "y", "n", "an", "ian", "ians", "ans", "i", "is", "ish", "ese", "ic"),
        *("ics", "ist", "ists", "ism", "al", "als", "ly", "er", "ers", "or", "ors", "ry", "ries"),
        *("ed", "ing", "e", "en", "in", "innen", "em", "isch", "ische", "r", "rs", "us", "os"),
        *("as", "o", ""),
    ]
)
_AMERICAN = (
    ("our", "or"),
    ("ise", "ize"),
    ("isa", "iza"),
    ("ence", "ense"),
    ("tre", "ter"),
    ("ogue", "og"),
)


def name_differences(story: Story, names: Iterable[Name]) -> list[Difference]:
    """Return the names that reports spell differently, one for each pair of spellings."""
    candidates = [n for n in names if n.unit.role != "heading"]
    by_token: dict[str, list[Name]] = {}
    for name in candidates:
        for token in name.tokens:
            by_token.setdefault(token, []).append(name)
    common = _common_words(story.material)
    found = []
    tokens = sorted(token for token in by_token if len(token) >= _SHORTEST and token not in common)
    for one, other in _close(tokens):
        if _one_word(one, other, story) or _both_at_home(by_token[one], by_token[other]):
            continue
        pair = _same_bearer(story, by_token[one], by_token[other], one, other)
        if pair is not None:
            told = {one: by_token[one], other: by_token[other]}
            found.append(_difference(story, pair, told))
    return found


def _common_words(material: Material) -> set[str]:
    """Return the words that some report has in lower case: they are no names."""
    words = set()
    for unit in material.units:
        words |= {folded(w.text) for w in unit.words if unit.text[w.start].islower()}
    return words


def _close(tokens: list[str]) -> Iterable[tuple[str, str]]:
    """Return the pairs of tokens with the same initial that are one or two letters apart."""
    by_initial: dict[str, list[str]] = {}
    for token in tokens:
        by_initial.setdefault(token[0], []).append(token)
    for same in by_initial.values():
        for i, one in enumerate(same):
            for other in same[i + 1 :]:
                limit = 2 if min(len(one), len(other)) >= _LETTERS_FAR else 1
                if abs(len(one) - len(other)) <= limit and distance(one, other, limit) <= limit:
                    yield one, other


def distance(a: str, b: str, limit: int) -> int:
    """Return the Levenshtein distance of two words; anything above `limit` once it is above."""
    previous = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        current = [i]
        for j, other in enumerate(b, 1):
            cost = previous[j - 1] + (letter != other)
            current.append(min(cost, previous[j] + 1, current[-1] + 1))
        if min(current) > limit:
            return limit + 1
        previous = current
    return previous[-1]


def _plain(word: str) -> str:
    """Return a word with "ae", "oe", "ue" as the plain vowels by which umlauts are also written."""
    return re.sub(r"([aou])e", r"\1", word)


@lru_cache(maxsize=50_000)
def american(word: str) -> str:
    """Return a word in American spelling, roughly: enough to see that two are one word."""
    if len(word) < _LETTERS_FAR:
        return word  # "hour", "four"
    for british, other in _AMERICAN:
        word = word.replace(british, other)
    return word


def _one_word(one: str, other: str, story: Story) -> bool:
    """Return whether two spellings are forms of one word: plural, people of a place, British."""
    if american(one) == american(other) or _plain(one) == _plain(other):
        return True
    prefix = len(_shared_beginning(one, other))
    if prefix >= _SHORTEST and {one[prefix:], other[prefix:]} <= _SUFFIXES:
        return True
    languages = sorted({report.language or "" for report in story.material.reports})
    for language in languages:
        places = place_terms(language)
        stems = stem(one, language), stem(other, language)
        if stems[0] == stems[1] or any(s in places for s in stems):
            return True
        calendar = " ".join(
            [
                *section(language, "calendar").get("months", []),
                *section(language, "calendar").get("weekdays", []),
            ]
        ).split()
        offices = members(language, "offices", "heads") | members(language, "offices", "modifiers")
        if {one, other} & (offices | set(calendar)):
            return True
    return False


def _shared_beginning(one: str, other: str) -> str:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return one[:length]


def _both_at_home(ones: list[Name], others: list[Name]) -> bool:
    """Return whether one report uses both words, each more than once: then they are two names."""
    counts = Counter(name.unit.report for name in ones)
    more = Counter(name.unit.report for name in others)
    return any(counts[report] > 1 and more[report] > 1 for report in counts)


def _same_bearer(
    story: Story, ones: list[Name], others: list[Name], one: str, other: str
) -> tuple[Name, Name] | None:
    """Return two mentions that show that both spellings name the same, else None."""
    ignored = {(step, word) for word in said_beside_names(story.material) for step in (-1, 1)}
    side_by_side = {n.unit.row for n in ones} & {n.unit.row for n in others}
    for a in ones[:_MOST]:
        for b in others[:_MOST]:
            if a.unit.row == b.unit.row:
                continue
            beside = _neighbours(a, one) & _neighbours(b, other)
            near = distance(one, other, 1) == 1 or _neighbours(a, one) == _neighbours(b, other)
            if near and beside - ignored:
                surname = a.tokens[-1] == one
                if surname or story.alike(a.unit, b.unit) > 0 or a.unit.report == b.unit.report:
                    return a, b
            elif a.unit.report != b.unit.report and story.alike(a.unit, b.unit) >= _ALIKE:
                long = min(len(one), len(other)) >= _LETTERS_FAR
                if long and not side_by_side and len(a.tokens) == len(b.tokens) == 1:
                    return a, b
    return None


def _neighbours(name: Name, token: str) -> set[tuple[int, str]]:
    """Return the words right before (-1) and after (1) a word of a name."""
    at = name.tokens.index(token)
    found = {(step, at + step) for step in (-1, 1) if 0 <= at + step < len(name.tokens)}
    return {(step, name.tokens[place]) for step, place in found}


def _difference(story: Story, pair: tuple[Name, Name], told: dict[str, list[Name]]) -> Difference:
    one, other = told
    spelt = [(pair[0], one), (pair[1], other)]
    spelt += [(name, token) for token, names in told.items() for name in names]
    variants, seen = [], set()
    for name, token in spelt:
        if (name.unit.report, token) not in seen:
            seen.add((name.unit.report, token))
            start, end = _shown(name, token, (one, other))
            variants.append(story.variant(name.unit, start, end, token))
    a, b = pair
    exact = len(a.tokens) > 1
    topic = f"name: {a.unit.text[a.start : a.end]}"
    claim = story.claim([a.unit, b.unit])
    return Difference("name", True, topic, claim, 0.85 if exact else 0.6, tuple(variants))


def _shown(name: Name, token: str, spellings: tuple[str, str]) -> tuple[int, int]:
    """Return the span of the word spelt differently.

    A spelling that is the beginning of another ("Lund", "Lunden") would look cut off: it is shown
    with its whole name and the words up to the next that tells something.
    """
    text = name.unit.text
    words = [w for w in name.unit.words if name.start <= w.start < name.end]
    word = next((w for w in words if folded(w.text) == token), None)
    if word is None:
        return name.start, name.end
    if not any(other != token and other.startswith(token) for other in spellings):
        end = word.start + len(re.sub(r"['’]s?$", "", text[word.start : word.end]))
        return word.start, end
    after = next(
        (w for w in name.unit.words if w.start >= name.end and len(w.text) > _SHORTEST), None
    )
    near = after is not None and after.start - name.end <= _NEAR
    return name.start, after.end if after is not None and near else name.end
