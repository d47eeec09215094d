"""`starred.json` as Google Reader wrote it, and as Inoreader, FreshRSS and others still do.

Its items are those of the Google Reader API: HTML, the outlet, labels and states as categories.
Feedly's entries have the same form with a few names of their own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reader.errors import InputError
from reader.intake.bodies import line_of_html
from reader.intake.importers.base import Found, Given, Importer, first, mappings
from reader.intake.importers.saved import Saved, draft_of_saved
from reader.model import Failure

_LABEL = re.compile(r"user/[^/]+/label/(.+)", re.DOTALL)
_STATE = re.compile(r"user/[^/]+/state/com\.google/(.+)")
_OURS = ("canonical", "alternate", "origin", "categories", "crawlTimeMsec", "timestampUsec")


def is_stream(given: Given) -> bool:
    """Return True for items of the Google Reader API, alone or in a stream."""
    return bool(_items(given.json))


def _items(data: Any) -> Sequence[Mapping[str, Any]]:
    items = mappings(data.get("items") if isinstance(data, Mapping) else data)
    told = [item for item in items[:20] if any(name in item for name in _OURS)]
    bodies = [item for item in items[:20] if _body(item) or item.get("title")]
    return items if told and bodies else ()


def articles_of_stream(given: Given) -> Iterator[Found]:
    """Yield the articles of a stream, with their labels, stars and read marks."""
    data = given.json
    stream = data.get("id") if isinstance(data, Mapping) else None
    starred = isinstance(stream, str) and stream.endswith("/starred")
    for number, item in enumerate(_items(data), 1):
        part = f"item {number}"
        try:
            entry = _entry(item, starred=starred)
            yield given.article(draft_of_saved(entry, f"{given.where}, {part}"), part)
        except InputError as error:
            yield Failure(error.where, error.reason)


def _entry(item: Mapping[str, Any], *, starred: bool) -> Saved:
    categories = _categories(item)
    labels = [match[1] for name in categories if (match := _LABEL.fullmatch(name))]
    labels += [name for name in categories if "/" not in name]  # the publisher's own
    states = {match[1] for name in categories if (match := _STATE.fullmatch(name))}
    origin = item.get("origin")
    title = item.get("title")
    return Saved(
        url=_link(item),
        title=line_of_html(title) if isinstance(title, str) else None,
        html=_body(item),
        author=first(item, "author", "authors"),
        source=origin.get("title") if isinstance(origin, Mapping) else None,
        language=item.get("language"),
        published=first(item, "published", "updated"),
        added=first(item, "crawlTimeMsec", "crawled", "actionTimestamp"),
        tags=labels,
        read="read" in states,
        starred=starred or "starred" in states,
        given=_name(item),
    )


def _categories(item: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    value = item.get("categories")
    for each in value if isinstance(value, list) else ():
        name = first(each, "id", "label", "term") if isinstance(each, Mapping) else each
        if isinstance(name, str):
            found.append(name)
    return found


def _link(item: Mapping[str, Any]) -> Any:
    for name in ("canonical", "alternate"):
        for link in mappings(item.get(name)):
            if link.get("href"):
                return link["href"]
    return first(item, "canonicalUrl", "url", "originId")


def _body(item: Mapping[str, Any]) -> str | None:
    """Return the fuller of content and summary."""
    found = []
    for name in ("content", "summary"):
        value = item.get(name)
        text = value.get("content") if isinstance(value, Mapping) else value
        if isinstance(text, str) and text.strip():
            found.append(text)
    return max(found, key=len, default=None)


def _name(item: Mapping[str, Any]) -> str | None:
    name = item.get("id")
    return name if isinstance(name, str) and name else None


STREAM = Importer(
    "a list of a feed reader's articles (starred.json)", is_stream, articles_of_stream
)
