"""What a page says about its article in JSON-LD (schema.org), with references looked up.

Authors and publishers may be named by an "@id" that another object of the page explains; texts may
be escaped as HTML though JSON needs none of it. Both are put right here, so that who reads a field
finds plain values.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

from reader.intake import fields
from reader.intake.blocks import paragraphs_of_html
from reader.text.hygiene import clean
from reader.text.paragraphs import Paragraph, paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element

_ARTICLES = re.compile(r"(?:\w*Article|Report|BlogPosting|LiveBlogPosting)$")
_VIDEOS = re.compile(r"(?:VideoObject|PodcastEpisode|AudioObject)$")
_TAGS = re.compile(
    r"</?(?:p|div|br|h[1-6]|ul|ol|li|blockquote|a|b|strong|em|i|span)\b[^<>]*>", re.IGNORECASE
)
_MOST_JSON = 2_000_000
_MOST_OBJECTS = 2_000
_MOST_UPDATES = 500


@dataclass(frozen=True, slots=True)
class Linked:
    """The object of a page's JSON-LD that describes its article, or its film or recording."""

    article: Mapping[str, Any] = field(default_factory=dict)
    named: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The objects of the page by their "@id"."""

    def get(self, *names: str) -> Any:
        """Return the first of these fields that the article has, references looked up."""
        value = next((self.article[name] for name in names if self.article.get(name)), None)
        return self.looked_up(value)

    def looked_up(self, value: Any, depth: int = 3) -> Any:
        """Return a value with objects in the place of bare references to them."""
        if isinstance(value, str):
            return unescape(value) if "&" in value else value
        if isinstance(value, list) and depth:
            return [self.looked_up(item, depth - 1) for item in value[:50]]
        if isinstance(value, Mapping) and depth:
            known = self.named.get(str(value.get("@id"))) if "name" not in value else None
            found = {**known, **value} if known else value
            return {key: self.looked_up(item, depth - 1) for key, item in found.items()}
        return value

    @property
    def kinds(self) -> tuple[str, ...]:
        """The object's types."""
        return _kinds(self.article)

    @property
    def free(self) -> bool | None:
        """Whether all may read the article; None if the page does not say."""
        return fields.flag_of(self.article.get("isAccessibleForFree"))

    @property
    def locked(self) -> tuple[str, ...]:
        """The classes and ids (".paywall") of what only subscribers may read."""
        parts = self.article.get("hasPart")
        found = (
            part.get("cssSelector")
            for part in (parts if isinstance(parts, list) else [parts])
            if isinstance(part, Mapping)
            and fields.flag_of(part.get("isAccessibleForFree")) is False
        )
        return tuple(item for item in found if isinstance(item, str))


def linked_of(root: "_Element") -> Linked:
    """Return what the JSON-LD of a page says about its article; an empty object if it has none."""
    objects = [item for data in _documents(root) for item in _objects(data)]
    named: dict[str, Mapping[str, Any]] = {}
    for item in objects:
        if isinstance(item.get("@id"), str) and len(item) > 2:
            named.setdefault(item["@id"], item)
    for pattern in (_ARTICLES, _VIDEOS):
        for item in objects:
            if any(pattern.search(kind) for kind in _kinds(item)):
                return Linked(item, named)
    return Linked({}, named)


def text_of_linked(linked: Linked) -> list[Paragraph]:
    """Return the article's text as its JSON-LD has it: its body, updates or transcript."""
    found: list[Paragraph] = []
    for name in ("articleBody", "text", "transcript"):
        if not found:
            found = _text(linked.article.get(name))
    updates = linked.article.get("liveBlogUpdate")
    for update in updates[:_MOST_UPDATES] if isinstance(updates, list) else ():
        if isinstance(update, Mapping):
            found += _update(Linked(update, linked.named))
    return found


def _update(update: Linked) -> list[Paragraph]:
    """Return one update of a live blog: its time and headline as a heading, its text."""
    body = _text(update.article.get("articleBody"))
    told = fields.text_of(update.get("headline", "name")) or ""
    time = re.search(r"T(\d\d:\d\d)", str(update.get("datePublished") or ""))
    head = f"{time[1] if time else ''} {told}".strip()
    return [*([Paragraph(head, "heading", level=2)] if head and body else []), *body]


def _text(value: Any) -> list[Paragraph]:
    if not isinstance(value, str) or not value.strip():
        return []
    text = unescape(value) if "&" in value else value
    if _TAGS.search(text):
        return paragraphs_of_html(text)[0]
    return [part for part in paragraphs(clean(text).text) if part.text]


def _documents(root: "_Element") -> Iterator[Any]:
    """Yield the documents of JSON-LD in a page; what is broken is passed over."""
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(text) > _MOST_JSON:
            continue
        bare = re.sub(r"^\s*(?:<!\[CDATA\[|//\s*<!\[CDATA\[)|(?://\s*)?\]\]>\s*$", "", text)
        try:
            yield json.loads(bare.strip().removesuffix(";"), strict=False)
        except (ValueError, RecursionError):
            continue


def _objects(data: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the objects at the top of a JSON-LD document, in lists and in "@graph"."""
    waiting, seen = [data], 0
    while waiting and seen < _MOST_OBJECTS:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, list):
            waiting = item[:_MOST_OBJECTS] + waiting
        elif isinstance(item, dict):
            yield item
            waiting = [item[k] for k in ("@graph", "mainEntity") if k in item] + waiting


def _kinds(item: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = item.get("@type")
    return tuple(k for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str))
