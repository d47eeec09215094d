"""Language: which one a text is written in, found offline."""

from functools import lru_cache
from typing import Any

LANGUAGES: tuple[str, ...] = (
    "en", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "pl", "cs", "el", "tr", "ar", "he", "zh",
    "ja", "ko",
)  # fmt: skip
"""Those with rules of our own, as BCP 47 primary subtags."""


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - heavy

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@lru_cache(maxsize=1024)
def detect(text: str) -> str | None:
    """Return the language of a text as a BCP 47 primary subtag; None where it is not sure."""
    sample = text[:4000]
    if sum(c.isalpha() for c in sample) < 12:
        return None
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= 0.8 else None
