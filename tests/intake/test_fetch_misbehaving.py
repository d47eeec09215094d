"""A server that does everything wrong: each feed gets its clear line, and the others arrive."""

import asyncio
import gzip
import struct
import zlib
from collections.abc import Iterator

import brotli
import pytest
from loopback import Asked, Loopback, rss

from reader.intake.advice import advised
from reader.intake.fetch import FetchOptions, FetchReport, fetch
from reader.intake.http import HttpLimits
from reader.intake.parsing import ParseLimits
from reader.library import Library
from reader.model import Subscription

LIMITS = HttpLimits(total=8, connect=6, silence=6, size=200_000, per_host=50)
OPTIONS = FetchOptions(
    http=LIMITS, parsing=ParseLimits(seconds=20.0), attempts=2, pause=0.01, seed=1
)


def _endless(server: Loopback) -> None:
    async def drip(asked: Asked) -> None:
        asked.writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss>")
        for _ in range(400):
            asked.writer.write(b" ")
            await asked.writer.drain()
            await asyncio.sleep(0.05)

    async def endless(asked: Asked) -> None:
        asked.writer.write(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
        for _ in range(1000):
            asked.writer.write(b"x" * 65536)
            await asked.writer.drain()

    async def silent(asked: Asked) -> None:
        await asyncio.sleep(20)

    async def headers(asked: Asked) -> None:
        asked.writer.write(b"HTTP/1.1 200 OK\r\n")
        for n in range(20000):
            asked.writer.write(b"X-%d: %s\r\n" % (n, b"y" * 200))
            await asked.writer.drain()

    server.routes |= {
        "/drip": drip, "/endless": endless, "/silent": silent, "/headers": headers,
    }  # fmt: skip


def _bombs(server: Loopback) -> None:
    zeros = b"\0" * 50_000_000
    server.page("/bomb", gzip.compress(zeros), Content_Encoding="gzip")
    server.page("/brbomb", brotli.compress(zeros, quality=1), Content_Encoding="br")
    server.page("/deflatebomb", zlib.compress(zeros), Content_Encoding="deflate")
    twice = gzip.compress(gzip.compress(zeros))
    server.page("/twice", twice, Content_Encoding="gzip, gzip")
    server.page("/thrice", gzip.compress(b"x"), Content_Encoding="gzip, gzip, gzip")
    server.page("/zstd", b"x", Content_Encoding="zstd")
    server.page("/garbled", gzip.compress(b"")[:10] + b"\xff" * 60, Content_Encoding="gzip")
    server.page("/cut", gzip.compress(rss("x"))[:-20], Content_Encoding="gzip")


def _lies(server: Loopback) -> None:
    async def short(asked: Asked) -> None:
        asked.writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n" + rss("Cut"))
        asked.writer.close()

    async def reset(asked: Asked) -> None:
        asked.writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n<rss>")
        await asked.writer.drain()
        socket = asked.writer.get_extra_info("socket")
        socket.setsockopt(1, 13, struct.pack("ii", 1, 0))  # SO_LINGER: an RST, not a FIN
        asked.writer.transport.abort()

    async def babble(asked: Asked) -> None:
        asked.writer.write(b"\x00\xff no protocol at all \r\n\r\n")
        asked.writer.close()

    server.page("/long", rss("Long") + b" " * 500, Content_Length=str(len(rss("Long"))))
    server.routes |= {"/short": short, "/reset": reset, "/babble": babble}


def _redirects(server: Loopback) -> None:
    server.redirect("/loop", "/loop2", 301)
    server.redirect("/loop2", "/loop", 301)
    server.redirect("/file", "file:///etc/passwd", 301)
    server.redirect("/script", "javascript:alert(1)")
    server.redirect("/ftp", "ftp://127.0.0.1/feed")
    server.redirect("/nowhere", "http://[broken")
    server.redirect("/login", f"http://me:pw@127.0.0.1:{server.port}/wants")
    server.page("/wants", b"", 401, WWW_Authenticate='Basic realm="x"')
    for n in range(20):
        server.redirect(f"/far{n}", f"/far{n + 1}", 301)


def _contents(server: Loopback) -> None:
    server.page("/empty", b"")
    server.page("/page", b"<!doctype html><html><body>Sign in</body></html>")
    server.page("/binary", bytes(range(256)) * 50)
    server.page("/json", b'{"error": "no"}', Content_Type="application/json")
    nested = b"<rss version='2.0'><channel><item><description>" + b"<b>" * 60_000
    server.page("/nested", nested)
    server.page("/e500", b"", 500)
    server.page("/late", b"", 429, Retry_After="7200")
    server.page("/dated", b"", 429, Retry_After="Wed, 21 Oct 2048 07:28:00 GMT")
    server.page("/never", b"", 429, Retry_After="when it suits me")
    server.page("/e403", b"", 403)


def _good(server: Loopback) -> None:
    for n in range(5):
        server.page(f"/good{n}", rss(f"Good {n}"))
    latin = "<rss version='2.0'><channel><title>Café</title><item><title>Déjà vu</title></item>"
    body = (latin + "</channel></rss>").encode("latin-1")
    server.page("/latin", body, Content_Type="text/xml; charset=utf-8")  # the charset is a lie


REASONS = {
    "drip": "it took longer than 8 seconds",
    "endless": "it is larger than 0.2 MB",
    "silent": "nothing came from it for 6 seconds",
    "headers": "its answer is no proper HTTP",
    "bomb": "it is larger than 0.2 MB",
    "brbomb": "it is larger than 0.2 MB",
    "deflatebomb": "it is larger than 0.2 MB",
    "twice": "it is larger than 0.2 MB",
    "thrice": "it is packed more than twice over",
    "zstd": "it is packed as “zstd”, which was not asked for",
    "garbled": "what it packed cannot be unpacked",
    "cut": "what it packed ends too early",
    "long": "its answer is no proper HTTP",
    "short": "the connection ended before all had come",
    "reset": "the connection",
    "babble": "its answer is no proper HTTP",
    "loop": "it sends from one address to the next in a circle",
    "file": "it leads to a “file:” address; only http and https are read",
    "script": "it leads to a “javascript:” address; only http and https are read",
    "ftp": "it leads to a “ftp:” address; only http and https are read",
    "nowhere": "it redirects to something that is no address",
    "login": "it wants a login (401)",
    "far0": "it redirects more than 10 times",
    "empty": "the answer is empty",
    "page": "what the server sent is a web page, not a feed",
    "binary": "what the server sent is no feed",
    "json": "what the server sent is JSON, but no JSON Feed",
    "e500": "the server answers with status 500",
    "late": "the server wants fewer requests (429); it asks to wait until ",
    "dated": "the server wants fewer requests (429); it asks to wait until ",
    "never": "the server wants fewer requests (429)",
    "e403": "the server refuses it (403)",
}
GOOD = ("good0", "good1", "good2", "good3", "good4", "latin")


@pytest.fixture(scope="module")
def outcome(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[FetchReport, list[str]]]:
    """Fetch everything once, in one fetch: the report, and the titles stored."""
    with (
        Loopback() as server,
        Library.open(tmp_path_factory.mktemp("bad") / "library") as library,
    ):
        for prepare in (_endless, _bombs, _lies, _redirects, _contents, _good):
            prepare(server)
        addresses = [server.url(f"/{name}") for name in (*REASONS, "nested", *GOOD)]
        library.feeds.put([Subscription(a, a) for a in addresses], "subscribed")
        report = fetch(library, options=OPTIONS)
        yield report, [row.title for row in library.find()]


@pytest.mark.parametrize("name", REASONS)
def test_each_wrong_answer_has_its_reason(
    name: str, outcome: tuple[FetchReport, list[str]]
) -> None:
    failed = {failure.input.rsplit("/", 1)[-1]: failure.reason for failure in outcome[0].failed}
    assert failed[name].startswith(REASONS[name])


@pytest.mark.parametrize("name", REASONS)
def test_each_reason_is_told_with_what_to_do(
    name: str, outcome: tuple[FetchReport, list[str]]
) -> None:
    failed = {failure.input.rsplit("/", 1)[-1]: failure.reason for failure in outcome[0].failed}
    reason, _, do = advised(failed[name]).partition("; ")
    assert failed[name].startswith(reason)
    assert do
    assert not do.endswith(".")


def test_the_good_feeds_arrive_all_the_same(outcome: tuple[FetchReport, list[str]]) -> None:
    report, titles = outcome
    new = {r.feed.key.rsplit("/", 1)[-1] for r in report.feeds if r.result == "new"}
    assert set(GOOD) <= new
    assert "Déjà vu" in titles


def test_every_feed_has_a_result_and_no_reason_holds_a_login(
    outcome: tuple[FetchReport, list[str]],
) -> None:
    report, _ = outcome
    assert len(report.feeds) == len(REASONS) + 1 + len(GOOD)
    assert not any("pw@" in f"{failure.input} {failure.reason}" for failure in report.failed)


def test_a_feed_too_heavy_to_parse_ends_no_other(
    outcome: tuple[FetchReport, list[str]],
) -> None:
    """60,000 nested tags: read within the limits or refused, but not hanging the rest."""
    report, _ = outcome
    (nested,) = [r for r in report.feeds if r.feed.key.endswith("/nested")]
    assert nested.result in ("new", "failed", "unchanged")
