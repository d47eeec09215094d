"""The words of web pages, from `data/leftovers/`: buttons, menus, notices, labels, by-line words.

All languages are read together: a page in one language often carries buttons in another. A line is
compared by its key: lower case, without punctuation, each number as "#".
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reader import resources
from reader.text._short import cached_where_short

_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NOT_WORDS = re.compile(r"[^\w#*'’&+]+|_+")
_LONGEST_KEY = 600
"""Lines longer than this are no buttons; they get no key."""


@cached_where_short(4096)
def key(line: str) -> str:
    """Return what a whole line is compared by: words in lower case, one space between, "#" for 12.

    "" for a line without a word, or one that is too long for a button or a notice.
    """
    if len(line) > _LONGEST_KEY:
        return ""
    folded = _NUMBER.sub("#", line.casefold().replace("’", "'").replace("#", " ").replace("*", " "))
    return _edges(_NOT_WORDS.sub(" ", unicodedata.normalize("NFC", folded)))


def _edges(text: str) -> str:
    return " ".join(word for raw in text.split() if (word := raw.strip("'&+")))


@dataclass(frozen=True, slots=True, eq=False)
class LineSet:
    """Whole lines, by key; some have parts that are free."""

    exact: frozenset[str]
    free: dict[str, tuple[re.Pattern[str], ...]]
    """First word -> patterns over keys; "" holds those that begin with a free part."""
    endings: tuple[str, ...]
    """How lines end of which only the beginning is free."""
    last: frozenset[str]
    """The last words of the exact ones."""

    def __contains__(self, line_key: object) -> bool:
        if not isinstance(line_key, str) or not line_key:
            return False
        if line_key in self.exact or line_key.endswith(self.endings):
            return True
        first = line_key.partition(" ")[0]
        patterns = self.free.get(first, ()) + self.free.get("", ())
        return any(pattern.fullmatch(line_key) for pattern in patterns)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to be found inside a text."""

    clue: str
    """A part of them to look for first; in lower case unless `exact`."""
    begins: str
    """How they begin, in the same way."""
    exact: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class PageWords:
    """All sections of the files in `data/leftovers/`; its README tells what they mean."""

    line: LineSet
    margin: LineSet
    label: LineSet
    related: LineSet
    more: LineSet
    inside: tuple[Phrase, ...]
    start: tuple[Phrase, ...]
    picture: tuple[Phrase, ...]
    form: tuple[str, ...]
    caption: re.Pattern[str]
    byline: re.Pattern[str]
    published: re.Pattern[str]
    updated: re.Pattern[str]
    stamp: frozenset[str]
    credit: frozenset[str]
    joining: frozenset[str]
    particle: frozenset[str]
    office: frozenset[str]
    hanging: frozenset[str]
    finite: frozenset[str]
    consent: tuple[str, ...]
    agree: tuple[str, ...]
    robots: tuple[str, ...]
    locked: tuple[str, ...]


@cache
def page_words() -> PageWords:
    """Return the words of pages; read once."""
    found: dict[str, list[str]] = {}
    for path in sorted(resources.data("leftovers").glob("*.txt")):
        if path.name != "months.txt":
            for section, phrase in _phrases(path):
                found.setdefault(section, []).append(phrase)

    def words(section: str) -> list[str]:
        return list(dict.fromkeys(found.get(section, [])))

    return PageWords(
        line=_line_set(words("line")),
        margin=_line_set(words("margin")),
        label=_line_set(words("label")),
        related=_line_set(words("related")),
        more=_line_set(words("more")),
        inside=tuple(_phrase(p) for p in words("inside")),
        start=tuple(_phrase(p) for p in words("start")),
        picture=tuple(_phrase(p) for p in words("picture")),
        form=tuple(p.casefold() for p in words("form")),
        caption=_openers(words("caption")),
        byline=_openers(words("byline")),
        published=_openers(words("published")),
        updated=_openers(words("updated")),
        stamp=frozenset(words("stamp")),
        credit=frozenset(words("credit")),
        joining=frozenset(words("and")),
        particle=frozenset(words("particle")),
        office=frozenset(words("office")),
        hanging=frozenset(words("hanging")),
        finite=frozenset(words("finite")),
        consent=tuple(words("consent")),
        agree=tuple(words("agree")),
        robots=tuple(words("robots")),
        locked=tuple(words("locked")),
    )


@cache
def month_names() -> dict[str, int]:
    """Return the names of months in many languages, in lower case; days of the week count as 0."""
    names: dict[str, int] = {}
    for line in resources.data("leftovers", "months.txt").read_text(encoding="utf-8").splitlines():
        number, colon, rest = line.partition(":")
        if colon and not line.startswith("##"):
            for name in rest.casefold().split():
                names.setdefault(name, int(number))
    return names


def _phrases(path: Path) -> Iterator[tuple[str, str]]:
    section = ""
    for raw in path.read_text(encoding="utf-8").splitlines():
        line = unicodedata.normalize("NFC", raw.strip())
        if line.startswith("[") and line.endswith("]") and line[1:-1].isalpha() and line.isascii():
            section = line[1:-1]
        elif line and not line.startswith("##"):
            yield section, line


def _line_set(phrases: Iterable[str]) -> LineSet:
    exact: set[str] = set()
    endings: list[str] = []
    free: dict[str, list[re.Pattern[str]]] = {}
    for phrase in phrases:
        parts = [key_of_phrase(part) for part in phrase.split("*")]
        if len(parts) == 1:
            exact.add(parts[0])
            continue
        if parts[0] == "" and len(parts) == 2:
            endings.append(f" {parts[1]}")
            continue
        first = parts[0].partition(" ")[0]
        free.setdefault(first, []).append(re.compile(_with_gaps(parts)))
    return LineSet(
        frozenset(exact - {""}),
        {word: tuple(patterns) for word, patterns in free.items()},
        tuple(endings),
        frozenset(phrase.rpartition(" ")[2] for phrase in exact),
    )


def key_of_phrase(phrase: str) -> str:
    """Return the key of a phrase of the files, in which "#" stands for a number already."""
    folded = unicodedata.normalize("NFC", phrase.casefold().replace("’", "'"))
    return _edges(_NOT_WORDS.sub(" ", folded))


def _with_gaps(parts: list[str]) -> str:
    """Return a pattern over keys: up to twelve words where a phrase is free, sixty at its end.

    Each word of a gap stands with exactly one space, so that a match takes no more than a few
    steps per word.
    """
    pattern = re.escape(parts[0])
    for part in parts[1:-1]:
        pattern += rf"(?: \S+){{0,12}}? {re.escape(part)}"
    if not parts[-1]:
        pattern += r"(?: \S+){0,60}"
    else:
        pattern += rf"(?: \S+){{0,12}}? {re.escape(parts[-1])}"
    return pattern if parts[0] else pattern.replace(r"(?: \S+){0,12}? ", r"(?:\S+ ){0,12}?", 1)


def _phrase(text: str) -> Phrase:
    exact = text.startswith("=")
    text = text.removeprefix("=")
    pattern = ""
    for part in re.split(r"([*#])", text):
        if part == "*":
            pattern += r"\S+" if text.endswith("*") else r"\S+(?: \S+){0,7}?"
        elif part == "#":
            pattern += r"\d+"
        else:
            pattern += re.escape(part)
    before = r"(?<!\w)" if text[0].isalnum() else ""
    after = r"(?!\w)" if text[-1].isalnum() else ""
    literals = re.split(r"[*#]", text if exact else text.casefold())
    return Phrase(
        max(literals, key=len),
        literals[0],
        exact,
        re.compile(before + pattern + after, 0 if exact else re.IGNORECASE),
    )


def any_of(phrases: Sequence[Phrase]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns to try before the phrases one by one: those in exact letters, the others."""
    never = "(?!)"
    exact = "|".join(p.pattern.pattern for p in phrases if p.exact) or never
    other = "|".join(p.pattern.pattern for p in phrases if not p.exact) or never
    return re.compile(exact), re.compile(other, re.IGNORECASE)


def _openers(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for lines that begin with one of these, the longest first."""
    ordered = sorted({p.casefold() for p in phrases}, key=lambda p: (-len(p), p))
    options = "|".join(re.escape(p) + (r"(?!\w)" if p[-1].isalnum() else "") for p in ordered)
    return re.compile(rf"(?:{options})", re.IGNORECASE)
