"""Texts that differ only in how they are set: white space, kinds of quotation marks and dashes.

Programs that make feeds and pages set the same words one way today and another tomorrow (a
no-break space, curly quotation marks, soft hyphens); that is no news to a reader.
"""

import re
import unicodedata

_SINGLE = "‘’‚‛‹›`´′ʼ＇"
_DOUBLE = "“”„‟«»″＂〝〞〟「」『』"
_DASHES = "‐‑‒–—―−"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
_LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}
_TABLE = str.maketrans(
    {
        **dict.fromkeys(_SINGLE, "'"),
        **dict.fromkeys(_DOUBLE, '"'),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_UNSEEN),
        **_LIGATURES,
        "…": "...",
    }
)
# a single mark that is no apostrophe within a word and no sign of feet
_MARKS = re.compile(r"''|(?<!\w)'(?=\w)|(?<=[^\W\d])'(?!\w)|(?<=[.,;:!?])'(?!\w)")
# « held » and “held” differ in their spaces too, as do “so – then” and “so—then”
_BESIDE = re.compile(r"\s*(\")\s*|\s*(-)-*\s*|\s+(?=[;:!?%])")
_DOTS = re.compile(r"\.(?:\s?\.)+")


def plainly_set(text: str) -> str:
    """Return the words of a text in the plainest form, to compare with others, not to be shown."""
    plain = unicodedata.normalize("NFC", text).translate(_TABLE)
    plain = _DOTS.sub("...", _MARKS.sub('"', plain))
    return " ".join(_BESIDE.sub(lambda match: match[1] or match[2] or "", plain).split())


def same_words(one: str, other: str) -> bool:
    """Return True if two texts are the same but for how they are set."""
    return one == other or plainly_set(one) == plainly_set(other)
