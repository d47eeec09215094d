"""Copies: whether two reports are one agency's text, by the runs of words that they share.

Containment of word 5-grams (Broder 1997, "On the resemblance and containment of documents"): from
.5 on it is the same copy, .2 to .5 are shared passages, measured on stored stories.
"""

from collections.abc import Sequence

SAME_COPY = 0.5
"""From this containment on, two reports are one agency's text."""
SHARED_PASSAGES = 0.2
"""From this containment on, they share passages."""


def containment(a: Sequence[str], b: Sequence[str], n: int = 5) -> float:
    """Return the share (0 to 1) of a's runs of n words that b has too; 0 where a has none."""
    own = _runs(a, n)
    return len(own & _runs(b, n)) / len(own) if own else 0.0


def same_copy(a: Sequence[str], b: Sequence[str]) -> bool:
    """Return whether the shorter of two reports is, for the most part, contained in the longer."""
    return max(containment(a, b), containment(b, a)) >= SAME_COPY


def _runs(words: Sequence[str], n: int) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}
