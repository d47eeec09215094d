"""Words: a text's units of meaning, their stems, and the words that carry none."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_STEMMERS = {
    "ar": "arabic", "da": "danish", "nl": "dutch", "en": "english", "fi": "finnish", "fr": "french",
    "de": "german", "hu": "hungarian", "it": "italian", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "es": "spanish", "sv": "swedish",
}  # fmt: skip
_STOP_WORDS = {
    "he": "hebrew", "pt": "portuguese", "es": "spanish", "uk": "ukrainian", "zh": "chinese",
    "ja": "japanese", "pl": "polish", "cs": "czech", "el": "greek", "sk": "slovak", "sv": "swedish",
    "en": "english", "fr": "french", "ko": "korean", "th": "thai", "de": "german", "it": "italian",
    "ar": "arabic",
}  # fmt: skip
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’\-][^\W\d_]+)*", re.UNICODE)


class Word(NamedTuple):
    """A word in lower case (casefold), and where it stands in the text it was found in."""

    text: str
    start: int
    end: int


def word_spans(text: str, language: str | None = None) -> list[Word]:  # noqa: ARG001
    """Return the words of a text with their places."""
    return [Word(m.group().casefold(), m.start(), m.end()) for m in _WORD.finditer(text)]


def words(text: str, language: str | None = None) -> list[str]:
    """Return the words of a text in lower case, in order."""
    return [word.text for word in word_spans(text, language)]


@lru_cache(maxsize=32)
def _stemmer(language: str | None) -> "Callable[[str], str]":
    from nltk.stem.snowball import SnowballStemmer  # noqa: PLC0415 - heavy

    name = _STEMMERS.get(language or "")
    if name is None:
        return str
    return lru_cache(maxsize=50_000)(SnowballStemmer(name).stem)


def stem(word: str, language: str | None) -> str:
    """Return the stem of a word (Snowball); the word itself where its language has no stemmer."""
    return _stemmer(language)(word)


@lru_cache(maxsize=64)
def stop_words(language: str | None) -> frozenset[str]:
    """Return the words of a language that carry no meaning of their own; empty where unknown."""
    from sumy.utils import get_stop_words  # noqa: PLC0415 - heavy

    name = _STOP_WORDS.get(language or "")
    return frozenset(get_stop_words(name)) if name else frozenset()


def stems(text: str, language: str | None, *, keep_stop_words: bool = False) -> list[str]:
    """Return the stems of a text's words in order, without stop words unless they are kept."""
    stop = frozenset[str]() if keep_stop_words else stop_words(language)
    stemmed = _stemmer(language)
    return [stemmed(word) for word in words(text, language) if word not in stop]
