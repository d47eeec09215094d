"""Feeds that set the same words another way with every fetch: no news, no revision, not unread."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime

from loopback import Asked, Loopback

from reader.intake.fetch import FetchOptions, fetch
from reader.library import Library
from reader.model import Article, Subscription, article_id

QUICK = FetchOptions(attempts=1, stories=False)
TEXT = '<p>The sluice held for a fifth night, the "river office" said, and Orrin\'s water fell.</p>'
SECOND = "<p>It is 5 % lower than in March - at last.</p>"


def document(title: str, body: str) -> bytes:
    return (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Quay</title>"
        "<link>http://quay.example/</link><item><guid isPermaLink='false'>g1</guid>"
        f"<title>{title}</title><link>http://quay.example/1</link>"
        "<pubDate>Mon, 05 Feb 2024 10:00:00 GMT</pubDate>"
        f"<description><![CDATA[{body}]]></description></item></channel></rss>"
    ).encode()


def changing(server: Loopback, *documents: bytes, path: str = "/feed") -> None:
    """Serve these one after the other, over and over."""
    turns = itertools.cycle(documents)

    async def answer(asked: Asked) -> None:
        await asked.send(200, next(turns))

    server.routes[path] = answer


def subscribed(server: Loopback, library: Library) -> None:
    urls = map(server.url, server.routes)
    library.feeds.put([Subscription(url, url) for url in urls], "subscribed")


PLAIN = document('The "river" and us', TEXT + SECOND)


SET_ANEW = [
    document('The "river" and us', TEXT.replace(" held", "&nbsp;held") + SECOND),
    document('The "river" and us', TEXT.replace(" held", "\n\t held") + SECOND),
    document("The “river” and us", TEXT + SECOND),
    document("The &#8220;river&#8221;&#160;and us", TEXT + SECOND),
    document('The "river" and us', TEXT.replace('"river office"', "“river office”") + SECOND),
    document('The "river" and us', TEXT.replace('"river office"', "« river office »") + SECOND),
    document('The "river" and us', TEXT.replace("Orrin's", "Orrin’s") + SECOND),
    document('The "river" and us', TEXT + SECOND.replace(" - ", " – ").replace("5 %", "5%")),
    document('The "river" and us', TEXT.replace("sluice", "slu&shy;ice") + SECOND),
    document('The "river" and us', TEXT[:-4] + "<br><br>" + SECOND[3:]),
    document('The "river" and us', TEXT[:-4] + " " + SECOND[3:]),
]


def test_words_set_another_way_are_no_revision_and_stay_read(
    server: Loopback, library: Library
) -> None:
    for n, other in enumerate(SET_ANEW):
        changing(server, PLAIN, other, path=f"/{n}")
    subscribed(server, library)
    ids = fetch(library, options=QUICK).added
    assert len(ids) == len(SET_ANEW)
    first = library.articles(ids)
    library.notebook.mark(ids, read=True)
    for _ in range(2):
        report = fetch(library, options=QUICK)
        assert (report.added, report.changed) == ((), ())
        assert set(report.unchanged) == set(ids)
    assert library.articles(ids) == first
    assert {len(library.revisions.of(id_)) for id_ in ids} == {1}
    assert library.revisions.unseen(ids) == {}
    assert all(marks.read for marks in library.notebook.marks_of(ids).values())


OTHER = [
    document("The river and us", TEXT),
    document('The "river" and you', TEXT),
    document('The "river" and us', TEXT.replace("fifth", "sixth")),
    document('The "river" and us', TEXT.replace('"river office"', "river office")),
    document('The "river" and us', TEXT.replace(" fell.", " fell!")),
    document('The "river" and us', TEXT + "<p>More later.</p>"),
]


def test_other_words_are_a_revision_that_is_set_as_it_came(
    server: Loopback, library: Library
) -> None:
    for n, other in enumerate(OTHER):
        changing(server, document('The "river" and us', TEXT), other, path=f"/{n}")
    subscribed(server, library)
    ids = fetch(library, options=QUICK).added
    library.notebook.mark(ids, read=True)
    assert set(fetch(library, options=QUICK).changed) == set(ids)
    assert {len(library.revisions.of(id_)) for id_ in ids} == {2}
    assert library.revisions.unseen(ids) == dict.fromkeys(ids, 1)


def test_a_new_author_or_address_is_taken_over_and_the_text_stays(
    server: Loopback, library: Library
) -> None:
    other = PLAIN.replace(b"<guid", b"<author>Ann Lee</author><guid")
    other = other.replace(b"fifth night", b"fifth&nbsp;night")
    changing(server, PLAIN, other)
    subscribed(server, library)
    (id_,) = fetch(library, options=QUICK).added
    before = library.article(id_)
    fetch(library, options=QUICK)
    after = library.article(id_)
    assert after.author == "Ann Lee"
    assert (after.text, after.links, after.revision) == (before.text, before.links, 1)


def test_what_is_imported_again_comes_as_it_is(library: Library) -> None:
    article = Article(
        id=article_id("page:a"), identity="page:a", source="Quay", title="A", text="It's so.",
        added=datetime(2025, 7, 4, tzinfo=UTC),
    )  # fmt: skip
    library.add([article])
    assert library.add([replace(article, text="It’s so.")]).changed == (article.id,)


def test_a_teaser_set_another_way_does_not_take_the_place_of_the_whole_text(
    server: Loopback, library: Library
) -> None:
    changing(server, PLAIN, PLAIN.replace(b"Orrin's", "Orrin’s".encode()))
    subscribed(server, library)
    (id_,) = fetch(library, options=QUICK).added
    teaser = library.article(id_)
    library.feeds.completed(teaser)
    whole = replace(teaser, text=teaser.text + "\n\nMuch more.", excerpt=False)
    library.add([whole])
    for _ in range(2):
        fetch(library, options=QUICK)
        assert library.article(id_).text == whole.text
