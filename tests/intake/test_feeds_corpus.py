"""All of feedparser's own test feeds over the real path: a server, a fetch, the library."""

import calendar
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from loopback import Loopback, rss

from reader.intake.bodies import line_of_html
from reader.intake.fetch import FetchOptions, FetchReport, fetch
from reader.intake.fields import address_of, text_of
from reader.intake.http import HttpLimits
from reader.library import Library
from reader.model import Article, Subscription, identity_of

_COMMENT = re.compile(rb"\s*(?:<\?xml[^>]*\?>)?\s*<!--(.*?)-->", re.DOTALL)
_HEADER = re.compile(r"^\s*Header:\s*([^:\s]+):\s*(.*?)\s*$", re.MULTILINE)
_TAG = re.compile(
    r"<(?:script|style|iframe|img|object|embed|form|a|meta|link|svg)[\s>/]", re.IGNORECASE
)

Expected = tuple[str, str | None, str, int | None]


def headers_of(data: bytes) -> dict[str, str]:
    """Return the headers that a file says in its first comment it is served with."""
    comment = _COMMENT.match(data)
    if comment is None:
        return {}
    found = _HEADER.findall(comment[1].decode("latin-1"))
    return {name: value for name, value in found if value.isprintable()}


def by_feedparser(data: bytes, headers: dict[str, str], address: str) -> list[Expected]:
    """Return (title, link, id, time) of each entry as feedparser sees it."""
    import feedparser

    told = {name.lower(): value for name, value in headers.items()}
    base = told.get("content-location", "")
    if not base.startswith("http"):
        from urllib.parse import urljoin

        joined = urljoin(address, base)
        base = joined if joined.startswith("http") else address
    found = feedparser.parse(io.BytesIO(data), response_headers={**told, "content-location": base})
    entries = []
    for entry in found.entries:
        title = entry.get("title", "")
        if entry.get("title_detail", {}).get("type") != "text/plain":
            title = line_of_html(title)
        link = address_of(entry.get("link"))
        when = next(
            (w for n in ("published", "updated", "created") if (w := entry.get(f"{n}_parsed"))),
            None,
        )
        guid = text_of(entry.get("id")) or link or ""
        entries.append((text_of(title) or "", link, guid, calendar.timegm(when) if when else None))
    return entries


@dataclass
class Outcome:
    report: FetchReport
    served: dict[str, tuple[bytes, dict[str, str]]]
    """Address -> body and headers."""
    articles: dict[str, list[Article]]


@pytest.fixture(scope="module")
def outcome(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """Serve every file and a good feed, fetch all in one go, and read what was stored."""
    folder = shared / "feeds" / "feedparser"
    if not folder.is_dir():
        pytest.skip("the feeds are not here")
    with (
        Loopback() as server,
        Library.open(tmp_path_factory.mktemp("corpus") / "library") as library,
    ):
        served = {}
        for file in sorted(folder.rglob("*.xml")):
            path = "/" + quote(str(file.relative_to(folder)))
            body = file.read_bytes()
            headers = headers_of(body)
            server.page(path, body, 200, **{"Content-Type": "application/xml", **headers})
            served[server.url(path)] = body, headers
        server.page("/good", rss("Good"))
        addresses = [*served, server.url("/good")]
        library.feeds.put([Subscription(a, a) for a in addresses], "subscribed")
        options = FetchOptions(http=HttpLimits(total=120, per_host=8), attempts=1)
        report = fetch(library, options=options)
        articles: dict[str, list[Article]] = {}
        for result in report.feeds:
            articles[result.feed.key] = library.articles(result.added)
        yield Outcome(report, served, articles)


def test_no_feed_is_lost_and_the_good_one_arrives(outcome: Outcome) -> None:
    assert len(outcome.report.feeds) == len(outcome.served) + 1
    (good,) = [r for r in outcome.report.feeds if r.feed.key.endswith("/good")]
    assert len(good.added) == 1


def test_what_failed_is_no_feed_or_has_a_reason(outcome: Outcome) -> None:
    assert all(failure.reason for failure in outcome.report.failed)
    assert not [f for f in outcome.report.failed if "unexpected" in f.reason]
    wellformed = [f for f in outcome.report.failed if "/wellformed/" in f.input]
    assert len(wellformed) <= 0.02 * len(outcome.served)


def test_entries_are_those_that_feedparser_finds(outcome: Outcome) -> None:
    """At least 97 of 100 well-formed files: titles, links, ids and dates."""
    wellformed = {a: s for a, s in outcome.served.items() if "/wellformed/" in a}
    different = []
    for address, (body, headers) in wellformed.items():
        served = {"Content-Type": "application/xml", **headers}
        expected = {
            identity_of(feed=address, guid=guid): (title, link, when)
            for title, link, guid, when in by_feedparser(body, served, address)
            if guid
        }
        got = {
            a.identity: (a.title, a.url, int(a.published.timestamp()) if a.published else None)
            for a in outcome.articles[address]
        }
        for identity, (title, link, when) in expected.items():
            shown = got.get(identity)
            # an entry without a title is called by its first words or its address
            if shown is None or (title and shown[0] != title) or shown[1:] != (link, when):
                different.append((address, (title, link, when), shown))
                break
    assert len(different) <= 0.03 * len(wellformed), different[:10]


def test_untitled_entries_without_an_id_are_kept_too(outcome: Outcome) -> None:
    """As many entries as feedparser finds, of those that say anything at all."""
    fewer = []
    for address, (body, headers) in outcome.served.items():
        if "/wellformed/" not in address:
            continue
        served = {"Content-Type": "application/xml", **headers}
        entries = by_feedparser(body, served, address)
        telling = {e for e in entries if any(e[:3])}
        if len(outcome.articles[address]) < len(telling):
            fewer.append(address)
    assert len(fewer) <= 0.01 * len(outcome.served), fewer[:10]


def test_what_is_shown_holds_no_control_character_and_no_live_markup(outcome: Outcome) -> None:
    for address, articles in outcome.articles.items():
        for article in articles:
            shown = [article.title, article.text, article.author or "", article.source]
            shown += [link.url for link in article.links] + [article.url or "", *article.leftovers]
            for text in shown:
                bad = [
                    c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"
                ]
                assert not bad, address
            if "/sanitize/" in address:
                assert not _TAG.search(article.text), address


def test_only_web_and_mail_addresses_are_kept(outcome: Outcome) -> None:
    for articles in outcome.articles.values():
        for article in articles:
            urls = [link.url for link in article.links] + ([article.url] if article.url else [])
            assert all(re.match(r"(?:https?://|mailto:)", url, re.IGNORECASE) for url in urls)
