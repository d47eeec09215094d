"""How long a summary is: so many sentences, or the sentences that reach so many words."""

from collections.abc import Iterable
from dataclasses import dataclass

from reader.errors import UsageError
from reader.summary.material import Unit

SENTENCES = 5
"""The length of a summary unless told."""


@dataclass(frozen=True, slots=True)
class Length:
    """A number of sentences or, where `words` is given, of words."""

    sentences: int | None = None
    words: int | None = None

    def __post_init__(self) -> None:
        if self.sentences is not None and self.words is not None:
            raise UsageError("The length of a summary is given in sentences or in words, not both.")
        for number, unit in ((self.sentences, "sentence"), (self.words, "word")):
            if number is not None and number < 1:
                raise UsageError(f"A summary has at least one {unit}, not {number}.")

    @property
    def target(self) -> int:
        """How much a summary must reach, in what `amount` counts."""
        return self.words or self.sentences or SENTENCES

    def amount(self, unit: Unit) -> int:
        """Return how much of the length a sentence takes: 1, or its words."""
        return unit.length if self.words else 1

    def take(self, ranked: Iterable[Unit]) -> list[Unit]:
        """Return the best units up to this length; the one that reaches it is the last."""
        chosen: list[Unit] = []
        amount = 0
        for unit in ranked:
            chosen.append(unit)
            amount += self.amount(unit)
            if amount >= self.target:
                break
        return chosen
