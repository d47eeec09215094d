"""The door: what all say is linked, what one says stands alone, and order does not matter."""

import dataclasses
import random
import subprocess
import sys
from collections.abc import Callable

import pytest

from reader.compare import compare
from reader.model import Article, Comparison

Make = Callable[..., Article]

FERRY = (
    "A ferry with 80 people on board ran aground near the harbour of Lunden on Monday.",
    "The captain said that the steering had failed in heavy wind.",
    "All passengers were brought to the shore in small boats.",
)
FERRY_TOO = (
    "All of the passengers were brought ashore in boats.",
    "The ferry ran aground close to Lunden harbour on Monday with 80 people on board.",
    "The shipping line was founded by two brothers from Norway.",
)
FERRY_THREE = (
    "Eighty people were on the ferry that ran aground on Monday near the harbour of Lunden.",
    '"The steering failed," captain Ada Holm told the coast guard.',
    "Ada Holm, 51, has been a captain for twenty years.",
    "No one was hurt when small boats took the passengers to the shore.",
)
BAKERS = (
    "The bakers' guild chose the best rye loaf of the country in a castle on Sunday.",
    "Nine bakers had come with sourdough that some of them keep for decades.",
    "The winner, a woman from a mountain village, gave the prize money to a school.",
)


def linked(comparison: Comparison) -> set[frozenset[tuple[int, int]]]:
    """Return the linked pairs, whichever way round."""
    return {
        frozenset([(link.a.article, link.a.sentence), (link.b.article, link.b.sentence)])
        for link in comparison.links
    }


def content(comparison: Comparison) -> dict[str, object]:
    """Return all that a comparison says, without any order."""
    both = (*comparison.links, *comparison.related)
    return {
        "links": {(frozenset([link.a, link.b]), link.score) for link in both},
        "claims": {(c.text, c.sources, frozenset(c.members)) for c in comparison.claims},
        "only": set(comparison.only),
        "differences": {
            (d.kind, d.alarm, d.topic, d.confidence, frozenset(d.variants))
            for d in comparison.differences
        },
        "quotes": {(q.speaker, frozenset(q.variants)) for q in comparison.quotes},
        "timeline": {(e.date, frozenset(e.members)) for e in comparison.timeline},
        "notes": set(comparison.notes),
    }


def test_the_same_statement_is_linked_across_reports_wherever_it_stands(report: Make) -> None:
    one, two = report(*FERRY), report(*FERRY_TOO, source="The Courier")
    comparison = compare([one, two])
    pairs = {frozenset([(one.id, 0), (two.id, 1)]), frozenset([(one.id, 2), (two.id, 0)])}
    assert linked(comparison) == pairs
    assert {(p.article, p.sentence) for p in comparison.only} == {(one.id, 1), (two.id, 2)}


def test_what_two_outlets_say_is_one_claim_with_two_voices(report: Make) -> None:
    comparison = compare([report(*FERRY), report(*FERRY_TOO, source="The Courier")])
    assert [claim.sources for claim in comparison.claims] == [2, 2]
    assert [claim.id for claim in comparison.claims] == [0, 1]


def test_the_articles_stand_as_given_and_every_place_points_at_its_words(report: Make) -> None:
    articles = [
        report(*FERRY_TOO, source="The Courier"),
        report(*FERRY),
        report(*FERRY_THREE, source="C"),
    ]
    comparison = compare(articles)
    assert [a.id for a in comparison.articles] == [a.id for a in articles]
    texts = {article.id: article.text for article in articles}
    for shown in comparison.articles:
        assert all(texts[shown.id][s.start : s.end] == s.text for s in shown.sentences)
    spans = [span for quote in comparison.quotes for span in quote.variants]
    spans += [span for event in comparison.timeline for span in event.members]
    assert spans
    assert all(texts[s.article][s.start : s.end] == s.text for s in spans)
    variants = [v for d in comparison.differences for v in d.variants]
    assert all(texts[v.article][v.start : v.end] == v.value for v in variants)


def test_the_order_of_the_articles_changes_nothing_but_the_order(report: Make) -> None:
    articles = [
        report(*FERRY),
        report(*FERRY_TOO, source="The Courier", day="2025-03-15"),
        report(*FERRY_THREE, source="The Wire"),
        report(*BAKERS, source="The Baker"),
    ]
    expected = content(compare(articles))
    shuffle = random.Random(7)
    for _ in range(5):
        shuffle.shuffle(articles)
        assert content(compare(articles)) == expected


def test_an_article_and_itself_are_twins_sentence_by_sentence_without_a_difference(
    report: Make,
) -> None:
    again = (
        "He said so.",
        *FERRY_THREE,
        "He said so.",
        "In 2019 the ferry sank. In May 2018 it sank.",
    )
    one = report(*again)
    other = dataclasses.replace(one, id=one.id + 1, source="The Courier")
    comparison = compare([one, other])
    count = len(comparison.articles[0].sentences)
    assert {(link.a.sentence, link.b.sentence) for link in comparison.links} >= {
        (n, n) for n in range(count)
    }
    assert comparison.differences == ()
    assert comparison.only == ()


def test_an_unrelated_article_is_linked_to_nothing_and_raises_no_alarm(report: Make) -> None:
    story = [
        report(*FERRY),
        report(*FERRY_TOO, source="The Courier"),
        report(*FERRY_THREE, source="W"),
    ]
    stray = report(*BAKERS, source="The Baker")
    comparison = compare([*story, stray])
    places = [p for link in (*comparison.links, *comparison.related) for p in (link.a, link.b)]
    assert stray.id not in {place.article for place in places}
    assert stray.id not in {v.article for d in comparison.differences for v in d.variants}
    assert len([p for p in comparison.only if p.article == stray.id]) == len(BAKERS)


def test_a_copy_counts_as_no_voice_of_its_own(report: Make) -> None:
    wire = report(*FERRY_THREE, source="The Wire", day="2025-03-14")
    copy = report(*FERRY_THREE[:3], "Copied.", source="The Courier", day="2025-03-15")
    own = report(*FERRY, source="The Herald", day="2025-03-15")
    comparison = compare([copy, own, wire])
    assert [a.copy_of for a in comparison.articles] == [wire.id, None, None]
    aground = next(claim for claim in comparison.claims if "aground" in claim.text)
    assert len(aground.members) == 3
    assert aground.sources == 2
    assert any("one voice" in note for note in comparison.notes)


def test_the_reader_is_told_of_excerpts_and_missing_dates(report: Make) -> None:
    excerpt = dataclasses.replace(report(*FERRY), excerpt=True, published=None)
    notes = compare([excerpt, report(*FERRY_TOO, source="The Courier")]).notes
    assert any("excerpt" in note and "The Herald" in note for note in notes)
    assert any("not known when" in note for note in notes)


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["...", "?!"], ["One sentence.", ""]])
def test_hardly_anything_to_compare_is_no_error(report: Make, texts: list[str]) -> None:
    articles = [report(text, source=f"Outlet {n}") for n, text in enumerate(texts)]
    comparison = compare(articles)
    assert len(comparison.articles) == len(texts)
    assert comparison.links == comparison.differences == ()


def test_twenty_articles_are_compared_and_progress_is_told(report: Make) -> None:
    told: list[float] = []
    articles = [
        report(*FERRY, f"Number {n} has this alone.", source=f"Outlet {n}") for n in range(20)
    ]
    comparison = compare(articles, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert {len(claim.members) for claim in comparison.claims} >= {20}


def test_of_far_too_many_sentences_the_first_of_each_report_are_compared(
    report: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.compare.material.MOST_SENTENCES", 7)
    long = report(*FERRY_THREE, *(f"Sentence number {n} is here." for n in range(20)), source="L")
    comparison = compare([long, report(*FERRY)])
    assert len(comparison.articles[0].sentences) == len(FERRY_THREE) + 20
    assert {p.sentence for p in comparison.only if p.article == long.id} <= {0, 1, 2, 3}
    assert comparison.links
    assert any("Only the first sentences" in note and "L" in note for note in comparison.notes)


@pytest.mark.parametrize(
    "piece",
    [
        *('"', "'a ", "A. ", "Abc ", "1,", "1 ", "twenty ", ", and ", "A of ", "in 2011 "),
        *("Ada said, ", "called it brave ", "at 1:1 am ", "three years ago ", "Chile, Peru and "),
        *("Minister Jo Ravn, the minister ", "\x1b[31m\u202e", "\ud800abc ", "我们走。", "«"),
    ],
)
def test_endless_repetition_is_compared_in_time_that_does_not_run_away(
    report: Make, piece: str
) -> None:
    hostile = report(piece * 3000, source="Hostile")
    comparison = compare([hostile, report(piece * 1500 + FERRY[0], source="Too"), report(*FERRY)])
    assert len(comparison.articles) == 3


def test_reports_in_two_languages_are_linked_by_what_carries_over(report: Make) -> None:
    english = report(
        "The ferry Albatros ran aground near Lunden on 3 March 2025 with 80 people on board.",
        "The weather had been bad for days.",
    )
    german = report(
        "Das Wetter war seit Tagen schlecht.",
        "Die Fähre Albatros ist am 3. März 2025 mit 80 Menschen an Bord vor Lunden gestrandet.",
        source="Der Bote",
        language="de",
    )
    comparison = compare([english, german])
    assert linked(comparison) == {
        frozenset([(english.id, 0), (german.id, 1)]),
        frozenset([(english.id, 1), (german.id, 0)]),
    }
    assert any("several languages (de, en)" in note for note in comparison.notes)


def test_the_door_opens_without_the_heavy_libraries() -> None:
    code = "import sys, reader.compare; print({'numpy', 'nltk', 'sumy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
