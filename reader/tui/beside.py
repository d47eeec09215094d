"""A comparison, turned the way two columns need it. Pure functions over `Comparison`."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from reader.model import ArticleId, Claim, ComparedArticle, Comparison, Difference, Sentence
from reader.text.hygiene import shown_line
from reader.tui import formats
from reader.tui.typeset import Range


@dataclass(frozen=True, slots=True)
class Side:
    """What a column needs to know about its report."""

    article: ComparedArticle
    sentences: tuple[Sentence, ...]
    claims: dict[int, Claim]
    """Sentence -> the claim that it makes."""
    only: frozenset[int]
    """Body sentences that matched nothing."""
    differing: tuple[tuple[int, Range, Difference], ...] = field(default=())
    """(sentence, place, difference) of every phrase that differs, in the order of the text."""

    def places(self, sentences: Iterable[int]) -> list[Range]:
        """Return where these sentences stand."""
        return [
            (self.sentences[n].start, self.sentences[n].end)
            for n in sorted(sentences)
            if n < len(self.sentences)
        ]


def sides(comparison: Comparison) -> dict[ArticleId, Side]:
    """Return each report's side of a comparison."""
    claims: dict[ArticleId, dict[int, Claim]] = {a.id: {} for a in comparison.articles}
    for claim in comparison.claims:
        for member in claim.members:
            claims[member.article].setdefault(member.sentence, claim)
    only: dict[ArticleId, set[int]] = {a.id: set() for a in comparison.articles}
    for place in comparison.only:
        only[place.article].add(place.sentence)
    return {
        article.id: Side(
            article,
            tuple(Sentence(s.index, s.start, s.end, s.text) for s in article.sentences),
            claims[article.id],
            frozenset(only[article.id]),
            tuple(_differing(comparison, article.id)),
        )
        for article in comparison.articles
    }


def _differing(comparison: Comparison, article: ArticleId) -> list[tuple[int, Range, Difference]]:
    found = [
        (variant.sentence, (variant.start, variant.end), difference)
        for difference in comparison.differences
        for variant in difference.variants
        if variant.article == article
    ]
    return sorted(found, key=lambda each: each[1])


def matches(comparison: Comparison, a: ArticleId, b: ArticleId) -> dict[int, int]:
    """Return for the sentences of `a` the sentence of `b` that says the same best."""
    best: dict[int, tuple[float, int]] = {}
    for link in comparison.links:
        for here, there in ((link.a, link.b), (link.b, link.a)):
            if here.article == a and there.article == b:
                rated = (link.score, -there.sentence)
                if rated > best.get(here.sentence, (0.0, 0)):
                    best[here.sentence] = rated
    return {sentence: -rated[1] for sentence, rated in best.items()}


def nearest(sentence: int, matched: dict[int, int]) -> int | None:
    """Return the matched sentence nearest to one; the one before where two are equally near."""
    known = sorted(matched)
    if not known:
        return None
    place = bisect_left(known, sentence)
    around = known[max(0, place - 1) : place + 1]
    return min(around, key=lambda n: (abs(n - sentence), n > sentence))


def dots(claim: Claim, comparison: Comparison) -> str:
    """Return which reports make a claim, as "●●○●○" in the order of the reports."""
    makers = {member.article for member in claim.members}
    return "".join("●" if article.id in makers else "○" for article in comparison.articles)


def overview(comparison: Comparison) -> str:
    """Return in one line how much the reports share and where they differ."""
    reports = len(comparison.articles)
    shared = sum(len({m.article for m in c.members}) == reports for c in comparison.claims)
    alarms = sum(difference.alarm for difference in comparison.differences)
    parts = [f"{reports} reports", f"{len(comparison.claims)} statements made by several"]
    if reports > 2:
        parts.append(f"{shared} by all")
    if comparison.differences:
        parts.append(
            formats.count(len(comparison.differences), "difference")
            + (f" ({formats.count(alarms, 'clash', 'clashes')})" if alarms else "")
        )
    return " · ".join(parts)


def makers(claim: Claim, comparison: Comparison) -> str:
    """Return the outlets that make a claim."""
    names = {article.id: shown_line(article.source) or "?" for article in comparison.articles}
    return ", ".join(dict.fromkeys(names[member.article] for member in claim.members))
