"""Feeds that are not quite XML, and bytes that are not quite text: nothing is cut or mangled."""

import pytest

from reader.errors import InputError
from reader.intake.entries import articles_of
from reader.intake.feeds import parse_feed
from reader.model import Article, Feed

AT = "http://quay.example/sub/feed.xml"


def document(items: str, *, head: str = "<?xml version='1.0' encoding='UTF-8'?>") -> str:
    return (
        f"{head}<rss version='2.0'><channel><title>Quay</title><link>http://quay.example/</link>"
        f"<description>d</description>{items}</channel></rss>"
    )


def item(title: str = "Crane", text: str = "The crane turned.", link: str = "") -> str:
    link = link or "http://quay.example/crane"
    return (
        f"<item><title>{title}</title><link>{link}</link><guid>g1</guid>"
        f"<description>{text}</description></item>"
    )


GOOD = (
    "<item><title>Lock</title><link>http://quay.example/lock</link><guid>g2</guid>"
    "<description>The lock opened.</description></item>"
)


def feed(data: str | bytes, **headers: str) -> Feed:
    body = data.encode() if isinstance(data, str) else data
    return parse_feed(body, {n.replace("_", "-"): v for n, v in headers.items()}, AT)


def articles(data: str | bytes, **headers: str) -> list[Article]:
    return articles_of(feed(data, **headers), AT, "Quay")


def both(data: str) -> Article:
    """Return the odd entry of two; the other came as it should."""
    first, second = articles(data)
    assert (second.title, second.text) == ("Lock", "The lock opened.")
    return first


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Rose by four&nbsp;metres; then fell.", "Rose by four metres; then fell."),
        ("Rose by four&thinsp;metres", "Rose by four metres"),
        ("&Eacute;t&eacute; &mdash; &hellip; &ldquo;so&rdquo;", "Été — … “so”"),
        ("It cost 4&euro; & more", "It cost 4€ & more"),
        ("AT&T and B&Q and R&D;", "AT&T and B&Q and R&D;"),
        ("Salt & pepper &amp; oil", "Salt & pepper & oil"),
        ("a &unknown; sign", "a &unknown; sign"),
        ("&sect;5 and &section; 6", "§5 and &section; 6"),
        ("if a < b then c > d", "if a < b then c > d"),
        ("five <5 metres, ten >10", "five <5 metres, ten >10"),
        ("<3 the quay", "<3 the quay"),
        ("The <b>crane</b> turned <br> twice", "The crane turned\ntwice"),
        ("The <b>crane</b> turned <br>twice</br> so", "The crane turned twice so"),
        ("The crane <hr> turned <img src='x.png' alt='so'> twice", "The crane turned so twice"),
        ("See &copyright and &notit; and &amp", "See &copyright and &notit; and &"),
        ("Five&nbsp metres", "Five metres"),
        ("&lt;p&gt;AT&amp;T &amp;section; &amp;nbsp;&amp;mdash;&lt;/p&gt;", "AT&T &section; —"),
        ("The <b>crane turned", "The crane turned"),
        ("The <i>crane</b> turned</i> on", "The crane turned on"),
        ("It rang \x07twice\x08 and \x1bstopped", "It rang twice and stopped"),
        ("It rang &#7;twice&#x0; and &#31;stopped", "It rang twice and stopped"),
        ("A grin &#55357;&#56832; here", "A grin 😀 here"),
        ("A grin &#xD83D;&#xDE00; here", "A grin 😀 here"),
        ("Half a grin &#55357; here", "Half a grin � here"),
        ("Beyond &#x110000; all", "Beyond � all"),
        ("Quotes &#147;so&#148; &#150; &#133;", "Quotes “so” – …"),
        ("<![CDATA[Ebb & flow &nbsp;here]]>", "Ebb & flow here"),
        ("<![CDATA[It rang \x0btwice]]> and more", "It rang twice and more"),
        ("<![CDATA[one]]><![CDATA[ two]]>", "one two"),
        ("before <![CDATA[in]]> behind", "before in behind"),
        ("<![CDATA[a <![CDATA[b]]> c]]>", "a b c"),
        ("<![CDATA[never closed", "never closed"),
        ("]]> alone", "alone"),
        ("a <!-- comment --> b", "a b"),
        ("a <? php echo 1 ?> b", "a b"),
    ],
)
def test_what_is_no_markup_is_text_and_nothing_of_it_is_lost(written: str, text: str) -> None:
    found = both(document(item(text=written) + GOOD))
    assert " ".join(found.text.split()) == " ".join(text.split())


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Caf&eacute; &amp; bar", "Café & bar"),
        ("Ebb &amp;amp; flow", "Ebb & flow"),
        ("AT&T rises", "AT&T rises"),
        ("Is 3 < 4?", "Is 3 < 4?"),
        ("The <i>Gull</i> sails", "The Gull sails"),
        ("&lt;i&gt;Gull&lt;/i&gt; sails", "Gull sails"),
        ("How to use &amp;lt;b&amp;gt;", "How to use <b>"),
        ("<![CDATA[Ebb & <b>flow</b>]]>", "Ebb & flow"),
        ("One\n   two\tthree", "One two three"),
        ("Rosa &#8217;s", "Rosa ’s"),
        ("C\x00rane", "Crane"),
    ],
)
def test_titles_come_whole(written: str, title: str) -> None:
    assert both(document(item(written) + GOOD)).title == title


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("http://q.example/?a=1&b=2&section=3", "http://q.example/?a=1&b=2&section=3"),
        ("http://q.example/?a=1&amp;b=2", "http://q.example/?a=1&b=2"),
        ("http://q.example/?a=1&amp;amp;b=2", "http://q.example/?a=1&b=2"),
        ("<![CDATA[http://q.example/?a=1&b=2]]>", "http://q.example/?a=1&b=2"),
        (
            "http://q.example/?copy=1&reg=2&lt=3&para=4",
            "http://q.example/?copy=1&reg=2&lt=3&para=4",
        ),
        ("\n  http://q.example/x \n", "http://q.example/x"),
        ("http://q.example/ä?q=ö", "http://q.example/ä?q=ö"),
    ],
)
def test_addresses_come_whole(written: str, url: str) -> None:
    assert both(document(item(link=written) + GOOD)).url == url


@pytest.mark.parametrize(
    "href",
    ["?a=1&amp;section=3", "?a=1&amp;copy=2&amp;lt=3", "?a=1&amp;amp;section=3"],
)
def test_links_in_texts_come_whole(href: str) -> None:
    text = f"&lt;p&gt;See &lt;a href='http://q.example/{href}'&gt;it&lt;/a&gt;&lt;/p&gt;"
    (link,) = both(document(item(text=text) + GOOD)).links
    assert link.url == "http://q.example/" + href.replace("&amp;amp;", "&").replace("&amp;", "&")


@pytest.mark.parametrize(
    "head",
    [
        "\n\n <?xml version='1.0'?>",
        "\ufeff<?xml version='1.0'?>",
        " \ufeff \n<?xml version='1.0'?>",
        (
            "<br /><b>Warning</b>: mysql_connect() in <b>/x.php</b> on line <b>3</b><br />"
            "<?xml version='1.0'?>"
        ),
        "<!-- made by hand --><?xml version='1.0'?>",
        "<?xml version='1.1'?>",
        "<?xml version='1.0' encoding='utf8'?>",
        "<?xml version='1.0' encoding='none'?>",
        "<?xml version=1.0?>",
        "<?xml version='1.0'?><?xml-stylesheet href='x.xsl' type='text/xsl'?>",
        "<?xml version='1.0'?><!DOCTYPE rss PUBLIC '-//N//DTD RSS 0.91//EN' 'http://x/rss.dtd'>",
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY % HTMLlat1 PUBLIC 'x' 'y'> %HTMLlat1;]>",
        "",
        "\x00",
    ],
)
def test_what_stands_before_a_feed_is_no_harm(head: str) -> None:
    found = both(document(item() + GOOD, head=head))
    assert found.text == "The crane turned."


@pytest.mark.parametrize(
    "end",
    ["<script>x()</script>", "<!-- .4 -->", "\x00\x00", "</html>", "junk & more <", "\n\n"],
)
def test_what_stands_behind_a_feed_is_no_harm(end: str) -> None:
    found = feed(document(item() + GOOD) + end)
    assert len(found.entries) == 2
    assert found.fault == ""


def test_own_entities_of_a_document_are_read() -> None:
    head = (
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY quay 'Orrin Quay'><!ENTITY nbsp '&#160;'>]>"
    )
    found = both(document(item("&quay; opens", "At &quay;,&nbsp;noon.") + GOOD, head=head))
    assert (found.title, found.text) == ("Orrin Quay opens", "At Orrin Quay,\xa0noon.")


@pytest.mark.parametrize(
    "broken",
    [
        item().replace("</description>", ""),
        item().replace("</item>", ""),
        item().replace("<title>Crane</title>", "<title>Crane"),
        item().replace("<guid>", "<GUID>").replace("</guid>", "</Guid>"),
        item().replace("<item>", "<item x=1 y>"),
        item().replace("<item>", "<item a='1' a='2'>"),
        item().replace("</guid>", "</guid></stray>"),
        item().replace("<guid>", "<q:odd>x</q:odd><guid>"),
        item().replace("<guid>", "<media:content url='x'/><guid>"),
        item().replace("<guid>", "<1x>y</1x><guid>"),
    ],
)
def test_tags_that_are_wrong_cost_no_entry_and_no_text(broken: str) -> None:
    found = both(document(broken + GOOD))
    assert found.title.startswith("Crane")
    assert "The crane turned." in found.text
    assert found.identity.endswith("\tg1")


def test_a_feed_in_capitals_and_one_with_a_prefix_are_read() -> None:
    capitals = document(GOOD).replace("rss", "RSS").replace("channel", "CHANNEL")
    for name in ("item", "title", "link", "guid", "description"):
        capitals = capitals.replace(f"<{name}>", f"<{name.upper()}>")
        capitals = capitals.replace(f"</{name}>", f"</{name.upper()}>")
    assert [a.text for a in articles(capitals)] == ["The lock opened."]
    atom = (
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>Quay</a:title><a:entry><a:id>i"
        "</a:id><a:title>Lock</a:title><a:content>The lock opened.</a:content></a:entry></a:feed>"
    )
    for text in (atom, atom.replace(" xmlns:a='http://www.w3.org/2005/Atom'", "")):
        assert [a.text for a in articles(text)] == ["The lock opened."]


WHOLE = document(item("Crane") + GOOD)


@pytest.mark.parametrize("at", range(5, 100, 9))
def test_of_a_feed_cut_in_the_middle_the_whole_entries_are_taken_and_the_cut_is_told(
    at: int,
) -> None:
    cut = WHOLE[: len(WHOLE) * at // 100]
    try:
        found = feed(cut)
    except InputError:
        assert "<item>" not in cut
        return
    whole = cut.count("</item>")
    assert found.fault
    titles = [a.title for a in articles_of(found, AT, "Quay")]
    assert titles[:whole] == ["Crane", "Lock"][:whole]
    assert set(titles) <= {"Crane", "Lock"} or whole == 0


# Bytes

RUSSIAN, CHINESE = "Плотина держит воду у села", "水坝在村庄旁边挡住了水"


@pytest.mark.parametrize("text", [RUSSIAN, CHINESE, "Die Häfen öffnen früher"])
@pytest.mark.parametrize(
    ("bad", "told"),
    [(b"\xd0", "�"), (b"\xe2\x80", "�"), (b"\xe4", "�"), (b"\xff", "�"), (b"\xc3(", "�(")],
)
def test_a_bad_byte_is_one_bad_character(text: str, bad: bytes, told: str) -> None:
    body = document(item(text, f"{text}. Ende@.") + GOOD).encode().replace(b"@", bad)
    first, second = articles(body)
    assert (first.title, second.text) == (text, "The lock opened.")
    assert first.text == f"{text}. Ende{told}."


@pytest.mark.parametrize(
    ("encoding", "declared", "header", "text"),
    [
        ("windows-1251", "windows-1251", "", RUSSIAN),
        ("windows-1251", "cp-1251", "", RUSSIAN),
        ("windows-1251", "", "windows-1251", RUSSIAN),
        ("windows-1251", "utf-8", "", RUSSIAN),
        ("koi8-r", "koi8-r", "", RUSSIAN),
        ("gbk", "gb2312", "", CHINESE),
        ("gb18030", "GB18030", "", CHINESE),
        ("big5", "big5", "", "水壩在村莊旁邊擋住了水"),
        ("shift_jis", "Shift_JIS", "", "ダムは村の水をせき止めている"),
        ("euc-jp", "EUC-JP", "", "ダムは村の水をせき止めている"),
        ("euc-kr", "euc-kr", "", "댐은 마을의 물을 막고 있다"),
        ("latin-1", "iso-8859-1", "", "Die Häfen öffnen früher"),
        ("latin-1", "", "iso-8859-1", "Die Häfen öffnen früher"),
        ("cp1252", "iso-8859-1", "", "“Die Häfen” – öffnen…"),
        ("cp1252", "utf-8", "", "Die Häfen öffnen früher"),
        ("utf-8", "iso-8859-1", "", "Die Häfen öffnen früher"),
        ("utf-8", "", "iso-8859-1", RUSSIAN),
        ("utf-8-sig", "windows-1251", "windows-1251", RUSSIAN),
        ("utf-16", "utf-8", "", RUSSIAN),
        ("utf-16-le", "utf-16", "", RUSSIAN),
        ("utf-16-be", "utf-8", "utf-8", RUSSIAN),
        ("utf-32", "utf-32", "", RUSSIAN),
        ("iso-8859-2", "iso-8859-2", "", "Zażółć gęślą jaźń"),
        ("windows-1256", "windows-1256", "", "السد يحجز المياه قرب القرية"),
        ("iso-8859-7", "iso-8859-7", "", "Το φράγμα κρατά το νερό"),
    ],
)
def test_feeds_come_in_every_encoding(encoding: str, declared: str, header: str, text: str) -> None:
    told = f" encoding='{declared}'" if declared else ""
    body = document(item(text, f"{text}.") + GOOD, head=f"<?xml version='1.0'{told}?>")
    kind = f"text/xml; charset={header}" if header else "text/xml"
    first, second = articles(body.encode(encoding), content_type=kind)
    assert (first.title, first.text) == (text, f"{text}.")
    assert second.title == "Lock"


@pytest.mark.parametrize("label", ['"utf-8"', "'utf-8'", "UTF8", "utf-8;", "x-unknown", "", "�"])
def test_an_odd_charset_in_a_header_is_no_harm(label: str) -> None:
    body = document(item("Häfen") + GOOD)
    assert articles(body, content_type=f"text/xml; charset={label}")[0].title == "Häfen"
