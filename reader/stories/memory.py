"""What clustering remembers of the articles that it has placed: terms, items, stories.

Which articles hold a term is kept by spans of time, so that an article looks only where its story
can be; what is remembered for a term and a span is bounded, and so is what a story is compared by.
The work for one article therefore does not grow with the number of articles.
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from reader.stories.features import Vector, dot

DAY = 86_400
WINDOW = 5 * DAY
"""An article joins a story only if a report of it is at most so many seconds older or younger."""
PROBED_TERMS = 40
"""By so many of its heaviest terms an article is found, and looks for others."""
PROBED_EVERYWHERE = 12
"""By so many of them articles without a date find it: no time narrows their search."""
REMEMBERED = 200
"""So many articles, the last ones, are remembered for a term in a span of time."""
MEMBERS = 60
"""A story is compared by so many reports, the last ones."""
UNDATED = -1_000_000
"""The span of the articles without a date."""
EVERYWHERE = -1_000_001
"""The span in which articles without a date look for those that have one."""

Place = tuple[int, str]
"""A span of time and a term."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article as clustering sees it."""

    number: int
    """Its place in the order in which articles came, from 1."""
    id: int
    second: int
    """When it was published, else when it came in; since 1970."""
    dated: bool
    language: str | None
    vector: Vector
    """The heaviest terms first."""

    def near_in_time(self, other: "Item") -> bool:
        """Tell whether the two can be of one event; those without a date always can."""
        return not (self.dated and other.dated) or abs(self.second - other.second) <= WINDOW

    def spans(self) -> Sequence[int]:
        """Return the spans of time in which reports of the same event can be."""
        if not self.dated:
            return UNDATED, EVERYWHERE
        own = self.second // WINDOW
        return own - 1, own, own + 1, UNDATED

    def places(self) -> list[Place]:
        """Return where others will find it."""
        own = self.second // WINDOW if self.dated else UNDATED
        found = [(own, term) for term in islice(self.vector, PROBED_TERMS)]
        if self.dated:
            found += [(EVERYWHERE, term) for term in islice(self.vector, PROBED_EVERYWHERE)]
        return found


@dataclass(slots=True)
class Group:
    """A story that is still growing, by its last reports."""

    story: int
    members: list[Item] = field(default_factory=list)
    sums: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    square: float = 0.0
    """The squared length of the sums."""

    def add(self, item: Item) -> None:
        """Take one more report; the first one is dropped where there are too many."""
        self.members.append(item)
        if len(self.members) > MEMBERS:
            del self.members[0]
            # from the start, so that the sums are the same whoever makes them
            self.sums.clear()
            self.square = 0.0
            for member in self.members:
                self._count(member)
        else:
            self._count(item)

    def _count(self, item: Item) -> None:
        for term, value in item.vector.items():
            before = self.sums[term]
            self.sums[term] = before + value
            self.square += value * (2 * before + value)

    def likeness(self, item: Item) -> float:
        """Return the mean of the cosines with the centroid and with the best report."""
        nearest = max(dot(item.vector, member.vector) for member in self.members)
        return (dot(item.vector, self.sums) / math.sqrt(self.square) + nearest) / 2


class Memory:
    """What is remembered, in memory; the library fills it from its archive as it is needed."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.last = 0
        """How many articles have been placed."""
        self._postings: dict[Place, array[int]] = {}
        self._items: dict[int, Item] = {}
        self._groups: dict[int, Group] = {}
        self._group_of: dict[int, Group] = {}

    def postings(
        self,
        spans: Sequence[int],  # noqa: ARG002 - where not all is in memory, it is asked for
        terms: Sequence[str],  # noqa: ARG002
    ) -> Mapping[Place, Sequence[int]]:
        """Return the numbers of the articles that hold terms in spans of time.

        More than was asked for may be in it, and what nobody holds may be missing.
        """
        return self._postings

    def items(self, numbers: Sequence[int]) -> Iterable[Item]:
        """Return articles by their numbers."""
        return [self._items[number] for number in numbers]

    def group(self, item: Item) -> Group | None:
        """Return the story that an article is in; None where the reader took it out of all."""
        return self._group_of[item.number]

    def keep(self, item: Item, story: int) -> None:
        """Remember an article, whose number is the next one, and its story."""
        self.last = item.number
        self._items[item.number] = item
        group = self._groups.setdefault(story, Group(story))
        group.add(item)
        self._group_of[item.number] = group
        for place in item.places():
            self._remember(place, item.number)

    def _remember(self, place: Place, number: int) -> None:
        held = self._postings.setdefault(place, array("I"))
        held.append(number)
        if len(held) > REMEMBERED:
            del held[0]
