"""The entries of a feed to articles, each with its identity, clean text, links and enclosures."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from reader.intake.bodies import body_paragraphs, line_of_html
from reader.model import Article, Enclosure, Entry, Feed, Link, article_id, identity_of
from reader.text.attachments import ATTACHMENT
from reader.text.hygiene import clean, clean_line
from reader.text.language import detect
from reader.text.paragraphs import Paragraph, laid_out, paragraphs

TITLE_LIMIT = 100
GUID_LIMIT = 4000
TEASER = 600
"""A summary of fewer characters, with no content beside it, is a teaser of its page."""

_CUT = re.compile(r"(?:\.\.\.|…|\[(?:\.\.\.|…|&hellip;)\])\s*$")
_MORE = re.compile(
    r"\[?\(?(?:read (?:more|on|the (?:rest|full\b.{0,20}))|continue(?: reading)?|more"
    r"|full (?:story|article)|weiterlesen|mehr(?: lesen)?|lire la suite|en savoir plus|leer más"
    r"|seguir leyendo|leggi tutto|continua(?: a leggere)?|lees (?:meer|verder)"
    r"|czytaj (?:więcej|dalej)|читать (?:далее|дальше|полностью)|ler mais|continue a ler"
    r"|comments?|kommentare?)\b.{0,80}",
    re.IGNORECASE,
)
_APPEARED = re.compile(
    r"(?:The post .{1,300} (?:first appeared|appeared first) on .{1,120}"
    r"|(?:Der Beitrag|L.article|La entrada) .{1,300} "
    r"(?:erschien zuerst auf|est apparu en premier sur|se publicó primero en) .{1,120})",
    re.IGNORECASE,
)


def articles_of(feed: Feed, key: str, source: str, *, now: datetime | None = None) -> list[Article]:
    """Return the articles of a feed's entries, in their order.

    `key` is the address that the feed was subscribed to with, `source` the outlet's name; `now` is
    when they came in. Entries that say nothing at all are left out.
    """
    now = now or datetime.now(UTC)
    shared = _ambiguous(feed.entries)
    found: dict[str, Article] = {}
    for entry in feed.entries:
        if guid := _bounded(_guid(entry, shared)):
            identity = identity_of(feed=key, guid=guid)
            if identity not in found:  # the same entry twice: the first is the newest
                article = _article(entry, identity, source, now)
                language = article.language or feed.language or _detected(article)
                found[identity] = replace(article, feed=key, language=language)
    return list(found.values())


def _ambiguous(entries: Sequence[Entry]) -> frozenset[str]:
    """Return the guids that stand for several articles (feeds number anew, or link to one page)."""
    distinct = {(e.guid, e.link or "", e.title if e.guid == e.link else "") for e in entries}
    counts = Counter(guid for guid, _, _ in distinct)
    return frozenset(guid for guid, count in counts.items() if count > 1)


def _guid(entry: Entry, shared: frozenset[str]) -> str:
    """Return what tells an entry from the others of its feed; "" where it says nothing at all."""
    guid = clean_line(entry.guid).text
    if entry.guid and entry.guid not in shared:
        return guid
    told = [guid, entry.link or "", clean_line(entry.title).text]
    if not any(told):
        if not entry.body.strip() and not entry.enclosures:
            return ""
        digest = hashlib.blake2b(entry.body.encode("utf-8", "replace"), digest_size=12)
        told = ["text", digest.hexdigest(), *(e.url for e in entry.enclosures[:1])]
    return " ".join(filter(None, told))


def _bounded(guid: str) -> str:
    """Return a guid as it is; of one that has no end, the beginning and what tells it apart."""
    if len(guid) <= GUID_LIMIT:
        return guid
    return f"{guid[:100]} {hashlib.blake2b(guid.encode(), digest_size=16).hexdigest()}"


def _detected(article: Article) -> str | None:
    parts = [article.text[b.start : b.end] for b in article.blocks if b.kind != "caption"]
    return detect("\n".join(parts) or article.title)


def _article(entry: Entry, identity: str, source: str, now: datetime) -> Article:
    title = line_of_html(entry.title) if entry.title_html else clean_line(entry.title).text
    parts, stripped = _paragraphs(entry)
    parts, leftovers, cut = _without_leftovers(parts, title)
    text, blocks, links = laid_out([*parts, *map(_enclosure, entry.enclosures)])
    body = "\n".join(part.text for part in parts)
    return Article(
        id=article_id(identity),
        identity=identity,
        source=source,
        title=(title or _first_words(parts) or entry.link or "Untitled")[:1000],
        text=text,
        added=now,
        url=entry.link,
        author=entry.author,
        language=entry.language,
        published=entry.published,
        excerpt=bool(entry.link) and (cut or _is_teaser(entry, parts, body)),
        blocks=blocks,
        links=links,
        leftovers=leftovers,
        stripped=stripped + clean_line(entry.title).stripped,
    )


def _paragraphs(entry: Entry) -> tuple[list[Paragraph], int]:
    if entry.html:
        return body_paragraphs(entry.body, entry.base or entry.link)
    cleaned = clean(entry.body)
    return paragraphs(cleaned.text), cleaned.stripped


def _without_leftovers(
    parts: list[Paragraph], title: str
) -> tuple[list[Paragraph], tuple[str, ...], bool]:
    """Take the feed's own additions from the ends, and say whether they told of more to read."""
    leftovers: list[str] = []
    more = False
    if len(parts) > 1 and title and parts[0].text.casefold() == title.casefold():
        leftovers.append(parts[0].text)
        parts = parts[1:]
    end: list[str] = []
    while len(parts) > 1 and (_is_more(parts[-1]) or _APPEARED.fullmatch(parts[-1].text)):
        more = more or _is_more(parts[-1])
        end.append(parts[-1].text)
        parts = parts[:-1]
    return parts, (*leftovers, *reversed(end)), more


def _is_more(part: Paragraph) -> bool:
    """Tell whether a paragraph only leads to the rest: a link with such words and nothing else."""
    linked = sum(link.end - link.start for link in part.links)
    return linked >= 0.6 * len(part.text) and bool(_MORE.match(part.text.lstrip("…→»> ")))


def _is_teaser(entry: Entry, parts: Sequence[Paragraph], body: str) -> bool:
    words = [part.text for part in parts if part.kind != "caption"]
    if words and _CUT.search(words[-1]):
        return True
    return entry.teaser and len(words) <= 2 and len(body) < TEASER


def _enclosure(enclosure: Enclosure) -> Paragraph:
    """Return the line at the end of a text that names a file the entry brings along."""
    path = unquote(urlsplit(enclosure.url).path, errors="replace")
    name = clean_line(path.rsplit("/", 1)[-1]).text[:200] or urlsplit(enclosure.url).hostname or ""
    about = [clean_line(enclosure.type).text, _size(enclosure.length)]
    told = ", ".join(filter(None, about))
    text = f"{ATTACHMENT}{name}{f' ({told})' if told else ''}"
    at = len(ATTACHMENT)
    return Paragraph(text, "caption", (Link(at, at + len(name), enclosure.url),) if name else ())


def _size(length: int | None) -> str:
    if not length:
        return ""
    return f"{length / 1e6:.1f} MB" if length >= 1e5 else f"{max(1, length // 1000)} kB"


def _first_words(parts: Sequence[Paragraph]) -> str:
    line = next((part.text for part in parts), "").split("\n", 1)[0]
    if len(line) <= TITLE_LIMIT:
        return line
    cut = line[:TITLE_LIMIT].rsplit(" ", 1)[0]
    return f"{cut.rstrip(' ,;:')}…"
