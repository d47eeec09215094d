"""When the disk fails in the middle of a fetch, nothing is half done and the next one brings it."""

import sqlite3

import pytest
from loopback import Asked, Loopback, rss

from reader.errors import LibraryError
from reader.intake.fetch import FetchOptions, fetch
from reader.intake.http import HttpLimits
from reader.library import Library
from reader.library.archive import Archive
from reader.library.feeds import Feeds
from reader.model import Subscription

QUICK = FetchOptions(http=HttpLimits(total=60, per_host=50), pause=0.01, seed=1)


@pytest.fixture
def served(server: Loopback, library: Library) -> Loopback:
    """Serve two feeds that answer 304 to who knows them already."""
    for name in ("one", "two"):
        body = rss(*(f"{name} {n}" for n in range(20)))

        async def answer(asked: Asked, body: bytes = body, name: str = name) -> None:
            if asked.headers.get("if-none-match") == f'"{name}"':
                await asked.send(304)
            else:
                await asked.send(200, body, {"ETag": f'"{name}"'})

        server.routes[f"/{name}"] = answer
    addresses = [server.url("/one"), server.url("/two")]
    library.feeds.put([Subscription(a, a) for a in addresses], "subscribed")
    return server


@pytest.mark.parametrize("error", ["disk I/O error", "database or disk is full"])
def test_an_error_while_articles_are_stored_keeps_no_feed_from_being_asked_again(
    served: Loopback, library: Library, monkeypatch: pytest.MonkeyPatch, error: str
) -> None:
    store, count = Archive.add, 0

    def failing(self: Archive, connection: sqlite3.Connection, *given: object) -> object:
        nonlocal count
        count += 1
        if count == 25:
            raise sqlite3.OperationalError(error)
        return store(self, connection, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Archive, "add", failing)
    with pytest.raises(LibraryError, match=r"archive\.sqlite3"):
        fetch(library, options=QUICK)
    monkeypatch.undo()
    assert library.count() in {0, 20}, "a feed's articles come together or not at all"
    assert library.check(thorough=True) == []
    fetch(library, options=QUICK)
    assert library.count() == 40
    assert library.check(thorough=True) == []


def test_articles_whose_feeds_state_was_not_kept_are_brought_again_and_not_doubled(
    served: Loopback, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise LibraryError("the disk gave an error")

    monkeypatch.setattr(Feeds, "keep", failing)
    with pytest.raises(LibraryError, match="the disk gave an error"):
        fetch(library, options=QUICK)
    monkeypatch.undo()
    report = fetch(library, options=QUICK)
    assert library.count() == 40
    assert report.unchanged, "they were there already"
    assert not report.changed
