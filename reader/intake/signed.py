"""Who wrote a page: JSON-LD, meta elements, by-lines that the page marks; never the outlet."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from reader.intake import fields
from reader.intake.linked import Linked
from reader.text import lines
from reader.text.bylines import byline_of
from reader.text.pagewords import page_words

if TYPE_CHECKING:
    from lxml.etree import _Element

_META = ("author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author",
         "sailthru.author", "citation_author")  # fmt: skip
# Ordered from the surest: a link to the author, the field of schema.org, names of classes.
_MARKED = (
    re.compile(r"(?<![\w-])(?:byline[-_]{0,2}(?:name|author)|author[-_]{0,2}name|"
               r"name[-_]{0,2}author|article[-_]{0,2}author|post[-_]{0,2}author|"
               r"entry[-_]{0,2}author|contributor[-_]{0,2}name)(?![\w-])", re.IGNORECASE),
    re.compile(r"(?<![\w-])(?:byline|by-line|author|authors|autor|auteur|autore|writer|"
               r"c-byline|article__byline|article-byline|p-author|vcard)(?![\w-])", re.IGNORECASE),
)  # fmt: skip
_NOBODY = frozenset((
    "admin", "administrator", "super user", "superuser", "webmaster", "root", "user", "guest",
    "no author", "unknown", "author", "autor", "anonymous", "none", "null", "undefined", "n/a",
    "posted by", "published by", "editor", "editors", "editorial staff", "editorial team", "staff",
    "staff writer", "staff reporter", "newsroom", "news desk", "web desk",
    "redaktion", "die redaktion", "online-redaktion", "rédaction", "la rédaction", "redacción",
    "la redacción", "redazione", "la redazione", "redação", "da redação", "redactie",
    "de redactie", "redakcja", "redakce", "редакция",
))  # fmt: skip
_LONGEST = 120
_SOCIAL = re.compile(r"@\w+|https?:\S+|\S+@\S+\.\w+")


def author_of_page(
    root: "_Element", linked: Linked, meta: Mapping[str, str], outlets: Iterable[str | None]
) -> str | None:
    """Return the authors of a page; None if it names none, or only its outlet.

    `outlets` are the names that the outlet goes by: its own, its host.
    """
    names = {_bare(name) for outlet in outlets if outlet for name in _forms(outlet)} - {""}
    for found in _candidates(root, linked, meta):
        kept = [name for name in _parted(found) if _is_person(name, names)]
        if kept:
            return ", ".join(dict.fromkeys(kept))
    return None


def _candidates(root: "_Element", linked: Linked, meta: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield lists of names, the surest first."""
    for field in ("author", "creator"):
        yield _linked_names(linked.get(field))
    for key in _META:
        if key != "citation_author" and (value := fields.author_of(meta.get(key))):
            yield [value]
    yield [
        name
        for meta_element in root.iter("meta")
        if (meta_element.get("name") or "").casefold() in ("citation_author", "dc.creator")
        and (name := fields.text_of(meta_element.get("content")))
    ]
    yield from _marked(root)


def _linked_names(value: Any) -> list[str]:
    """Return the names of persons in an author field; an organisation is no author."""
    if isinstance(value, list):
        return [name for item in value[:20] for name in _linked_names(item)]
    if isinstance(value, Mapping):
        if "Organization" in str(value.get("@type")):
            return []
        return _linked_names(value.get("name"))
    name = fields.author_of(value)
    return [name] if name else []


def _marked(root: "_Element") -> Iterator[list[str]]:
    """Yield the names in the elements that a page marks as those of its authors."""
    head = _head(root)
    known = set(head)
    for test in _TESTS:
        found: list[str] = []
        for element in head:
            if test(element) and not any(a in known and test(a) for a in element.iterancestors()):
                found += _names_in(element)
        yield list(dict.fromkeys(found))[:6]


def _named(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda element: bool(pattern.search(element.get("class") or ""))


_TESTS: tuple[Callable[[Any], bool], ...] = (
    lambda element: element.tag == "a" and "author" in (element.get("rel") or "").split(),
    lambda element: "author" in (element.get("itemprop") or "").split(),
    *map(_named, _MARKED),
    lambda element: element.tag == "address",
)


def _head(root: "_Element") -> list[Any]:
    """Return the elements that can hold a by-line: not those of comments and other articles."""
    kept: list[Any] = []
    skipped: set[Any] = set()
    for element in root.iter("*"):
        parent = element.getparent()
        names = f"{element.get('class') or ''} {element.get('id') or ''}".casefold()
        aside = parent in skipped or element.tag in ("nav", "footer", "script", "style") or (
            re.search(r"comment|related|recommend|sidebar|widget|teaser|footer|card\b|promo", names)
            and element.tag not in ("html", "body", "main", "article")
        )  # fmt: skip
        if aside:
            skipped.add(element)
        else:
            kept.append(element)
    return kept


def _names_in(element: Any) -> list[str]:
    """Return the names that an element holds: in its links, else in its text."""
    inner = [e for e in element.iter() if "name" in (e.get("itemprop") or "").split()]
    links = [e for e in element.iter("a") if e is not element]
    if element.get("content"):
        texts = [element.get("content")]
    else:
        texts = ["".join(e.itertext()) for e in (inner or links)]
        texts = [text for text in texts if text.strip()] or [" ".join(element.itertext())]
    return [name for text in texts[:6] if (name := _name(text))]


def _name(text: str) -> str | None:
    """Return the names in a piece of a by-line, without its "By" and its date."""
    line = fields.text_of(_SOCIAL.sub(" ", text))
    if not line or len(line) > _LONGEST:
        return None
    told = byline_of(line)
    if told is not None:
        return told.author
    line = fields.author_of(line.strip(" |,•·-–—:")) or ""
    words = re.findall(r"[^\W\d_][\w.'’-]*", line)
    capital = sum(not word[0].islower() for word in words)
    return line if 1 <= len(words) <= 8 and capital >= 0.6 * len(words) else None


def _parted(names: Iterable[str]) -> list[str]:
    """Return each name by itself, in its usual order."""
    found = []
    for name in names:
        match = re.fullmatch(
            r"([^\W\d_][\w'’-]+), ([^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*)?)", name
        )
        if match and " " not in match[1]:  # "Lee, Ann" of catalogues
            found.append(f"{match[2]} {match[1]}")
        else:
            found += [part.strip() for part in re.split(r"\s*[,;|]\s*|\s+&\s+", name)]
    return [name for name in found if name]


def _is_person(name: str, outlets: set[str]) -> bool:
    bare = _bare(name)
    if not bare or name.casefold().strip(" .") in _NOBODY or bare in outlets:
        return False
    if (
        not lines.has_letters(name)
        or len(name) > _LONGEST
        or name.startswith(("http", "www.", "@"))
    ):
        return False
    if name.casefold() in page_words().credit:  # an agency
        return False
    if re.search(r"\w\.(?:com|org|net|de|co|fr|es|it|info|tv|news)$", name.casefold()):
        return False
    told = byline_of(name)  # a time stamp is no name
    return told is None or told.author is not None


def _forms(outlet: str) -> tuple[str, ...]:
    """Return the ways an outlet may be written: with its ending, without "The"."""
    host = re.sub(r"^www\.", "", outlet.casefold())
    stem = host.rsplit(".", 1)[0] if re.fullmatch(r"[\w.-]+\.[a-z]{2,}", host) else host
    return outlet, host, stem, re.sub(r"^the ", "", host), f"{stem} staff", f"{stem} news"


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", re.sub(r"^the ", "", name.casefold()))
