"""Quotations that reports word differently, read word by word beside each other.

Two sentences that quote are laid beside each other; where most words go on alike and some within
the quotation marks of both do not, the odd words are shown with a few words around them. What one
report says in its own words is no wording of a quotation. Quotations of one statement in quite
other words are shown whole if they are short.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import combinations, pairwise, product
from typing import NamedTuple

from reader.compare.attribution import Speaker, same_speaker
from reader.compare.contexts import function_words
from reader.compare.found import Story, groups_of
from reader.compare.material import Unit
from reader.compare.quotes import Passage, plain_words
from reader.model import ArticleId, Difference, Variant
from reader.text.words import stem

_GAP = 4
"""So many odd words in a row are still one odd place."""
_CONTEXT = 4
"""How many words are shown on either side of an odd place."""
_RUN = 2
"""So many words in a row must be alike on either side of it."""
_BETWEEN, _LONGEST = 2, 10
"""Different places at most this many words apart are shown as one, if it is no longer than that."""
_EDGE = 3
"""So many words may be odd at the beginning or end of two quotations."""
_ALIKE, _SAME, _LEAST = 0.6, 3, 2
"""The share of words that must be alike, how many, and how many of them content words."""
_COVERED = 0.6
"""So much of a passage must be alike if only the least number of its content words is."""
_SAME_WITH_ENDS = 6
"""So many words must be alike before the beginnings and ends of two quotations are compared."""
_WHOLE = 14
"""Quotations of more words are not shown whole."""
_COMMON, _SHARE_WHOLE = 0.5, 0.4
"""The share of content words, and how likely a common fact, for quotations in other words."""


@dataclass(frozen=True, slots=True)
class Odd:
    """One place where a sentence words a quotation in its own way; numbers of words of the unit."""

    unit: Unit
    first: int
    last: int
    """The odd words, up to the one before `last`; none if the words are only left out."""
    start: int
    end: int
    """What is shown: the odd words with a few around them."""

    @property
    def places(self) -> tuple[int, int]:
        """Return the code points of what is shown."""
        words = self.unit.words
        return words[self.start].start, words[self.end - 1].end


class Pair(NamedTuple):
    """One odd place in two sentences, and how many words are alike around it."""

    one: Odd
    other: Odd
    same: int = 0
    stretches: tuple[tuple[int, int], tuple[int, int]] = ((0, 0), (0, 0))
    """The words that go on alike, in either sentence."""


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence with its words in one spelling, and the numbers of those within marks."""

    unit: Unit
    words: tuple[str, ...]
    quoted: tuple[tuple[int, int], ...]

    def passage(self, first: int, last: int) -> tuple[int, int] | None:
        """Return the passage that holds these words and those beside them."""
        a, b = max(0, first - 1), min(len(self.words), last + 1)
        return next((p for p in self.quoted if p[0] <= a and b <= p[1]), None)


def rewordings(
    story: Story, said: Mapping[Passage, Speaker | None], told: Iterable[Difference] = ()
) -> list[Difference]:
    """Return the quotations worded differently, one difference for each odd place.

    `told` are differences of quotations found otherwise; those at places of their own are kept.
    """
    sides = _sides(story, said)
    speakers = {p.unit.row: speaker for p, speaker in said.items() if speaker is not None}
    found: list[Pair] = []
    for one, other in combinations([side for side in sides.values() if side.quoted], 2):
        language = story.language(one.unit)
        if (
            one.unit.report != other.unit.report
            and language == story.language(other.unit)
            and same_speaker(speakers.get(one.unit.row), speakers.get(other.unit.row))
        ):
            odd = _odd_places(one, other, function_words(language))
            found += odd or _other_words(story, one, other)
    new = _differences(story, said, _nearest(found))
    places = [(v.article, v.start, v.end) for d in new for v in d.variants]
    others = [d for d in told if not any(_touches(v, places) for v in d.variants)]
    return [*new, *others]


def _nearest(found: list[Pair]) -> list[Pair]:
    """Return the pairs without those of which a stretch is nearer to another of that report."""
    places: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
    for pair in found:
        for (a, b), (start, end) in zip(_ways(pair), pair.stretches, strict=True):
            places.setdefault((a.unit.row, b.unit.report), []).append((start, end, pair.same))

    def best(pair: Pair) -> bool:
        return all(
            pair.same >= same
            for (a, b), (start, end) in zip(_ways(pair), pair.stretches, strict=True)
            for first, last, same in places[a.unit.row, b.unit.report]
            if first < end and start < last
        )

    return [pair for pair in found if best(pair)]


def _ways(pair: Pair) -> tuple[tuple[Odd, Odd], tuple[Odd, Odd]]:
    return (pair.one, pair.other), (pair.other, pair.one)


def _touches(variant: Variant, places: Iterable[tuple[ArticleId, int, int]]) -> bool:
    return any(
        article == variant.article and start < variant.end and variant.start < end
        for article, start, end in places
    )


def _sides(story: Story, said: Iterable[Passage]) -> dict[int, Side]:
    passages: dict[int, list[Passage]] = {}
    for passage in said:
        if passage.marked:
            passages.setdefault(passage.unit.row, []).append(passage)
    sides = {}
    for unit in story.compared():
        words = tuple(plain_words([w.text for w in unit.words], story.language(unit)))
        spans = []
        for passage in passages.get(unit.row, ()):
            inside = [n for n, w in enumerate(unit.words) if passage.start <= w.start < passage.end]
            if inside:
                spans.append((inside[0], inside[-1] + 1))
        sides[unit.row] = Side(unit, words, tuple(spans))
    return sides


def _odd_places(one: Side, other: Side, functions: frozenset[str]) -> list[Pair]:
    """Return the places within quotations where two sentences go on alike but for some words.

    The sentences are laid beside each other whole; if that shows nothing, passage by passage: who
    says it may stand before the one and after the other.
    """
    if len(set(one.words) & set(other.words) - functions) < _LEAST:
        return []
    whole = (0, len(one.words)), (0, len(other.words))
    found = _alike(one, other, whole, functions)
    if not found:
        for spans in product(one.quoted, other.quoted):
            found += _alike(one, other, spans, functions)
    return found


def _alike(
    one: Side,
    other: Side,
    spans: tuple[tuple[int, int], tuple[int, int]],
    functions: frozenset[str],
) -> list[Pair]:
    """Return the odd places within these words of two sentences."""
    (a, b), (c, d) = spans
    matcher = SequenceMatcher(None, one.words[a:b], other.words[c:d], autojunk=False)
    blocks = [Match(a + i, c + j, n) for i, j, n in matcher.get_matching_blocks() if n]
    found = []
    for chunk in _chunks(blocks):
        first, last = chunk[0], chunk[-1]
        same = sum(block.size for block in chunk)
        short = min(last.a + last.size - first.a, last.b + last.size - first.b)
        alike = {w for m in chunk for w in one.words[m.a : m.a + m.size]} - functions
        stretches = (first.a, last.a + last.size), (first.b, last.b + last.size)
        if same < _SAME or same < _ALIKE * short or len(alike) < _LEAST:
            continue
        if len(alike) == _LEAST and same < _COVERED * _passage(one, other, stretches):
            continue
        for i, j in _gaps(one, other, chunk, functions):
            shown = _shown(one, i, stretches[0]), _shown(other, j, stretches[1])
            found.append(Pair(*shown, same, stretches))
    return found


def _gaps(
    one: Side, other: Side, chunk: list[Match], functions: frozenset[str]
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the odd places of a stretch that are quoted; those a word or two apart are one."""
    found: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for left, right in pairwise(chunk):
        i, j = (left.a + left.size, right.a), (left.b + left.size, right.b)
        both = one.passage(*i), other.passage(*j)
        if not all(both):
            continue
        opens = any(p and p[0] in (left.a, left.b) for p in both)
        closes = any(p and p[1] in (right.a + right.size, right.b + right.size) for p in both)
        firm = [_firm(one, block, functions) for block in (left, right)]
        if not any(firm) or not (firm[0] or opens) or not (firm[1] or closes):
            continue
        if found and i[0] - found[-1][0][1] <= _BETWEEN and i[1] - found[-1][0][0] <= _LONGEST:
            before = found.pop()
            i, j = (before[0][0], i[1]), (before[1][0], j[1])
        found.append((i, j))
    return [*found, *_ends(one, other, chunk)]


def _ends(
    one: Side, other: Side, chunk: list[Match]
) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the odd words at the beginning and end of two quotations that go on alike."""
    first, last = chunk[0], chunk[-1]
    if sum(block.size for block in chunk) < _SAME_WITH_ENDS:
        return
    p, q = one.passage(first.a + 1, first.a), other.passage(first.b + 1, first.b)
    if p and q and _short(first.a - p[0], first.b - q[0]):
        yield (p[0], first.a), (q[0], first.b)
    ends = last.a + last.size, last.b + last.size
    p, q = one.passage(ends[0], ends[0] - 1), other.passage(ends[1], ends[1] - 1)
    if p and q and _short(p[1] - ends[0], q[1] - ends[1]):
        yield (ends[0], p[1]), (ends[1], q[1])


def _short(one: int, other: int) -> bool:
    """Return True if the ends of two quotations differ in words, not in where they are cut."""
    return max(one, other) <= _EDGE and min(one, other) > 0


def _passage(one: Side, other: Side, stretches: tuple[tuple[int, int], tuple[int, int]]) -> int:
    """Return how many words the shorter of the passages has that two stretches stand in."""
    lengths = [
        last - first
        for side, (start, end) in zip((one, other), stretches, strict=True)
        for first, last in side.quoted
        if first < end and start < last
    ]
    return min(lengths, default=10**6)


def _firm(side: Side, block: Match, functions: frozenset[str]) -> bool:
    """Return whether words that are alike show that the odd ones beside them belong together."""
    return block.size >= _RUN or side.words[block.a] not in functions


def _shown(side: Side, odd: tuple[int, int], stretch: tuple[int, int]) -> Odd:
    """Return an odd place with the words around it."""
    passage = side.passage(*odd) or (0, len(side.words))
    start = max(min(stretch[0], odd[0]), odd[0] - _CONTEXT, passage[0])
    end = min(max(stretch[1], odd[1]), odd[1] + _CONTEXT, passage[1])
    return Odd(side.unit, *odd, start, end)


def _chunks(blocks: Iterable[Match]) -> Iterable[list[Match]]:
    """Return the stretches of two sentences that go on alike but for a few words."""
    chunk: list[Match] = []
    for block in blocks:
        if chunk:
            before = chunk[-1]
            far = max(block.a - before.a - before.size, block.b - before.b - before.size)
            if far > _GAP:
                yield chunk
                chunk = []
        chunk.append(block)
    if chunk:
        yield chunk


def _other_words(story: Story, one: Side, other: Side) -> Iterable[Pair]:
    """Return the short quotations of two sentences that say one thing in other words."""
    if story.share(one.unit, other.unit) < _SHARE_WHOLE:
        return
    language = story.language(one.unit)
    for a in one.quoted:
        for b in other.quoted:
            if max(a[1] - a[0], b[1] - b[0]) > _WHOLE:
                continue
            said, more = (_content(side, span, language) for side, span in ((one, a), (other, b)))
            common = len(said & more)
            least = max(2.0, _COMMON * min(len(said), len(more)))
            if said <= more or more <= said or common < least:
                continue
            yield Pair(Odd(one.unit, *a, *a), Odd(other.unit, *b, *b))


def _content(side: Side, span: tuple[int, int], language: str | None) -> set[str]:
    functions = function_words(language)
    return {stem(w, language) for w in side.words[slice(*span)] if w not in functions}


def _differences(
    story: Story, said: Mapping[Passage, Speaker | None], found: list[Pair]
) -> list[Difference]:
    """Return one difference for each odd place, with all of its wordings."""
    odd = sorted(
        {o for pair in found for o in pair[:2]},
        key=lambda o: (o.unit.row, o.first, o.last, o.start, o.end),
    )
    number = {o: n for n, o in enumerate(odd)}
    pairs = [(number[a], number[b]) for a, b, *_ in found]
    for n, (a, b) in enumerate(pairwise(odd)):
        if a.unit.row == b.unit.row and b.first < max(a.last, a.first + 1):
            pairs.append((n, n + 1))
    speakers = {p.unit.row: s for p, s in said.items() if s is not None}
    differences = []
    for group in groups_of(pairs):
        variants: list[Variant] = []
        seen = set()
        for o in (odd[n] for n in group):
            words = [w.text for w in o.unit.words[o.start : o.end]]
            text = " ".join(plain_words(words, story.language(o.unit)))
            if (o.unit.report, text) not in seen:
                seen.add((o.unit.report, text))
                variants.append(story.variant(o.unit, *o.places, text))
        if len({v.normalized for v in variants}) > 1:
            units = [odd[n].unit for n in group]
            speaker = next((speakers[u.row] for u in units if u.row in speakers), None)
            topic = f"quotation: {speaker.text}" if speaker else "quotation"
            claim = story.claim(units)
            differences.append(Difference("quote", False, topic, claim, 0.7, tuple(variants)))
    return differences
