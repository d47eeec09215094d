"""The body gate: lines of the page, captions and headings are neither chosen nor counted."""

from collections.abc import Callable

import pytest

from reader.model import Article, Block
from reader.summary import summarize
from reader.summary.gate import held_back
from reader.summary.material import prepare

Maker = Callable[..., Article]

PAGE = (
    "Skip to content\nHome News Sport Weather\nBy Jane Doe, Staff Writer\n"
    "Published: 12:01 GMT, 2 June 2025\n{}\nSign up for our newsletter and get the best stories.\n"
    "We use cookies to improve your experience on this site.\nMost read\n"
    "The pancake recipe that everybody talks about this spring.\n"
)


def _held(article: Article) -> dict[str, str]:
    material = prepare([article])
    reasons = held_back(material)
    return {u.sentence.text: r for u, r in zip(material.units, reasons, strict=True) if r}


@pytest.mark.parametrize("count", [1, 3, 5])
def test_a_page_with_left_overs_has_the_summary_of_its_article(
    count: int, report: Article, make: Maker
) -> None:
    clean = summarize([report], sentences=count)
    page = summarize([make(PAGE.format(report.text), title=report.title)], sentences=count)
    assert [s.text for s in page.sentences] == [s.text for s in clean.sentences]


def test_page_lines_are_held_back_and_the_report_is_not(report: Article, make: Maker) -> None:
    held = _held(make(PAGE.format(report.text)))
    own = [text for text in held if text in report.text]
    assert (
        own == ["Fishing boats from Brenna reached the ferry before the coast guard did."]
        or not own
    )
    assert len(held) - len(own) == 8


def test_lines_that_a_tokeniser_closed_with_a_loose_stop_are_held_back(
    report: Article, make: Maker
) -> None:
    lead, *rest = report.text.split("\n\n")
    by_line = "By . Jane Doe . PUBLISHED: . 06:11 EST, 2 June 2025 . | . UPDATED: . 07:36 EST"
    caption = "Lifeboats on the shore near the harbour of Brenna after the ferry fire ."
    text = f"{by_line}, 2 June 2025 . {lead} {caption} {' '.join(rest)}"
    summary = summarize([make(text)], sentences=3)
    assert summary.sentences[0].text.endswith("the coast guard said.")
    assert not any("Lifeboats on the shore" in s.text for s in summary.sentences)


def test_loose_stops_everywhere_are_the_style_of_a_text(report: Article, make: Maker) -> None:
    text = report.text.replace(". ", " . ").replace(".\n", " .\n")
    held = _held(make(text))
    assert "no full stop of its own" not in held.values()


def test_a_text_without_any_full_stops_is_not_held_back_for_that(make: Maker) -> None:
    lines = [
        "the river rises in the hills above the old town",
        "it runs past the mill and under the stone bridge",
        "below the bridge the river is slow and wide",
        "the mill has stood on the river for three hundred years",
    ]
    assert _held(make("\n".join(lines))) == {}


@pytest.mark.parametrize(
    "caption",
    [
        "FILE - The ferry Halvor leaves the harbour of Brenna on a summer day in 2019.",
        "Siri Moe (left) speaks to islanders on the pier of Utøy after the fire on Monday.",
        "The ferry Halvor lies in the harbour of Brenna after the fire. (AP Photo/Jane Doe)",
        "The burnt ferry Halvor (pictured) lies in the harbour of Brenna after the long fire.",
    ],
)
def test_captions_are_held_back(caption: str, report: Article, make: Maker) -> None:
    held = _held(make(f"{caption}\n\n{report.text}"))
    assert any("aption" in reason for reason in held.values())
    summary = summarize([make(f"{caption}\n\n{report.text}")], sentences=5)
    assert not any(caption.startswith(s.text) for s in summary.sentences)


@pytest.mark.parametrize("kind", ["heading", "caption", "table", "code"])
def test_blocks_that_are_no_prose_are_held_back(kind: str, report: Article, make: Maker) -> None:
    extra = "The fire on the ferry Halvor near Brenna in figures and in hours of Monday."
    text = f"{extra}\n\n{report.text}"
    blocks = (Block(0, len(extra), kind), Block(len(extra) + 2, len(text)))  # type: ignore[arg-type]
    article = make(text, blocks=blocks)
    assert _held(article)[extra] == kind
    assert summarize([article], sentences=1).sentences[0].index == 1


def test_an_item_of_a_list_may_be_chosen_but_costs(report: Article, make: Maker) -> None:
    text = report.text
    blocks = (Block(0, text.index("\n\n"), "list"), Block(text.index("\n\n") + 2, len(text)))
    chosen = summarize([make(text, blocks=blocks)], sentences=14).sentences
    items = [s for s in chosen if any(r.name == "item" and r.value < 0 for r in s.reasons)]
    assert [s.index for s in items] == [0, 1, 2]


def test_an_article_about_cookies_and_readers_keeps_its_sentences(make: Maker) -> None:
    text = (
        "Websites must ask you before they store cookies, the court ruled on Monday. "
        "Cookies let advertisers follow you from website to website. "
        "You can refuse cookies, but many websites make you click through five windows. "
        "The court said that a website may not store cookies by silence. "
        "Consumer groups told you so for years, their lawyer joked after the court ruled. "
        "Advertisers fear that most of you will refuse cookies from now on. "
        "The court gave websites until March to change how they ask about cookies."
    )
    assert _held(make(text)) == {}


def test_us_is_a_country_and_sie_is_a_she(make: Maker) -> None:
    english = (
        "The US embassy closed its gates on Monday after the storm reached the capital city. "
        "The storm tore roofs from houses in the capital and flooded the harbour. "
        "Soldiers of the US army helped to clear the harbour after the storm. "
        "The capital had no light for two days because the storm broke the lines. "
        "The harbour will open again when the soldiers have cleared the storm's wrecks."
    )
    assert _held(make(english)) == {}
    german = (
        "Die Ministerin legte am Montag einen Plan für den Hafen der Stadt vor. "
        "Danach will sie den Hafen bis zum Herbst vertiefen und ihn sauberer machen. "
        "Der Plan der Ministerin kostet die Stadt im Jahr vierzig Millionen. "
        "Im Rat der Stadt fand der Plan für den Hafen am Abend eine Mehrheit. "
        "Vor der Wahl hatte sie den Plan für den Hafen noch abgelehnt."
    )
    assert _held(make(german, language="de")) == {}


def test_what_is_held_back_still_fills_a_summary_that_needs_it(make: Maker) -> None:
    text = "Storm news\nThe storm hit the coast of Norland on Monday and killed four people.\nMap"
    summary = summarize([make(text)], sentences=3)
    assert [s.index for s in summary.sentences] == [0, 1, 2]


def test_short_lines_at_the_edges_of_a_page_are_looked_at_more_closely(
    report: Article, make: Maker
) -> None:
    before = "The city marathon starts on Sunday at the old town hall near the river."
    after = "Paintings by Jane Doe hang in the old customs house until the autumn."
    inside = report.text.replace("\n\n", f"\n\n{before}\n\n", 1)
    around = f"{before}\n\n{report.text}\n\n{after}"
    assert {before, after} <= set(_held(make(around)))
    assert summarize([make(around)], sentences=1).sentences[0].index == 1
    assert summarize([make(inside)], sentences=1).sentences[0].index == 0
