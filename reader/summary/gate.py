"""The body gate: which sentences are not of the article's body.

By-lines, time stamps, captions, headings and lines of the page around it must neither be chosen
nor count when positions in the body are counted. They are held back: chosen last, where nothing
else is left.

Two kinds of signs are used. Form: a heading, caption, table or code by its block; a few words; no
full stop; a caption's marks. And what it speaks of: a line of the page has little to do with the
rest. How much a sentence has to do with it, its connection, is the mean, over its content words, of
how many other sentences of the body have the word; it is compared with the median of the body.

A sign that many sentences of a text show is that text's style, not the page's: then it is ignored.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

from reader.summary.lists import signs
from reader.summary.material import Material, Unit
from reader.text.words import stems

FEWEST_WORDS = 7
"""Fewer are a by-line, a heading, a label …"""
FEWEST_SHARE = 0.4
"""… but never more than this share of the text's long sentences (the upper quartile): Finnish and
Hebrew say in five words what English says in ten."""
CAPTION_SENTENCES = 4
"""A line of at most so many sentences that ends with a photographer's credit is a caption."""
SHARED_FORM = 0.5
"""A missing (or loose) full stop that more than this share of the sentences has is ignored."""
SHARED_WORDS = 0.25
"""The same for words by which a page speaks to its visitor, and for a page's phrases."""
FEWEST_SENTENCES = 5
"""Of a body with fewer sentences the connection tells nothing …"""
FEW_SENTENCES = 8
"""… and of one with fewer than these not enough to hold a sentence back for it alone."""
STRANGE = 0.2
"""A sentence with less than this share of the median connection is not of the body …"""
STRANGE_EDGE = 0.6
"""… nor, in a line of one or two sentences before or after all others, one with less …"""
EDGE_SENTENCES = 2
STRANGE_ADDRESS = 1.0
"""… nor one that speaks to the visitor (outside quotation marks) with less than this …"""
STRANGE_PAGE = 1.5
"""… nor one with a page's phrase and less than this."""

STRANGER = "has little to do with the rest"
CERTAIN = frozenset(
    {
        "heading",
        "caption",
        "table",
        "code",
        "time stamp",
        "words of a page",
        "speaks to the visitor",
    }
)
"""Reasons that leave little doubt: such sentences are chosen after all others."""

_FINAL = re.compile(r"[.!?…。！？؟।][\"'”’»«“)\]」』）›]*$")
_LOOSE_STOP = re.compile(r"\s[.]$")
_CAPTION = re.compile(
    r"^(?:FILE\s?(?:PHOTO)?\s?[-–—:]|(?:Photo|Foto|Image|Picture|Pictured|Bild)\s?:)"
    r"|\((?:left|right|above|below|pictured|top|bottom|centre|center)[^)]{0,30}\)"
    r"|\((?:Reuters|AFP|AP|EPA|Getty[^()]{0,160}|[^()]{0,160}\b(?:Photo|Foto)\b[^()]{0,160})\)\s*\.?$"
)
_CREDIT = re.compile(
    r"^\((?:[^()]*\b)?(?:AP|AFP|EPA|dpa|Reuters|Getty|Photo|Foto|Image|Picture|Bild)\b[^()]{0,60}\)$"
)
_STAMP = re.compile(
    r"\b(?:published|updated|last updated|last modified)\s*[:.]|\b\d{1,2}:\d{2}\b.{0,20}\b\d{4}\b"
    r"|^by\s*\.",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“”„«»‘「『]|(?:^|\s)'|'(?:\s|$)")
_WORD = re.compile(r"\w+")


def held_back(material: Material) -> list[str]:
    """Return for each unit why it is held back, in words; "" for one of the body."""
    units = material.units
    if not units:
        return []
    fewest, credited = _fewest_words(units), _credited(units)
    reasons = [
        "caption" if (unit.article, unit.paragraph) in credited else _by_form(unit, fewest)
        for unit in units
    ]
    unknown = [1.0] * len(units)
    _hold(units, reasons, _Sign(_unstopped, "no full stop", SHARED_FORM), unknown)
    _hold(units, reasons, _Sign(_loosely_stopped, "no full stop of its own", SHARED_FORM), unknown)
    body = [n for n, reason in enumerate(reasons) if not reason]
    if len(body) >= FEWEST_SENTENCES:
        connection = _connection(material, body)
        for sign in _signs_of_strangers(material):
            _hold(units, reasons, sign, connection)
        if len(body) >= FEW_SENTENCES:
            _hold(units, reasons, _Sign(lambda _unit: True, STRANGER, 1.0, STRANGE), connection)
            _hold_edges(units, reasons, connection)
    return reasons


@dataclass(frozen=True)
class _Sign:
    """A sign of a line of the page, and how many sentences of the body may show it too."""

    shown: Callable[[Unit], bool]
    reason: str
    most: float
    strange: float = math.inf
    """Only sentences with less than this share of the median connection are held back for it."""


def _signs_of_strangers(material: Material) -> Iterator[_Sign]:
    """Yield the signs that count only for a sentence that has little to do with the rest."""
    page, visitor = partial(_has_page_phrase, material), partial(_addresses, material)
    yield _Sign(page, "words of a page", SHARED_WORDS, STRANGE_PAGE)
    yield _Sign(visitor, "speaks to the visitor", SHARED_WORDS, STRANGE_ADDRESS)


def _hold(
    units: Sequence[Unit], reasons: list[str], sign: _Sign, connection: Sequence[float]
) -> None:
    """Give a sign's reason to the units that show it, unless it is the style of the text.

    The style is judged by the sentences that have much to do with the rest.
    """
    free = [n for n, own in enumerate(reasons) if not own]
    shown = {n for n in free if sign.shown(units[n])}
    strange = {n for n in free if connection[n] < sign.strange}
    judges = [n for n in free if connection[n] >= min(1.0, sign.strange)] or free
    if sum(n in shown for n in judges) <= sign.most * len(judges):
        for n in shown & strange:
            reasons[n] = sign.reason


def _fewest_words(units: Sequence[Unit]) -> float:
    lengths = sorted(len(unit.words) for unit in units)
    return min(FEWEST_WORDS, FEWEST_SHARE * lengths[len(lengths) * 3 // 4])


def _lines(units: Sequence[Unit]) -> dict[tuple[int, int], list[Unit]]:
    """Return the units of each line (article, paragraph), in reading order."""
    lines: dict[tuple[int, int], list[Unit]] = {}
    for unit in units:
        lines.setdefault((unit.article, unit.paragraph), []).append(unit)
    return lines


def _credited(units: Sequence[Unit]) -> set[tuple[int, int]]:
    """Return the lines of a few sentences that end with a photographer's credit."""
    return {
        line
        for line, own in _lines(units).items()
        if len(own) <= CAPTION_SENTENCES and _CREDIT.search(own[-1].sentence.text)
    }


def _hold_edges(units: Sequence[Unit], reasons: list[str], connection: Sequence[float]) -> None:
    """Hold back short lines before and after an article that have less to do with it than others.

    That is where pages have their lines. It ends, from either side, at the first line that is a
    paragraph of some length, or that has to do with the rest.
    """
    lines = _lines(units)
    for article in dict.fromkeys(unit.article for unit in units):
        own = [line for (number, _), line in lines.items() if number == article]
        for side in (own, own[::-1]):
            for line in side:
                free = [unit.row for unit in line if not reasons[unit.row]]
                if len(line) > EDGE_SENTENCES or any(connection[n] >= STRANGE_EDGE for n in free):
                    break
                for row in free:
                    reasons[row] = STRANGER


def _by_form(unit: Unit, fewest: float) -> str:
    text = unit.sentence.text
    if unit.kind in ("heading", "caption", "table", "code"):
        return unit.kind
    if len(unit.words) < fewest:
        return "only a few words"
    if _CAPTION.search(text):
        return "caption"
    if len(unit.words) < 2 * FEWEST_WORDS and _STAMP.search(text):
        return "time stamp"
    return ""


def _unstopped(unit: Unit) -> bool:
    return not _FINAL.search(unit.sentence.text)


def _loosely_stopped(unit: Unit) -> bool:
    """Tell whether a tokeniser put the stop where the line had none: "Scroll down for video ."."""
    return bool(_LOOSE_STOP.search(unit.sentence.text))


def _addresses(material: Material, unit: Unit) -> bool:
    """Tell whether a page speaks to its visitor; a first word's capital letter does not count."""
    own = signs(material.articles[unit.article].language).address
    text = unit.sentence.text
    if not own or _QUOTED.search(text):
        return False
    first, *others = _WORD.findall(text) or [""]
    return first.lower() in own or not own.isdisjoint(others)


def _has_page_phrase(material: Material, unit: Unit) -> bool:
    page = signs(material.articles[unit.article].language).page
    return bool(page.search(unit.sentence.text.lower()))


def _connection(material: Material, body: Sequence[int]) -> list[float]:
    """Return each unit's connection with the body as a share of the body's median."""
    units = material.units
    seen = Counter(term for n in body for term in set(units[n].stems))
    for article in material.articles:
        seen.update(set(stems(article.title, article.language)))
    inside = set(body)
    found = []
    for n, unit in enumerate(units):
        own = set(unit.stems)
        others = sum(seen[term] - (n in inside) for term in own)
        found.append(others / len(own) if own else 0.0)
    middle = median(found[n] for n in body)
    return [value / middle if middle > 0 else 1.0 for value in found]
