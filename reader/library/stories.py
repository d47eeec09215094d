"""Stories in the library: formed from what comes in, corrected by the reader.

What the clustering said is kept beside the articles and can be made again at any time. What the
reader said is kept in the notebook, in two tables of absolute records, so that it is respected for
ever and can be undone: `story_of` (article -> its story, or none) and `story_into` (story -> the
story it was merged into). An article's story, as lists show it, follows from both.
"""

import hashlib
import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from reader.errors import NotFoundError
from reader.library import story_items, story_lists
from reader.library.archive import Archive
from reader.library.notebook import Notebook
from reader.library.undo import Change
from reader.model import Article, ArticleId, Story, StoryOrder, id_range, shown_id
from reader.stories import WINDOW, Clusterer, Frequencies, Item, article_terms, story_of

ARTICLE_TABLE = "story_of"
MERGED_TABLE = "story_into"
AT_ONCE = 2000
"""So many articles are assigned together."""
UNDATED_REACH = timedelta(days=30)
"""How far back the stories reach that an article without a date is compared with."""

Numbers = dict[int, int | None]


class Stories:
    """The stories of one library; may be used from any thread."""

    def __init__(self, archive: Archive, notebook: Notebook) -> None:
        """Stand on the archive and on the notebook."""
        self._archive = archive
        self._notebook = notebook
        self._lock = threading.Lock()

    # As articles come in

    def update(self, progress: Callable[[int], None] | None = None) -> int:
        """Give every new article its place among the stories; return how many there were.

        `progress` is told after each step how many are done.
        """
        done = 0
        with self._lock:
            while articles := self._pending():
                self._assign(articles)
                done += len(articles)
                if progress:
                    progress(done)
        if done:
            self.refresh()
        return done

    def _pending(self) -> list[Article]:
        with self._archive.reading() as connection:
            ids = story_items.pending(connection, AT_ONCE)
        return [self._archive.article(ArticleId(id_)) for id_ in ids]

    def _assign(self, articles: Sequence[Article]) -> None:
        told = {article.id: article_terms(article) for article in articles}
        terms = Counter(term for each in told.values() for term in each.weights)
        overrides = self._overrides()
        with self._archive.reading() as connection:
            clusterer = Clusterer(Frequencies(*story_items.seen(connection, terms)))
            for story, item in story_items.between(connection, *_span(articles)):
                shown = _effective(item.id, story, overrides)
                clusterer.restore(item, item.id if shown is None else shown)
        assigned = [(clusterer.add(article, told[article.id]), article) for article in articles]
        with self._archive.writing() as connection:
            if not story_items.all_pending(connection, told):
                return  # another process was quicker
            items = [(clusterer.item(article.id), story) for story, article in assigned]
            story_items.keep(connection, items, terms)
            _show_new(connection, [(item.id, story) for item, story in items], overrides)

    # As they are shown

    def refresh(self) -> None:
        """Bring the lists up to what the reader said (by undoing, or from another process)."""
        self._notebook.settle()
        overrides = self._overrides()
        signature = _signature(overrides)
        with self._archive.reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'stories'").fetchone()
        if (row[0] if row else _signature(({}, {}))) == signature or self._archive.read_only:
            return
        with self._archive.writing() as connection:
            _show_all(connection, overrides)
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('stories', ?)", (signature,))

    def of(
        self,
        articles: Iterable[ArticleId] | None = None,
        *,
        order: StoryOrder = "newest",
        offset: int = 0,
        limit: int | None = None,
    ) -> list[Story]:
        """Return a window of the stories that these articles (all, unless told) belong to.

        A story has two articles or more; what was removed does not count.
        """
        self.refresh()
        with self._archive.reading() as connection:
            numbers = story_lists.numbers(connection, articles, order, offset, limit)
            held = story_lists.members(connection, numbers)
            items = story_items.of_articles(connection, held)
        grouped: dict[int, list[Item]] = {}
        for _, item in items:
            grouped.setdefault(held[item.id][0], []).append(item)
        return [
            replace(
                story_of(number, grouped[number]),
                unread=sum(held[item.id][1] for item in grouped[number]),
            )
            for number in numbers
            if number in grouped
        ]

    def count(self, articles: Iterable[ArticleId] | None = None) -> int:
        """Return how many stories there are, or to how many of them these articles belong."""
        self.refresh()
        with self._archive.reading() as connection:
            return len(story_lists.numbers(connection, articles, "newest", 0, None))

    def place(self, story: int, *, order: StoryOrder = "newest") -> int | None:
        """Return at which place, from 0, a story stands in the list of all; None where not."""
        with self._archive.reading() as connection:
            numbers = story_lists.numbers(connection, None, order, 0, None)
        return numbers.index(story) if story in numbers else None

    def copies(self, articles: Sequence[ArticleId]) -> dict[ArticleId, ArticleId]:
        """Return which of these articles have, for the most part, the text of an earlier one."""
        texts = [self._archive.article(id_) for id_ in articles]
        return story_lists.copies(texts)

    def members(self) -> dict[ArticleId, int]:
        """Return the story of every article that is in one and was not removed."""
        self.refresh()
        with self._archive.reading() as connection:
            rows = connection.execute(
                "SELECT id, story FROM articles WHERE story IS NOT NULL AND removed = 0"
            ).fetchall()
        return {ArticleId(id_): story for id_, story in rows}

    def tally(self) -> tuple[int, int]:
        """Return how many stories there are, and how many of them have an unread report."""
        with self._archive.reading() as connection:
            row = connection.execute(
                "SELECT count(*), ifnull(sum(unread > 0), 0) FROM (SELECT sum(unread) AS unread"
                " FROM articles WHERE story IS NOT NULL AND removed = 0"
                " GROUP BY story HAVING count(*) > 1)"
            ).fetchone()
        return row[0], row[1]

    def story(self, number: int) -> Story:
        """Return one story; NotFoundError where it has not two articles."""
        self.refresh()
        with self._archive.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM articles WHERE story = ? AND removed = 0 LIMIT 1", (number,)
            ).fetchall()
        stories = self.of([ArticleId(rows[0][0])]) if rows else []
        if not stories:
            raise NotFoundError(f"There is no story {shown_id(number)}.")
        return stories[0]

    def resolve(self, beginning: str) -> int:
        """Return the story whose shown id begins so; NotFoundError where not exactly one does."""
        self.refresh()
        span = id_range(beginning)
        if span is None:
            raise NotFoundError(f"“{beginning}” is no id of a story.")
        with self._archive.reading() as connection:
            found = connection.execute(
                "SELECT DISTINCT story FROM articles WHERE story BETWEEN ? AND ? AND removed = 0"
                " LIMIT 3",
                span,
            ).fetchall()
        if len(found) != 1:
            how_many = "More than one story's id begins" if found else "No story's id begins"
            raise NotFoundError(f"{how_many} with “{beginning}”; reader stories lists them.")
        return int(found[0][0])

    # As the reader corrects them

    def take_out(self, articles: Iterable[ArticleId]) -> Change:
        """Take articles out of their story; they stand alone from now on, for ever.

        What is in no story never joins one. What was taken out before stays as it is.
        """
        of = self._overrides()[0]
        ids = [id_ for id_ in dict.fromkeys(articles) if of.get(id_, 0) is not None]
        with self._archive.reading() as connection:
            inside = story_lists.in_stories(connection, ids)
        told = [f"{_count(inside)} taken out of the story"] if inside else []
        if alone := len(ids) - len(inside):
            told.append(f"{_count(ids[:alone])} will never join a story")
        return self._correct({id_: {"story": None} for id_ in ids}, ", ".join(told), ids)

    def put_into(self, articles: Iterable[ArticleId], story: int) -> Change:
        """Put articles into a story, which may be that of a single article (then its id)."""
        ids = list(dict.fromkeys(articles))
        with self._archive.reading() as connection:
            held = story_lists.members(connection, [story])
        # the article that a story is named after may have been taken out: it stays out
        founder = [] if held else [ArticleId(story)]
        return self._correct(
            {id_: {"story": story} for id_ in (*ids, *founder)},
            f"{_count(ids)} put into the story",
            ids,
        )

    def corrected(self) -> set[int]:
        """Return the stories that the reader put something into, took something out of, merged."""
        overrides = of, into = self._overrides()
        with self._archive.reading() as connection:
            before = story_lists.assigned(connection, of)
        changed = {*before.values(), *(s for s in of.values() if s is not None), *into.values()}
        found = {_effective(0, story, ({}, overrides[1])) for story in changed if story is not None}
        return {story for story in found if story is not None}

    def merge(self, story: int, into: int) -> Change:
        """Merge one story into another: all its reports, and those that come later."""
        if story == into:
            return Change("", ())
        change = self._notebook.put(MERGED_TABLE, {story: {"into": into}}, "Two stories merged")
        self.refresh()
        return change

    def _correct(
        self, documents: dict[int, Mapping[str, Any] | None], text: str, about: list[ArticleId]
    ) -> Change:
        change = self._notebook.put(ARTICLE_TABLE, documents, text, about)
        self.refresh()
        return change

    def _overrides(self) -> tuple[Numbers, Numbers]:
        of = self._notebook.documents(ARTICLE_TABLE)
        into = self._notebook.documents(MERGED_TABLE)
        return (
            {article: document["story"] for article, document in of.items()},
            {story: document["into"] for story, document in into.items()},
        )


def _effective(article: int, assigned: int, overrides: tuple[Numbers, Numbers]) -> int | None:
    """Return the story that an article is shown in; None where the reader took it out of all."""
    of, into = overrides
    story = of.get(article, assigned)
    passed: set[int] = set()
    while story is not None and story not in passed and into.get(story) is not None:
        passed.add(story)
        story = into[story]
    # stories merged in a circle are one story
    return min(passed) if story in passed else story


def _show_all(connection: sqlite3.Connection, overrides: tuple[Numbers, Numbers]) -> None:
    """Set the story that lists show for every article. A story of one article is none."""
    rows = connection.execute(
        "SELECT i.article, i.story, a.story FROM story_items i JOIN articles a ON a.id = i.article"
    ).fetchall()
    wanted = {article: _effective(article, story, overrides) for article, story, _ in rows}
    sizes = Counter(wanted.values())
    _set(
        connection,
        [
            (article, story)
            for article, _, shown in rows
            if (story := wanted[article] if sizes[wanted[article]] > 1 else None) != shown
        ],
    )


def _show_new(
    connection: sqlite3.Connection,
    assigned: Iterable[tuple[int, int]],
    overrides: tuple[Numbers, Numbers],
) -> None:
    """Set the story that lists show for articles just assigned, and for those they came to."""
    newly: dict[int, list[int]] = {}
    for article, story in assigned:
        newly.setdefault(story, []).append(article)
    for story, came in newly.items():
        known = connection.execute(
            "SELECT 1 FROM articles WHERE story = ? LIMIT 1", (story,)
        ).fetchone()
        members = came if known else _held(connection, story, overrides)
        if known or len(members) > 1:
            _set(connection, [(article, story) for article in members])


def _held(
    connection: sqlite3.Connection, story: int, overrides: tuple[Numbers, Numbers]
) -> list[int]:
    rows = connection.execute("SELECT article FROM story_items WHERE story = ?", (story,))
    return [row[0] for row in rows if _effective(row[0], story, overrides) == story]


def _set(connection: sqlite3.Connection, shown: Iterable[tuple[int, int | None]]) -> None:
    connection.executemany(
        "UPDATE articles SET story = ? WHERE id = ?", [(story, article) for article, story in shown]
    )


def _span(articles: Sequence[Article]) -> tuple[Any, Any]:
    """Return the time in which stories may lie that these articles can join."""
    reach = WINDOW if all(article.published for article in articles) else UNDATED_REACH
    times = [article.when for article in articles]
    return min(times) - max(reach, WINDOW), max(times) + WINDOW


def _signature(overrides: tuple[Numbers, Numbers]) -> str:
    told = json.dumps([sorted(table.items()) for table in overrides])
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def _count(ids: Sequence[ArticleId]) -> str:
    return "1 article" if len(ids) == 1 else f"{len(ids)} articles"
