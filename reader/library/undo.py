"""Changes that the reader makes, and how to take them back."""

from collections.abc import Sequence
from dataclasses import dataclass

from reader.library.journal import Edit
from reader.model import ArticleId

MOST = 1000
"""So many changes can be undone."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed, in words, and on which articles."""

    text: str
    """As a message: "3 articles marked read"; "" where nothing had to be changed."""
    articles: tuple[ArticleId, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A change with the edits that make it and those that bring back the state before."""

    change: Change
    forward: tuple[Edit, ...]
    back: tuple[Edit, ...]


class History:
    """The changes of this process: those that can be undone and those that can be redone."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def add(self, step: Step) -> None:
        """Note a change; what was undone before it can no longer be redone."""
        self._done = [*self._done[-MOST + 1 :], step]
        self._undone.clear()

    def back(self) -> Step | None:
        """Return the newest change, which is now undone."""
        if self._done:
            self._undone.append(self._done.pop())
            return self._undone[-1]
        return None

    def forward(self) -> Step | None:
        """Return the change undone last, which is now done again."""
        if self._undone:
            self._done.append(self._undone.pop())
            return self._done[-1]
        return None


def articles(ids: Sequence[ArticleId]) -> str:
    """Return "1 article" or "3 articles"."""
    return f"{len(ids):,} article{'s' if len(ids) != 1 else ''}"
