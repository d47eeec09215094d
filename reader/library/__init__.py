"""The library keeps articles (SQLite) and the reader's own work (TinyDB), and answers queries."""

from reader.library.library import Library
from reader.library.notebook import Notebook
from reader.library.query import Query
from reader.library.search import parse_query
from reader.library.undo import Change

__all__ = ["Change", "Library", "Notebook", "Query", "parse_query"]
