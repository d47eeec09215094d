"""Kinds of pages that publishers send: each becomes its article, or is refused by its name."""

import json
from pathlib import Path

import pytest
from importing import failure, read

A = (
    "The tram company will run a night line from March, after a trial of six weeks in which four "
    "thousand people used it."
)
B = (
    "Each journey costs two crowns, and the drivers have agreed to work until three in the "
    "morning on Fridays and Saturdays."
)
C = (
    "Residents of Mill Lane had asked for walls against the noise; the company promised rubber "
    "under the rails instead, to be laid in May."
)
TEXT = f"<p>{A}</p><p>{B}</p><p>{C}</p>"


def page(tmp_path: Path, body: str, head: str = "<title>Night line for Tolken</title>") -> Path:
    path = tmp_path / "page.html"
    path.write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head>'
        f"<body>{body}</body></html>",
        encoding="utf-8",
    )
    return path


def linked(**fields: object) -> str:
    return f'<title>x</title><script type="application/ld+json">{json.dumps(fields)}</script>'


def test_an_article_in_two_containers_is_whole(tmp_path: Path) -> None:
    one, two = f"<div class='story__part'><p>{A}</p><p>{B}</p></div>", f"<p>{C}</p><p>{A[:-1]}!</p>"
    body = f"<main>{one}<div class='slot'>Advertisement</div><div class='story__part'>{two}</div>"
    assert C in read(page(tmp_path, f"<h1>Night line</h1>{body}</main>")).text


def test_what_is_no_article_is_left_over_and_nothing_is_lost(tmp_path: Path) -> None:
    menu = "<ul class='top'><li><a href='/a'>Harbour</a></li><li><a href='/b'>Markets</a></li></ul>"
    others = (
        "<div class='related'><h3>More</h3><p><a href='/c'>Ferry to stop in June.</a></p></div>"
    )
    article = read(page(tmp_path, f"{menu}<article>{TEXT}</article>{others}"))
    assert article.text == f"{A}\n\n{B}\n\n{C}"
    assert {"Harbour", "Markets", "Ferry to stop in June."} <= set(article.leftovers)


def test_a_paragraph_that_is_one_link_and_a_list_are_kept(tmp_path: Path) -> None:
    link = "<p><a href='/o'>In autumn the company had said that no night line was planned.</a></p>"
    items = "<ul><li>a stop at the mill</li><li>a stop at the quay</li></ul>"
    text = read(page(tmp_path, f"<div><p>{A}</p>{link}<p>{B}</p>{items}<p>{C}</p></div>")).text
    assert "no night line was planned." in text
    assert "a stop at the mill\na stop at the quay" in text


def test_a_page_that_is_one_form_is_read(tmp_path: Path) -> None:
    assert A in read(page(tmp_path, f"<form action='/s'><input name=q>{TEXT}</form>")).text


def test_the_same_text_hidden_or_twice_is_told_once(tmp_path: Path) -> None:
    twice = f"<div class='print'>{TEXT}</div>"
    hidden = f"<div style='display: none'>{TEXT}</div>"
    for extra in (twice, hidden):
        text = read(page(tmp_path, f"<article>{TEXT}</article>{extra}")).text
        assert text.count("rubber under the rails") == 1


def test_a_live_blog_keeps_its_times(tmp_path: Path) -> None:
    updates = "".join(
        f"<div class='update'><time datetime='2025-02-03T{at}:00Z'>{at}</time>"
        f"<h2>{head}</h2><p>{text}</p></div>"
        for at, head, text in (("21:10", "Council agrees", A), ("20:40", "Talks go on", B))
    )
    text = read(page(tmp_path, f"<h1>Live: the night line</h1><div>{updates}</div>")).text
    assert "21:10 Council agrees" in text
    assert "20:40 Talks go on" in text


def test_the_text_of_json_ld_is_taken_where_the_page_shows_none(tmp_path: Path) -> None:
    head = linked(**{"@type": "NewsArticle", "headline": "Night line", "articleBody": f"{A}\n{B}"})
    assert read(page(tmp_path, "<div id=app></div>", head)).text == f"{A}\n\n{B}"
    update = {"headline": "Council agrees", "datePublished": "2025-02-03T21:10:00Z",
              "articleBody": A}  # fmt: skip
    head = linked(**{"@type": "LiveBlogPosting", "headline": "Live", "liveBlogUpdate": [update]})
    assert read(page(tmp_path, "", head)).text == f"21:10 Council agrees\n\n{A}"


def test_the_text_of_a_framework_s_data_is_taken(tmp_path: Path) -> None:
    data = {"props": {"page": {"id": 4, "body": [{"text": A}, {"text": B}, {"text": C}]}}}
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'
    assert read(page(tmp_path, f"<div id=__next></div>{script}")).text == f"{A}\n\n{B}\n\n{C}"


def test_a_film_has_its_transcript_and_day_and_no_clock(tmp_path: Path) -> None:
    head = linked(**{"@type": "VideoObject", "name": "Film: the night line",
                     "transcript": f"{A} {B}", "uploadDate": "2025-02-04T08:00:00Z"})  # fmt: skip
    body = (
        "<h1>Film: the night line</h1><div class=player><span>00:00</span><span>04:12</span></div>"
        f"<p>{C}</p><ul><li><a href=a>Up next: Storm over Orrin</a></li></ul>"
    )
    article = read(page(tmp_path, body, head))
    assert article.text == f"{C}\n\n{A} {B}"
    assert str(article.published)[:10] == "2025-02-04"


def test_a_gallery_is_its_captions(tmp_path: Path) -> None:
    figures = "".join(
        f"<figure><img src='{n}.jpg'><figcaption>The old tram shed of Tolken in {year}."
        "</figcaption></figure>"
        for n, year in enumerate((1911, 1954, 1987))
    )
    article = read(page(tmp_path, f"<h1>In pictures: the tram shed</h1><div>{figures}</div>"))
    assert [block.kind for block in article.blocks] == ["caption"] * 3


@pytest.mark.parametrize(
    ("head", "end", "excerpt"),
    [
        ({"isAccessibleForFree": False}, "", True),
        ({"isAccessibleForFree": "False"}, "", True),
        ({"isAccessibleForFree": True}, "", False),
        ({"isAccessibleForFree": False, "wordCount": 68}, "", False),
        ({}, "<p>Subscribe to continue reading this story.</p>", True),
        ({}, "", False),
    ],
)
def test_the_teaser_of_a_paid_article_is_an_excerpt(
    tmp_path: Path, head: dict[str, object], end: str, excerpt: bool
) -> None:
    told = linked(**{"@type": "NewsArticle", "headline": "Night line for Tolken", **head})
    article = read(page(tmp_path, f"<article>{TEXT}</article><div>{end}</div>", told))
    assert article.excerpt is excerpt
    assert "Subscribe" not in article.text


COOKIES = (
    "<h1>Your privacy</h1><p>We and our 40 partners store information on a device, such as "
    "cookies, and process personal data for personalised ads, with your consent.</p>"
    "<button>{}</button>"
)
GERMAN = (
    "<p>Mit Ihrer Einwilligung speichern unsere Partner und wir Cookies auf Ihrem Endgerät und "
    "verarbeiten personenbezogene Daten. Mehr dazu steht im Datenschutz.</p><button>{}</button>"
)


@pytest.mark.parametrize(
    ("body", "head", "words"),
    [
        (COOKIES.format("Accept all"), "", "cookie notice"),
        (GERMAN.format("Alle akzeptieren"), "", "cookie notice"),
        ("<p>If nothing happens, <a href='/n'>click here to go on to the page.</a></p>",
         '<meta http-equiv="refresh" content="0; url=https://tolken.example/n">',
         "leads on to https://tolken.example/n"),
        ("<p>You are being taken to the page that you asked for.</p>",
         '<script>window.location.replace("https://tolken.example/n")</script>',
         "leads on to https://tolken.example/n"),
        ("<p>Please complete the security check so that we know you are not a robot, it says.</p>",
         "<title>Just a moment...</title>", "whether a person reads"),
    ],
)  # fmt: skip
def test_a_page_in_place_of_an_article_is_refused_by_name(
    tmp_path: Path, body: str, head: str, words: str
) -> None:
    assert words in failure(page(tmp_path, body, head)).reason


def test_an_article_about_cookies_is_an_article(tmp_path: Path) -> None:
    body = TEXT + COOKIES.format("Accept all")
    assert read(page(tmp_path, body)).text.startswith(A)


@pytest.mark.parametrize(
    ("mark", "author"),
    [
        ("<p class=byline>By <a rel=author href=/r>Rut Hale</a></p>", "Rut Hale"),
        ("<span itemprop=author><span itemprop=name>Rut Hale</span></span>", "Rut Hale"),
        ("<div class='post-author'>Rut Hale, Bo Moor</div>", "Rut Hale, Bo Moor"),
        ("<p>By Rut Hale</p>", "Rut Hale"),
        ("<span class=author>admin</span>", None),
        ("<span class=author>Tolken Post</span>", None),
        ("<aside class=comments><span class=author>Rut Hale</span></aside>", None),
    ],
)
def test_the_author_is_whom_the_page_marks_and_never_the_outlet(
    tmp_path: Path, mark: str, author: str | None
) -> None:
    head = linked(**{"@type": "NewsArticle", "headline": "Night line for Tolken",
                     "author": {"@type": "Organization", "name": "Tolken Post"},
                     "publisher": {"name": "Tolken Post"}})  # fmt: skip
    body = f"<article><h1>Night line for Tolken</h1>{mark}{TEXT}</article>"
    assert read(page(tmp_path, body, head)).author == author


def test_references_and_entities_in_json_ld_are_put_right(tmp_path: Path) -> None:
    head = linked(**{"@graph": [
        {"@type": "NewsArticle", "headline": "Tram &amp; ferry: &#8216;at night&#8217;",
         "author": {"@id": "#r"}, "publisher": {"@id": "#p"}},
        {"@type": "Person", "@id": "#r", "name": "Zo&euml; Hale"},
        {"@type": "Organization", "@id": "#p", "name": "Tolken Post"}]})  # fmt: skip
    article = read(page(tmp_path, TEXT, head))
    assert (article.title, article.author, article.source) == (
        "Tram & ferry: ‘at night’", "Zoë Hale", "Tolken Post",
    )  # fmt: skip


def test_a_description_does_not_replace_the_heading(tmp_path: Path) -> None:
    head = linked(
        **{"@type": "Article", "name": "Tolken Tramway", "headline": "railway in Marland"}
    )
    article = read(page(tmp_path, f"<h1>Tolken Tramway</h1>{TEXT}", head))
    assert article.title == "Tolken Tramway"


@pytest.mark.parametrize(
    ("mark", "day"),
    [
        ("<time class=updated datetime=2025-02-05></time><time class=published "  # noqa: ISC004
         "datetime=2025-02-03></time>", "2025-02-03"),
        ("<span class=entry-date>3 February 2025</span>", "2025-02-03"),
        ("<p class=meta>Posted on 3 February 2025 in Trams</p>", "2025-02-03"),
        ("<p>The line opened on 3 February 1925, as the plan in the town hall shows.</p>", "None"),
    ],
)  # fmt: skip
def test_the_day_is_that_of_publication(tmp_path: Path, mark: str, day: str) -> None:
    article = read(page(tmp_path, f"<article><h1>Night line</h1>{mark}{TEXT}</article>"))
    assert str(article.published)[:10] == day


def test_footnotes_and_edit_links_do_not_hide_an_article(tmp_path: Path) -> None:
    note = "<sup><a href=#n1>[1]</a></sup>"
    edit = "<span class=mw-editsection>[<a href=/e>edit</a>]</span>"
    body = f"<h1>Tolken Tramway</h1><p>{A}{note}</p><h2>History{edit}</h2><p>{B}{note}</p>"
    text = read(page(tmp_path, body)).text
    assert "[¹]" in text
    assert "edit" not in text
