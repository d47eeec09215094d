"""The text of a page that only a script would show: from the data it was sent with.

Frameworks (Next, Nuxt, Gatsby and others) send a page's content as JSON in a script element. What
of it is the article is told by its form: the strings of one field, in their order, that hold the
most whole sentences.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reader.intake.blocks import paragraphs_of_html
from reader.text import lines
from reader.text.hygiene import clean
from reader.text.paragraphs import Paragraph, paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST = 5_000_000
_MOST_STRINGS = 50_000
_ASSIGNED = re.compile(r"\s*(?:window|self)\.\w+\s*=\s*(?=\{)")
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?>", re.IGNORECASE)
_LEAST = 200
_NOT_TEXT = re.compile(
    r"(?:description|summary|caption|alt|bio|seo\w*|meta\w*|css|style)$", re.IGNORECASE
)


def text_of_data(root: "_Element") -> list[Paragraph]:
    """Return the paragraphs of the longest text in the JSON of a page; none if it has no text."""
    best: list[str] = []
    for script in root.iter("script"):
        for field in _fields(script):
            texts = list(dict.fromkeys(field))
            if sum(map(len, texts)) > sum(map(len, best)):
                best = texts
    found = [part for text in best for part in _paragraphs(text)]
    return found if sum(len(part.text) for part in found) >= _LEAST else []


def _fields(script: Any) -> Iterator[list[str]]:
    """Yield the texts of each field of a script's data."""
    text = script.text or ""
    kind = script.get("type") or ""
    if len(text) > _MOST or "ld+json" in kind:
        return
    start = 0
    if "json" not in kind:
        match = _ASSIGNED.match(text)
        if match is None:
            return
        start = match.end()
    try:
        data, _ = json.JSONDecoder(strict=False).raw_decode(text, start + _blank(text, start))
    except (ValueError, RecursionError):
        return
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path, value in _strings(data):
        if _is_text(value) and not (path and _NOT_TEXT.search(path[-1])):
            found[path].append(value)
    yield from found.values()


def _blank(text: str, start: int) -> int:
    return len(text) - start - len(text[start:].lstrip())


def _strings(data: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the strings of a document with their fields; the places in lists do not count."""
    waiting: list[tuple[tuple[str, ...], Any]] = [((), data)]
    seen = 0
    while waiting and seen < _MOST_STRINGS:
        path, item = waiting.pop()
        seen += 1
        if isinstance(item, str):
            yield path, item
        elif isinstance(item, list):
            waiting += [(path, each) for each in reversed(item)]
        elif isinstance(item, dict):
            waiting += [((*path[-8:], str(name)), each) for name, each in reversed(item.items())]


def _is_text(value: str) -> bool:
    if len(value) < 60:
        return False
    bare = _TAG.sub(" ", value[:4000]).strip()
    return lines.is_body(" ".join(bare.split())) and bare.count("{") < 3


def _paragraphs(text: str) -> list[Paragraph]:
    if _TAG.search(text):
        return paragraphs_of_html(text)[0]
    return [part for part in paragraphs(clean(text).text) if part.text]
