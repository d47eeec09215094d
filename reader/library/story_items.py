"""What the archive keeps of clustering: each article's vector and story, and the term counts."""

import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from reader.library.archive import ids_json
from reader.stories import Item


def pending(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Return the first articles in time that have no place among the stories yet."""
    rows = connection.execute(
        "SELECT p.article FROM story_pending p JOIN articles a ON a.id = p.article"
        " ORDER BY a.n LIMIT ?",
        (limit,),
    )
    return [row[0] for row in rows]


def all_pending(connection: sqlite3.Connection, ids: Collection[int]) -> bool:
    """Tell whether none of these articles was given its place in the meantime."""
    count = connection.execute(
        "SELECT count(*) FROM story_pending WHERE article IN (SELECT value FROM json_each(?))",
        (ids_json(ids),),
    ).fetchone()[0]
    return bool(count == len(ids))


def seen(connection: sqlite3.Connection, terms: Iterable[str]) -> tuple[Counter[str], int]:
    """Return in how many articles these terms were seen, and how many articles were counted."""
    rows = connection.execute(
        "SELECT term, seen FROM story_terms WHERE term IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(terms))),),
    )
    counts = Counter(dict(rows.fetchall()))
    return counts, connection.execute("SELECT count(*) FROM story_items").fetchone()[0]


def keep(
    connection: sqlite3.Connection,
    assigned: Collection[tuple[Item, int]],
    terms: Mapping[str, int],
) -> None:
    """Keep new assignments (article, story) and how many of the articles hold each term."""
    connection.executemany(
        "INSERT OR REPLACE INTO story_items VALUES (?, ?, ?, ?)",
        [(item.id, story, int(item.when.timestamp()), _packed(item)) for item, story in assigned],
    )
    connection.executemany(
        "INSERT INTO story_terms VALUES (?, ?)"
        " ON CONFLICT (term) DO UPDATE SET seen = seen + excluded.seen",
        sorted(terms.items()),
    )
    connection.execute(
        "DELETE FROM story_pending WHERE article IN (SELECT value FROM json_each(?))",
        (ids_json(item.id for item, _ in assigned),),
    )


_ITEM = (
    "SELECT i.story, a.id, a.title, s.name, a.published, a.added, a.language, i.vector"
    " FROM story_items i JOIN articles a ON a.id = i.article JOIN sources s ON s.id = a.source"
)


def between(
    connection: sqlite3.Connection, first: datetime, last: datetime
) -> list[tuple[int, Item]]:
    """Return the articles of a span of time, with the story that each was assigned to."""
    rows = connection.execute(
        f"{_ITEM} WHERE i.second BETWEEN ? AND ? ORDER BY a.n",
        (int(first.timestamp()), int(last.timestamp())),
    )
    return [_item(row) for row in rows]


def of_articles(connection: sqlite3.Connection, ids: Iterable[int]) -> list[tuple[int, Item]]:
    """Return articles in the order of time, with the story that each was assigned to."""
    rows = connection.execute(
        f"{_ITEM} WHERE i.article IN (SELECT value FROM json_each(?)) ORDER BY a.n",  # noqa: S608
        (ids_json(ids),),
    )
    return [_item(row) for row in rows]


def _packed(item: Item) -> bytes:
    rounded = {term: round(value, 4) for term, value in item.vector.items()}
    told = [rounded, item.words]
    return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())


def _item(row: tuple[int, int, str, str, str | None, str, str | None, bytes]) -> tuple[int, Item]:
    story, id_, title, source, published, added, language, vector = row
    when = datetime.fromisoformat(published or added)
    weights, words = json.loads(zlib.decompress(vector))
    return story, Item(id_, title, source, when, published is not None, language, weights, words)
