"""What changed from one revision of an article to another, as a reader would mark it on paper.

First whole sentences are put beside each other: those that stand once in both texts, unchanged and
in order, hold the rest in place (Bram Cohen's patience diff); between them a sentence goes with the
one that shares most words with it, so that the sum over all pairs is the largest and none cross
(Needleman and Wunsch 1970, with Dice's measure over words). Then words are compared within each
pair (see `reader.text.word_changes`).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from reader.text.sentences import sentences
from reader.text.word_changes import UNIT, WORD, Kind, Piece, joined, word_changes

METHOD = "sentences aligned by shared words, then words compared"
"""The method in a line, for those who want to know how what they see was found."""

ALIKE = 0.5
"""From this share of common words on (Dice, 0 to 1) two sentences are one that was changed."""
_MOST_PAIRS = 40_000
"""So many pairs of sentences are looked at in one stretch; a larger one is taken as replaced."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the newer text with what went out of it, or one that went as a whole.

    What is not deleted is the newer text, what is not inserted the older, white space aside.
    """

    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it is not the same."""
        return any(piece.kind != "same" for piece in self.pieces)

    @property
    def sign(self) -> str:
        """The sign of it: "+" where all of it came, "−" where all went, "±" for a part, else ""."""
        kinds = {piece.kind for piece in self.pieces if piece.text.strip()}
        if len(kinds) > 1:
            return "±"
        return {"inserted": "+", "deleted": "−"}.get("".join(kinds), "")


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from one text to another."""

    title: tuple[Piece, ...]
    passages: tuple[Passage, ...]
    """In the order of the newer text; what went stands where it stood."""
    inserted: int
    """How many words came, in title and text."""
    deleted: int
    """How many words went."""

    @property
    def changed(self) -> bool:
        """Whether there is any difference, white space aside."""
        return any(
            piece.kind != "same"
            for pieces in (self.title, *(passage.pieces for passage in self.passages))
            for piece in pieces
        )


class Version(NamedTuple):
    """What of a revision is compared."""

    title: str
    text: str
    language: str | None = None


def changes(old: Version, new: Version) -> Changes:
    """Return what changed from the older revision to the newer; pure and deterministic."""
    title = word_changes(old.title, new.title)
    only_set_anew = "".join(old.text.split()) == "".join(new.text.split())
    passages = tuple(_passages(new if only_set_anew else old, new))
    everything = [*title, *(piece for passage in passages for piece in passage.pieces)]
    return Changes(title, passages, _count(everything, "inserted"), _count(everything, "deleted"))


def _count(pieces: Iterable[Piece], kind: Kind) -> int:
    return sum(
        bool(WORD.match(unit.group()))
        for piece in pieces
        if piece.kind == kind
        for unit in UNIT.finditer(piece.text)
    )


# Sentences


class _Sentence(NamedTuple):
    text: str
    before: str
    """The white space between it and the sentence before in its paragraph; "" for the first."""
    paragraph: int


def _sentences_of(version: Version) -> list[_Sentence]:
    found: list[_Sentence] = []
    end = paragraph = 0
    for sentence in sentences(version.text, version.language):
        gap = version.text[end : sentence.start]
        if "\n" in gap:
            paragraph += 1
            gap = ""
        found.append(_Sentence(sentence.text, gap if found else "", paragraph))
        end = sentence.end
    return found


_Pair = tuple[int | None, int | None]
"""A sentence of the older text, one of the newer, or both: the one became the other."""


def sentence_pairs(
    old: str, new: str, language: str | None
) -> list[tuple[tuple[int, int] | None, tuple[int, int] | None]]:
    """Return the sentences of two revisions' texts in order, those that became others as pairs.

    Each is its span (start, end; code points of its own text); None if a sentence came or went.
    """
    before, after = list(sentences(old, language)), list(sentences(new, language))
    return [
        (
            None if i is None else (before[i].start, before[i].end),
            None if j is None else (after[j].start, after[j].end),
        )
        for i, j in _aligned([s.text for s in before], [s.text for s in after])
    ]


def _passages(old: Version, new: Version) -> Iterator[Passage]:
    before, after = _sentences_of(old), _sentences_of(new)
    pairs = [
        (None if i is None else before[i], None if j is None else after[j])
        for i, j in _aligned([s.text for s in before], [s.text for s in after])
    ]
    homes = _homes(pairs)
    for _, group in groupby(_in_order(pairs, homes), key=lambda pair: _home(pair, homes)):
        pieces: list[Piece] = []
        for one, other in group:
            pieces += _of_pair(one, other, first=not pieces)
        yield Passage(joined(pieces))


_Both = tuple[_Sentence | None, _Sentence | None]


def _homes(pairs: Iterable[_Both]) -> dict[int, int]:
    """Return which of the newer paragraphs each of the older lives on in: where it begins."""
    homes: dict[int, int] = {}
    for one, other in pairs:
        if one and other:
            homes.setdefault(one.paragraph, other.paragraph)
    return homes


def _in_order(pairs: Sequence[_Both], homes: dict[int, int]) -> Iterator[_Both]:
    """Yield pairs so that what went and came in one paragraph stands together.

    Between two sentences that stayed, first what belongs to the paragraph of the one, then whole
    paragraphs, then what belongs to the paragraph of the other.
    """
    runs = [(stayed, list(run)) for stayed, run in groupby(pairs, key=lambda p: None not in p)]
    before = -1
    for number, (stayed, run) in enumerate(runs):
        if stayed:
            yield from run
            before = _home(run[-1], homes)[0]
            continue
        after = _home(runs[number + 1][1][0], homes)[0] if number + 1 < len(runs) else -1
        places = [(_home(pair, homes)[0], pair) for pair in run]
        went = _parts([p for p in places if p[1][0]], before, after)
        came = _parts([p for p in places if p[1][1]], before, after)
        for part in zip(went, came, strict=True):
            yield from (*part[0], *part[1])


def _parts(
    places: Sequence[tuple[int, _Both]], before: int, after: int
) -> tuple[list[_Both], list[_Both], list[_Both]]:
    """Part what went (or came) where it leaves one paragraph, and where it enters another."""
    kept = [place for place, _ in places]
    first = next((n for n, place in enumerate(kept) if place != before), len(kept))
    last = next((n for n in range(first, len(kept)) if kept[n] == after), len(kept))
    pairs = [pair for _, pair in places]
    return pairs[:first], pairs[first:last], pairs[last:]


def _home(pair: _Both, homes: dict[int, int]) -> tuple[int, int]:
    """Return the newer paragraph that a pair belongs to, or the older one that went as a whole."""
    one, other = pair
    if other:
        return other.paragraph, -1
    if one and one.paragraph in homes:
        return homes[one.paragraph], -1
    return -1, one.paragraph if one else -1


def _of_pair(one: _Sentence | None, other: _Sentence | None, *, first: bool) -> Iterator[Piece]:
    kind: Kind = "same" if one and other else "inserted" if other else "deleted"
    if not first:
        shown = other or one
        yield Piece(kind, (shown.before if shown else "") or " ")
    if one and other:
        yield from word_changes(one.text, other.text)
    elif shown := other or one:
        yield Piece(kind, shown.text)


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[_Pair]:
    """Yield the sentences of both texts in order, those that belong together as one pair."""
    begin = _common(old, new)
    end = _common(old[begin:][::-1], new[begin:][::-1])
    yield from ((n, n) for n in range(begin))
    a, b = begin, begin
    for i, j in (*_anchors(old, new, begin, end), (len(old) - end, len(new) - end)):
        yield from _stretch(old, new, (a, i), (b, j))
        if i < len(old) - end:
            yield i, j
        a, b = i + 1, j + 1
    yield from zip(range(len(old) - end, len(old)), range(len(new) - end, len(new)), strict=True)


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """Return how many items two sequences begin with in common."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((n for n, (x, y) in pairs if x != y), min(len(a), len(b)))


def _anchors(old: Sequence[str], new: Sequence[str], begin: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences that stand once in either text, as many as are in the same order."""
    places: list[dict[str, int]] = []
    for texts in (old, new):
        inner = texts[begin : len(texts) - end]
        counts = Counter(inner)
        places.append({t: n for n, t in enumerate(inner, begin) if counts[t] == 1})
    common = [(i, places[1][text]) for text, i in places[0].items() if text in places[1]]
    return _longest_rise(common)


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest selection in which the second numbers rise; the first do."""
    tops: list[int] = []
    last: list[int] = []  # which pair ends the best selection of each length
    before: list[int | None] = []
    for number, (_i, j) in enumerate(pairs):
        at = bisect_left(tops, j)
        before.append(last[at - 1] if at else None)
        tops[at : at + 1] = [j]
        last[at : at + 1] = [number]
    found: list[tuple[int, int]] = []
    here = last[-1] if last else None
    while here is not None:
        found.append(pairs[here])
        here = before[here]
    return found[::-1]


def _stretch(
    old: Sequence[str], new: Sequence[str], a: tuple[int, int], b: tuple[int, int]
) -> Iterator[_Pair]:
    """Yield the pairs of a stretch in which no sentence is sure to be another's."""
    rows, columns = a[1] - a[0], b[1] - b[0]
    matched: dict[int, int] = {}
    if 0 < rows * columns <= _MOST_PAIRS:
        bags = [[_bag(text) for text in texts] for texts in (old[slice(*a)], new[slice(*b)])]
        matched = _best_pairs(bags[0], bags[1])
    j = 0
    for i in range(rows):
        partner = matched.get(i)
        if partner is None:
            yield a[0] + i, None
            continue
        yield from ((None, b[0] + k) for k in range(j, partner))
        yield a[0] + i, b[0] + partner
        j = partner + 1
    yield from ((None, b[0] + k) for k in range(j, columns))


def _bag(text: str) -> Counter[str]:
    return Counter(u.group().casefold() for u in UNIT.finditer(text) if WORD.match(u.group()))


def _best_pairs(old: Sequence[Counter[str]], new: Sequence[Counter[str]]) -> dict[int, int]:
    """Return which sentence became which, none crossing, so that they have most in common."""
    sizes = [sum(bag.values()) for bag in new]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_dice(bag, other, n) for other, n in zip(new, sizes, strict=True)] for bag in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if alike[i][j] >= ALIKE:
                best[i][j] = max(best[i][j], best[i + 1][j + 1] + alike[i][j])
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] >= ALIKE and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _dice(a: Counter[str], b: Counter[str], size: int) -> float:
    total = sum(a.values()) + size
    return 2 * sum((a & b).values()) / total if total else 0.0
