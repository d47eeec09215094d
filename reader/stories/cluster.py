"""Stories of a stream of articles, all in memory; and how a story is shown."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from reader.model import Article, ArticleId, Story
from reader.stories.copying import original
from reader.stories.features import Terms, Vector, article_terms, dot
from reader.stories.placing import Placer

EXPLAINING_TERMS = 8


@dataclass(frozen=True, slots=True)
class Report:
    """An article of a story, with what is shown of it."""

    id: int
    title: str
    source: str
    when: datetime
    vector: Vector
    words: Mapping[str, str]
    """The heaviest terms -> the words that they stand for, as they are written."""


class Clusterer:
    """Assigns articles to stories, one after the other, and tells which stories there are."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._placer = Placer()
        self._stories: dict[int, list[Report]] = {}
        self._articles: dict[int, Article] = {}
        self._originals: dict[int, int] = {}

    def add(self, article: Article, terms: Terms | None = None) -> int:
        """Assign one article and return the id of its story: that of the story's first article.

        `terms` are its `article_terms` where they are already known.
        """
        terms = terms or article_terms(article)
        placed = self._placer.place(article, terms)
        self._articles[article.id] = article
        first = original(
            article,
            placed.alike,
            self._articles.__getitem__,
            lambda id_: self._originals.get(id_, id_),
        )
        if first is not None:
            self._originals[article.id] = first
        vector = placed.item.vector
        words = explaining(vector, terms)
        report = Report(article.id, article.title, article.source, article.when, vector, words)
        self._stories.setdefault(placed.story, []).append(report)
        return placed.story

    def stories(self) -> Iterator[Story]:
        """Give each story of two articles or more, in the order in which they began."""
        return (
            story_of(story, held, self._originals)
            for story, held in self._stories.items()
            if len(held) > 1
        )

    def single(self) -> list[int]:
        """Return the ids of the articles that stand alone, in the order in which they came."""
        return [held[0].id for held in self._stories.values() if len(held) == 1]


def explaining(vector: Vector, terms: Terms) -> dict[str, str]:
    """Return the heaviest terms with the words that they stand for in an article."""
    return {term: terms.written(term) for term in islice(vector, 2 * EXPLAINING_TERMS)}


def story_of(story: int, reports: Collection[Report], originals: Mapping[int, int]) -> Story:
    """Return a story as it is shown; its title is that of the report nearest to its centroid.

    `originals` tells of copies what they are copies of.
    """
    members = sorted(reports, key=lambda member: (member.when, member.id))
    return Story(
        id=story,
        title=central(members).title,
        articles=tuple(ArticleId(member.id) for member in members),
        sources=tuple(dict.fromkeys(member.source for member in members)),
        first=members[0].when,
        last=members[-1].when,
        terms=explain(members),
        copies=tuple(
            (ArticleId(member.id), ArticleId(originals[member.id]))
            for member in members
            if member.id in originals
        ),
    )


def central(reports: Collection[Report]) -> Report:
    """Return the report nearest to the centroid of all."""
    centre: defaultdict[str, float] = defaultdict(float)
    for report in reports:
        for term, value in report.vector.items():
            centre[term] += value
    return max(reports, key=lambda report: (dot(report.vector, centre), -report.id))


def explain(reports: Iterable[Report]) -> tuple[str, ...]:
    """Return the words why articles belong together: the heaviest that at least two of them share.

    A term weighs the sum of its weights over the articles; the strongest first.
    """
    sums: defaultdict[str, float] = defaultdict(float)
    held: defaultdict[str, int] = defaultdict(int)
    words: dict[str, str] = {}
    for report in reports:
        for term, value in report.vector.items():
            sums[term] += value
            held[term] += 1
        words = {**report.words, **words}
    shared = [term for term in sums if held[term] > 1]
    strongest = sorted(shared, key=lambda term: (-sums[term], term))[:EXPLAINING_TERMS]
    return tuple(words.get(term, term) for term in strongest)
