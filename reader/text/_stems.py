"""Stemmers, one a language, each behind a cache.

Snowball (Porter 2001; PyStemmer, by its makers: nltk's is older and takes 0.2 s and 24 MB to load)
where it has the language; sumy's for Czech, Slovak and Ukrainian (its Czech knows that Praze is
Praha, Snowball's does not); for Korean the word without its particle. Other languages have none:
their words are their stems.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

_CACHED = 50_000

_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "tr": "turkish",
}  # fmt: skip
_SUMY = {"cs": "czech", "sk": "czech", "uk": "ukrainian"}
_POSSESSIVE = re.compile("'s?$")
_PARTICLE = re.compile(
    "(?<=[가-힣]{2})(?:에서는|에서도|으로는|으로도|에게서|이라고|까지|부터|에서|에게|께서|으로|라고|보다|처럼|이나"
    "|마다|조차|한테|과의|와의|에는|에도|은|는|이|가|을|를|의|에|와|과|도|로|만)$"
)


def stemmer(language: str | None) -> Callable[[str], str]:
    """Return the function that gives the stem of a word in lower case."""
    return _stemmer((language or "").partition("-")[0].lower())


@lru_cache(maxsize=64)
def _stemmer(language: str) -> Callable[[str], str]:
    make = _maker(language)
    return str if make is None else lru_cache(maxsize=_CACHED)(make())


def _maker(language: str) -> Callable[[], Callable[[str], str]] | None:
    if language in _SNOWBALL:
        return lambda: _snowball(_SNOWBALL[language])
    if language in _SUMY:
        return lambda: _sumy(_SUMY[language])
    return (lambda: _without_particle) if language == "ko" else None


def _snowball(name: str) -> Callable[[str], str]:
    from Stemmer import Stemmer  # noqa: PLC0415 - not needed to start

    stem = Stemmer(name).stemWord

    def bare(word: str) -> str:
        return str(stem(_POSSESSIVE.sub("", word) or word))

    return bare


def _sumy(name: str) -> Callable[[str], str]:
    stem_word = _sumy_module(name).stem_word

    def first(word: str) -> str:
        # It warns of what it takes for mixed case, and so of all that is not in its alphabet.
        return str(stem_word(word)) or word if word.isalpha() and word.islower() else word

    return first


def _sumy_module(name: str) -> Any:
    """Return a module of sumy's stemmers, without the half second that all of sumy takes."""
    import sumy  # noqa: PLC0415 - not needed to start

    path = Path(sumy.__path__[0], "nlp", "stemmers", f"{name}.py")
    spec = spec_from_file_location(f"sumy.nlp.stemmers.{name}", path)
    if spec is None or spec.loader is None:
        return import_module(f"sumy.nlp.stemmers.{name}")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _without_particle(word: str) -> str:
    return _PARTICLE.sub("", word)
