"""What a sentence encoder is: sentences of like meaning get vectors that point the same way."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]
else:
    Rows = Any


class SentenceEncoder(Protocol):
    """Gives vectors of sentences; `reader.briefing.encoders` has those that are known."""

    @property
    def name(self) -> str:
        """Return what its vectors are kept under: it changes whenever the weights do."""

    def encode(self, sentences: Sequence[str]) -> Rows:
        """Return one row of length 1 a sentence, in their order."""
