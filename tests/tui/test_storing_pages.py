"""A page by its address: its feed is offered first, and the page itself."""

from pathlib import Path
from typing import Any

from loopback import Loopback, rss

from reader.library import Library

Start = Any
HTML = {"Content_Type": "text/html"}
TEXT = (
    "The river office of Orrin opened the new gates on Friday, two years later than planned.",
    "Boats pass through them at any hour, and the old lock is to be filled with sand.",
    "The mayor of Tolm said that nobody had asked the fishers, who need the lock in winter.",
)


def page(head: str = "") -> bytes:
    body = "".join(f"<p>{part}</p>" for part in TEXT)
    html = f"<!DOCTYPE html><html><head><title>Gates open</title>{head}</head>"
    return f"{html}<body><article><h1>Gates open</h1>{body}</article></body></html>".encode()


async def add(reader: Any, given: str) -> None:
    """Name an address or a file as one does after A."""
    await reader.press("A")
    await reader.write(given)
    await reader.press("enter")


async def test_a_page_without_a_feed_can_be_stored_itself(
    library: Library, start: Start, server: Loopback
) -> None:
    server.page("/gates", page(), **HTML)
    async with start(library, (80, 24)) as reader:
        await add(reader, server.url("/gates"))
        assert "Enter stores the page itself" in reader.text
        await reader.press("enter")
        assert reader.said == "Stored: Gates open."
        assert "Gates open" in reader.listed
        assert library.feeds.all() == []


async def test_a_page_with_a_feed_offers_both_the_feed_first(
    library: Library, start: Start, server: Loopback
) -> None:
    link = "<link rel='alternate' type='application/rss+xml' href='/feed'>"
    server.page("/gates", page(link), **HTML)
    server.page("/feed", rss("Council meets", title="Tolm Mail"), Content_Type="text/xml")
    async with start(library, (80, 24)) as reader:
        await add(reader, server.url("/gates"))
        assert "Tolm Mail" in reader.text
        assert "Enter subscribes" in reader.text
        assert "p stores the page itself" in reader.text
        await reader.press("p")
        assert reader.said == "Stored: Gates open."
        assert library.feeds.all() == []


async def test_a_feed_itself_offers_no_page(
    library: Library, start: Start, server: Loopback
) -> None:
    server.page("/feed", rss("Council meets"), Content_Type="text/xml")
    async with start(library, (80, 24)) as reader:
        await add(reader, server.url("/feed"))
        assert "stores the page" not in reader.text
        await reader.press("p")
        assert "Enter subscribes" in reader.text


async def test_a_page_without_an_article_is_refused_in_a_sentence(
    library: Library, start: Start, server: Loopback
) -> None:
    server.page("/menu", b"<html><body><a href='/x'>Home</a></body></html>", **HTML)
    async with start(library, (80, 24)) as reader:
        await add(reader, server.url("/menu"))
        await reader.press("enter")
        assert "/menu: " in reader.said
        assert reader.said.endswith(".")


async def test_a_file_of_addresses_is_offered_as_feeds(
    library: Library, start: Start, tmp_path: Path
) -> None:
    (tmp_path / "urls").write_text('https://tolm.example/feed river "~Mail of Tolm"\n')
    async with start(library, (80, 24)) as reader:
        await add(reader, str(tmp_path / "urls"))
        assert "1 feed" in reader.text
        assert library.feeds.all() == []
        await reader.press("enter")
        (feed,) = library.feeds.all()
        assert (feed.shown, feed.tags) == ("Mail of Tolm", ("river",))
