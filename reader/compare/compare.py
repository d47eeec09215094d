"""The door: several reports in, one comparison out."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reader.compare.contexts import Contexts
from reader.compare.differences import findings
from reader.compare.found import Story
from reader.compare.likeness import Likeness, likeness
from reader.compare.material import Material, canonical, prepare
from reader.compare.names import full_names, known_names, names_in
from reader.compare.notes import notes
from reader.compare.only import left_out, only_here
from reader.compare.points import (
    confidence,
    described,
    points,
    points_of,
    related_pairs,
    same_pairs,
)
from reader.compare.present import present
from reader.compare.statements import new_statements
from reader.compare.time_differences import mentions
from reader.compare.timeline import timeline
from reader.compare.verdicts import classed, judged
from reader.model import (
    Article,
    ComparedArticle,
    ComparedSentence,
    Comparison,
    SentenceLink,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray


def compare(
    articles: Sequence[Article],
    *,
    progress: Callable[[float], None] | None = None,
    encoded: "Mapping[str, NDArray[Any]] | None" = None,
) -> Comparison:
    """Return what the articles all say, what one of them says, and where they differ.

    Pure and deterministic; the order of the articles changes nothing but the order of the answer,
    whose `articles` stand as given. `progress` is called with the share that is done, 0 to 1.
    `encoded` gives the vector of each sentence by its text, if a sentence encoder was at work.
    """
    tell = progress or (lambda _share: None)
    tell(0.0)
    order = canonical(articles)
    material = prepare([articles[number] for number in order])
    tell(0.3)
    alike = likeness(material, encoded)
    sure = confidence(material, alike)
    groups = points(material, alike)
    tell(0.5)
    story = _story(material, alike, groups)
    times = mentions(story)
    tell(0.6)
    found = findings(story, times)
    tell(0.9)
    differences = classed(story, found.differences)
    only = only_here(material, sure)
    claims = judged(story, described(material, alike, groups), groups, differences)
    result = Comparison(
        articles=tuple(_compared(material, number) for number in range(len(articles))),
        links=_links(material, same_pairs(material, alike)),
        related=_links(material, related_pairs(material, alike)),
        claims=tuple(claims),
        only=only,
        new=new_statements(story, sure, only),
        left_out=left_out(material, sure, groups),
        differences=tuple(differences),
        quotes=found.quotes,
        timeline=tuple(timeline(story, times)),
        notes=tuple(notes(material)),
    )
    result = present(result, order)
    tell(1.0)
    return result


def _story(material: Material, alike: Likeness, groups: list[list[int]]) -> Story:
    known = known_names(material)
    names = tuple(tuple(names_in(unit, known)) for unit in material.units)
    return Story(
        material=material,
        likeness=alike,
        contexts=Contexts(material),
        points_of=points_of(groups),
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
