"""Saved searches: queries that the reader gave a name."""

import contextlib
from collections.abc import Mapping
from typing import Any

from reader.errors import NotFoundError, QueryError, UsageError
from reader.library.notebook import Notebook
from reader.library.query import Query
from reader.library.search import parse_query
from reader.library.undo import Change
from reader.model import article_id
from reader.text.hygiene import clean_line

TABLE = "searches"
LONGEST_NAME = 100


class SavedSearches:
    """The saved searches of one library."""

    def __init__(self, notebook: Notebook) -> None:
        """Keep them in the notebook."""
        self._notebook = notebook

    def all(self) -> dict[str, str]:
        """Return the queries as they were written, by their names in alphabetical order."""
        found = {d["name"]: d["query"] for d in self._documents().values()}
        return {name: found[name] for name in sorted(found, key=str.casefold)}

    def queries(self) -> dict[str, Query]:
        """Return the queries by name; one that cannot be understood any more is left out."""
        queries = {}
        for name, text in self.all().items():
            with contextlib.suppress(QueryError):
                queries[name] = parse_query(text)
        return queries

    def save(self, name: str, query: str) -> Change:
        """Save a query under a name, in the place of what had that name (in any case).

        QueryError where it cannot be understood, UsageError where the name is none.
        """
        name, document = _checked(name, query)
        return self._notebook.put(TABLE, {_number(name): document}, f"Search “{name}” saved")

    def change(self, before: str, name: str, query: str) -> Change:
        """Give a saved search another name, another query, or both, as one change.

        Another saved search of the new name is replaced. NotFoundError where there is none to be
        changed, else as `save`.
        """
        old = self._documents().get(_number(before))
        if old is None:
            raise NotFoundError(f"There is no saved search “{before}”.")
        name, document = _checked(name, query)
        if _number(name) == _number(before):
            return self.save(name, query)
        puts = {_number(before): None, _number(name): document}
        return self._notebook.put(TABLE, puts, f"Search “{old['name']}” is now “{name}”")

    def forget(self, name: str) -> Change:
        """Forget a saved search; NotFoundError where there is none of this name."""
        if _number(name) not in self._documents():
            raise NotFoundError(f"There is no saved search “{name}”.")
        return self._notebook.put(TABLE, {_number(name): None}, f"Search “{name}” forgotten")

    def _documents(self) -> Mapping[int, Mapping[str, Any]]:
        return self._notebook.documents(TABLE)


def _checked(name: str, query: str) -> tuple[str, dict[str, str]]:
    """Return a name and its document; QueryError or UsageError where one of them is none."""
    name = clean_line(name).text.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise UsageError(f"A saved search needs a name of 1 to {LONGEST_NAME} characters.")
    parse_query(query)
    return name, {"name": name, "query": clean_line(query).text.strip()}


def _number(name: str) -> int:
    return article_id(f"search:{name.casefold()}")
