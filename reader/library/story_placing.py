"""Articles that came in get their places among the stories, a few in one transaction."""

import sqlite3
from collections.abc import Sequence

from reader.errors import NotFoundError
from reader.library import story_corrections, story_items
from reader.library.archive import Archive
from reader.library.story_corrections import Corrections
from reader.library.story_memory import StoredFrequencies, StoredMemory
from reader.model import Article, ArticleId
from reader.stories import Placed, Placer, article_terms, explaining, original


class Placing:
    """One run over what awaits its place, under the corrections of its beginning."""

    def __init__(self, archive: Archive, corrections: Corrections) -> None:
        """Stand on the archive."""
        self.corrections = corrections
        self._archive = archive
        self._frequencies = StoredFrequencies()
        self._memory = StoredMemory(corrections)
        self._placer = Placer(self._frequencies, self._memory)

    def place(self, ids: Sequence[int]) -> bool:
        """Give these articles their places, in this order; False where another was quicker."""
        with self._archive.reading() as connection:
            # first of all, so that nothing slips in between unseen
            self._memory.begin(connection)
            begin = self._memory.last
            # what was deleted and came again has its place
            given = story_corrections.given(connection, (), ids)
            known = {article for article, _ in given}
            articles = self._read([id_ for id_ in ids if id_ not in known])
            told = [article_terms(article) for article in articles]
            terms = story_items.counted(each.weights for each in told)
            self._frequencies.load(connection, terms, begin)
            placed = [self._placer.place(a, t) for a, t in zip(articles, told, strict=True)]
            same = self._copies(connection, articles, placed)
        explained = [explaining(p.item.vector, t) for p, t in zip(placed, told, strict=True)]
        with self._archive.writing(durable=False) as connection:
            if story_items.last(connection) != begin:
                return False
            story_items.keep(connection, placed, explained, terms)
            story_items.done(connection, ids)
            connection.executemany("INSERT OR REPLACE INTO story_copies VALUES (?, ?)", same)
            given += [(each.item.id, each.story) for each in placed]
            story_corrections.show_new(connection, given, self.corrections)
        self._memory.kept()
        return True

    def _read(self, ids: Sequence[int]) -> list[Article]:
        articles = []
        for id_ in ids:
            try:
                articles.append(self._archive.article(ArticleId(id_)))
            except NotFoundError:
                continue  # it has no text; the doctor tells
        return articles

    def _copies(
        self, connection: sqlite3.Connection, articles: Sequence[Article], placed: Sequence[Placed]
    ) -> list[tuple[int, int]]:
        """Return which articles are copies, each with the first one of that text."""
        own = {article.id: article for article in articles}
        found: dict[int, int] = {}

        def known(other: int) -> Article:
            id_ = ArticleId(other)
            return own[id_] if id_ in own else self._archive.article(id_)

        def root(other: int) -> int:
            return found.get(other) or _root(connection, other)

        for article, each in zip(articles, placed, strict=True):
            first = original(article, each.alike, known, root)
            if first is not None:
                found[article.id] = first
        return list(found.items())


def _root(connection: sqlite3.Connection, article: int) -> int:
    row = connection.execute(
        "SELECT original FROM story_copies WHERE article = ?", (article,)
    ).fetchone()
    return int(row[0]) if row else article
