"""Whether a text can be in the language that someone says it is in; much quicker than detection.

Feeds claim a language that is often the default of the program that made them. Function words
make up a third of a text or more, so that a few dozen words tell.
"""

import re
from collections import Counter
from functools import cache

from reader.text._stops import stop_words

_COMPARED = (
    "ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hu", "it", "nl", "no", "pl", "pt",
    "ro", "ru", "sk", "sv", "tr", "uk",
)  # fmt: skip
_LOOKED_AT = 600
"""Characters of a text that are looked at."""
_FEWEST = 8
"""Words that tell anything."""
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufaff\ufe70-\ufeff]")
_OWN_SCRIPT = frozenset((
    "am", "ar", "as", "ba", "be", "bg", "bn", "bo", "dz", "el", "fa", "gu", "he", "hi", "hy", "ja",
    "ka", "kk", "km", "kn", "ko", "ku", "ky", "lo", "mk", "ml", "mn", "mr", "my", "ne", "or", "pa",
    "ps", "ru", "sa", "sd", "si", "sr", "ta", "te", "tg", "th", "ti", "tt", "ug", "uk", "ur", "yi",
    "yue", "zh",
))  # fmt: skip
"""Languages that are written in another script than the Latin one."""
_CLEAR = 1.3
_SHARE = 0.2
"""So much more often, and so often, must another language's function words come."""


def speaks(text: str, language: str) -> bool:
    """Tell whether nothing speaks against a text's being in a language.

    False means that it is worth asking what it is in; a text of a few words speaks against nothing
    but its script.
    """
    start = text[:_LOOKED_AT]
    foreign = 0 if start.isascii() else len(_OTHER_SCRIPT.findall(start))
    if foreign * 2 > len(start) * 0.6:
        if language not in _OWN_SCRIPT:
            return False
        if language not in _COMPARED or " " not in start.strip():
            return True
    elif language in _OWN_SCRIPT and foreign * 10 < len(start) and len(start) > 60:
        return False
    words = _WORD.findall(start.lower())
    if len(words) < _FEWEST:
        return True
    counts: Counter[str] = Counter()
    known = _languages()
    for word in words:
        for each in known.get(word, ()):
            counts[each] += 1
    own = counts.pop(language, 0)
    most = max(counts.values(), default=0)
    return most < _SHARE * len(words) or most <= _CLEAR * own


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    """Return the languages of which a word is a function word."""
    found: dict[str, list[str]] = {}
    for language in _COMPARED:
        for word in stop_words(language):
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}
