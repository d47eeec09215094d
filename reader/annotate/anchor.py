"""Anchoring: a place of an earlier revision is found again in a later one.

As Hypothes.is does it (https://web.hypothes.is/blog/fuzzy-anchoring/): by position where the words
there are the same, else by the quoted words with what stood around them, else by the stretch of the
text that is most like the quote, as long as most of it is the same. What is not found is orphaned
rather than put where it does not belong.
"""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from reader.annotate.selectors import find_quote
from reader.model import Selector

ALIKE = 0.7
"""So much of a quote and of the stretch that is taken for it must be the same, 0 to 1."""
FEWEST = 4
"""Shorter quotes (in words) are not looked for by likeness: too much is like them."""
MOST = 5000
"""Longer ones neither: comparing takes the square of their length."""
LONG = 300
"""In quotes of more words the commonest do not begin a likeness, only go on with one."""
CANDIDATES = 5
"""So many stretches are looked at closely."""

# words; signs; and characters of scripts that put no spaces between words
_UNIT = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]"
    r"|\w+|[^\w\s]"
)


class _Unit(NamedTuple):
    text: str
    start: int
    end: int


def anchor(selector: Selector, text: str) -> tuple[int, int] | None:
    """Return the place (start, end; code points) of a selector in a text; None where it has none.

    The text may be that of any revision; for the text that the selector was made on, the place is
    exactly the selector's.
    """
    start, end = selector.start, selector.end
    if text[start:end] == selector.exact and _context(selector, text, (start, end)) == 1.0:
        return start, end
    places = find_quote(text, selector.exact)
    if places:
        return max(places, key=lambda place: _closeness(selector, text, place))
    return _similar(selector, text)


def _closeness(selector: Selector, text: str, place: tuple[int, int]) -> tuple[float, int]:
    return round(_context(selector, text, place), 3), -abs(place[0] - selector.start)


def _context(selector: Selector, text: str, place: tuple[int, int]) -> float:
    """Return how much of what stood around a selector stands around a place, 0 to 1."""
    prefix, suffix = selector.prefix, selector.suffix
    before = text[max(0, place[0] - len(prefix)) : place[0]]
    after = text[place[1] : place[1] + len(suffix)]
    same = _shared(prefix[::-1], before[::-1]) + _shared(suffix, after)
    return same / (len(prefix) + len(suffix)) if prefix or suffix else 1.0


def _shared(a: str, b: str) -> int:
    """Return how many characters two texts begin with in common."""
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


def _similar(selector: Selector, text: str) -> tuple[int, int] | None:
    """Return the stretch that is most like the quote, where most of it is the same."""
    quote = [unit.text for unit in _units(selector.exact)]
    if not FEWEST <= len(quote) <= MOST:
        return None
    units = _units(text)
    found = [_aligned(quote, units, begin) for begin in _promising(quote, units)]
    good = [(score, start, end) for score, start, end in found if score >= ALIKE]
    if not good:
        return None
    best = max(good, key=lambda s: (round(s[0], 3), *_closeness(selector, text, s[1:])))
    return best[1], best[2]


def _units(text: str) -> list[_Unit]:
    return [_Unit(m.group().casefold(), m.start(), m.end()) for m in _UNIT.finditer(text)]


def _promising(quote: Sequence[str], units: Sequence[_Unit]) -> list[int]:
    """Return where the windows begin that hold most of the quote's words, each apart."""
    wanted, size = Counter(quote), len(quote)
    held: Counter[str] = Counter()
    overlap = 0
    scores: list[tuple[int, int]] = []
    for i, unit in enumerate(units):
        held[unit.text] += 1
        overlap += held[unit.text] <= wanted[unit.text]
        if i >= size:
            gone = units[i - size].text
            overlap -= held[gone] <= wanted[gone]
            held[gone] -= 1
        scores.append((overlap, max(0, i - size + 1)))
    chosen: list[int] = []
    for overlap, begin in sorted(scores, key=lambda s: (-s[0], s[1])):
        if overlap * 2 < size or len(chosen) == CANDIDATES:
            break
        if all(abs(begin - other) >= size // 2 for other in chosen):
            chosen.append(begin)
    return chosen


def _aligned(quote: Sequence[str], units: Sequence[_Unit], begin: int) -> tuple[float, int, int]:
    """Return how alike the quote and the text around a window are, and the stretch meant."""
    slack = len(quote) // 3 + 1
    window = units[max(0, begin - slack) : begin + len(quote) + slack]
    there = [unit.text for unit in window]
    matcher = SequenceMatcher(None, quote, there, autojunk=len(quote) > LONG)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return 0.0, 0, 0
    first, last = blocks[0].b, blocks[-1].b + blocks[-1].size
    same = sum(block.size for block in blocks)
    score = 2 * same / (len(quote) + last - first)
    # words at either end that were changed belong to it: "12-week low" became "10-week low"
    first = max(0, first - blocks[0].a)
    last = min(len(window), last + len(quote) - blocks[-1].a - blocks[-1].size)
    return score, window[first].start, window[last - 1].end
