"""Lists that keep articles which are no longer found: what was just read in a list of the unread.

The few that are kept are looked up one by one and sorted into the window of what is found, so that
the window is still answered by an index.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from reader.library import listing
from reader.library.archive import ids_json
from reader.library.listing import Order, Row
from reader.library.matching import Condition
from reader.model import ArticleId

_COLUMNS = "a.n, a.id, a.unread, s.folded, s.id"
_FROM = "articles a JOIN sources s ON s.id = a.source"
_KEYS: dict[str, Callable[[Row], tuple[Any, ...]]] = {
    "newest": lambda row: (-row[0],),
    "oldest": lambda row: (row[0],),
    "unread": lambda row: (-row[2], -row[0]),
    "source": lambda row: (row[3], row[4], -row[0]),
}


class Kept:
    """The articles that a list keeps although they are not found."""

    def __init__(self, connection: sqlite3.Connection, condition: Condition) -> None:
        """Look them up; none where the list keeps none."""
        self._connection = connection
        self._found = replace(condition, kept=())
        self._rows: list[Row] = []
        if condition.kept:
            kept = connection.execute(
                f"SELECT {_COLUMNS} FROM {_FROM} WHERE a.removed = 0"
                " AND a.id IN (SELECT value FROM json_each(?))",
                (ids_json(condition.kept),),
            ).fetchall()
            self._rows = [row for row in kept if not self._is_found(row[0])]

    def _is_found(self, n: int) -> bool:
        return listing.count(self._connection, listing.at_place(self._found, n)) > 0

    def count(self) -> int:
        """Return how many there are."""
        return len(self._rows)

    def window(self, order: Order, offset: int, limit: int | None) -> list[Row]:
        """Return the window of the list: rows of n and id (and what they are sorted by).

        Of what is found, as many rows before the window are taken as are kept: so many at most can
        push it forward.
        """
        if order == "best":
            return self._after_the_best(offset, limit)
        key = _KEYS[order]
        kept = sorted(self._rows, key=key)
        start = max(0, offset - len(kept))
        wanted = None if limit is None else offset + limit - start
        found = self._found_rows(order, start, wanted)
        before = 0
        if start > 0:
            if not found:
                return []
            before = sum(key(row) < key(found[0]) for row in kept)
        merged = sorted([*kept[before:], *found], key=key)
        skipped = offset - start - before
        return merged[skipped:] if limit is None else merged[skipped : skipped + limit]

    def _after_the_best(self, offset: int, limit: int | None) -> list[Row]:
        """Return a window of the list in which what is not found stands last."""
        found = self._found_rows("best", 0, None)
        rows = [*found, *sorted(self._rows, key=_KEYS["newest"])]
        return rows[offset:] if limit is None else rows[offset : offset + limit]

    def _found_rows(self, order: Order, offset: int, limit: int | None) -> list[Row]:
        numbers = listing.places(self._connection, self._found, order, offset, limit)
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM {_FROM} WHERE a.n IN (SELECT value FROM json_each(?))",
            (ids_json(numbers),),
        )
        by_place = {row[0]: row for row in rows}
        return [by_place[n] for n in numbers if n in by_place]

    def place(self, order: Order, id_: ArticleId) -> int | None:
        """Return at which place of the list an article stands; None where it does not."""
        if order == "best":
            ids = [row[1] for row in self._after_the_best(0, None)]
            return ids.index(id_) if id_ in ids else None
        key = _KEYS[order]
        found = self._connection.execute(
            f"SELECT {_COLUMNS} FROM {_FROM} WHERE a.id = ?",
            (id_,),
        ).fetchone()
        if found is None:
            return None
        before = sum(key(row) < key(found) for row in self._rows)
        if found in self._rows:
            return before + listing.before(self._connection, self._found, order, found[0])
        place = listing.place(self._connection, self._found, order, id_)
        return None if place is None else before + place
