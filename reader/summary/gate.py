"""The body gate: which sentences of a page are not of the article's body.

By-lines, time stamps, captions, headings and lines of the page around it must neither be chosen
nor count when positions in the body are counted. They are held back: chosen last, where nothing
else is left.
"""

import re
from collections.abc import Sequence

from reader.summary.material import Unit

FEWEST_WORDS = 7
_FINAL = re.compile(r"[.!?…。！？؟।؛:][\"'”’»«“)\]」』）›]*$")
_LOOSE_STOP = re.compile(r"\s[.]$")
_CAPTION = re.compile(
    r"^(?:FILE\s?(?:PHOTO)?\s?[-–—:]|(?:Photo|Foto|Image|Picture|Pictured|Bild)\s?:)"
    r"|\((?:left|right|above|below|pictured|top|bottom|centre|center)[^)]{0,30}\)"
    r"|\((?:Reuters|AFP|AP|EPA|Getty[^)]*|[^)]*\b(?:Photo|Foto)\b[^)]*)\)\s*\.?$"
)
_PAGE = re.compile(
    r"\b(?:published|updated|last (?:updated|modified)|by\s?\.)\s*[:.]"
    r"|\b(?:scroll down|click here|read more|sign up|log ?in|subscri|newsletter|cookies?\b|"
    r"privacy policy|terms of (?:use|service)|all rights reserved|©|advertisement|javascript|"
    r"accepting comments|contributed to this (?:report|story|article)|follow us|share this|"
    r"e-?mail alerts?|select (?:language|country))",
    re.IGNORECASE,
)
_SPACELESS = ("th", "lo", "km", "my", "bo")


def held_back(units: Sequence[Unit]) -> list[str]:
    """Return for each unit why it is held back, in words; "" for one of the body."""
    unstopped = [not _FINAL.search(unit.sentence.text) for unit in units]
    loose = [bool(_LOOSE_STOP.search(unit.sentence.text)) for unit in units]
    few = len(units) // 2
    need_stop = sum(unstopped) <= few
    loose_counts = sum(loose) <= few
    reasons = []
    for unit, bare, spaced in zip(units, unstopped, loose, strict=True):
        reason = _reason(unit)
        if not reason and ((bare and need_stop) or (spaced and loose_counts)):
            reason = "no full stop"
        reasons.append(reason)
    return reasons


def _reason(unit: Unit) -> str:
    text = unit.sentence.text
    if unit.kind in ("heading", "caption", "table", "code"):
        return unit.kind
    if len(unit.words) < FEWEST_WORDS:
        return "only a few words"
    if _CAPTION.search(text):
        return "caption"
    if _PAGE.search(text):
        return "line of the page"
    return ""
