"""Stories as text for the terminal."""

from collections.abc import Iterator, Mapping, Sequence

import click

from reader.cli.layout import counted, day, wrapped
from reader.cli.terminal import width
from reader.model import ArticleId, Story, shown_id
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
        first if first == last else f"{first} to {last}",
    ]
    yield wrapped(" · ".join(facts), columns, indent="  ", first="  ")
    outlets = ", ".join(shown_line(source) for source in story.sources if source)
    if outlets:
        yield wrapped(outlets, columns, indent="  ", first="  ")
    if story.terms:
        terms = "why: " + ", ".join(shown_line(term) for term in story.terms)
        yield click.style(wrapped(terms, columns, indent="  ", first="  "), dim=True)
