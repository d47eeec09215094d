"""The tree of a feed: by the rules of XML, else as well as it can be read.

Well-formed documents are read by libxml2 (lxml). Its way to "recover" from what is not well formed
drops text without a word (an entity of HTML cuts a field off, a bare "&" takes the word behind it
along), so all other documents are read by the reader below, which loses nothing: what is no markup
is text. Both give the same tree of a well-formed document; a test holds them together.
"""

import contextlib
import re
from collections import Counter
from dataclasses import dataclass
from html.entities import html5
from typing import TYPE_CHECKING, Any

from reader.intake.feed_names import NAMESPACES, XML
from reader.text.hygiene import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

DEEPEST = 200
"""So deep are elements put into each other; what lies deeper belongs to the last of them."""
_MOST_WRITTEN = 20_000
"""Characters of the attributes of one element."""
_MOST_EXPANDED = 100_000
"""Characters that a document's own entities may become."""

_NAME = r"[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?"
_ATTRIBUTE = re.compile(
    rf"\s*({_NAME})(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+)))?", re.DOTALL
)
_TOKEN = re.compile(
    r"<!\[CDATA\["
    r"|<!--.*?(?:-->|\Z)"
    r"|<\?(?=[A-Za-z]).*?(?:\?>|\Z)"
    rf"|</\s*(?P<end>{_NAME})\s*>"
    rf"|<(?P<start>{_NAME})(?P<attributes>"
    rf"(?:\s+{_NAME}(?:\s*=\s*(?:\"[^\"]{{0,9999}}\"|'[^']{{0,9999}}'|[^\s\"'<>]+))?)*+)"
    r"\s*(?P<empty>/?)>"
    rf"|<(?P<odd>{_NAME})(?P<junk>[\s/][^<>]{{0,9999}})>",
    re.DOTALL,
)
VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "param", "track", "wbr"})
"""Elements of HTML that hold nothing, and that no format of feeds has."""
_CDATA_END = re.compile(r"\]\]>")
_UNFINISHED = re.compile(r"<(?:/?[^\W\d][^<>]{0,9999}|![-A-Z\[]{0,7}|[/?])?\Z|&[#\w]{0,10}\Z")
_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_DOCTYPE_PART = re.compile(r"\"[^\"]*\"|'[^']*'|<!--.*?-->|[\[\]>]", re.DOTALL)
_ENTITY = re.compile(r"<!ENTITY\s+([\w.\-]+)\s+(?:\"([^\"]*)\"|'([^']*)')\s*>")
_REFERENCE = re.compile(r"&(?:#(\d{1,10})|#[xX]([0-9a-fA-F]{1,8})|([\w.\-]{1,40}));")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BREAK = re.compile(r"\r\n|[\t\r\n]")
_HALVES = re.compile("[\ud800-\udfff]")
_XML = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_BEGINNING = re.compile(
    r"<!--.*?-->|(<\?xml\s|<!DOCTYPE\s|<(?:[\w.\-]+:)?(?:rss|feed|rdf|channel|opml)(?=[\s/>]))",
    re.IGNORECASE | re.DOTALL,
)
_CP1252 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


@dataclass(frozen=True, slots=True)
class Tree:
    """A document as a tree."""

    root: "_Element"
    cut: "_Element | None" = None
    """The element in which the document ends too early; None where it ends as it should."""
    sound: bool = True
    """Whether it is well-formed XML."""


def tree_of(text: str) -> Tree | None:
    """Return the tree of a feed's text or of an OPML file's; None where it has no element.

    Nothing is taken from files or addresses, and entities are not multiplied.
    """
    begins = next((m.start() for m in _BEGINNING.finditer(text) if m[1]), 0)
    text, entities = _without_doctype(text[begins:])
    if not entities and (root := _by_rules(text)) is not None:
        return Tree(root)
    return forgiving(text, entities)


def _by_rules(text: str) -> "_Element | None":
    """Return the tree of a well-formed document; None for any other."""
    from lxml import etree  # noqa: PLC0415 - only the worker process needs it

    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, load_dtd=False, no_network=True,
        remove_comments=True, remove_pis=True, recover=False, huge_tree=False,
    )  # fmt: skip
    try:
        root: _Element = etree.fromstring(text.encode("utf-8"), parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def _without_doctype(text: str) -> tuple[str, dict[str, str]]:
    """Return a text without its document type, and the entities that this declares by value."""
    start = _DOCTYPE.search(text, 0, 20_000)
    if start is None:
        return text, {}
    depth = 0
    for part in _DOCTYPE_PART.finditer(text, start.end()):
        depth += {"[": 1, "]": -1}.get(part[0], 0)
        if part[0] == ">" and depth <= 0:
            declared = text[start.start() : part.end()]
            return text[: start.start()] + text[part.end() :], _entities(declared)
        if part.start() - start.start() > 200_000:
            break
    return text, {}


def _entities(declared: str) -> dict[str, str]:
    found: dict[str, str] = {}
    room = _MOST_EXPANDED
    for name, double, single in _ENTITY.findall(declared)[:2000]:
        value = double or single
        if room >= len(value) and name not in _XML and not re.search(r"&(?!#)", value):
            # only characters: an entity of entities is how a document grows without end
            found.setdefault(name, unescaped(value, {}))
            room -= len(value)
    return found


def unescaped(text: str, entities: dict[str, str] | None = None) -> str:
    """Return a text with its references to characters and entities replaced, the others as text.

    A pair of halves ("&#55357;&#56832;") is one character; what is no character is U+FFFD.
    """
    if "&" not in text:
        return text
    room = _MOST_EXPANDED

    def character(match: re.Match[str]) -> str:
        nonlocal room
        decimal, hexadecimal, name = match.groups()
        if name:
            own = (entities or {}).get(name)
            if own is not None:
                room -= len(own)
                return own if room >= 0 else ""
            return _XML.get(name) or html5.get(f"{name};") or match[0]
        return _character(int(decimal) if decimal else int(hexadecimal, 16))

    found = _REFERENCE.sub(character, text)
    if _HALVES.search(found):
        found = found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return found


def _character(code: int) -> str:
    if 0x80 <= code < 0xA0:
        return _CP1252.get(code, "")
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def fit(text: str) -> str:
    """Return a text without what a tree cannot hold; terminal sequences go as a whole."""
    return _UNFIT.sub("", clean(text).text) if _UNFIT.search(text) else text


def forgiving(text: str, entities: dict[str, str] | None = None) -> Tree | None:
    """Return the tree of a document that need not be well formed; None where it has no element."""
    return _Forgiving(text, entities or {}).read()


class _Forgiving:
    """Reads markup that is nearly XML."""

    def __init__(self, text: str, entities: dict[str, str]) -> None:
        self._text = text
        self._entities = entities
        self._open: list[tuple[str, Any, dict[str, str]]] = []
        """Open elements: the name as written, the element, the prefixes known in it."""
        self._known: Counter[str] = Counter()
        """How often a name is open, in lower case."""
        self._waiting: list[str] = []
        """Text on its way into the element that is open."""
        self._roots: list[Any] = []
        self._beyond = 0
        self._cut = False

    def read(self) -> Tree | None:
        """Read all of it."""
        at, text = 0, self._text
        while match := _TOKEN.search(text, at):
            self._characters(text[at : match.start()])
            at = match.end()
            if match["start"] or match["odd"]:
                self._start(match)
            elif match["end"]:
                self._end(match["end"])
            elif match[0] == "<![CDATA[":
                at = self._cdata(at)
            elif match[0].startswith("<!--") and not match[0].endswith("-->"):
                self._cut = True
        rest = text[at:]
        if self._open:
            unfinished = _UNFINISHED.search(rest)
            self._characters(rest[: unfinished.start()] if unfinished else rest)
        self._settle()
        if not self._roots:
            return None
        root = self._joined()
        last = self._open[-1][1] if self._open else (root if self._cut else None)
        return Tree(root, last, sound=False)

    def _joined(self) -> Any:
        """Return the root; of several documents in one, the first with the others' children."""
        root, *others = self._roots
        for other in others:
            if str(other.tag).lower() == str(root.tag).lower():
                for child in list(other):
                    root.append(child)
        return root

    def _characters(self, raw: str, *, plain: bool = False) -> None:
        if not raw or not self._open:
            return
        if "\r" in raw:  # as XML has it: each kind of break is one, "&#13;" is none
            raw = raw.replace("\r\n", "\n").replace("\r", "\n")
        text = raw if plain else unescaped(raw.replace("]]>", ""), self._entities)
        self._waiting.append(fit(text))

    def _settle(self) -> None:
        """Put the text that waits where it belongs, before another element begins or ends."""
        if not self._waiting or not self._open:
            return
        text = "".join(self._waiting)
        self._waiting.clear()
        element = self._open[-1][1]
        if len(element):
            last = element[-1]
            last.tail = (last.tail or "") + text
        else:
            element.text = (element.text or "") + text

    def _cdata(self, at: int) -> int:
        """Take a section from its beginning; return where the text goes on."""
        text = self._text
        end = _CDATA_END.search(text, at)
        until = end.start() if end else len(text)
        if self._open:
            # where its end is missing, the element's own end tag must do
            closing = f"</{self._open[-1][0]}>"
            inner = text.find("<![CDATA[", at, until)
            if (end is None or inner >= 0) and (
                stop := text.find(closing, at, inner if inner >= 0 else until)
            ) >= 0:
                self._characters(text[at:stop], plain=True)
                return stop
        if end is None:
            self._cut = True
        self._characters(text[at:until].replace("<![CDATA[", ""), plain=True)
        return end.end() if end else len(text)

    def _start(self, match: re.Match[str]) -> None:
        from lxml import etree  # noqa: PLC0415 - only the worker process needs it

        name = match["start"] or match["odd"]
        written = (match["attributes"] or match["junk"] or "").rstrip("/")
        empty = match["empty"] == "/" or (match["junk"] or "").endswith("/")
        empty = empty or name.lower() in VOID
        self._settle()
        self._leave_for(name.rpartition(":")[2].lower())
        if len(self._open) >= DEEPEST:
            self._beyond += not empty
            return
        told = [
            # as XML has it: a break is a space, "&#10;" is a break
            (key, unescaped(_BREAK.sub(" ", double or single or bare), self._entities))
            for key, double, single, bare in _ATTRIBUTE.findall(written[:_MOST_WRITTEN])
        ]
        prefixes = self._open[-1][2] if self._open else {}
        declared = {
            key.partition(":")[2]: value.strip()
            for key, value in told
            if key == "xmlns" or key.startswith("xmlns:")
        }
        prefixes = {**prefixes, **declared} if declared else prefixes
        try:
            element = etree.Element(_tag(name, prefixes, prefixes.get("", "")))
        except ValueError:  # letters that names in XML may not have
            return
        for key, value in told:
            if key != "xmlns" and not key.startswith("xmlns:"):
                with contextlib.suppress(ValueError):
                    element.set(_tag(key, prefixes, ""), fit(value))
        if self._open:
            self._open[-1][1].append(element)
        else:
            self._roots.append(element)
        if not empty:
            self._open.append((name, element, prefixes))
            self._known[name.lower()] += 1

    def _leave_for(self, local: str) -> None:
        """Close what was left open before a new entry, or before what only an entry has."""
        if local not in _ENTRY_LEVEL:
            return
        if not any(
            self._known[name] for name in self._known if name.rpartition(":")[2] in _ENTRIES
        ):
            return
        names = [name.rpartition(":")[2].lower() for name, _, _ in self._open]
        entry = max((n for n, name in enumerate(names) if name in _ENTRIES), default=None)
        if entry is None:
            return
        if local in _ENTRIES:
            self._close(entry)
        elif not {"source", "group"} & set(names[entry:]):
            self._close(entry + 1)

    def _end(self, name: str) -> None:
        if self._beyond:
            self._beyond -= 1
            return
        folded = name.lower()
        if not self._known[folded]:
            return
        names = [written for written, _, _ in self._open]
        if name not in names:
            name, names = folded, [written.lower() for written in names]
        self._close(len(names) - 1 - names[::-1].index(name))

    def _close(self, first: int) -> None:
        """Close the open elements from the first of these on."""
        self._settle()
        for name, _, _ in self._open[first:]:
            self._known[name.lower()] -= 1
        del self._open[first:]


_ENTRIES = frozenset({"item", "entry"})
_ENTRY_LEVEL = _ENTRIES | {"guid", "pubdate"}


def _tag(name: str, prefixes: dict[str, str], default: str) -> str:
    prefix, colon, local = name.rpartition(":")
    if prefix == "xml":
        return f"{{{XML}}}{local}"
    if not colon:
        return f"{{{default}}}{local}" if default else local
    uri = prefixes.get(prefix) or NAMESPACES.get(prefix.lower()) or f"prefix:{prefix}"
    return f"{{{fit(uri)}}}{local}"
