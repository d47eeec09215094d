"""What sources add to each entry is a left-over; what it alone leads to stays; the text stays."""

import time
from html import escape

import pytest

from reader.intake.entries import articles_of
from reader.intake.feeds import parse_feed
from reader.model import Article

AT = "https://quay.example/feed"
PAGE = "https://quay.example/crane"


def entry(body: str, title: str = "The crane") -> Article:
    text = (
        "<rss version='2.0'><channel><title>Quay</title><link>https://quay.example/</link>"
        f"<item><title>{title}</title><link>{PAGE}</link><guid>1</guid>"
        f"<content:encoded>{escape(body)}</content:encoded></item></channel></rss>"
    )
    return articles_of(parse_feed(text.encode(), {}, AT), AT, "Quay")[0]


TEXT = "The crane turned twice before noon, and nobody could say why."


@pytest.mark.parametrize(
    "addition",
    [
        (
            "&#32; submitted by &#32; <a href='https://red.example/u/ann'> /u/ann </a> <br/> <span>"
            f"<a href='{PAGE}'>[link]</a></span> &#32; <span><a href='{PAGE}'>[comments]</a></span>"
        ),
        (
            "submitted by <a href='https://red.example/u'>/u/ann</a> to <a href='#'>r/quays</a> "
            f"<a href='{PAGE}'>[link]</a> <a href='{PAGE}'>[comments]</a>"
        ),
        "<p>Thanks for reading Quay Notes! Subscribe for free to receive new posts.</p>",
        "<p>Thanks for reading! This post is public so feel free to share it.</p>",
        (
            "<p>Quay Notes is a reader-supported publication. To receive new posts, support "
            "us, consider becoming a free or paid subscriber.</p>"
        ),
        "<p>Danke fürs Lesen von Quay! Abonnieren Sie kostenlos, um neue Posts zu erhalten.</p>",
        "<p>Merci d’avoir lu Quay ! Abonnez-vous gratuitement.</p>",
        "<p>¡Gracias por leer Quay! Suscríbete gratis para recibir nuevos posts.</p>",
        "<p class='button-wrapper'><a class='button primary' href='/s'>Subscribe now</a></p>",
        "<p><a href='/share'>Share The Quay Letter</a></p>",
        "<p><a href='/c'>Leave a comment</a></p>",
        "<p><a href='/c'>12 Comments</a></p>",
        (
            "<p>Share this:</p><ul><li><a href='/t'>Twitter</a></li><li><a href='/f'>Facebook</a>"
            "</li></ul>"
        ),
        "<p><a href='/t'>Click to share on Bluesky (Opens in new window)</a></p>",
        "<p>The post <a href='/'>The crane</a> appeared first on <a href='/'>Quay</a>.</p>",
        "<p>Het bericht <a href='/'>The crane</a> verscheen eerst op <a href='/'>Quay</a>.</p>",
        "<p>Hosted on Acast. See <a href='#'>acast.example/privacy</a> for more information.</p>",
        "<p>Learn more about your ad choices. Visit <a href='#'>mega.example/adchoices</a></p>",
        "<p><a href='/more'>Support the show</a></p>",
    ],
)
def test_what_a_source_adds_is_a_leftover(addition: str) -> None:
    article = entry(f"<p>{TEXT}</p>{addition}")
    assert article.text == TEXT
    assert article.leftovers
    assert not article.excerpt


@pytest.mark.parametrize(
    "more",
    [
        f"<p><a href='{PAGE}'>Read more</a></p>",
        f"<p><a href='{PAGE}'>Continue reading on Quay »</a></p>",
        f"<a href='{PAGE}'>… Weiterlesen</a>",
        "<p>This post is for paid subscribers</p>",
        (
            "<p>Keep reading with a 7-day free trial</p><p><a href='/s'>Subscribe to Quay to read "
            "the rest.</a></p>"
        ),
    ],
)
def test_what_leads_to_the_rest_says_that_the_text_is_an_excerpt(more: str) -> None:
    article = entry(f"<p>{TEXT}</p>{more}")
    assert (article.text, article.excerpt) == (TEXT, True)


def test_a_widget_in_the_middle_goes_and_the_text_behind_it_stays() -> None:
    article = entry(
        f"<p>{TEXT}</p><div><p>Thanks for reading Quay! Subscribe for free.</p></div>"
        "<p>The harbour master laughed.</p>"
    )
    assert article.text == f"{TEXT}\n\nThe harbour master laughed."


def test_what_only_such_a_line_leads_to_stays_as_a_caption() -> None:
    line = (
        "submitted by <a href='https://red.example/u/ann'>/u/ann</a> <br/> <a "
        f"href='https://img.example/a/crane.jpg?w=1'>[link]</a> <a href='{PAGE}'>[comments]</a>"
    )
    article = entry(
        f"<table><tr><td><img src='/t.jpg' alt='The crane'></td><td>{line}</td></tr></table>"
    )
    assert article.text == "The crane\n\nLink: img.example/a/crane.jpg"
    assert {block.kind for block in article.blocks} == {"caption"}
    assert article.links[-1].url == "https://img.example/a/crane.jpg?w=1"


def test_an_entry_that_is_only_a_link_to_its_discussion_has_that_as_a_caption() -> None:
    article = entry("<a href='https://news.example/item?id=4'>Comments</a>")
    assert article.text == "Comments: news.example/item"
    assert [block.kind for block in article.blocks] == ["caption"]
    assert article.links[0].url == "https://news.example/item?id=4"
    assert article.excerpt
    many = entry(
        f"<p>Article URL: <a href='{PAGE}'>{PAGE}</a></p><p>Comments URL: "
        "<a href='https://news.example/item?id=4'>https://news.example/item?id=4</a></p>"
        "<p>Points: 12</p><p># Comments: 3</p>"
    )
    assert many.text == "Comments: news.example/item"


def test_an_entry_without_a_title_keeps_its_words() -> None:
    assert entry("<p><a href='/x'>Comments</a></p>", title="").text == "Comments"


def test_a_picture_that_is_called_like_the_entry_keeps_its_address() -> None:
    article = entry("<img src='/crane.jpg' alt='The crane'><p>It turned.</p>")
    assert article.text == "The crane\n\nIt turned."
    assert article.links[0].url == "https://quay.example/crane.jpg"
    repeated = entry("<p>The crane</p><p>It turned.</p>")
    assert (repeated.text, repeated.leftovers) == ("It turned.", ("The crane",))


@pytest.mark.parametrize(
    "text",
    [
        "<p>Thanks for reading the tide tables aloud, said Hale, and closed the window.</p>",
        "<p>She posted on Twitter that the crane would turn again.</p>",
        "<p>Comments by the harbour master were not to be had.</p>",
        "<p>Share prices of the shipyard fell by four per cent.</p>",
        "<p>Subscribe now, the posters said.</p>",
        "<p>The bill was submitted by /u/ann and three other users of the quay.</p>",
        "<p>Read more books, <a href='/b'>the librarian</a> said.</p>",
        "<p>Points: all of them were set by hand.</p>",
        "<p><a href='/x'>The tide tables of Orrin</a></p>",
    ],
)
def test_the_text_itself_stays(text: str) -> None:
    article = entry(f"<p>{TEXT}</p>{text}")
    assert article.leftovers == ()
    assert "\n\n" in article.text


def test_long_lines_made_to_take_long_do_not() -> None:
    began = time.process_time()
    for piece in (
        "x ",
        "share on ",
        "Thanks for reading ",
        "a is a reader-",
        "/u/ ",
        "Hosted on . ",
    ):
        entry(f"<p>{TEXT}</p><p><a href='/x'>{piece * 20_000}!</a></p>")
    assert time.process_time() - began < 20
