"""Texts completed from their pages: which, how politely, and what is tried again later."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from loopback import Asked, Loopback, rss
from teasers import PAGE, QUICK, subscribe

from reader.intake import full_text
from reader.intake.feed_settings import FeedSettings
from reader.intake.full_text import CompletionReport
from reader.intake.round import fetch_round
from reader.library import Library
from reader.model import ArticleId


def test_texts_are_left_as_they_are_until_completing_is_asked_for(
    server: Loopback, library: Library
) -> None:
    subscribe(library, server, "Ferry sails")
    assert fetch_round(library, None, FeedSettings(), QUICK).completion.completed == ()
    assert server.asked("/n0") == []


def test_a_teaser_is_completed_from_its_page_and_stays_so(
    server: Loopback, library: Library
) -> None:
    subscribe(library, server, "Ferry sails", full_text="short")
    report = fetch_round(library, None, FeedSettings(), QUICK)
    assert len(report.completion.completed) == 1
    article = library.article(report.completion.completed[0])
    assert article.text.startswith("The text of Ferry sails. The ferry between Orrin and Tolm")
    assert article.text.endswith("over the bridge until now.")
    assert (article.title, article.source) == ("Ferry sails", "The Orrin Herald")
    assert not article.excerpt
    assert (article.revision, article.url) == (2, server.url("/n0"))
    server.page("/feed", rss("Ferry sails", "Other", link=server.url("/n")))
    again = fetch_round(library, None, FeedSettings(), QUICK)
    assert article.id in again.fetched.unchanged
    assert library.article(article.id) == article
    corrected = rss("Ferry sails", link=server.url("/n")).replace(b"The text", b"A new text")
    server.page("/feed", corrected)
    server.page("/n0", PAGE.format("Ferry sails").replace("calm", "rough").encode())
    third = fetch_round(library, None, FeedSettings(), QUICK)
    assert third.completion.completed == (article.id,)
    assert "rough water" in library.article(article.id).text


def test_pages_of_one_host_are_asked_for_one_after_another_and_failures_are_named(
    server: Loopback, library: Library
) -> None:
    subscribe(library, server, *(f"Report {n}" for n in range(5)))

    async def slow(asked: Asked) -> None:
        await asyncio.sleep(0.03)
        await asked.send(200, PAGE.format(f"Report {asked.path[2:]}").encode())

    for n in range(3):
        server.routes[f"/n{n}"] = slow
    server.page("/n3", b"", 404)
    server.page("/n4", b"<html><body><a href='/'>Only a menu</a></body></html>")
    added = fetch_round(library, None, FeedSettings(), QUICK).fetched.added
    server.most_at_once = 0
    report = full_text.complete(library, added, http=QUICK.http, pause=0.0)
    assert server.most_at_once == 1
    assert len(report.completed) == 3
    assert sorted(failure.input[-3:] for failure in report.failed) == ["/n3", "/n4"]
    assert "no article was found" in " ".join(failure.reason for failure in report.failed)


def completed(library: Library) -> CompletionReport:
    return fetch_round(library, None, FeedSettings(), QUICK).completion


def due(library: Library, *, days: float = 0) -> list[ArticleId]:
    return library.feeds.pages.due(datetime.now(UTC) + timedelta(days=days))


def test_a_page_that_fails_is_asked_for_again_later_and_not_before(
    server: Loopback, library: Library
) -> None:
    subscribe(library, server, "Ferry sails", full_text="short")
    page = server.routes["/n0"]
    server.page("/n0", b"", 500)
    first = completed(library)
    assert [failure.reason for failure in first.failed] == ["the server answers with status 500"]
    (id_,) = library.ids()
    assert library.article(id_).excerpt
    assert (due(library), due(library, days=1)) == ([], [id_])
    assert completed(library) == CompletionReport()
    assert len(server.asked("/n0")) == 1
    server.routes["/n0"] = page
    library.feeds.pages.later(id_, datetime.now(UTC), failures=1, reason="")  # as time goes by
    assert completed(library).completed == (id_,)
    assert not library.article(id_).excerpt
    assert due(library, days=365) == []


def test_a_page_that_goes_on_failing_is_asked_for_less_often_and_given_up(
    server: Loopback, library: Library
) -> None:
    subscribe(library, server, "Ferry sails", full_text="always")
    server.page("/n0", b"", 404)
    waits = []
    for _ in range(full_text.MOST_FAILURES):
        completed(library)
        waits.append(next((m for m in range(2000) if due(library, days=m / 1440)), None))
        for id_, failures in library.feeds.pages.failures(library.ids()).items():
            library.feeds.pages.later(id_, datetime.now(UTC), failures=failures, reason="")
    told = [wait for wait in waits if wait is not None]
    assert len(told) == full_text.MOST_FAILURES - 1
    assert all(2.0**n * 5 <= wait <= 2.0**n * 10 + 1 for n, wait in enumerate(told[:7]))
    assert due(library, days=365) == []


def test_a_host_that_asks_to_wait_is_left_alone_with_all_its_pages(
    server: Loopback, library: Library
) -> None:
    subscribe(library, server, *(f"Report {n}" for n in range(4)), full_text="short")
    for n in range(4):
        server.page(f"/n{n}", b"", 429, Retry_After="7200")
    report = completed(library)
    assert len(report.failed) == 1
    assert sum(len(server.asked(f"/n{n}")) for n in range(4)) == 1
    assert (due(library, days=1.9 / 24), len(due(library, days=2.1 / 24))) == ([], 4)


def test_what_one_go_does_not_get_to_comes_with_the_next(
    server: Loopback, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_text, "MOST", 1)
    subscribe(library, server, "Ferry sails", "Market day", full_text="short")
    assert len(completed(library).completed) == 1
    monkeypatch.setattr(full_text, "MOST", 300)
    stopped = fetch_round(library, None, FeedSettings(), QUICK, stop=lambda: True)
    assert stopped.completion == CompletionReport()
    assert len(completed(library).completed) == 1
    assert due(library, days=365) == []
