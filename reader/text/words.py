"""Words: a text's units of meaning, their stems, and the words that carry none.

What is one word:

- letters with their marks; an apostrophe joins ("don't", "м'яка"), save where French and Italian
  elide ("l'homme" is "l" and "homme"); a hyphen parts ("Taliban-led"), save behind the prefixes
  that are also written without one ("co-operate", "e-mail");
- a number with its separators ("15,000", "6:30") and the letters that stick to it ("20th");
- an abbreviation with full stops ("U.S."), without them ("us"); where capitals read like a word
  without meaning of its own ("US", "WHO", "U.S."), with one behind them ("us."), so that the
  country is not lost with the pronoun;
- in Chinese and Japanese, which need no spaces: two characters at a time, overlapping ("中国人" is
  "中国", "国人"), a run of katakana or hiragana as one; in Thai, Lao, Khmer and Burmese three at a
  time. Such words overlap in the text; all others do not.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from reader.text._stems import stemmer as stemmer  # noqa: PLC0414 - a door of this module
from reader.text._stops import stop_words as stop_words  # noqa: PLC0414 - a door of this module

_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HIRAGANA = "\u3041-\u309f"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u19e0-\u19ff"
_DENSE = _HAN + _HIRAGANA + _KATAKANA + _SPACELESS
# Signs that belong to the letter before them but are no letters to `re`.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0963\u0966-\u0dff"
    "\u200c\u200d"
)
_LETTER = rf"(?:[^\W\d_ʼ{_DENSE}]|[{_MARKS}])"
_SIGN = rf"(?:[^\W_ʼ{_DENSE}]|[{_MARKS}])"
_APOSTROPHE = "['’ʼ＇׳]"
# possessive: what is looked at needs no looking back, which for a word of megabytes takes gigabytes
_TOKEN = (
    rf"(?P<number>\d++(?:[.,:]\d++)*+{_SIGN}*+)"
    rf"|(?P<dotted>(?:[^\W\d_{_DENSE}]\.){{2,}}+)"
    rf"|(?P<word>[^\W_ʼ{_DENSE}]{_SIGN}*+"
    rf"(?:(?:{_APOSTROPHE}|[\"״](?=[א-ת])(?<=[א-ת].)){_LETTER}++)*+)"
    rf"|(?P<dense>[{_DENSE}]+)"
)
_HYPHENS = "-‐‑"
_PREFIXED = re.compile(rf"(?:co|re|e|pre)[{_HYPHENS}]$", re.IGNORECASE)
_DOTLESS = frozenset(["tr", "az"])
_ELIDES = frozenset(["fr", "it", "ca"])
_ELIDED = re.compile(
    rf"(?:[cdjlmnst]|qu|lorsqu|puisqu|quoiqu|jusqu|un|[dn]?ell|all|dall|sull|quest|quell|gl|degl)"
    rf"{_APOSTROPHE}",
    re.IGNORECASE,
)
_PARTS = re.compile(
    rf"(?P<han>[{_HAN}]+)|(?P<kana>[{_HIRAGANA}]+|[{_KATAKANA}]+)|(?P<open>[{_SPACELESS}]+)"
)
_CURLY = str.maketrans("’ʼ＇״", "'''\"")


class Word(NamedTuple):
    """A word in lower case (casefold), and where it stands in the text it was found in."""

    text: str
    start: int
    end: int


@cache
def _token() -> re.Pattern[str]:
    """Return what finds words; it takes some milliseconds to make, which no start need wait for."""
    return re.compile(_TOKEN)


def word_spans(text: str, language: str | None = None) -> list[Word]:
    """Return the words of a text with their places, code points of that text, in order.

    `language` is a BCP 47 tag; without it nothing is elided and no capitals are told apart.
    """
    primary = (language or "").partition("-")[0].lower()
    found: list[Word] = []
    elides = primary in _ELIDES
    for match in _token().finditer(text):
        kind = match.lastgroup
        if kind == "dense":
            found.extend(_dense(match))
        elif kind == "word":
            word, start = match.group(), match.start()
            # most words need no looking at, and looking costs more than finding them
            if word.islower() and word.isascii() and not elides and text[start - 1] not in _HYPHENS:
                found.append(Word(word, start, match.end()))
            else:
                _add_word(found, text, match, primary)
        else:
            plain = match.group().replace(".", "") if kind == "dotted" else match.group()
            found.append(_named(plain, match.start(), match.end(), primary, kind == "dotted"))
    return found


def words(text: str, language: str | None = None) -> list[str]:
    """Return the words of a text in lower case, in order; what is one, the module tells."""
    return [word.text for word in word_spans(text, language)]


def stem(word: str, language: str | None) -> str:
    """Return the stem of a word in lower case; the word itself where its language has no stemmer.

    Snowball where it knows the language; for others see `reader.text._stems`.
    """
    return stemmer(language)(word)


def stems(text: str, language: str | None, *, keep_stop_words: bool = False) -> list[str]:
    """Return the stems of a text's words in order, without stop words unless they are kept."""
    stop = frozenset[str]() if keep_stop_words else stop_words(language)
    stemmed = stemmer(language)
    return [stemmed(word) for word in words(text, language) if word not in stop]


def _add_word(found: list[Word], text: str, match: re.Match[str], language: str) -> None:
    """Add a word, without what is elided before it, to a prefix that stands before its hyphen."""
    start, end = match.span()
    elided = _ELIDED.match(text, start, end) if language in _ELIDES else None
    if elided and elided.end() < end:
        found.append(Word(text[start : elided.end() - 1].casefold(), start, elided.end()))
        start = elided.end()
    before = found[-1] if found else None
    if before and before.end == start - 1 and _PREFIXED.match(text, before.start, start):
        found[-1] = Word(before.text + _folded(text[start:end], language), before.start, end)
    else:
        found.append(_named(text[start:end], start, end, language, _alone(text, start, end)))


def _named(word: str, start: int, end: int, language: str, alone: bool) -> Word:
    """Return a word; where it is a name in capitals that reads like a stop word, marked as one."""
    plain = _folded(word, language)
    if alone and 1 < len(word) < 5 and word.isupper() and plain in stop_words(language):
        plain += "."
    return Word(plain, start, end)


def _alone(text: str, start: int, end: int) -> bool:
    """Return whether a word's neighbours are not in capitals, as they are in a shouted line."""
    if not text[start:end].isupper():
        return False
    around = (text[max(0, start - 12) : start].split()[-1:], text[end : end + 12].split()[:1])
    return not any(len(word) > 1 and word.isupper() for side in around for word in side)


def _folded(word: str, language: str) -> str:
    """Return a word in lower case, apostrophes straight; in Turkish I and İ are two letters."""
    if language in _DOTLESS:
        word = word.replace("I", "ı").replace("İ", "i")
    return word.casefold() if word.isascii() else word.translate(_CURLY).casefold()


def _dense(match: re.Match[str]) -> Iterator[Word]:
    """Yield the words of a run without spaces."""
    for part in _PARTS.finditer(match.string, *match.span()):
        size = {"han": 2, "open": 3}.get(part.lastgroup or "", part.end() - part.start())
        text = part.group()
        for at in range(max(1, len(text) - size + 1)):
            piece = text[at : at + size]
            yield Word(piece, part.start() + at, part.start() + at + len(piece))
