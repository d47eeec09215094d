"""From a draft to an article: headline, left-overs, kinds, language, identity."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from reader.errors import InputError
from reader.intake.draft import Arrival, Draft, ImportOptions
from reader.model import Article, article_id, identity_of
from reader.text.bylines import Byline
from reader.text.kinds import with_kinds
from reader.text.language import detect
from reader.text.leftovers import split_leftovers
from reader.text.paragraphs import Paragraph, laid_out
from reader.text.sentences import sentences
from reader.text.stamps import aware, parse_stamp

TITLE_LIMIT = 100
"""Characters of a title that had to be made from the first sentence."""


@dataclass(frozen=True, slots=True)
class _Text:
    """The article's own paragraphs, and what its page told of it."""

    title: str
    parts: tuple[Paragraph, ...]
    leftovers: tuple[str, ...]
    byline: Byline = Byline()  # noqa: RUF009 - frozen
    outlet: str = ""
    excerpt: bool = False


def assembled(
    draft: Draft, options: ImportOptions, where: str, filename: str | None = None
) -> Arrival:
    """Return the article that a draft becomes.

    `filename` is the name of its file where it has one of its own: a part of its identity. Raises
    `InputError` where nothing of it is an article.
    """
    own = _own_text(draft)
    text, blocks, links = laid_out(own.parts)
    if not own.title and not text:
        raise InputError(where, "nothing in it is an article's text; check the file")
    language = draft.language or options.language or detect(text or own.title)
    title = own.title or _first_words(own.parts, language)
    source = draft.source or own.outlet or options.source or draft.host or ""
    published = (
        draft.published
        or own.byline.published
        or options.published
        or _named_day(filename)
        or own.byline.updated
        or draft.there
    )
    identity = identity_of(
        given=draft.given, url=draft.url, source=source, filename=filename, title=title
    )
    now = datetime.now(UTC)
    article = Article(
        id=article_id(identity),
        identity=identity,
        source=source,
        title=title,
        text=text,
        added=min(now, aware(draft.saved).astimezone(UTC)) if draft.saved else now,
        url=draft.url,
        author=draft.author or own.byline.author,
        language=language,
        published=aware(published) if published else None,
        feed=draft.feed,
        starter=draft.starter or options.starter,
        excerpt=own.excerpt if draft.excerpt is None else draft.excerpt,
        blocks=blocks,
        links=links,
        leftovers=own.leftovers,
        stripped=draft.stripped,
    )
    return Arrival(article, draft.tags, draft.read, draft.starred)


def _named_day(filename: str | None) -> datetime | None:
    """Return the day that a file's name begins with: "2025-07-04-bridge.md"."""
    match = re.match(r"(\d{4}-\d{2}-\d{2})(?=[-_ .])", (filename or "").rpartition("/")[2])
    return parse_stamp(match[1]) if match else None


def _own_text(draft: Draft) -> _Text:
    if draft.settled:
        return _Text(draft.title or "", draft.paragraphs, draft.leftovers)
    split = split_leftovers(
        draft.paragraphs, title=draft.title or "", scraped=draft.scraped, chosen=draft.chosen
    )
    parts = tuple(with_kinds(split.paragraphs))
    leftovers = draft.leftovers + tuple(left.text for left in split.leftovers)
    return _Text(split.title, parts, leftovers, split.byline, split.outlet, split.excerpt)


def _first_words(parts: tuple[Paragraph, ...], language: str | None) -> str:
    """Return the first sentence of the running text, cut at a word with "…" where it is long."""
    running = [part for part in parts if part.kind in ("paragraph", "quote")] or list(parts)
    line = " ".join(running[0].text.split("\n", 1)[0][:2000].split())
    found = sentences(line, language)
    first = found[0].text if found else line
    if len(first) <= TITLE_LIMIT:
        return first
    head = first[: TITLE_LIMIT - 1]
    cut = head if first[TITLE_LIMIT - 1 : TITLE_LIMIT] == " " else head.rpartition(" ")[0] or head
    return f"{cut.rstrip(' ,;:-–—')}…"
