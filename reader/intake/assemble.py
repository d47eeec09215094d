"""From a draft to an article: title, left-overs, language, identity."""

from datetime import UTC, datetime

from reader.errors import InputError
from reader.intake.draft import Arrival, Draft, ImportOptions
from reader.model import Article, article_id, identity_of
from reader.text.language import detect
from reader.text.leftovers import split_leftovers
from reader.text.paragraphs import Paragraph, laid_out
from reader.text.stamps import aware

TITLE_LIMIT = 100


def assembled(draft: Draft, options: ImportOptions, where: str, filename: str | None) -> Arrival:
    """Return the article that a draft becomes; `InputError` where nothing of it is an article."""
    title, parts = _titled(draft)
    leftovers = draft.leftovers
    if not draft.settled:
        split = split_leftovers(parts, title=title, language=draft.language)
        parts, leftovers = split.paragraphs, tuple(left.text for left in split.leftovers)
    text, blocks, links = laid_out(parts)
    if not title and not text:
        raise InputError(where, "it holds no text")
    title = title or _first_words(text)
    source = draft.source or options.source or ""
    identity = identity_of(
        given=draft.given, url=draft.url, source=source, filename=filename, title=title
    )
    article = Article(
        id=article_id(identity),
        identity=identity,
        source=source,
        title=title,
        text=text,
        added=datetime.now(UTC),
        url=draft.url,
        author=draft.author,
        language=draft.language or options.language or detect(text or title),
        published=draft.published or (aware(options.published) if options.published else None),
        feed=draft.feed,
        starter=draft.starter or options.starter,
        excerpt=draft.excerpt if draft.excerpt is not None else text.endswith(("…", "...")),
        blocks=blocks,
        links=links,
        leftovers=leftovers,
        stripped=draft.stripped,
    )
    return Arrival(article, draft.tags, draft.read, draft.starred)


def _titled(draft: Draft) -> tuple[str, tuple[Paragraph, ...]]:
    """Return the title and the paragraphs after it."""
    parts = draft.paragraphs
    if draft.title:
        while parts and parts[0].text.casefold() == draft.title.casefold():
            parts = parts[1:]
        return draft.title, parts
    if len(parts) > 1 and parts[0].kind in ("heading", "paragraph") and _headline(parts[0].text):
        return parts[0].text, parts[1:]
    return "", parts


def _headline(line: str) -> bool:
    return len(line) <= 160 and not line.endswith((".", ":", ";", ",", "…"))


def _first_words(text: str) -> str:
    line = text.split("\n", 1)[0]
    if len(line) <= TITLE_LIMIT:
        return line
    cut = line[:TITLE_LIMIT].rsplit(" ", 1)[0]
    return f"{cut.rstrip(' ,;:')}…"
