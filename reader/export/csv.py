"""Articles with notes and highlights as a table, for spreadsheets."""

import csv
import io
from collections.abc import Iterator, Sequence

from reader.export.jsonld import Own
from reader.model import Annotation, shown_id
from reader.text.hygiene import shown

HEADS = (
    "article", "source", "title", "author", "published", "url", "language", "tags",
    "kind", "quote", "note", "created", "modified", "changed_to",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def csv_table(owned: Sequence[Own]) -> str:
    """Return a table (RFC 4180): a row for each note and highlight, one for an article without.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, after OWASP's
    advice on CSV injection.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADS)
    for own in owned:
        for annotation in own.annotations or (None,):
            writer.writerow([_inert(cell) for cell in _row(own, annotation)])
    return stream.getvalue()


def _row(own: Own, annotation: Annotation | None) -> Iterator[str]:
    article = own.article
    yield shown_id(article.id)
    yield article.source
    yield article.title
    yield article.author or ""
    yield article.published.isoformat() if article.published else ""
    yield article.url or ""
    yield article.language or ""
    yield ", ".join(own.tags)
    if annotation is None:
        yield from [""] * 6
        return
    yield annotation.kind
    yield annotation.quote
    yield annotation.body
    yield annotation.created.isoformat()
    yield annotation.modified.isoformat()
    yield annotation.changed_to


def _inert(cell: str) -> str:
    cell = shown(cell)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
