"""Generic synonym classes: words that one outlet may use where another uses the other.

The classes stand in `data/compare/synonyms.<language>.txt` and `places.<language>.txt` (a country
and the words for its people and things), a line of words for each; a word belongs to the first
class that names it. They are general and know nothing of any story. Compared are stems, so that
every form of a listed word counts.
"""

from functools import cache

from reader import resources
from reader.text.words import stem


@cache
def _classes(language: str | None, file: str) -> dict[str, str]:
    path = resources.data("compare", f"{file}.{language or ''}.txt")
    if not language or not language.isalpha() or not path.is_file():
        return {}
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split("#")[0].split()
        for word in words:
            found.setdefault(stem(word.casefold(), language), "=" + words[0])
    return found


def place_terms(language: str | None) -> dict[str, str]:
    """Return stem -> class ("=" and its first word) of countries and their people."""
    return _classes(language, "places")


@cache
def judgements(language: str | None) -> dict[str, str]:
    """Return stem -> class of the words by which statements judge something."""
    return _classes(language, "judgements")


@cache
def concepts(language: str | None) -> dict[str, str]:
    """Return stem -> class of all synonyms, countries among them."""
    return _classes(language, "synonyms") | place_terms(language)
