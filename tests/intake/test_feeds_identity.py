"""Which article an entry is: the same one, whatever its feed does to its guid, and no other."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from loopback import Loopback

from reader.intake.entries import articles_of
from reader.intake.feeds import parse_feed
from reader.intake.fetch import FetchOptions, FetchReport, fetch
from reader.library import Library
from reader.model import Article, Subscription, article_id, identity_of

QUICK = FetchOptions(attempts=1, stories=False)
AT = "http://quay.example/sub/feed"


def item(
    title: str = "Crane", guid: str | None = "c1", link: str = "http://quay.example/crane",
    day: str = "Mon, 03 Mar 2025 10:00:00 GMT", text: str = "The crane turned.", kind: str = "",
) -> str:  # fmt: skip
    told = f"<guid{kind}>{guid}</guid>" if guid is not None else ""
    date = f"<pubDate>{day}</pubDate>" if day else ""
    return (
        f"<item><title>{title}</title><link>{link}</link>{told}{date}"
        f"<description>{text}</description></item>"
    )


def feed(*items: str) -> bytes:
    return (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Quay</title>"
        f"<link>http://quay.example/</link>{''.join(items)}</channel></rss>"
    ).encode()


def guids(*items: str, at: str = AT) -> list[str]:
    found = articles_of(parse_feed(feed(*items), {}, at), AT, "Quay")
    return [article.identity.partition("\t")[2] for article in found]


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as library:
        yield library


def round_of(server: Loopback, library: Library, *items: str) -> FetchReport:
    """Serve a feed of these entries, and fetch it."""
    address = server.url("/feed")
    if library.feeds.known(address) is None:
        library.feeds.put([Subscription(address, address)], "subscribed")
    server.page("/feed", feed(*items))
    return fetch(library, options=QUICK)


def all_of(library: Library) -> list[Article]:
    return library.articles(library.ids())


@pytest.mark.parametrize("odd", ["Tar &amp;amp; rope", "Plain", "&lt;i&gt;Net&lt;/i&gt;", ""])
@pytest.mark.parametrize("guid", ["1001", "12 at http://quay.example", "a/b", "?p=4", "#7"])
def test_a_guid_is_kept_as_written_whatever_stands_beside_it(odd: str, guid: str) -> None:
    beside = item(odd, "z", "http://quay.example/z", "Tue, 04 Mar 2025 10:00:00 CEST")
    assert guids(item(guid=guid)) == [guid]
    assert guids(beside, item(guid=guid))[1] == guid
    assert guids(item(guid=f"\n  {guid} ")) == [guid]


def test_where_a_feed_lies_is_nothing_to_its_entries() -> None:
    assert guids(item(guid="77")) == guids(item(guid="77"), at="http://other.example/x/y/feed")


@pytest.mark.parametrize("guid", ["c1", None, "N/A"])
def test_entries_that_differ_in_their_day_or_their_words_stay_apart(guid: str | None) -> None:
    other_day = item(guid=guid, day="Tue, 04 Mar 2025 10:00:00 GMT", text="The crane stood.")
    other_words = item(guid=guid, text="The crane was painted.")
    undated = item(guid=guid, day="", text="The crane was sold.")
    found = guids(item(guid=guid), other_day, other_words, undated)
    assert len(set(found)) == 4
    assert len(guids(item(guid=guid), item(guid=guid))) == 1


def test_in_atom_one_id_is_one_entry_the_newest_one() -> None:
    def entry(updated: str, text: str) -> str:
        return (
            "<entry><id>urn:c</id><title>Crane</title><link href='http://quay.example/c'/>"
            "<published>2025-03-01T00:00:00Z</published>"
            f"<updated>2025-03-{updated}T00:00:00Z</updated><summary>{text}</summary></entry>"
        )

    body = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Quay</title>"
        f"{entry('02', 'Old.')}{entry('05', 'New.')}</feed>"
    )
    (article,) = articles_of(parse_feed(body.encode(), {}, AT), AT, "Quay")
    assert article.text == "New."


def test_a_guid_that_stands_for_two_entries_for_a_while_doubles_none(
    server: Loopback, library: Library
) -> None:
    alpha, beta = item("Alpha", "x", text="First."), item("Beta", "x", text="Second.")
    (first,) = round_of(server, library, alpha).added
    report = round_of(server, library, beta, alpha)
    assert len(report.added) == 1
    assert not report.changed
    assert library.article(first).title == "Alpha"
    for entries in ((alpha, beta), (beta,), (alpha,), (beta, alpha)):
        report = round_of(server, library, *entries)
        assert not report.added
        assert not report.changed
    assert [a.title for a in all_of(library)].count("Alpha") == 1


CHANGED = {
    "https": lambda s: s.replace("http://", "https://"),
    "www": lambda s: s.replace("//quay", "//www.quay"),
    "a slash": lambda s: s.replace("</guid>", "/</guid>").replace("</link>", "/</link>"),
    "tracking": lambda s: s.replace("</guid>", "?utm_source=rss</guid>").replace(
        "</link>", "?utm_source=rss&amp;at_medium=x</link>"
    ),
    "another host": lambda s: s.replace("quay.example", "harbour.example"),
    "all of it": lambda s: s.replace("<guid>http://quay.example/", "<guid>urn:new:9"),
}


@pytest.mark.parametrize("how", CHANGED)
def test_a_guid_that_changed_is_an_alias_of_the_first_id(
    server: Loopback, library: Library, how: str
) -> None:
    def entries(*numbers: int) -> list[str]:
        return [
            item(f"Crane {n}", f"http://quay.example/{n}", f"http://quay.example/{n}",
                 f"Mon, 03 Mar 2025 {n:02}:00:00 GMT", f"Crane {n} turned.")
            for n in numbers
        ]  # fmt: skip

    first = round_of(server, library, *entries(1, 2, 3)).added
    library.notebook.mark([first[0]], starred=True)
    library.notebook.mark(first, read=True)
    report = round_of(server, library, *(CHANGED[how](e) for e in entries(4, 1, 2, 3)))
    assert len(report.added) == 1
    assert library.count() == 4
    assert library.row(first[0]).marks.starred
    assert library.row(first[0]).marks.read
    # the old guids come again for a day, and the new ones for good
    assert not round_of(server, library, *entries(1, 2, 3)).added
    assert not round_of(server, library, *(CHANGED[how](e) for e in entries(1, 2, 3))).added
    assert set(library.feeds.aliases.all().values()) <= set(first)


def test_entries_that_are_alike_and_not_the_same_stay_apart(
    server: Loopback, library: Library
) -> None:
    """A page of a service's state: one title, one address, another day and other words."""
    page = "http://quay.example/state"
    one = item("Restored", "i1", page, "Mon, 03 Mar 2025 10:00:00 GMT", "The lock opens.")
    two = item("Restored", "i2", page, "Tue, 04 Mar 2025 10:00:00 GMT", "The gate closes.")
    undated = item("Restored", "i3", page, "", "The bell rings.")
    round_of(server, library, one)
    assert len(round_of(server, library, two).added) == 1
    assert len(round_of(server, library, undated).added) == 1
    other_page = item("Restored", "i4", "http://quay.example/x", text="The lock opens.")
    assert len(round_of(server, library, other_page).added) == 1


def test_the_ids_of_earlier_versions_stay_and_nothing_is_doubled(
    server: Loopback, library: Library
) -> None:
    """They resolved guids against the feed's address; shared ones had title and address too."""
    key = server.url("/feed")
    entries = [
        item("Crane", "1001", "http://quay.example/a", text="The crane turned."),
        item("Hull", "x", "http://quay.example/b", text="The hull was red."),
        item("Mast", "x", "http://quay.example/c", text="The mast was tall."),
        item("Keel", None, "/keel", text="The keel was laid."),
    ]
    before = {
        "Crane": server.url("/1001"),
        "Hull": "x http://quay.example/b Hull",
        "Mast": "x http://quay.example/c Mast",
        "Keel": server.url("/keel"),
    }
    old = []
    for title, guid in before.items():
        identity = identity_of(feed=key, guid=guid)
        old.append(
            Article(
                article_id(identity), identity, "Quay", title, f"The old text of {title}.",
                datetime(2025, 3, 3, tzinfo=UTC), feed=key,
            )
        )  # fmt: skip
    library.add(old)
    retired = identity_of(feed=key, guid=server.url("/2002"))
    with library._archive.writing() as connection:
        connection.execute("INSERT INTO retired VALUES (?)", (article_id(retired),))
    report = round_of(server, library, *entries, item("Rope", "2002", "http://quay.example/r"))
    assert not report.added
    assert sorted(report.changed) == sorted(article.id for article in old)
    assert library.count() == 4
    again = round_of(server, library, *entries, item("Net", "n", "http://quay.example/n"))
    assert [library.article(id_).title for id_ in again.added] == ["Net"]


def test_an_archive_that_is_lost_and_fetched_again_has_the_first_ids(
    server: Loopback, tmp_path: Path
) -> None:
    old, new = item(guid="http://quay.example/1"), item(guid="https://www.quay.example/1/")
    with Library.open(tmp_path / "library") as library:
        (first,) = round_of(server, library, old).added
        round_of(server, library, new)
        library.notebook.mark([first], starred=True)
    for file in (tmp_path / "library").glob("archive*"):
        file.unlink()
    with Library.open(tmp_path / "library") as library:
        assert round_of(server, library, new).added == (first,)
        assert library.row(first).marks.starred


def test_a_feed_that_is_read_differently_every_day_adds_nothing_twice(
    server: Loopback, library: Library
) -> None:
    """Well formed, then with a bare "&" and a new entry, in Latin-1, cut in the middle."""
    entries = [
        item(f"Crane {n}", str(n), f"http://quay.example/{n}", f"Mon, 03 Mar 2025 1{n}:00:00 GMT")
        for n in range(5)
    ]
    assert len(round_of(server, library, *entries).added) == 5
    address = server.url("/feed")
    whole = feed(*entries)
    dirty = feed(item("Tar &amp;amp; rope", "t", "http://quay.example/t", text="R & D"), *entries)
    latin = whole.replace(b"<?xml version='1.0'?>", b"<?xml version='1.0' encoding='latin-1'?>")
    variants = [dirty, latin, dirty[:-150], whole.replace(b"<title>Crane 2", b"<title> Crane 2 ")]
    added = 0
    for body in variants:
        server.page("/feed", body)
        report = fetch(library, [library.feeds.get(address)], options=QUICK)
        added += len(report.added)
        assert not report.changed
    assert added == 1
    assert library.count() == 6
