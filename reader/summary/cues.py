"""Cue words for Edmundson's method, by language, from `data/summary/cues.toml`."""

import tomllib
from functools import lru_cache
from typing import NamedTuple

from reader import resources
from reader.text.words import stem


class Cues(NamedTuple):
    """Stems that speak for a sentence and against it."""

    bonus: frozenset[str]
    stigma: frozenset[str]


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, str]]:
    with resources.data("summary", "cues.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=64)
def cue_words(language: str | None) -> Cues:
    """Return the stems of a language's cue words; empty sets where there are none for it."""
    lists = _lists().get(language or "", {})
    bonus, stigma = (
        frozenset(stem(word, language) for word in lists.get(name, "").split())
        for name in ("bonus", "stigma")
    )
    return Cues(bonus, stigma)
