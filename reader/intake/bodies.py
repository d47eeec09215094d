"""The HTML of a feed's entry to paragraphs: pictures as captions, players as links.

`blocks` walks the tree; here it is prepared for that: what a terminal cannot show is replaced by
words with the address behind them.
"""

import re
from html import unescape
from html.entities import html5
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from reader.intake.blocks import html_parser, paragraphs_of_tree, parsed
from reader.intake.fields import address_of
from reader.text.hygiene import clean, clean_line
from reader.text.paragraphs import Paragraph, paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = ("head", "script", "style", "template", "noscript", "svg", "math")
_PLAYERS = {"iframe": "Embedded page", "video": "Video", "audio": "Audio", "embed": "Embedded"}
_UNSHOWN = re.compile(
    r"<(script|style|template|noscript)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_ELEMENTS = re.compile(r"(?:<[A-Za-z/!?][^<>]*>\s*)+")
_MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w+;")
_AMPERSAND = re.compile(r"&(?!#)(?:(\w+)(;?))?")


def body_paragraphs(html: str, base: str | None = None) -> tuple[list[Paragraph], int]:
    """Return the paragraphs of an entry's HTML, and how many characters were stripped from it.

    `base` is the address that relative links start from.
    """
    cleaned = clean(html)
    parser = html_parser()
    root = parsed(_with_references(cleaned.text), parser)
    if root is None:
        return [], cleaned.stripped
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        found, stripped = _bare(cleaned.text)
    else:
        _prepare(root, base)
        found, stripped = paragraphs_of_tree(root, base)
    return found, cleaned.stripped + stripped


def _with_references(html: str) -> str:
    """Return HTML in which only references are taken for some: "&section" is no "§ion".

    Old names count without their ";" (as in HTML), if nothing follows that makes them part of a
    word or of an address ("?a=1&copy=2").
    """

    def checked(match: re.Match[str]) -> str:
        name, ends = match[1] or "", match[2]
        if ends:
            known = f"{name};" in html5
        else:
            known = name in html5 and html[match.end() : match.end() + 1] != "="
        return match[0] if known else f"&amp;{match[0][1:]}"

    return _AMPERSAND.sub(checked, html) if "&" in html else html


def _bare(html: str) -> tuple[list[Paragraph], int]:
    """Return the text between the tags of HTML that libxml2 gives up on: nested 256 deep.

    It reads nothing of what lies deeper, nor what follows.
    """
    bare = clean(unescape(_ELEMENTS.sub("\n\n", _UNSHOWN.sub("", html))))
    return paragraphs(bare.text), bare.stripped


def line_of_html(html: str) -> str:
    """Return a piece of HTML (a title) as one line of plain text."""
    if not _MARKUP.search(html):
        return clean_line(html).text
    root = parsed(_with_references(html))
    if root is None:
        return ""
    _drop(root)
    return clean_line(" ".join(root.itertext())).text if len(root) > 50 else _joined(root)


def _joined(root: "_Element") -> str:
    return clean_line("".join(root.itertext())).text


def _drop(root: "_Element") -> None:
    for element in list(root.iter(*_DROPPED)):
        if element is not root:
            element.drop_tree()


def _prepare(root: "_Element", base: str | None) -> None:
    _drop(root)
    for tag, name in _PLAYERS.items():
        for element in list(root.iter(tag)):
            _player(element, name, base)
    for image in list(root.iter("img")):
        _picture(image, base)


def _resolved(base: str | None, url: str | None) -> str | None:
    try:
        return address_of(urljoin(base or "", url.strip())) if url else None
    except ValueError:
        return None


def _player(element: Any, name: str, base: str | None) -> None:
    """Put a link in the place of a player or an embedded page."""
    sources = [element.get("src"), *(s.get("src") for s in element.iter("source"))]
    url = next((u for s in sources if (u := _resolved(base, s))), None)
    host = urlsplit(url).hostname if url else None
    words = element.get("title") or (f"{name} at {host}" if host else "")
    _replace(element, _caption(element, words, url) if url else None)


def _picture(image: Any, base: str | None) -> None:
    """Put a caption in the place of a picture: what it shows, with its address behind it."""
    url = _resolved(base, image.get("src") or image.get("data-src"))
    words = _told(image) or clean_line(image.get("alt") or image.get("title") or "").text
    if _is_spy(image) or (url is None and not words):
        _replace(image, None)
    elif words and _is_sign(image, words):
        # emoji and formulas as pictures stand within a sentence
        _replace(image, None, words)
    else:
        _replace(image, _caption(image, words or "Picture", url))


def _told(image: Any) -> str:
    """Return the caption that stands under a picture, which is then the picture's own."""
    figure = next(image.iterancestors("figure"), None)
    under = next(figure.iter("figcaption"), None) if figure is not None else None
    if under is None or next(under.iter("img"), None) is not None:
        return ""
    words = clean_line("".join(under.itertext())).text
    under.drop_tree()
    return words


def _is_spy(image: Any) -> bool:
    """Tell whether a picture is there to count readers, not to be seen."""
    sizes = [re.match(r"\s*(\d+)", image.get(name) or "") for name in ("width", "height")]
    return any(size is not None and int(size[1][:6]) <= 1 for size in sizes)


def _is_sign(image: Any, words: str) -> bool:
    kind = image.get("class") or ""
    return "emoji" in kind or "smiley" in kind or "latex" in kind or len(words) <= 2


def _caption(near: Any, words: str, url: str | None) -> Any:
    caption = near.makeelement("figcaption")
    words = clean_line(words).text[:1000] or "Picture"
    if url:
        link = near.makeelement("a", href=url)
        link.text = words
        caption.append(link)
    else:
        caption.text = words
    return caption


def _replace(element: Any, new: Any, words: str = "") -> None:
    """Put a new element (or words, or nothing) in the place of one; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if new is not None:
        element.addprevious(new)
    elif words:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + words
        else:
            before.tail = (before.tail or "") + words
    element.drop_tree()
