"""A comparison as text for the terminal."""

from collections.abc import Iterator, Sequence

import click

from reader.cli.layout import counted, day, dots, wrapped
from reader.cli.terminal import width
from reader.export.outline import (
    LEGEND,
    Outline,
    SharedClaim,
    Wording,
    about,
    outline,
    part_text,
    wordings,
)
from reader.model import Comparison, Difference, Quote
from reader.text.hygiene import shown_line


def comparison_text(comparison: Comparison) -> str:
    """Return a comparison as readable lines: reports, differences, what is shared, what is not."""
    view = outline(comparison)
    lines = [
        *_reports(view),
        *_differences(view),
        *_points("In all reports", view, view.by_all),
        *_points("In some reports", view, view.by_some),
        *_quotes(view),
        *_timeline(view),
        *_only(view),
        *_left_out(view),
    ]
    return "\n".join(lines)


def _head(title: str, count: int) -> list[str]:
    return ["", click.style(f"{title} ({count})", bold=True)]


def _reports(view: Outline) -> Iterator[str]:
    articles = view.comparison.articles
    shared = counted(len(view.by_all) + len(view.by_some), "point")
    differ = counted(len(view.comparison.differences), "difference")
    yield click.style(
        f"{len(articles)} reports, {shared} in common, {len(view.by_all)} in all reports, {differ}",
        bold=True,
    )
    for number, article in enumerate(articles):
        here = [n == number for n in range(len(articles))]
        head = " · ".join(
            part for part in (view.names[number], day(article.published), article.title) if part
        )
        excerpt = " (only an excerpt)" if article.excerpt else ""
        yield wrapped(shown_line(head + excerpt), width(), indent="   ", first=f"{dots(here)} ")
    for note in view.comparison.notes:
        yield click.style(wrapped(shown_line(note), width()), dim=True)


def _differences(view: Outline) -> Iterator[str]:
    for title, meaning, differences in view.by_class():
        yield from _head(title, len(differences))
        yield click.style(wrapped(meaning[:1].upper() + meaning[1:] + ".", width()), dim=True)
        for difference in differences:
            sign = "! " if difference.alarm else "≠ "
            yield wrapped(shown_line(about(difference)), width(), indent="  ", first=sign)
            yield from _values(view, difference)


def _values(view: Outline, difference: Difference) -> Iterator[str]:
    """Yield each value with the outlets that give it, and the sentence that one of them has."""
    for wording in wordings(difference):
        told = f"{wording.mark} {wording.value} ({_names(view, wording)})"
        yield wrapped(shown_line(told), width(), indent="    ", first="  ")
        first = wording.variants[0]
        sentence = shown_line(view.sentence(first.article, first.sentence))
        if sentence != wording.value:
            yield click.style(wrapped(sentence, width(), indent="    "), dim=True)


def _names(view: Outline, wording: Wording) -> str:
    return ", ".join(dict.fromkeys(view.name(v.article) for v in wording.variants))


def _points(title: str, view: Outline, points: Sequence[SharedClaim]) -> Iterator[str]:
    if not points:
        return
    yield from _head(title, len(points))
    yield click.style(wrapped(LEGEND, width()), dim=True)
    for point in points:
        indent = " " * (len(point.signs) + 1)
        yield wrapped(shown_line(point.text), width(), indent=indent, first=f"{point.signs} ")
        if point.disputed:
            givers = " · ".join(f"{w.mark} {_names(view, w)}" for w in point.disputed)
            yield click.style(wrapped(shown_line(givers), width(), indent=indent), dim=True)


def _quotes(view: Outline) -> Iterator[str]:
    if not view.quotes:
        return
    yield from _head("Quoted by several", len(view.quotes))
    for quote in view.quotes:
        yield from _quote(view, quote)


def _quote(view: Outline, quote: Quote) -> Iterator[str]:
    yield shown_line(view.speaker(quote) or "speaker not named")
    for span in quote.variants:
        yield wrapped(shown_line(f"{view.name(span.article)}: “{span.text}”"), width(), indent="  ")


def _timeline(view: Outline) -> Iterator[str]:
    events = view.comparison.timeline
    if not events:
        return
    yield from _head("Dates mentioned", len(events))
    for event in events:
        who = dict.fromkeys(view.name(span.article) for span in event.members)
        yield wrapped(shown_line(f"{event.date}: {', '.join(who)}"), width(), indent="  ")


def _only(view: Outline) -> Iterator[str]:
    for only in view.only:
        if not only.sentences and not only.parts:
            continue
        name = shown_line(view.names[only.number])
        count = len(only.sentences) + len(only.parts)
        yield from _head(f"Only here, among these reports: {name}", count)
        for sentence in only.sentences:
            yield wrapped(shown_line(sentence.text), width(), indent="  ", first="- ")
        for part in only.parts:
            yield wrapped(shown_line(part_text(part)), width(), indent="  ", first="- ")


def _left_out(view: Outline) -> Iterator[str]:
    for name, points in zip(view.names, view.left_out, strict=True):
        if points:
            yield from _head(f"In all other reports, not in {shown_line(name)}", len(points))
            for point in points:
                yield wrapped(shown_line(point.text), width(), indent="  ", first="- ")
