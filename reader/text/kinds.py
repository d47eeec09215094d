"""Which paragraphs of a plain text are headings, captions, quotations."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reader.model import BlockKind
from reader.text import lines
from reader.text.pagewords import page_words
from reader.text.paragraphs import Paragraph

HEADING_WORDS = 13
"""So many words a heading may have, at most."""

_SAYING = re.compile(
    r"\b(?:sa(?:id|ys)|wr(?:ote|ites)|tweet(?:ed|s)?|post(?:ed|s)|report(?:ed|s)|read|reads|add(?:ed|s)|"
    r"continued|explain(?:ed|s)|ask(?:ed|s)|told|stat(?:ed|es)|statement|update|following|follows|it|"
    r"sagte|schrieb|erklärte|dit|déclaré|écrit|dijo|escribió|afirmó|disse|ha detto|zei|schreef|"
    r"powiedział|написал|сказал|заявил)\s*:$",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"[^a-zß-öø-ÿ]{2,60}:(?: .*)?|\([^()]{2,60}\)")
_IN_BRACKETS = re.compile(r"[©(\[]\s?([^()\[\]©]{2,80})(?:\([^()]{2,40}\))?[)\]]?$")
_PICTURE_WORD = (
    r"(?:photo(?:graph(?:er|s)?|s)?|pictures?|images?|picture credit|credits?|fotos?|bild(?:er)?)"
)
_BY = re.compile(rf"\b{_PICTURE_WORD}\s?(?::|/|by\b|credit\b)\s?\S.{{1,60}}$", re.IGNORECASE)
_SLASHED = re.compile(r"\b[^\W\d_][\w.' -]{1,40}/[^\W\d_][\w.' /-]{1,60}$")
_OF_PICTURE = re.compile(rf"\b{_PICTURE_WORD}\b", re.IGNORECASE)
_PICTURED = re.compile(
    r"\((?:[^()]{0,30}\b)?(?:pictured|left|right|centre|center|file photo|file picture|file image|"
    r"above|below|[LRC])(?:\b[^()]{0,30})?\)|\bpictured (?:here|above|left|right|in|at|with)\b|"
    r"\bfile (?:photo|picture|image)\b|\b(?:im Bild|archivfoto)\b",
    re.IGNORECASE,
)
_JOINING = re.compile(r"(?:and|but|so|or|und|aber|et|mais|y|pero|e|ma)\b", re.IGNORECASE)
_LABELLED = re.compile(r"[^\W\d_][^.:!?]{2,48}: \S")


def with_kinds(parts: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs with headings and captions marked.

    Only what is a plain paragraph yet is looked at: kinds that the input has of its own stay, and a
    text that has headings of its own gets no more of them.
    """
    marked = any(part.kind == "heading" and part.level for part in parts)
    colons = sum(_colon_heading(part, None) for part in parts) >= 2
    found = []
    for n, part in enumerate(parts):
        before = parts[n - 1] if n else None
        after = parts[n + 1 : n + 3]
        kind = _kind(part, before, after, colons) if part.kind == "paragraph" else part.kind
        if kind == "heading" and marked:
            kind = part.kind
        found.append(part if kind == part.kind else replace(part, kind=kind))
    return found


def is_caption(line: str) -> bool:
    """Tell whether a line is the caption of a picture, as far as its own words show it."""
    if page_words().caption.match(line):
        return True
    if lines.word_count(line) > 70:
        return False
    agency = is_agency_opened(line)
    credited = credit_at_end(line)
    if lines.ends_sentence(line) and not line.endswith((")", "]")):
        return agency or (bool(_PICTURED.search(line)) and not lines.holds_sentences(line))
    return agency or credited or bool(_PICTURED.search(line))


def credit_at_end(line: str) -> bool:
    """Tell whether a line ends with the credit of a picture: "(Ann Lee/Reuters)", "Photo: AFP"."""
    if match := _BY.search(line[-110:]):
        return not match[0].endswith(("?", "!", "."))
    match = _IN_BRACKETS.search(line[-110:]) or _SLASHED.search(line[-110:])
    if not match or match[0] == line:
        return False
    named = page_words().credit
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", match[0])]
    agency = any(word in named and not _OF_PICTURE.fullmatch(word) for word in words)
    pictured = [word for word in words if _OF_PICTURE.fullmatch(word) or word.startswith("video")]
    return agency or 0 < len(pictured) < len(words) or match[0].startswith("©")


def is_agency_opened(line: str) -> bool:
    """Tell whether an unfinished line opens with an agency: "Reuters The minister arrives in"."""
    if lines.ends_sentence(line) or lines.word_count(line) < 4:
        return False
    words = line.split(" ", 3)
    for length in (2, 1):
        head = " ".join(words[:length]).split(":")[0].strip(".,").casefold()
        rest = words[length] if len(words) > length else ""
        named = head in page_words().credit and words[0][0].isupper()
        if named and rest[:1].isupper() and head not in ("photo", "picture", "image", "file"):
            return True
    return False


def _kind(
    part: Paragraph, before: Paragraph | None, after: Sequence[Paragraph], colons: bool
) -> BlockKind:
    line = part.text
    signed = not after and lines.word_count(line) > 12 and line.endswith(")") and "/" not in line
    if is_caption(line) and not signed:  # "… he said. (dpa)" signs an article
        return "caption"
    if _heading(line, before, after) or (
        colons and _colon_heading(part, after[0] if after else None)
    ):
        return "heading"
    loose = lines.ends_open(line) and 8 <= lines.word_count(line) <= 60
    if loose and after and _LABELLED.match(line) and not lines.holds_sentences(line):
        return "caption"
    return "paragraph"


def _heading(line: str, before: Paragraph | None, after: Sequence[Paragraph]) -> bool:
    """Tell whether a short line without a stop stands above running text."""
    if not after or after[0].kind not in ("paragraph", "quote", "list", "caption"):
        return False
    count = lines.word_count(line)
    if not 1 <= count <= HEADING_WORDS or len(line) > 100 or not lines.has_letters(line):
        return False
    if lines.begins_low(line) or _SPEAKER.fullmatch(line) or lines.ends_hanging(line):
        return False
    if line.endswith("?"):
        whole = count >= 2 and not lines.holds_sentences(line) and not _JOINING.match(line)
        if not whole or (before is not None and not lines.ends_sentence(before.text)):
            return False
    elif not lines.ends_open(line) or line.endswith((",", "-", "—", "–")) or _clause(line):
        return False
    return _above_text(line, after)


def _clause(line: str) -> bool:
    """Tell whether a longer line is a sentence that has lost its stop."""
    words = line.split()
    finite = page_words().finite
    return len(words) >= 7 and not lines.title_cased(line) and any(w in finite for w in words[1:])


def _above_text(line: str, after: Sequence[Paragraph]) -> bool:
    """Tell whether what follows is longer than the line and whole: not one more short line."""
    follows = after[0]
    if follows.kind == "list":
        return True
    if _colon_heading(follows, None) and len(after) > 1:
        follows = after[1]
    longer = len(follows.text) > len(line)
    return longer and (lines.ends_sentence(follows.text) or not lines.ends_open(follows.text))


def _colon_heading(part: Paragraph, after: Paragraph | None) -> bool:
    """Tell whether a paragraph may be a heading with a colon: "What we know:"."""
    line = part.text
    if part.kind != "paragraph" or not line.endswith(":") or lines.word_count(line) > 5:
        return False
    if _SAYING.search(line) or _SPEAKER.fullmatch(line) or lines.begins_low(line):
        return False
    return after is None or (after.kind == "paragraph" and after.text[:1] not in "\"“‘'«„")
