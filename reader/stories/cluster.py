"""Stories form as articles come in: single pass, no look into the future.

Method: single-pass clustering over a stream (Allan, Papka and Lavrenko, SIGIR 1998) with a window
of days. An article joins the story to which its similarity, the mean of the cosine with the story's
centroid and with its best member, is highest, if that reaches a threshold; else it stands alone.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from reader.model import Article, ArticleId, Story
from reader.stories.features import Frequencies, Terms, Vector, article_terms, dot

WINDOW = timedelta(days=5)
"""An article joins a story only if its last report is at most so much older (or younger)."""
THRESHOLD = 0.19
THRESHOLD_UNDATED = 0.25
"""For articles or stories without a date, whose window cannot be checked."""
THRESHOLD_ACROSS = 0.08
"""Between languages only names and numbers are shared: one event reaches .1, others .03."""
SHARED_ACROSS = 5
"""So many terms must be shared between languages: one name alone tells too little."""
CANDIDATES = 6
"""How many stories are compared member by member."""
PROBED_TERMS = 40
"""By so many of its heaviest terms an article looks for the stories that it is compared with."""
PROBED_STORIES = 24
LEAST_PROBED = 0.03**2
"""Stories whose squared cosine over the probed terms is less are not looked at."""
EXPLAINING_TERMS = 8


@dataclass(frozen=True, slots=True)
class Item:
    """An article as clustering sees it."""

    id: int
    title: str
    source: str
    when: datetime
    dated: bool
    language: str | None
    vector: Vector
    words: Mapping[str, str] = field(default_factory=dict)
    """The heaviest terms -> the words that they stand for, as they are written."""


@dataclass(slots=True)
class _Group:
    """A story that is still growing."""

    id: int
    members: list[Item] = field(default_factory=list)
    sums: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    square: float = 0.0
    """The squared length of the sums."""

    def add(self, item: Item) -> None:
        self.members.append(item)
        for term, value in item.vector.items():
            before = self.sums[term]
            self.sums[term] = before + value
            self.square += value * (2 * before + value)

    def in_window(self, item: Item) -> bool:
        if not item.dated or not any(member.dated for member in self.members):
            return True
        times = [member.when for member in self.members if member.dated]
        return min(times) - WINDOW <= item.when <= max(times) + WINDOW

    def takes(self, item: Item, score: float) -> bool:
        """Whether an article with this similarity belongs here."""
        if all(member.language != item.language for member in self.members):
            shared = sum(term in self.sums for term in item.vector)
            return score >= THRESHOLD_ACROSS and shared >= SHARED_ACROSS
        dated = item.dated and any(member.dated for member in self.members)
        return score >= (THRESHOLD if dated else THRESHOLD_UNDATED)


class Clusterer:
    """Assigns articles to stories, one after the other.

    Pairs that the reader took apart never share a story; pairs that the reader put together always
    do. All state is in memory; the same articles in the same order give the same stories.
    """

    def __init__(
        self,
        frequencies: Frequencies | None = None,
        *,
        apart: Iterable[tuple[int, int]] = (),
        together: Iterable[tuple[int, int]] = (),
    ) -> None:
        """Take the term counts so far and the reader's corrections as pairs of article ids."""
        self._frequencies = frequencies or Frequencies()
        self._apart = _neighbours(apart)
        self._together = _neighbours(together)
        self._group_of: dict[int, _Group] = {}
        self._postings: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._groups: dict[int, _Group] = {}

    def add(self, article: Article, terms: Terms | None = None) -> int:
        """Assign one article and return the id of its story: that of the story's first article.

        `terms` are its `article_terms` where they are already known.
        """
        terms = terms or article_terms(article)
        self._frequencies.add(terms.weights)
        vector = self._frequencies.vector(terms.weights, article.language)
        item = Item(
            article.id,
            article.title,
            article.source,
            article.when,
            article.published is not None,
            article.language,
            vector,
            {term: terms.words[term] for term in islice(vector, 2 * EXPLAINING_TERMS)},
        )
        group = self._home(item)
        self.restore(item, item.id if group is None else group.id)
        return self._group_of[item.id].id

    def restore(self, item: Item, story: int) -> None:
        """Put an article into the story that it was assigned to before."""
        group = self._groups.setdefault(story, _Group(story))
        group.add(item)
        self._group_of[item.id] = group
        for term in item.vector:
            self._postings[term][story] = group.sums[term]

    def item(self, article: int) -> Item:
        """Return an article as it was clustered; KeyError where it was not."""
        found = self._group_of[article].members
        return next(member for member in found if member.id == article)

    def stories(self) -> Iterator[Story]:
        """Give each story of two articles or more, in the order in which they began."""
        return (
            story_of(group.id, group.members)
            for group in self._groups.values()
            if len(group.members) > 1
        )

    def single(self) -> list[int]:
        """Return the ids of the articles that stand alone, in the order in which they came."""
        return [group.members[0].id for group in self._groups.values() if len(group.members) == 1]

    def forget(self, before: datetime) -> None:
        """Drop stories whose last report is older than this: nothing joins them any more."""
        old = [g for g in self._groups.values() if max(m.when for m in g.members) < before]
        for group in old:
            del self._groups[group.id]
            for term in group.sums:
                self._postings[term].pop(group.id, None)
                if not self._postings[term]:
                    del self._postings[term]
            for member in group.members:
                del self._group_of[member.id]

    def _home(self, item: Item) -> _Group | None:
        for other in sorted(self._together[item.id]):
            if other in self._group_of:
                return self._group_of[other]
        best: tuple[float, _Group] | None = None
        for centre, group in self._candidates(item):
            nearest = max(dot(item.vector, member.vector) for member in group.members)
            score = (centre + nearest) / 2
            if group.takes(item, score) and (best is None or score > best[0]):
                best = score, group
        return best[1] if best else None

    def _candidates(self, item: Item) -> list[tuple[float, _Group]]:
        """Return the stories nearest by their centroid, with the cosine, the nearest first."""
        products: defaultdict[int, float] = defaultdict(float)
        for term, value in heapq.nlargest(PROBED_TERMS, item.vector.items(), key=_weight):
            for story, weight in self._postings[term].items() if term in self._postings else ():
                products[story] += value * weight
        probed = [
            (product / math.sqrt(self._groups[story].square), -story)
            for story, product in products.items()
            if product * product >= LEAST_PROBED * self._groups[story].square
        ]
        nearest = [
            (dot(item.vector, group.sums) / math.sqrt(group.square), group)
            for _, story in heapq.nlargest(PROBED_STORIES, probed)
            if (group := self._groups[-story]).in_window(item)
            and not self._apart_from(item, group.members)
        ]
        return sorted(nearest, key=lambda pair: (-pair[0], pair[1].id))[:CANDIDATES]

    def _apart_from(self, item: Item, members: Collection[Item]) -> bool:
        apart = self._apart.get(item.id, set())
        return any(member.id in apart for member in members)


def _weight(term: tuple[str, float]) -> tuple[float, str]:
    return term[1], term[0]


def _neighbours(pairs: Iterable[tuple[int, int]]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one, two in pairs:
        found[one].add(two)
        found[two].add(one)
    return found


def story_of(story: int, items: Collection[Item]) -> Story:
    """Return a story as it is shown; its title is that of the report nearest to its centroid."""
    members = sorted(items, key=lambda member: (member.when, member.id))
    centre: defaultdict[str, float] = defaultdict(float)
    for member in members:
        for term, value in member.vector.items():
            centre[term] += value
    central = max(members, key=lambda member: (dot(member.vector, centre), -member.id))
    return Story(
        id=story,
        title=central.title,
        articles=tuple(ArticleId(member.id) for member in members),
        sources=tuple(dict.fromkeys(member.source for member in members)),
        first=members[0].when,
        last=members[-1].when,
        terms=explain(members),
    )


def explain(items: Collection[Item]) -> tuple[str, ...]:
    """Return the words why articles belong together: the heaviest that at least two of them share.

    A term weighs the sum of its weights over the articles; the strongest first.
    """
    sums: defaultdict[str, float] = defaultdict(float)
    held: defaultdict[str, int] = defaultdict(int)
    words: dict[str, str] = {}
    for item in items:
        for term, value in item.vector.items():
            sums[term] += value
            held[term] += 1
        words = {**item.words, **words}
    shared = [term for term in sums if held[term] > 1]
    strongest = sorted(shared, key=lambda term: (-sums[term], term))[:EXPLAINING_TERMS]
    return tuple(words.get(term, term) for term in strongest)
