"""What words mean, as vectors: words of like meaning point the same way, in seven languages.

The table in `data/compare/vectors/` was distilled from a multilingual sentence encoder by
`scripts/word_vectors.py`; it says where it comes from. Its 75,000 words are shared by all the
languages, so a German word can be set beside an English one. Stop words and numbers are not in it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from reader import resources
from reader.text.words import stemmer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]
    Bytes = NDArray[np.int8]
else:
    Rows = Bytes = Any

_COMPOUNDING = frozenset(["de", "nl"])
_SHORTEST_COMPOUND = 9
_SHORTEST_HEAD = 4
_SHORTEST_FIRST = 3
_SHORTEST_STEM = 4
_LINKS = ("", "s", "es", "n", "en", "e")
"""Letters that German and Dutch put between the two parts of a compound, none included."""
_REMEMBERED = 50_000


class _Table(NamedTuple):
    rows: Bytes
    words: list[str]
    """In the order of their code points, so that a word is found by halving."""
    members: Bytes
    languages: tuple[str, ...]


class WordVectors:
    """The word vectors of one language; made by `vectors`."""

    def __init__(self, language: str, table: _Table) -> None:
        self.language = language
        self.size: int = table.rows.shape[1]
        self._table = table
        self._bit = 1 << table.languages.index(language)
        self._found: dict[str, tuple[int, ...]] = {}

    def lookup(self, words: Sequence[str]) -> Rows:
        """Return one row of length 1 a word, in their order; a row of zeros for an unknown word.

        Words are in lower case, as `reader.text.words` gives them. A word that the table lacks is
        looked up by its stem, and a German or Dutch compound by its parts (the mean of the two).
        """
        import numpy as np  # noqa: PLC0415 - heavy, needed by few commands

        places = [self._places(word) for word in words]
        first = [some[0] if some else 0 for some in places]
        rows = _unit(self._table.rows[first].astype(np.float32))
        for at, some in enumerate(places):
            if not some:
                rows[at] = 0
            elif len(some) > 1:
                parts = _unit(self._table.rows[list(some)].astype(np.float32))
                rows[at] = _unit(parts.sum(axis=0, keepdims=True))[0]
        return rows

    def knows(self, word: str) -> bool:
        """Return True if `lookup` gives a word a row that is not zero."""
        return bool(self._places(word))

    def _places(self, word: str) -> tuple[int, ...]:
        """Return the places in the table of a word or its parts; none for an unknown word."""
        if word not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[word] = self._searched(word.casefold())
        return self._found[word]

    def _searched(self, word: str) -> tuple[int, ...]:
        known = _place(self._table.words, word)
        if known is None:
            known = self._by_stem(word)
        if known is not None:
            return (known,)
        if self.language in _COMPOUNDING and len(word) >= _SHORTEST_COMPOUND:
            return self._compound(word)
        return ()

    def _by_stem(self, word: str) -> int | None:
        """Return the place of the shortest word of this language with the same stem."""
        stem = stemmer(self.language)
        wanted = stem(word)
        if len(wanted) < _SHORTEST_STEM or not wanted.isalpha():
            return None
        # a stem may end in another letter than its word ("city", "citi")
        alike = (
            place
            for place in self._beginning_with(wanted[:-1])
            if stem(self._table.words[place]) == wanted
        )
        return min(alike, key=lambda place: len(self._table.words[place]), default=None)

    def _beginning_with(self, beginning: str) -> Iterator[int]:
        """Yield the places of this language's words with a beginning."""
        words, members = self._table.words, self._table.members
        place = bisect_left(words, beginning)
        while place < len(words) and words[place].startswith(beginning):
            if members[place] & self._bit:
                yield place
            place += 1

    def _compound(self, word: str) -> tuple[int, ...]:
        """Return the places of a compound's two parts; the longest last part that will do."""
        for cut in range(_SHORTEST_FIRST, len(word) - _SHORTEST_HEAD + 1):
            last = self._own(word[cut:])
            if last is None:
                continue
            for link in _LINKS:
                begin = word[:cut]
                if begin.endswith(link) and len(begin) - len(link) >= _SHORTEST_FIRST:
                    first = self._own(begin.removesuffix(link))
                    if first is not None:
                        return (first, last)
        return ()

    def _own(self, word: str) -> int | None:
        """Return the place of a word of this language; None for other languages' words."""
        place = _place(self._table.words, word)
        return place if place is not None and self._table.members[place] & self._bit else None


@cache
def vectors(language: str | None) -> WordVectors | None:
    """Return the word vectors of a language (a BCP 47 tag); None if there are none for it.

    The table is read once, when it is first asked for. Source: `data/compare/vectors/README.md`.
    """
    primary = (language or "").partition("-")[0].lower()
    table = _table()
    if table is None or primary not in table.languages:
        return None
    return WordVectors(primary, table) if primary == language else vectors(primary)


@cache
def _table() -> _Table | None:
    """Return the table of all languages; None in an installation that does not carry it."""
    import numpy as np  # noqa: PLC0415 - heavy, needed by few commands

    folder = resources.data("compare", "vectors")
    try:
        words = folder.joinpath("words.txt").read_text("utf-8").split()
        languages = folder.joinpath("languages.txt").read_text("utf-8").split()
        rows = np.load(folder / "vectors.npy", mmap_mode="r", allow_pickle=False)
        members = np.load(folder / "members.npy", allow_pickle=False)
    except FileNotFoundError:
        return None
    return _Table(rows, words, members, tuple(languages))


def _place(words: Sequence[str], word: str) -> int | None:
    """Return the place of a word in a sorted list; None if it is not there."""
    place = bisect_left(words, word)
    return place if place < len(words) and words[place] == word else None


def _unit(rows: Rows) -> Rows:
    """Return rows with length 1; rows of zeros stay zeros."""
    import numpy as np  # noqa: PLC0415 - heavy, needed by few commands

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Rows = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit
