"""By-lines and time stamps of articles: "By Ann Lee | Updated: 14:11 EST, 25 October 2013".

A by-line is recognised only where a line (or the head of a text that a scraper ran together) is
nothing else: names after a word such as "By", a label such as "Published:", a stamp, a button.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from reader.text.pagewords import key, page_words
from reader.text.stamps import Stamp, stamp_of

_SEPARATOR = re.compile(r"\s*(?:[|•·●]|[—–]|\s[-/]\s|;)\s*|\s+\.\s+|\s+\.$")
_SHATTERED = re.compile(r"\s\.(?:\s|$)")
_PLACE = re.compile(r"(?:,|(?:for|in|at|from|aus|à|en|da|em)\b)\s*.{2,60}", re.IGNORECASE)
_BEFORE_BY = re.compile(r"(?<=\d)\s+(?=[Bb]y\s)")
_INITIALS = re.compile(r"[a-z]{2,4}(?:/[a-zA-Z]{2,5})*\s?(?:\([^()]{2,60}\))")
_MOST_NAMES = 24


@dataclass(frozen=True, slots=True)
class Byline:
    """What by-lines tell; what they leave open is None."""

    author: str | None = None
    published: datetime | None = None
    updated: datetime | None = None

    def __or__(self, other: "Byline") -> "Byline":
        """Fill what is open here from another by-line."""
        return Byline(
            self.author or other.author,
            self.published or other.published,
            self.updated or other.updated,
        )


_Step = tuple[Byline, str, bool, bool]
"""What a piece tells, a label that waits for its stamp, a "By" that waits for names, certainty."""


def byline_of(line: str) -> Byline | None:
    """Return what a line tells if it is nothing but a by-line or a time stamp; else None."""
    text = " ".join(line.split()).strip("()[] ")
    if not text or len(text) > 250:
        return None
    if _INITIALS.fullmatch(" ".join(line.split())):
        return Byline()
    if stamp := stamp_of(text):  # before the separators tear 2025/07/04 apart
        return Byline(published=stamp.moment)
    used, found, sure = _read(pieces := _pieces(text))
    return found if used == len(pieces) and sure else None


def _pieces(text: str) -> list[str]:
    """Return a line's pieces: between its separators, and before "updated …" and "by …" in it."""
    found: list[str] = []
    for piece in _SEPARATOR.split(text):
        parts = re.split(r",\s+", piece)
        for n, part in enumerate(parts):
            words = page_words()
            labelled = words.updated.match(part) or words.published.match(part)
            if n and not (labelled and len(part) > 12):
                found[-1] += f", {part}"
            else:
                found.append(part)
    return [half for piece in found for half in _BEFORE_BY.split(piece) if half.strip(" .,:")]


def byline_head(text: str) -> tuple[int, Byline] | None:
    """Return where the article begins in a text that opens with its by-line, and what that tells.

    Some scrapers join lines by " . ": only there, and after a full time stamp, is it certain where
    a by-line ends inside a line.
    """
    cuts = list(_SHATTERED.finditer(text[:600]))
    starts = [0, *(cut.end() for cut in cuts)]
    pieces = [text[a : cut.start()].strip(" |") for a, cut in zip(starts, cuts, strict=False)]
    used, found, sure = _read(pieces)
    if not used or not sure:
        return None
    end = cuts[used - 1].end()
    return (end, found) if text[end:].strip() else None


def _read(pieces: Sequence[str]) -> tuple[int, Byline, bool]:
    """Return how many pieces a by-line takes, what they tell, and whether it surely is one."""
    found, sure, label, after_by = Byline(), False, "", False
    for n, piece in enumerate(pieces):
        step = _piece(piece, label, after_by, any(_stamped(p) for p in pieces[n + 1 : n + 3]))
        if step is None:
            return n, found, sure
        told, label, after_by, certain = step
        if told.author and found.author and told.author not in found.author:
            found = replace(found, author=f"{found.author} and {told.author}")
        found, sure = found | told, sure or certain
    return len(pieces), found, sure


def _piece(piece: str, label: str, after_by: bool, stamped: bool) -> _Step | None:
    """Return what one piece tells; None where it is no part of a by-line."""
    text = piece.strip(" ,")
    if not text or key(text) in page_words().line or re.fullmatch(r"[\W_]+", text):
        return Byline(), label, after_by, False
    step = _label(text) or _stamp(text, label) or _signed(text) or _titled(text)
    if step:
        return step
    alone = _begins_with_and(text) or text.casefold() in page_words().credit
    names = _names(text) if after_by or stamped or alone else None
    return (Byline(author=names), label, False, after_by) if names else None


def _label(text: str) -> _Step | None:
    """Read "Updated: 14:11 EST, 25 October 2013", or the label alone."""
    for name, opener in (("updated", page_words().updated), ("published", page_words().published)):
        match = opener.match(text)
        if match and (told := _labelled(text[match.end() :], name)):
            return told
    return None


def _stamp(text: str, label: str) -> _Step | None:
    stamp = stamp_of(text)
    return None if stamp is None else (_told(stamp, label), "", False, True)


def _told(stamp: Stamp, label: str) -> Byline:
    updated = label == "updated"
    return Byline(updated=stamp.moment) if updated else Byline(published=stamp.moment)


def _labelled(rest: str, label: str) -> _Step | None:
    rest = rest.strip(" :.,")
    if not rest:
        return Byline(), label, False, True
    stamp = stamp_of(rest)
    return None if stamp is None else (_told(stamp, label), "", False, True)


def _signed(text: str) -> _Step | None:
    """Read "By Ann Lee", or "By" alone."""
    match = page_words().byline.match(text)
    if not match:
        return None
    rest = text[match.end() :].strip(" :")
    if not rest:
        return Byline(), "", True, True
    colon = ":" in text[match.end() - 1 : match.end() + 1]
    names = _names(rest, cased=not colon)
    if rest == "admin":  # what blogs sign with
        return Byline(), "", False, True
    return (Byline(author=names), "", False, True) if names else None


def _titled(text: str) -> _Step | None:
    """Read "Ann Lee, Staff Writer" and "Ann Lee, Reuters"."""
    name, comma, office = text.partition(", ")
    words = [word.casefold().strip(".") for word in office.split()]
    known = page_words().office | page_words().credit
    if not comma or not 1 <= len(words) <= 5 or not 2 <= len(name.split()) <= 4:
        return None
    names = _names(name) if any(word in known for word in words) else None
    return (Byline(author=names), "", False, True) if names else None


def _stamped(piece: str) -> bool:
    words = page_words()
    return bool(
        stamp_of(piece)
        or words.published.match(piece.strip())
        or words.updated.match(piece.strip())
    )


def _begins_with_and(text: str) -> bool:
    return text.partition(" ")[0].casefold() in ("and", "und", "et", "&")  # not "y", "i": too short


def _names(text: str, *, cased: bool = True) -> str | None:
    """Return the names that a text consists of, a place or an outlet after them left out."""
    joining = page_words().joining | {"&"}
    kept: list[str] = []
    tokens = text.split()
    for n, token in enumerate(tokens):
        bare = token.strip(",.")
        if _is_name(bare, cased) or (kept and bare.casefold() in joining | page_words().particle):
            kept.append(token)
            if token.endswith(",") and _role(" ".join(tokens[n + 1 :])):
                break
            continue
        if not kept and bare.casefold() in joining:
            continue
        rest = " ".join(tokens[n:])
        if not kept or not _role(rest):
            return None
        break
    names = " ".join(kept).strip(" ,.")
    if not kept or len(kept) > _MOST_NAMES or not any(c.isalpha() for c in names):
        return None
    place = re.search(r"\s+(?:[Ff]or|FOR)\s+\S.*$", names)
    return (names[: place.start()] if place else names) or None


def _is_name(token: str, cased: bool) -> bool:
    if not token or not token[0].isalpha():
        return False
    upper = token[0].isupper()
    foreign = token[0].lower() == token[0].upper()  # a script without capital letters
    return upper or (foreign and not cased and len(token) <= 12)


def _role(rest: str) -> bool:
    """Tell whether what follows the names is an outlet, a place or an office: a few words."""
    words = rest.split()
    if not words or len(words) > 7 or rest.endswith((".", "!", "?", ":")):
        return False
    return bool(_PLACE.fullmatch(rest)) or any(
        word.casefold().strip(",") in page_words().office for word in words
    )
