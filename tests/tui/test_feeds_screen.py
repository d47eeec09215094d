"""F shows the feeds: how their fetching stands, and what is done with each."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback, rss

from reader.library import Library
from reader.model import FeedState, Subscription
from reader.tui.screens.feeds import FeedsScreen

Start = Any
Make = Any
HERALD = Subscription("https://herald.example/rss", "https://herald.example/rss", title="Herald")
ECHO = Subscription("https://echo.example/rss", "https://echo.example/rss", title="Echo")


@pytest.fixture
def feeds(empty_library: Library, make: Make) -> Library:
    """A library with two feeds: one with two articles, one that failed."""
    library = empty_library
    library.feeds.put([HERALD, ECHO], "subscribed")
    library.add(
        make(title, source="Herald", feed=HERALD.key) for title in ("Ferry sails", "Bridge shut")
    )
    now = make("x").published
    library.feeds.keep(
        [
            FeedState(HERALD.key, checked=now, succeeded=now),
            FeedState(
                ECHO.key,
                checked=now,
                succeeded=now - timedelta(days=2),
                failures=3,
                reason="there is nothing at this address (404); look for the feed's new one",
            ),
        ]
    )
    return library


def named(library: Library, key: str) -> Subscription:
    return library.feeds.get(key)


async def test_each_feed_is_told_with_what_is_unread_and_when_it_came(
    feeds: Library, start: Start
) -> None:
    async with start(feeds, (80, 24)) as reader:
        await reader.press("F")
        herald = next(line for line in reader.lines if "Herald" in line)
        assert herald.split()[-4:] == ["2", "2", "5", "h"]
        echo = next(line for line in reader.lines if "Echo" in line)
        assert echo.strip().startswith("✗")
        assert "1 failed" in reader.lines[0]


async def test_what_to_do_about_a_feed_that_failed_stands_below_it(
    feeds: Library, start: Start
) -> None:
    async with start(feeds, (80, 24)) as reader:
        await reader.press("F", "n")
        assert "There is nothing at this address (404)" in reader.text
        assert "(3 times in a row)" in reader.text
        assert "→ Subscribe again with the address of the site's page" in reader.text


async def test_a_new_name_is_also_the_outlets_and_is_undone(feeds: Library, start: Start) -> None:
    async with start(feeds, (80, 24)) as reader:
        await reader.press("F", "n", "n", "down", "N")
        await reader.write("The Morning Herald")
        await reader.press("enter")
        assert named(feeds, HERALD.key).shown == "The Morning Herald"
        assert {row.source for row in feeds.find()} == {"The Morning Herald"}
        await reader.press("u")
        assert named(feeds, HERALD.key).shown == "Herald"


async def test_tags_are_given_and_taken(feeds: Library, start: Start) -> None:
    async with start(feeds, (80, 24)) as reader:
        await reader.press("F", "t")
        await reader.write("valley, sea")
        await reader.press("enter")
        assert named(feeds, ECHO.key).tags == ("valley", "sea")
        assert "#valley #sea" in reader.text
        await reader.press("u")
        assert named(feeds, ECHO.key).tags == ()


async def test_addresses_stand_below_each_other_whatever_the_tags(
    feeds: Library, start: Start
) -> None:
    feeds.feeds.put([replace(ECHO, tags=("coast",))], "tagged")
    async with start(feeds, (200, 50)) as reader:
        await reader.press("F")
        rows = reader.lines[1:3]
        assert len({row.index("https://") for row in rows}) == 1
        assert "#coast" in rows[0]


async def test_a_muted_feed_says_so_and_is_not_fetched(
    empty_library: Library, start: Start, server: Loopback
) -> None:
    server.page("/a", rss("From a", title="Feed A"), Content_Type="text/xml")
    server.page("/b", rss("From b", title="Feed B"), Content_Type="text/xml")
    urls = [server.url("/a"), server.url("/b")]
    empty_library.feeds.put([Subscription(u, u) for u in urls], "subscribed")
    async with start(empty_library, (80, 24)) as reader:
        await reader.press("F", "m")
        assert named(empty_library, urls[0]).muted
        assert "muted" in next(line for line in reader.lines if urls[0] in line)
        assert "1 muted" in reader.lines[0]
        await reader.press("R")
        await reader.until(lambda: server.asked("/b"))
        await reader.until(lambda: not reader.app.fetcher.is_fetching)
        assert not server.asked("/a")
        await reader.press("f")
        await reader.until(lambda: server.asked("/a"))
        await reader.until(lambda: not reader.app.fetcher.is_fetching)
        assert "1 new article from 1 feed" in reader.said
        assert "Feed A" in reader.text
        await reader.press("u")
        assert not named(empty_library, urls[0]).muted


async def test_the_last_error_is_told_and_the_last_success_kept(
    empty_library: Library, start: Start, server: Loopback
) -> None:
    server.page("/a", b"", status=404)
    url = server.url("/a")
    empty_library.feeds.put([Subscription(url, url, title="Feed A")], "subscribed")
    async with start(empty_library, (80, 24)) as reader:
        succeeded = reader.app.now() - timedelta(days=1)
        empty_library.feeds.keep([FeedState(url, succeeded=succeeded)])
        await reader.press("F", "f")
        await reader.until(lambda: "(404)" in reader.text)
        await reader.until(lambda: not reader.app.fetcher.is_fetching)
        assert "→ Subscribe again with the address" in reader.text
        assert empty_library.feeds.states()[url].succeeded == succeeded
        assert "1 d" in next(line for line in reader.lines if "Feed A" in line)


async def test_whole_texts_and_days_are_set_for_one_feed(feeds: Library, start: Start) -> None:
    async with start(feeds, (80, 24)) as reader:
        await reader.press("F", "w")
        assert named(feeds, ECHO.key).full_text == "never"
        await reader.press("w", "w")
        assert named(feeds, ECHO.key).full_text == "always"
        assert "whole texts: always" in " ".join(reader.text.split())
        await reader.press("d")
        await reader.write("many")
        await reader.press("enter")
        assert "Expected a number" in reader.text
        await reader.press(*["backspace"] * 4)
        await reader.write("30")
        await reader.press("enter")
        assert named(feeds, ECHO.key).keep_days == 30
        assert named(feeds, HERALD.key).keep_days is None
        await reader.press("u", "u", "u", "u")
        assert named(feeds, ECHO.key) == ECHO


async def test_a_feed_is_removed_and_brought_back(feeds: Library, start: Start) -> None:
    async with start(feeds, (80, 24)) as reader:
        await reader.press("F", "D")
        assert [feed.key for feed in feeds.feeds.all()] == [HERALD.key]
        assert "Unsubscribed from Echo." in reader.said
        await reader.press("u")
        assert len(feeds.feeds.all()) == 2
        await reader.press("U")
        assert len(feeds.feeds.all()) == 1


async def test_enter_shows_the_articles_of_a_feed(feeds: Library, start: Start) -> None:
    async with start(feeds, (80, 24)) as reader:
        await reader.press("F", "down", "enter")
        assert not isinstance(reader.app.screen, FeedsScreen)
        assert sorted(reader.listed) == ["Bridge shut", "Ferry sails"]
        assert reader.main.view.source == ("outlet", "Herald")


async def test_a_feed_without_articles_says_what_to_do(feeds: Library, start: Start) -> None:
    async with start(feeds, (80, 24)) as reader:
        await reader.press("F", "enter")
        assert "f fetches it" in reader.said


async def test_all_are_written_as_opml(feeds: Library, start: Start, tmp_path: Path) -> None:
    target = tmp_path / "mine.opml"
    async with start(feeds, (80, 24)) as reader:
        await reader.press("F", "e", "end", "ctrl+u")
        await reader.write(str(target))
        await reader.press("enter")
        assert "2 feeds written" in reader.said
    from reader.intake.opml import read_opml

    outlines = read_opml(target.read_bytes(), "mine.opml")
    assert {outline.address for outline in outlines} == {HERALD.key, ECHO.key}


async def test_the_order_changes_and_the_cursor_stays_on_its_feed(
    feeds: Library, start: Start
) -> None:
    async with start(feeds, (80, 24)) as reader:
        await reader.press("F", "down", "r", "r")
        screen = reader.app.screen
        assert [row.feed.shown for row in screen.feed_list.rows] == ["Herald", "Echo"]
        assert screen.feed_list.current.feed.shown == "Herald"
        assert "most unread first" in reader.lines[0]


async def test_without_feeds_it_is_said_how_to_get_them(
    empty_library: Library, start: Start
) -> None:
    async with start(empty_library, (40, 15)) as reader:
        await reader.press("F")
        assert "There are no feeds yet." in reader.text
        for key in ("N", "t", "m", "w", "d", "D", "f", "enter", "n", "p", "r", "u", "U"):
            await reader.press(key)
        assert isinstance(reader.app.screen, FeedsScreen)
        await reader.press("escape")
        assert reader.app.screen is reader.main


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (200, 50)])
async def test_names_and_counts_are_there_at_every_size(
    feeds: Library, start: Start, size: tuple[int, int]
) -> None:
    feeds.feeds.put([replace(ECHO, name="[/b] \x1b[2J echo 漢字" * 4)], "renamed")
    async with start(feeds, size) as reader:
        await reader.press("F")
        assert any("Herald" in line and "2" in line for line in reader.lines)
        assert "\x1b" not in reader.text
        assert "feeds" in reader.lines[0].lower()


async def test_a_feed_is_added_from_here_and_stands_in_the_list(
    feeds: Library, start: Start, server: Loopback
) -> None:
    hostile = rss("[/b] \x9b31m one", title="Gazette [@click=app.quit] \u202e")
    server.page("/feed", hostile, Content_Type="text/xml")
    async with start(feeds, (80, 24)) as reader:
        await reader.press("F", "A")
        await reader.write(server.url("/feed"))
        await reader.press("enter")
        assert "Gazette [@click=app.quit]" in reader.text
        await reader.press("enter")
        await reader.until(lambda: len(reader.app.screen.feed_list.rows) == 3)
        assert isinstance(reader.app.screen, FeedsScreen)
        assert "Subscribed to Gazette" in reader.said
        assert not {"\x9b", "\u202e", "\x1b"} & set(reader.text)


async def test_another_readers_change_is_followed(feeds: Library, start: Start) -> None:
    async with start(feeds, (80, 24)) as reader:
        await reader.press("F")
        with Library.open(feeds.folder) as other:
            other.feeds.put([replace(HERALD, name="Evening Herald")], "renamed")
            await reader.until(lambda: "Evening Herald" in reader.text)


async def test_keys_typed_ahead_wait_for_the_list(feeds: Library, start: Start) -> None:
    async with start(feeds, (80, 24)) as reader:
        for key in ("F", "down", "m"):
            reader._send(key)
        await reader.settle()
        await reader.until(lambda: named(feeds, HERALD.key).muted)
        assert not named(feeds, ECHO.key).muted
