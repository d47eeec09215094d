"""A web page to a draft: its main text by trafilatura, its head from what it says of itself."""

import re

from reader.errors import InputError
from reader.intake import fields
from reader.intake.blocks import paragraphs_of_tree
from reader.intake.draft import Draft
from reader.text.hygiene import clean

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)


def declared_charset(data: bytes) -> str | None:
    """Return the charset that a page names in its head."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def draft_of_page(html: str, where: str, url: str | None = None) -> Draft:
    """Return the draft of a page; `InputError` where it holds no article."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - heavy, and only pages need it

    cleaned = clean(html)
    found = bare_extraction(
        cleaned.text, url=url, fast=True, with_metadata=True, include_comments=False,
        include_images=True, include_links=True, include_formatting=True,
    )  # fmt: skip
    if found is None or isinstance(found, dict) or found.body is None:
        raise InputError(where, "no article was found in the page; save its text instead")
    parts, _ = paragraphs_of_tree(found.body, found.url or url)
    if not parts:
        raise InputError(where, "no article was found in the page; save its text instead")
    return Draft(
        tuple(parts),
        structured=True,
        title=fields.text_of(found.title),
        source=fields.text_of(found.sitename),
        author=fields.names_of(found.author),
        language=fields.language_of(found.language),
        url=fields.address_of(found.url),
        published=fields.moment_of(found.date),
        stripped=cleaned.stripped,
    )
