"""What changed from one sentence to another, by words.

Ratcliff and Obershelp's longest common stretches, as difflib finds them; what stays the same by
chance between two changes is counted with them (Neil Fraser's semantic clean-up).
"""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_MOST_WORDS = 500_000
"""So many pairs of words are looked at within two sentences; longer ones are taken as replaced."""

UNIT = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|\d+(?:[.,:]\d+)*\w*|\w+(?:['’ʼ]\w+)*|[^\w\s]"
)
WORD = re.compile(r"\w")

Kind = Literal["same", "deleted", "inserted"]


class Piece(NamedTuple):
    """A stretch of text that stayed, went or came."""

    kind: Kind
    text: str


_SIGNS = {"deleted": ("[-", "-]"), "inserted": ("{+", "+}")}


def signed(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return pieces with signs around what went and what came, as wdiff writes it.

    White space at their ends stands outside of the signs, as what is the same.
    """
    found = []
    for kind, text in pieces:
        core = text.strip()
        if kind == "same" or not core:
            found.append(Piece("same", text))
            continue
        begin = text.index(core)
        before, after = _SIGNS[kind]
        found.append(Piece("same", text[:begin]))
        found.append(Piece(kind, f"{before}{core}{after}"))
        found.append(Piece("same", text[begin + len(core) :]))
    return joined(found)


def word_changes(old: str, new: str) -> tuple[Piece, ...]:
    """Return what changed from one sentence to another, by words.

    The pieces that are not deleted make the newer sentence exactly, those that are not inserted
    the older one, white space between same words aside.
    """
    if old == new:
        return (Piece("same", new),) if new else ()
    one, other = _units(old), _units(new)
    pieces: list[Piece] = []
    for same, (a, b), (c, d) in _steps([u[0] for u in one], [u[0] for u in other]):
        if same:
            pieces.append(Piece("same", _text(new, other, c, d)))
        else:
            pieces += _replaced(_text(old, one, a, b), _text(new, other, c, d))
    return joined(pieces)


def _replaced(went: str, came: str) -> tuple[Piece, ...]:
    """Return what took another's place; white space behind both is in both."""
    behind = came[len(came.rstrip()) :]
    if went and came and behind and went[-1].isspace():
        went, came = went.rstrip(), came.rstrip()
        return Piece("deleted", went), Piece("inserted", came), Piece("same", behind)
    return Piece("deleted", went), Piece("inserted", came)


_Units = list[tuple[str, int]]


def _units(text: str) -> _Units:
    """Return the words and signs of a text, each with its start; the last one marks the end."""
    found = [(match.group(), match.start()) for match in UNIT.finditer(text)]
    if found:
        found[0] = (found[0][0], 0)
    return [*found, ("", len(text))] if found else [(text, 0), ("", len(text))]


def _text(text: str, units: _Units, first: int, last: int) -> str:
    """Return the text of units, with the white space behind each."""
    return text[units[first][1] : units[last][1]]


_Step = tuple[bool, tuple[int, int], tuple[int, int]]


def _steps(old: Sequence[str], new: Sequence[str]) -> list[_Step]:
    """Return stretches of both (without the end marks) that are the same, or not, in order."""
    a, b = old[:-1], new[:-1]
    if len(a) * len(b) > _MOST_WORDS:
        return [(False, (0, len(a)), (0, len(b)))]
    opcodes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    steps: list[_Step] = []
    for number, (tag, i, j, k, m) in enumerate(opcodes):
        step: _Step = (tag == "equal", (i, j), (k, m))
        if step[0] and 0 < number < len(opcodes) - 1:
            following = opcodes[number + 1]
            around = (steps[-1], (False, following[1:3], following[3:5]))
            if all(_size(b[k:m]) <= _extent(side, a, b) for side in around):
                step = (False, step[1], step[2])
        if steps and not steps[-1][0] and not step[0]:
            _, (first, _), (second, _) = steps.pop()
            step = (False, (first, step[1][1]), (second, step[2][1]))
        steps.append(step)
    return steps


def _extent(step: _Step, a: Sequence[str], b: Sequence[str]) -> int:
    return max(_size(a[slice(*step[1])]), _size(b[slice(*step[2])]))


def _size(units: Sequence[str]) -> int:
    """Return how many words there are; signs alone are none."""
    return sum(bool(WORD.match(unit)) for unit in units)


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return pieces without empty ones, neighbours of one kind as one."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].kind == piece.kind:
            found[-1] = Piece(piece.kind, found[-1].text + piece.text)
        elif piece.text:
            found.append(piece)
    return tuple(found)
