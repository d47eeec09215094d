"""HTML (and trafilatura's reading of it) to paragraphs with kinds and links.

One walk over the tree without recursion, so that no depth of nesting can end it. Markdown comes
here by way of HTML, and so do the bodies of feeds.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from reader.intake import tables
from reader.model import BlockKind, Link
from reader.text.hygiene import clean, clean_line
from reader.text.paragraphs import Paragraph

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HTMLParser

Run = tuple[str, str | None]
"""A piece of text and the address it leads to."""

_SKIPPED = frozenset((
    "script", "style", "template", "noscript", "title", "iframe", "object", "embed",
    "button", "input", "select", "option", "textarea", "svg", "math", "audio", "video", "canvas",
    "nav", "dialog", "map",
))  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "head"))
_LISTS = frozenset(("ul", "ol", "list", "menu", "dl", "dir"))
_ITEMS = frozenset(("li", "item", "dt", "dd"))
_BREAKS = frozenset(("br", "lb"))
_IMAGES = frozenset(("img", "graphic"))
_LINKS = frozenset(("a", "ref"))
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(_HEADINGS, "heading"),
    **dict.fromkeys(_ITEMS, "list"),
    **dict.fromkeys(("blockquote", "quote"), "quote"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "pre": "code",
}
_BLOCKS = frozenset((
    "p", "div", "section", "article", "main", "header", "footer", "aside", "figure", "table",
    "thead", "tbody", "tfoot", "tr", "row", "td", "th", "cell", "address", "hr", "details",
    "summary", "center", "body", "html", "fieldset", "form", *_KINDS, *_LISTS,
))  # fmt: skip
_BREAK = "\x00"
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SHOWN_LINK = re.compile(r"https?://[^\s/]|mailto:[^\s]", re.IGNORECASE)
_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|svg|avif)|(?:IMG|DSC)[-_ ]?\d+", re.IGNORECASE)
_RUNNING = 200
"""Characters of longer paragraphs that no form has beside its fields."""
_RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")


@dataclass(slots=True)
class _List:
    """A list that the walk is in: the number of its next item, if its items have numbers."""

    number: int | None
    fresh: bool = True


@dataclass(slots=True)
class _Walk:
    """What the walk has gathered, and what it is in."""

    base: str | None
    pictures: Mapping[str, str]
    done: list[Paragraph] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    markers: list[str] = field(default_factory=list)
    """Of each list item it is in: the number that has still to be written."""
    kinds: list[tuple[BlockKind, int]] = field(default_factory=list)
    urls: list[str | None] = field(default_factory=list)
    shifts: list[dict[int, int]] = field(default_factory=list)
    """Of each raised or lowered text it is in: to which signs."""
    stripped: int = 0
    told: set[Any] = field(default_factory=set)
    """Tables that were written as a whole."""
    inside: list[Any] = field(default_factory=list)
    """The elements that it is in, the outermost first."""
    places: list[Any] = field(default_factory=list)
    """Of each paragraph: the element that it was found in."""

    def put(self, part: Paragraph) -> None:
        """Add a paragraph of the element that the walk is in."""
        self.done.append(part)
        self.places.append(self.inside[-1])

    def add(self, text: str | None) -> None:
        """Gather a piece of text."""
        if text:
            shifted = text.translate(self.shifts[-1]) if self.shifts else text
            url = next((url for url in reversed(self.urls) if url), None)
            self.runs.append((shifted.replace(_BREAK, ""), url))


def paragraphs_of_html(html: str, base: str | None = None) -> tuple[list[Paragraph], int]:
    """Return the paragraphs of a piece of HTML (all of it), and how many characters were stripped.

    `base` is the address that relative links start from.
    """
    text = clean(html)
    root = parsed(text.text)
    if root is None:
        return [], text.stripped
    found, stripped = paragraphs_of_tree(root, base)
    return found, stripped + text.stripped


def html_parser() -> "HTMLParser":
    """Return a parser of HTML, which keeps what it complained of."""
    from lxml.html import HTMLParser  # noqa: PLC0415 - needed for HTML only

    return HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


def parsed(html: str, parser: "HTMLParser | None" = None) -> "_Element | None":
    """Return the tree of a page or a piece of HTML; None where there is nothing in it."""
    from lxml.html import document_fromstring  # noqa: PLC0415 - needed for HTML only

    if not html.strip():
        return None
    parser = parser or html_parser()
    try:
        root: _Element = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except Exception:  # noqa: BLE001 - lxml has several errors for a document without an element
        return None
    return root


def paragraphs_of_tree(
    root: "_Element", base: str | None = None, pictures: Mapping[str, str] | None = None
) -> tuple[list[Paragraph], int]:
    """Return the paragraphs of a tree of HTML or of trafilatura's XML, and what was stripped.

    `pictures` has captions by the address of the picture, for trees that have lost them.
    """
    walk = _walked(root, base, pictures or {})
    return walk.done, walk.stripped


def placed_paragraphs(
    root: "_Element", base: str | None = None, pictures: Mapping[str, str] | None = None
) -> tuple[list[tuple[Paragraph, Any]], int]:
    """Return the paragraphs of a tree, each with the element it was found in; what was stripped."""
    walk = _walked(root, base, pictures or {})
    return list(zip(walk.done, walk.places, strict=True)), walk.stripped


def _walked(root: "_Element", base: str | None, pictures: Mapping[str, str]) -> _Walk:
    walk = _Walk(base, pictures)
    undo: list[tuple[str, tuple[list[Any], ...]]] = []
    for event, element in _events(root, walk.told):
        if event == "start":
            undo.append((element.tag, _open(walk, element.tag, element)))
            if element not in walk.told:
                walk.add(element.text)
            continue
        if event == "end":
            tag, opened = undo.pop()
            if tag in _BLOCKS or element is root or any(stack is walk.kinds for stack in opened):
                _flush(walk)
            for stack in opened:
                last = stack.pop()
                if stack is walk.markers and last:  # "22." alone is an empty item in Markdown
                    walk.put(Paragraph(last.strip(), "list", opens=True))
            walk.inside.pop()
        if element is not root:
            walk.add(element.tail)
    return walk


def _events(root: "_Element", told: set[Any]) -> Iterator[tuple[str, Any]]:
    """Yield ("start" | "end" | "skip", element) over the tree; what is not shown is skipped.

    The children of an element that is in `told` by the time of its start are passed over.
    """
    yield "start", root
    stack = [(root, iter(() if root in told else root))]
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "end", element
        elif _is_shown(child):
            yield "start", child
            stack.append((child, iter(() if child in told else child)))
        else:
            yield "skip", child


def _is_shown(element: Any) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in _SKIPPED:
        return False
    if tag == "span" and "mw-editsection" in (element.get("class") or ""):  # MediaWiki's "[edit]"
        return False
    head = tag == "head" and element.getparent() is not None and element.getparent().tag == "html"
    form = tag == "form" and not _holds_text(element)
    return not head and not form and element.get("hidden") is None


def _holds_text(form: Any) -> bool:
    """Tell whether a form holds more than fields: some pages are one form from top to end."""
    texts = ("".join(part.itertext()).strip() for part in form.iter("p", "li", "article"))
    return sum(len(text) for text in texts if len(text) >= 60) >= _RUNNING


def _open(walk: _Walk, tag: str, element: Any) -> tuple[list[Any], ...]:
    """Note that the walk enters an element; return the stacks that its end takes one from."""
    opened: list[list[Any]] = []
    kind = _kind(tag, element)
    if tag in _BLOCKS or kind:
        _flush(walk)
    walk.inside.append(element)
    if kind:
        walk.kinds.append((kind, _level(tag, element)))
        opened.append(walk.kinds)
    if tag in _ITEMS:
        walk.markers.append(_marker(walk))
        opened.append(walk.markers)
    elif tag in _LISTS:
        walk.lists.append(_List(_first_number(tag, element)))
        opened.append(walk.lists)
    elif tag in _LINKS:
        walk.urls.append(resolved(element.get("href") or element.get("target"), walk.base))
        opened.append(walk.urls)
    elif tag in ("sup", "sub") or element.get("rend") in ("#sup", "#sub"):
        raised = "sup" in (tag, (element.get("rend") or "").strip("#"))
        walk.shifts.append(_RAISED if raised else _LOWERED)
        opened.append(walk.shifts)
    elif tag in _BREAKS:
        walk.runs.append((_BREAK, None))
    elif tag in _IMAGES:
        _picture(walk, element)
    elif tag == "table" and (table := tables.read(element)):
        _table(walk, table, element)
    return tuple(opened)


def _kind(tag: str, element: Any) -> BlockKind | None:
    if tag == "code":  # trafilatura's for both "pre" and words in a sentence
        parent = element.getparent()
        block = parent is not None and parent.tag in ("body", "div", "section", "article")
        return "code" if block and "\n" in "".join(element.itertext()).strip() else None
    return _KINDS.get(tag)


def _level(tag: str, element: Any) -> int:
    name = element.get("rend") or "" if tag == "head" else tag
    return int(name[1]) if re.fullmatch(r"h[1-6]", name) else 0


def _first_number(tag: str, element: Any) -> int | None:
    if tag != "ol" and element.get("rend") != "ol":
        return None
    start = element.get("start", "1")
    return int(start) if re.fullmatch(r"-?\d{1,9}", start) else 1


def _marker(walk: _Walk) -> str:
    if not walk.lists or (number := walk.lists[-1].number) is None:
        return ""
    walk.lists[-1].number = number + 1
    return f"{number}. "


def resolved(url: str | None, base: str | None) -> str | None:
    """Return the whole address of a link; None where it leads nowhere that can be shown."""
    if not url or url.startswith("#"):
        return None
    try:
        whole = urljoin(base or "", url.strip())
    except ValueError:
        return None
    whole = clean_line(whole).text
    return whole if _SHOWN_LINK.match(whole) and len(whole) <= 4000 else None


def _picture(walk: _Walk, element: Any) -> None:
    """Write the caption of a picture: the page's, else what the picture is said to show."""
    source = element.get("src") or ""
    url = resolved(source, walk.base)
    words = clean_line(walk.pictures.get(url or source) or "").text
    parent = element.getparent()
    alone = parent is None or not "".join(parent.itertext()).strip()
    if not words and element.tag == "img":
        words = clean_line(element.get("alt") or "").text
        if 0 < len(words) <= 2 and not alone:  # an emoji as a picture, within a sentence
            walk.add(words)
            return
        if not alone or _FILE_NAME.fullmatch(words):
            return
    if words:
        _flush(walk)
        links = (Link(0, len(words), url),) if url else ()
        walk.put(Paragraph(words[:2000], "caption", links if len(words) <= 2000 else ()))


def _table(walk: _Walk, table: tables.Table, element: Any) -> None:
    """Write a table of data as one paragraph, a row a line, and leave its cells out of the walk."""
    if table.caption:
        walk.put(Paragraph(table.caption, "caption"))
    walk.put(Paragraph(table.text, "table"))
    walk.told.add(element)


def _flush(walk: _Walk) -> None:
    """Make a paragraph of the text gathered so far."""
    runs, walk.runs = walk.runs, []
    if not any(text.strip(_BREAK + " \t\n\r\f\xa0") for text, _ in runs):
        return
    kind, level = walk.kinds[-1] if walk.kinds else ("paragraph", 0)
    for line in _lines(runs, kind):
        text, links, stripped = _joined(line, kind)
        walk.stripped += stripped
        if not text:
            continue
        marker, opens = "", False
        if kind == "list":
            marker, opens = _begin_item(walk)
        shifted = tuple(Link(a.start + len(marker), a.end + len(marker), a.url) for a in links)
        walk.put(Paragraph(marker + text, kind, shifted, opens, level))


def _begin_item(walk: _Walk) -> tuple[str, bool]:
    """Return the number to be written before an item's text, and whether it opens a list."""
    marker = ""
    if walk.markers:
        marker, walk.markers[-1] = walk.markers[-1], ""
    if not walk.lists:
        return marker, False
    fresh, walk.lists[-1].fresh = walk.lists[-1].fresh, False
    return marker, fresh and len(walk.lists) == 1


def _lines(runs: list[Run], kind: BlockKind) -> list[list[Run]]:
    """Return the runs by line; only a break in the markup breaks a line, save in code."""
    if kind == "code":
        return [[(text.replace(_BREAK, "\n"), url) for text, url in runs]]
    lines: list[list[Run]] = [[]]
    for text, url in runs:
        if text == _BREAK:
            lines.append([])
        else:
            plain = text.isprintable() and "  " not in text  # by far the most are
            lines[-1].append((text if plain else _SPACE.sub(" ", text), url))
    return lines


def _joined(runs: list[Run], kind: BlockKind) -> tuple[str, list[Link], int]:
    """Return the clean text of the runs, the links in it, and how many characters were stripped."""
    text, links, stripped = "", [], 0
    for raw, url in runs:
        piece, count = clean(raw)
        stripped += count
        if kind != "code" and (not text or text.endswith(" ")):
            piece = piece.lstrip(" ")
        start = len(text)
        text += piece
        if url and piece.strip():
            links.append(Link(start, start + len(piece.rstrip()), url))
    final = text.strip("\n").rstrip() if kind == "code" else text.strip()
    whole, count = clean(final)
    if whole != final:  # marks that two pieces make together: the links' places are lost
        return whole.strip(), [], stripped + count
    cut = len(text) - len(text.lstrip("\n" if kind == "code" else None))
    moved = (Link(max(0, a.start - cut), min(len(final), a.end - cut), a.url) for a in links)
    return final, _merged(a for a in moved if a.start < a.end), stripped


def _merged(links: Iterator[Link]) -> list[Link]:
    """Return links in order, those that follow each other to the same address as one."""
    found: list[Link] = []
    for link in links:
        if found and found[-1].url == link.url and link.start - found[-1].end <= 1:
            found[-1] = Link(found[-1].start, link.end, link.url)
        else:
            found.append(link)
    return found
