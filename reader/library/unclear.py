"""Documents of the notebook that cannot be understood, and where they are put.

Nothing that the reader did is thrown away: what makes no sense is moved, as it is, into the table
`unclear`, where nobody trips over it.
"""

from collections.abc import Callable
from typing import Any

from reader.library.feed_tags import SUBSCRIPTIONS
from reader.library.feeds import subscription_of
from reader.library.forms import annotation_of
from reader.library.journal import Edit
from reader.library.marks import ANNOTATIONS, fields_of
from reader.library.snapshot import ARTICLES, Document, Tables
from reader.model import article_id

UNCLEAR = "unclear"


def _marks(_number: int, document: Document) -> None:
    fields = fields_of(document)
    for name in ("read", "starred", "removed", "position"):
        int(fields.get(name, 0))


_UNDERSTOOD: dict[str, Callable[[int, Document], Any]] = {
    ARTICLES: _marks,
    ANNOTATIONS: annotation_of,
    SUBSCRIPTIONS: lambda _, document: subscription_of(document),
}


def documents(tables: Tables) -> list[tuple[str, int, Document]]:
    """Return the documents that cannot be understood, each with its table and its id."""
    found = []
    for name, understand in _UNDERSTOOD.items():
        for number, document in tables.get(name, {}).items():
            try:
                understand(int(number), document)
            except (KeyError, ValueError, TypeError, AttributeError):
                found.append((name, int(number), document))
    return found


def clear(tables: Tables) -> Tables:
    """Return tables without the documents that cannot be understood."""
    for name, number, _ in documents(tables):
        tables[name] = {n: d for n, d in tables[name].items() if int(n) != number}
    return tables


def put_aside(tables: Tables) -> list[Edit]:
    """Return the edits that move such documents out of the way."""
    edits = []
    for name, number, document in documents(tables):
        place = article_id(f"unclear:{name}:{number}")
        kept = {"table": name, "id": number, "document": document}
        edits += [Edit(UNCLEAR, (place,), put=kept), Edit(name, (number,))]
    return edits
