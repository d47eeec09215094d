"""A comparison put in the order in which a person reads it; the documents are made from this."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reader.model import (
    ArticleId,
    Claim,
    ComparedArticle,
    ComparedSentence,
    Comparison,
    Difference,
    Place,
    Quote,
)

State = Literal["says", "differs", "partly", "silent"]


@dataclass(frozen=True, slots=True)
class SharedClaim:
    """A claim and which reports make it."""

    claim: Claim
    present: tuple[bool, ...]
    """For each report, in order, whether a sentence of it is a member."""
    states: tuple[State, ...]
    """For each report, whether it says it, says it differently, touches it, or is silent."""


@dataclass(frozen=True, slots=True)
class Only:
    """The sentences of one report that match nothing in the others."""

    number: int
    """The report's place in the comparison, from 0."""
    sentences: tuple[ComparedSentence, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What all say, what some say, where they differ, what stands in one report only."""

    comparison: Comparison
    names: tuple[str, ...]
    """What each report is called: its outlet, numbered where an outlet has several or no name."""
    by_all: tuple[SharedClaim, ...]
    by_some: tuple[SharedClaim, ...]
    """Most outlets first."""
    alarms: tuple[Difference, ...]
    """Where both cannot be right."""
    others: tuple[Difference, ...]
    quotes: tuple[Quote, ...]
    """Those that several reports word, and of which the wordings stand side by side."""
    only: tuple[Only, ...]
    """In the order of the reports; every report is there."""

    def number(self, article: ArticleId) -> int:
        """Return the place of a report in the comparison, from 0."""
        return next(n for n, one in enumerate(self.comparison.articles) if one.id == article)

    def name(self, article: ArticleId) -> str:
        """Return what a report is called."""
        return self.names[self.number(article)]

    def sentence(self, article: ArticleId, index: int) -> str:
        """Return the text of a sentence on one line; "" where there is none of that index."""
        report = self.comparison.articles[self.number(article)]
        found = next((s for s in report.sentences if s.index == index), None)
        return " ".join(found.text.split()) if found else ""


def about(difference: Difference) -> str:
    """Return what a difference is about, its kind first."""
    told = difference.topic.startswith(f"{difference.kind}:")
    return difference.topic if told else f"{difference.kind}: {difference.topic}"


def outline(comparison: Comparison) -> Outline:
    """Return a comparison in reading order."""
    articles = comparison.articles
    voices = len({article.copy_of or article.id for article in articles})
    shared = [_shared(claim, comparison) for claim in comparison.claims]
    by_all = [one for one in shared if one.claim.sources >= voices]
    by_some = [one for one in shared if one.claim.sources < voices]
    by_some.sort(key=lambda one: -one.claim.sources)
    return Outline(
        comparison=comparison,
        names=_names(articles),
        by_all=tuple(by_all),
        by_some=tuple(by_some),
        alarms=tuple(d for d in comparison.differences if d.alarm),
        others=tuple(d for d in comparison.differences if not d.alarm),
        quotes=tuple(q for q in comparison.quotes if len({v.article for v in q.variants}) > 1),
        only=tuple(_only(comparison, number) for number in range(len(articles))),
    )


def _shared(claim: Claim, comparison: Comparison) -> SharedClaim:
    members = {Place(member.article, member.sentence) for member in claim.members}
    saying = {place.article for place in members}
    differing = {
        variant.article
        for difference in comparison.differences
        if difference.claim == claim.id
        for variant in difference.variants
    }
    touching = {
        end.article
        for link in comparison.related
        for end, other in ((link.a, link.b), (link.b, link.a))
        if other in members
    }

    def state(article: ArticleId) -> State:
        if article in differing:
            return "differs"
        return "says" if article in saying else "partly" if article in touching else "silent"

    articles = comparison.articles
    return SharedClaim(
        claim,
        tuple(article.id in saying for article in articles),
        tuple(state(article.id) for article in articles),
    )


def _names(articles: Sequence[ComparedArticle]) -> tuple[str, ...]:
    times = Counter(article.source for article in articles)
    seen: Counter[str] = Counter()
    names = []
    for number, article in enumerate(articles, start=1):
        seen[article.source] += 1
        if not article.source:
            names.append(f"report {number}")
        elif times[article.source] > 1:
            names.append(f"{article.source} ({seen[article.source]})")
        else:
            names.append(article.source)
    return tuple(names)


def _only(comparison: Comparison, number: int) -> Only:
    article = comparison.articles[number]
    wanted = {place.sentence for place in comparison.only if place.article == article.id}
    return Only(number, tuple(s for s in article.sentences if s.index in wanted))
