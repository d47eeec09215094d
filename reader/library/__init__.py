"""The library keeps articles (SQLite) and the reader's own work (TinyDB), and answers queries."""

from reader.library.library import Library
from reader.library.notebook import Notebook
from reader.library.search import Query, parse_query
from reader.library.undo import Change

__all__ = ["Change", "Library", "Notebook", "Query", "parse_query"]
