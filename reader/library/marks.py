"""How what the notebook says of articles is laid down beside them in SQLite."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from reader.library import feed_tags
from reader.library.archive import ids_json
from reader.library.feed_tags import SUBSCRIPTIONS
from reader.library.journal import Edit
from reader.library.snapshot import ARTICLES, TAG, Documents

ANNOTATIONS = "annotations"

UNMARKED: Mapping[str, Any] = {
    TAG: None,
    "read": False,
    "starred": False,
    "removed": False,
    "position": 0,
}
"""The fields of an article without a document; the tag without a name stands for all tags."""


def put_all(connection: sqlite3.Connection, tables: Mapping[str, Documents]) -> None:
    """Lay down what all documents of the notebook say, in the place of what was there."""
    _clear(connection)
    annotations = tables.get(ANNOTATIONS, {})
    connection.executemany(
        "INSERT INTO annotated VALUES (?, ?)",
        [(int(number), document["article"]) for number, document in annotations.items()],
    )
    connection.execute(
        "UPDATE articles SET noted ="
        " (SELECT count(*) FROM annotated WHERE annotated.article = articles.id)"
        " WHERE id IN (SELECT article FROM annotated)"
    )
    for ids, fields in _alike(tables.get(ARTICLES, {})):
        _set(connection, ids, fields)
    feed_tags.put_all(connection, tables.get(SUBSCRIPTIONS, {}))


def _clear(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM waiting")
    connection.execute("DELETE FROM annotated")
    connection.execute("DELETE FROM article_tags")
    connection.execute("DELETE FROM tags")
    connection.execute("UPDATE articles SET tags = NULL WHERE tags IS NOT NULL")
    connection.execute("UPDATE articles SET noted = 0 WHERE noted > 0")
    connection.execute("UPDATE articles SET unread = 1 WHERE unread = 0")
    connection.execute("UPDATE articles SET starred = 0 WHERE starred = 1")
    connection.execute("UPDATE articles SET removed = 0 WHERE removed = 1")
    connection.execute("UPDATE articles SET position = 0 WHERE position > 0")


def _alike(documents: Documents) -> Iterable[tuple[list[int], dict[str, Any]]]:
    """Group articles whose marks are the same."""
    groups: dict[str, list[int]] = {}
    for number, document in documents.items():
        groups.setdefault(json.dumps(fields_of(document)), []).append(int(number))
    for fields, ids in groups.items():
        yield ids, json.loads(fields)


def fields_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that, set on an unmarked article, make what its document says."""
    names = ("read", "starred", "removed", "position")
    fields = {name: document[name] for name in names if name in document}
    return fields | {TAG + tag.casefold(): tag for tag in document.get("tags", ())}


def apply(connection: sqlite3.Connection, edits: Iterable[Edit]) -> None:
    """Apply edits of the notebook to the mirror, in a transaction."""
    whole: Documents = {}
    for edit in edits:
        if edit.table == ARTICLES and edit.set is None:
            whole |= {str(id_): dict(edit.put or {}) for id_ in edit.ids}
        elif edit.table == ARTICLES:
            _replace(connection, whole)
            whole = {}
            _set(connection, edit.ids, edit.set or {})
        elif edit.table == SUBSCRIPTIONS:
            feed_tags.apply(connection, edit)
        elif edit.table == ANNOTATIONS:
            for id_ in edit.ids:
                _annotated(connection, id_, (edit.put or {}).get("article"))
    _replace(connection, whole)


def _replace(connection: sqlite3.Connection, documents: Documents) -> None:
    """Let articles be marked as whole documents say, whatever was said before."""
    if not documents:
        return
    listed = ids_json(map(int, documents))
    for name, change in _FIELDS.items():
        change(connection, listed, UNMARKED[name])
    connection.execute(
        "DELETE FROM article_tags WHERE n IN"
        " (SELECT n FROM articles WHERE id IN (SELECT value FROM json_each(?)))",
        (listed,),
    )
    connection.execute(_TELL_TAGS, (listed,))
    connection.execute(
        "DELETE FROM waiting WHERE article IN (SELECT value FROM json_each(?))", (listed,)
    )
    for ids, fields in _alike(documents):
        _set(connection, ids, fields)


def _set(connection: sqlite3.Connection, ids: Sequence[int], fields: Mapping[str, Any]) -> None:
    listed = ids_json(ids)
    for name, value in fields.items():
        if name.startswith(TAG):
            _tag(connection, listed, name.removeprefix(TAG), value)
        else:
            _FIELDS[name](connection, listed, value)
    if any(name.startswith(TAG) for name in fields):
        connection.execute(_TELL_TAGS, (listed,))
    if fields:
        _keep_waiting(connection, listed, fields)


def _setter(column: str, *, negated: bool = False) -> Callable[[Any, str, Any], None]:
    def change(connection: sqlite3.Connection, listed: str, value: Any) -> None:
        number = int(not value if negated else value)
        connection.execute(
            f"UPDATE articles SET {column} = ?1 WHERE {column} <> ?1"
            " AND id IN (SELECT value FROM json_each(?2))",
            (number, listed),
        )

    return change


_FIELDS = {
    "read": _setter("unread", negated=True),
    "starred": _setter("starred"),
    "removed": _setter("removed"),
    "position": _setter("position"),
}


_TAG = """
INSERT OR IGNORE INTO article_tags (tag, n)
SELECT ?, n FROM articles WHERE id IN (SELECT value FROM json_each(?))
"""
_UNTAG = """
DELETE FROM article_tags WHERE tag = ?
AND n IN (SELECT n FROM articles WHERE id IN (SELECT value FROM json_each(?)))
"""


def _tag(connection: sqlite3.Connection, listed: str, folded: str, shown: str | None) -> None:
    connection.execute(
        "INSERT INTO tags (name, folded) VALUES (?, ?) ON CONFLICT (folded)"
        " DO UPDATE SET name = excluded.name WHERE articles = 0",
        (shown or folded, folded),
    )
    tag = connection.execute("SELECT id FROM tags WHERE folded = ?", (folded,)).fetchone()[0]
    connection.execute(_TAG if shown else _UNTAG, (tag, listed))


_TELL_TAGS = """
UPDATE articles SET tags = (
    SELECT nullif(json_group_array(name), '[]') FROM (
        SELECT t.name FROM article_tags x JOIN tags t ON t.id = x.tag
        WHERE x.n = articles.n ORDER BY t.folded
    )
) WHERE id IN (SELECT value FROM json_each(?))
"""


def _keep_waiting(connection: sqlite3.Connection, listed: str, fields: Mapping[str, Any]) -> None:
    """Keep what is said about articles that the archive does not have."""
    absent = connection.execute(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM articles)", (listed,)
    ).fetchall()
    for (id_,) in absent:
        row = connection.execute(
            "SELECT document FROM waiting WHERE article = ?", (id_,)
        ).fetchone()
        known = json.loads(row[0]) if row else {}
        connection.execute(
            "INSERT OR REPLACE INTO waiting VALUES (?, ?)", (id_, json.dumps({**known, **fields}))
        )


def _annotated(connection: sqlite3.Connection, id_: int, article: int | None) -> None:
    before = connection.execute("SELECT article FROM annotated WHERE id = ?", (id_,)).fetchone()
    connection.execute("DELETE FROM annotated WHERE id = ?", (id_,))
    if article is not None:
        connection.execute("INSERT INTO annotated VALUES (?, ?)", (id_, article))
    for changed in {article, *(before or ())} - {None}:
        _count_notes(connection, changed)


def _count_notes(connection: sqlite3.Connection, article: int | None) -> None:
    connection.execute(
        "UPDATE articles SET noted = (SELECT count(*) FROM annotated WHERE article = ?1)"
        " WHERE id = ?1",
        (article,),
    )


def came(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Give articles that have just come in what the notebook already says about them."""
    listed = ids_json(articles)
    rows = connection.execute(
        "DELETE FROM waiting WHERE article IN (SELECT value FROM json_each(?))"
        " RETURNING article, document",
        (listed,),
    ).fetchall()
    for article, document in rows:
        _set(connection, (article,), json.loads(document))
    noted = connection.execute(
        "SELECT DISTINCT article FROM annotated WHERE article IN (SELECT value FROM json_each(?))",
        (listed,),
    ).fetchall()
    for (article,) in noted:
        _count_notes(connection, article)
