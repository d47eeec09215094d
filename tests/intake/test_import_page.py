"""Web pages come in: the main text, its structure, what the page says of itself."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from importing import failure, read

from reader.intake import ImportOptions

HEAD = """<title>New bridge opens after ten years - The Harbour Post</title>
<link rel="canonical" href="https://harbourpost.example/news/bridge">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"},
{"@type": ["NewsArticle"], "headline": "New bridge opens after ten years",
"datePublished": "2025-07-04T09:30:00+01:00", "dateModified": "2025-07-05T09:30:00+01:00",
"author": [{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Chen"}],
"publisher": {"name": "The Harbour Post"}, "inLanguage": "en-GB"}]}</script>"""

ARTICLE = """<header><nav><ul><li><a href="/">Home</a></li>
<li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article><h1>New bridge opens after ten years</h1>
<p class="byline">By <a href="/ann">Ann Lee</a> | 4 July 2025</p>
<div class="share"><button>Share</button><a href="#">Tweet</a></div>
<figure><img src="/img/b.jpg" alt="x">
<figcaption>The bridge on Friday. (Photo: Bo Chen)</figcaption></figure>
<p>The city opened its <a href="/bridge">new bridge</a> on Friday, ten years after the first stone
was laid, and thousands of people walked across it .</p>
<p>“It is <em>wonderful</em>,” said the mayor, who cut the ribbon.<br>“We have
waited for so long.”</p>
<h2>What it cost</h2>
<p>The bridge cost 41 million pounds<sup>1</sup>, twice as much as planned.
Two things made it dear:</p>
<ul><li>Steel prices doubled in 2021.</li>
<li>A storm <a href="https://weather.example/storm">in March</a> broke two cranes.</li></ul>
<blockquote><p>We made mistakes, and we have learned from them.</p></blockquote>
<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2015</td><td>20 million</td></tr>
<tr><td>2025</td><td>41 million</td></tr></table>
<pre><code>def cost():
    return 41
</code></pre>
<div>Advertisement</div>
<p>Trams will run over the bridge from next week, and the old ferry will stop on Sunday.</p>
<p>Read more: <a href="/x">Ferry captain looks back</a></p>
</article></main><footer>© 2025 The Harbour Post. <a href="/privacy">Privacy</a></footer>"""

RUNNING = (
    "<p>The city opened its new bridge on Friday, ten years after the first stone was laid, and "
    "thousands of people walked across it in the rain.</p>"
    "<p>Trams will run over the bridge from next week, and the old ferry will stop on Sunday.</p>"
)


def page(body: str, head: str = HEAD, lang: str = "en") -> str:
    top = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head>'
    return f"{top}<body>{body}</body></html>"


def write(tmp_path: Path, html: str | bytes, name: str = "page.html") -> Path:
    path = tmp_path / name
    path.write_bytes(html if isinstance(html, bytes) else html.encode("utf-8"))
    return path


def test_the_page_tells_about_its_article(tmp_path: Path) -> None:
    article = read(write(tmp_path, page(ARTICLE)))
    assert article.title == "New bridge opens after ten years"
    assert article.source == "The Harbour Post"
    assert article.author == "Ann Lee, Bo Chen"
    assert article.language == "en"
    assert article.url == "https://harbourpost.example/news/bridge"
    assert article.identity == "url:https://harbourpost.example/news/bridge"
    assert article.published is not None
    assert article.published.astimezone(UTC) == datetime(2025, 7, 4, 8, 30, tzinfo=UTC)


def test_the_main_text_keeps_its_structure(tmp_path: Path) -> None:
    article = read(write(tmp_path, page(ARTICLE)))
    kinds = [block.kind for block in article.blocks]
    assert kinds == [
        "caption", "paragraph", "paragraph", "paragraph", "heading", "paragraph", "list", "list",
        "quote", "table", "code", "paragraph",
    ]  # fmt: skip
    text = article.text
    assert text.startswith(
        "The bridge on Friday. (Photo: Bo Chen)\n\nThe city opened its new bridge"
    )
    assert "walked across it.\n\n“It is wonderful,” said" in text
    assert "cut the ribbon.\n\n“We have waited for so long.”" in text
    assert "41 million pounds¹, twice" in text
    assert "Steel prices doubled in 2021.\nA storm in March broke two cranes." in text
    assert "Year | Cost\n2015 | 20 million\n2025 | 41 million" in text
    assert "def cost():\n    return 41" in text


def test_menus_buttons_and_footers_are_not_the_text(tmp_path: Path) -> None:
    article = read(write(tmp_path, page(ARTICLE)))
    for words in (
        "Home",
        "Sport",
        "Share",
        "Tweet",
        "Advertisement",
        "Read more",
        "Privacy",
        "By Ann",
    ):
        assert words not in article.text
    assert "Advertisement" in article.leftovers


def test_links_of_the_text_are_kept(tmp_path: Path) -> None:
    article = read(write(tmp_path, page(ARTICLE)))
    links = [(article.text[a.start : a.end], a.url) for a in article.links]
    assert ("new bridge", "https://harbourpost.example/bridge") in links
    assert ("in March", "https://weather.example/storm") in links


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta property="article:published_time" content="2025-07-04T09:30:00Z">', 9),
        ('<meta name="date" content="2025-07-04T09:30:00Z">', 9),
        ('<meta itemprop="datePublished" content="2025-07-04 09:30">', 9),
        ('<meta name="dc.date" content="4 July 2025 09:30 GMT">', 9),
        ('<meta property="article:modified_time" content="2025-07-04T09:30:00Z">', None),
        ("", None),
    ],
)
def test_the_time_is_what_the_page_says_and_else_none(
    tmp_path: Path, head: str, expected: int | None
) -> None:
    published = read(
        write(tmp_path, page(RUNNING, f"<title>Bridge opens today</title>{head}"))
    ).published
    assert (published.hour if published else None) == expected


def test_open_graph_names_title_and_outlet(tmp_path: Path) -> None:
    head = (
        "<title>Bridge - Site</title>"
        '<meta property="og:title" content="Bridge opens | Harbour Post">'
        '<meta property="og:site_name" content="Harbour Post">'
        '<meta property="og:url" content="https://harbour.example/a?id=3">'
    )
    article = read(write(tmp_path, page(RUNNING, head)))
    assert (article.title, article.source) == ("Bridge opens", "Harbour Post")
    assert article.url == "https://harbour.example/a?id=3"


def test_a_page_without_an_outlet_is_its_hosts_where_the_reader_names_none(tmp_path: Path) -> None:
    head = '<title>Bridge opens</title><link rel="canonical" href="https://www.harbour.example/a">'
    file = write(tmp_path, page(RUNNING, head))
    assert read(file).source == "harbour.example"
    assert read(file, ImportOptions(source="Harbour Post")).source == "Harbour Post"


def test_the_front_page_is_no_articles_address(tmp_path: Path) -> None:
    head = '<title>Bridge opens</title><link rel="canonical" href="https://harbour.example/">'
    assert read(write(tmp_path, page(RUNNING, head))).url is None


def test_the_language_of_the_text_goes_before_that_of_the_template(tmp_path: Path) -> None:
    german = (
        "<p>Die Stadt hat am Freitag ihre neue Brücke eröffnet, zehn Jahre nach der "
        "Grundsteinlegung, und Tausende gingen trotz des Regens hinüber.</p><p>Von nächster Woche "
        "an fährt die Straßenbahn, und die alte Fähre stellt ihren Dienst am Sonntag ein.</p>"
    )
    assert read(write(tmp_path, page(german, "<title>Neue Brücke</title>", "en"))).language == "de"


@pytest.mark.parametrize(
    ("charset", "declaration"),
    [
        ("cp1252", '<meta charset="iso-8859-1">'),
        ("cp1251", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'),
        ("cp932", '<meta charset="Shift_JIS">'),
        ("utf-16", ""),
    ],
)
def test_the_declared_charset_is_used(tmp_path: Path, charset: str, declaration: str) -> None:
    words = {"cp1252": "“Größe” – öffnet", "cp1251": "Новый мост", "cp932": "新しい橋"}.get(
        charset, "Brücke"
    )
    head = f"<head>{declaration}<title>{words}</title></head>"
    html = f"<html>{head}<body><h1>{words}</h1>{RUNNING}</body></html>"
    assert read(write(tmp_path, html.encode(charset))).title == words


def test_a_page_that_trafilatura_cannot_read_is_read_whole(tmp_path: Path) -> None:
    article = read(
        write(tmp_path, "<html><body><p>It rained all day in the harbour.</p></body></html>")
    )
    assert article.text == "It rained all day in the harbour."


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<nav><a href='/'>Home</a><a href='/b'>Sport</a></nav>", id="menu"),
        pytest.param("<form><input type=password><button>Log in</button></form>", id="form"),
        pytest.param("<li><a href='/x'>Headline of a story</a></li>" * 40, id="links"),
        pytest.param("", id="nothing"),
        pytest.param("<div>" * 100_000 + RUNNING, id="deep"),
        pytest.param("<b>" * 100_000, id="bold"),
    ],
)
def test_a_page_without_an_article_is_named(tmp_path: Path, body: str) -> None:
    found = failure(write(tmp_path, page(body, "")))
    assert "no article" in found.reason


def test_deep_nesting_inside_an_article_breaks_nothing(tmp_path: Path) -> None:
    deep = f"<article>{RUNNING}{'<span>' * 20_000}and more{'</span>' * 20_000}{RUNNING}</article>"
    assert read(write(tmp_path, page(deep))).text.startswith("The city opened")


def test_scripts_and_control_characters_never_reach_the_text(tmp_path: Path) -> None:
    hostile = (
        f"{RUNNING}<p>Red &#27;[31m alarm &#x202e;backwards&#8238; rang for the whole night.</p>"
        "<script>x</script>"
    )
    article = read(write(tmp_path, page(hostile)))
    assert not any(ord(c) < 32 and c != "\n" for c in article.text)
    assert "\u202e" not in article.text
    assert article.stripped >= 2


def test_broken_json_about_the_article_is_passed_over(tmp_path: Path) -> None:
    for data in (
        "{",
        "[" * 50_000,
        '"x"',
        '{"@type": "NewsArticle", "author": [[[]]], "headline": {}}',
        "null",
    ):
        head = (
            f'<title>Bridge opens today</title><script type="application/ld+json">{data}</script>'
        )
        assert read(write(tmp_path, page(RUNNING, head))).title == "Bridge opens today"


def test_a_feed_is_to_be_subscribed_to(tmp_path: Path) -> None:
    feed = write(
        tmp_path, '<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', "x.xml"
    )
    assert "reader add" in failure(feed).reason


def test_the_heading_readers_see_goes_before_the_one_for_search_engines(tmp_path: Path) -> None:
    head = '<title>x</title><meta property="og:title" content="Harbour bridge: opening, cost">'
    seen = "<article><h1>Opening day for the harbour bridge</h1>" + RUNNING + "</article>"
    article = read(write(tmp_path, page(seen, head)))
    assert article.title == "Opening day for the harbour bridge"
    assert article.text.startswith("The city opened")
    named = "<h1>The Example</h1>" + RUNNING
    assert read(write(tmp_path, page(named, head))).title == "Harbour bridge: opening, cost"


def test_paragraphs_made_of_breaks_are_paragraphs(tmp_path: Path) -> None:
    plain = RUNNING.replace("<p>", "").replace("</p>", "<br><br>")
    text = read(write(tmp_path, page(f"<div>{plain}</div>", "<title>Bridge opens</title>"))).text
    assert text.split("\n\n")[1].startswith("Trams will run")
    assert "<" not in text


def test_a_list_of_other_articles_is_left_out(tmp_path: Path) -> None:
    links = "".join(f"<li><a href='/{n}'>{n} stops</a></li>" for n in ("Ferry", "Tram"))
    others = f"<h3>Related articles</h3><ul>{links}</ul>"
    article = read(
        write(
            tmp_path, page(f"<article>{RUNNING}{others}</article>", "<title>Bridge opens</title>")
        )
    )
    assert "Ferry stops" not in article.text
