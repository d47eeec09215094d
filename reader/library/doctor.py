"""Whether a library is in order, and how it is put in order again.

What is true is the notebook for the reader's own work, and the revisions for the articles; counts,
mirror and full-text index follow from them and can be made again.
"""

import sqlite3
from collections.abc import Mapping
from typing import Any

from reader.errors import DamagedError, NotFoundError
from reader.library import feed_tags, fulltext, schema, story_tables
from reader.library.archive import Archive
from reader.library.feed_tags import SUBSCRIPTIONS
from reader.library.marks import ANNOTATIONS, fields_of
from reader.library.snapshot import ARTICLES, TAG, Documents
from reader.library.tokens import columns

_RECOUNTED = {
    "outlets": """
        SELECT count(*) FROM sources s LEFT JOIN (
            SELECT source, count(*) AS held, sum(unread) AS new FROM articles WHERE removed = 0
            GROUP BY source) c ON c.source = s.id
        WHERE s.articles <> ifnull(c.held, 0) OR s.unread <> ifnull(c.new, 0)""",
    "tags": """
        SELECT count(*) FROM tags t LEFT JOIN (
            SELECT x.tag, count(*) AS held, sum(a.unread) AS new FROM article_tags x
            JOIN articles a ON a.n = x.n WHERE a.removed = 0 GROUP BY x.tag) c ON c.tag = t.id
        WHERE t.articles <> ifnull(c.held, 0) OR t.unread <> ifnull(c.new, 0)""",
    "starred articles": """
        SELECT count(*) FROM totals t, (
            SELECT count(*) AS held, ifnull(sum(unread), 0) AS new FROM articles
            WHERE starred = 1 AND removed = 0) c
        WHERE t.name = 'starred' AND (t.articles <> c.held OR t.unread <> c.new)""",
    "noted articles": """
        SELECT count(*) FROM totals t, (
            SELECT count(*) AS held, ifnull(sum(unread), 0) AS new FROM articles
            WHERE noted > 0 AND removed = 0) c
        WHERE t.name = 'noted' AND (t.articles <> c.held OR t.unread <> c.new)""",
    "feeds": feed_tags.RECOUNTED,
    "stories": story_tables.RECOUNTED,
}
_PIECES = {
    (
        "article has another title in lists than in its text",
        "articles have another title in lists than in their text",
    ): """
        SELECT count(*) FROM articles a JOIN revisions r
        ON r.article = a.id AND r.revision = a.revision WHERE r.title <> a.title""",
    ("article has no outlet", "articles have no outlet"): """
        SELECT count(*) FROM articles WHERE source NOT IN (SELECT id FROM sources)""",
    (
        "place among the stories is of an article that is not there",
        "places among the stories are of articles that are not there",
    ): """
        SELECT count(*) FROM story_items WHERE article NOT IN (SELECT id FROM articles)""",
    (
        "article has no place among the stories and waits for none",
        "articles have no place among the stories and wait for none",
    ): """
        SELECT count(*) FROM articles WHERE id NOT IN (SELECT article FROM story_items)
        AND id NOT IN (SELECT article FROM story_pending)""",
}
_MEND = (
    """UPDATE articles SET title = (SELECT title FROM revisions r
        WHERE r.article = articles.id AND r.revision = articles.revision)
        WHERE EXISTS (SELECT 1 FROM revisions r WHERE r.article = articles.id
        AND r.revision = articles.revision AND r.title <> articles.title)""",
    """INSERT OR IGNORE INTO sources (id, name, folded)
        SELECT DISTINCT source, 'unknown outlet ' || source, 'unknown outlet ' || source
        FROM articles WHERE source NOT IN (SELECT id FROM sources)""",
    "DELETE FROM story_items WHERE article NOT IN (SELECT id FROM articles)",
    """INSERT INTO story_pending SELECT id FROM articles
        WHERE id NOT IN (SELECT article FROM story_items)
        AND id NOT IN (SELECT article FROM story_pending)""",
)
_RECOUNT = (
    """UPDATE sources SET (articles, unread) = (
        SELECT count(*), ifnull(sum(unread), 0) FROM articles a
        WHERE a.source = sources.id AND removed = 0)""",
    """UPDATE tags SET (articles, unread) = (
        SELECT count(*), ifnull(sum(a.unread), 0) FROM article_tags x JOIN articles a ON a.n = x.n
        WHERE x.tag = tags.id AND a.removed = 0)""",
    """UPDATE totals SET (articles, unread) = (
        SELECT count(*), ifnull(sum(unread), 0) FROM articles
        WHERE starred = 1 AND removed = 0) WHERE name = 'starred'""",
    """UPDATE totals SET (articles, unread) = (
        SELECT count(*), ifnull(sum(unread), 0) FROM articles
        WHERE noted > 0 AND removed = 0) WHERE name = 'noted'""",
    feed_tags.RECOUNT,
    *story_tables.RECOUNT,
)


def archive_faults(archive: Archive, *, thorough: bool) -> list[str]:
    """Return what is wrong in the archive, a sentence each.

    Thoroughly, each text is unpacked and its words are compared with the index (half a millisecond
    an article).
    """
    with archive.reading() as connection:
        faults = _structure(connection, thorough=thorough)
        faults += _texts(archive, connection) if thorough and not faults else []
        if not faults:
            faults += [
                counted(count, one, many)
                for (one, many), statement in _PIECES.items()
                if (count := connection.execute(statement).fetchone()[0])
            ]
            faults += [
                f"The counts of {what} are wrong."
                for what, statement in _RECOUNTED.items()
                if connection.execute(statement).fetchone()[0]
            ]
            faults += _index_faults(archive, connection, thorough=thorough)
    return faults


def counted(count: int, one: str, many: str, end: str = "") -> str:
    """Return a sentence about so many of something."""
    return f"{count} {one if count == 1 else many}{end}."


def broken(archive: Archive) -> bool:
    """Tell whether something in the archive cannot be read, so that it must be made anew."""
    with archive.reading() as connection:
        return bool(_structure(connection, thorough=True) or _texts(archive, connection))


def _structure(connection: sqlite3.Connection, *, thorough: bool) -> list[str]:
    check = "integrity_check" if thorough else "quick_check"
    try:
        found = connection.execute(f"PRAGMA {check}(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        found = str(error)
    if found != "ok":
        return [f"The archive's file is damaged: {' '.join(found.split())}."]
    if lacking := schema.lacking(connection):
        return [f"The archive lacks {', '.join(lacking)}."]
    without = connection.execute(
        "SELECT count(*) FROM articles a LEFT JOIN revisions r"
        " ON r.article = a.id AND r.revision = a.revision WHERE r.article IS NULL"
    ).fetchone()[0]
    return [counted(without, "article has no text", "articles have no text")] if without else []


def _texts(archive: Archive, connection: sqlite3.Connection) -> list[str]:
    """Look whether each newest text can be read: its packing has a checksum."""
    unreadable = 0
    for (n,) in connection.execute("SELECT n FROM articles ORDER BY n").fetchall():
        try:
            archive.at_place(connection, n)
        except (DamagedError, NotFoundError):
            unreadable += 1
    if not unreadable:
        return []
    return [counted(unreadable, "text cannot be read", "texts cannot be read")]


def _index_faults(archive: Archive, connection: sqlite3.Connection, *, thorough: bool) -> list[str]:
    try:
        connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    except sqlite3.OperationalError as error:
        if "readonly" not in str(error):
            raise  # somebody is writing all the time
    except sqlite3.DatabaseError as error:
        return [f"The full-text index is damaged: {error}."]
    missing = connection.execute(
        "SELECT count(*) FROM articles WHERE n NOT IN (SELECT id FROM search_docsize)"
    ).fetchone()[0]
    extra = connection.execute(
        "SELECT count(*) FROM search_docsize WHERE id NOT IN (SELECT n FROM articles)"
    ).fetchone()[0]
    if missing or extra:
        return [f"The full-text index lacks {missing} articles and has {extra} too many."]
    if thorough and _indexed(connection) != _to_index(archive, connection):
        return ["The full-text index has other words than the articles."]
    return []


def _indexed(connection: sqlite3.Connection) -> dict[str, int]:
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab (main, search, row)"
    )
    return dict(connection.execute("SELECT term, cnt FROM temp.words").fetchall())


def _to_index(archive: Archive, connection: sqlite3.Connection) -> dict[str, int]:
    counts: dict[str, int] = {}
    for _, article in archive.newest(connection):
        told = columns(article.title, article.text, article.author, article.language)
        for token in " ".join(told).split():
            counts[token] = counts.get(token, 0) + 1
    return counts


def mirror_faults(archive: Archive, tables: Mapping[str, Documents]) -> list[str]:
    """Return in what the mirror differs from the notebook's tables."""
    said = {int(n): _marks(fields_of(d)) for n, d in tables.get(ARTICLES, {}).items()}
    notes: dict[int, int] = {}
    for document in tables.get(ANNOTATIONS, {}).values():
        notes[document["article"]] = notes.get(document["article"], 0) + 1
    wrong = 0
    with archive.reading() as connection:
        for id_, noted, *mirrored in connection.execute(_MIRRORED):
            wrong += (*mirrored, noted) != (*said.get(id_, _UNMARKED), notes.get(id_, 0))
        feeds = feed_tags.mirrored(connection) ^ feed_tags.said(tables.get(SUBSCRIPTIONS, {}))
    what = ("article is shown in lists", "articles are shown in lists")
    faults = [counted(wrong, *what, end=" otherwise than the notebook says")] if wrong else []
    return [*faults, "The tags of feeds are otherwise than in the notebook."] if feeds else faults


_MIRRORED = """
SELECT a.id, a.noted, 1 - a.unread, a.starred, a.removed, a.position, (
    SELECT ifnull(group_concat(folded, char(10)), '') FROM (
        SELECT t.folded FROM article_tags x JOIN tags t ON t.id = x.tag WHERE x.n = a.n
        ORDER BY t.folded))
FROM articles a
"""
_UNMARKED = (0, 0, 0, 0, "")


def _marks(fields: Mapping[str, Any]) -> tuple[Any, ...]:
    tags = sorted(name.removeprefix(TAG) for name in fields if name.startswith(TAG))
    names = ("read", "starred", "removed", "position")
    return (*(int(fields.get(name, 0)) for name in names), "\n".join(tags))


def mend(archive: Archive) -> None:
    """Make titles in lists, waiting for stories, counts and full-text index again."""
    with archive.writing() as connection:
        for statement in (*_MEND, *_RECOUNT):
            connection.execute(statement)
        fulltext.make_again(connection, archive.newest(connection))
