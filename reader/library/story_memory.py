"""The memory of clustering over the archive: what is asked for is read when it is first needed."""

import sqlite3
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence

from reader.library import story_items
from reader.library.story_corrections import Corrections
from reader.stories import MEMBERS, REMEMBERED, Frequencies, Group, Item, Memory, Place

_MOST_ITEMS = 4000
_MOST_PLACES = 150_000
_MOST_TERMS = 150_000


class StoredFrequencies(Frequencies):
    """The counts of terms, read as they are needed."""

    def load(self, connection: sqlite3.Connection, terms: Iterable[str], articles: int) -> None:
        """Read the counts of these terms, and take how many articles there are."""
        self.articles = articles
        if len(self.seen) > _MOST_TERMS:
            self.seen.clear()
        if missing := [term for term in dict.fromkeys(terms) if term not in self.seen]:
            self.seen.update(dict.fromkeys(missing, 0))
            self.seen.update(story_items.seen(connection, missing))


class StoredMemory(Memory):
    """The memory of one run; `connection` is to be set before it is asked."""

    connection: sqlite3.Connection

    def __init__(self, corrections: Corrections) -> None:
        """Go by what the reader corrected."""
        super().__init__()
        self._corrections = corrections
        self._given: dict[int, int] = {}
        self._unkept: dict[Place, list[int]] = {}

    def begin(self, connection: sqlite3.Connection) -> None:
        """Read from this connection from now on."""
        self.connection = connection
        self.last = story_items.last(connection)

    def kept(self) -> None:
        """Hear that all is in the archive; forget some of it where it is much."""
        self._unkept.clear()
        if len(self._items) > _MOST_ITEMS:
            for number in list(self._items)[: _MOST_ITEMS // 2]:
                del self._items[number], self._given[number]
            self._groups.clear()
        if len(self._postings) > _MOST_PLACES:
            self._postings.clear()

    def postings(self, spans: Sequence[int], terms: Sequence[str]) -> Mapping[Place, Sequence[int]]:
        """Return the numbers of the articles that hold terms in spans of time."""
        for span in spans:
            missing = [term for term in terms if (span, term) not in self._postings]
            found = story_items.postings(self.connection, span, missing) if missing else {}
            for term in missing:
                held = found.get(term) or array("I")
                held.extend(self._unkept.get((span, term), ()))
                del held[:-REMEMBERED]
                self._postings[span, term] = held
        return self._postings

    def items(self, numbers: Sequence[int]) -> list[Item]:
        """Return articles by their numbers, in their order."""
        if missing := [number for number in numbers if number not in self._items]:
            self._take(story_items.by_number(self.connection, missing))
        return [self._items[number] for number in numbers if number in self._items]

    def _take(self, found: Collection[tuple[Item, int]]) -> None:
        for item, story in found:
            self._items[item.number] = item
            self._given[item.number] = story

    def group(self, item: Item) -> Group | None:
        """Return the story that an article is shown in; None where it was taken out of all."""
        story = self._corrections.shown(item.id, self._given[item.number])
        return None if story is None else self._group(story)

    def _group(self, story: int) -> Group:
        if story not in self._groups:
            found = self._members(story)
            self._take(found)
            self._groups[story] = Group(story)
            for item, _ in reversed(found):
                self._groups[story].add(self._items[item.number])
        return self._groups[story]

    def _members(self, story: int) -> list[tuple[Item, int]]:
        said = self._corrections
        also = said.put_into(story)
        found = story_items.last_of(
            self.connection, said.parts(story), also, MEMBERS + len(said.of)
        )
        return [pair for pair in found if said.shown(pair[0].id, pair[1]) == story][:MEMBERS]

    def keep(self, item: Item, story: int) -> None:
        """Remember an article and its story until both are in the archive."""
        shown = self._corrections.shown(item.id, story)
        if shown is not None:
            self._group(shown).add(item)
        self.last = item.number
        self._items[item.number] = item
        self._given[item.number] = story
        for place in item.places():
            self._unkept.setdefault(place, []).append(item.number)
            if place in self._postings:
                self._remember(place, item.number)
