"""Feeds from inside: A shows what is at an address and takes it, R fetches."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from loopback import Asked, Loopback, rss

from reader.library import Library
from reader.model import Subscription
from reader.tui.controllers import feed_fetcher

Start = Any
XML = {"Content_Type": "text/xml"}


async def add(reader: Any, given: str) -> None:
    """Name an address or a file as one does after A."""
    await reader.press("A")
    await reader.write(given)
    await reader.press("enter")


def subscribed(library: Library, *addresses: str) -> None:
    """Subscribe to feeds without fetching them."""
    library.feeds.put([Subscription(a, a) for a in addresses], "subscribed")


async def test_without_feeds_r_says_how_to_get_one(library: Library, start: Start) -> None:
    async with start(library, (80, 24)) as reader:
        await reader.press("R")
        assert "A subscribes to one by its address" in reader.said


async def test_an_address_is_shown_then_subscribed_to_and_fetched(
    library: Library, start: Start, server: Loopback
) -> None:
    server.page("/feed", rss("A hedgehog crosses the high street"), **XML)
    async with start(library, (80, 24)) as reader:
        await add(reader, server.url("/feed"))
        assert "The Orrin Herald" in reader.text
        assert "1 entry" in reader.text
        assert "A hedgehog crosses the high street" in reader.text
        assert library.feeds.all() == []
        await reader.press("enter")
        assert "Subscribed to The Orrin Herald: 1 article." in reader.said
        assert "A hedgehog crosses the high street" in reader.listed
        two = rss("A hedgehog crosses the high street", "The hedgehog is back")
        server.page("/feed", two, **XML)
        await reader.press("R")
        await reader.until(lambda: "The hedgehog is back" in reader.listed)
        assert reader.said == "1 new article from 1 feed."


async def test_subscribing_is_undone_with_u(
    library: Library, start: Start, server: Loopback
) -> None:
    server.page("/feed", rss("One"), **XML)
    async with start(library, (80, 24)) as reader:
        await add(reader, server.url("/feed"))
        await reader.press("enter", "u")
        assert library.feeds.all() == []
        assert "Undone: subscribed to The Orrin Herald" in reader.said


async def test_a_look_at_a_feed_subscribes_to_nothing(
    library: Library, start: Start, server: Loopback
) -> None:
    server.page("/feed", rss("One"), **XML)
    async with start(library, (80, 24)) as reader:
        await add(reader, server.url("/feed"))
        await reader.press("escape")
        assert library.feeds.all() == []
        assert "Subscribe to a feed" not in reader.text


async def test_among_the_feeds_of_a_page_one_chooses_and_tags_it(
    library: Library, start: Start, server: Loopback
) -> None:
    links = "".join(
        f"<link rel='alternate' type='application/rss+xml' href='/{name}' title='{name}'>"
        for name in ("news", "sport")
    )
    server.page("/", f"<html><head>{links}</head></html>".encode(), Content_Type="text/html")
    server.page("/news", rss("Council meets", title="Orrin news"), **XML)
    server.page("/sport", rss("Rowers win", title="Orrin sport"), **XML)
    async with start(library, (80, 24)) as reader:
        await add(reader, server.url("/"))
        assert "The page names several feeds" in reader.text
        assert "Council meets" in reader.text
        await reader.press("2")
        assert "Rowers win" in reader.text
        await reader.press("t")
        await reader.write("games")
        await reader.press("enter")
        assert "#games" in reader.text
        await reader.press("enter")
        (feed,) = library.feeds.all()
        assert (feed.title, feed.tags) == ("Orrin sport", ("games",))


async def test_a_feed_one_has_already_is_told_as_such(
    library: Library, start: Start, server: Loopback
) -> None:
    server.page("/feed", rss("One"), **XML)
    subscribed(library, server.url("/feed"))
    async with start(library, (80, 24)) as reader:
        await add(reader, server.url("/feed"))
        assert "You are subscribed to it already." in reader.text


async def test_what_cannot_be_subscribed_to_is_told(
    library: Library, start: Start, server: Loopback
) -> None:
    server.page("/none", b"nothing", status=404)
    async with start(library, (80, 24)) as reader:
        await add(reader, server.url("/none"))
        assert "404" in reader.text
        await reader.press("escape")
        assert library.feeds.all() == []


OPML = """<opml version="2.0"><body><outline text="Valley">
<outline text="One" xmlUrl="https://one.example/rss"/>
<outline text="Two" xmlUrl="https://two.example/rss"/></outline>
<outline text="Three" xmlUrl="https://three.example/rss"/></body></opml>"""


async def test_an_opml_file_is_shown_imported_and_undone_as_one(
    library: Library, start: Start, tmp_path: Path
) -> None:
    subscribed(library, "https://one.example/rss")
    (tmp_path / "mine.opml").write_text(OPML, encoding="utf-8")
    async with start(library, (80, 24)) as reader:
        await add(reader, str(tmp_path / "mine.opml"))
        assert "3 feeds, 1 of them subscribed to already" in reader.text
        assert "#Valley  2" in reader.text
        assert len(library.feeds.all()) == 1
        await reader.press("enter")
        assert len(library.feeds.all()) == 3
        assert "Subscribed to 2 feeds" in reader.said
        await reader.press("u")
        assert [feed.key for feed in library.feeds.all()] == ["https://one.example/rss"]


async def test_a_broken_opml_file_is_told(library: Library, start: Start, tmp_path: Path) -> None:
    (tmp_path / "broken.opml").write_bytes(b"<opml><body></body></opml>")
    async with start(library, (80, 24)) as reader:
        await add(reader, str(tmp_path / "broken.opml"))
        assert "broken.opml" in reader.text
        await reader.press("enter", "escape")
        assert library.feeds.all() == []


async def test_a_feed_that_fails_is_told_and_the_others_come(
    library: Library, start: Start, server: Loopback
) -> None:
    server.page("/good", rss("The ferry sails again"), **XML)
    server.page("/bad", b"", status=404)
    subscribed(library, server.url("/good"), server.url("/bad"))
    async with start(library, (80, 24)) as reader:
        await reader.press("R")
        await reader.until(lambda: "The ferry sails again" in reader.listed)
        assert "1 new article from 2 feeds" in reader.said
        assert "404" in reader.said
        assert "F shows what to do" in reader.said


async def test_a_fetch_is_stopped_with_r_and_what_came_stays(
    library: Library, start: Start, server: Loopback
) -> None:
    async def never(asked: Asked) -> None:
        await asked.writer.drain()  # and says nothing more

    server.page("/good", rss("The ferry sails again"), **XML)
    server.routes["/slow"] = never
    subscribed(library, server.url("/good"), server.url("/slow"))
    async with start(library, (80, 24)) as reader:
        reader._send("R")
        await reader.comes(lambda: reader.app.fetcher.current and reader.app.fetcher.current.step)
        reader._send("R")
        await reader.until(lambda: not reader.app.fetcher.is_fetching)
        assert reader.said.startswith("Stopped: 1 new article")
        assert "The ferry sails again" in reader.listed


def configured(path: Path, minutes: int) -> Path:
    file = path / "config.toml"
    file.write_text(f"[feeds]\ninterval = {minutes}\n", encoding="utf-8")
    return file


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader look at once whether feeds are due, and often."""
    monkeypatch.setattr(feed_fetcher, "FIRST_AFTER_SECONDS", 0.01)
    monkeypatch.setattr(feed_fetcher, "DUE_POLL_SECONDS", 0.05)


async def test_with_an_interval_feeds_come_by_themselves_and_the_cursor_stays(
    library: Library, start: Start, server: Loopback, tmp_path: Path, soon: None
) -> None:
    async with start(library, (80, 24), file=configured(tmp_path, 30)) as reader:
        await reader.press("down", "down")
        here = reader.main.article_list.current
        server.page("/feed", rss("The ferry sails again"), **XML)
        subscribed(library, server.url("/feed"))
        await reader.until(lambda: "The ferry sails again" in reader.listed)
        assert reader.main.article_list.current.id == here.id
        await reader.wait(0.2)
        assert len(server.asked("/feed")) == 1  # until half an hour has passed


async def test_without_an_interval_nothing_is_fetched_by_itself(
    library: Library, start: Start, server: Loopback, tmp_path: Path, soon: None
) -> None:
    server.page("/feed", rss("The ferry sails again"), **XML)
    subscribed(library, server.url("/feed"))
    async with start(library, (80, 24), file=configured(tmp_path, 0)) as reader:
        await reader.wait(0.2)
        assert server.log == []


async def test_a_network_that_is_down_is_a_sentence_and_no_more(
    library: Library, start: Start, tmp_path: Path, soon: None
) -> None:
    subscribed(library, "http://127.0.0.1:9/feed")
    async with start(library, (80, 24), file=configured(tmp_path, 30)) as reader:
        await reader.until(lambda: "No feed could be fetched" in reader.said)
        assert len(reader.app.screen_stack) == 1 + (reader.app.screen_stack[0] is not reader.main)


async def test_where_another_reader_fetches_nothing_is_said(
    library: Library, start: Start, server: Loopback, tmp_path: Path, soon: None
) -> None:
    server.page("/feed", rss("The ferry sails again"), **XML)
    subscribed(library, server.url("/feed"))
    with library.feeds.fetching():
        async with start(library, (80, 24), file=configured(tmp_path, 30)) as reader:
            await reader.wait(0.3)
            assert reader.said == ""
            assert server.log == []


def test_what_is_due_is_fetched_together_and_the_rest_left_alone() -> None:
    from reader.intake.due import due
    from reader.model import FeedState

    now = datetime(2025, 3, 14, 12, 0, tzinfo=UTC)
    ages = {"old": 60, "half": 20, "fresh": 5, "gone": 60, "told": 60, "muted": 60}
    feeds = [Subscription(key, key, muted=key == "muted") for key in [*ages, "never"]]
    states = {
        key: FeedState(
            key,
            checked=now - timedelta(minutes=age),
            gone=key == "gone",
            not_before=now + timedelta(minutes=1) if key == "told" else None,
        )
        for key, age in ages.items()
    }
    half_an_hour = timedelta(minutes=30)
    assert [f.key for f in due(feeds, states, half_an_hour, now)] == ["old", "half", "never"]
    fresh = [f for f in feeds if f.key in {"half", "fresh"}]
    assert due(fresh, states, half_an_hour, now) == []
