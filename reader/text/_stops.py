"""Stop words: the words of a language that carry no meaning of their own.

Those of sumy's package data (read as files: importing sumy costs half a second) and those of
`data/stopwords`. Numbers are none: "two" and "three" are what reports differ about.
"""

import re
from functools import lru_cache
from importlib.resources import files

from reader import resources

_SUMY = {
    "ar": "arabic", "cs": "czech", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fr": "french", "he": "hebrew", "it": "italian", "ja": "japanese", "ko": "korean",
    "pl": "polish", "pt": "portuguese", "sk": "slovak", "sv": "swedish", "th": "thai",
    "uk": "ukrainian", "zh": "chinese",
}  # fmt: skip
_ALIASES = {"nb": "no", "nn": "no"}
_ESCAPED = re.compile(r"\\x([0-9a-f]{2})")


def stop_words(language: str | None) -> frozenset[str]:
    """Return the stop words of a language, in lower case; empty where it is not known."""
    return _stop_words((language or "").partition("-")[0].lower())


@lru_cache(maxsize=64)
def _stop_words(language: str) -> frozenset[str]:
    known = _sumys(language) | _own(_ALIASES.get(language, language))
    return frozenset(word.casefold().replace("’", "'") for word in known)


def _sumys(language: str) -> set[str]:
    """Return sumy's list; its Portuguese one has letters that were escaped by mistake."""
    name = _SUMY.get(language)
    if name is None:
        return set()
    text = files("sumy").joinpath("data", "stopwords", f"{name}.txt").read_text("utf-8")
    return set(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).split())


def _own(language: str) -> set[str]:
    path = resources.data("stopwords", f"{language}.txt")
    if not language.isalpha() or not path.is_file():
        return set()
    lines = path.read_text("utf-8").splitlines()
    return {word for line in lines if not line.startswith("#") for word in line.split()}
