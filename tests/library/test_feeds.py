"""Subscriptions are the reader's own work; what HTTP needs beside them can be lost."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.errors import LibraryError, NotFoundError
from reader.library import Library
from reader.library.migrations import MIGRATIONS
from reader.model import Article, FeedState, Subscription

HERALD = Subscription(
    "https://herald.example/feed", "https://herald.example/feed", title="The Herald",
    tags=("news", "Local"), added=datetime(2025, 7, 4, tzinfo=UTC),
)  # fmt: skip
COURIER = Subscription("https://courier.example/", "https://courier.example/", name="Courier")


def test_subscriptions_are_there_after_the_library_was_closed(folder: Path) -> None:
    with Library.open(folder) as library:
        assert library.feeds.put([HERALD, COURIER], "subscribed to 2 feeds").text
        library.feeds.keep([FeedState(HERALD.key, etag='"1"', told=True)])
    with Library.open(folder) as library:
        assert library.feeds.all() == [COURIER, HERALD]
        assert library.feeds.get(HERALD.key) == HERALD
        assert library.feeds.states() == {HERALD.key: FeedState(HERALD.key, etag='"1"', told=True)}


def test_a_subscription_and_its_end_can_be_undone(folder: Path) -> None:
    with Library.open(folder) as library:
        library.feeds.put([HERALD], "subscribed to The Herald")
        assert library.feeds.remove([HERALD.key]).text == "unsubscribed from The Herald"
        assert library.feeds.all() == []
        library.notebook.undo()
        assert library.feeds.all() == [HERALD]
        library.notebook.undo()
        assert library.feeds.all() == []
        with pytest.raises(NotFoundError):
            library.feeds.get(HERALD.key)


def test_what_a_feed_says_of_itself_is_kept_without_a_change_to_undo(folder: Path) -> None:
    with Library.open(folder) as library:
        library.feeds.put([HERALD], "subscribed")
        library.feeds.note(HERALD.key, title="Herald", address="https://herald.example/new")
        feed = library.feeds.get(HERALD.key)
        assert (feed.title, feed.address, feed.tags) == (
            "Herald", "https://herald.example/new", HERALD.tags,
        )  # fmt: skip
        assert library.feeds.known("https://herald.example/new") == feed
        library.feeds.remove([HERALD.key])
        library.feeds.note(HERALD.key, title="Back")
        assert library.feeds.all() == []
        change = library.notebook.undo()
        assert change is not None
        assert "unsubscribed" in change.text


def test_feeds_are_named_by_address_name_beginning_and_tag(folder: Path) -> None:
    third = Subscription("https://c.example/", "https://c.example/", name="Courant")
    with Library.open(folder) as library:
        library.feeds.put([HERALD, COURIER, third], "subscribed")
        for words in (HERALD.key, "the herald", "The H", "heral", "tag:NEWS"):
            assert library.feeds.named(words) == [HERALD]
        assert library.feeds.named("courier") == [COURIER]
        with pytest.raises(NotFoundError, match="More than one"):
            library.feeds.named("Cour")
        for words in ("nothing", "tag:none"):
            with pytest.raises(NotFoundError, match="no feed called"):
                library.feeds.named(words)


def test_a_name_that_is_undone_is_taken_off_the_articles_too(
    folder: Path, make: Callable[..., Article]
) -> None:
    with Library.open(folder) as library:
        library.feeds.put([HERALD], "subscribed")
        library.add([make(1, source="The Herald", feed=HERALD.key), make(2, source="Other")])
        library.feeds.put([replace(HERALD, name="Morning")], "renamed")
        library.notebook.undo()
        library.notebook.settle()
        assert {row.source for row in library.find()} == {"The Herald", "Other"}
        library.notebook.redo()
        library.notebook.settle()
        assert {row.source for row in library.find()} == {"Morning", "Other"}
        assert library.check() == []


def test_a_feed_called_otherwise_takes_its_articles_along(
    folder: Path, make: Callable[..., Article]
) -> None:
    with Library.open(folder) as library:
        library.feeds.put([HERALD], "subscribed")
        library.add([make(1, source="The Herald", feed=HERALD.key), make(2, source="Other")])
        library.feeds.put([replace(HERALD, name="Mine")], "renamed The Herald")
        assert {row.source for row in library.find()} == {"Mine", "Other"}
        counts = {row.name: row.articles for row in library.sources() if row.kind == "outlet"}
        assert counts.get("Mine") == 1
        assert not counts.get("The Herald")


def test_only_one_fetches(folder: Path) -> None:
    with Library.open(folder) as one, Library.open(folder) as other:
        with (
            one.feeds.fetching(),
            pytest.raises(LibraryError, match="Another reader"),
            other.feeds.fetching(),
        ):
            pass
        with other.feeds.fetching():
            pass


def test_a_library_of_before_gets_the_table(folder: Path) -> None:
    place = [step.__name__ for step in MIGRATIONS].index("_feeds")
    folder.mkdir()
    connection = sqlite3.connect(folder / "archive.sqlite3")
    for step in MIGRATIONS[:place]:
        step(connection)
    connection.execute(f"PRAGMA user_version = {place}")
    connection.commit()
    connection.close()
    with Library.open(folder) as library:
        assert library.feeds.states() == {}
        library.feeds.keep([FeedState(HERALD.key)])
        assert list(library.feeds.states()) == [HERALD.key]
