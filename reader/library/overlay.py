"""What is newer than the mirror, laid over what the mirror says."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from reader.library.journal import Edit
from reader.library.marks import ANNOTATIONS, UNMARKED, fields_of
from reader.library.snapshot import ARTICLES, TAG
from reader.library.store import Recent
from reader.model import ArticleId, ArticleRow, Marks


class Newer:
    """The newest changes. To be taken before the mirror is read, else one could slip between.

    A change that the mirror holds by then is laid over it once more, which changes nothing.
    """

    def __init__(self, recent: Recent, annotations: Callable[[], Mapping[int, int]]) -> None:
        """Take the entries that may not be mirrored yet, and how articles' notes are counted."""
        edits = [edit for _, entry in recent for edit in entry.edits]
        self._edits = [edit for edit in edits if edit.table == ARTICLES]
        self._noted = any(edit.table == ANNOTATIONS for edit in edits)
        self._count = annotations

    def fields(self, ids: Iterable[ArticleId]) -> dict[int, dict[str, Any]]:
        """Return the fields that were set on these articles."""
        found: dict[int, dict[str, Any]] = {}
        if not self._edits:
            return found
        wanted: set[int] = set(ids)
        for edit in self._edits:
            for id_ in wanted.intersection(edit.ids):
                found.setdefault(id_, {}).update(_fields(edit))
        return found

    def tags(self) -> dict[str, str]:
        """Return the tags that were given to any article, by their folded form."""
        return {
            name.removeprefix(TAG): value
            for edit in self._edits
            for name, value in _fields(edit).items()
            if name.startswith(TAG) and value
        }

    def over(self, rows: list[ArticleRow]) -> list[ArticleRow]:
        """Return rows as they are with the newest changes."""
        newer = self.fields(row.id for row in rows) if self._edits else {}
        if newer:
            rows = [_changed(row, newer[row.id]) if row.id in newer else row for row in rows]
        if self._noted:
            counts = self._count()
            rows = [
                replace(row, marks=replace(row.marks, annotations=counts.get(row.id, 0)))
                for row in rows
            ]
        return rows


def _fields(edit: Edit) -> Mapping[str, Any]:
    """Return what an edit sets; all fields where it puts or drops a whole document."""
    return edit.set if edit.set is not None else {**UNMARKED, **fields_of(edit.put or {})}


def _changed(row: ArticleRow, fields: Mapping[str, Any]) -> ArticleRow:
    marks = row.marks
    for name, value in fields.items():
        if name == TAG:
            marks = replace(marks, tags=())
        elif name.startswith(TAG):
            marks = replace(marks, tags=_tags(marks, name.removeprefix(TAG), value))
        else:
            marks = replace(marks, **{name: value})
    return replace(row, marks=marks)


def _tags(marks: Marks, folded: str, shown: str | None) -> tuple[str, ...]:
    others = [tag for tag in marks.tags if tag.casefold() != folded]
    return tuple(sorted([*others, shown] if shown else others, key=str.casefold))
