"""What an archive is built of: its tables, indexes and triggers."""

import contextlib
import sqlite3

from reader.library import migrations

Parts = set[tuple[str, str, str]]
"""Kind, name and SQL of each part."""


def parts(connection: sqlite3.Connection) -> Parts:
    """Return what an archive is built of."""
    rows = connection.execute(
        "SELECT type, name, ifnull(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'"
    )
    return set(rows.fetchall())


def expected(number: int) -> Parts:
    """Return what the migrations build an archive of this format of."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for migration in migrations.MIGRATIONS[:number]:
            migration(connection)
        return parts(connection)


def lacking(connection: sqlite3.Connection) -> list[str]:
    """Return the tables, indexes and triggers that an archive should have and has not, in order.

    Of an archive of a newer format nothing is known.
    """
    number = migrations.version(connection)
    if number > len(migrations.MIGRATIONS):
        return []
    there = {(kind, name) for kind, name, _ in parts(connection)}
    return sorted(
        f"{kind} {name}" for kind, name, _ in expected(number) if (kind, name) not in there
    )
