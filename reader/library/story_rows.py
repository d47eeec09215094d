"""Stories by window, in several orders, as they are shown; and which reports are copies."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from reader.library import story_items
from reader.library.archive import ids_json
from reader.model import ArticleId, Story, StoryOrder
from reader.stories import MEMBERS, Report, central, explain

_ORDERS: dict[StoryOrder, str] = {
    "newest": "last DESC",
    "largest": "articles DESC, last DESC",
    "unread": "unread > 0 DESC, last DESC",
}
_BEFORE: dict[StoryOrder, str] = {
    "newest": "last > :last",
    "largest": "(articles, last) > (:articles, :last)",
    "unread": "(unread > 0, last) > (:unread > 0, :last)",
}
_MEMBER = (
    "SELECT a.story, a.id, s.name, a.title, a.published, a.added, a.unread"
    " FROM articles a JOIN sources s ON s.id = a.source WHERE a.removed = 0"
)


def window(
    connection: sqlite3.Connection,
    order: StoryOrder,
    offset: int,
    limit: int | None,
    articles: Iterable[int] | None = None,
) -> list[int]:
    """Return the ids of stories of two articles or more: a window of all, or of some articles'."""
    chosen = "" if articles is None else (
        " AND id IN (SELECT story FROM articles WHERE removed = 0 AND story IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(:ids)))"
    )  # fmt: skip
    rows = connection.execute(
        f"SELECT id FROM stories WHERE articles > 1{chosen}"
        f" ORDER BY {_ORDERS[order]} LIMIT :limit OFFSET :offset",
        {
            "ids": ids_json(articles or ()),
            "limit": -1 if limit is None else limit,
            "offset": offset,
        },
    )
    return [row[0] for row in rows]


def tally(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return how many stories of two articles or more there are, and how many with unread ones."""
    row = connection.execute(
        "SELECT count(*), ifnull(sum(unread > 0), 0) FROM stories WHERE articles > 1"
    ).fetchone()
    return row[0], row[1]


def place(connection: sqlite3.Connection, story: int, order: StoryOrder) -> int | None:
    """Return at which place of the list a story stands, from 0; None where it does not."""
    row = connection.execute(
        "SELECT articles, unread, last FROM stories WHERE id = ? AND articles > 1", (story,)
    ).fetchone()
    if row is None:
        return None
    values = dict(zip(("articles", "unread", "last"), row, strict=True))
    found = connection.execute(
        f"SELECT count(*) FROM stories WHERE articles > 1 AND {_BEFORE[order]}",
        values,
    )
    return int(found.fetchone()[0])


def in_stories(connection: sqlite3.Connection, ids: Iterable[ArticleId]) -> list[ArticleId]:
    """Return those of the articles that are in a story."""
    rows = connection.execute(
        "SELECT id FROM articles WHERE story IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        (ids_json(ids),),
    )
    return [ArticleId(row[0]) for row in rows]


def has_members(connection: sqlite3.Connection, story: int) -> bool:
    """Tell whether an article that was not removed is in a story."""
    return connection.execute("SELECT 1 FROM stories WHERE id = ?", (story,)).fetchone() is not None


def built(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Story]:
    """Return stories as they are shown, in the order of their ids."""
    rows = connection.execute(
        f"{_MEMBER} AND a.story IN (SELECT value FROM json_each(?)) ORDER BY a.n",
        (ids_json(ids),),
    ).fetchall()
    members: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        members[row[0]].append(row)
    told = {story: held[-MEMBERS:] for story, held in members.items()}
    vectors = story_items.vectors(connection, [row[1] for held in told.values() for row in held])
    same = copies(connection, [row[1] for row in rows])
    reports = {
        story: [_report(row, *vectors.get(row[1], ({}, {}))) for row in held]
        for story, held in told.items()
    }
    return [_story(id_, members[id_], reports[id_], same) for id_ in ids if len(members[id_]) > 1]


def _report(row: Sequence[Any], vector: dict[str, float], words: dict[str, str]) -> Report:
    return Report(row[1], row[3], row[2], _when(row), vector, words)


def _when(row: Sequence[Any]) -> datetime:
    return datetime.fromisoformat(row[4] or row[5])


def _story(
    id_: int,
    rows: Sequence[Sequence[Any]],
    reports: Sequence[Report],
    same: Mapping[ArticleId, ArticleId],
) -> Story:
    articles = tuple(ArticleId(row[1]) for row in rows)
    return Story(
        id=id_,
        title=central(reports).title,
        articles=articles,
        sources=tuple(dict.fromkeys(row[2] for row in rows)),
        first=_when(rows[0]),
        last=_when(rows[-1]),
        terms=explain(reports),
        unread=sum(row[6] for row in rows),
        copies=tuple((copy, same[copy]) for copy in articles if copy in same),
    )


def copies(connection: sqlite3.Connection, articles: Iterable[int]) -> dict[ArticleId, ArticleId]:
    """Return those of the articles that are copies of another one, each with that other one.

    It is the one that came first; where that was removed or is in another story by now, the first
    of the others.
    """
    wanted = set(articles)
    rows = connection.execute(
        "WITH roots AS (SELECT original FROM story_copies"
        " WHERE article IN (SELECT value FROM json_each(:ids))"
        " UNION SELECT original FROM story_copies"
        " WHERE original IN (SELECT value FROM json_each(:ids)))"
        " SELECT r.original, a.story, a.id FROM roots r JOIN ("
        " SELECT original AS root, article FROM story_copies"
        " UNION ALL SELECT DISTINCT original, original FROM story_copies) c ON c.root = r.original"
        " JOIN articles a ON a.id = c.article"
        " WHERE a.removed = 0 AND a.story IS NOT NULL ORDER BY a.id <> r.original, a.n",
        {"ids": ids_json(wanted)},
    )
    groups: defaultdict[tuple[int, int], list[ArticleId]] = defaultdict(list)
    for root, story, article in rows:
        groups[root, story].append(ArticleId(article))
    return {
        copy: held[0]
        for held in groups.values()
        for copy in islice(held, 1, None)
        if copy in wanted
    }
