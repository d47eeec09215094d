"""Feeds that are served as they should be: what comes, what is asked, what is kept."""

import gzip
import shutil
import ssl
import subprocess
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest
from loopback import Asked, Loopback, rss

from reader.intake.fetch import FetchOptions, FetchReport, fetch
from reader.intake.http import HttpLimits
from reader.library import Library
from reader.model import FeedState, Subscription

QUICK = FetchOptions(http=HttpLimits(total=60, per_host=50), pause=0.01, seed=1)


def subscribe(library: Library, *addresses: str, name: str = "") -> None:
    library.feeds.put([Subscription(a, a, name=name) for a in addresses], "subscribed")


def results(report: FetchReport) -> dict[str, str]:
    return {result.feed.address.rsplit("/", 1)[-1]: result.result for result in report.feeds}


def test_entries_become_articles_and_come_only_once(server: Loopback, library: Library) -> None:
    server.page("/feed", rss("One", "Two"))
    subscribe(library, server.url("/feed"))
    first = fetch(library, options=QUICK)
    assert (len(first.added), len(first.changed)) == (2, 0)
    assert {row.title for row in library.find()} == {"One", "Two"}
    article = library.article(first.added[0])
    assert (article.source, article.text) == ("The Orrin Herald", "The text of One.")
    assert article.identity == f"entry:{server.url('/feed')}\tOne"
    server.page("/feed", rss("One", "Two", "Three"))
    second = fetch(library, options=QUICK)
    assert (len(second.added), len(second.unchanged)) == (1, 2)


def test_a_changed_entry_is_the_next_revision(server: Loopback, library: Library) -> None:
    server.page("/feed", rss("One"))
    subscribe(library, server.url("/feed"))
    (id_,) = fetch(library, options=QUICK).added
    server.page("/feed", rss("One").replace(b"The text", b"The corrected text"))
    assert fetch(library, options=QUICK).changed == (id_,)
    assert library.article(id_).revision == 2
    assert library.article(id_).text == "The corrected text of One."
    assert library.article(id_, revision=1).text == "The text of One."


def test_what_did_not_change_is_asked_for_conditionally(server: Loopback, library: Library) -> None:
    async def answer(asked: Asked) -> None:
        if asked.headers.get("if-none-match") == '"v1"':
            await asked.send(304)
        else:
            stamp = "Mon, 03 Apr 2023 01:02:03 GMT"
            await asked.send(200, rss("One"), {"ETag": '"v1"', "Last-Modified": stamp})

    server.routes["/feed"] = answer
    subscribe(library, server.url("/feed"))
    fetch(library, options=QUICK)
    report = fetch(library, options=QUICK)
    assert results(report) == {"feed": "unchanged"}
    last = server.asked("/feed")[-1].headers
    assert last["if-none-match"] == '"v1"'
    assert last["if-modified-since"] == "Mon, 03 Apr 2023 01:02:03 GMT"


def test_a_feed_that_comes_in_another_encoding_than_before_brings_the_same_articles(
    server: Loopback, library: Library
) -> None:
    text = rss("Déjà vu", "Größe").decode().replace("The text of", "Le café de")
    subscribe(library, server.url("/feed"))
    reports = []
    for encoding in ("utf-8", "iso-8859-1", "utf-16"):
        body = text.replace("encoding='utf-8'", f"encoding='{encoding}'").encode(encoding)
        server.page("/feed", body, Content_Type="application/rss+xml")
        reports.append(fetch(library, options=QUICK))
    assert [(len(r.added), len(r.changed), len(r.unchanged)) for r in reports] == [
        (2, 0, 0), (0, 0, 2), (0, 0, 2),
    ]  # fmt: skip
    assert {row.title for row in library.find()} == {"Déjà vu", "Größe"}


def test_packed_feeds_are_unpacked(server: Loopback, library: Library) -> None:
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(rss("gzip")),
        "members": gzip.compress(rss("members")[:100]) + gzip.compress(rss("members")[100:]),
        "deflate": zlib.compress(rss("deflate")),
        "raw": raw.compress(rss("raw")) + raw.flush(),
        "br": brotli.compress(rss("br")),
        "plain": rss("plain"),
    }
    names = {"members": "gzip", "raw": "deflate", "plain": "gzip"}
    for name, body in packed.items():
        server.page(f"/{name}", body, Content_Encoding=names.get(name, name))
    subscribe(library, *map(server.url, (f"/{name}" for name in packed)))
    report = fetch(library, options=QUICK)
    assert not report.failed
    assert {row.title for row in library.find()} == set(packed)
    assert server.asked("/br")[0].headers["accept-encoding"] == "gzip, deflate, br"


def test_a_feed_that_moved_for_good_is_asked_for_at_its_new_address(
    server: Loopback, library: Library
) -> None:
    server.redirect("/old", "/older", 301)
    server.redirect("/older", "/new", 308)
    server.page("/new", rss("One"))
    server.redirect("/today", "/new", 302)
    subscribe(library, server.url("/old"), server.url("/today"))
    first = fetch(library, options=QUICK)
    addresses = {feed.key: feed.address for feed in library.feeds.all()}
    assert addresses[server.url("/old")] == server.url("/new")
    assert addresses[server.url("/today")] == server.url("/today")
    fetch(library, options=QUICK)
    assert len(server.asked("/old")) == 1
    # the articles keep their identity, which is made from the address of the first day
    assert library.count() == len(first.added) == 2


def test_one_host_is_not_asked_more_at_once_than_allowed(
    server: Loopback, library: Library
) -> None:
    import asyncio

    async def slow(asked: Asked) -> None:
        await asyncio.sleep(0.02)
        await asked.send(200, rss(asked.path))

    paths = [f"/{n}" for n in range(12)]
    server.routes.update(dict.fromkeys(paths, slow))
    subscribe(library, *map(server.url, paths))
    options = FetchOptions(http=HttpLimits(total=60, per_host=3))
    assert len(fetch(library, options=options).added) == 12
    assert 2 <= server.most_at_once <= 3


def test_a_failure_that_passes_is_tried_again_and_one_that_stays_is_not(
    server: Loopback, library: Library
) -> None:
    async def better(asked: Asked) -> None:
        if len(server.asked(asked.path)) < 3:
            await asked.send(500)
        else:
            await asked.send(200, rss("Late"))

    server.routes["/better"] = better
    server.page("/never", b"", 404)
    subscribe(library, server.url("/better"), server.url("/never"))
    report = fetch(library, options=QUICK)
    assert results(report) == {"better": "new", "never": "failed"}
    assert len(server.asked("/better")) == 3
    assert len(server.asked("/never")) == 1
    assert report.failed[0].reason.startswith("there is nothing at this address (404)")


def test_a_server_that_names_a_time_is_left_alone_until_then(
    server: Loopback, library: Library
) -> None:
    from email.utils import format_datetime

    hour = datetime.now(UTC) + timedelta(hours=1)
    server.page("/seconds", b"", 429, Retry_After="3600")
    server.page("/date", b"", 503, Retry_After=format_datetime(hour, usegmt=True))
    subscribe(library, server.url("/seconds"), server.url("/date"))
    report = fetch(library, options=QUICK)
    assert all("it asks to wait until" in failure.reason for failure in report.failed)
    assert len(report.failed) == 2
    for result in report.feeds:
        assert result.until is not None
        assert abs(result.until - hour) < timedelta(seconds=30)
    again = fetch(library, options=QUICK)
    assert results(again) == {"seconds": "waiting", "date": "waiting"}
    assert len(server.log) == 2


def test_a_short_wait_is_waited_at_once(server: Loopback, library: Library) -> None:
    async def busy(asked: Asked) -> None:
        if len(server.asked(asked.path)) == 1:
            await asked.send(503, b"", {"Retry-After": "0"})
        else:
            await asked.send(200, rss("One"))

    server.routes["/feed"] = busy
    subscribe(library, server.url("/feed"))
    assert results(fetch(library, options=QUICK)) == {"feed": "new"}


def test_a_feed_that_is_gone_for_good_is_asked_for_once(server: Loopback, library: Library) -> None:
    server.page("/feed", b"", 410)
    subscribe(library, server.url("/feed"))
    assert results(fetch(library, options=QUICK)) == {"feed": "failed"}
    assert results(fetch(library, options=QUICK)) == {"feed": "gone"}
    assert len(server.log) == 1
    named = library.feeds.named(server.url("/feed"))
    server.page("/feed", rss("Back"))
    assert results(fetch(library, named, QUICK)) == {"feed": "new"}
    assert not library.feeds.states()[server.url("/feed")].gone


def test_automatic_fetches_leave_a_failing_feed_alone_for_a_while(
    server: Loopback, library: Library
) -> None:
    server.page("/feed", b"", 404)
    subscribe(library, server.url("/feed"))
    fetch(library, options=QUICK)
    state = library.feeds.states()[server.url("/feed")]
    assert state.failures == 1
    assert state.not_before
    assert timedelta(minutes=4) < state.not_before - datetime.now(UTC) < timedelta(minutes=10)
    automatic = FetchOptions(http=QUICK.http, automatic=True)
    assert results(fetch(library, options=automatic)) == {"feed": "waiting"}
    assert results(fetch(library, options=QUICK)) == {"feed": "failed"}


def test_private_addresses_are_asked_only_where_the_reader_named_them(
    server: Loopback, library: Library
) -> None:
    """A redirect from a named host to loopback under another name is refused."""
    server.redirect("/away", f"http://localhost:{server.port}/secret")
    server.redirect("/number", f"http://2130706433:{server.port}/secret")
    server.redirect("/mapped", f"http://[::ffff:127.0.0.1]:{server.port}/secret")
    server.redirect("/zero", f"http://0.0.0.0:{server.port}/secret")
    server.page("/secret", rss("Secret"))
    paths = ["/away", "/number", "/mapped", "/zero"]
    subscribe(library, *map(server.url, paths))
    report = fetch(library, options=QUICK)
    assert len(report.failed) == 4
    # a number in the place of a host is no address at all
    reasons = ("private network", "no address")
    assert [f for f in report.failed if not any(r in f.reason for r in reasons)] == []
    assert server.asked("/secret") == []


def test_a_name_that_stands_for_a_private_address_is_refused(
    server: Loopback, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    real = socket.getaddrinfo

    def resolved(host: str, *rest: object, **more: object) -> object:
        return real("127.0.0.1" if host == "rebound.example" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    server.redirect("/feed", f"http://rebound.example:{server.port}/secret")
    server.page("/secret", rss("Secret"))
    subscribe(library, server.url("/feed"))
    assert "private network" in fetch(library, options=QUICK).failed[0].reason
    assert server.asked("/secret") == []


def test_a_name_that_was_public_may_not_lead_inside_later(
    server: Loopback, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first stood for a public address when it was added; the second has not answered yet."""
    import socket

    real = socket.getaddrinfo

    def resolved(host: str, *rest: object, **more: object) -> object:
        return real("127.0.0.1" if host.endswith(".example") else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    server.page("/feed", rss("One"))
    once, new = (f"http://{name}.example:{server.port}/feed" for name in ("once", "new"))
    library.feeds.put([Subscription(once, once, private=False), Subscription(new, new)], "x")
    report = fetch(library, options=QUICK)
    assert [failure.input for failure in report.failed] == [once]
    assert "private network" in report.failed[0].reason
    assert library.feeds.get(new).private is True
    assert len(server.log) == 1


def test_a_proxy_of_the_environment_is_used(
    server: Loopback, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.page("http://far.example/feed", rss("Through"))
    monkeypatch.setenv("http_proxy", f"http://me:secret@127.0.0.1:{server.port}")
    subscribe(library, "http://far.example/feed")
    assert len(fetch(library, options=QUICK).added) == 1
    assert server.log[0].headers["proxy-authorization"] == "Basic bWU6c2VjcmV0"


def test_an_authority_of_the_environment_is_trusted_and_a_stranger_is_not(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -days 2"
    name = ["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command.split(), *name], check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    with Loopback(tls=tls) as server:
        server.page("/feed", rss("One"))
        subscribe(library, server.url("/feed"))
        report = fetch(library, options=QUICK)
        assert report.failed[0].reason == "its certificate cannot be trusted"
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        assert len(fetch(library, options=QUICK).added) == 1


def test_muted_feeds_are_left_out_unless_named(server: Loopback, library: Library) -> None:
    server.page("/feed", rss("One"))
    muted = Subscription(server.url("/feed"), server.url("/feed"), muted=True)
    library.feeds.put([muted], "subscribed")
    assert fetch(library, options=QUICK).feeds == ()
    assert len(fetch(library, [muted], QUICK).added) == 1


def test_articles_have_the_name_that_the_reader_gave_the_feed(
    server: Loopback, library: Library
) -> None:
    server.page("/feed", rss("One"))
    subscribe(library, server.url("/feed"), name="My Herald")
    (id_,) = fetch(library, options=QUICK).added
    assert library.article(id_).source == "My Herald"
    (feed,) = library.feeds.all()
    assert feed.title == "The Orrin Herald"


def test_a_feed_that_calls_itself_otherwise_is_still_one_outlet(
    server: Loopback, library: Library
) -> None:
    server.page("/feed", rss("One"))
    subscribe(library, server.url("/feed"))
    fetch(library, options=QUICK)
    server.page("/feed", rss("One", "Two", title="The New Herald"))
    report = fetch(library, options=QUICK)
    assert (len(report.added), len(report.changed), len(report.unchanged)) == (1, 0, 1)
    assert {row.source for row in library.find()} == {"The New Herald"}


def test_nothing_is_forgotten_about_a_feed_between_two_fetches(library: Library) -> None:
    state = FeedState(
        "http://a.example/", etag='"x"', failures=2, reason="no", not_before=datetime.now(UTC),
        told=True,
    )  # fmt: skip
    library.feeds.keep([state])
    assert library.feeds.states() == {"http://a.example/": state}


def test_a_fetch_that_is_stopped_keeps_what_has_come(server: Loopback, library: Library) -> None:
    import asyncio

    async def never(asked: Asked) -> None:
        await asyncio.sleep(60)

    server.page("/quick", rss("One"))
    server.routes["/never"] = never
    subscribe(library, server.url("/quick"), server.url("/never"))
    came: list[str] = []
    report = fetch(
        library, options=QUICK, progress=lambda r, _d, _t: came.append(r.feed.key),
        stop=lambda: bool(came),
    )  # fmt: skip
    assert results(report) == {"quick": "new"}
    assert library.count() == 1


def test_two_fetches_of_one_library_do_not_happen_at_once(
    server: Loopback, library: Library
) -> None:
    from reader.errors import LibraryError

    with library.feeds.fetching(), pytest.raises(LibraryError, match="Another reader is fetching"):
        fetch(library, options=QUICK)
