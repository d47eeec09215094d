"""A web page to a draft: its article's text, its head from what it says about itself.

The paragraphs of the page's own tree are what is stored (`main_text` chooses them); all others are
kept as left-overs. A page whose text only a script would show often has it in its data.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from reader.errors import InputError
from reader.intake.about import About, about_page
from reader.intake.blocks import parsed, placed_paragraphs
from reader.intake.draft import Draft
from reader.intake.linked import text_of_linked
from reader.intake.main_text import Block, main_text
from reader.intake.page_data import text_of_data
from reader.intake.unread import why_no_article
from reader.text import lines
from reader.text.bylines import Byline, byline_of
from reader.text.headlines import same_headline
from reader.text.hygiene import clean
from reader.text.language import detect
from reader.text.pagewords import page_words
from reader.text.paragraphs import Paragraph
from reader.text.stamps import stamp_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]+)")
_NO_ARTICLE = "no article was found in the page; copy its text into a file and import that"
_ENOUGH_TO_DETECT = 200
_SHORT = 600
"""Characters: if the page shows no more, a text in its data that is twice as long replaces it."""
_TEASER = 2_500
"""Characters of text that is not free and that nothing says to be whole: no more is an excerpt."""
_LOCKED_PART = 300
"""Characters: if the part for subscribers holds more, it is there."""
_MOST_STAMP = 30
_NOWHERE = "http://nowhere.invalid/"
"""Where a page without an address is while it is read: what is a link shall be seen."""
MOST_TAGS = 100_000
"""No article's page has so many; each costs time and memory when the main text is looked for."""
_TOO_MANY = f"it has more than {MOST_TAGS:,} tags; copy its text into a file and import that"


def declared_charset(data: bytes) -> str | None:
    """Return the charset that a page names in its head."""
    match = _XML_CHARSET.search(data[:200]) or _CHARSET.search(data[:8192])
    return match[1].decode("ascii") if match else None


def draft_of_page(html: str, where: str, url: str | None = None) -> Draft:
    """Return the draft of a page; `url` is its address if it is known.

    Raises `InputError` if the page holds no article, or more tags than `MOST_TAGS`.
    """
    if html.count("<") > 2 * MOST_TAGS:  # most have an end
        raise InputError(where, _TOO_MANY)
    cleaned = clean(html)
    root = parsed(cleaned.text)
    if root is None:
        raise InputError(where, _NO_ARTICLE)
    about = about_page(root)
    address = about.url or url
    base = _base(root, address)
    found = _extracted(root)
    placed, stripped = placed_paragraphs(root, base or _NOWHERE)
    blocks = main_text(_timed(placed), found)
    for block in blocks:
        if block.chosen and (_names_outlet(block.part, about) or _is_locked(block)):
            block.chosen = False
    parts = [_linked_to_somewhere(block.part) for block in blocks if block.chosen]
    if reason := why_no_article(root, parts, base):
        raise InputError(where, reason)
    parts = _completed(root, about, parts)
    if not _holds_article(parts):
        raise InputError(where, _NO_ARTICLE)
    byline = _byline(blocks)
    return Draft(
        tuple(parts),
        chosen=True,
        title=about.title,
        source=about.source,
        host=_host(address),
        author=about.author or byline.author,
        language=_language(parts, about.language),
        url=address,
        published=about.published or byline.published or _guessed_day(root, about, address),
        excerpt=_is_teaser(about, blocks, parts) or None,
        leftovers=_left_over(blocks, parts, about.title),
        stripped=cleaned.stripped + stripped,
    )


def _linked_to_somewhere(part: Paragraph) -> Paragraph:
    links = tuple(link for link in part.links if not link.url.startswith(_NOWHERE))
    return part if len(links) == len(part.links) else replace(part, links=links)


def _names_outlet(part: Paragraph, about: About) -> bool:
    """Tell whether a heading is only the outlet's name."""
    named = lines.letters_of(part.text) == lines.letters_of(about.source or "")
    return part.kind == "heading" and bool(about.source) and named


def _is_locked(block: Block) -> bool:
    """Tell whether a line says that only subscribers can read on."""
    low = block.part.text[:400].casefold()
    return block.size <= 250 and any(words in low for words in page_words().locked)


def _extracted(root: "_Element") -> str:
    """Return the text that trafilatura extracts; "" if it finds none."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - heavy, and only pages need it

    try:
        found = bare_extraction(root, fast=True, with_metadata=False, include_comments=False)
    except Exception:  # noqa: BLE001 - it is tried on any page; our own reading is left
        return ""
    return "" if found is None or isinstance(found, dict) else found.text or ""


def _timed(placed: Sequence[tuple[Paragraph, object]]) -> list[tuple[Paragraph, object]]:
    """Return the paragraphs of a live blog with its times in the headings that they belong to."""
    times = [n for n, (part, _) in enumerate(placed) if _is_time(part)]
    if len(times) < 3 and not (len(times) == 2 and times[1] - times[0] > 1):
        return list(placed)
    found = list(placed)
    gone: set[int] = set()
    for n in times:
        part, element = placed[n]
        after = placed[n + 1][0] if n + 1 < len(placed) else None
        before = placed[n - 1][0] if n else None
        if after is not None and after.kind == "heading":
            gone.add(n)
            found[n + 1] = _with_time(part, after), placed[n + 1][1]
        elif before is not None and before.kind == "heading" and n - 1 not in gone:
            gone.add(n)
            found[n - 1] = _with_time(part, before), placed[n - 1][1]
        else:
            found[n] = replace(part, kind="heading", links=(), level=3), element
    return [item for n, item in enumerate(found) if n not in gone]


def _is_time(part: Paragraph) -> bool:
    clock = re.search(r"\d\s?(?:[:.h]\s?\d\d|[ap]\.?m\b)", part.text, re.IGNORECASE)
    short = part.kind == "paragraph" and len(part.text) <= _MOST_STAMP
    return bool(short and clock and stamp_of(part.text))


def _with_time(time: Paragraph, heading: Paragraph) -> Paragraph:
    shift = len(time.text) + 1
    links = tuple(replace(a, start=a.start + shift, end=a.end + shift) for a in heading.links)
    return replace(heading, text=f"{time.text} {heading.text}", links=links)


def _completed(root: "_Element", about: About, parts: list[Paragraph]) -> list[Paragraph]:
    """Return the text, taken from the page's data if the page shows little or none."""
    shown = _length(parts)
    if _holds_article(parts) and shown > _SHORT:
        return parts
    spoken = bool(about.linked.article.get("transcript"))
    least = 2 * shown if _holds_article(parts) and not spoken else 1
    for told in (text_of_linked(about.linked), text_of_data(root) if shown < _SHORT / 2 else []):
        if _holds_article(told) and _length(told) >= least:
            known = lines.letters_of_all(part.text for part in told)
            shown_too = [part for part in parts if lines.letters_of_all([part.text]) not in known]
            return [*shown_too, *told]
    return parts


def _length(parts: Iterable[Paragraph]) -> int:
    return sum(len(part.text) for part in parts)


def _holds_article(parts: Sequence[Paragraph]) -> bool:
    """Tell whether there is running text: a page of links or of forms has none.

    A gallery's captions are an article too.
    """
    running = ("paragraph", "quote", "list", "code")
    if any(part.kind in running and lines.is_running(part.text) for part in parts):
        return True
    shown = [part for part in parts if part.kind == "caption" and lines.word_count(part.text) >= 5]
    return len(shown) >= 3


def _byline(blocks: Sequence[Block]) -> Byline:
    """Return what the by-lines between the headline and the text tell, and those behind it."""
    bodies = [n for n, block in enumerate(blocks) if block.chosen and block.body]
    if not bodies:
        return Byline()
    near = (*blocks[max(0, bodies[0] - 12) : bodies[0]], *blocks[bodies[-1] + 1 : bodies[-1] + 4])
    found = Byline()
    for block in near:
        if not block.aside and (told := byline_of(block.part.text)):
            found = found | told
    return found


def _guessed_day(root: "_Element", about: About, url: str | None) -> datetime | None:
    """Return the day of publication that htmldate finds; not one on which it was only changed."""
    from htmldate import find_date  # noqa: PLC0415 - only pages without a date need it

    try:
        day = find_date(root, extensive_search=False, original_date=True, url=url)
    except Exception:  # noqa: BLE001 - it is tried on any page
        return None
    if not day or any(day == at.date().isoformat() for at in about.modified):
        return None
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _is_teaser(about: About, blocks: Sequence[Block], parts: Sequence[Paragraph]) -> bool:
    """Tell whether the page says that its text goes on for subscribers only, and has no more."""
    length = _length(parts)
    last = max((n for n, block in enumerate(blocks) if block.chosen and block.body), default=0)
    if any(_is_locked(block) and not block.hidden for block in blocks[last + 1 : last + 12]):
        return length < _TEASER
    if about.linked.free is not False:
        return False
    count = about.linked.get("wordCount")
    if isinstance(count, int) and count > 0:
        return sum(lines.word_count(part.text) for part in parts) < 0.7 * count
    names = [name.strip(" .#") for name in about.linked.locked]
    inside = sum(
        block.size
        for block in blocks
        if block.chosen and block.body and any(_is_in(block, name) for name in names)
    )
    return inside < _LOCKED_PART and length < _TEASER


def _is_in(block: Block, name: str) -> bool:
    return any(
        name in (around.get("class") or "").split() or name == around.get("id")
        for around in block.lineage
    )


def _left_over(
    blocks: Sequence[Block], parts: Sequence[Paragraph], title: str | None
) -> tuple[str, ...]:
    """Return what the page holds beside the article, each line once, in its order."""
    kept = {lines.letters_of(part.text) for part in parts}
    found: dict[str, str] = {}
    for block in blocks:
        text = block.part.text
        letters = lines.letters_of(text)
        alternative = block.lineage[0].tag in ("img", "source")
        if block.chosen or block.hidden or alternative or not letters or letters in kept:
            continue
        if not (title and same_headline(text, title)):
            found.setdefault(letters, text)
    return tuple(found.values())


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
