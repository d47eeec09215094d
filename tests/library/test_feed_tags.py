"""An article carries the tags of its feed, as long as the feed has them."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from waiting import until

from reader.library import Library, migrations, parse_query
from reader.model import Article, Subscription

Make = Callable[..., Article]
HERALD, GAZETTE = "https://herald.example/feed", "https://gazette.example/feed"


def subscription(key: str, *tags: str) -> Subscription:
    return Subscription(key, key, name=key[8:15].capitalize(), tags=tags)


@pytest.fixture
def filled(library: Library, make: Make) -> Library:
    """Four reports: two of the Herald (science, Daily), one of the Gazette (daily), one of none."""
    library.feeds.put(
        [subscription(HERALD, "science", "Daily"), subscription(GAZETTE, "daily")], "subscribed"
    )
    feeds = (HERALD, HERALD, GAZETTE, None)
    library.add(make(n, feed=feed, title=f"Report {n}") for n, feed in enumerate(feeds))
    assert until(lambda: len(counted(library)) == 2)
    return library


def found(library: Library, query: str) -> set[str]:
    return {row.title[-1] for row in library.find(parse_query(query))}


def counted(library: Library) -> dict[str, tuple[int, int]]:
    rows = [row for row in library.sources() if row.kind == "tag"]
    return {row.name: (row.articles, row.unread) for row in rows}


def test_a_search_for_a_tag_finds_the_articles_of_feeds_that_have_it(filled: Library) -> None:
    assert found(filled, "tag:science") == {"0", "1"}
    assert found(filled, "tag:DAILY") == {"0", "1", "2"}
    assert found(filled, "tag:sci*") == {"0", "1"}
    assert found(filled, "-tag:science") == {"2", "3"}
    assert found(filled, "tag:daily -tag:science is:unread") == {"2"}


def test_rows_show_the_tags_of_the_feed_apart_from_ones_own(filled: Library) -> None:
    rows = {row.title[-1]: row for row in filled.find()}
    filled.notebook.tag(
        [rows["0"].id, rows["3"].id], add=["harbour", "SCIENCE"]
    )  # spelt as it is known
    rows = {row.title[-1]: row for row in filled.find()}
    assert rows["0"].marks.tags == ("harbour", "science")
    assert rows["0"].tags == ("harbour", "science", "Daily")
    assert rows["1"].marks.tags == ()
    assert rows["1"].tags == ("Daily", "science")
    assert (rows["3"].tags, rows["3"].feed_tags) == (("harbour", "science"), ())


def test_the_sources_count_each_article_once_for_a_tag(filled: Library) -> None:
    assert counted(filled) == {"Daily": (3, 3), "science": (2, 2)}
    rows = {row.title[-1]: row.id for row in filled.find()}
    filled.notebook.tag([rows["0"], rows["3"]], add=["science"])
    filled.notebook.mark([rows["0"], rows["2"]], read=True)
    filled.notebook.mark([rows["1"]], removed=True)
    assert counted(filled) == {"Daily": (2, 0), "science": (2, 1)}
    for name, (articles, unread) in counted(filled).items():
        assert filled.count(parse_query(f"tag:{name}")) == articles
        assert filled.count(parse_query(f"tag:{name} is:unread")) == unread


def test_another_tag_of_a_feed_acts_at_once_and_can_be_undone(filled: Library) -> None:
    herald = filled.feeds.get(HERALD)
    filled.feeds.put([replace(herald, tags=("weather",))], "tagged anew")
    assert found(filled, "tag:weather") == {"0", "1"}
    assert found(filled, "tag:science") == set()
    assert counted(filled) == {"daily": (1, 1), "weather": (2, 2)}
    filled.notebook.undo()
    assert found(filled, "tag:science") == {"0", "1"}
    filled.feeds.remove([HERALD])
    assert found(filled, "tag:daily") == {"2"}
    filled.notebook.undo()
    assert counted(filled) == {"Daily": (3, 3), "science": (2, 2)}


def test_a_feed_without_articles_brings_its_tags_along_later(filled: Library, make: Make) -> None:
    late = "https://lateone.example/feed"
    filled.feeds.put([subscription(late, "rare")], "subscribed")
    assert "rare" not in counted(filled)
    filled.add([make(9, feed=late, title="Report 9")])
    assert counted(filled)["rare"] == (1, 1)
    assert filled.complete("tag:ra", 6).options == ("rare",)


def test_a_feeds_tag_is_not_written_to_its_articles(filled: Library, folder: Path) -> None:
    rows = filled.find()
    filled.notebook.mark([rows[0].id], starred=True)
    filled.notebook.flush()
    assert all("tags" not in d for d in filled.notebook.documents("articles").values())
    assert "science" in filled.notebook.tags()


def test_tags_that_are_none_are_passed_over(filled: Library) -> None:
    filled.notebook.put(
        "subscriptions",
        {
            1: {"key": "http://a/", "tags": [7, None, "x"]},
            2: {"tags": ["y"]},
            3: {"tags": 4},
            4: {"key": "http://\ud800/", "tags": ["y"]},
        },
        "edited by hand",
    )
    assert until(lambda: "x" in filled.notebook.tags())
    assert "y" not in filled.notebook.tags()


def test_the_mirror_of_feeds_tags_can_be_made_again(filled: Library, folder: Path) -> None:
    filled.notebook.settle()
    with sqlite3.connect(folder / "archive.sqlite3") as archive:
        archive.execute("DELETE FROM feed_tags")
        archive.execute("UPDATE feed_counts SET articles = 7")
    archive.close()
    assert filled.check() == [
        "The counts of feeds are wrong.",
        "The tags of feeds are otherwise than in the notebook.",
    ]
    assert filled.repair().wrong == []
    assert counted(filled) == {"Daily": (3, 3), "science": (2, 2)}


def test_another_reader_sees_the_tags_of_a_feed(filled: Library, folder: Path) -> None:
    with Library.open(folder) as other:
        filled.feeds.put([subscription(GAZETTE, "evening")], "tagged anew")
        assert until(lambda: found(other, "tag:evening") == {"2"})


def test_a_library_of_before_counts_its_feeds_and_makes_the_mirror_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "archive.sqlite3"
    folder.mkdir()
    now = migrations.MIGRATIONS
    with closing(sqlite3.connect(path, isolation_level=None)) as archive:
        monkeypatch.setattr(migrations, "MIGRATIONS", now[:6])
        migrations.migrate(archive, path)
        archive.execute("INSERT INTO meta VALUES ('mirror', '[1, 2, 3, 4]')")
        archive.execute("INSERT INTO sources (id, name, folded) VALUES (1, 'Herald', 'herald')")
        columns = "n, id, identity, source, title, added, revision, starter, excerpt, stripped"
        archive.executemany(
            f"INSERT INTO articles ({columns}, digest, feed, unread, removed)"
            " VALUES (?1, ?1, ?1, 1, 'x', '2024', 1, 0, 0, 0, 'd', ?2, ?3, ?4)",
            [(1, HERALD, 1, 0), (2, HERALD, 0, 0), (3, HERALD, 1, 1), (4, None, 1, 0)],
        )
        monkeypatch.setattr(migrations, "MIGRATIONS", now)
        migrations.migrate(archive, path)
        assert archive.execute("SELECT * FROM feed_counts").fetchall() == [(HERALD, 2, 1)]
        assert archive.execute("SELECT * FROM meta WHERE key = 'mirror'").fetchall() == []
