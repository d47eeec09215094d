"""Stories form in any steps, by any process, after any interruption, and always the same ones."""

import random
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reader.library import Library
from reader.library import stories as stories_door
from reader.library.story_corrections import show
from reader.library.story_tables import RECOUNTED
from reader.model import Article, ArticleId, article_id
from reader.stories import Clusterer

DAY = datetime(2024, 3, 5, 8, tzinfo=UTC)
SYLLABLES = ["ka", "ro", "lin", "mes", "tar", "vu", "dol", "spi", "nen", "qua", "bri", "zo"]
COMMON = ["people", "said", "year", "town", "week", "council", "plan", "number", "house", "water"]


def report(number: int, event: int, *, days: float | None = None, copy_of: int = 0) -> Article:
    """Make a report about an event; a copy has the text of the report with that number."""
    about = random.Random(event)
    told = ["".join(about.choices(SYLLABLES, k=3)) for _ in range(7)]
    chance = random.Random(f"{event} {copy_of or number}")
    words = [*told, *chance.choices(told, k=12), *chance.choices(COMMON, k=30)]
    chance.shuffle(words)
    identity = f"url:https://example.org/{number}"
    return Article(
        id=article_id(identity),
        identity=identity,
        source=f"Outlet {number % 4}",
        title=f"{told[0]} {told[3]} {told[4]}".capitalize(),
        text=" ".join(words).capitalize() + ".",
        added=DAY,
        language="en",
        published=None if days is None else DAY + timedelta(days=days),
    )


@pytest.fixture(scope="module")
def stream() -> list[Article]:
    """Return 150 reports in the order of time: events of one to many reports, some copied."""
    chance = random.Random(7)
    events = [chance.randrange(40) for _ in range(150)]
    return [
        report(n, events[n - 9], days=n / 8, copy_of=n - 8)
        if n % 7 == 0 and n > 9
        else report(n, event, days=n / 8)
        for n, event in enumerate(events, start=1)
    ]


@pytest.fixture
def open_library(tmp_path: Path) -> Iterator[Callable[..., Library]]:
    """Return what opens libraries, by a name, that are closed at the end."""
    opened: list[Library] = []

    def library(name: str = "library") -> Library:
        opened.append(Library.open(tmp_path / name))
        return opened[-1]

    yield library
    for each in opened:
        each.close()


def shown(library: Library) -> list[tuple[Any, ...]]:
    """Return all that is shown of all stories."""
    return [(s.id, s.title, s.articles, s.terms, s.copies, s.unread) for s in library.stories.of()]


def in_memory(articles: Sequence[Article]) -> list[tuple[Any, ...]]:
    """Return the stories of a stream that no library keeps."""
    clusterer = Clusterer()
    for article in articles:
        clusterer.add(article)
    return sorted((s.id, s.title, s.articles, s.terms, s.copies) for s in clusterer.stories())


def miscounted(library: Library) -> int:
    """Return how many stories have other counts in their table than their articles give."""
    with closing(sqlite3.connect(library.folder / "archive.sqlite3")) as connection:
        return int(connection.execute(RECOUNTED).fetchone()[0])


def test_any_split_of_a_stream_gives_the_stories_of_the_whole(
    open_library: Callable[..., Library], stream: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = open_library("whole")
    whole.add(stream)
    assert whole.stories.update() == len(stream)
    assert sorted(story[:5] for story in shown(whole)) == in_memory(stream)
    assert any(story.copies for story in whole.stories.of())
    assert sum(len(story.articles) for story in whole.stories.of()) > len(stream) / 2
    for seed, most in ((1, 1), (2, 40)):
        chance = random.Random(seed)
        parted = open_library(f"parted {seed}")
        monkeypatch.setattr(stories_door, "AT_ONCE", chance.randint(1, 9))
        at = 0
        while at < len(stream):
            step = chance.randint(1, most)
            parted.add(stream[at : at + step])
            parted.stories.update()
            at += step
        assert shown(parted) == shown(whole)
        assert miscounted(parted) == 0


def test_what_is_remembered_is_bounded_and_the_stories_stay_the_same(
    open_library: Callable[..., Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A story of more reports than it is compared by; terms in more than are remembered."""
    many = [report(n, 1 + (n % 25 == 0), days=n / 40) for n in range(1, 231)]
    whole, parted = open_library("whole"), open_library("parted")
    whole.add(many)
    whole.stories.update()
    monkeypatch.setattr(stories_door, "AT_ONCE", 50)
    for at in range(0, len(many), 77):
        parted.add(many[at : at + 77])
        parted.stories.update()
    assert shown(parted) == shown(whole)
    assert [len(story.articles) for story in whole.stories.of(order="largest")] == [221, 9]
    with closing(sqlite3.connect(whole.folder / "archive.sqlite3")) as connection:
        longest = connection.execute("SELECT max(length(articles)) FROM story_postings").fetchone()
    assert longest[0] == 4 * 200


def test_what_was_interrupted_goes_on_where_it_stopped(
    open_library: Callable[..., Library], stream: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories_door, "AT_ONCE", 20)
    whole, broken = open_library("whole"), open_library("broken")
    for library in (whole, broken):
        library.add(stream)
    whole.stories.update()
    assert broken.stories.update(stop=lambda: True) == 20
    assert broken.stories.waiting()

    def killed(done: int) -> None:
        if done == 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken.stories.update(killed)
    again = open_library("broken")
    assert again.stories.update() == len(stream) - 80
    assert not again.stories.waiting()
    assert shown(again) == shown(whole)


def test_two_that_place_the_same_articles_at_once_place_each_once(
    open_library: Callable[..., Library], stream: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories_door, "AT_ONCE", 10)
    alone = open_library("alone")
    alone.add(stream)
    alone.stories.update()
    both = [open_library("shared"), open_library("shared")]
    both[0].add(stream)
    threads = [threading.Thread(target=library.stories.update) for library in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shown(both[0]) == shown(both[1]) == shown(alone)
    assert miscounted(both[0]) == 0


def test_readers_see_whole_stories_while_others_form(
    open_library: Callable[..., Library], stream: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories_door, "AT_ONCE", 5)
    library, other = open_library(), open_library()
    library.add(stream)
    seen = []

    def look(_done: int) -> None:
        stories = other.stories.of()
        seen.append(len(stories))
        for story in stories:
            assert len(story.articles) > 1
            assert {other.row(id_).story for id_ in story.articles} == {story.id}

    library.stories.update(look)
    assert seen == sorted(seen)
    assert seen[-1] > seen[0]


def test_stories_are_listed_by_window_in_each_order_and_have_their_place(
    open_library: Callable[..., Library], stream: list[Article]
) -> None:
    library = open_library()
    library.add(stream)
    library.stories.update()
    stories = library.stories
    everything = stories.of()
    library.notebook.mark(everything[0].articles, read=True)
    library.notebook.mark(everything[1].articles[:1], read=True)
    library.notebook.mark(everything[2].articles[:1], removed=True)
    keys: dict[str, Callable[[Any], Any]] = {
        "newest": lambda s: (s.last, s.id),
        "largest": lambda s: (len(s.articles), s.last),
        "unread": lambda s: (s.unread > 0, s.last),
    }
    for order, key in keys.items():
        whole = stories.of(order=order)
        assert whole == sorted(whole, key=key, reverse=True)
        parts = [stories.of(order=order, offset=at, limit=7) for at in range(0, len(whole), 7)]
        assert [story for part in parts for story in part] == whole
        assert [stories.place(story.id, order=order) for story in whole] == list(range(len(whole)))
    assert stories.tally() == (len(whole), sum(story.unread > 0 for story in whole))
    assert next(s for s in whole if s.id == everything[0].id).unread == 0
    assert stories.count([everything[0].articles[0], everything[1].articles[0]]) == 2
    assert stories.place(12345) is None
    assert miscounted(library) == 0


def test_one_text_from_several_outlets_is_told_as_copies_of_the_first_report(
    open_library: Callable[..., Library],
) -> None:
    library = open_library()
    first, second, own = (
        report(1, 3, days=0),
        report(2, 3, days=0.1, copy_of=1),
        report(3, 3, days=1),
    )
    third = report(4, 3, days=2, copy_of=1)
    library.add([replace(first, text=report(1, 3, copy_of=1).text), second, own, third])
    library.stories.update()
    (story,) = library.stories.of()
    assert story.articles == (first.id, second.id, own.id, third.id)
    assert story.copies == ((second.id, first.id), (third.id, first.id))
    assert library.stories.copies([own.id, third.id]) == {third.id: first.id}
    library.notebook.mark([first.id], removed=True)
    (story,) = library.stories.of()
    assert story.copies == ((third.id, second.id),)
    library.stories.take_out([second.id])
    (story,) = library.stories.of()
    assert story.copies == ()


def test_an_article_without_a_date_joins_a_story_of_years_ago_by_its_content(
    open_library: Callable[..., Library],
) -> None:
    library = open_library()
    library.add([report(n, 5, days=-900 + n / 10) for n in range(1, 4)])
    library.stories.update()
    undated, later, another = report(9, 5), report(10, 5, days=0), report(11, 6)
    library.add([undated, later, another])
    library.stories.update()
    (story,) = library.stories.of()
    assert undated.id in story.articles
    assert later.id not in story.articles


def test_an_article_that_was_deleted_and_comes_again_comes_to_its_story(
    open_library: Callable[..., Library],
) -> None:
    library = open_library()
    articles = [report(n, 8, days=n / 10) for n in range(1, 4)]
    library.add(articles)
    library.stories.update()
    before = shown(library)
    with closing(sqlite3.connect(library.folder / "archive.sqlite3")) as connection:
        connection.execute("DELETE FROM articles WHERE id = ?", (articles[1].id,))
        connection.commit()
    assert [story.articles for story in library.stories.of()] == [(articles[0].id, articles[2].id)]
    assert miscounted(library) == 0
    with closing(sqlite3.connect(library.folder / "archive.sqlite3")) as connection:
        connection.execute("DELETE FROM revisions WHERE article = ?", (articles[1].id,))
        connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
        connection.commit()
    library.add([articles[1]])
    assert library.stories.update() == 1
    assert shown(library) == before


@pytest.mark.parametrize("seed", range(4))
def test_lists_show_what_all_corrections_together_say_however_they_came(
    open_library: Callable[..., Library], stream: list[Article], seed: int
) -> None:
    """Only what a correction concerns is set anew; it must be what setting everything gives."""
    chance = random.Random(seed)
    library = open_library()
    library.add(stream[:100])
    library.stories.update()
    ids = [article.id for article in stream[:100]]
    for step in range(25):
        _correct(library, chance, ids)
        if step == 12:
            library.add(stream[100:])
            library.stories.update()
        before = library.stories.members()
        assert miscounted(library) == 0
    with closing(sqlite3.connect(library.folder / "archive.sqlite3")) as connection:
        _show_all(library, connection)
    assert library.stories.members() == before


def _correct(library: Library, chance: random.Random, ids: list[ArticleId]) -> None:
    stories = [story.id for story in library.stories.of()]
    chosen = chance.sample(ids, 2)
    kind = chance.randrange(5)
    if kind == 0:
        library.stories.take_out(chosen)
    elif kind == 1:
        library.stories.put_into(chosen, chance.choice(stories))
    elif kind == 2:
        library.stories.merge(*chance.sample(stories, 2))
    elif kind == 3:
        library.stories.put_into(chosen[:1], chosen[1])
    else:
        library.notebook.undo()


def _show_all(library: Library, connection: sqlite3.Connection) -> None:
    """Set what lists show from nothing."""
    said = library.stories._corrections()
    connection.execute("UPDATE articles SET story = NULL")
    connection.execute("DELETE FROM meta WHERE key = 'stories'")
    given = connection.execute("SELECT article, story FROM story_items").fetchall()
    wanted = {article: said.shown(article, story) for article, story in given}
    held = list(wanted.values())
    connection.executemany(
        "UPDATE articles SET story = ? WHERE id = ?",
        [(s, a) for a, s in wanted.items() if s is not None and held.count(s) > 1],
    )
    show(connection, said)
    connection.commit()


def test_the_doctor_notices_and_mends_wrong_counts_of_stories(
    open_library: Callable[..., Library], stream: list[Article]
) -> None:
    library = open_library()
    library.add(stream[:40])
    library.stories.update()
    before = library.stories.of()
    with closing(sqlite3.connect(library.folder / "archive.sqlite3")) as connection:
        connection.execute("UPDATE stories SET unread = unread + 1, last = first")
        connection.commit()
    assert library.check() == ["The counts of stories are wrong."]
    library.repair()
    assert library.check() == []
    assert library.stories.of() == before
