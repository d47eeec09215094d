"""What the full-text index holds of a text, and what it is asked for.

A word is indexed by its stem, marked with the article's language ("en_storm"), where the language
has a stemmer; as it is (folded) otherwise. Where the stem is another than the word, the word itself
goes into a column of forms, once, so that beginnings of words are found; and with it the stem that
a word with accents has without them.
Scripts without spaces (and Hangul, whose particles stick to the words) are indexed character by
character: a phrase of characters then finds a word wherever it stands.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

INDEX = "3"
"""The version of what is indexed; another one means that the index must be made again."""

LONGEST = 64
"""Longer words are cut: no one searches for them, and stemming them would take long."""

STEMMED = frozenset([
    "ar", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fi", "fr", "ga", "hu", "hy", "id",
    "it", "lt", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sv", "tr", "uk",
])  # fmt: skip
"""The languages with a stemmer."""
BARE = STEMMED - {"ar", "el", "hy", "ru", "uk"}
"""Those in Latin letters, whose accents readers leave out when they search."""
# Plurals that the stemmers do not know, each turned into its singular before the word is stemmed.
_PLURALS = {
    "pt": (("(?:[õo]es|[ãa]es|ãos)$", "ão"), (r"(?<=\w\w)ais$", "al"), ("éis$", "el"),
           (r"(?<=\w\wv)eis$", "el"), (r"(?<=\w\w)[óo]is$", "ol"), (r"(?<=\w\w)uis$", "ul"),
           (r"(?<=\w)ns$", "m")),
    "ca": ((r"(?<=\w\w)ons$", "ó"),),
    "uk": (("їв$", "єв"),),
}  # fmt: skip

# Scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, ideographs; and Hangul.
_SINGLE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
)
# Signs that belong to the letter before them but are no letters to `re`.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0963\u0966-\u0dff\u200c\u200d"
)
_TOKEN = rf"[{_SINGLE}]|[^\W_{_SINGLE}](?:[^\W_{_SINGLE}]|[{_MARKS}])*+"
_PLAIN = re.compile(r"[^\W_]+")
"""The same for texts without such letters and signs, in half the time."""
_SPECIAL = re.compile(f"[{_SINGLE}{_MARKS}]")
_SINGLE_ONE = re.compile(f"[{_SINGLE}]")
# Marks that readers leave out when they search: accents, vowel points, joiners.
_FOLDED = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u200c\u200d]"
)


class Columns(NamedTuple):
    """What is indexed of an article, in the order of the index's columns."""

    title: str
    body: str
    author: str
    title_forms: str
    forms: str


def tokens(text: str) -> list[str]:
    """Return the words of a text (single characters where words are not told apart), casefolded."""
    folded = text.casefold()
    plain = folded.isascii() or not _SPECIAL.search(folded)
    found = _PLAIN.findall(folded) if plain else _tokens()(folded)
    if max(map(len, found), default=0) <= LONGEST:
        return found
    return [token[:LONGEST] for token in found]


@cache
def _tokens() -> Callable[[str], list[str]]:
    """Return what finds tokens; it takes some milliseconds to make, which the start need not."""
    return re.compile(_TOKEN).findall


@lru_cache(maxsize=100_000)
def fold(token: str) -> str:
    """Return a token as it is compared: without accents, vowel points and joiners."""
    if token.isascii():
        return token
    bare = _FOLDED.sub("", unicodedata.normalize("NFKD", token).casefold())
    return unicodedata.normalize("NFC", bare) or token


def stemmed(token: str, language: str) -> str:
    """Return the token that stands in the index for a word of a language."""
    if language not in STEMMED or not token.isalpha() or not is_word(token):
        return fold(token)
    return f"{language}_{_stem(token, language)}"


def bare(token: str, language: str) -> str:
    """Return the token for a word that is written without its accents; "" if there is none."""
    if language not in BARE or not token.isalpha() or not is_word(token):
        return ""
    return f"{language}_{_stem(fold(token), language)}"


def _stem(word: str, language: str) -> str:
    """Return the stem of a word by which it is searched for."""
    from reader.text.words import stem  # noqa: PLC0415 - not needed to start

    for pattern, singular in _plurals(language):
        word, changed = pattern.subn(singular, word)
        if changed:
            break
    found = fold(stem(word, language))
    # "luces" is of "luz", "dulces" of "dulce": both letters are one here
    return f"{found[:-1]}c" if language == "es" and found.endswith("z") else found


@cache
def _plurals(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(r"(?<=\w)" + p), to) for p, to in _PLURALS.get(language, ()))


def is_word(word: str) -> bool:
    """Tell whether a token is a word, not a character of a script without spaces."""
    return len(word) > 1 or word < "\u0e00" or _SINGLE_ONE.fullmatch(word) is None


def columns(title: str, text: str, author: str | None, language: str | None) -> Columns:
    """Return what is indexed of an article."""
    name = (language or "").partition("-")[0]
    head, head_forms = _indexed(title, name)
    body, forms = _indexed(text, name)
    return Columns(head, body, " ".join(map(fold, tokens(author or ""))), head_forms, forms)


def _indexed(text: str, language: str) -> tuple[str, str]:
    """Return the stems of a text's words, and the words that these do not show, each once."""
    pairs = [_pair(token, language) for token in tokens(text)]
    forms = {form for _, found in pairs for form in found}
    return " ".join([stem for stem, _ in pairs]), " ".join(sorted(forms))


@lru_cache(maxsize=200_000)
def _pair(token: str, language: str) -> tuple[str, tuple[str, ...]]:
    """Return a word's token in the index and, if that does not show them, its forms.

    These are the word itself, and the token of the word without its accents.
    """
    stem, form = stemmed(token, language), fold(token)
    shown = language not in STEMMED or stem.endswith(f"_{form}")
    plain = "" if token.isascii() else bare(token, language)
    forms = ("" if shown else form, "" if plain == stem else plain)
    return stem, tuple(form for form in forms if form)
