"""CSL JSON, in which Zotero and other reference managers hand over their items.

The form is that of https://citationstyles.org: `container-title` is the outlet, `issued` the day,
`abstract` the only text.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from reader.errors import InputError
from reader.intake import fields
from reader.intake.importers.base import Found, Given, Importer, first, mappings
from reader.intake.importers.saved import Saved, draft_of_saved, split_tags
from reader.model import Failure

_TYPES = frozenset({
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview",
    "legal_case", "legislation", "manuscript", "map", "motion_picture", "pamphlet",
    "paper-conference", "patent", "performance", "periodical", "personal_communication", "post",
    "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech",
    "standard", "thesis", "treaty", "webpage",
})  # fmt: skip
_MARKS = ("issued", "container-title", "URL", "author", "accessed", "publisher", "abstract", "DOI")


def is_csl(given: Given) -> bool:
    """Return True for an array of CSL items (or an object with one)."""
    items = _items(given.json)
    return bool(items) and all(_fits(item) for item in items[:20])


def _items(data: Any) -> list[Mapping[str, Any]]:
    if isinstance(data, Mapping):
        return mappings(data.get("items")) or ([data] if _fits(data) else [])
    return mappings(data)


def _fits(item: Mapping[str, Any]) -> bool:
    kind = item.get("type")
    known = isinstance(kind, str) and kind in _TYPES
    return known and "title" in item and "text" not in item and any(mark in item for mark in _MARKS)


def articles_of_csl(given: Given) -> Iterator[Found]:
    """Yield an article for each item that has an address or an abstract."""
    for number, item in enumerate(_items(given.json), 1):
        part = f"item {number}"
        try:
            yield given.article(draft_of_saved(_entry(item), f"{given.where}, {part}"), part)
        except InputError as error:
            yield Failure(error.where, error.reason)


def _entry(item: Mapping[str, Any]) -> Saved:
    doi = item.get("DOI")
    name = item.get("id")
    return Saved(
        url=item.get("URL") or (f"https://doi.org/{doi}" if isinstance(doi, str) and doi else None),
        title=item.get("title"),
        about=item.get("abstract"),
        author=[_person(person) for person in mappings(item.get("author"))],
        source=first(item, "container-title", "publisher"),
        language=item.get("language"),
        published=_day(item.get("issued")),
        tags=split_tags(first(item, "keyword", "categories")),
        given=str(name) if isinstance(name, str | int) and name else None,
    )


def _person(person: Mapping[str, Any]) -> str:
    words = (person.get(part) for part in ("given", "non-dropping-particle", "family"))
    name = " ".join(word for word in words if isinstance(word, str) and word)
    literal = person.get("literal")
    return name or (literal if isinstance(literal, str) else "")


def _day(value: Any) -> datetime | str | None:
    """Return the day of a CSL date; a year or a month alone dates nothing."""
    if not isinstance(value, Mapping):
        return value if isinstance(value, str) else None
    parts = value.get("date-parts")
    numbers = parts[0] if isinstance(parts, list) and parts else None
    try:
        if isinstance(numbers, list) and len(numbers) >= 3:
            year, month, day = (int(number) for number in numbers[:3])
            return datetime(year, month, day, tzinfo=UTC)
    except (TypeError, ValueError):
        return None
    return fields.text_of(first(value, "raw", "literal"))


CSL = Importer("a list of references (CSL JSON)", is_csl, articles_of_csl)
