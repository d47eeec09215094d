"""A web page to a draft: its main text by trafilatura, its head from what it says of itself."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from reader.errors import InputError
from reader.intake.about import about_page
from reader.intake.blocks import paragraphs_of_tree, parsed, resolved
from reader.intake.draft import Draft
from reader.intake.fields import text_of
from reader.text import lines
from reader.text.hygiene import clean
from reader.text.language import detect
from reader.text.paragraphs import Paragraph

if TYPE_CHECKING:
    from lxml.etree import _Element
    from trafilatura.metadata import Document

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]+)")
_NO_ARTICLE = "no article was found in the page; copy its text into a file and import that"
_ENOUGH_TO_DETECT = 200
MOST_TAGS = 100_000
"""No article's page has so many; each costs time and memory when the main text is looked for."""
_TOO_MANY = f"it has more than {MOST_TAGS:,} tags; copy its text into a file and import that"


def declared_charset(data: bytes) -> str | None:
    """Return the charset that a page names in its head."""
    match = _XML_CHARSET.search(data[:200]) or _CHARSET.search(data[:8192])
    return match[1].decode("ascii") if match else None


def draft_of_page(html: str, where: str, url: str | None = None) -> Draft:
    """Return the draft of a page; `url` is its address where it is known.

    Raises `InputError` where the page holds no article, or more tags than `MOST_TAGS`.
    """
    if html.count("<") > 2 * MOST_TAGS:  # most have an end
        raise InputError(where, _TOO_MANY)
    cleaned = clean(html)
    root = parsed(cleaned.text)
    if root is None:
        raise InputError(where, _NO_ARTICLE)
    about = about_page(root)
    base = _base(root, about.url or url)
    found = _extracted(root, base)
    parts, stripped = _paragraphs(root, found, base)
    if not _holds_article(parts):
        raise InputError(where, _NO_ARTICLE)
    return Draft(
        tuple(parts),
        title=about.title,
        source=about.source,
        host=_host(about.url or url),
        author=about.author,
        language=_language(parts, about.language),
        url=about.url or url,
        published=about.published,
        stripped=cleaned.stripped + stripped,
    )


def _extracted(root: "_Element", url: str | None) -> "Document | None":
    """Return trafilatura's reading of a page; None where it finds nothing."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - heavy, and only pages need it

    try:
        found = bare_extraction(
            root, url=url, fast=True, with_metadata=False, include_comments=False,
            include_images=True, include_links=True, include_formatting=True,
        )  # fmt: skip
    except Exception:  # noqa: BLE001 - it is tried on any page; our own reading is left
        return None
    return None if isinstance(found, dict) else found


def _paragraphs(
    root: "_Element", found: "Document | None", base: str | None
) -> tuple[list[Paragraph], int]:
    """Return the paragraphs of the main text; of all of the page where no main text was found.

    Of a short page trafilatura makes one paragraph: there our own reading tells more, where it
    does not tell much more than the main text.
    """
    main: tuple[list[Paragraph], int] = ([], 0)
    if found is not None and found.body is not None:
        main = paragraphs_of_tree(found.body, base, _captions(root, base))
    if _holds_article(main[0]) and len(main[0]) > 1:
        return main
    page = paragraphs_of_tree(_container(root), base)
    if not _holds_article(main[0]):
        return page
    return page if _length(page[0]) <= 2 * _length(main[0]) else main


def _container(root: "_Element") -> "_Element":
    """Return the element that a page marks as its article, else as its main part, else the page."""
    for tag in ("article", "main"):
        found = list(root.iter(tag))
        if len(found) == 1:
            return found[0]
    return root


def _length(parts: Sequence[Paragraph]) -> int:
    return sum(len(part.text) for part in parts)


def _captions(root: "_Element", base: str | None) -> dict[str, str]:
    """Return the captions of a page's figures by the addresses of their pictures."""
    found: dict[str, str] = {}
    for figure in root.iter("figure"):
        words = text_of(" ".join("".join(c.itertext()) for c in figure.iter("figcaption")))
        for picture in figure.iter("img", "source") if words else ():
            for name in ("src", "data-src", "srcset"):
                source = (picture.get(name) or "").split(" ")[0].rstrip(",")
                if source:
                    found.setdefault(resolved(source, base) or source, words or "")
    return found


def _holds_article(parts: Sequence[Paragraph]) -> bool:
    """Tell whether there is running text: a page of links or of forms has none."""
    return any(
        part.kind in ("paragraph", "quote", "list", "code")
        and lines.ends_sentence(part.text)
        and lines.word_count(part.text) >= 5
        for part in parts
    )


def _base(root: "_Element", url: str | None) -> str | None:
    """Return the address that relative links start from."""
    href = next((e.get("href") for e in root.iter("base") if e.get("href")), None)
    try:
        return urljoin(url or "", href) if href else url
    except ValueError:
        return url


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _language(parts: Sequence[Paragraph], declared: str | None) -> str | None:
    """Return the language of a page's text: pages often name that of their template."""
    text = "\n".join(part.text for part in parts if part.kind in ("paragraph", "quote"))
    return (detect(text) if len(text) >= _ENOUGH_TO_DETECT else None) or declared
