"""Article objects of the interfaces' JSON to drafts, and those that use other names for the keys.

The text of an object is its `text`. One without it that has its text under another name (`content`,
`body`, `articleBody`), as news interfaces and programs that read pages write it, is understood too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from reader.errors import InputError
from reader.intake import fields
from reader.intake.draft import Draft
from reader.intake.importers.base import first
from reader.intake.importers.saved import Saved, draft_of_saved, moment, split_tags
from reader.model import BLOCK_KINDS, Block, Link
from reader.text.hygiene import clean
from reader.text.paragraphs import Paragraph, covers, paragraphs

_SHORT = ("title", "source", "author")
_OWN = frozenset({
    "id", "source", "title", "text", "url", "author", "language", "published", "added", "read",
    "starred", "tags", "story", "annotations", "revision", "feed", "starter", "excerpt", "blocks",
    "links", "leftovers", "stripped", "feed_tags",
})  # fmt: skip
_SURE = frozenset({"url", "published", "source", "author"})
_HTML = ("content_html", "html", "body_html", "content", "articleBody", "body", "bodyText")
_TEXT = ("content_text", "fullText", "full_text", "maintext", "raw_text", "article")
_ABOUT = ("description", "abstract", "summary", "excerpt", "snippet", "lead")
_TITLE = ("title", "headline", "webTitle", "name")
_URL = ("url", "link", "href", "uri", "webUrl", "canonical_url", "mainEntityOfPage")
_AUTHOR = ("author", "authors", "byline", "creator")
_SOURCE = ("source", "outlet", "publisher", "site_name", "siteName", "publication", "hostname")
_PUBLISHED = ("published", "published_at", "publishedAt", "datePublished", "date_published",
              "publish_date", "date_publish", "webPublicationDate", "pubDate", "date")  # fmt: skip


def draft_of_record(data: Mapping[str, Any], where: str) -> Draft:
    """Return the draft of one Article object; `InputError` when it has no title and no text."""
    if _has_other_names(data):
        return _of_other_names(data, where)
    raw = data.get("text")
    if raw is not None and not isinstance(raw, str):
        raise InputError(where, 'its "text" is not a text; write it in quotation marks')
    title = fields.text_of(data.get("title"))
    cleaned = clean(raw or "")
    if not title and not cleaned.text.strip():
        raise InputError(where, 'it has no "title" and no "text"; an article needs one of them')
    blocks = _blocks(data.get("blocks"), cleaned.text) if cleaned.text == raw else None
    parts = _cut(cleaned.text, blocks, data.get("links")) if blocks else paragraphs(cleaned.text)
    feed = fields.address_of(data.get("feed"))
    url = fields.address_of(data.get("url")) or fields.address_of(data.get("source"))
    return Draft(
        tuple(parts),
        settled=blocks is not None,
        given=fields.text_of(data.get("id")),
        feed=feed,
        title=title,
        source=fields.outlet_of(data.get("source")),
        author=fields.author_of(first(data, *_AUTHOR)),
        language=fields.language_of(data.get("language")),
        url=url,
        published=fields.moment_of(data.get("published")) or moment(first(data, *_PUBLISHED)),
        starter=fields.flag_of(data.get("starter")) or False,
        excerpt=fields.flag_of(data.get("excerpt")) or _is_address_alone(url, parts),
        leftovers=_lines(data.get("leftovers")),
        stripped=cleaned.stripped + fields.stripped_of(*(data.get(key) for key in _SHORT)),
        tags=fields.tags_of(data.get("tags")),
        read=data.get("read") is True,
        starred=data.get("starred") is True,
    )


def _is_address_alone(url: str | None, parts: Sequence[Paragraph]) -> bool | None:
    """Return True for an address without a text, which is to be had from its page."""
    return True if url and not parts else None


def says_an_article(data: Any) -> bool:
    """Return True for an object that is an article, by our own names or by common ones.

    A title alone is none in a document that anything may have written, unless the other keys are
    those of an article.
    """
    if not isinstance(data, Mapping):
        return False
    if isinstance(data.get("text"), str) or _has_other_names(data):
        return True
    return bool(data.get("title")) and (set(data) <= _OWN or not _SURE.isdisjoint(data))


def _has_other_names(data: Mapping[str, Any]) -> bool:
    text = data.get("text")
    if isinstance(text, str) and text.strip():
        return False
    body = any(isinstance(data.get(k), str) and data[k].strip() for k in (*_HTML, *_TEXT, *_ABOUT))
    return body and bool(first(data, *_TITLE, *_URL))


def _of_other_names(data: Mapping[str, Any], where: str) -> Draft:
    entry = Saved(
        url=first(data, *_URL),
        title=first(data, *_TITLE),
        html=first(data, *_HTML),
        text=first(data, *_TEXT),
        about=first(data, *_ABOUT),
        author=first(data, *_AUTHOR),
        source=fields.outlet_of(first(data, *_SOURCE)),
        language=first(data, "language", "lang", "inLanguage"),
        published=first(data, *_PUBLISHED),
        tags=split_tags(first(data, "tags", "keywords", "labels")),
        read=data.get("read") is True,
        starred=data.get("starred") is True,
    )
    return replace(draft_of_saved(entry, where), given=fields.text_of(data.get("id")))


def _lines(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else []
    return tuple(line for item in items if (line := fields.text_of(item)))


def _blocks(value: Any, text: str) -> list[Block] | None:
    """Return the given blocks where they are well-formed and cover the text; else None."""
    if not isinstance(value, list) or not value:
        return None
    found = []
    for item in value:
        span = _span(item)
        kind = item.get("kind", "paragraph") if span else None
        if span is None or kind not in BLOCK_KINDS:
            return None
        found.append(Block(*span, kind))
    return found if covers(found, text) else None


def _span(item: Any) -> tuple[int, int] | None:
    if not isinstance(item, Mapping):
        return None
    start, end = item.get("start"), item.get("end")
    if type(start) is not int or type(end) is not int:
        return None
    return start, end


def _cut(text: str, blocks: list[Block], links: Any) -> list[Paragraph]:
    """Return the paragraphs that the blocks cut out of the text, each with its links."""
    spans = [
        (*span, url)
        for item in (links if isinstance(links, list) else [])
        if (span := _span(item)) and (url := fields.address_of(item.get("url")))
    ]
    parts, last = [], 0
    for block in blocks:
        own = tuple(
            Link(a - block.start, b - block.start, url)
            for a, b, url in spans
            if block.start <= a < b <= block.end
        )
        opens = block.kind == "list" and text[last : block.start].count("\n") > 1
        parts.append(Paragraph(text[block.start : block.end], block.kind, own, opens))
        last = block.end
    return parts
