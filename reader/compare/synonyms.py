"""Generic synonym classes: words that one outlet may use where another uses the other.

The classes stand in `data/compare/synonyms.<language>.txt`, a line of words for each; a word
belongs to the first class that names it. They are general English (and so on) and know nothing of
any story. Compared are stems, so that every form of a listed word counts.
"""

from functools import cache

from reader import resources
from reader.text.words import stem


@cache
def classes(language: str | None) -> dict[str, str]:
    """Return stem -> the name of its class, for a language; empty where there are none."""
    path = resources.data("compare", f"synonyms.{language or ''}.txt")
    if not language or not path.is_file():
        return {}
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split("#")[0].split()
        for word in words:
            found.setdefault(stem(word.casefold(), language), "=" + words[0])
    return found


def concept(stemmed: str, language: str | None) -> str:
    """Return the class that a stem belongs to ("=" and its first word), else the stem."""
    return classes(language).get(stemmed, stemmed)
