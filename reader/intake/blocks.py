"""HTML (and trafilatura's reading of it) to paragraphs with kinds and links.

One walk over the tree without recursion, so that no depth of nesting can end it. Markdown comes
here by way of HTML, and so do the bodies of feeds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from reader.model import BlockKind, Link
from reader.text.hygiene import clean
from reader.text.paragraphs import Paragraph

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = frozenset(
    (
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "iframe",
        "object",
        "embed",
        "form",
        "button",
        "input",
        "select",
        "option",
        "textarea",
        "svg",
        "audio",
        "video",
        "canvas",
        "nav",
        "dialog",
        "map",
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "head"))
_LISTS = frozenset(("ul", "ol", "list", "menu", "dl", "dir"))
_ITEMS = frozenset(("li", "item", "dt", "dd"))
_BREAKS = frozenset(("br", "lb"))
_IMAGES = frozenset(("img", "graphic"))
_LINKS = frozenset(("a", "ref"))
_BLOCKS = (
    frozenset(
        (
            "p",
            "div",
            "section",
            "article",
            "main",
            "header",
            "footer",
            "aside",
            "figure",
            "figcaption",
            "caption",
            "blockquote",
            "quote",
            "pre",
            "table",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "row",
            "td",
            "th",
            "cell",
            "address",
            "hr",
            "details",
            "summary",
            "center",
            "body",
            "html",
            "fieldset",
        )
    )
    | _HEADINGS
    | _LISTS
    | _ITEMS
)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SHOWN_LINK = re.compile(r"https?://[^\s/]|mailto:[^\s]", re.IGNORECASE)
_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|svg|avif)|(?:IMG|DSC)[-_ ]?\d+", re.IGNORECASE)


@dataclass(slots=True)
class _List:
    """A list that the walk is in: the number of its next item, if its items have numbers."""

    number: int | None
    fresh: bool = True


@dataclass(slots=True)
class _Walk:
    """What the walk has gathered."""

    base: str | None
    done: list[Paragraph] = field(default_factory=list)
    runs: list[tuple[str, str | None]] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    marker: str | None = None
    """The number to be put before the next text of a list item; None outside of items."""
    kinds: list[BlockKind] = field(default_factory=list)
    urls: list[str | None] = field(default_factory=list)
    stripped: int = 0


def paragraphs_of_html(html: str, base: str | None = None) -> tuple[list[Paragraph], int]:
    """Return the paragraphs of a piece of HTML (all of it), and how many characters were stripped.

    `base` is the address that relative links start from.
    """
    from lxml.html import HTMLParser, fromstring  # noqa: PLC0415 - lxml is needed for HTML only

    text = clean(html)
    if not text.text.strip():
        return [], text.stripped
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = fromstring(text.text.encode("utf-8"), parser=parser)
    except Exception:  # noqa: BLE001 - lxml has several errors for documents without an element
        return [], text.stripped
    found, stripped = paragraphs_of_tree(root, base)
    return found, stripped + text.stripped


def paragraphs_of_tree(root: "_Element", base: str | None = None) -> tuple[list[Paragraph], int]:
    """Return the paragraphs of a tree of HTML or of trafilatura's XML, and what was stripped."""
    walk = _Walk(base)
    for event, element in _events(root):
        tag = element.tag
        if event == "start":
            _open(walk, tag, element)
            if element.text:
                walk.runs.append((element.text, _address(walk)))
        else:
            _close(walk, tag)
            if element.tail and element is not root:
                walk.runs.append((element.tail, _address(walk)))
    _flush(walk)
    return walk.done, walk.stripped


def _events(root: "_Element") -> Iterator[tuple[str, Any]]:
    """Yield (start | end, element) over the tree, leaving out what is not shown."""
    from lxml.etree import iterwalk  # noqa: PLC0415 - as above

    walker = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start" and isinstance(element.tag, str) and element.tag not in _SKIPPED:
            yield event, element
        elif event == "start":
            walker.skip_subtree()
            element.text = None
        elif event == "end":
            yield event, element


def _open(walk: _Walk, tag: str, element: Any) -> None:
    if tag in _BLOCKS:
        _flush(walk)
    if tag in _HEADINGS:
        walk.kinds.append("heading")
    elif tag in ("blockquote", "quote"):
        walk.kinds.append("quote")
    elif tag in ("figcaption", "caption"):
        walk.kinds.append("caption")
    elif tag == "pre":
        walk.kinds.append("code")
    elif tag in _LISTS:
        walk.lists.append(_List(_first_number(tag, element)))
    elif tag in _ITEMS:
        walk.kinds.append("list")
        walk.marker = _marker(walk)
    elif tag in _BREAKS:
        walk.runs.append(("\x00", None))
    elif tag in _LINKS:
        walk.urls.append(_resolved(element.get("href") or element.get("target"), walk.base))


def _close(walk: _Walk, tag: str) -> None:
    if tag in _BLOCKS:
        _flush(walk)
    if tag in _HEADINGS or tag in _ITEMS:
        walk.kinds.pop()
        walk.marker = None if tag in _ITEMS else walk.marker
    elif tag in ("blockquote", "quote", "figcaption", "caption", "pre"):
        walk.kinds.pop()
    elif tag in _LISTS:
        walk.lists.pop()
    elif tag in _LINKS:
        walk.urls.pop()


def _first_number(tag: str, element: Any) -> int | None:
    if tag != "ol" and element.get("rend") != "ol":
        return None
    start = element.get("start", "1")
    return int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1


def _marker(walk: _Walk) -> str:
    if not walk.lists or (number := walk.lists[-1].number) is None:
        return ""
    walk.lists[-1].number = number + 1
    return f"{number}. "


def _address(walk: _Walk) -> str | None:
    return next((url for url in reversed(walk.urls) if url), None)


def _resolved(url: str | None, base: str | None) -> str | None:
    if not url or url.startswith("#"):
        return None
    try:
        whole = urljoin(base or "", url.strip())
    except ValueError:
        return None
    return whole if _SHOWN_LINK.match(whole) and len(whole) <= 4000 else None


def _flush(walk: _Walk) -> None:
    """Make a paragraph of the text gathered so far."""
    runs, walk.runs = walk.runs, []
    if not any(text.strip("\x00 \t\n\r\f\xa0") for text, _ in runs):
        return
    kind: BlockKind = walk.kinds[-1] if walk.kinds else "paragraph"
    for line in _lines(runs, kind):
        text, links = _joined(line, kind)
        if not text:
            continue
        marker, opens = "", False
        if kind == "list":
            marker, walk.marker = walk.marker or "", ""
            if walk.lists:
                opens, walk.lists[-1].fresh = walk.lists[-1].fresh, False
                opens = opens and len(walk.lists) == 1
        shifted = tuple(Link(a.start + len(marker), a.end + len(marker), a.url) for a in links)
        walk.done.append(Paragraph(marker + text, kind, shifted, opens))


def _lines(
    runs: list[tuple[str, str | None]], kind: BlockKind
) -> list[list[tuple[str, str | None]]]:
    """Return the runs by line; only a break in the markup breaks a line, but for code."""
    if kind == "code":
        return [[(text.replace("\x00", "\n"), url) for text, url in runs]]
    lines: list[list[tuple[str, str | None]]] = [[]]
    for text, url in runs:
        if text == "\x00":
            lines.append([])
        else:
            lines[-1].append((_SPACE.sub(" ", text), url))
    return lines


def _joined(runs: list[tuple[str, str | None]], kind: BlockKind) -> tuple[str, list[Link]]:
    """Return the clean text of the runs and the links in it."""
    text, links = "", []
    for raw, url in runs:
        piece = clean(raw).text
        if kind != "code" and (not text or text.endswith(" ")):
            piece = piece.lstrip(" ")
        start = len(text)
        text += piece
        if url and piece.strip():
            links.append(Link(start, start + len(piece.rstrip()), url))
    final = text.strip("\n").rstrip() if kind == "code" else text.strip()
    if clean(final).text != final:
        return clean(final).text, []
    cut = len(text) - len(text.lstrip("\n" if kind == "code" else None))
    moved = (Link(max(0, a.start - cut), min(len(final), a.end - cut), a.url) for a in links)
    return final, [a for a in moved if a.start < a.end]
