"""How a language writes its sentences: what `data/sentences/<language>.toml` says.

Lists are strings of words separated by white space, abbreviations without their last full stop. An
entry in lower case stands for itself in any case (but not in capitals only, unless the text goes on
in capitals); an entry with a capital stands for exactly itself. "_" stands for a space inside an
entry: "z._b" is "z. B.".
"""

import tomllib
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import Any

from reader.resources import data


@dataclass(frozen=True)
class Manners:
    """What decides whether a full stop ends a sentence, in one language.

    Sets of words; those of abbreviations without the last full stop.
    """

    titles: frozenset[str] = frozenset()
    """Always go on: "Dr", "e.g"."""
    abbreviations: frozenset[str] = frozenset()
    """End a sentence only where a starter follows: "Inc", "U.S"."""
    closings: frozenset[str] = frozenset()
    """End a sentence where any capital follows, save a day, a month, a time zone: "etc", "p.m"."""
    numbered: frozenset[str] = frozenset()
    """Abbreviations only where a number follows: "No", "Art", "Jan"."""
    states: frozenset[str] = frozenset()
    """As abbreviations; after a comma ("Reno, Nev.") they end a sentence before any capital."""
    units: frozenset[str] = frozenset()
    """After a number they end a sentence where any capital follows: "km"."""
    starters: frozenset[str] = frozenset()
    """Common first words of sentences that are not parts of names, in lower case."""
    calendar: frozenset[str] = frozenset()
    """What goes on after a time or an ordinal: "Monday", "EST", "Weltkrieg"."""
    open: frozenset[str] = frozenset()
    """Words that end no sentence: "the", "of"; in lower case."""
    speech: frozenset[str] = frozenset()
    """Verbs of saying that follow the speaker's name: "said"."""
    lettered: frozenset[str] = frozenset()
    """Words after which a single letter is no initial: "hepatitis"."""
    exclaiming: frozenset[str] = frozenset()
    """Names that are written with an exclamation mark: "Yahoo"."""
    tails: frozenset[str] = frozenset()
    """Abbreviations that also end longer words: "str" in "Goethestr"."""
    ordinals: bool = False
    """Whether a number with a full stop is an ordinal: "3. Oktober"."""
    dates: bool = False
    """Whether a number with a full stop never ends a sentence: "2025. 7. 3."."""
    whole_quotes: bool = False
    """Whether what stands in 「」 is part of one sentence."""
    speaker_words: int = 4
    """How many words may stand between a quotation and the verb of saying."""
    enders: str = ""
    """More characters that end a sentence."""
    unstopped: frozenset[str] = frozenset()
    """How sentences begin in a language without full stops: a space before one of these."""

    def entry(self, word: str, after: str = "") -> str:
        """Return the entry of the lists that a word (without its full stop) is; "" if it is none.

        `after` is the next word of the text.
        """
        if word in self.listed:
            return word
        shouted = len(word) > 1 and "." not in word and word.isupper()
        if shouted and not (len(after) > 1 and after.isupper()):
            return ""
        forms = (lower(word), word.capitalize() if shouted else word)
        return next((form for form in forms if form in self.listed), "")

    @cached_property
    def listed(self) -> frozenset[str]:
        """All that is an abbreviation, of whatever kind."""
        return frozenset().union(
            self.titles, self.abbreviations, self.states, self.closings, self.numbered, self.units
        )


def lower(word: str) -> str:
    """Return a word in lower case, the Turkish İ as one letter."""
    return word.replace("İ", "i").lower()


@lru_cache(maxsize=64)
def manners(language: str) -> Manners:
    """Return the manners of a language, given as its primary subtag; "other" for the rest."""
    path = data("sentences", f"{language}.toml")
    if not language.isalpha() or not path.is_file():
        path = data("sentences", "other.toml")
    read: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    for field in fields(Manners):
        if field.name in read and field.type == frozenset[str]:
            read[field.name] = _entries(read[field.name])
    return Manners(**read)


def _entries(listed: str) -> frozenset[str]:
    return frozenset(entry.replace("_", " ") for entry in listed.split())
