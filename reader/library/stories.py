"""Stories in the library: formed from what comes in, corrected by the reader.

What the clustering said is kept beside the articles and can be made again at any time. What the
reader said is kept in the notebook, in two tables of absolute records, so that it is respected for
ever and can be undone: `story_of` (article -> its story, or none) and `story_into` (story -> the
story it was merged into). An article's story, as lists show it, follows from both.
"""

import gc
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from reader.errors import NotFoundError
from reader.library import story_corrections, story_items, story_rows
from reader.library.archive import Archive
from reader.library.notebook import Notebook
from reader.library.story_corrections import Corrections
from reader.library.story_placing import Placing
from reader.library.undo import Change
from reader.library.undo import articles as counted
from reader.model import ArticleId, Story, StoryOrder, id_range, shown_id

ARTICLE_TABLE = "story_of"
MERGED_TABLE = "story_into"
AT_ONCE = 16
"""So many articles are placed in one transaction: writing that keeps others waiting for 8 ms."""
BULK = 2000
"""Where more than these await their places, more are placed at once, which writes a third."""
AT_ONCE_IN_BULK = 64
LISTED = 20_000
"""So many of those that await their places are listed at a time."""


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for garbage more seldom meanwhile.

    Placing articles makes hardly any that goes round in circles, and looking through all that is
    remembered for it takes a fifth of the time.
    """
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Stories:
    """The stories of one library; may be used from any thread."""

    def __init__(self, archive: Archive, notebook: Notebook) -> None:
        """Stand on the archive and on the notebook."""
        self._archive = archive
        self._notebook = notebook
        self._lock = threading.Lock()

    # As articles come in

    def update(
        self,
        progress: Callable[[int], None] | None = None,
        *,
        stop: Callable[[], bool] | None = None,
    ) -> int:
        """Give every new article its place among the stories; return how many there were.

        The oldest come first, a few in one transaction: what was interrupted goes on at the next
        call. After each of them `progress` is told how many are done, and `stop` asked whether this
        is enough for now.
        """
        done = 0
        with self._lock, _seldom_collected():
            while ids := self._pending():
                for placed in self._place(ids):
                    done += placed
                    if progress:
                        progress(done)
                    if stop and stop():
                        return done
        if done:
            self.refresh()
        return done

    def _place(self, ids: Sequence[int]) -> Iterator[int]:
        """Give articles their places and yield after each step how many; until one is overtaken."""
        placing = Placing(self._archive, self._corrections())
        size = AT_ONCE if len(ids) <= BULK else AT_ONCE_IN_BULK
        for at in range(0, len(ids), size):
            if placing.corrections != (said := self._corrections()):
                placing = Placing(self._archive, said)
            batch = ids[at : at + size]
            if not placing.place(batch):
                return
            yield len(batch)

    def waiting(self) -> bool:
        """Tell whether an article has no place among the stories yet."""
        with self._archive.reading() as connection:
            return story_items.waiting(connection)

    def _pending(self) -> list[int]:
        with self._archive.reading() as connection:
            return story_items.pending(connection, LISTED)

    # As they are shown

    def refresh(self) -> None:
        """Bring the lists up to what the reader said (by undoing, or from another process)."""
        self._notebook.settle()
        said = self._corrections()
        with self._archive.reading() as connection:
            shown = story_corrections.shown_before(connection)
        if shown != said.form() and not self._archive.read_only:
            with self._archive.writing(durable=False) as connection:
                story_corrections.show(connection, said)

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
            ids = story_rows.window(connection, order, offset, limit, articles)
            return story_rows.built(connection, ids)

    def count(self, articles: Iterable[ArticleId] | None = None) -> int:
        """Return how many stories there are, or to how many of them these articles belong."""
        if articles is None:
            return self.tally()[0]
        self.refresh()
        with self._archive.reading() as connection:
            return len(story_rows.window(connection, "newest", 0, None, articles))

    def tally(self) -> tuple[int, int]:
        """Return how many stories there are, and how many of them have an unread report."""
        with self._archive.reading() as connection:
            return story_rows.tally(connection)

    def place(self, story: int, *, order: StoryOrder = "newest") -> int | None:
        """Return at which place of the list of all a story stands; None where it does not."""
        self.refresh()
        with self._archive.reading() as connection:
            return story_rows.place(connection, story, order)

    def copies(self, articles: Iterable[ArticleId]) -> dict[ArticleId, ArticleId]:
        """Return those of the articles that are the same text as another, each with the other.

        Wire copies, the same article from two feeds, an excerpt and the whole: of each text the
        report that came first stands for the others (or, where that was removed or is in another
        story, the first of the rest).
        """
        with self._archive.reading() as connection:
            return story_rows.copies(connection, articles)

    def members(self) -> dict[ArticleId, int]:
        """Return the story of every article that is in one and was not removed."""
        self.refresh()
        with self._archive.reading() as connection:
            rows = connection.execute(
                "SELECT id, story FROM articles WHERE story IS NOT NULL AND removed = 0"
            ).fetchall()
        return {ArticleId(id_): story for id_, story in rows}

    def story(self, number: int) -> Story:
        """Return one story; NotFoundError where it has not two articles."""
        self.refresh()
        with self._archive.reading() as connection:
            stories = story_rows.built(connection, [number])
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
        of = self._corrections().of
        ids = [id_ for id_ in dict.fromkeys(articles) if of.get(id_, 0) is not None]
        with self._archive.reading() as connection:
            inside = story_rows.in_stories(connection, ids)
        told = [f"{counted(inside)} taken out of the story"] if inside else []
        if alone := len(ids) - len(inside):
            told.append(f"{counted(ids[:alone])} will never join a story")
        return self._correct({id_: {"story": None} for id_ in ids}, ", ".join(told), ids)

    def put_into(self, articles: Iterable[ArticleId], story: int) -> Change:
        """Put articles into a story, which may be that of a single article (then its id)."""
        ids = list(dict.fromkeys(articles))
        with self._archive.reading() as connection:
            there = story_rows.has_members(connection, story)
        # the article that a story is named after may have been taken out: it stays out
        founder = [] if there else [ArticleId(story)]
        return self._correct(
            {id_: {"story": story} for id_ in (*ids, *founder)},
            f"{counted(ids)} put into the story",
            ids,
        )

    def corrected(self) -> set[int]:
        """Return the stories that the reader put something into, took something out of, merged."""
        said = self._corrections()
        with self._archive.reading() as connection:
            before = story_corrections.given(connection, (), said.of)
        changed = {*(story for _, story in before), *said.of.values(), *said.into.values()}
        return {story for story in map(said.end, changed) if story is not None}

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

    def _corrections(self) -> Corrections:
        return Corrections.told(
            self._notebook.documents(ARTICLE_TABLE), self._notebook.documents(MERGED_TABLE)
        )
