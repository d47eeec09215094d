"""The archive's format: how it is made, and how older forms become today's."""

import contextlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from reader.library import feed_tags
from reader.library.files import open_private, sync_folder
from reader.library.story_tables import SCHEMA as STORY_TABLES

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- articles and unread count what is not removed; triggers keep them
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    folded TEXT NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX sources_in_order ON sources (folded, id);

-- n is the place in time: seconds since 1970 << 24, and a number that tells apart what is equal;
-- so each index ends in the order of time, and the full-text index gives the newest first
CREATE TABLE articles (
    n INTEGER PRIMARY KEY,
    id INTEGER NOT NULL UNIQUE,
    identity TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES sources,
    title TEXT NOT NULL,
    url TEXT,
    author TEXT,
    language TEXT,
    published TEXT,
    added TEXT NOT NULL,
    revision INTEGER NOT NULL,
    feed TEXT,
    starter INTEGER NOT NULL,
    excerpt INTEGER NOT NULL,
    stripped INTEGER NOT NULL,
    digest BLOB NOT NULL,
    story INTEGER,
    -- the mirror of the notebook
    unread INTEGER NOT NULL DEFAULT 1,
    starred INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0,
    position INTEGER NOT NULL DEFAULT 0,
    noted INTEGER NOT NULL DEFAULT 0,
    tags TEXT
);
CREATE INDEX visible ON articles (removed) WHERE removed = 0;
CREATE INDEX taken_out ON articles (removed) WHERE removed = 1;
CREATE INDEX by_unread ON articles (unread) WHERE removed = 0;
CREATE INDEX by_source ON articles (source) WHERE removed = 0;
CREATE INDEX by_source_unread ON articles (source, unread) WHERE removed = 0;
CREATE INDEX by_starred ON articles (unread) WHERE starred = 1 AND removed = 0;
CREATE INDEX by_noted ON articles (unread) WHERE noted > 0 AND removed = 0;
CREATE INDEX by_language ON articles (language) WHERE removed = 0;
CREATE INDEX by_story ON articles (story) WHERE story IS NOT NULL;
CREATE INDEX by_starter ON articles (starter) WHERE starter = 1;
CREATE INDEX by_excerpt ON articles (excerpt) WHERE excerpt = 1;

CREATE TABLE revisions (
    article INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    title TEXT NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (article, revision)
);

CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    articles INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE article_tags (
    tag INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (tag, n)
) WITHOUT ROWID;
CREATE INDEX tags_of ON article_tags (n, tag);

CREATE TABLE annotated (id INTEGER PRIMARY KEY, article INTEGER NOT NULL);
CREATE INDEX annotated_articles ON annotated (article);

-- the notebook's documents about articles that are not (or not yet) in the archive
CREATE TABLE waiting (article INTEGER PRIMARY KEY, document TEXT NOT NULL);

CREATE TABLE languages (code TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (
    title, body, author, title_forms, forms,
    content = '', tokenize = "ascii tokenchars '_'"
);
"""

TRIGGERS = """
CREATE TRIGGER article_came AFTER INSERT ON articles BEGIN
    UPDATE sources SET articles = articles + 1 - new.removed,
        unread = unread + new.unread * (1 - new.removed) WHERE id = new.source;
END;
CREATE TRIGGER article_went AFTER DELETE ON articles BEGIN
    UPDATE sources SET articles = articles - 1 + old.removed,
        unread = unread - old.unread * (1 - old.removed) WHERE id = old.source;
END;
CREATE TRIGGER article_changed AFTER UPDATE OF unread, removed ON articles
WHEN old.unread <> new.unread OR old.removed <> new.removed BEGIN
    UPDATE sources SET articles = articles + old.removed - new.removed,
        unread = unread + new.unread * (1 - new.removed) - old.unread * (1 - old.removed)
        WHERE id = new.source;
    UPDATE tags SET articles = articles + old.removed - new.removed,
        unread = unread + new.unread * (1 - new.removed) - old.unread * (1 - old.removed)
        WHERE new.tags IS NOT NULL AND id IN (SELECT tag FROM article_tags WHERE n = new.n);
END;
CREATE TRIGGER article_moved AFTER UPDATE OF source ON articles WHEN old.source <> new.source BEGIN
    UPDATE sources SET articles = articles - 1 + new.removed,
        unread = unread - new.unread * (1 - new.removed) WHERE id = old.source;
    UPDATE sources SET articles = articles + 1 - new.removed,
        unread = unread + new.unread * (1 - new.removed) WHERE id = new.source;
END;
CREATE TRIGGER tag_came AFTER INSERT ON article_tags BEGIN
    UPDATE tags SET (articles, unread) = (
        SELECT tags.articles + 1 - a.removed, tags.unread + a.unread * (1 - a.removed)
        FROM articles a WHERE a.n = new.n) WHERE id = new.tag;
END;
CREATE TRIGGER tag_went AFTER DELETE ON article_tags BEGIN
    UPDATE tags SET (articles, unread) = (
        SELECT tags.articles - 1 + a.removed, tags.unread - a.unread * (1 - a.removed)
        FROM articles a WHERE a.n = old.n) WHERE id = old.tag;
END;
"""


# a vector is zlib-packed JSON, [{term: weight}, {term: word}]; what is pending has no place among
# the stories yet
STORIES = """
CREATE TABLE story_items (
    article INTEGER PRIMARY KEY,
    story INTEGER NOT NULL,
    second INTEGER NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX story_items_in_time ON story_items (second);
CREATE INDEX story_items_by_story ON story_items (story);
CREATE TABLE story_terms (term TEXT PRIMARY KEY, seen INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE story_pending (article INTEGER PRIMARY KEY);
INSERT INTO story_pending SELECT id FROM articles;
CREATE TRIGGER story_awaited AFTER INSERT ON articles BEGIN
    INSERT OR IGNORE INTO story_pending VALUES (new.id);
END;
"""


# how the fetching of feeds stands; a renamed feed's articles are found by their feed
FEEDS = """
CREATE TABLE feeds (
    key TEXT PRIMARY KEY,
    etag TEXT,
    modified TEXT,
    digest TEXT,
    checked TEXT,
    succeeded TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    not_before TEXT,
    told INTEGER NOT NULL DEFAULT 0,
    gone INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX by_feed ON articles (feed) WHERE feed IS NOT NULL;
"""

# starred and noted have totals, as outlets and tags have; indexes that the planner takes by itself
# (without ANALYZE, whose statistics of one moment lead it astray at the next)
TALLIES = """
DROP INDEX visible;
CREATE INDEX visible ON articles (n) WHERE removed = 0;
DROP INDEX by_starred;
CREATE INDEX by_starred ON articles (starred) WHERE starred = 1 AND removed = 0;
DROP INDEX by_noted;
CREATE INDEX by_noted ON articles (noted > 0) WHERE removed = 0;
CREATE TABLE totals (
    name TEXT PRIMARY KEY, articles INTEGER NOT NULL, unread INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO totals SELECT 'starred', count(*), ifnull(sum(unread), 0) FROM articles
    WHERE starred = 1 AND removed = 0;
INSERT INTO totals SELECT 'noted', count(*), ifnull(sum(unread), 0) FROM articles
    WHERE noted > 0 AND removed = 0;
CREATE TRIGGER total_changed AFTER UPDATE OF unread, removed, starred, noted ON articles
WHEN old.starred OR new.starred OR old.noted OR new.noted BEGIN
    UPDATE totals SET
        articles = articles + (new.starred AND NOT new.removed)
            - (old.starred AND NOT old.removed),
        unread = unread + (new.starred AND new.unread AND NOT new.removed)
            - (old.starred AND old.unread AND NOT old.removed)
        WHERE name = 'starred';
    UPDATE totals SET
        articles = articles + (new.noted AND NOT new.removed) - (old.noted AND NOT old.removed),
        unread = unread + (new.noted AND new.unread AND NOT new.removed)
            - (old.noted AND old.unread AND NOT old.removed)
        WHERE name = 'noted';
END;
CREATE TRIGGER total_went AFTER DELETE ON articles
WHEN NOT old.removed AND (old.starred OR old.noted) BEGIN
    UPDATE totals SET articles = articles - 1, unread = unread - old.unread
        WHERE name = 'starred' AND old.starred OR name = 'noted' AND old.noted;
END;
"""


def _first(connection: sqlite3.Connection) -> None:
    _run(connection, TABLES)
    _run(connection, TRIGGERS)


def _stories(connection: sqlite3.Connection) -> None:
    _run(connection, STORIES)


def _feeds(connection: sqlite3.Connection) -> None:
    _run(connection, FEEDS)


def _tallies(connection: sqlite3.Connection) -> None:
    _run(connection, TALLIES)


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Execute statements one by one (`executescript` would end the transaction)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def _completed(connection: sqlite3.Connection) -> None:
    """Add which articles were completed from their pages, and from what the feed had said."""
    connection.execute("CREATE TABLE completed (article INTEGER PRIMARY KEY, digest BLOB NOT NULL)")


REVISIONS = """
CREATE TABLE revision_times (
    article INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    came TEXT NOT NULL,
    PRIMARY KEY (article, revision)
) WITHOUT ROWID;
CREATE TABLE changed_since_read (article INTEGER PRIMARY KEY, revision INTEGER NOT NULL);
"""


def _revised(connection: sqlite3.Connection) -> None:
    """Add when revisions came, and which articles changed after they were read."""
    _run(connection, REVISIONS)


# what was retired stays known by its number, so that its feed does not bring it back as new; pages
# of teasers that could not be had are asked for again later
OF_FEEDS = """
CREATE TABLE retired (article INTEGER PRIMARY KEY);
CREATE TRIGGER retired_came AFTER INSERT ON articles BEGIN
    DELETE FROM retired WHERE article = new.id;
END;
CREATE TABLE pages (
    article INTEGER PRIMARY KEY,
    failures INTEGER NOT NULL,
    not_before TEXT NOT NULL,
    reason TEXT NOT NULL
);
DELETE FROM meta WHERE key = 'mirror';
"""


def _of_feeds(connection: sqlite3.Connection) -> None:
    """Add the tags of feeds, what was retired, and pages to be asked for again.

    The mirror is made again, as it holds the tags of feeds from now on.
    """
    _run(connection, feed_tags.SCHEMA)
    _run(connection, OF_FEEDS)


def _story_tables(connection: sqlite3.Connection) -> None:
    """Make clustering incremental, and add a table of the stories; they form again."""
    _run(connection, STORY_TABLES)


Migration = Callable[[sqlite3.Connection], None]
MIGRATIONS: tuple[Migration, ...] = (
    _first,
    _stories,
    _feeds,
    _tallies,
    _completed,
    _revised,
    _of_feeds,
    _story_tables,
)
"""Each makes the format of its place in the line, counted from 1, of the one before."""


def version(connection: sqlite3.Connection) -> int:
    """Return the format of an archive; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an archive to today's format, each step in a transaction; a copy is made before.

    The copy stays until the next change of format, for it is as large as the archive.
    """
    began = version(connection)
    if 0 < began < len(MIGRATIONS):
        _back_up(connection, path, began)
    while (reached := version(connection)) < len(MIGRATIONS):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version(connection) == reached:  # else another process was quicker
                MIGRATIONS[reached](connection)
                connection.execute(f"PRAGMA user_version = {reached + 1}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    if 0 < began < len(MIGRATIONS):
        for number in range(1, began):
            _copy_of(path, number).unlink(missing_ok=True)


def _copy_of(path: Path, number: int) -> Path:
    """Return the path of the copy that an archive of a format leaves behind."""
    return path.with_name(f"{path.stem}.format-{number}{path.suffix}")


def _back_up(connection: sqlite3.Connection, path: Path, reached: int) -> None:
    """Copy an archive beside itself, whole or not at all."""
    copy = _copy_of(path, reached)
    fresh = copy.with_name(copy.name + ".new")
    fresh.unlink(missing_ok=True)
    os.close(open_private(fresh))
    try:
        with contextlib.closing(sqlite3.connect(fresh)) as target:
            connection.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
            _check_sound(target)
        fresh.replace(copy)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    sync_folder(copy.parent)


def _check_sound(connection: sqlite3.Connection) -> None:
    if (found := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise sqlite3.DatabaseError(f"malformed: {found}")
