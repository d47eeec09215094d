"""From a feed's bytes to articles: what is read, how it is told apart, what is taken out."""

import contextlib
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random

import pytest

from reader.errors import InputError
from reader.intake.entries import articles_of
from reader.intake.feeds import parse_feed
from reader.model import Article, Feed

AT = "https://herald.example/news/feed"
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Herald</title><link>https://herald.example/</link><language>en-GB</language>
{}</channel></rss>"""


def feed(items: str, headers: dict[str, str] | None = None) -> Feed:
    return parse_feed(RSS.format(items).encode(), headers or {}, AT)


def articles(items: str) -> list[Article]:
    return articles_of(feed(items), AT, "Herald")


def item(title: str = "Ferry", guid: str = "g1", more: str = "", link: str = "ferry") -> str:
    told = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    return (
        f"<item><title>{title}</title><link>https://herald.example/{link}</link>{told}{more}</item>"
    )


@pytest.mark.parametrize("odd", ["", "<!-- -->", "<item><title>&amp;amp;</title></item>"])
def test_an_entry_is_the_same_in_whatever_document_it_stands(odd: str) -> None:
    """In UTF-8, in Latin-1, and beside an entry with entities."""
    more = (
        "<pubDate>Fri, 04 Jul 2025 09:00:00 +0200</pubDate><dc:creator>Mara Lind</dc:creator>"
        "<description>Short.</description><content:encoded>&lt;p&gt;The ferry &lt;a href='/f'&gt;"
        "sails&lt;/a&gt;.&lt;/p&gt;</content:encoded>"
        "<enclosure url='https://herald.example/a.mp3' length='2500000' type='audio/mpeg'/>"
    )
    charset = {"content-type": "text/xml; charset=iso-8859-1"} if odd == "<!-- -->" else {}
    found = parse_feed(RSS.format(item(more=more) + odd).encode("ascii"), charset, AT)
    article = articles_of(found, AT, "Herald")[0]
    assert article.title == "Ferry"
    assert article.text == "The ferry sails.\n\nAttachment: a.mp3 (audio/mpeg, 2.5 MB)"
    assert article.published == datetime(2025, 7, 4, 9, tzinfo=timezone(timedelta(hours=2)))
    assert article.published.utcoffset() == timedelta(hours=2)
    assert (article.author, article.language) == ("Mara Lind", "en")
    assert [link.url for link in article.links] == [
        "https://herald.example/f", "https://herald.example/a.mp3",
    ]  # fmt: skip
    assert article.identity == f"entry:{AT}\tg1"
    assert not article.excerpt


def test_no_date_is_invented() -> None:
    assert articles(item(guid="2024-05-01"))[0].published is None
    assert articles(item(title="Four", guid="Four"))[0].published is None
    odd = item(more="<pubDate>yesterday</pubDate>")
    assert articles(odd)[0].published is None


def test_atom_rdf_cdf_and_json_feeds_are_read() -> None:
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>A</title><entry>
        <title type="html">Die &lt;i&gt;F\xc3\xa4hre&lt;/i&gt;</title><id>urn:1</id>
        <link href="/f"/><updated>2025-07-04T09:00:00Z</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
        <p>Sie f\xc3\xa4hrt.</p></div></content></entry></feed>"""
    rdf = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>A</title></channel>
        <item rdf:about="urn:1"><title>Die F\xc3\xa4hre</title><link>https://herald.example/f</link>
        <description>Sie f\xc3\xa4hrt.</description></item></rdf:RDF>"""
    cdf = b"""<CHANNEL HREF="https://herald.example/"><TITLE>A</TITLE>
        <ITEM HREF="https://herald.example/f"><TITLE>Die F\xc3\xa4hre</TITLE>
        <ABSTRACT>Sie f\xc3\xa4hrt.</ABSTRACT></ITEM></CHANNEL>"""
    told = {
        "version": "https://jsonfeed.org/version/1.1", "title": "A",
        "items": [
            {"id": 1, "title": "Die Fähre", "url": "/f", "content_html": "<p>Sie fährt.</p>"}
        ],
    }  # fmt: skip
    for body in (atom, rdf, cdf, json.dumps(told).encode()):
        found = parse_feed(body, {}, AT)
        (article,) = articles_of(found, AT, found.title)
        assert (article.source, article.title, article.text) == ("A", "Die Fähre", "Sie fährt.")
        assert article.url == "https://herald.example/f"


def test_a_json_feed_with_wrong_types_is_read_as_far_as_it_goes() -> None:
    body = json.dumps(
        {"items": [3, None, {"id": ["x"], "title": 5, "content_text": {}, "attachments": [1]},
                   {"id": "a", "content_text": "Plain <b>text</b>\nand more", "authors": "me"}]}
    ).encode()  # fmt: skip
    found = articles_of(parse_feed(body, {}, AT), AT, "J")
    assert [a.title for a in found] == ["5", "Plain <b>text</b>"]
    assert found[1].text == "Plain <b>text</b>\n\nand more"


def test_entries_are_told_apart_even_where_their_guids_are_not() -> None:
    same = item("Ferry", "1", link="a") + item("Bridge", "1", link="b")
    assert len({a.id for a in articles(same)}) == 2
    page = item("Ferry", "", link="") + item("Bridge", "", link="")
    assert len({a.id for a in articles(page)}) == 2
    twice = item("Ferry, corrected") + item("Ferry")
    assert [a.title for a in articles(twice)] == ["Ferry, corrected"]
    other = articles_of(feed(item()), "https://other.example/", "Other")
    assert other[0].id != articles(item())[0].id


def test_entries_without_title_id_or_address_are_kept_and_empty_ones_are_not() -> None:
    found = articles("<item><description>The ferry sails.</description></item><item></item>")
    assert [(a.title, a.text) for a in found] == [("The ferry sails.", "The ferry sails.")]
    assert found[0].identity.startswith(f"entry:{AT}\ttext ")


def test_only_so_many_entries_are_taken_the_newest_ones() -> None:
    day = "<pubDate>2024-01-{:02d}</pubDate>"
    items = "".join(item(f"T{n}", f"g{n}", day.format(n)) for n in range(1, 21))
    found = parse_feed(RSS.format(items).encode(), {}, AT, most=5)
    assert [e.title for e in found.entries] == ["T16", "T17", "T18", "T19", "T20"]
    assert found.left_out == 15


def body(html: str) -> Article:
    escaped = html.replace("&", "&amp;").replace("<", "&lt;")
    return articles(item(more=f"<content:encoded>{escaped}</content:encoded>"))[0]


def test_pictures_are_captions_with_their_address() -> None:
    article = body(
        "<p>Before <img src='/p.jpg' alt='The ferry at the quay'> after</p>"
        "<img src='https://count.example/x.gif' width='1' height='1'><img src='/bare.png'>"
        "<figure><img src='/q.jpg' alt='x'><figcaption>The <b>quay</b></figcaption></figure>"
        "<p>Smile <img src='s.png' class='wp-smiley' alt='🙂'> here</p>"
    )
    assert (
        article.text
        == "Before\n\nThe ferry at the quay\n\nafter\n\nPicture\n\nThe quay\n\nSmile 🙂 here"
    )
    captions = [article.text[b.start : b.end] for b in article.blocks if b.kind == "caption"]
    assert captions == ["The ferry at the quay", "Picture", "The quay"]
    assert [link.url for link in article.links] == [
        "https://herald.example/p.jpg", "https://herald.example/bare.png",
        "https://herald.example/q.jpg",
    ]  # fmt: skip


def test_tables_and_code_stay_readable() -> None:
    article = body(
        "<table><tr><th>Port</th><th>Time</th></tr><tr><td>Orrin</td><td>9.30</td></tr></table>"
        "<pre>if tide:\n    wait()</pre>"
    )
    assert [block.kind for block in article.blocks] == ["table", "code"]
    table, code = (article.text[b.start : b.end] for b in article.blocks)
    assert [line.split()[0] for line in table.splitlines() if "9.30" in line] == ["Orrin"]
    assert code == "if tide:\n    wait()"


def test_what_leads_to_the_rest_is_a_leftover_and_the_text_an_excerpt() -> None:
    article = body("<p>The ferry sails again after two weeks.</p><p><a href='/f'>Read more</a></p>")
    assert article.text == "The ferry sails again after two weeks."
    assert article.leftovers == ("Read more",)
    assert article.excerpt
    wordpress = body("<p>All of it.</p><p>The post <a>Ferry</a> appeared first on Herald.</p>")
    assert wordpress.text == "All of it."
    assert not wordpress.excerpt


@pytest.mark.parametrize(
    ("more", "excerpt"),
    [
        ("<description>The ferry sails again.</description>", True),
        ("<content:encoded>The ferry sails again.</content:encoded>", False),
        ("<content:encoded>The ferry sails […]</content:encoded>", True),
        (f"<description>{'The ferry sails again. ' * 40}</description>", False),
    ],
)
def test_a_teaser_says_that_it_is_one(more: str, *, excerpt: bool) -> None:
    assert articles(item(more=more))[0].excerpt is excerpt


def test_hostile_entries_lose_what_is_hostile() -> None:
    article = body(
        "<script>alert(1)</script><p onclick='x()'>See <a href='javascript:x()'>this</a> \x9b31m"
        "&#27;]52;c;AAAA&#7; and <a href='file:///etc/passwd'>that</a></p><style>p{}</style>"
        "<iframe src='javascript:x()'></iframe><img src='file:///x.png'>"
    )
    assert article.links == ()
    assert "alert" not in article.text
    assert "\x1b" not in article.text
    assert article.text.startswith("See this")
    title = articles(item(title="A&#x9b;31m \u202eB&lt;script&gt;x&lt;/script&gt;"))[0].title
    assert "\x9b" not in title
    assert "\u202e" not in title


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the answer is empty"),
        (b"<html><body>Hello</body></html>", "a web page, not a feed"),
        (b"<!-- x --><!DOCTYPE html><p>Hello", "a web page, not a feed"),
        (b"just words", "no feed"),
        (b'{"a": 1}', "no JSON Feed"),
        (b'{"a": ', "not valid JSON"),
        (b'{"items": ' + b"[" * 100_000, "not valid JSON"),
        (b"/etc/passwd", "no feed"),
        (b"http://127.0.0.1/", "no feed"),
    ],
)
def test_what_is_no_feed_is_said_to_be_none(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        parse_feed(data, {}, AT)


def test_entities_are_not_taken_from_files() -> None:
    doctype = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    data = RSS.format(item(more="<description>A&x;B</description>")).encode()
    found = parse_feed(data.replace(b"<rss", doctype.encode() + b"<rss"), {}, AT)
    with open("/etc/hostname", encoding="utf-8") as file:  # noqa: PTH123 - as plain as can be
        secret = file.read().strip()
    assert all(secret not in e.body for e in found.entries)


def test_times_are_aware_and_utc_where_no_zone_is_named() -> None:
    article = articles(item(more="<pubDate>2025-07-04T09:00:00</pubDate>"))[0]
    assert article.published == datetime(2025, 7, 4, 9, tzinfo=UTC)


def test_files_damaged_at_random_are_read_or_refused(shared: Path) -> None:
    """Bytes changed, lost, doubled and put in: never an error of another kind."""
    files = sorted((shared / "feeds" / "feedparser").rglob("*.xml"))
    chance = Random(11)
    pieces = [b"<", b"&", b"]]>", b"<![CDATA[", b"\x00", b"\xff\xfe", b"&#0;", b"<item>", b"</"]
    for _ in range(600):
        data = bytearray(chance.choice(files).read_bytes())
        for _ in range(chance.randint(1, 10)):
            at = chance.randrange(len(data) + 1)
            kind = chance.randrange(3)
            if kind == 0:
                del data[at : at + chance.randint(1, 40)]
            elif kind == 1:
                data[at:at] = data[chance.randrange(len(data) + 1) :][: chance.randint(1, 80)]
            else:
                data[at:at] = chance.choice(pieces)
        with contextlib.suppress(InputError):
            found = parse_feed(bytes(data), {}, AT)
            articles_of(found, AT, found.title)
