"""Tables (CSV, TSV) of addresses or of texts: what Pocket, Instapaper, Raindrop, Readwise export.

The first line names the columns. Programs name the same thing differently; `_COLUMNS` has the names
that Pocket, Instapaper, Raindrop, Readwise Reader, Matter, wallabag, Zotero, Diigo and common data
sets use. A table without a column of addresses or of texts is refused.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from reader.errors import InputError
from reader.intake.importers.base import MOST_ITEMS, Found, Given, Importer
from reader.intake.importers.saved import Saved, draft_of_saved, split_tags
from reader.model import Failure

ENDINGS = frozenset({".csv", ".tsv"})
CELL_LIMIT = 10_000_000
"""Characters that one cell may have."""

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "url": ("url", "link", "href", "uri", "address", "web address", "page url", "source url",
            "resolved_url", "given_url", "article url"),
    "title": ("title", "headline", "name", "resolved_title", "given_title", "article title"),
    "html": ("content", "html", "body_html", "content_html"),
    "text": ("text", "body", "article", "full text", "fulltext", "article text", "maintext"),
    "about": ("excerpt", "abstract note", "abstract", "description", "summary", "selection"),
    "author": ("author", "authors", "byline", "creator"),
    "source": ("publisher", "publication title", "publication", "outlet", "source", "site",
               "site name", "website", "newspaper"),
    "language": ("language", "lang"),
    "published": ("published", "published date", "publish date", "publish_date", "date published",
                  "publication date", "published_at", "date", "pubdate", "publication year"),
    "added": ("time_added", "timestamp", "saved date", "created", "creation date", "created_at",
              "date added", "saved", "last interaction date", "added"),
    "tags": ("tags", "document tags", "labels", "manual tags", "keywords"),
    "folder": ("folder", "collection", "list"),
    "status": ("status", "location", "state"),
    "read": ("read", "is_read", "is_archived", "archived"),
    "queued": ("in queue",),
    "starred": ("favorited", "favorite", "favourite", "is_starred", "starred", "is_favorite"),
    "given": ("id", "key", "guid"),
}  # fmt: skip
_FIELD_OF = {name: field for field, names in _COLUMNS.items() for name in names}
_READ = frozenset({"archive", "archived", "read", "done", "finished"})
_UNREAD = frozenset({"", "unread", "new", "later", "shortlist", "inbox", "feed", "queue", "home",
                     "unsorted"})  # fmt: skip
_STARRED = frozenset({"starred", "favorites", "favourites", "liked"})
_YES = frozenset({"1", "true", "yes", "y", "x"})
_DELIMITER_LINE = re.compile(r"sep=[,;\t]\n", re.IGNORECASE)
_DELIMITERS = ",;\t"
_PROSE_END = re.compile(r"[.!?。…]['\"”’)]*\s*$")


def is_table(given: Given) -> bool:
    """Return True for a `.csv` file, and for a text whose first line names columns known here."""
    if given.ending in ENDINGS:
        return True
    header = _header(given.start)
    return header is not None and _first_row_fits(given.start, *header)


def _without_mark(text: str) -> str:
    """Return a table without the line in which spreadsheets name the delimiter ("sep=;").

    Its lines end as in Unix.
    """
    plain = text.lstrip().replace("\r\n", "\n").replace("\r", "\n")
    return _DELIMITER_LINE.sub("", plain, count=1)


def _header(start: str) -> tuple[str, list[str]] | None:
    """Return the delimiter and the columns of a first line that names an address or a text."""
    line = _without_mark(start).split("\n", 1)[0].strip()
    if not line or len(line) > 2000 or _PROSE_END.search(line):
        return None
    for delimiter in _DELIMITERS:
        try:
            names = _names(next(csv.reader([line], delimiter=delimiter), []))
        except csv.Error:
            continue
        known = {_FIELD_OF[name] for name in names if name in _FIELD_OF}
        if len(names) > 1 and len(known) > 1 and known & {"url", "html", "text"}:
            return delimiter, names
    return None


def _names(row: Sequence[str]) -> list[str]:
    return [" ".join(cell.split()).casefold() for cell in row]


def _first_row_fits(start: str, delimiter: str, names: Sequence[str]) -> bool:
    rows = csv.reader(StringIO(_without_mark(start)), delimiter=delimiter)
    try:
        next(rows)
        row = next(rows, None)
    except csv.Error:
        return False
    return row is None or len(row) == len(names) or "http" in start


def articles_of_table(given: Given) -> Iterator[Found]:
    """Yield the articles of a table, a row each."""
    header = _header(given.start)
    if header is None:
        raise InputError(given.where, _unknown(given.start))
    delimiter, names = header
    columns = _columns(names)
    csv.field_size_limit(CELL_LIMIT)
    rows = csv.reader(StringIO(_without_mark(given.text), newline=""), delimiter=delimiter)
    next(rows)
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            if number > MOST_ITEMS:
                raise InputError(given.where, f"it has more than {MOST_ITEMS:,} rows; split it")
            if any(cell.strip() for cell in row):
                yield _article(given, row, columns, f"row {number + 1}")
    except csv.Error:
        yield Failure(
            f"{given.where}, row {number + 2}",
            "this and what follows cannot be read as CSV; look for a quotation mark that is open",
        )


def _columns(names: Sequence[str]) -> dict[str, int]:
    """Return where each field is; of several columns for one field, by the order of `_COLUMNS`."""
    found: dict[str, int] = {}
    for field, known in _COLUMNS.items():
        at = next((names.index(name) for name in known if name in names), None)
        if at is not None:
            found[field] = at
    return found


def _article(given: Given, row: Sequence[str], columns: Mapping[str, int], part: str) -> Found:
    cells = {field: row[at].strip() for field, at in columns.items() if at < len(row)}
    folder, status = cells.get("folder", ""), cells.get("status", "")
    states = {folder.casefold(), status.casefold()}
    known = _READ | _UNREAD | _STARRED
    entry = Saved(
        url=cells.get("url"),
        title=cells.get("title"),
        html=cells.get("html"),
        text=cells.get("text"),
        about=cells.get("about"),
        author=cells.get("author"),
        source=cells.get("source"),
        language=cells.get("language"),
        published=cells.get("published"),
        added=cells.get("added"),
        tags=[
            *split_tags(cells.get("tags")),
            *([folder] if folder.casefold() not in known else []),
        ],
        read=bool(states & _READ) or _yes(cells, "read") or cells.get("queued", "") == "False",
        starred=bool(states & _STARRED) or _yes(cells, "starred"),
        given=cells.get("given"),
    )
    try:
        return given.article(draft_of_saved(entry, f"{given.where}, {part}"), part)
    except InputError as error:
        return Failure(error.where, error.reason)


def _yes(cells: Mapping[str, str], field: str) -> bool:
    return cells.get(field, "").casefold() in _YES


def _unknown(start: str) -> str:
    line = " ".join(start.split("\n", 1)[0].split())
    shown = line if len(line) <= 80 else f"{line[:79]}…"
    return (
        f"it is a table whose first line names no column of addresses or texts (“{shown}”); "
        "name one of its columns “url” or “text”"
    )


def looks_like_table(text: str) -> bool:
    """Return True for lines that are the rows of a table, whatever its columns mean.

    Eight of ten lines and at least five have the same number of delimiters, two or more; running
    text has not.
    """
    rows = [line for line in text.split("\n") if line.strip()][:200]
    if len(rows) < 5:
        return False
    for delimiter in ("\t", ";", ","):
        counts = Counter(row.count(delimiter) for row in rows)
        most, times = counts.most_common(1)[0]
        enough = times >= 0.8 * len(rows)
        if most >= 2 and enough and sum(map(_ends_as_prose, rows)) < 0.5 * len(rows):
            return True
    return False


def _ends_as_prose(row: str) -> bool:
    return bool(_PROSE_END.search(row))


TABLE = Importer("a table", is_table, articles_of_table)
