"""Feeds from inside: A takes an address, R fetches."""

from typing import Any

from loopback import Loopback, rss

from reader.library import Library

Start = Any


async def test_without_feeds_r_says_how_to_get_one(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("R")
        assert "A subscribes to one by its address" in reader.said


async def test_an_address_is_subscribed_to_and_fetched(library: Library, start: Start) -> None:
    with Loopback() as web:
        web.page("/feed", rss("A hedgehog crosses the high street"), Content_Type="text/xml")
        async with start(library) as reader:
            await reader.press("A")
            await reader.write(web.url("/feed"))
            await reader.press("enter")
            assert "Subscribed to" in reader.said
            assert "A hedgehog crosses the high street" in reader.listed
            two = rss("A hedgehog crosses the high street", "The hedgehog is back")
            web.page("/feed", two, Content_Type="text/xml")
            await reader.press("R")
            assert "The hedgehog is back" in reader.listed
            assert reader.said == "1 new article of 1 feed."


async def test_what_cannot_be_subscribed_to_is_told(library: Library, start: Start) -> None:
    with Loopback() as web:
        web.page("/none", b"nothing", status=404)
        async with start(library) as reader:
            await reader.press("A")
            await reader.write(web.url("/none"))
            await reader.press("enter")
            assert "404" in reader.said
