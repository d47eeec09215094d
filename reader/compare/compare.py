"""The door: several reports in, one comparison out."""

from collections.abc import Callable, Sequence

from reader.compare.align import Alignment, align
from reader.compare.claims import claims, described
from reader.compare.contexts import Contexts
from reader.compare.differences import findings
from reader.compare.found import Story
from reader.compare.likeness import Likeness, likeness
from reader.compare.material import Material, canonical, prepare
from reader.compare.names import full_names, known_names, names_in
from reader.compare.notes import notes
from reader.compare.present import present
from reader.compare.time_differences import mentions
from reader.compare.timeline import timeline
from reader.model import (
    Article,
    ComparedArticle,
    ComparedSentence,
    Comparison,
    Place,
    SentenceLink,
)


def compare(
    articles: Sequence[Article], *, progress: Callable[[float], None] | None = None
) -> Comparison:
    """Return what the articles all say, what one of them says, and where they differ.

    Pure and deterministic; the order of the articles changes nothing but the order of the answer,
    whose `articles` stand as given. `progress` is called with the share that is done, 0 to 1.
    """
    tell = progress or (lambda _share: None)
    tell(0.0)
    order = canonical(articles)
    material = prepare([articles[number] for number in order])
    tell(0.3)
    alignment = align(material)
    linked = [*alignment.same, *alignment.related]
    groups = claims(material, alignment.similarity, linked)
    tell(0.5)
    story = _story(material, alignment, groups, likeness(material))
    times = mentions(story)
    tell(0.6)
    found = findings(story, times)
    tell(0.9)
    result = Comparison(
        articles=tuple(_compared(material, number) for number in range(len(articles))),
        links=_links(material, alignment.same),
        related=_links(material, alignment.related),
        claims=tuple(described(material, alignment.similarity, groups)),
        only=_only(material, alignment, groups),
        differences=found.differences,
        quotes=found.quotes,
        timeline=tuple(timeline(story, times)),
        notes=tuple(notes(material)),
    )
    result = present(result, order)
    tell(1.0)
    return result


def _story(
    material: Material, alignment: Alignment, groups: list[list[int]], alike: Likeness
) -> Story:
    known = known_names(material)
    names = tuple(tuple(names_in(unit, known)) for unit in material.units)
    pairs = (*alignment.same, *alignment.related)
    return Story(
        material=material,
        similarity=alignment.similarity,
        likeness=alike,
        contexts=Contexts(material),
        claim_of={row: number for number, group in enumerate(groups) for row in group},
        linked=frozenset(row for a, b, _score in pairs for row in (a, b)),
        known=known,
        persons=full_names(material, names),
        names=names,
    )


def _compared(material: Material, number: int) -> ComparedArticle:
    report = material.reports[number]
    article = report.article
    copied = report.voice != report.number
    return ComparedArticle(
        id=article.id,
        source=article.source,
        title=article.title,
        published=article.published,
        language=article.language,
        excerpt=article.excerpt,
        leftovers=article.leftovers,
        sentences=(
            *(ComparedSentence(u.index, u.start, u.end, u.text, u.role) for u in report.units),
            *report.rest,
        ),
        copy_of=material.reports[report.voice].article.id if copied else None,
    )


def _links(material: Material, pairs: Sequence[tuple[int, int, float]]) -> tuple[SentenceLink, ...]:
    units = material.units
    return tuple(
        SentenceLink(material.place(units[a]), material.place(units[b]), score)
        for a, b, score in pairs
    )


def _only(material: Material, alignment: Alignment, groups: list[list[int]]) -> tuple[Place, ...]:
    matched = {row for a, b, _score in [*alignment.same, *alignment.related] for row in (a, b)}
    matched |= {row for group in groups for row in group}
    return tuple(
        material.place(unit)
        for unit in material.units
        if unit.role == "body" and unit.row not in matched
    )
