"""A comparison in the order in which the articles were given."""

from collections.abc import Sequence
from dataclasses import replace

from reader.model import (
    ArticleId,
    Claim,
    Comparison,
    Difference,
    Place,
    Quote,
    SentenceLink,
    Span,
)

_CLASSES = {"at-odds": 0, "differently": 1, "correction": 2, "spelling": 3, "own": 4}
"""The order in which differences are shown."""


def present(comparison: Comparison, order: Sequence[int]) -> Comparison:
    """Return the comparison with everything in the order of the articles as they were given.

    `order[n]` is the number, as given, of the n-th article of the comparison. Claims are numbered
    in the order of their first members, and the differences refer to them by their new numbers.
    """
    articles = [
        article for _, article in sorted(zip(order, comparison.articles, strict=True), key=_first)
    ]
    rank: dict[ArticleId, int] = {}
    for number, article in enumerate(articles):
        rank.setdefault(article.id, number)

    def at(place: Place) -> tuple[int, int]:
        return rank[place.article], place.sentence

    def turned(link: SentenceLink) -> SentenceLink:
        return SentenceLink(link.b, link.a, link.score) if at(link.b) < at(link.a) else link

    def links(given: Sequence[SentenceLink]) -> tuple[SentenceLink, ...]:
        return tuple(sorted(map(turned, given), key=lambda link: (at(link.a), at(link.b))))

    claims, numbers = _claims(comparison.claims, rank)
    return replace(
        comparison,
        articles=tuple(articles),
        links=links(comparison.links),
        related=links(comparison.related),
        claims=claims,
        only=tuple(sorted(comparison.only, key=at)),
        new=tuple(sorted(comparison.new, key=lambda s: (rank[s.article], s.sentence))),
        left_out=tuple(
            sorted(
                (replace(one, claim=numbers[one.claim]) for one in comparison.left_out),
                key=lambda one: (rank[one.article], one.claim),
            )
        ),
        differences=_differences(comparison.differences, rank, numbers),
        quotes=_quotes(comparison.quotes, rank),
        timeline=tuple(
            replace(event, members=_spans(event.members, rank)) for event in comparison.timeline
        ),
    )


def _spans(given: Sequence[Span], rank: dict[ArticleId, int]) -> tuple[Span, ...]:
    return tuple(sorted(given, key=lambda span: (rank[span.article], span.start, span.end)))


def _quotes(given: Sequence[Quote], rank: dict[ArticleId, int]) -> tuple[Quote, ...]:
    """Return the quotations in the order of their first wording."""
    found = [replace(quote, variants=_spans(quote.variants, rank)) for quote in given]
    found.sort(key=lambda q: (rank[q.variants[0].article], q.variants[0].start))
    return tuple(found)


def _first(pair: tuple[int, object]) -> int:
    return pair[0]


def _claims(
    given: Sequence[Claim], rank: dict[ArticleId, int]
) -> tuple[tuple[Claim, ...], dict[int, int]]:
    """Return the claims in order and numbered anew, and their old numbers -> the new ones."""
    ordered = []
    for claim in given:
        members = sorted(claim.members, key=lambda m: (rank[m.article], m.sentence))
        ordered.append(replace(claim, members=tuple(members)))
    ordered.sort(key=lambda c: [(rank[m.article], m.sentence) for m in c.members])
    numbers = {claim.id: number for number, claim in enumerate(ordered)}
    return tuple(replace(claim, id=numbers[claim.id]) for claim in ordered), numbers


def _differences(
    given: Sequence[Difference], rank: dict[ArticleId, int], numbers: dict[int, int]
) -> tuple[Difference, ...]:
    found = []
    for difference in given:
        variants = sorted(difference.variants, key=lambda v: (rank[v.article], v.start, v.end))
        claim = None if difference.claim is None else numbers[difference.claim]
        found.append(replace(difference, variants=tuple(variants), claim=claim))
    found.sort(
        key=lambda d: (
            _CLASSES[d.class_],
            -d.weight,
            -d.confidence,
            d.kind,
            d.topic,
            [v.start for v in d.variants],
        )
    )
    return tuple(found)


def _order(d: Difference) -> tuple[int, float, float, str, str, list[int]]:
    """Sort by class, then by weight: the dead and the cause come before the rest."""
    starts = [v.start for v in d.variants]
    return (_CLASSES[d.class_], -d.weight, -d.confidence, d.kind, d.topic, starts)
