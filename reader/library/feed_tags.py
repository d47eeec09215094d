"""Articles carry the tags of their feed: what lists need for that, mirrored beside the articles.

A feed's tags belong to its subscription. They are not written to its articles: a query looks up
which feeds have the tag, so that a change acts at once, on one row a feed, and what the reader
tagged with a hand of their own stays apart from it (retention asks for that).
"""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from reader.library.journal import Edit
from reader.library.outlets import source_id
from reader.library.snapshot import Documents

SUBSCRIPTIONS = "subscriptions"
"""The notebook's table that says which tags a feed has."""

SCHEMA = """
CREATE TABLE feed_tags (
    folded TEXT NOT NULL,
    feed TEXT NOT NULL,
    name TEXT NOT NULL,
    subscription INTEGER NOT NULL,
    PRIMARY KEY (folded, feed)
) WITHOUT ROWID;
CREATE INDEX feed_tags_of ON feed_tags (feed);
-- articles and unread count what is not removed; triggers keep them
CREATE TABLE feed_counts (
    feed TEXT PRIMARY KEY,
    articles INTEGER NOT NULL,
    unread INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO feed_counts SELECT feed, count(*) - sum(removed), sum(unread * (1 - removed))
    FROM articles WHERE feed IS NOT NULL GROUP BY feed;
CREATE TRIGGER feed_came AFTER INSERT ON articles WHEN new.feed IS NOT NULL BEGIN
    INSERT INTO feed_counts VALUES (new.feed, 1 - new.removed, new.unread * (1 - new.removed))
        ON CONFLICT (feed) DO UPDATE SET
        articles = articles + excluded.articles, unread = unread + excluded.unread;
END;
CREATE TRIGGER feed_went AFTER DELETE ON articles WHEN old.feed IS NOT NULL BEGIN
    UPDATE feed_counts SET articles = articles - 1 + old.removed,
        unread = unread - old.unread * (1 - old.removed) WHERE feed = old.feed;
END;
CREATE TRIGGER feed_changed AFTER UPDATE OF unread, removed ON articles
WHEN new.feed IS NOT NULL AND (old.unread <> new.unread OR old.removed <> new.removed) BEGIN
    UPDATE feed_counts SET articles = articles + old.removed - new.removed,
        unread = unread + new.unread * (1 - new.removed) - old.unread * (1 - old.removed)
        WHERE feed = new.feed;
END;
-- an article that was there comes by a feed: it has no other feed before
CREATE TRIGGER feed_moved AFTER UPDATE OF feed ON articles WHEN old.feed IS NOT new.feed BEGIN
    UPDATE feed_counts SET articles = articles - 1 + old.removed,
        unread = unread - old.unread * (1 - old.removed) WHERE feed = old.feed;
    INSERT INTO feed_counts SELECT new.feed, 1 - new.removed, new.unread * (1 - new.removed)
        WHERE new.feed IS NOT NULL
        ON CONFLICT (feed) DO UPDATE SET
        articles = articles + excluded.articles, unread = unread + excluded.unread;
END;
"""

RECOUNTED = """
SELECT count(*) FROM feed_counts c LEFT JOIN (
    SELECT feed, count(*) AS held, sum(unread) AS new FROM articles
    WHERE removed = 0 AND feed IS NOT NULL GROUP BY feed) a ON a.feed = c.feed
WHERE c.articles <> ifnull(a.held, 0) OR c.unread <> ifnull(a.new, 0)
"""
"""Counts the feeds whose counts are wrong."""
RECOUNT = """
UPDATE feed_counts SET (articles, unread) = (
    SELECT count(*), ifnull(sum(a.unread), 0) FROM articles a
    WHERE a.feed = feed_counts.feed AND a.removed = 0)
"""


def put_all(connection: sqlite3.Connection, subscriptions: Documents) -> None:
    """Lay down the tags of all feeds, in the place of what was there."""
    connection.execute("DELETE FROM feed_tags")
    for number, document in subscriptions.items():
        _put(connection, int(number), document)


def apply(connection: sqlite3.Connection, edit: Edit) -> None:
    """Apply an edit of the subscriptions."""
    if edit.put is None and not edit.drop and "tags" not in (edit.set or {}):
        return
    for number in edit.ids:
        rows = connection.execute("SELECT feed FROM feed_tags WHERE subscription = ?", (number,))
        feed = next(rows, (None,))[0]
        connection.execute("DELETE FROM feed_tags WHERE subscription = ?", (number,))
        _put(connection, number, {"key": feed, **(edit.put or edit.set or {})})
        if edit.put:
            _call(connection, edit.put)


def _call(connection: sqlite3.Connection, document: Mapping[str, Any]) -> None:
    """Give the articles of a feed the outlet's name that it has, also where a new one is undone."""
    name = str(document.get("name") or document.get("title") or "")
    if name and document.get("key"):
        number = source_id(connection, _fit(name))
        connection.execute(
            "UPDATE articles SET source = ? WHERE feed = ? AND source <> ?",
            (number, document["key"], number),
        )


def _put(connection: sqlite3.Connection, number: int, document: Mapping[str, Any]) -> None:
    feed = document.get("key")
    connection.executemany(
        "INSERT OR REPLACE INTO feed_tags VALUES (?, ?, ?, ?)",
        [(tag.casefold(), feed, tag, number) for tag in _tags(document)],
    )


def _tags(document: Mapping[str, Any]) -> list[str]:
    """Return the tags of a feed; a document that another program wrote may hold anything.

    Lone surrogates among it, which SQLite does not take.
    """
    tags, feed = document.get("tags"), document.get("key")
    if not isinstance(tags, list) or not isinstance(feed, str) or _fit(feed) != feed:
        return []
    return [_fit(tag) for tag in tags if isinstance(tag, str)]


def _fit(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def said(subscriptions: Documents) -> set[tuple[str, str]]:
    """Return what the notebook says: (tag, folded, and feed)."""
    return {
        (tag.casefold(), document["key"])
        for document in subscriptions.values()
        for tag in _tags(document)
    }


def mirrored(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Return what the mirror says, in the same form."""
    return set(connection.execute("SELECT folded, feed FROM feed_tags").fetchall())


def of_feeds(connection: sqlite3.Connection, feeds: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the tags of these feeds in alphabetical order; feeds without tags are left out."""
    found: dict[str, tuple[str, ...]] = {}
    for feed in dict.fromkeys(feeds):
        rows = connection.execute(
            "SELECT name FROM feed_tags WHERE feed = ? ORDER BY folded", (feed,)
        ).fetchall()
        if rows:
            found[feed] = tuple(row[0] for row in rows)
    return found


_OF_FEEDS = """
SELECT f.folded, min(f.name), sum(c.articles), sum(c.unread)
FROM feed_tags f JOIN feed_counts c ON c.feed = f.feed GROUP BY f.folded
"""
_OF_BOTH = """
SELECT t.folded, count(*), sum(a.unread)
FROM tags t CROSS JOIN article_tags x ON x.tag = t.id CROSS JOIN articles a ON a.n = x.n
WHERE t.folded IN (SELECT folded FROM feed_tags) AND a.removed = 0
AND EXISTS (SELECT 1 FROM feed_tags f WHERE f.folded = t.folded AND f.feed = a.feed)
GROUP BY t.folded
"""


def counted(connection: sqlite3.Connection) -> list[tuple[str, int, int]]:
    """Return all tags in use with their articles and unread ones, in alphabetical order.

    An article counts once for a tag, however it has it.
    """
    own = connection.execute("SELECT folded, name, articles, unread FROM tags").fetchall()
    found = {folded: (name, articles, unread) for folded, name, articles, unread in own}
    for folded, name, articles, unread in connection.execute(_OF_FEEDS).fetchall():
        before = found.get(folded, (name, 0, 0))
        shown = before[0] if before[1] else name
        found[folded] = (shown, before[1] + articles, before[2] + unread)
    for folded, articles, unread in connection.execute(_OF_BOTH).fetchall():
        name, total, new = found[folded]
        found[folded] = (name, total - articles, new - unread)
    return [found[folded] for folded in sorted(found) if found[folded][1] > 0]
