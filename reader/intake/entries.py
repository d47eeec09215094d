"""The entries of a feed to articles, each with its identity, clean text, links and enclosures."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, urlsplit

from reader.intake.bodies import body_paragraphs, line_of_html
from reader.intake.feed_additions import without_additions
from reader.model import Article, Enclosure, Entry, Feed, Link, article_id, identity_of
from reader.text.attachments import ATTACHMENT
from reader.text.claims import speaks
from reader.text.hygiene import clean, clean_line
from reader.text.language import detect
from reader.text.paragraphs import Paragraph, laid_out, paragraphs

TITLE_LIMIT = 100
GUID_LIMIT = 4000
TEASER = 600
"""A summary of fewer characters, with no content beside it, is a teaser of its page."""

_CUT = re.compile(r"(?:\.\.\.|…|\[(?:\.\.\.|…|&hellip;)\])\s*$")


def articles_of(feed: Feed, key: str, source: str, *, now: datetime | None = None) -> list[Article]:
    """Return the articles of a feed's entries, in their order; see `named_articles`."""
    return [article for article, _ in named_articles(feed, key, source, now=now)]


def named_articles(
    feed: Feed, key: str, source: str, *, now: datetime | None = None
) -> list[tuple[Article, tuple[str, ...]]]:
    """Return the articles of a feed's entries, in their order, each with the names it may have.

    `key` is the address that the feed was subscribed to with, `source` the outlet's name; `now` is
    when they came in. The names are identities: the one by the guid alone, then those that tell it
    apart from others with the same guid and those that earlier versions gave it. Entries that say
    nothing at all are left out; those that differ in nothing are one.
    """
    now = now or datetime.now(UTC)
    found: dict[str, tuple[Article, tuple[str, ...]]] = {}
    seen: set[tuple[object, ...]] = set()
    for entry in feed.entries:
        guid = _bounded(_guid(entry))
        if not guid:
            continue
        base = identity_of(feed=key, guid=guid)
        article = _article(entry, base, source, now)
        # an own guid says that a changed title is the same entry's; an address alone does not
        title = "" if entry.guid not in ("", entry.link) else article.title
        what = (base, article.url, title, _when(article), article.text)
        if what in seen:
            continue
        seen.add(what)
        own = _own_names(base, article)
        identity = next((name for name in (base, *own) if name not in found), None)
        if identity is None:
            continue
        language = _language(article, entry, feed)
        article = replace(
            article, id=article_id(identity), identity=identity, feed=key, language=language
        )
        earlier = (identity_of(feed=key, guid=_bounded(each)) for each in _earlier(entry, guid))
        found[identity] = article, (base, *own, *dict.fromkeys(earlier))
    return list(found.values())


def _own_names(base: str, article: Article) -> tuple[str, str]:
    """Return what tells an entry apart from others with its guid: by its day, and by its words."""
    head = f"{article.url or ''}\0{article.title}\0{_when(article)}"
    by_day = head if article.published else f"{head}\0{article.text}"
    return f"{base} {_digest(by_day)}", f"{base} {_digest(f'{head}{chr(0)}{article.text}!')}"


def _when(article: Article) -> str:
    return article.published.astimezone(UTC).isoformat() if article.published else ""


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=9).hexdigest()


def _earlier(entry: Entry, guid: str) -> Iterator[str]:
    """Yield the guids under which earlier versions of this program kept an entry."""
    title = clean_line(entry.title).text
    for each in (guid, *entry.former):
        if each != guid:
            yield each
        yield " ".join(filter(None, (each, entry.link, title)))


def _guid(entry: Entry) -> str:
    """Return what an entry is known by in its feed; "" where it says nothing at all."""
    if guid := clean_line(entry.guid).text:
        return guid
    told = [entry.link or "", clean_line(entry.title).text]
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


def _language(article: Article, entry: Entry, feed: Feed) -> str | None:
    """Return the language of an entry: of its text, else what it or its feed claims.

    A claim is often the default of the program that made the feed.
    """
    claim = entry.language or feed.language
    parts = [article.text[b.start : b.end] for b in article.blocks if b.kind != "caption"]
    text = "\n".join(parts)
    if claim and speaks(text, claim):
        return claim
    return detect(text or article.title) or claim


def _article(entry: Entry, identity: str, source: str, now: datetime) -> Article:
    title = line_of_html(entry.title) if entry.title_html else clean_line(entry.title).text
    parts, stripped = _paragraphs(entry)
    split = without_additions(parts, title, entry.link)
    parts = split.parts
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
        published=_believed(entry, now),
        excerpt=entry.cut or (bool(entry.link) and (split.more or _is_teaser(entry, parts, body))),
        blocks=blocks,
        links=links,
        leftovers=split.leftovers,
        stripped=stripped + clean_line(entry.title).stripped,
    )


def _believed(entry: Entry, now: datetime) -> datetime | None:
    """Return when an entry was published; None where that is later than tomorrow."""
    latest = now + timedelta(days=1)
    dates = (entry.issued, entry.changed, entry.published)
    return next((date for date in dates if date and date <= latest), None)


def _paragraphs(entry: Entry) -> tuple[list[Paragraph], int]:
    if entry.html:
        return body_paragraphs(entry.body, entry.base or entry.link)
    cleaned = clean(entry.body)
    return paragraphs(cleaned.text), cleaned.stripped


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
