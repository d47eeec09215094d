"""JSON that a terminal can be shown."""

import re

from reader.text.hygiene import MOST_MARKS, shown

# what json.dumps leaves as it is and a terminal might obey, or nobody sees
_ACTIVE = re.compile(
    "[\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U0010fffe\U0010ffff]"
)
_MARKS = "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u20d0-\u20f0]"
_TOWER = re.compile(f"(?<={_MARKS}{{{MOST_MARKS}}}){_MARKS}")


def inert(text: str) -> str:
    """Return JSON text of the same value with such characters as JSON escapes (RFC 8259, 7).

    Joiners and selectors stay as they are where all of the text is clean.
    """
    if shown(text) == text:
        return text
    return _TOWER.sub(_escaped, _ACTIVE.sub(_escaped, text))


def _escaped(found: re.Match[str]) -> str:
    pairs = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pairs[at : at + 2].hex()}" for at in range(0, len(pairs), 2))
