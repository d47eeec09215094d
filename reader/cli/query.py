"""The search language as an argument."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reader.errors import QueryError
from reader.text.hygiene import shown_line

if TYPE_CHECKING:
    from reader.library import Query


class UnclearQuery(click.UsageError):
    """A query that cannot be understood, and where."""

    def __init__(self, error: QueryError, query: str) -> None:
        super().__init__(str(error))
        self.query = query
        self.position = error.position

    def pointed(self) -> str:
        """Return the query with a mark under the place where something else was expected."""
        from rich.cells import cell_len  # noqa: PLC0415  # wide characters take two columns

        before = shown_line(f"{self.query[: self.position]}|")[:-1]
        return f"  {shown_line(self.query)}\n  {' ' * cell_len(before)}^"


def asked(words: Sequence[str]) -> "Query":
    """Return the query that these arguments make together; UnclearQuery (exit status 2)."""
    from reader.library import parse_query  # noqa: PLC0415  # not for --help

    text = " ".join(words)
    try:
        return parse_query(text)
    except QueryError as error:
        raise UnclearQuery(error, text) from error
