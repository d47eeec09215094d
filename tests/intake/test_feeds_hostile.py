"""Feeds made to harm: bombs of entities, files of this machine, deep nesting, endless titles.

Each comes the whole way: over the wire, through a worker process, into the library.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from loopback import Loopback, rss

from reader.intake.fetch import FeedResult, FetchOptions, fetch
from reader.intake.http import HttpLimits
from reader.intake.parsing import ParseLimits
from reader.library import Library
from reader.model import Article, Subscription

OPTIONS = FetchOptions(
    http=HttpLimits(total=120, per_host=50), parsing=ParseLimits(seconds=60.0), attempts=1,
    stories=False,
)  # fmt: skip
SECRET = "the contents of a file of this machine"


def item(title: str = "Title", body: str = "Body", guid: str = "1") -> str:
    return (
        f"<item><title>{title}</title><guid>{guid}</guid><link>http://a.example/{guid[:9]}</link>"
        f"<description>{body}</description></item>"
    )


def feed(*items: str, dtd: str = "", title: str = "The Herald") -> bytes:
    return (
        f"<?xml version='1.0'?>{dtd}<rss version='2.0'><channel><title>{title}</title>"
        f"<link>http://a.example/</link>{''.join(items)}</channel></rss>"
    ).encode()


def html(markup: str) -> str:
    return f"<![CDATA[{markup}]]>"


LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
CELLS = ("<tr>" + "<td>x</td>" * 100 + "</tr>") * 50
ENDLESS = 2_000_000
ADDRESS = f"http://a.example/{'l' * ENDLESS}"


@dataclass
class Outcome:
    results: dict[str, FeedResult] = field(default_factory=dict)
    articles: dict[str, list[Article]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """Fetch all of them once, in one fetch."""
    place = tmp_path_factory.mktemp("hostile")
    secret = place / "secret"
    secret.write_text(SECRET)
    with Loopback() as server, Library.open(place / "library") as library:
        for name, body in bodies(secret.as_uri(), server.url("/asked")).items():
            server.page(f"/{name}", body, Content_Type="application/xml")
            library.feeds.put([Subscription(server.url(f"/{name}"), server.url(f"/{name}"))], "x")
        report = fetch(library, options=OPTIONS)
        found = Outcome(asked=[asked.path for asked in server.log])
        for result in report.feeds:
            name = result.feed.key.rsplit("/", 1)[-1]
            found.results[name] = result
            found.articles[name] = library.articles(result.added)
        yield found


def bodies(file: str, trap: str) -> dict[str, bytes]:
    def entity(told: str) -> str:
        return f"<!DOCTYPE r [<!ENTITY e {told}>]>"

    both = item("Told: &e;", "Told: &e;")
    deep = "<p>Before.</p>" + "<font>" * 400 + "<p>Inside.</p>" + "</font>" * 400 + "<p>After.</p>"
    tables = "<table><tr><td>" * 3000 + "Inmost"
    return {
        "laughs": feed(item("&l11;", "&l11;"), dtd=f"<!DOCTYPE r [<!ENTITY l0 'ha'>{LAUGHS}]>"),
        "quadratic": feed(item("&e;" * 20_000), dtd=entity(f"'{'a' * 50_000}'")),
        "file": feed(both, dtd=entity(f"SYSTEM '{file}'")),
        "address": feed(both, dtd=entity(f"SYSTEM '{trap}'")),
        "dtd": feed(item(), dtd=f"<!DOCTYPE rss SYSTEM '{trap}'>"),
        "parameter": feed(both, dtd=f"<!DOCTYPE r [<!ENTITY % p SYSTEM '{trap}'>%p;]>"),
        "include": feed(
            item("X", f"<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='{file}'/>")
        ),
        "deepxml": feed(item("Deep", "<a>" * 20_000 + "</a>" * 20_000), item("Next", guid="2")),
        "deephtml": feed(item("Deep", html(deep))),
        "deeptables": feed(item("Deep", html(tables))),
        "deepjson": b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 200_000,
        "title": feed(item("t" * ENDLESS)),
        "words": feed(item("word " * (ENDLESS // 5))),
        "marks": feed(item("e" + "\u0301" * (ENDLESS // 2))),
        "name": feed(item(), title="n" * ENDLESS),
        "guid": feed(item(guid="g" * ENDLESS)),
        "link": feed(f"<item><guid>1</guid><title>L</title><link>{ADDRESS}</link></item>"),
        "entries": feed(*(item(guid=str(n)) for n in range(1500))),
        "enclosures": feed(
            "<item><title>E</title><guid>1</guid>"
            + "".join(f"<enclosure url='http://a/{n}.mp3'/>" for n in range(500))
            + "</item>"
        ),
        "cells": feed(item("Cells", html(f"<table>{CELLS}</table>"))),
        "span": feed(item("Span", html("<table><tr><td colspan='999999999'>A</td></tr></table>"))),
        "attributes": feed(
            item("A", html(f"<p {' '.join(f'a{n}=x' for n in range(20_000))}>Words.</p>"))
        ),
        "good": rss("Good"),
    }  # fmt: skip


def only(outcome: Outcome, name: str) -> Article:
    assert outcome.results[name].reason == ""
    (article,) = outcome.articles[name]
    return article


def test_no_feed_is_lost_and_the_good_one_arrives(outcome: Outcome) -> None:
    assert all(result.result in ("new", "failed") for result in outcome.results.values())
    assert only(outcome, "good").title == "Good"


@pytest.mark.parametrize("name", ["laughs", "quadratic"])
def test_entities_are_not_multiplied(outcome: Outcome, name: str) -> None:
    article = only(outcome, name)
    assert len(article.title) <= 1000
    assert len(article.text) < 1000


@pytest.mark.parametrize("name", ["file", "address", "dtd", "parameter", "include"])
def test_nothing_is_taken_from_files_and_other_addresses(outcome: Outcome, name: str) -> None:
    article = only(outcome, name)
    assert SECRET not in f"{article.title} {article.text}"
    assert "/asked" not in outcome.asked


def test_an_entry_nested_too_deeply_costs_no_other(outcome: Outcome) -> None:
    assert [article.title for article in outcome.articles["deepxml"]] == ["Deep", "Next"]


def test_the_text_of_html_nested_too_deeply_is_kept(outcome: Outcome) -> None:
    assert only(outcome, "deephtml").text == "Before.\n\nInside.\n\nAfter."
    assert only(outcome, "deeptables").text == "Inmost"


def test_deep_json_is_refused_in_a_sentence(outcome: Outcome) -> None:
    assert outcome.results["deepjson"].reason in (
        "what the server sent is not valid JSON",
        "its parts are nested too deeply to be read",
    )


@pytest.mark.parametrize("name", ["title", "words", "marks"])
def test_an_endless_title_is_cut(outcome: Outcome, name: str) -> None:
    assert 0 < len(only(outcome, name).title) <= 1000


def test_an_endless_name_of_a_feed_is_cut(outcome: Outcome) -> None:
    assert 0 < len(only(outcome, "name").source) <= 1000


@pytest.mark.parametrize("name", ["guid", "link"])
def test_an_endless_guid_or_address_is_no_harm(outcome: Outcome, name: str) -> None:
    article = only(outcome, name)
    assert len(article.identity) < 10_000
    assert len(article.url or "") < 10_000


def test_so_many_entries_and_enclosures_are_taken_and_no_more(outcome: Outcome) -> None:
    assert len(outcome.articles["entries"]) == 1000
    assert outcome.results["entries"].left_out == 500
    assert only(outcome, "enclosures").text.count("Attachment:") == 20


@pytest.mark.parametrize(("name", "words"), [("cells", "x"), ("span", "A"), ("attributes", "Wo")])
def test_tables_and_attributes_without_end_are_read(
    outcome: Outcome, name: str, words: str
) -> None:
    assert only(outcome, name).text.startswith(words)
