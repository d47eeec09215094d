"""Sentences: where they begin and end in a text.

A line break always ends one: the paragraphs of a stored text are its lines. Inside a line nltk's
Punkt decides (`_punkt`), save where rules know better (`_rules`); both read `data/sentences`, which
has eighteen languages and a plain set for all others.
"""

import re
from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock

from reader.model import Sentence
from reader.text._manners import manners
from reader.text._places import place, places
from reader.text._punkt import punkt_ends
from reader.text._rules import ends

_LINE = re.compile(r"[^\n]+")
_GAP = re.compile(r"(?<=\S)\s+")
_CLAUSE = 40
_LONG = 180
"""Characters of a clause, and of a sentence that is longer than most, in Thai and Lao."""


class _Kept:
    """The sentences of the texts asked for last, up to a number of characters in all."""

    def __init__(self, characters: int) -> None:
        self._most = characters
        self._held = 0
        self._texts: OrderedDict[tuple[str, str], tuple[Sentence, ...]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, str]) -> tuple[Sentence, ...] | None:
        with self._lock:
            found = self._texts.get(key)
            if found is not None:
                self._texts.move_to_end(key)
            return found

    def put(self, key: tuple[str, str], found: tuple[Sentence, ...]) -> None:
        with self._lock:
            if key not in self._texts:
                self._held += len(key[0])
            self._texts[key] = found
            while self._held > self._most and len(self._texts) > 1:
                old, _ = self._texts.popitem(last=False)
                self._held -= len(old[0])


_kept = _Kept(4_000_000)


def sentences(text: str, language: str | None) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order.

    `language` is a BCP 47 tag ("en", "pt-BR") or None where it is not known. The spans cover all of
    the text that is not white space; what lies between two sentences is white space or nothing.
    """
    key = (text, _primary(language))
    found = _kept.get(key)
    if found is None:
        found = tuple(
            Sentence(index, start, end, text[start:end])
            for index, (start, end) in enumerate(_spans(*key))
        )
        _kept.put(key, found)
    return found


def _primary(language: str | None) -> str:
    return re.split("[-_]", language or "other")[0].lower()


def _spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text):
        line = match.group().rstrip()
        lead = len(line) - len(line.lstrip())
        if lead < len(line):
            offset = match.start() + lead
            for start, end in _line_spans(line[lead:], language):
                yield offset + start, offset + end


def _line_spans(line: str, language: str) -> Iterator[tuple[int, int]]:
    known = manners(language)
    if known.unstopped:
        yield from _unstopped_spans(line, known.unstopped)
        return
    asked: list[frozenset[int]] = []

    def punkt() -> frozenset[int]:
        if not asked:
            asked.append(punkt_ends(line, language))
        return asked[0]

    start = 0
    for match in places(line, known):
        if match.start() <= start:
            continue
        here = place(line, start, match, known)
        if here is not None and ends(here, known, punkt):
            yield start, here.end
            start = here.next
    yield start, len(line)


def _unstopped_spans(line: str, openers: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a script without full stops, where spaces part clauses.

    One ends at a space before a word that opens sentences, if it is of some length; a very long one
    at any space with enough behind it.
    """
    start = 0
    for gap in _GAP.finditer(line):
        long, rest = gap.start() - start, len(line) - gap.end()
        stopped = line[gap.start() - 1] in "?!…"
        opened = line.startswith(tuple(openers), gap.end())
        if rest and (stopped or (opened and long >= _CLAUSE) or min(long, 3 * rest) >= _LONG):
            yield start, gap.start()
            start = gap.end()
    yield start, len(line)
