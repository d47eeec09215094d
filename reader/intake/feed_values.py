"""What an element of a feed holds: plain text or HTML, in which language, from which base.

The formats say little and feeds follow it less: a type may be missing, wrong or of another format;
HTML may be escaped, in CDATA, or lie in the feed as elements. The element decides where it has
children, then its type, then what the text looks like.
"""

import base64
import binascii
import html.entities
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from reader.intake.feed_names import XML, split
from reader.intake.feed_tree import VOID, unescaped
from reader.text.hygiene import clean_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_BASE, _LANG = f"{{{XML}}}base", f"{{{XML}}}lang"
_CLOSING = re.compile(r"</\w+\s*>|&#?\w+;")
_TAG = re.compile(r"<[A-Za-z/!?]|&#?\w+;")
_TAG_NAME = re.compile(r"</?([A-Za-z][\w:-]*)")
_ENTITY_NAME = re.compile(r"&([A-Za-z]\w*);")
_ANY_TAG = re.compile(r"<[^<>]*>")
_XMLNS = re.compile(r"\sxmlns(?::[\w.-]+)?=\"[^\"]*\"")
_PARTED = re.compile(r"\n[ \t\r]*\n")
_C1 = re.compile("[\x80-\x9f]")
_MEANT = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
# a whole text whose tags were escaped once too often
_TWICE = re.compile(
    r"\s*&lt;(p|div|h[1-6]|ul|ol|table|blockquote|figure|img|a|span|section|article|strong|em|b)\b"
    r".*&gt;\s*",
    re.DOTALL | re.IGNORECASE,
)
_HTML_TAGS = frozenset((
    "a", "abbr", "acronym", "address", "area", "article", "aside", "audio", "b", "big",
    "blockquote", "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup",
    "command", "datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl", "dt", "em",
    "embed", "event-source", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "iframe", "img", "input", "ins",
    "kbd", "keygen", "label", "legend", "li", "m", "main", "map", "mark", "menu", "meter",
    "multicol", "nav", "nextid", "noscript", "object", "ol", "optgroup", "option", "output", "p",
    "picture", "pre", "progress", "q", "s", "samp", "script", "section", "select", "small",
    "sound", "source", "spacer", "span", "strike", "strong", "style", "sub", "summary", "sup",
    "svg", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "time", "tr", "tt", "u",
    "ul", "var", "video", "wbr",
))  # fmt: skip
_SCHEMELESS = re.compile(r"(?:www\.[\w-]+\.\w{2,}|[\w-]+(?:\.[\w-]+)+\.\w{2,}/)", re.IGNORECASE)


class Value(NamedTuple):
    """A text of a feed."""

    text: str
    html: bool
    element: "_Element"


def plain(element: "_Element") -> str:
    """Return the text of an element without its markup."""
    text = "".join(element.itertext()) if len(element) else element.text or ""
    return meant(text).strip()


def meant(text: str) -> str:
    """Return a text in which the signs of cp1252 that were taken for controls are signs again."""
    if "<![CDATA[" in text:  # escaped once too often
        text = text.replace("<![CDATA[", "").replace("]]>", "")
    return text.translate(_MEANT) if not text.isascii() and _C1.search(text) else text


def looks_like_html(text: str) -> bool:
    """Tell whether a text of unknown kind is HTML: end tags or entities, and only HTML's own."""
    if not _CLOSING.search(text):
        return False
    if any(name.lower() not in _HTML_TAGS for name in _TAG_NAME.findall(text)):
        return False
    known = html.entities.html5
    return all(f"{name};" in known for name in _ENTITY_NAME.findall(text))


def title_of(element: "_Element", *, atom: bool) -> Value:
    """Return a title; that of an RSS feed is HTML where it looks like it."""
    if len(element):
        return Value(markup(element), html=True, element=element)
    text = meant(element.text or "")
    kind = _kind(element)
    text = _decoded(element, text)
    is_html = "html" in kind or ((not atom or not _is_text(kind)) and looks_like_html(text))
    return Value(text, is_html, element)


def body_of(element: "_Element", *, atom: bool, flowing: bool = True) -> Value | None:
    """Return a body; None where it is none that can be read (a picture, other XML, nothing).

    `flowing` says that a text without tags is HTML all the same, so that its lines are no
    paragraphs; one with blank lines never is.
    """
    kind = _kind(element)
    if not _is_text(kind):
        return None
    if len(element):
        if atom and kind.endswith("xml") and "html" not in kind:
            return None
        return Value(markup(element), html=True, element=element)
    text = meant(_decoded(element, element.text or ""))
    if not text.strip():
        return None
    if kind in ("text", "text/plain"):
        is_html = not atom and bool(_CLOSING.search(text))
    elif kind in ("html", "text/html"):
        is_html = True
    elif atom:
        is_html = looks_like_html(text) or bool(re.match(r"\s*<(?:p|div)\b", text))
    else:
        is_html = bool(_TAG.search(text)) or (flowing and not _PARTED.search(text.strip()))
    if is_html and "<" not in text and _TWICE.fullmatch(text):
        text = unescaped(text)
    return Value(text, is_html, element)


def _kind(element: "_Element") -> str:
    kind = (element.get("type") or "").strip().lower().partition(";")[0].strip()
    return {"xhtml": "application/xhtml+xml", "plain": "text/plain"}.get(kind, kind)


def _is_text(kind: str) -> bool:
    if "/" not in kind:
        return True
    return kind.startswith("text/") or kind.endswith(("xml", "html"))


def _decoded(element: "_Element", text: str) -> str:
    """Return the text of an element that may be in base 64, as its mode or its type says."""
    if (element.get("mode") or "").lower() != "base64" and _is_text(_kind(element)):
        return text
    try:
        return base64.b64decode(text, validate=False).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return text


def markup(element: "_Element") -> str:
    """Return what lies in an element as HTML; prefixes of XHTML go."""
    from lxml import etree  # noqa: PLC0415 - only the worker process needs it

    for child in element.iterdescendants():
        if isinstance(child.tag, str) and child.tag[:1] == "{":
            child.tag = split(child.tag)[1]
        for key in [key for key in child.attrib if key[:1] == "{"]:
            del child.attrib[key]
        if child.tag in VOID and (child.text or len(child)):
            _open_up(child)
    parts = [_escaped(element.text)]
    parts += [
        etree.tostring(child, encoding="unicode", method="html", with_tail=False)
        + _escaped(child.tail)
        for child in element
    ]
    return meant(_ANY_TAG.sub(_undeclared, "".join(parts)))


def _open_up(element: "_Element") -> None:
    """Put what lies in an element that can hold nothing in HTML behind it: it would be dropped."""
    holder = element.makeelement("span")
    holder.text, holder.tail = element.text, element.tail
    holder.extend(element)
    element.text = element.tail = None
    element.addnext(holder)


def _undeclared(match: re.Match[str]) -> str:
    """Return a tag without declarations of namespaces, which HTML does not have."""
    return _XMLNS.sub("", match[0]) if "xmlns" in match[0] else match[0]


def _escaped(text: str | None) -> str:
    return meant(text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# Where it belongs


def base_of(element: "_Element", address: str) -> str | None:
    """Return the base that the document itself names for an element; None where it names none."""
    named = []
    node: Any = element
    while node is not None:
        if told := node.get(_BASE) or node.get("BASE"):
            named.append(told.strip())
        node = node.getparent()
    if not named:
        return None
    base = address
    for told in reversed(named):
        base = joined(base, told) or base
    return base if re.match(r"https?://", base, re.IGNORECASE) else None


def language_at(element: "_Element") -> str | None:
    """Return the language that an element is said to be in, by itself or by what it lies in."""
    node: Any = element
    while node is not None:
        told: str | None = node.get(_LANG)
        if told is not None:
            return told
        node = node.getparent()
    return None


def joined(base: str | None, url: str | None) -> str | None:
    """Return an address as a whole one; None where it cannot be one."""
    if not url:
        return None
    url = clean_line(url).text
    if _SCHEMELESS.match(url) and not url.startswith("/"):
        url = f"http://{url}"
    try:
        whole = urljoin(base or "", url)
        urlsplit(whole)
    except ValueError:
        return None
    return whole
