"""Pages that name their feed in many ways, and things on pages that are no feeds."""

from collections.abc import Iterator

import pytest
from loopback import Loopback, rss

from reader.intake.discover import linked_feeds, named_feeds, sent_on
from reader.intake.fetch import FetchOptions
from reader.intake.http import HttpLimits
from reader.intake.subscriptions import FoundFeed, find_feeds

AT = "https://quay.example/harbour/today"
HTML = {"Content_Type": "text/html"}


def named(head: str, *headers: str) -> list[str]:
    page = (
        f"<!DOCTYPE html><html><head><title>Quay</title>{head}</head><body><p>x</p></body></html>"
    )
    return [feed.address for feed in named_feeds(page.encode(), AT, headers=headers)]


def linked(body: str) -> list[str]:
    page = f"<!DOCTYPE html><html><head><title>Quay</title></head><body>{body}</body></html>"
    return [feed.address for feed in linked_feeds(page.encode(), AT)]


@pytest.mark.parametrize(
    "attributes",
    [
        "rel=alternate type=application/rss+xml",
        "rel=alternate type=application/atom+xml",
        "rel=alternate type=application/rdf+xml",
        "rel=alternate type=application/feed+json",
        "rel='ALTERNATE Home' type='Application/RSS+XML; charset=utf-8'",
        "rel=alternate type=text/xml",
        "rel=alternate type=application/xml",
        "rel=alternate type=application/x-rss+xml",
        "rel=alternate type=application/x.atom+xml",
        "rel=alternate type=text/rss",
        "rel=alternate type=application/json title='JSON Feed'",
        "rel='alternate feed'",
        "rel=feed",
        "rel=feed type=application/atom+xml",
        "rel=service.feed type=application/atom+xml",
        "rel=alternate title=RSS",
        "rel=alternate title='Quay (Atom)'",
    ],
)
def test_a_link_element_names_a_feed_by_relation_type_or_title(attributes: str) -> None:
    assert named(f"<link {attributes} href='/all?id=7'>") == ["https://quay.example/all?id=7"]


@pytest.mark.parametrize(
    "link",
    [
        "<link rel=alternate type=application/json+oembed href='/wp-json/oembed/1.0/embed?url=x'>",
        "<link rel=alternate type=text/xml+oembed href='/oembed?format=xml'>",
        "<link rel=alternate type=application/json title=JSON href='/wp-json/wp/v2/posts/12'>",
        "<link rel=alternate type=application/json href='/?rest_route=/wp/v2/pages/3'>",
        "<link rel=alternate type=application/json href='/api/story/3'>",
        "<link rel=alternate type=text/xml href='/services/oembed/?url=x&format=xml'>",
        "<link rel=alternate hreflang=de href='/de/hafen'>",
        "<link rel=alternate media='(max-width: 640px)' href='https://m.quay.example/'>",
        "<link rel=alternate type=text/html title='Feed' href='/amp'>",
        "<link rel=alternate href='android-app://x/y'>",
        "<link rel='alternate stylesheet' type=text/css title='Feed' href='/a.css'>",
        "<link rel=EditURI type='application/rsd+xml' href='/xmlrpc.php?rsd'>",
        "<link rel=search type='application/opensearchdescription+xml' href='/osd.xml'>",
        "<link rel=sitemap type=application/xml href='/sitemap.xml'>",
        "<link rel=alternate type=application/xml href='/sitemap-news.xml'>",
        "<link rel=pingback href='/feed'>",
        "<!-- <link rel=alternate type=application/rss+xml href='/old'> -->",
        "<link rel=alternate type=application/rss+xml href='javascript:x()'>",
        "<link rel=alternate type=application/rss+xml href=''>",
    ],
)
def test_what_is_no_feed_is_not_asked_for(link: str) -> None:
    assert named(link) == []


@pytest.mark.parametrize(
    ("href", "whole"),
    [
        ("feed://quay.example/f", "http://quay.example/f"),
        ("feed:https://quay.example/f", "https://quay.example/f"),
        ("FEED:http://quay.example/f", "http://quay.example/f"),
        ("//cdn.quay.example/f", "https://cdn.quay.example/f"),
        ("f?a=1&amp;b=2", "https://quay.example/harbour/f?a=1&b=2"),
        ("f?a=1&amp;amp;b=2", "https://quay.example/harbour/f?a=1&b=2"),
        (" \n /f\t", "https://quay.example/f"),
        ("/f#newest", "https://quay.example/f"),
    ],
)
def test_addresses_of_feeds_become_whole(href: str, whole: str) -> None:
    assert named(f"<link rel=alternate type=application/rss+xml href='{href}'>") == [whole]


@pytest.mark.parametrize(
    ("base", "whole"),
    [
        ("/sub/", "https://quay.example/sub/f"),
        ("../", "https://quay.example/f"),
        ("https://cdn.example/a/b", "https://cdn.example/a/f"),
        ("//cdn.example/", "https://cdn.example/f"),
        ("javascript:x", "https://quay.example/harbour/f"),
        ("", "https://quay.example/harbour/f"),
    ],
)
def test_relative_addresses_start_from_the_base_of_the_page(base: str, whole: str) -> None:
    link = "<link rel=alternate type=application/rss+xml href=f>"
    assert named(f"<base href='{base}'><base href='/second/'>{link}" if base else link) == [whole]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ('</f>; rel="alternate"; type="application/rss+xml"', ["https://quay.example/f"]),
        ("<f>;rel=alternate;type=application/atom+xml", ["https://quay.example/harbour/f"]),
        ('<https://x.example/j>; type="application/feed+json"; rel="feed alternate"; title="a, b"',
         ["https://x.example/j"]),
        (('</a>; rel=preload; as=style, </f>; rel="alternate"; type="application/rss+xml"; '
         'title="All, of it", </g>; rel="feed"'), ["https://quay.example/f", "https://quay.example/g"]),
        ('<https://quay.example/wp-json/>; rel="https://api.w.org/"', []),
        ('</wp-json/wp/v2/posts/1>; rel="alternate"; title="JSON"; type="application/json"', []),
        ('</f>; rel="alternate"; type="application/rss+xml"; anchor="/other"', []),
        ("nonsense; rel=alternate, <", []),
        ("<" * 30_000, []),
    ],
)  # fmt: skip
def test_the_link_header_names_feeds_too(header: str, found: list[str]) -> None:
    assert named("", header) == found


def test_the_feed_of_the_whole_site_comes_before_parts_of_it_and_comments_come_last() -> None:
    def link(title: str, href: str) -> str:
        return f"<link rel=alternate type=application/rss+xml title='{title}' href='{href}'>"

    assert named(
        link("Quay &raquo; Comments Feed", "/comments/feed/")
        + link("Tag: cranes", "/tag/cranes/feed/")
        + link("Quay &raquo; Feed", "/feed/")
    ) == [f"https://quay.example/{path}/feed/".replace("//feed", "/feed")
          for path in ("", "tag/cranes", "comments")]  # fmt: skip
    own = link("Quay", "/feed") + link("Category: harbour", "/harbour/today/feed")
    assert named(own)[0] == "https://quay.example/feed"


def test_titles_of_feeds_are_plain_text() -> None:
    page = (
        b"<link rel=alternate type=application/rss+xml href=/f title='Ann&amp;#39;s &amp;amp; us'>"
    )
    assert [feed.title for feed in named_feeds(page, AT)] == ["Ann's & us"]


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/rss.php?id=4'>RSS</a>",
        "<a href='/x?id=4'>RSS feed</a>",
        "<a href='/x?id=4'><img src='i.png' alt='RSS'></a>",
        "<a href='/x?id=4' title='RSS'><i class='icon'></i></a>",
        "<a href='/x?id=4' aria-label='Atom feed'><svg><path/></svg></a>",
        "<a href='/x?id=4'><svg><title>RSS</title></svg></a>",
        "<a href='/x?id=4' type='application/rss+xml'>Stay up to date</a>",
        "<a href='/x?id=4' class='icon rss'>Follow</a>",
        "<a href='/?feed=rss2'>Entries</a>",
        "<a href='/index.php?option=news&amp;format=feed&amp;type=rss'>Follow</a>",
        "<a href='/news/index.xml'>Follow</a>",
        "<a href='/harbour.rss'>Follow</a>",
        "<a href='feed://quay.example/x'>Follow</a>",
        "<a href='https://feeds.example/quay'>Follow</a>",
        "<map><area href='/x' alt='' title='RSS'></map>",
    ],
)
def test_a_link_in_the_text_may_lead_to_a_feed(link: str) -> None:
    assert len(linked(f"<p>Words <a href='/about'>about us</a> {link}</p>")) == 1


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/news/1'>How RSS grew up by the sea, and who reads it now, and why so late</a>",
        "<a href='/feedback'>Feedback</a>",
        "<a href='/feeding-ducks'>Feeding the ducks</a>",
        "<a href='/atomic-clock'>The atomic clock</a>",
        "<a href='#rss'>RSS</a>",
        "<a href='/help/rss.html'>What is RSS?</a>",
        "<a href='javascript:rss()'>RSS</a>",
        "<a href='mailto:feed@quay.example'>Feed</a>",
        "<a>RSS</a>",
    ],
)
def test_other_links_lead_to_none(link: str) -> None:
    assert linked(f"<p>{link}</p>") == []


def test_the_likeliest_of_the_links_comes_first() -> None:
    body = (
        "<a href='/about-rss'>About our RSS</a> <a href='/c/comments.rss'>Comments</a>"
        "<a href='/news.rss'>RSS</a>"
    )
    assert linked(body) == [
        f"https://quay.example/{path}" for path in ("news.rss", "about-rss", "c/comments.rss")
    ]


def test_a_page_that_sends_its_reader_on_is_followed() -> None:
    meta = b"<html><head><meta http-equiv='Refresh' content=\"0; URL='/new/'\"></head></html>"
    assert sent_on(meta, AT) == "https://quay.example/new/"
    assert sent_on(b"<p>x", AT, header="5;url=/f") == "https://quay.example/f"
    for content in ("300; url=/new", "0", "0; url=javascript:x", f"0; url={AT}"):
        assert sent_on(f"<meta http-equiv=refresh content='{content}'>".encode(), AT) is None


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


def test_feeds_are_found_however_the_site_hides_them(server: Loopback) -> None:
    """A header, dead names before the right one, a page that lists feeds, a page that moved."""
    alternate = "<link rel=alternate type=application/rss+xml href={}>".format
    server.page(
        "/header", b"<html>", **HTML, Link='</f>; rel=alternate; type="application/rss+xml"'
    )
    server.page(
        "/dead", f"{alternate('/none')}{alternate('/html')}{alternate('/f')}".encode(), **HTML
    )
    server.page("/html", b"<html>an error, politely", **HTML)
    server.page("/list", b"<html><a href='/rss'>RSS</a>", **HTML)
    server.page("/rss", b"<html><h1>Our feeds</h1><a href='/sport.rss'>Sport</a>", **HTML)
    server.page("/sport.rss", rss("Race", title="Sport"))
    server.page("/old", b"<html><meta http-equiv=refresh content='0;url=/dead'>", **HTML)
    server.page("/talk", alternate("/comments/feed").encode(), **HTML)
    server.page("/comments/feed", rss("I think", title="Talk"))
    server.page("/f", rss("Crane", title="Quay"))
    paths = ["/header", "/dead", "/list", "/old", "/talk"]
    options = FetchOptions(http=HttpLimits(per_host=50))
    found = find_feeds([server.url(path) for path in paths], options)
    titles = [f.parsed.feed.title if isinstance(f, FoundFeed) else f.reason for f in found]
    assert titles == ["Quay", "Quay", "Sport", "Quay", "Talk"]
    dead = found[1]
    assert isinstance(dead, FoundFeed)
    assert dead.others == ()
