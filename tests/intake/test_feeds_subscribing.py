"""Subscribing: addresses, pages that name their feeds, OPML files; logins and workers."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from loopback import Loopback, rss

from reader.errors import InputError
from reader.intake import retry
from reader.intake.addresses import is_public, without_login
from reader.intake.discover import named_feeds
from reader.intake.fetch import FetchOptions, fetch
from reader.intake.http import HttpLimits
from reader.intake.opml import read_opml, write_opml
from reader.intake.parsing import Job, ParseLimits, Parsers
from reader.intake.subscriptions import (
    FoundFeed,
    find_feeds,
    subscribe,
    subscribe_opml,
    tidy,
)
from reader.library import Library
from reader.model import Failure, Subscription

QUICK = FetchOptions(http=HttpLimits(total=60, per_host=50))
HTML = {"Content_Type": "text/html"}


def test_feeds_are_found_at_their_address_on_a_page_and_in_the_usual_places(
    server: Loopback,
) -> None:
    link = "<link rel='alternate' type='application/{}+xml' href='{}' title='{}'>"
    page = "<html><head>{}{}</head>".format(
        link.format("rss", "/comments/feed", "Comments"), link.format("atom", "/news.atom", "News")
    )
    server.page("/feed", rss("Direct", title="Direct"))
    server.page("/page", page.encode(), **HTML)
    server.page("/news.atom", rss("Named", title="Named"))
    server.page("/linked", b"<html><a href='/x'>x</a><a href='/all.rss'>RSS</a>", **HTML)
    server.page("/all.rss", rss("Linked", title="Linked"))
    server.page("/blog/", b"<html><p>No word of a feed", **HTML)
    server.page("/blog/atom.xml", rss("Usual", title="Usual"))
    server.page("/none/", b"<html><a href='/all'>x</a>", **HTML)
    for n in ("feed.xml", "rss.xml", "atom.xml", "index.xml", "rss", "feed.json"):
        server.page(f"/{n}", b"<html>404, politely", **HTML)
    paths = ["/feed", "/page", "/linked", "/blog/", "/missing"]
    found = find_feeds([server.url(path) for path in paths], QUICK)
    titles = [f.parsed.feed.title if isinstance(f, FoundFeed) else f.reason for f in found]
    assert titles[:4] == ["Direct", "Named", "Linked", "Usual"]
    assert titles[4].startswith("there is nothing at this address")
    assert isinstance(found[1], FoundFeed)
    assert [other.address for other in found[1].others] == [server.url("/comments/feed")]


def test_subscribing_stores_what_the_feed_has_and_can_be_undone(
    server: Loopback, library: Library
) -> None:
    server.page("/feed", rss("One", "Two"), ETag='"1"')
    (found,) = find_feeds([server.url("/feed")], QUICK)
    assert isinstance(found, FoundFeed)
    result = subscribe(library, found, name="Mine", tags=["news"])
    assert (result.new, len(result.added)) == (True, 2)
    assert library.article(result.added[0]).source == "Mine"
    again = subscribe(library, found, tags=["News", "local"])
    assert (again.new, again.feed.tags) == (False, ("news", "local"))
    fetch(library, options=QUICK)
    assert server.log[-1].headers["if-none-match"] == '"1"'
    library.notebook.undo()
    library.notebook.undo()
    assert library.feeds.all() == []
    assert library.count() == 2


def test_a_page_in_public_may_not_lead_to_a_private_feed(server: Loopback) -> None:
    """The page is on 127.0.0.1, which was named; localhost was not."""
    page = f"<link rel=alternate type=application/rss+xml href=http://localhost:{server.port}/f>"
    server.page("/page", page.encode(), **HTML)
    server.page("/f", rss("Private"))
    (found,) = find_feeds([server.url("/page")], QUICK)
    assert isinstance(found, Failure)
    assert server.asked("/f") == []


@pytest.mark.parametrize(
    ("given", "tidied"),
    [
        ("example.org", "https://example.org/"),
        ("Example.ORG:8080/Feed#top", "https://example.org:8080/Feed"),
        ("feed://example.org/x", "http://example.org/x"),
        ("feed:https://example.org/x", "https://example.org/x"),
        ("HTTPS://example.org:443/x", "https://example.org/x"),
    ],
)
def test_addresses_are_taken_as_people_write_them(given: str, tidied: str) -> None:
    assert tidy(given) == tidied


@pytest.mark.parametrize(
    "given", ["file:///etc/passwd", "ftp://x/y", "javascript:x", "/etc/passwd", "http://[x", "a b"]
)
def test_what_is_no_web_address_is_refused(given: str) -> None:
    with pytest.raises(InputError, match="it is no"):
        tidy(given)


OPML = """<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<opml version="1.0"><head><title>&x;</title></head><body>
<outline text="News"><outline text="World">
  <outline type="rss" text="The Herald" xmlUrl="https://herald.example/feed"
   htmlUrl="https://herald.example/"/>
</outline><outline title="Courier" xmlURL="feed://courier.example/rss" category="/Local/Rivers,x"/>
</outline>
<outline text="Again"><outline text="Other name" xmlUrl="https://herald.example/feed"/></outline>
<outline text="Bad" xmlUrl="file:///etc/passwd"/><outline text="A note"/>
</body></opml>"""


def test_an_opml_file_is_read_with_its_folders_as_tags(library: Library) -> None:
    report = subscribe_opml(library, OPML.encode(), "subs.opml", tags=["mine"])
    feeds = {feed.key: feed for feed in library.feeds.all()}
    assert feeds["https://herald.example/feed"].tags == ("News", "World", "Again", "mine")
    assert feeds["https://herald.example/feed"].name == "The Herald"
    assert feeds["http://courier.example/rss"].tags == ("News", "Local", "Rivers", "x", "mine")
    assert [failure.input for failure in report.failed] == ["file:///etc/passwd"]
    again = subscribe_opml(library, OPML.encode(), "subs.opml")
    assert not any(result.new for result in again.feeds)
    change = library.notebook.undo()
    assert change is not None


def test_written_opml_is_read_back_the_same() -> None:
    feeds = [
        Subscription(
            "https://a.example/",
            "https://a.example/new?a=1&b=2",
            name='A "quoted" <name>',
            link="https://a.example/",
            tags=("News", "World", "Rivers & seas"),
        ),
        Subscription("https://b.example/", "https://b.example/", title="B"),
    ]
    data = write_opml(feeds)
    assert b'<opml version="2.0">' in data
    found = {outline.address: outline for outline in read_opml(data, "x")}
    assert set(found["https://a.example/new?a=1&b=2"].tags) == {"News", "World", "Rivers & seas"}
    assert found["https://a.example/new?a=1&b=2"].title == 'A "quoted" <name>'
    assert found["https://b.example/"].tags == ()


@pytest.mark.parametrize("data", [b"", b"<html/>", b"no xml", b"\x00\xff", b"<opml"])
def test_what_is_no_opml_is_refused(data: bytes) -> None:
    if data == b"<opml":
        data = b"<rss><opml/></rss>"
    with pytest.raises(InputError, match="no OPML"):
        read_opml(data, "x")


def test_deep_and_bomb_like_opml_ends_soon() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = (
        f'<!DOCTYPE opml [<!ENTITY l0 "lol">{lol}]><opml><body><outline text="&l9;"/></body></opml>'
    )
    deep = "<opml><body>" + "<outline text='x'>" * 50_000
    for text in (bomb, deep):
        assert read_opml(text.encode(), "x") == []


def test_named_feeds_start_from_the_base_of_the_page() -> None:
    page = (
        b"<base href='https://cdn.example/a/'><link rel=alternate type=application/rss+xml href=f>"
    )
    assert [f.address for f in named_feeds(page, "https://x.example/")] == [
        "https://cdn.example/a/f"
    ]


def test_addresses_are_shown_without_their_login() -> None:
    assert without_login("https://me:pw@a.example/x?y=1@2") == "https://a.example/x?y=1@2"
    (found,) = find_feeds(["ftp://me:pw@a.example/"], QUICK)
    assert isinstance(found, Failure)
    assert "pw" not in f"{found.input} {found.reason}"


@pytest.mark.parametrize(
    "private",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
     "0.0.0.0", "224.0.0.1", "::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1",
     "64:ff9b::7f00:1", "2002:7f00:1::", "::", "ff02::1", "nonsense"],
)  # fmt: skip
def test_private_addresses_are_known_in_every_wrapping(private: str) -> None:
    assert not is_public(private)


@pytest.mark.parametrize("public", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_public_addresses_are_known(public: str) -> None:
    assert is_public(public)


def test_retry_after_is_understood_as_seconds_and_as_date() -> None:
    now = datetime(2025, 7, 4, 9, tzinfo=UTC)
    assert retry.asked_to_wait("120", now) == now + timedelta(minutes=2)
    date = "Fri, 04 Jul 2025 10:00:00 GMT"
    assert retry.asked_to_wait(date, now) == now + timedelta(hours=1)
    assert retry.asked_to_wait("Fri, 04 Jul 2025 08:00:00 GMT", now) == now
    assert retry.asked_to_wait("99999999999999999", now) == now + retry.LONGEST
    for nonsense in ("", "-5", "soon", "1.5", "²"):
        assert retry.asked_to_wait(nonsense, now) is None


def test_pauses_grow_have_jitter_and_are_the_same_for_the_same_seed() -> None:
    first = [retry.pause(n, Random(7)) for n in range(1, 6)]
    assert first == [retry.pause(n, Random(7)) for n in range(1, 6)]
    for attempt, pause in enumerate(first, 1):
        assert 2 ** (attempt - 1) / 2 <= pause <= 2 ** (attempt - 1)
    assert retry.pause(99, Random(1)) <= 30
    assert retry.rest(50, Random(1)) <= timedelta(days=1)


def test_a_feed_that_takes_too_long_or_too_much_is_ended_and_the_next_is_read() -> None:
    nested = b"<rss version='2.0'><channel><item><description>" + b"&lt;b&gt;" * 8_000_000

    async def run() -> tuple[str, str]:
        parsers = Parsers(ParseLimits(seconds=2.0), most=1)
        try:
            with pytest.raises(InputError) as raised:
                await parsers.parse(Job(nested, {}, "http://a.example/", "http://a.example/"))
            parsed = await parsers.parse(
                Job(rss("One"), {}, "http://a.example/", "http://a.example/")
            )
        finally:
            await parsers.close()
        return raised.value.reason, parsed.articles[0].title

    parsers_reason, title = asyncio.run(run())
    assert "it took more than 2 seconds" in parsers_reason
    assert title == "One"


def test_a_worker_without_enough_memory_says_so() -> None:
    big = rss("x" * 30_000_000)

    async def run() -> str:
        parsers = Parsers(ParseLimits(memory=200_000_000), most=1)
        try:
            with pytest.raises(InputError) as raised:
                await parsers.parse(Job(big, {}, "http://a.example/", "http://a.example/"))
        finally:
            await parsers.close()
        return raised.value.reason

    assert re.search("memory|ended a worker|cannot be read", asyncio.run(run()))


def test_subscribing_to_a_private_address_is_remembered_as_that(
    server: Loopback, library: Library
) -> None:
    server.page("/feed", rss("One"))
    (found,) = find_feeds([server.url("/feed")], QUICK)
    assert isinstance(found, FoundFeed)
    assert subscribe(library, found).feed.private is True
    fetch(library, options=QUICK)
    assert library.feeds.get(server.url("/feed")).private is True
