"""The full-text index over the articles: FTS5 without the texts, which the archive has already.

As the index does not keep the texts, an article is taken out of it by telling it the very words
that were put in. Stems come from a library that may change: what it makes of a few words is kept
with the index, and another answer means that the index is made again.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from functools import cache

from reader.library.preparing import words_of
from reader.library.tokens import INDEX, STEMMED, Columns, stemmed
from reader.model import Article

Placed = tuple[int, Article]
"""An article with its place in time."""

_KEY = "index"
_COLUMNS = "title, body, author, title_forms, forms"
_PUT = f"INSERT INTO search (rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)"
_TAKE = f"INSERT INTO search (search, rowid, {_COLUMNS}) VALUES ('delete', ?, ?, ?, ?, ?, ?)"
_SAMPLES = [
    "generously",
    "organizations",
    "believing",
    "beautiful",
    "parliament",
    "government",
    "conditions",
    "nationale",
    "heureusement",
    "continuellement",
    "aufgeregtheiten",
    "wirtschaftlichen",
    "trabajadores",
    "felicidad",
    "abbandonata",
    "possibilmente",
    "oportunidades",
    "governamental",
    "gebeurtenissen",
    "regeringarna",
    "opmerkelijke",
    "правительственный",
    "возможности",
    "mahdollisuudet",
    "lehetőségek",
    "oportunități",
    "المدرسة",
    "frontières",
    "aviões",
    "luces",
    "praze",
    "мистецтва",
]


class Indexing:
    """What one transaction puts into the index and takes out of it, all written at its end.

    FTS5 gathers words in memory and writes them out early, a segment an article, where another
    statement comes between or the places do not ascend; that would cost six times as much.
    """

    def __init__(self) -> None:
        self._new: dict[int, Columns] = {}
        self._old: list[tuple[int, Columns]] = []

    def put(self, n: int, told: Columns) -> None:
        """Put the words of the article at a place into the index."""
        self._new[n] = told

    def take(self, n: int, article: Article) -> None:
        """Take an article out of the index: as it was when it was put in."""
        if self._new.pop(n, None) is None:
            self._old.append((n, words_of(article)))

    def write(self, connection: sqlite3.Connection) -> None:
        """Write all of it."""
        connection.executemany(_TAKE, [(n, *told) for n, told in sorted(self._old)])
        connection.executemany(_PUT, [(n, *told) for n, told in sorted(self._new.items())])


def make_again(connection: sqlite3.Connection, articles: Iterable[Placed]) -> None:
    """Make the index again from all articles and their places."""
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    connection.executemany(_PUT, ((n, *words_of(article)) for n, article in articles))
    keep_fingerprint(connection)


@cache
def fingerprint() -> str:
    """Return what is characteristic for the words that are put into the index."""
    words = [stemmed(word, language) for language in sorted(STEMMED) for word in _SAMPLES]
    return f"{INDEX}-{hashlib.blake2b(' '.join(words).encode(), digest_size=8).hexdigest()}"


def keep_fingerprint(connection: sqlite3.Connection) -> None:
    """Note how the words in the index were made."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_KEY, fingerprint()))


def bring_up(
    connection: sqlite3.Connection, articles: Callable[[sqlite3.Connection], Iterable[Placed]]
) -> None:
    """Make the index again where its words were made otherwise than they are today."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
    if row is None:
        keep_fingerprint(connection)
    elif row[0] != fingerprint():
        make_again(connection, articles(connection))
