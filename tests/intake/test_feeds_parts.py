"""What belongs to an entry: its own text first, people, files, links, its language."""

from datetime import UTC, datetime

import pytest

from reader.intake.entries import articles_of
from reader.intake.feeds import parse_feed
from reader.model import Article

AT = "http://feeds.example/sub/feed.xml"
SPACES = (
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
    "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' "
    "xmlns:atom='http://www.w3.org/2005/Atom'"
)
OWN = "<description>&lt;p&gt;The ferry left at noon.&lt;/p&gt;</description>"
TEXT = "The ferry left at noon."


def rss(inner: str, channel: str = "", attributes: str = "") -> Article:
    text = (
        f"<rss version='2.0' {SPACES} {attributes}><channel><title>Quay</title>"
        f"<link>http://quay.example/</link>{channel}<item><title>Ferry</title>"
        f"<link>http://quay.example/log/ferry/</link><guid>f1</guid>{inner}</item></channel></rss>"
    )
    return articles_of(parse_feed(text.encode(), {}, AT), AT, "Quay")[0]


def atom(inner: str, head: str = "", attributes: str = "") -> Article:
    text = (
        f"<feed xmlns='http://www.w3.org/2005/Atom' {SPACES} {attributes}><title>Quay</title>"
        f"<link href='http://quay.example/'/>{head}<entry><title>Ferry</title><id>f1</id>"
        f"<link href='http://quay.example/log/ferry/'/>{inner}</entry></feed>"
    )
    return articles_of(parse_feed(text.encode(), {}, AT), AT, "Quay")[0]


@pytest.mark.parametrize(
    "beside",
    [
        "<media:description>A grey heron</media:description>",
        "<media:content url='h.jpg'><media:description>A heron</media:description></media:content>",
        "<media:group><media:description>A heron, at length</media:description></media:group>",
        "<itunes:summary>Other words, and many more than the description</itunes:summary>",
        "<itunes:subtitle>Other words</itunes:subtitle>",
        "<media:content url='h.jpg'><media:title>Heron</media:title></media:content>",
        "<media:thumbnail url='h.jpg'/><media:credit>Lee</media:credit>",
        "<media:text>Other words</media:text>",
        "<dc:description>Other words</dc:description>",
        "<source url='http://x.example/'>Other words</source>",
        "<comments>http://quay.example/c</comments><category>Other words</category>",
    ],
)
def test_the_own_text_of_an_entry_comes_before_what_its_media_say(beside: str) -> None:
    for inner in (beside + OWN, OWN + beside):
        assert (rss(inner).title, rss(inner).text) == ("Ferry", TEXT)


@pytest.mark.parametrize(
    "only",
    [
        f"<media:description>{TEXT}</media:description>",
        f"<media:group><media:description>{TEXT}</media:description></media:group>",
        (
            f"<media:group><media:title>x</media:title><media:description>{TEXT}</media:description>"
            "</media:group>"
        ),
        f"<media:content url='h.jpg'><media:description>{TEXT}</media:description></media:content>",
        (
            f"<media:group><media:content url='x'><media:description>{TEXT}</media:description>"
            "</media:content></media:group>"
        ),
        f"<itunes:summary>{TEXT}</itunes:summary>",
        f"<description></description><itunes:summary>{TEXT}</itunes:summary>",
        f"<description> <![CDATA[ ]]></description><itunes:subtitle>{TEXT}</itunes:subtitle>",
        f"<description>&lt;p&gt;&lt;/p&gt;</description><media:description>{TEXT}</media:description>",
    ],
)
def test_where_there_is_none_what_the_media_say_is_the_text(only: str) -> None:
    assert rss(only).text == TEXT
    assert not rss(only).excerpt


def test_the_description_of_a_film_keeps_its_lines() -> None:
    told = "First line.&#10;Second: http://x.example/&#10;&#10;00:00 Start&#10;01:00 End"
    found = atom(f"<media:group><media:description>{told}</media:description></media:group>")
    assert found.text.split("\n")[:1] == ["First line."]
    assert "00:00 Start\n" in found.text
    assert found.text.endswith("01:00 End")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<content type='html'>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.</content>", "One.\n\nTwo."),
        (("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One.</p><p>Two.</p>"
         "</div></content>"), "One.\n\nTwo."),
        (("<content type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'><x:p>One.</x:p>"
         "<x:p>Two.</x:p></x:div></content>"), "One.\n\nTwo."),
        ("<content type='html'><p>One.</p><p>Two.</p></content>", "One.\n\nTwo."),
        ("<content type='text/html'>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</content>",
         "One.\n\nTwo."),
        ("<content>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</content>", "One.\n\nTwo."),
        ("<content type='text'>1 &lt; 2 &amp; 3</content>", "1 < 2 & 3"),
        ("<content type='TEXT/HTML; charset=utf-8'>&lt;b&gt;One&lt;/b&gt;.</content>", "One."),
        ("<summary>Short.</summary><content type='html'>&lt;p&gt;One.&lt;/p&gt;</content>", "One."),
        ("<summary type='html'>&lt;p&gt;One.&lt;/p&gt;</summary>", "One."),
        ("<content src='http://x.example/long'/><summary>One.</summary>", "One."),
        ("<content type='image/png'>iVBORw0KGgo=</content><summary>One.</summary>", "One."),
        (("<content type='application/xhtml+xml'><div xmlns='http://www.w3.org/1999/xhtml'>One.</div>"
         "</content>"), "One."),
        ("<content type='html'>&lt;![CDATA[&lt;p&gt;One.&lt;/p&gt;]]&gt;</content>", "One."),
    ],
)  # fmt: skip
def test_the_content_of_an_atom_entry_is_read_whatever_its_type(content: str, text: str) -> None:
    assert atom(content).text == text


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("<author>Ann Lee</author>", "Ann Lee"),
        ("<author>ann@weir.com (Ann Lee)</author>", "Ann Lee"),
        ("<author>ann@weir.online (Ann Lee)</author>", "Ann Lee"),
        ("<author>Ann Lee &lt;ann@weir.media&gt;</author>", "Ann Lee"),
        ("<author>\"Lee, Ann\" &lt;ann@weir.media&gt;</author>", "Lee, Ann"),
        ("<author>ann@weir.photography</author>", "ann@weir.photography"),
        ("<author>mailto:ann@weir.online (Ann Lee)</author>", "Ann Lee"),
        ("<author>By Ann Lee</author>", "Ann Lee"),
        ("<author>noreply@blogger.com (Ann Lee)</author>", "Ann Lee"),
        ("<author>noreply@blogger.com (Unknown)</author>", None),
        ("<dc:creator>Ann Lee</dc:creator><dc:creator>Bo Hale</dc:creator>", "Ann Lee, Bo Hale"),
        ("<dc:creator>Ann Lee</dc:creator><author>ann@weir.com (Ann Lee)</author>", "Ann Lee"),
        ("<dc:creator><![CDATA[Ann & Bo]]></dc:creator>", "Ann & Bo"),
        ("<dc:creator>&lt;a href='x'&gt;Ann Lee&lt;/a&gt;</dc:creator>", "Ann Lee"),
        ("<itunes:author>Ann Lee</itunes:author>", "Ann Lee"),
        ("<atom:author><atom:name>Ann Lee</atom:name></atom:author>", "Ann Lee"),
        ("<author><name>Ann Lee</name><email>a@x.example</email></author>", "Ann Lee"),
        ("<author></author>", None),
        ("<author>ann@weir.com (Ann Lee), bo@weir.com (Bo Hale)</author>", "Ann Lee, Bo Hale"),
    ],
)  # fmt: skip
def test_authors_are_names(written: str, author: str | None) -> None:
    assert rss(OWN + written).author == author


def test_all_authors_of_an_atom_entry_are_named_else_those_of_the_feed() -> None:
    def person(name: str) -> str:
        return f"<author><name>{name}</name><uri>http://x.example/</uri></author>"

    both = person("Ann Lee") + person("Bo Hale")
    assert atom(both, person("The Quay")).author == "Ann Lee, Bo Hale"
    assert atom("", both).author == "Ann Lee, Bo Hale"
    source = f"<source><title>Other</title>{person('Ida')}</source>"
    assert atom(source, person("The Quay")).author == "Ida"


@pytest.mark.parametrize(
    ("written", "url", "line"),
    [
        ("<link rel='enclosure' type='audio/mpeg' length='2500000' href='http://c.example/a.mp3'/>",
         "http://c.example/a.mp3", "Attachment: a.mp3 (audio/mpeg, 2.5 MB)"),
        ("<link rel='http://www.iana.org/assignments/relation/enclosure' href='/a.mp3'/>",
         "http://quay.example/a.mp3", "Attachment: a.mp3"),
        ("<atom:link rel='ENCLOSURE' href='http://c.example/a%20b.ogg'/>",
         "http://c.example/a%20b.ogg", "Attachment: a b.ogg"),
    ],
)  # fmt: skip
def test_files_of_atom_entries_come_along(written: str, url: str, line: str) -> None:
    found = atom(f"<content>{TEXT}</content>{written}")
    assert found.text == f"{TEXT}\n\n{line}"
    assert found.links[-1].url == url


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("<enclosure url='http://c.example/a.mp3' length='' type=''/>", 1),
        ("<enclosure url='http://c.example/a.mp3'/><enclosure url='http://c.example/b.mp3'/>", 2),
        ("<enclosure url='http://c.example/a.mp3'/><enclosure url='http://c.example/a.mp3'/>", 1),
        ("<enclosure URL='http://c.example/a.mp3' length='-5'/>", 1),
        ("<enclosure>http://c.example/a.mp3</enclosure>", 1),
        ("<enclosure url=''/><enclosure/>", 0),
        ("<enclosure url='javascript:x'/>", 0),
        ("<enclosure url='/a.mp3?x=1&amp;y=2' length='1e9'/>", 1),
    ],
)
def test_files_of_rss_items_come_along(written: str, count: int) -> None:
    assert rss(OWN + written).text.count("Attachment: ") == count


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/pics/4", "http://quay.example/pics/4"),
        ("pics/4", "http://quay.example/log/ferry/pics/4"),
        ("../pics", "http://quay.example/log/pics"),
        ("?page=2", "http://quay.example/log/ferry/?page=2"),
        ("//cdn.example/4", "http://cdn.example/4"),
        ("http://x.example/4", "http://x.example/4"),
    ],
)
def test_relative_links_start_from_the_page_of_the_entry(href: str, url: str) -> None:
    html = f"&lt;a href='{href}'&gt;it&lt;/a&gt;"
    assert rss(f"<description>See {html} now.</description>").links[0].url == url
    assert atom(f"<content type='html'>See {html} now.</content>").links[0].url == url


def test_bases_of_the_document_come_first() -> None:
    html = "<content type='html' xml:base='img/'>&lt;a href='4'&gt;it&lt;/a&gt;</content>"
    found = atom(html, attributes="xml:base='http://b.example/all/'")
    assert found.links[0].url == "http://b.example/all/img/4"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/blog/one", "http://quay.example/blog/one"),
        ("blog/one", "http://quay.example/blog/one"),
        ("//quay.example/one", "http://quay.example/one"),
        ("www.quay.example/one", "http://www.quay.example/one"),
        ("HTTP://Quay.example/one", "http://Quay.example/one"),
        ("javascript:x()", None),
    ],
)
def test_the_address_of_an_item_starts_from_the_site(link: str, url: str | None) -> None:
    text = (
        "<rss version='2.0'><channel><title>Q</title><link>http://quay.example/</link>"
        f"<item><title>F</title><link>{link}</link><guid isPermaLink='false'>1</guid></item>"
        "</channel></rss>"
    )
    (found,) = articles_of(parse_feed(text.encode(), {}, AT), AT, "Quay")
    assert found.url == url


GERMAN = (
    "Die Fähre legte am Mittag ab, und der Hafenmeister sah ihr lange nach. Niemand wusste, "
    "wann sie wiederkommen würde, denn das Wasser war über Nacht gefallen."
)
FRENCH = (
    "Le bac est parti à midi, et le maître du port l'a longtemps suivi des yeux. Personne ne "
    "savait quand il reviendrait, car l'eau avait baissé pendant la nuit."
)


@pytest.mark.parametrize(
    ("claim", "text", "language"),
    [
        ("en-US", GERMAN, "de"),
        ("en", FRENCH, "fr"),
        ("de-DE", GERMAN, "de"),
        ("", GERMAN, "de"),
        ("xx", FRENCH, "fr"),
        ("English", FRENCH, "fr"),
        ("nb", "Ferje", "nb"),
        ("de", "Ok.", "de"),
    ],
)
def test_the_text_says_its_language_before_the_feed_does(
    claim: str, text: str, language: str
) -> None:
    channel = f"<language>{claim}</language>" if claim else ""
    assert rss(f"<description>{text}</description>", channel).language == language
    assert atom(f"<content>{text}</content>", attributes=f"xml:lang='{claim}'").language == language


# Dates


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("Tue, 06 Dec 2022 10:00:00 CEST", "2022-12-06T08:00"),
        ("Tue, 06 Dec 2022 10:00:00 MSK", "2022-12-06T07:00"),
        ("Tue, 06 Dec 2022 10:00:00 JST", "2022-12-06T01:00"),
        ("Tue, 06 Dec 2022 10:00:00 EST", "2022-12-06T15:00"),
        ("Tue, 06 Dec 2022 10:00:00 +05:30", "2022-12-06T04:30"),
        ("Tue, 06 Dec 2022 10:00:00 GMT+0530", "2022-12-06T04:30"),
        ("Tue, 06 Dec 2022 10:00:00 UTC+2", "2022-12-06T08:00"),
        ("Tue, 06 Dec 2022 10:00:00+0530", "2022-12-06T04:30"),
        ("Tue, 06 Dec 2022 03:20:00 PM", "2022-12-06T15:20"),
        ("Tue, 06 Dec 2022 24:00:00 GMT", "2022-12-07T00:00"),
        ("Tue, 06 Dec 2022 23:59:60 GMT", "2022-12-06T23:59"),
        ("Di, 06 Dez 2022 10:00:00 +0100", "2022-12-06T09:00"),
        ("mar., 06 déc. 2022 10:00:00 +0100", "2022-12-06T09:00"),
        ("mié, 06 dic 2022 10:00:00 GMT", "2022-12-06T10:00"),
        ("вт, 06 дек 2022 10:00:00 +0300", "2022-12-06T07:00"),
        ("6. Dezember 2022, 10:00", "2022-12-06T10:00"),
        ("6 décembre 2022", "2022-12-06"),
        ("6 grudnia 2022", "2022-12-06"),
        ("2022年12月6日 10:00", "2022-12-06T10:00"),
        ("2022-12-06 10:00:00.123 +0200", "2022-12-06T08:00"),
        ("2022-12-06T10:00:00.000000Z", "2022-12-06T10:00"),
        ("2022-12-06T10:00+02", "2022-12-06T08:00"),
        ("20221206T100000Z", "2022-12-06T10:00"),
        ("06.12.2022 10:00", "2022-12-06T10:00"),
        ("1670320800", "2022-12-06T10:00"),
        ("1670320800000", "2022-12-06T10:00"),
        ("Dec 6, 2022 at 10:00 am", "2022-12-06T10:00"),
        ("6 Dec 22 10:00 GMT", "2022-12-06T10:00"),
        (" Tue,  06  Dec  2022  10:00:00  GMT ", "2022-12-06T10:00"),
    ],
)
def test_dates_are_read_as_they_are_meant(written: str, utc: str) -> None:
    found = rss(f"{OWN}<pubDate>{written}</pubDate>").published
    assert found is not None
    assert found.astimezone(UTC).isoformat().startswith(utc)


@pytest.mark.parametrize(
    "written",
    ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "0",
     "1554", "9999-12-31", "Fri, 31 Dec 2150 10:00:00 GMT", "0000-00-00 00:00:00",
     "1899-12-30", "-62135596800", "10 Apr 2019, 25:00:99x", "99/99/9999", "soon", "", "²",
     "<b>now</b>", "2022-13-45T99:99:99Z", "9" * 400],
)  # fmt: skip
def test_impossible_dates_are_none_and_cost_nothing_else(written: str) -> None:
    found = rss(f"{OWN}<pubDate>{written}</pubDate>")
    assert found.text == TEXT
    assert found.published is None or 2019 <= found.published.year <= 2026


def test_a_zero_hides_no_date_that_is_right() -> None:
    right = datetime(2022, 12, 6, 10, tzinfo=UTC)
    zero = "<published>0001-01-01T00:00:00Z</published>"
    assert atom(f"{zero}<updated>2022-12-06T10:00:00Z</updated>").published == right
    two = "<pubDate>0</pubDate><dc:date>2022-12-06T10:00:00Z</dc:date>"
    assert rss(two).published == right
    far = "<published>2150-01-01T00:00:00Z</published>"
    assert atom(f"{far}<updated>2022-12-06T10:00:00Z</updated>").published == right
