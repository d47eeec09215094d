"""Word lists by language, from `data/summary/`; a language without one has empty lists."""

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from reader import resources
from reader.text.words import stem


class Cues(NamedTuple):
    """Stems that speak for a sentence and against it, for Edmundson's method."""

    bonus: frozenset[str]
    stigma: frozenset[str]


class Signs(NamedTuple):
    """What the gate and the features look for; see `data/summary/words.toml`."""

    address: frozenset[str]
    page: re.Pattern[str]
    pronouns: frozenset[str]


@lru_cache(maxsize=2)
def _file(name: str) -> dict[str, dict[str, Any]]:
    with resources.data("summary", name).open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=64)
def cue_words(language: str | None) -> Cues:
    """Return the stems of a language's cue words."""
    lists = _file("cues.toml").get(language or "", {})
    bonus, stigma = (
        frozenset(stem(word, language) for word in lists.get(name, "").split())
        for name in ("bonus", "stigma")
    )
    return Cues(bonus, stigma)


@lru_cache(maxsize=64)
def signs(language: str | None) -> Signs:
    """Return a language's signs of a line of the page, and its words that point back."""
    lists = _file("words.toml").get(language or "", {})
    return Signs(
        frozenset(lists.get("address", "").split()),
        _phrases(lists.get("page", ())),
        frozenset(lists.get("pronouns", "").split()),
    )


def _phrases(phrases: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of these in a text in lower case.

    A phrase begins where a word does, save in scripts without spaces between words.
    """
    either = "|".join(re.escape(phrase) for phrase in phrases)
    spaced = any(phrase[0].islower() for phrase in phrases)
    return re.compile(rf"\b(?:{either})" if spaced else either or r"(?!)")
