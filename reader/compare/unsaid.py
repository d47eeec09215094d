"""What new reports of a story say that none of those already read has said."""

from collections.abc import Collection, Iterable, Sequence

from reader.compare.likeness import likeness
from reader.compare.material import Material, Report, Unit, canonical, prepare
from reader.compare.points import confidence
from reader.model import Article, ArticleId, NewSentence, Span

SAID = 0.4
"""From this likelihood of a common fact on a sentence was said before."""
LEAST_TERMS = 3
"""A sentence with fewer different content words ("That was not all.") tells nothing by itself."""


def unsaid(articles: Sequence[Article], read: Collection[ArticleId]) -> tuple[NewSentence, ...]:
    """Return the body sentences of the other articles that no article in `read` says.

    A sentence was said where a sentence of a report that was read is linked to it as saying the
    same, or makes the same claim. What several new reports say is one sentence, of the report that
    comes first in time. Reports in a language in which nothing was read say nothing new here: what
    they share with the others cannot be told. Pure; their order changes nothing.
    """
    known = {article.language for article in articles if article.id in read}
    held = [a for a in articles if a.id in read or _comparable(a.language, known)]
    material = prepare([held[number] for number in canonical(held)])
    alike = _alike(material)
    reports = material.reports
    told: dict[int, NewSentence] = {}
    for unit in material.units:
        report = reports[unit.report]
        if report.article.id in read or unit.role != "body":
            continue
        same = [row for row in alike.get(unit.row, ()) if _common(report, _of(material, row))]
        if len(set(unit.terms)) < LEAST_TERMS or _was_read(material, same, read):
            continue
        first = next((row for row in sorted(same) if row in told), None)
        if first is None or _of(material, first).number == unit.report:
            told[unit.row] = NewSentence(
                report.article.id, unit.index, unit.start, unit.end, unit.text
            )
        else:
            told[first] = _also(told[first], report, unit)
    return tuple(told[row] for row in sorted(told))


def _alike(material: Material) -> dict[int, set[int]]:
    """Return for each row the rows of other reports that share a fact with it."""
    import numpy as np  # noqa: PLC0415 - only where a comparison is made, not at the start

    found: dict[int, set[int]] = {}
    shared = confidence(material, likeness(material))
    for a, b in zip(*np.nonzero(shared >= SAID), strict=True):
        found.setdefault(int(a), set()).add(int(b))
    return found


def _of(material: Material, row: int) -> Report:
    return material.reports[material.units[row].report]


def _was_read(material: Material, rows: Iterable[int], read: Collection[ArticleId]) -> bool:
    return any(_of(material, row).article.id in read for row in rows)


def _common(one: Report, other: Report) -> bool:
    return _comparable(one.language, {other.language})


def _comparable(language: str | None, known: Collection[str | None]) -> bool:
    return language is None or None in known or language in known


def _also(sentence: NewSentence, report: Report, unit: Unit) -> NewSentence:
    span = Span(report.article.id, unit.index, unit.start, unit.end, unit.text)
    return NewSentence(
        sentence.article,
        sentence.index,
        sentence.start,
        sentence.end,
        sentence.text,
        (*sentence.also_in, span),
    )
