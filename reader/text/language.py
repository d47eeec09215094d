"""Language: which one a text is written in, found offline.

Some scripts say it by themselves (Greek, Hebrew, Hangul, kana, Thai, Tamil and others); for the
rest py3langid, a naive Bayes model of byte n-grams over some 130 languages (Lui and Baldwin 2012,
"langid.py"), is asked, and only about languages of the script. Its probabilities are calibrated
for the length of the text; dialects count for the standard language that outlets write.
"""

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES: tuple[str, ...] = (
    "en", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "pl", "cs", "el", "tr", "ar", "he", "zh",
    "ja", "ko",
)  # fmt: skip
"""Those with rules of our own, as BCP 47 primary subtags."""

_SAMPLE = 3_000
_FEWEST_LETTERS = 12
_FEWEST_OWN = 3
"""Letters that a text needs; in a script of one language a word will do."""
_SURE = 0.5
_AHEAD = 2.0
"""How probable the best language must be, and how much more than the next."""

_NOT_PROSE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|@\w+|#\w+")
_LETTERS = {
    "latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "cyrillic": "\u0400-\u052f",
    "arabic": "\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "greek": "\u0370-\u03ff\u1f00-\u1fff",
    "hebrew": "\u05d0-\u05ea",
    "hangul": "\uac00-\ud7a3\u1100-\u11ff",
    "kana": "\u3041-\u30ff",
    "han": "\u3400-\u9fff",
    "thai": "\u0e00-\u0e7f",
    "armenian": "\u0531-\u0587",
    "georgian": "\u10a0-\u10ff",
    "devanagari": "\u0900-\u097f",
    "bengali": "\u0980-\u09ff",
    "gurmukhi": "\u0a00-\u0a7f",
    "gujarati": "\u0a80-\u0aff",
    "oriya": "\u0b00-\u0b7f",
    "tamil": "\u0b80-\u0bff",
    "telugu": "\u0c00-\u0c7f",
    "kannada": "\u0c80-\u0cff",
    "malayalam": "\u0d00-\u0d7f",
    "sinhala": "\u0d80-\u0dff",
    "lao": "\u0e80-\u0eff",
    "tibetan": "\u0f00-\u0fff",
    "burmese": "\u1000-\u109f",
    "ethiopic": "\u1200-\u137f",
    "khmer": "\u1780-\u17ff",
    "mongolian": "\u1800-\u18af",
    "syriac": "\u0700-\u074f",
    "thaana": "\u0780-\u07bf",
    "cherokee": "\u13a0-\u13ff",
    "tifinagh": "\u2d30-\u2d7f",
}
_SCRIPTS = {name: re.compile(f"[{letters}]") for name, letters in _LETTERS.items()}
_OWN = {
    "greek": "el", "hebrew": "he", "hangul": "ko", "thai": "th", "armenian": "hy", "georgian": "ka",
    "gurmukhi": "pa", "gujarati": "gu", "oriya": "or", "tamil": "ta", "telugu": "te",
    "kannada": "kn", "malayalam": "ml", "sinhala": "si", "lao": "lo", "tibetan": "bo",
    "burmese": "my", "khmer": "km", "thaana": "dv",
}  # fmt: skip
_AMONG = {
    "cyrillic": "ba be bg kk ky mk mn ru sr tg tt uk", "arabic": "ar fa ku ps ug ur",
    "devanagari": "hi mr ne", "bengali": "as bn", "ethiopic": "am", "mongolian": "mn",
    "tifinagh": "", "cherokee": "", "syriac": "",
}  # fmt: skip
"""The languages of a script that has several; those that the model knows."""
_NOT_LATIN = (
    "am ar as ba be bg bn dz el fa gu he hi hy ja ka kk km kn ko ky lo mk ml mn mr my ne or pa ps "
    "ru sa si ta te tg th tt ug uk ur zh"
)
_STANDARD = {
    "an": "es", "ary": "ar", "arz": "ar", "ext": "es", "gcf": "fr", "gcr": "fr", "grc": "el",
    "hbo": "he", "lij": "it", "ltg": "lv", "nn": "no", "pcm": "en", "sdh": "ku", "uzs": "uz",
    "vec": "it", "wa": "fr", "wuu": "zh", "yue": "zh",
}  # fmt: skip
_NONE = "zxx"
"""The model's name for what is no language."""


def detect(text: str) -> str | None:
    """Return the language of a text as a BCP 47 primary subtag.

    None where the text is too short or the best guess is not clearly the best. Only the first
    part of a long text is looked at.
    """
    return _detect(" ".join(_NOT_PROSE.sub(" ", text[: 2 * _SAMPLE]).split())[:_SAMPLE])


@lru_cache(maxsize=256)
def _detect(sample: str) -> str | None:
    counts = Counter({name: len(script.findall(sample)) for name, script in _SCRIPTS.items()})
    letters = sum(counts.values())
    east = counts["han"] + counts["kana"] + counts["hangul"]
    if east > letters * 0.3 and east >= _FEWEST_OWN:
        return _east_asian(counts, sample)
    script, most = counts.most_common(1)[0]
    if script in _OWN and most > letters * 0.5:
        return _OWN[script] if most >= _FEWEST_OWN else None
    if letters < _FEWEST_LETTERS and sum(char.isalpha() for char in sample) < _FEWEST_LETTERS:
        return None
    if most <= letters * 0.5:
        return _classified(sample, "")
    return _classified(_without_others(sample, script), script)


def _without_others(sample: str, script: str) -> str:
    """Return a text without the words in other scripts: names, quotations."""
    others = "".join(letters for name, letters in _LETTERS.items() if name != script)
    return " ".join(re.sub(f"[{others}]+", " ", sample).split())


def _east_asian(counts: Counter[str], sample: str) -> str | None:
    """Tell Korean, Japanese and Chinese apart: kana make a text of ideographs Japanese."""
    if counts["hangul"] > counts["han"] + counts["kana"]:
        return "ko"
    if counts["kana"] > 0.05 * (counts["han"] + counts["kana"]):
        return "ja"
    if counts["han"] >= _FEWEST_LETTERS // 2:
        return "zh"
    return _classified(sample, "")


def _classified(sample: str, script: str) -> str | None:
    """Return the model's best guess among the languages of a script, if it is sure of it."""
    merged: dict[str, float] = {}
    for name, probability in _ranking()(sample):
        if name != _NONE and _written_in(name, script):
            standard = _STANDARD.get(name, name)
            merged[standard] = merged.get(standard, 0.0) + probability
    known = sum(merged.values())
    if not known:
        return None
    (first, best), *others = sorted(((p, name) for name, p in merged.items()), reverse=True)
    second = others[0][0] if others else 0.0
    return best if first >= _SURE * known and first >= _AHEAD * second else None


def _written_in(language: str, script: str) -> bool:
    name = _STANDARD.get(language, language)
    if script in _AMONG:
        return name in _AMONG[script].split()
    return script != "latin" or name not in _NOT_LATIN.split()


@lru_cache(maxsize=1)
def _ranking() -> "Callable[[str], list[tuple[str, float]]]":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - 0.3 s, 120 MB

    identifier: Any = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    rank: Callable[[str], list[tuple[str, float]]] = identifier.rank
    return rank
