"""The article within all that a page shows, when the page came as plain text.

A page that was copied whole, or scraped without its structure, is mostly short lines: menus, lists
of headlines, footers. Its article is the best run of lines: each line of running text counts for
its words, every other line against it, and the run with the highest sum is the article (the maximum
subarray; Kadane 1984, in Bentley, "Programming Pearls"). What is outside of it is left over, except
the headline, which is looked for above the run.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reader.text import lines
from reader.text.bylines import byline_of
from reader.text.headlines import Headline, able_headline, shared_words
from reader.text.kinds import is_caption
from reader.text.pagelines import known_line
from reader.text.pagewords import key, page_words
from reader.text.paragraphs import Paragraph

_AGAINST = 12
_AGAINST_ITEM = 1
"""What a line that is no running text counts against a run; and an item of some length."""
_NEARLY_ALL = 0.75
"""The share of a page's running text that its article's run is widened to hold."""
_MOST_FOR = 60
_FEWEST_WORDS = 10
_FEWEST_IN_RUN = 60
"""Words of running text that an article has, to be told from its page at all."""
_FEWEST_OUTSIDE = 12
"""Short lines outside of the run that a page has; a text with fewer is left as it is."""
_LIKE = 0.3
"""How much like its headline a line must be; without one there may be no article."""
_ABOVE = 24
"""So many lines above the run are looked at for the headline."""


@dataclass(frozen=True, slots=True)
class Visible:
    """Where the article is in the lines of a page."""

    start: int
    end: int
    headline: Headline
    """"" if no line above it can be one."""


def article_in(parts: Sequence[Paragraph]) -> Visible | None:
    """Return where the article is in what a page shows; None if the text is no such page."""
    values = [_value(part) for part in parts]
    best, last = _best_run(values)
    if sum(value for value in values[best:last] if value > 0) < _FEWEST_IN_RUN:
        return None
    start, end = _widened(values, best, last)
    headline = _headline(parts, best, last)
    if headline.at < 0:
        return None
    while end < len(parts) and _may_close(parts[end]):
        end += 1
    if start < headline.at:  # what is running text above the headline is a notice
        start = headline.at + 1
    outside = [*values[:start], *values[end:]]
    short = sum(value == -_AGAINST for value in outside)
    if short < _FEWEST_OUTSIDE or 3 * short < len(parts):
        return None
    return Visible(start, end, headline)


def _may_close(part: Paragraph) -> bool:
    """Tell whether a line right behind the run may be the article's last: a short sentence."""
    short = lines.ends_sentence(part.text) or part.kind == "quote"
    return short and not known_line(part.text, last=False)


def _value(part: Paragraph) -> int:
    if part.kind in ("code", "table"):
        return 0
    count = lines.word_count(part.text)
    whole = count >= _FEWEST_WORDS and lines.ends_sentence(part.text)
    if (whole or lines.is_body(part.text)) and not known_line(part.text, last=False):
        return min(count, _MOST_FOR)
    item = part.kind == "list" and count >= 6
    return -_AGAINST_ITEM if item or lines.ends_sentence(part.text) else -_AGAINST


def _best_run(values: Sequence[int]) -> tuple[int, int]:
    """Return the start and end of the run of values with the highest sum."""
    best, best_sum = (0, 0), 0
    start, total = 0, 0
    for n, value in enumerate(values):
        if total <= 0:
            start, total = n, 0
        total += value
        if total > best_sum:
            best, best_sum = (start, n + 1), total
    return best


def _widened(values: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Return a run widened, to the nearest running text, until it holds nearly all there is."""
    most = _NEARLY_ALL * sum(value for value in values if value > 0)
    held = sum(value for value in values[start:end] if value > 0)
    while held < most:
        before = next((n for n in range(start - 1, -1, -1) if values[n] > 0), None)
        after = next((n for n in range(end, len(values)) if values[n] > 0), None)
        if before is None and after is None:
            break
        if after is None or (before is not None and start - before < after - end + 1):
            start = before  # type: ignore[assignment]
            held += values[start]
        else:
            end = after + 1
            held += values[after]
    return start, end


def _headline(parts: Sequence[Paragraph], start: int, end: int) -> Headline:
    """Return the line above the run that is most like its headline.

    One that shares words with the text, stands twice on the page, is of some length and near.
    """
    body = " ".join(part.text for part in parts[start:end])[:20_000]
    times = Counter(lines.letters_of(part.text) for part in parts)
    best, most = -1, _LIKE
    for n in range(max(0, start - _ABOVE), start):
        line = parts[n].text
        if not _may_be_headline(parts, n):
            continue
        count = lines.word_count(line)
        twice = 0.3 * (times[lines.letters_of(line)] > 1)
        score = shared_words(line, body) * min(count, 8) / 8 + twice - 0.01 * (start - n)
        if score > most:
            best, most = n, score
    return Headline(parts[best].text, at=best) if best >= 0 else Headline("")


def _may_be_headline(parts: Sequence[Paragraph], n: int) -> bool:
    line = parts[n].text
    if not able_headline(parts[n], n, parts) or lines.word_count(line) < 3:
        return False
    words = page_words()
    known = key(line) in words.line or key(line) in words.margin or is_caption(line)
    return not known and byline_of(line) is None
