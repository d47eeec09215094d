"""Stories as text for the terminal."""

from collections.abc import Iterator, Mapping, Sequence

import click

from reader.cli.layout import counted, day, wrapped
from reader.cli.terminal import width
from reader.model import ArticleId, NewSince, Story, shown_id
from reader.text.hygiene import shown_line


def story_list(stories: Sequence[Story], names: Mapping[ArticleId, str] | None = None) -> str:
    """Return each story as a paragraph: title, id, outlets, times, and why it belongs together.

    `names` are the articles' ids as an input file writes them.
    """
    return "\n\n".join("\n".join(_lines(story, names or {})) for story in stories)


def _lines(story: Story, names: Mapping[ArticleId, str]) -> Iterator[str]:
    columns = width(100)
    yield click.style(wrapped(shown_line(story.title), columns), bold=True)
    number = ArticleId(story.id)
    first, last = day(story.first), day(story.last)
    facts = [
        shown_line(names.get(number, shown_id(number))),
        counted(len(story.articles), "report"),
        f"{story.unread} unread" if story.unread else "",
        f"{len(story.copies)} of the same text" if story.copies else "",
        first if first == last else f"{first} to {last}",
    ]
    yield wrapped(" · ".join(filter(None, facts)), columns, indent="  ", first="  ")
    outlets = ", ".join(shown_line(source) for source in story.sources if source)
    if outlets:
        yield wrapped(outlets, columns, indent="  ", first="  ")
    if story.terms:
        terms = "why: " + ", ".join(shown_line(term) for term in story.terms)
        yield click.style(wrapped(terms, columns, indent="  ", first="  "), dim=True)


def news_list(news: Sequence[tuple[Story, NewSince]], sources: Mapping[ArticleId, str]) -> str:
    """Return each story with the sentences that no report read before has said, and who says so."""
    return "\n\n".join("\n".join(_news_lines(story, new, sources)) for story, new in news)


def _news_lines(story: Story, news: NewSince, sources: Mapping[ArticleId, str]) -> Iterator[str]:
    columns = width(100)
    yield click.style(wrapped(shown_line(story.title), columns), bold=True)
    read = f"{len(news.read)} of {counted(len(story.articles), 'report')} read"
    added = f"{counted(len(news.sentences), 'sentence')} that none of these has said"
    facts = f"{shown_id(ArticleId(story.id))} · {read} · {added}"
    yield wrapped(facts, columns, indent="  ", first="  ")
    for sentence in news.sentences:
        told = [sentence.article, *(span.article for span in sentence.also_in)]
        outlets = dict.fromkeys(shown_line(sources[id_]) for id_ in told if sources[id_])
        text = f"{shown_line(sentence.text)} ({', '.join(outlets)})"
        yield wrapped(text, columns, indent="    ", first="  + ")
    if news.apart:
        reports = counted(len(news.apart), "unread report")
        note = f"{reports}, in another language or too many at once, not held against them"
        yield click.style(wrapped(note, columns, indent="  ", first="  "), dim=True)
