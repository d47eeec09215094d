"""Whether a sentence ends at a place: the rules, and Punkt for what they leave open.

They come from reading where Punkt alone goes wrong on news: abbreviations before names, initials,
ordinals, quotations with the speaker behind them, full stops that scrapers set apart, and Chinese,
Japanese and Korean, which need no spaces.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from reader.text._manners import Manners, lower
from reader.text._places import FULL_STOPS, QUOTES, Place

Punkt = Callable[[], frozenset[int]]
"""Gives the offsets behind which Punkt would end a sentence; asked only where needed."""

_HIRAGANA = re.compile("[\u3041-\u309f]")
_CJK_GOES_ON = re.compile("[，、；：。！？…—～·,;:.」』）】》〉]")
_CJK_SPEECH = re.compile(
    "[^，。！？：“”「」]{1,12}?(?:说|說|问|問|道|表示|称|稱|写道|寫道)[，。：]"
)
_ELLIPSIS = re.compile(r"\.(?:[ \xa0]?\.)+|[.…]*…[.…]*")
_ROMAN = re.compile(r"[IVXLCDM]{1,8}\b")
_NUMBER = re.compile(r"[\d.,:/]*\d")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.-?)+[^\W\d_]{1,3}")
_COUNT = re.compile(r"\d|^[IVXLCDM]+$")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}|[^\W\d_]|[ivxIVX]{1,5})[)\]]?")
_CLOSING_QUOTES = "\"'”’»›"
_QUOTE_ENDS = "\"'”’»“"
_DASH = re.compile("[—–-]")
_ZONE = re.compile(r"(?:[A-Z][\w\-]* ){1,3}[Tt]ime\b")
_ATTACHED = ",;:)]}%…."
_LONG_QUOTE = 400


def ends(place: Place, known: Manners, punkt: Punkt) -> bool:
    """Return whether a sentence ends at a place."""
    if place.kind != "spaced":
        return place.kind == "glued" or _ends_without_space(place, known)
    if any(mark in FULL_STOPS for mark in place.run):
        return True
    right = place.right
    if not right.char or right.char in _ATTACHED or right.lower:
        return False
    if _ELLIPSIS.fullmatch(place.run):
        return _after_ellipsis(place, known)
    if place.run != ".":
        return _after_question(place, known)
    verdict = _after_full_stop(place, known)
    return verdict if verdict is not None else _punkt_ends(place, punkt)


def _punkt_ends(place: Place, punkt: Punkt) -> bool:
    """Ask Punkt, which does not see a stop with the number of a footnote behind it."""
    return any(char.isdigit() for char in place.close) or place.mark + 1 in punkt()


def _ends_without_space(place: Place, known: Manners) -> bool:
    """Decide after 。！？ where no space follows."""
    line, right = place.line, place.line[place.next : place.next + 30]
    if _CJK_GOES_ON.match(right) or place.close[-1:] in ("》", "〉"):
        return False
    if place.close and (_HIRAGANA.match(right) or _CJK_SPEECH.match(right)):
        return False
    if place.close[-1:] == "）" and line.rfind("（", place.start, place.mark) > place.start:
        return False
    said = line[max(place.start, place.end - _LONG_QUOTE) : place.end]
    if place.end - place.start > _LONG_QUOTE:
        return True
    pairs = ("（）", "「」", "『』") if known.whole_quotes else ("（）",)
    return all(said.count(pair[0]) <= said.count(pair[1]) for pair in pairs)


def _after_ellipsis(place: Place, known: Manners) -> bool:
    """Decide after "...": apart from both words it stands for something left out."""
    if place.line[place.mark - 1 : place.mark] in ("[", "("):
        return False
    if _starts(place, known):
        return True
    if place.mark > place.start and place.line[place.mark - 1].isspace():
        return place.right.quoted
    return not place.right.char.isdigit() and not _speaker(place, known)


def _after_question(place: Place, known: Manners) -> bool:
    """Decide after a question or exclamation mark (in Greek, a semicolon too)."""
    if (
        place.mark > place.start
        and place.line[place.mark - 1] in "(["
        and place.close[:1] in (")", "]")
    ):
        return False
    if place.run == "!" and lower(place.token) in known.exclaiming:
        return False
    return not _speaker(place, known)


def _after_full_stop(place: Place, known: Manners) -> bool | None:
    """Decide after a full stop; None where Punkt may."""
    if _ENUMERATOR.fullmatch(place.line[place.start : place.mark].strip()[:8]):
        return False
    if not place.token:
        return _after_lone_full_stop(place, known)
    if place.close and _speaker(place, known):
        return False
    entry = _entry(place, known)
    verdicts = (rule(place, known, entry) for rule in _RULES)
    return next((verdict for verdict in verdicts if verdict is not None), None)


def _after_lone_full_stop(place: Place, known: Manners) -> bool:
    """Decide after a full stop that stands apart: a scraper's line break, within a sentence too."""
    last = place.left[-1] if place.left else ""
    if last and not last.strip(_CLOSING_QUOTES):  # « bons voisins ». Le maire …
        return True
    before = last.lstrip(QUOTES)
    if not before or before[-1] in ":," or not any(char.isalnum() for char in before):
        return False
    return before.lower() not in known.open and known.entry(before) not in known.titles


def _entry(place: Place, known: Manners) -> str:
    """Return the longest entry of the lists that ends before the full stop; "" where none does."""
    after = place.right.word
    for count in (3, 2):
        several = lower(" ".join(place.left[-count:]))
        if several in known.listed:
            return several
    tail = re.split(r"[-’'/—–]", place.token)[-1]
    found = known.entry(place.token, after) or known.entry(tail, after)
    return found or next((end for end in known.tails if place.token.endswith(end)), "")


def _number(place: Place, known: Manners, _: str) -> bool | None:
    """Tell ordinals and dates from numbers that end a sentence."""
    token, right = place.token, place.right
    roman = known.ordinals and _ROMAN.fullmatch(token)
    if not (_NUMBER.fullmatch(token) or roman):
        return None
    if known.dates:
        return False
    if known.ordinals and (right.char.isupper() or right.char.isdigit()):
        return _ordinal_ends(place, known, short=bool(roman) or len(token) < 4)
    before = place.left[-2] if len(place.left) > 1 else ""
    return False if len(token) < 3 and before.endswith(":") else None


def _ordinal_ends(place: Place, known: Manners, *, short: bool) -> bool | None:
    if place.right.word in known.calendar:
        return False
    if _starts(place, known) or place.close or not short:
        return None
    if place.right.char.isdigit():
        return False
    before = place.left[-2].lower() if len(place.left) > 1 else ""
    return False if before in known.open or _ROMAN.fullmatch(place.token) else None


def _goes_on(place: Place, known: Manners, _: str) -> bool | None:
    """Go on where the next word is part of the same abbreviation: "z. B.", "EE. UU."."""
    return False if lower(f"{place.token}. {place.right.word}") in known.listed else None


def _unit(place: Place, known: Manners, entry: str) -> bool | None:
    """End after "5 km." where a capital follows; without a number before it, it is no unit."""
    if entry not in known.units:
        return None
    if place.right.char.isdigit():
        return False
    counted = any(_COUNT.search(word) for word in place.left[-3:-1])
    return (place.right.char.isupper() or place.right.quoted) if counted else None


def _numbered(place: Place, known: Manners, entry: str) -> bool | None:
    """Go on after "No." and "Jan." where a number follows; otherwise they are words."""
    if entry not in known.numbered:
        return None
    right = place.right
    article = right.word == "I" and right.rest[1:3].strip().isalpha()  # Italian: "no. I deputati"
    roman = _ROMAN.match(right.word) and not article
    if right.char.isdigit() or roman or right.word in known.calendar:
        return False
    initial = len(entry) == 1 and place.token[-1].isupper()
    return None if initial or entry in known.titles | known.abbreviations else True


def _title(_place: Place, known: Manners, entry: str) -> bool | None:
    """Go on after "Dr."."""
    return False if entry in known.titles else None


def _dateline(place: Place, known: Manners, entry: str) -> bool | None:
    """Go on after "RENO, Nev. — "."""
    return False if entry in known.listed and _DASH.search(place.right.opening) else None


def _state(place: Place, known: Manners, entry: str) -> bool | None:
    """End after "Reno, Nev." where a capital follows: inside a sentence a comma would."""
    if entry not in known.states:
        return None
    city = len(place.left) > 1 and place.left[-2].endswith(",")
    return _starts(place, known) or (
        city and place.right.char.isupper() and "(" not in place.right.opening
    )


def _closing(place: Place, known: Manners, entry: str) -> bool | None:
    """End after "etc." and "p.m." where a capital follows that is no day and no time zone."""
    if entry not in known.closings:
        return None
    right = place.right
    goes_on = right.word in known.calendar or right.char.isdigit() or _ZONE.match(right.rest)
    return not goes_on


def _abbreviation(place: Place, known: Manners, entry: str) -> bool | None:
    """End after "Inc." and "U.S." only where a usual beginning follows, or a quotation ended."""
    if not (entry in known.abbreviations | known.tails or _DOTTED.fullmatch(place.token)):
        return None
    return _starts(place, known) or any(mark in '"”»' for mark in place.close)


def _initial(place: Place, known: Manners, _: str) -> bool | None:
    """Go on after the initial of a name."""
    token, right = place.token, place.right
    if len(token) != 1 or not token.isalpha():
        return None
    before = place.left[-2].lower() if len(place.left) > 1 else ""
    if before in known.lettered or _starts(place, known):
        return True
    return None if token.isupper() and right.char.isdigit() else False


def _shouted(place: Place, _known: Manners, _: str) -> bool | None:
    """End after "NATO.": capitals without full stops are no abbreviation, whatever Punkt thinks."""
    return True if len(place.token) > 1 and place.token.isupper() else None


_RULES = (
    _number,
    _goes_on,
    _unit,
    _numbered,
    _title,
    _dateline,
    _state,
    _closing,
    _abbreviation,
    _initial,
    _shouted,
)


def _starts(place: Place, known: Manners) -> bool:
    """Return whether a usual first word of sentences follows."""
    word, rest = place.right.word, place.right.rest
    if not word[:1].isupper() or (len(word) == 1 and rest[1:2] == "."):
        return False
    return lower(re.split("[’'.]", word)[0]) in known.starters


def _speaker(place: Place, known: Manners) -> bool:
    """Return whether a quotation ends here and its speaker follows: “Why?” Mary Smith asked."""
    if not known.speech or not any(mark in _QUOTE_ENDS for mark in place.close):
        return False
    if _starts(place, known):
        return False
    pattern = _speech(known.speech, known.speaker_words, place.run == ".")
    return bool(pattern.match(place.right.rest))


@lru_cache(maxsize=16)
def _speech(verbs: frozenset[str], names: int, only: bool) -> re.Pattern[str]:
    """Match a name and a verb of saying; `only`: with nothing behind them that was said."""
    speaker = rf"(?:[^\W\d_a-z][\w.’'\-]{{0,30}}\s{{1,2}}){{0,{names}}}?"
    tail = r"\w{0,4}\s?(?:[.,]|$)" if only else r"\w{0,4}\b(?!\s?:)"
    return re.compile(rf"{speaker}(?:{'|'.join(sorted(verbs, key=len, reverse=True))}){tail}")
