"""Lists of stories by window, answered by the archive: which stories, which articles in them."""

import sqlite3
from collections.abc import Iterable, Sequence

from reader.library.archive import ids_json
from reader.model import Article, ArticleId, StoryOrder
from reader.text.copies import same_copy
from reader.text.words import words

_ORDERS: dict[StoryOrder, str] = {
    "newest": "max(n) DESC",
    "largest": "count(*) DESC, max(n) DESC",
    "unread": "sum(unread) > 0 DESC, max(n) DESC",
}
_WITHIN = (
    " AND story IN (SELECT story FROM articles"
    " WHERE removed = 0 AND id IN (SELECT value FROM json_each(:ids)))"
)


def numbers(
    connection: sqlite3.Connection,
    articles: Iterable[ArticleId] | None,
    order: StoryOrder,
    offset: int,
    limit: int | None,
) -> list[int]:
    """Return a window of the stories with two articles or more that any of these belongs to."""
    within = "" if articles is None else _WITHIN
    rows = connection.execute(
        f"SELECT story FROM articles WHERE story IS NOT NULL AND removed = 0{within}"  # noqa: S608
        f" GROUP BY story HAVING count(*) > 1 ORDER BY {_ORDERS[order]}, story DESC"
        " LIMIT :limit OFFSET :offset",
        {
            "ids": ids_json(articles or ()),
            "limit": -1 if limit is None else limit,
            "offset": offset,
        },
    )
    return [row[0] for row in rows]


def members(connection: sqlite3.Connection, stories: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return the articles of stories, each with its story and whether it is unread (1 or 0)."""
    rows = connection.execute(
        "SELECT id, story, unread FROM articles"
        " WHERE removed = 0 AND story IN (SELECT value FROM json_each(?))",
        (ids_json(stories),),
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def in_stories(connection: sqlite3.Connection, ids: Iterable[ArticleId]) -> list[ArticleId]:
    """Return those of the articles that are in a story."""
    rows = connection.execute(
        "SELECT id FROM articles WHERE story IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        (ids_json(ids),),
    )
    return [ArticleId(row[0]) for row in rows]


def assigned(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, int]:
    """Return the story that clustering gave to each of these articles."""
    rows = connection.execute(
        "SELECT article, story FROM story_items WHERE article IN (SELECT value FROM json_each(?))",
        (ids_json(ids),),
    )
    return dict(rows.fetchall())


def copies(articles: Sequence[Article]) -> dict[ArticleId, ArticleId]:
    """Return which articles have, for the most part, the text of an earlier one, and of which."""
    originals: list[tuple[ArticleId, list[str]]] = []
    found: dict[ArticleId, ArticleId] = {}
    for article in articles:
        own = words(article.text, article.language)
        same = next((id_ for id_, other in originals if same_copy(own, other)), None)
        if same is None:
            originals.append((article.id, own))
        else:
            found[article.id] = same
    return found
