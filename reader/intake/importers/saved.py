"""Entries of lists that other programs keep of pages: an address, marks, perhaps the text.

The lists differ in their names for things; here an entry becomes a draft, the same for all.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from reader.errors import InputError
from reader.intake import fields
from reader.intake.bodies import body_paragraphs
from reader.intake.draft import Draft
from reader.text.hygiene import clean, clean_line
from reader.text.paragraphs import Paragraph, paragraphs
from reader.text.stamps import aware

NO_ADDRESS = "it has neither a text nor an http or https address"
TEXT_LIMIT = 10_000_000
"""Characters that are taken of one entry's text."""
_EARLIEST, _LATEST = datetime(1800, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_COUNTED_FROM = datetime(1990, 1, 1, tzinfo=UTC)
"""A number of seconds that means an earlier day is none."""
_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d+)?")
_JAVASCRIPT_DATE = re.compile(  # Date.prototype.toString in a browser
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{4}) (\d{2}:\d{2}:\d{2}) (?:GMT|UTC)([+-]\d{4})"
)
_MARKUP = re.compile(r"<(?:p|div|br|a|h\d|ul|ol|li|img|span|article|figure|table|em|b|i)\b[^<>]*>",
                     re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Saved:
    """An entry as another program has it, its values not yet checked."""

    url: Any = None
    title: Any = None
    html: Any = None
    """The text as HTML."""
    text: Any = None
    """The text as plain text, when there is no HTML."""
    about: Any = None
    """A few words about the page (an abstract, a description): the text when there is no other."""
    author: Any = None
    source: Any = None
    language: Any = None
    published: Any = None
    added: Any = None
    """When it was saved there."""
    tags: Iterable[Any] = ()
    read: bool = False
    starred: bool = False
    given: str | None = None
    """What tells it from the others of its list when it has no address: together with its title,
    because lists number from 1."""


def draft_of_saved(entry: Saved, where: str) -> Draft:
    """Return the draft of an entry; `InputError` when it has neither an address nor a text.

    An entry that has no text of the page, or an abstract only, is an excerpt.
    """
    url = fields.address_of(entry.url)
    parts, stripped, whole = _text(entry, url)
    if url is None and not parts:
        raise InputError(where, NO_ADDRESS)
    title = clean_line(entry.title).text if isinstance(entry.title, str) else ""
    return Draft(
        tuple(parts),
        scraped=False,
        given=None if url or not entry.given else f"{entry.given} {title}".strip(),
        title=title[:2000] or (url if not parts else None),
        source=fields.names_of(entry.source),
        host=fields.host_of(url),
        author=fields.author_of(entry.author),
        language=fields.language_of(entry.language),
        url=url,
        published=moment(entry.published),
        saved=moment(entry.added),
        excerpt=not whole and url is not None,
        stripped=stripped,
        tags=fields.tags_of(list(entry.tags)),
        read=entry.read,
        starred=entry.starred,
    )


def _text(entry: Saved, url: str | None) -> tuple[list[Paragraph], int, bool]:
    """Return an entry's paragraphs, what was stripped, and whether they are the page's text."""
    for value, whole in ((entry.html, True), (entry.text, True), (entry.about, False)):
        if not isinstance(value, str) or not value.strip():
            continue
        if value is entry.html or _MARKUP.search(value):
            parts, stripped = body_paragraphs(value[:TEXT_LIMIT], url)
        else:
            cleaned = clean(value[:TEXT_LIMIT])
            parts, stripped = paragraphs(cleaned.text), cleaned.stripped
        if parts:
            return parts, stripped, whole
    return [], 0, False


def moment(value: Any) -> datetime | None:
    """Return the moment that a program's stamp names; None when it names none that can be.

    Numbers count seconds since 1970, or thousandths or millionths of a second.
    """
    if isinstance(value, bool) or value is None:
        return None
    text = str(value).strip()
    if _NUMBER.fullmatch(text):
        found = _counted(float(text))
    elif script := _JAVASCRIPT_DATE.match(text):
        month, day, year, time, zone = script.groups()
        found = parsedate_to_datetime(f"{day} {month} {year} {time} {zone}")
    else:
        found = fields.moment_of(text)
    if found is None:
        return None
    return found if _EARLIEST <= aware(found) <= _LATEST else None


def _counted(number: float) -> datetime | None:
    for scale in (1, 1_000, 1_000_000):
        seconds = number / scale
        if _COUNTED_FROM.timestamp() <= seconds <= _LATEST.timestamp():
            return datetime.fromtimestamp(seconds, UTC)
    return None


def split_tags(value: Any) -> list[str]:
    """Return the tags in one cell: JSON or Python lists, or words between |, ; or commas."""
    if isinstance(value, list):
        return [tag for item in value if (tag := fields.names_of(item))]
    text = value.strip() if isinstance(value, str) else ""
    if text.startswith("[") and text.endswith("]"):
        try:
            listed = json.loads(text)
        except (ValueError, RecursionError):
            listed = [part.strip().strip("'\"") for part in text[1:-1].split(",")]
        return split_tags(listed) if isinstance(listed, list) else []
    sign = next((sign for sign in "|;," if sign in text), ",")
    return [part.strip() for part in text.split(sign) if part.strip()]
