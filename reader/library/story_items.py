"""What the archive keeps of clustering: vectors, which articles hold a term, how often terms are.

It can all be made again from the articles; each article that awaits its place is in a table of its
own, so that what was interrupted goes on where it stopped.
"""

import json
import sqlite3
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from reader.library.archive import ids_json
from reader.stories import REMEMBERED, STEPS, Item, Place, Placed

_ITEM = "number, article, second, dated, language, story, vector"
Row = tuple[int, int, int, int, str | None, int, bytes]


def pending(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Return the first articles in time that have no place among the stories yet."""
    # CROSS JOIN: looks at what awaits its place only, not at each article in order of time
    rows = connection.execute(
        "SELECT p.article FROM story_pending p CROSS JOIN articles a ON a.id = p.article"
        " ORDER BY a.n LIMIT ?",
        (limit,),
    )
    return [row[0] for row in rows]


def waiting(connection: sqlite3.Connection) -> bool:
    """Tell whether an article has no place among the stories yet."""
    return connection.execute("SELECT 1 FROM story_pending LIMIT 1").fetchone() is not None


def last(connection: sqlite3.Connection) -> int:
    """Return how many articles have been placed: the number of the last one."""
    found = connection.execute("SELECT max(number) FROM story_items").fetchone()[0]
    return int(found or 0)


def seen(connection: sqlite3.Connection, terms: Iterable[str]) -> dict[str, int]:
    """Return in how many articles these terms were seen, those that were."""
    return dict(
        connection.execute(
            "SELECT term, seen FROM story_terms WHERE term IN (SELECT value FROM json_each(?))",
            (json.dumps(list(terms)),),
        ).fetchall()
    )


def postings(
    connection: sqlite3.Connection, span: int, terms: Sequence[str]
) -> dict[str, "array[int]"]:
    """Return the numbers of the articles that hold terms in a span of time, the last ones."""
    rows = connection.execute(
        "SELECT term, articles FROM story_postings"
        " WHERE span = ? AND term IN (SELECT value FROM json_each(?))",
        (span, json.dumps(terms)),
    )
    found: dict[str, array[int]] = {}
    for term, packed in rows:
        found[term] = array("I")
        found[term].frombytes(packed)
    return found


def by_number(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[tuple[Item, int]]:
    """Return articles with the stories that they were given."""
    rows = connection.execute(
        f"SELECT {_ITEM} FROM story_items WHERE number IN (SELECT value FROM json_each(?))",
        (ids_json(numbers),),
    )
    return [_item(row) for row in rows]


def last_of(
    connection: sqlite3.Connection, stories: Collection[int], also: Collection[int], limit: int
) -> list[tuple[Item, int]]:
    """Return the last articles that were given these stories, and `also` others, newest first."""
    besides = " OR article IN (SELECT value FROM json_each(?))" if also else ""
    rows = connection.execute(
        f"SELECT {_ITEM} FROM story_items WHERE story IN (SELECT value FROM json_each(?)){besides}"
        " ORDER BY number DESC LIMIT ?",
        (ids_json(stories), *([ids_json(also)] if also else []), limit),
    )
    return [_item(row) for row in rows]


def keep(
    connection: sqlite3.Connection,
    placed: Sequence[Placed],
    words: Sequence[Mapping[str, str]],
    terms: Mapping[str, int],
) -> None:
    """Keep the places of articles, the words of their terms, and how many articles hold a term."""
    items = [(each.item, each.story) for each in placed]
    connection.executemany(
        "INSERT INTO story_items VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (i.number, i.id, i.second, i.dated, i.language, story, _packed(i, told))
            for (i, story), told in zip(items, words, strict=True)
        ],
    )
    connection.executemany(
        "INSERT INTO story_terms VALUES (?, ?)"
        " ON CONFLICT (term) DO UPDATE SET seen = seen + excluded.seen",
        sorted(terms.items()),
    )
    holding: dict[Place, array[int]] = {}
    for item, _ in items:
        for place in item.places():
            holding.setdefault(place, array("I")).append(item.number)
    connection.executemany(
        # what || makes of bytes is called text, with the same bytes in it
        "INSERT INTO story_postings VALUES (?1, ?2, ?3) ON CONFLICT (span, term) DO UPDATE SET"
        " articles = substr(CAST(articles || excluded.articles AS BLOB), -4 * ?4)",
        [(*place, numbers.tobytes(), REMEMBERED) for place, numbers in sorted(holding.items())],
    )


def done(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Note that articles no longer await their places."""
    connection.executemany(
        "DELETE FROM story_pending WHERE article = ?", [(article,) for article in articles]
    )


def vectors(
    connection: sqlite3.Connection, articles: Iterable[int]
) -> dict[int, tuple[dict[str, float], dict[str, str]]]:
    """Return the vectors of articles, and the words that their heaviest terms stand for."""
    rows = connection.execute(
        "SELECT article, vector FROM story_items WHERE article IN (SELECT value FROM json_each(?))",
        (ids_json(articles),),
    )
    return {article: _unpacked(packed) for article, packed in rows}


def _packed(item: Item, words: Mapping[str, str]) -> bytes:
    """Return a vector in few bytes: its weights as numbers of steps, the terms, their words."""
    steps = array("H", [round(value * STEPS) for value in item.vector.values()])
    told = f"{' '.join(item.vector)}\n{' '.join(words.values())}".encode()
    return zlib.compress(len(steps).to_bytes(2) + steps.tobytes() + told, 1)


def _unpacked(packed: bytes) -> tuple[dict[str, float], dict[str, str]]:
    raw = zlib.decompress(packed)
    end = 2 + 2 * int.from_bytes(raw[:2])
    steps = array("H")
    steps.frombytes(raw[2:end])
    listed, _, written = raw[end:].decode().partition("\n")
    terms = list(map(sys.intern, listed.split(" ")))
    weights = [step / STEPS for step in steps]
    return dict(zip(terms, weights, strict=False)), dict(
        zip(terms, written.split(" "), strict=False)
    )


def _item(row: Row) -> tuple[Item, int]:
    number, article, second, dated, language, story, packed = row
    return Item(number, article, second, bool(dated), language, _unpacked(packed)[0]), story


def counted(told: Iterable[Mapping[str, float]]) -> Counter[str]:
    """Return in how many of the articles each term is."""
    return Counter(term for weights in told for term in weights)
