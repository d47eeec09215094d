"""Article objects of the interfaces' JSON to drafts."""

from collections.abc import Mapping
from typing import Any

from reader.errors import InputError
from reader.intake import fields
from reader.intake.draft import Draft
from reader.model import BLOCK_KINDS, Block, Link
from reader.text.hygiene import clean
from reader.text.paragraphs import Paragraph, covers, paragraphs

_SHORT = ("title", "source", "author")


def draft_of_record(data: Mapping[str, Any], where: str) -> Draft:
    """Return the draft of one Article object; `InputError` where it has no title and no text."""
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
    return Draft(
        tuple(parts),
        settled=blocks is not None,
        given=fields.text_of(data.get("id")),
        feed=feed,
        title=title,
        source=fields.names_of(data.get("source")),
        author=fields.author_of(data.get("author")),
        language=fields.language_of(data.get("language")),
        url=fields.address_of(data.get("url")),
        published=fields.moment_of(data.get("published")),
        starter=fields.flag_of(data.get("starter")) or False,
        excerpt=fields.flag_of(data.get("excerpt")),
        leftovers=_lines(data.get("leftovers")),
        stripped=cleaned.stripped + fields.stripped_of(*(data.get(key) for key in _SHORT)),
        tags=fields.tags_of(data.get("tags")),
        read=data.get("read") is True,
        starred=data.get("starred") is True,
    )


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
