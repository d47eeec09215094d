"""Names: where they stand in a sentence, and which of them are one person's.

A name is a run of words with capital initials ("Amir Khan", "Ministry of Trade" up to the "of").
Where a sentence begins, a single word counts only if it is known to be a name from elsewhere.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from reader.compare.material import Material, Unit
from reader.compare.synonyms import place_terms
from reader.compare.tables import members
from reader.text.words import stop_words

_PARTICLES = (
    "de|da|das|do|dos|del|della|di|du|la|le|van|von|der|den|ten|ter|zu|al|el|bin|ibn|bint|abu|y|e"
)
_UPPER = "".join(chr(c) for c in range(0x41, 0x587) if chr(c).isupper())
_WORD = rf"[{_UPPER}](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
_NAME = re.compile(rf"(?<![\w'’-]){_WORD}(?:\s+(?:(?:{_PARTICLES})\s+)?{_WORD})*")
_FULL = 5
"""How many words a person is named with at most."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence; `start` and `end` are code points of the sentence's text."""

    unit: Unit
    start: int
    end: int
    tokens: tuple[str, ...]
    """Its words in lower case, without possessive endings, particles left out."""


def names_in(unit: Unit, known: frozenset[str] = frozenset()) -> list[Name]:
    """Return the names of a sentence in order; `known` are words that are names anywhere.

    Without `known` a single word at the beginning of the sentence is no name.
    """
    found = []
    for match in _NAME.finditer(unit.text):
        pieces = list(re.finditer(r"\S+", match.group()))
        if _opens(unit.text, match.start()) and folded(pieces[0].group()) not in known:
            pieces = pieces[1:]
        tokens = tuple(folded(p.group()) for p in pieces if p.group()[0].isupper())
        if not tokens:
            continue
        start, end = match.start() + pieces[0].start(), match.end()
        if unit.text[start:end].endswith(("'s", "’s")):
            end -= 2
        found.append(Name(unit, start, end, tokens))
    return found


def _opens(text: str, start: int) -> bool:
    return not text[:start].strip("“”\"'‘’«»„([-–—… ") or text[:start].rstrip()[-1:] in set(".!?:")


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """Return a word in lower case, without diacritics and without a possessive ending."""
    plain = word.casefold().replace("’", "'")
    if not plain.isascii():
        plain = plain.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"['’]s?$", "", plain)


def known_names(material: Material) -> frozenset[str]:
    """Return the words that are names wherever they stand: never written in lower case."""
    capital, small = set[str](), set[str]()
    for unit in material.units:
        if unit.role == "heading":
            continue
        common = stop_words(material.reports[unit.report].language)
        for word, following in zip_longest(unit.words, unit.words[1:]):
            if unit.text[word.start].islower():
                small.add(folded(word.text))
            elif not _opens(unit.text, word.start) or (
                # "Jo Lee came": a name is likely where a sentence opens with two capitals.
                following
                and unit.text[word.end : following.start] == " "
                and unit.text[following.start].isupper()
                and word.text not in common
            ):
                capital.add(folded(word.text))
    return frozenset(capital - small)


def full_names(
    material: Material, names: Iterable[Iterable[Name]]
) -> dict[frozenset[str], frozenset[str]]:
    """Return words of names -> the words of the one longer name in the story that has them all.

    So "Sarah" and "Lee" are one person where "Sarah Lee" is named, and nobody else has either.
    """
    ignored = said_beside_names(material)
    tokens = {frozenset(name.tokens) - ignored for inside in names for name in inside}
    tokens.discard(frozenset())
    long = sorted((t for t in tokens if 1 < len(t) <= _FULL), key=lambda t: (-len(t), sorted(t)))
    having: dict[str, list[frozenset[str]]] = {}
    for whole in long:
        for token in whole:
            having.setdefault(token, []).append(whole)
    found = {}
    for part in tokens:
        wholes = [w for w in having.get(min(part), []) if part < w]
        largest = [w for w in wholes if not any(w < other for other in wholes)]
        if len(largest) == 1:
            found[part] = largest[0]
    return found


def said_beside_names(material: Material) -> frozenset[str]:
    """Return what stands beside many names and tells none: offices, courtesy titles, countries."""
    words: set[str] = set()
    for language in sorted({report.language or "" for report in material.reports}):
        for entry in ("heads", "modifiers", "courtesy"):
            words |= members(language, "offices", entry)
        words |= set(place_terms(language))
    return frozenset(words)
