"""How near the letters of two words are: slips, endings, British and American spellings."""

import re
from functools import lru_cache

_SHORTEST = 4
_FAR = 6
"""Words of at least this many letters may differ by two."""
_CUT = 4
"""So many letters may be cut off at the end of a word."""
_AMERICAN = (
    ("our", "or"),
    ("ise", "ize"),
    ("isa", "iza"),
    ("ence", "ense"),
    ("tre", "ter"),
    ("ogue", "og"),
)
_SUFFIXES = frozenset(
    [
        *("s", "es", "ies", "y", "n", "an", "ian", "ians", "ans", "i", "is", "ish", "ese", "ic"),
        *("ics", "ist", "ists", "ism", "al", "als", "ly", "er", "ers", "or", "ors", "ry", "ries"),
        *("ed", "ing", "e", "en", "in", "innen", "em", "isch", "ische", "r", "rs", "us", "os"),
        *("as", "o", ""),
    ]
)


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


def near(one: str, other: str) -> bool:
    """Return whether two words of a longer name are a letter or two apart."""
    if min(len(one), len(other)) < _SHORTEST:
        return len(one) == len(other) == 1 and not (one + other).isdigit()
    limit = 2 if min(len(one), len(other)) >= _FAR else 1
    return abs(len(one) - len(other)) <= limit and distance(one, other, limit) <= limit


def cut(one: str, other: str) -> bool:
    """Return whether one word is the beginning of the other: "Lundarsong", "Lundar"."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _FAR and long.startswith(short) and len(long) - len(short) <= _CUT


def differ_in_ending(one: str, other: str) -> bool:
    """Return whether two words differ in an ending only."""
    prefix = len(shared_beginning(one, other))
    return prefix >= _SHORTEST and {one[prefix:], other[prefix:]} <= _SUFFIXES


def shared_beginning(one: str, other: str) -> str:
    """Return the letters with which both words begin."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return one[:length]


def same_word(one: str, other: str) -> bool:
    """Return whether two words are one, in British and American or with and without umlauts."""
    return american(one) == american(other) or _plain(one) == _plain(other)


def _plain(word: str) -> str:
    """Return a word with "ae", "oe", "ue" as the plain vowels by which umlauts are also written."""
    return re.sub(r"([aou])e", r"\1", word)


@lru_cache(maxsize=50_000)
def american(word: str) -> str:
    """Return a word in American spelling, roughly: enough to see that two are one word."""
    if len(word) < _FAR:
        return word  # "hour", "four"
    for british, other in _AMERICAN:
        word = word.replace(british, other)
    return word
