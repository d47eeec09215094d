"""Outlets: the names of sources, each stored once with a number."""

import sqlite3


def source_id(connection: sqlite3.Connection, name: str) -> int:
    """Return the number of an outlet, which gets one where it has none."""
    row = connection.execute("SELECT id FROM sources WHERE name = ?", (name,)).fetchone()
    if row is None:
        row = connection.execute(
            "INSERT INTO sources (name, folded) VALUES (?, ?) RETURNING id", (name, name.casefold())
        ).fetchone()
    return int(row[0])
