"""A TinyDB table of which only what is touched is written, and which others' changes reach."""

import secrets
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from copy import deepcopy
from typing import Any, Protocol

from tinydb.storages import Storage
from tinydb.table import Table

from reader.library.journal import Edit
from reader.library.snapshot import Documents


class Documented(Protocol):
    """What a table asks of its storage."""

    def documents(self, name: str) -> Documents:
        """Return a table's documents by their ids as text; not to be changed."""

    def submit(self, edits: list[Edit]) -> None:
        """Change documents."""


class Overlay(MutableMapping[int, Any]):
    """A table for TinyDB to change: only what is touched is copied, and told afterwards."""

    def __init__(self, documents: Documents) -> None:
        """Lie over a table's documents."""
        self._documents = documents
        self._touched: dict[int, Any] = {}

    def __getitem__(self, key: int) -> Any:
        """Return a document, as a copy that may be changed."""
        if key not in self._touched:
            self._touched[key] = deepcopy(self._documents[str(key)])
        if self._touched[key] is None:
            raise KeyError(key)
        return self._touched[key]

    def __setitem__(self, key: int, value: Any) -> None:
        """Put a document."""
        self._touched[key] = value

    def __delitem__(self, key: int) -> None:
        """Remove a document."""
        if key not in self:
            raise KeyError(key)
        self._touched[key] = None

    def __contains__(self, key: object) -> bool:
        """Tell whether a document is there, without copying it."""
        touched: dict[Any, Any] = self._touched
        return touched[key] is not None if key in touched else str(key) in self._documents

    def __iter__(self) -> Iterator[int]:
        """Go through the ids."""
        keys = dict.fromkeys([*map(int, self._documents), *self._touched])
        return iter([key for key in keys if key in self])

    def __len__(self) -> int:
        """Count the documents."""
        return sum(1 for _ in self)

    def edits(self, table: str) -> list[Edit]:
        """Return what was changed."""
        touched = {str(key): value for key, value in self._touched.items()}
        before = {key: self._documents[key] for key in touched if key in self._documents}
        return differences(table, before, {k: v for k, v in touched.items() if v is not None})


class JournalTable(Table):
    """A table over a journalled storage; the whole Query API of TinyDB works on it."""

    def __init__(self, storage: Documented, name: str, **_options: Any) -> None:
        """Open a table; it has no query cache, as others may change it at any time."""
        self._journalled = storage
        assert isinstance(storage, Storage)  # noqa: S101 - TinyDB gives nothing else
        super().__init__(storage, name, cache_size=0)

    def _read_table(self) -> dict[str, Mapping[Any, Any]]:
        return dict(self._journalled.documents(self.name))

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        overlay = Overlay(self._journalled.documents(self.name))
        updater(overlay)
        self._journalled.submit(overlay.edits(self.name))

    def _get_next_id(self) -> int:
        # two processes that count on from the same document would give the same number twice
        return secrets.randbits(62) + 1


def differences(name: str, before: Documents, after: Documents) -> list[Edit]:
    """Return the edits that make one state of a table into another."""
    edits = [
        Edit(name, (int(number),), put=document)
        for number, document in after.items()
        if before.get(number) != document
    ]
    gone = tuple(int(number) for number in before if number not in after)
    return [*edits, Edit(name, gone)] if gone else edits
