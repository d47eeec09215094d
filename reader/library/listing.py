"""Lists of articles by window, and the counts of each kind, answered by the archive's indexes."""

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from reader.library import feed_tags
from reader.library.archive import ids_json
from reader.library.matching import SHOWN, Condition
from reader.model import ArticleId, ArticleRow, Marks, SortOrder, SourceRow

FEW = 1000
"""So many removed articles are looked up one by one."""
Row = tuple[Any, ...]
Order = SortOrder | Literal["best"]
"""How a list is sorted; "best" puts first what fits the words best (BM25, titles first)."""

ORDERS: dict[Order, str] = {
    "best": "bm25(search, 8, 1, 2, 4, 0.5), a.n DESC",
    "newest": "a.n DESC",
    "oldest": "a.n",
    "source": "s.folded, s.id, a.n DESC",
    "unread": "a.unread DESC, a.n DESC",
}
_ROW = (
    "a.n, a.id, s.name, a.title, a.added, a.url, a.author, a.language, a.published, a.revision,"
    " a.feed, a.starter, a.excerpt, a.stripped, a.story, a.unread, a.starred, a.tags, a.position,"
    " a.noted, a.removed"
)


def places(
    connection: sqlite3.Connection,
    condition: Condition,
    order: Order,
    offset: int,
    limit: int | None,
    *,
    column: str = "a.n",
) -> list[int]:
    """Return a window of a list, as the articles' places in time (or another of their numbers)."""
    rows = connection.execute(
        f"SELECT {column} FROM {_tables(condition, order)} WHERE {condition.clause}"
        f" ORDER BY {_order(condition, order)} LIMIT ? OFFSET ?",
        (*condition.bound, -1 if limit is None else limit, offset),
    )
    return [row[0] for row in rows]


def _tables(condition: Condition, order: Order) -> str:
    if order != "source":
        return condition.tables
    if condition.match is not None:
        return f"{condition.tables} JOIN sources s ON s.id = a.source"
    return "sources s CROSS JOIN articles a ON a.source = s.id"


def _order(condition: Condition, order: Order) -> str:
    if order == "best" and condition.match is None:
        order = "newest"  # without words, nothing fits better than anything else
    # by the index's own rowid, FTS5 gives its hits in order and stops when there are enough
    column = "search.rowid" if condition.match is not None else "a.n"
    return ORDERS[order].replace("a.n", column)


def rows(
    connection: sqlite3.Connection, numbers: Sequence[int], key: str = "n"
) -> list[ArticleRow]:
    """Return the rows of articles, in the order given (by place, or by `key` "id")."""
    found = connection.execute(
        f"SELECT {_ROW} FROM articles a JOIN sources s ON s.id = a.source"
        f" WHERE a.{key} IN (SELECT value FROM json_each(?))",
        (ids_json(numbers),),
    )
    at = 0 if key == "n" else 1
    by_number = {row[at]: row for row in found}
    tags = feed_tags.of_feeds(connection, (row[10] for row in by_number.values() if row[10]))
    return [row_of(by_number[number], tags) for number in numbers if number in by_number]


def row_of(row: Sequence[Any], feed_tags: Mapping[str, tuple[str, ...]]) -> ArticleRow:
    """Return a row of the archive as a row of a list; `feed_tags` are the tags of feeds."""
    return ArticleRow(
        id=ArticleId(row[1]),
        source=row[2],
        title=row[3],
        added=datetime.fromisoformat(row[4]),
        url=row[5],
        author=row[6],
        language=row[7],
        published=row[8] and datetime.fromisoformat(row[8]),
        revision=row[9],
        feed=row[10],
        starter=bool(row[11]),
        excerpt=bool(row[12]),
        stripped=row[13],
        story=row[14],
        feed_tags=feed_tags.get(row[10], ()),
        marks=Marks(
            read=not row[15],
            starred=bool(row[16]),
            tags=tuple(json.loads(row[17])) if row[17] else (),
            position=row[18],
            annotations=row[19],
            removed=bool(row[20]),
        ),
    )


def count(connection: sqlite3.Connection, condition: Condition) -> int:
    """Count the articles that a condition holds for."""
    if condition.match is not None and condition.where == [SHOWN]:
        return _count_words(connection, condition)
    sql = f"SELECT count(*) FROM {condition.tables} WHERE {condition.clause}"
    return _number(connection, sql, condition.bound)


def _count_words(connection: sqlite3.Connection, condition: Condition) -> int:
    """Count by the full-text index alone, less what is removed: ten times as fast."""
    removed = _number(connection, "SELECT count(*) FROM articles WHERE removed = 1")
    if removed > FEW:
        sql = f"SELECT count(*) FROM {condition.tables} WHERE {condition.clause}"
        return _number(connection, sql, condition.bound)
    match = [condition.match]
    found = _number(connection, "SELECT count(*) FROM search WHERE search MATCH ?", match)
    if removed:
        found -= _number(
            connection,
            "SELECT count(*) FROM articles a CROSS JOIN search ON search.rowid = a.n"
            " WHERE a.removed = 1 AND search MATCH ?",
            match,
        )
    return found


def _number(connection: sqlite3.Connection, sql: str, values: Sequence[Any] = ()) -> int:
    return int(connection.execute(sql, values).fetchone()[0])


# What stands before an article; each condition is answered by one stretch of an index.
_NEWER = "a.n > :n"
_BEFORE: dict[Order, tuple[str, ...]] = {
    "best": (_NEWER,),
    "newest": (_NEWER,),
    "oldest": ("a.n < :n",),
    "source": (
        "s.folded < :folded",
        "s.folded = :folded AND s.id < :source",
        "s.id = :source AND a.n > :n",
    ),
}


def _conditions_before(order: Order, numbers: dict[str, Any]) -> tuple[str, ...]:
    if order != "unread":
        return _BEFORE[order]
    if numbers["unread"]:
        return ("a.unread = 1 AND a.n > :n",)
    return ("a.unread = 1", "a.unread = 0 AND a.n > :n")


def place(
    connection: sqlite3.Connection, condition: Condition, order: Order, id_: ArticleId
) -> int | None:
    """Return at which place of a list an article stands, from 0; None where it is not in it."""
    row = connection.execute("SELECT n FROM articles WHERE id = ?", (id_,)).fetchone()
    if row is None or not count(connection, at_place(condition, row[0])):
        return None
    return before(connection, condition, order, row[0])


def before(connection: sqlite3.Connection, condition: Condition, order: Order, n: int) -> int:
    """Count what a list has before the article at a place in time."""
    if order == "best" and condition.match is not None:
        return places(connection, condition, order, 0, None).index(n)
    row = connection.execute(
        "SELECT a.n, a.unread, s.folded, s.id FROM articles a JOIN sources s ON s.id = a.source"
        " WHERE a.n = ?",
        (n,),
    ).fetchone()
    numbers = dict(zip(("n", "unread", "folded", "source"), row, strict=True))
    return sum(
        _count_also(connection, condition, order, *_positional(clause, numbers))
        for clause in _conditions_before(order, numbers)
    )


def _count_also(
    connection: sqlite3.Connection, condition: Condition, order: Order, clause: str, values: Row
) -> int:
    tables = _tables(condition, order)
    sql = f"SELECT count(*) FROM {tables} WHERE {condition.clause} AND {clause}"
    return _number(connection, sql, (*condition.bound, *values))


def at_place(condition: Condition, n: int) -> Condition:
    """Return the condition for what is found at one place in time."""
    column = "search.rowid" if condition.match is not None else "a.n"
    return replace(
        condition, where=[*condition.where, f"{column} = ?"], values=[*condition.values, n]
    )


def _positional(clause: str, numbers: dict[str, Any]) -> tuple[str, Row]:
    """Put plain placeholders in the places of named ones (the two kinds do not mix)."""
    values = tuple(numbers[name] for name in re.findall(r":(\w+)", clause))
    return re.sub(r":\w+", "?", clause), values


def sources(connection: sqlite3.Connection) -> list[SourceRow]:
    """Return what there is: all, unread, starred, noted, then the tags, then the outlets."""
    outlets = connection.execute(
        "SELECT name, articles, unread FROM sources WHERE articles > 0 ORDER BY folded, id"
    ).fetchall()
    totals = {row[0]: row[1:] for row in connection.execute("SELECT * FROM totals")}
    articles, unread = sum(row[1] for row in outlets), sum(row[2] for row in outlets)
    return [
        SourceRow("all", "", articles, unread),
        SourceRow("unread", "", unread, unread),
        SourceRow("starred", "", *totals["starred"]),
        SourceRow("noted", "", *totals["noted"]),
        *(SourceRow("tag", *row) for row in feed_tags.counted(connection)),
        *(SourceRow("outlet", *row) for row in outlets),
    ]


def how_many(connection: sqlite3.Connection, ids: str, column: str, value: int) -> tuple[int, int]:
    """Return how many of the ids (a JSON array) are articles, and of how many a mark is so."""
    row = connection.execute(
        f"SELECT count(*), ifnull(sum(a.{column} = ?), 0)"
        " FROM json_each(?) j CROSS JOIN articles a ON a.id = j.value",
        (value, ids),
    ).fetchone()
    return row[0], row[1]


def states(
    connection: sqlite3.Connection, ids: Iterable[ArticleId]
) -> list[tuple[int, int, int, int, str | None]]:
    """Return (id, unread, starred, removed, tags) of articles, those that are there."""
    return connection.execute(
        "SELECT id, unread, starred, removed, tags FROM articles"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (ids_json(ids),),
    ).fetchall()
