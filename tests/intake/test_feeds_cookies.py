"""Servers that send a client in circles until it brings back the cookie that they set."""

import asyncio
from collections.abc import Iterator

import pytest
from loopback import Asked, Handler, Loopback, rss

from reader.intake.http import Answer, Client, HttpError, Request


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


def gate(server: Loopback, cookie: str, wanted: str, *, status: int = 302) -> Handler:
    """Answer with the feed if the cookie came, else set it and send back to the same address."""

    async def answer(asked: Asked) -> None:
        if wanted in asked.headers.get("cookie", "").split("; "):
            await asked.send(200, rss("Sluice opens"))
        else:
            back = {"Location": server.url(asked.path), "Set-Cookie": cookie}
            await asked.send(status, b"", back)

    return answer


def ask(*addresses: str) -> list[Answer]:
    """Return the answers to requests, one after the other with one client."""

    async def run() -> list[Answer]:
        async with Client() as client:
            hosts = frozenset({"127.0.0.1", "localhost"})
            return [await client.get(Request(address, named=hosts)) for address in addresses]

    return asyncio.run(run())


def came(server: Loopback, path: str) -> bool:
    (answer,) = ask(server.url(path))
    return b"Sluice opens" in answer.body


@pytest.mark.parametrize(
    ("cookie", "wanted"),
    [
        ("seen=1; Path=/", "seen=1"),
        ("seen=1", "seen=1"),
        ('mark="a b"; Path=/; HttpOnly; SameSite=Lax', 'mark="a b"'),
        ("token=a=b==; Max-Age=60", "token=a=b=="),
        ("odd=caf%C3%A9,x; Expires=Wed, 02 Dec 2099 10:00:00 GMT", "odd=caf%C3%A9,x"),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_server_that_waits_for_its_own_cookie_gets_it(
    server: Loopback, cookie: str, wanted: str, status: int
) -> None:
    server.routes["/quay/feed"] = gate(server, cookie, wanted, status=status)
    assert came(server, "/quay/feed")


def test_a_cookie_is_carried_by_way_of_a_gate_page_and_back(server: Loopback) -> None:
    """As journals do: the feed sends to a gate, the gate sets the cookie and sends back."""

    async def feed(asked: Asked) -> None:
        if "pass=yes" in asked.headers.get("cookie", ""):
            await asked.send(200, rss("Sluice opens"))
        else:
            await asked.send(302, b"", {"Location": "/gate?step=1"})

    async def gate_(asked: Asked) -> None:
        told = {"Location": "/feed", "Set-Cookie": "pass=yes; Path=/"}
        await asked.send(302, b"", told)

    server.routes |= {"/feed": feed, "/gate?step=1": gate_}
    assert came(server, "/feed")


def test_cookies_end_with_their_chain_and_stay_with_their_host(server: Loopback) -> None:
    with Loopback() as other:
        other.page("/end", rss("Sluice opens"))

        async def away(asked: Asked) -> None:
            told = {"Location": f"http://localhost:{other.port}/end", "Set-Cookie": "mine=1"}
            await asked.send(302, b"", told)

        server.routes["/start"] = away
        server.page("/plain", rss("Sluice opens"))
        answers = ask(server.url("/start"), other.url("/end"), server.url("/plain"))
        assert all(b"Sluice opens" in answer.body for answer in answers)
        assert all("cookie" not in asked.headers for asked in (*server.log, *other.log))


def test_a_cookie_that_is_refused_for_this_path_does_not_open_the_circle(server: Loopback) -> None:
    server.routes["/feed"] = gate(server, "seen=1; Path=/elsewhere", "seen=1")
    with pytest.raises(HttpError, match="circle"):
        ask(server.url("/feed"))
    assert len(server.asked("/feed")) == 1


def test_a_server_that_sets_another_cookie_each_time_is_left_in_the_end(server: Loopback) -> None:
    count = iter(range(1000))

    async def answer(asked: Asked) -> None:
        told = {"Location": server.url(asked.path), "Set-Cookie": f"n={next(count)}"}
        await asked.send(302, b"", told)

    server.routes["/feed"] = answer
    with pytest.raises(HttpError, match="redirects more than"):
        ask(server.url("/feed"))
    assert len(server.log) < 20
