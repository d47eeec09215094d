"""Articles find their stories as they come in: single pass, no look into the future.

Method: single-pass clustering over a stream (Allan, Papka and Lavrenko, SIGIR 1998) with a window
of days. An article joins the story to which its similarity, the mean of the cosine with the story's
centroid and with its best member, is highest, if that reaches a threshold; else it stands alone.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from reader.model import Article
from reader.stories.features import Frequencies, Terms, article_terms, dot
from reader.stories.memory import PROBED_TERMS, Group, Item, Memory

THRESHOLD = 0.19
THRESHOLD_UNDATED = 0.25
"""For articles or stories without a date, whose window cannot be checked."""
THRESHOLD_ACROSS = 0.08
"""Between languages only names and numbers are shared: one event reaches .1, others .03."""
SHARED_ACROSS = 5
"""So many terms must be shared between languages: one name alone tells too little."""
CANDIDATES = 6
"""How many stories are compared report by report."""
PROBED_ARTICLES = 16
"""How many articles are compared by all of their terms."""
LEAST_PROBED = 0.02
"""Articles that share less of the squared weights of the probed terms are not looked at."""
LEAST_ALIKE = 0.06
"""By reports with a lower cosine no story is found: they share words that all news share."""
COPY_LIKE = 0.5
"""From this cosine on, two reports may be one agency's text."""
STEPS = 1 << 14
"""Weights are whole numbers of this part of one: what is read back is what was kept."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An article and the story that it belongs to."""

    item: Item
    story: int
    """The id of the story: that of its first article."""
    alike: tuple[int, ...]
    """The ids of reports of this story that it may be a copy of, the likest first."""


class Placer:
    """Gives articles their places, one after the other."""

    def __init__(
        self, frequencies: Frequencies | None = None, memory: Memory | None = None
    ) -> None:
        """Go on from what was seen and placed before."""
        self.frequencies = frequencies or Frequencies()
        self.memory = memory or Memory()

    def place(self, article: Article, terms: Terms | None = None) -> Placed:
        """Give one article its place; `terms` are its `article_terms` where they are known."""
        weights = (terms or article_terms(article)).weights
        self.frequencies.add(weights)
        item = Item(
            self.memory.last + 1,
            article.id,
            int(article.when.timestamp() // 1),
            article.published is not None,
            article.language,
            _stepped(self.frequencies.vector(weights, article.language)),
        )
        group = self._home(item)
        alike = () if group is None else _alike(item, group)
        story = article.id if group is None else group.story
        self.memory.keep(item, story)
        return Placed(item, story, alike)

    def _home(self, item: Item) -> Group | None:
        best: tuple[float, int, Group] | None = None
        for group in islice(self._candidates(item), CANDIDATES):
            likeness = group.likeness(item)
            better = best is None or best[:2] < (likeness, -group.story)
            if better and _takes(group, item, likeness):
                best = likeness, -group.story, group
        return best[2] if best else None

    def _candidates(self, item: Item) -> Iterator[Group]:
        """Yield the stories of the likest articles, each once."""
        passed = set()
        for other in self._nearest(item):
            group = self.memory.group(other)
            if group is not None and group.story not in passed:
                passed.add(group.story)
                yield group

    def _nearest(self, item: Item) -> list[Item]:
        """Return the likest of the articles that share heavy terms and can be of the same time."""
        terms, spans = list(islice(item.vector, PROBED_TERMS)), item.spans()
        postings = self.memory.postings(spans, terms)
        shared: defaultdict[int, float] = defaultdict(float)
        for term in terms:
            weight = item.vector[term] ** 2
            for span in spans:
                for number in postings.get((span, term), ()):
                    shared[number] += weight
        probed = [(weight, number) for number, weight in shared.items() if weight >= LEAST_PROBED]
        found = self.memory.items([n for _, n in heapq.nlargest(PROBED_ARTICLES, probed)])
        near = _likest(item, [other for other in found if item.near_in_time(other)])
        return [other for likeness, other in near if likeness >= LEAST_ALIKE]


def _stepped(vector: Mapping[str, float]) -> dict[str, float]:
    stepped = ((term, round(value * STEPS)) for term, value in vector.items())
    return {term: steps / STEPS for term, steps in stepped if steps}


def _takes(group: Group, item: Item, likeness: float) -> bool:
    """Tell whether an article that is so much like a story belongs to it."""
    dated = [member for member in group.members if member.dated] if item.dated else []
    if dated and not any(map(item.near_in_time, dated)):
        return False  # it was found by a report without a date
    if all(member.language != item.language for member in group.members):
        shared = sum(term in group.sums for term in item.vector)
        return likeness >= THRESHOLD_ACROSS and shared >= SHARED_ACROSS
    return likeness >= (THRESHOLD if dated else THRESHOLD_UNDATED)


def _alike(item: Item, group: Group) -> tuple[int, ...]:
    near = _likest(item, group.members)
    return tuple(member.id for likeness, member in near if likeness >= COPY_LIKE)


def _likest(item: Item, others: Sequence[Item]) -> list[tuple[float, Item]]:
    """Return articles with their cosines, the likest first."""
    near = [(dot(item.vector, other.vector), other) for other in others]
    return sorted(near, key=lambda pair: (-pair[0], pair[1].number))
