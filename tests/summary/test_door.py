"""What a reader gets who asks for a summary."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from math import isclose, isfinite

import pytest

from reader.errors import InputError, ReaderError, UsageError
from reader.model import Article
from reader.summary import METHODS, SENTENCES, summarize
from reader.text.sentences import sentences

Maker = Callable[..., Article]
PROBE = """
import pickle, sys
from reader.summary import METHODS, summarize
articles = pickle.load(sys.stdin.buffer)
print([summarize(articles, method=method) for method in METHODS])
"""


@pytest.mark.parametrize("method", METHODS)
def test_every_method_chooses_sentences_of_the_text_in_reading_order(
    method: str, story: list[Article]
) -> None:
    summary = summarize(story, method=method, sentences=4)
    order = [article.id for article in story]
    places = [(order.index(s.article), s.index) for s in summary.sentences]
    assert len(places) == 4
    assert places == sorted(set(places))
    for chosen in summary.sentences:
        article = story[order.index(chosen.article)]
        assert chosen.text == article.text[chosen.start : chosen.end]
        assert chosen.text == sentences(article.text, "en")[chosen.index].text
        assert isfinite(chosen.score)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("words", [1, 60, 150])
def test_a_length_in_words_is_reached_and_would_not_be_without_the_last_one(
    method: str, words: int, story: list[Article]
) -> None:
    lengths = [len(s.text.split()) for s in summarize(story, method=method, words=words).sentences]
    assert sum(lengths) >= words
    assert sum(lengths) - max(lengths) < words


def test_own_methods_choose_no_sentence_that_the_length_does_not_need(story: list[Article]) -> None:
    for method in ("news", "story"):
        chosen = summarize(story, method=method, words=100).sentences
        lengths = [len(s.text.split()) for s in chosen]
        assert sum(lengths) - min(lengths) < 100


def test_unless_told_one_article_is_news_and_several_are_a_story_of_five_sentences(
    report: Article, story: list[Article]
) -> None:
    assert SENTENCES == 5
    one, several = summarize([report]), summarize(story)
    assert (one.method, len(one.sentences)) == ("news", 5)
    assert (several.method, len(several.sentences)) == ("story", 5)
    assert (one.language, several.language) == ("en", "en")
    assert [a.sentences for a in several.articles] == [13, 10, 8]


def test_the_first_fact_of_a_report_is_in_its_summary(report: Article) -> None:
    for count in (1, 2, 3, 5):
        summary = summarize([report], sentences=count)
        assert summary.sentences[0].index == 0


def test_a_summary_of_a_story_tells_what_all_outlets_tell_and_tells_it_once(
    story: list[Article],
) -> None:
    summary = summarize(story, sentences=3)
    assert any("212" in s.text for s in summary.sentences)
    assert summary.redundancy < summarize(story, method="lead", sentences=3).redundancy


def test_every_outlet_is_named_in_the_coverage_also_one_without_a_sentence(
    story: list[Article],
) -> None:
    coverage = summarize(story, sentences=1).coverage
    assert list(coverage) == ["Harbour Post", "Coast News", "Island Times"]
    assert sorted(coverage.values()) == [0, 0, 1]


def test_leads_of_several_articles_are_taken_in_turn(story: list[Article]) -> None:
    summary = summarize(story, method="lead", sentences=4)
    assert summary.coverage == {"Harbour Post": 2, "Coast News": 1, "Island Times": 1}
    assert [s.index for s in summary.sentences] == [0, 1, 0, 0]


def test_a_sentence_names_the_other_outlets_that_say_the_same(story: list[Article]) -> None:
    chosen = {s.text: s for s in summarize(story, method="lead", sentences=30).sentences}
    rescued = next(s for text, s in chosen.items() if text.startswith("All 212 passengers"))
    assert "Harbour Post" in rescued.also_in
    assert "Coast News" not in rescued.also_in
    assert f"told by {len(rescued.also_in) + 1} of 3 outlets" in [r.text for r in rescued.reasons]
    milk = next(s for text, s in chosen.items() if "fresh milk" in text)
    assert milk.also_in == ()


def test_a_repeated_sentence_counts_as_told_by_its_other_outlet(make: Maker) -> None:
    told = "The mayor opened the new bridge over the river on Sunday."
    first = make(f"{told} Many came to see it.", source="A")
    second = make(f"Rain fell all day. {told}", source="B")
    summary = summarize([first, second], method="lead", sentences=9)
    assert [s.also_in for s in summary.sentences if s.text == told] == [("B",)]


@pytest.mark.parametrize("method", ["news", "story"])
def test_the_reasons_add_up_to_the_score(method: str, story: list[Article]) -> None:
    for chosen in summarize(story, method=method).sentences:
        assert isclose(sum(reason.value for reason in chosen.reasons), chosen.score)
        assert all(reason.text for reason in chosen.reasons)
        values = [reason.value for reason in chosen.reasons]
        penalties = [value for value in values if value < 0]
        assert values[len(values) - len(penalties) :] == penalties


def test_reasons_of_a_method_of_sumys_tell_its_rating_and_place(report: Article) -> None:
    for chosen in summarize([report], method="lexrank", sentences=1).sentences:
        assert chosen.reasons[0].name == "lexrank"
        assert chosen.reasons[0].text == "first of 13 sentences by lexrank"


def test_a_penalty_says_what_it_is_for(make: Maker) -> None:
    text = "He crossed the river on Monday with four other men from the village in the hills."
    (chosen,) = summarize([make(text)]).sentences
    assert "begins with “he”, which points back" in [reason.text for reason in chosen.reasons]


def test_a_summary_that_is_only_the_beginning_says_so(report: Article) -> None:
    simply = "The summary is simply the beginning of the article."
    assert simply in summarize([report], method="lead", sentences=3).notes
    later = summarize([report], method="textrank", sentences=3)
    assert [s.index for s in later.sentences] != [0, 1, 2]
    assert simply not in later.notes


def test_beginnings_of_several_articles_are_said_too(story: list[Article]) -> None:
    notes = summarize(story, method="lead", sentences=4).notes
    assert notes == ("The summary is simply the beginnings of the articles.",)


def test_a_text_shorter_than_its_summary_is_said_to_be_all_of_it(make: Maker) -> None:
    summary = summarize([make("The bridge is open again. It was closed for a year.")])
    assert len(summary.sentences) == 2
    assert summary.notes == ("The article has only 2 sentences, and this is all of it.",)


def test_an_excerpt_is_said_to_be_one(make: Maker, story: list[Article]) -> None:
    part = make("The bridge over the river is open again after a year.", excerpt=True, source="A")
    assert "Only an excerpt of the article is stored" in summarize([part]).notes[0]
    assert "Only an excerpt is stored of A." in summarize([*story, part]).notes


def test_the_same_articles_give_the_same_summary_whatever_the_hashes(story: list[Article]) -> None:
    import pickle

    printed = {
        subprocess.run(
            [sys.executable, "-c", PROBE],
            input=pickle.dumps(story),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_importing_the_room_imports_nothing_heavy() -> None:
    heavy = "sumy nltk numpy requests lxml textual"
    code = f"import sys, reader.summary; print([m for m in '{heavy}'.split() if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"method": "neural"}, "neural"),
        ({"sentences": 0}, "at least one sentence"),
        ({"words": -3}, "at least one word"),
        ({"sentences": 3, "words": 50}, "not both"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    options: dict[str, object], told: str, report: Article
) -> None:
    with pytest.raises(UsageError, match=told):
        summarize([report], **options)  # type: ignore[arg-type]


def test_nothing_to_summarise_is_said(make: Maker) -> None:
    with pytest.raises(UsageError):
        summarize([])
    for articles in ([make("", title="Empty page")], [make(" \n\n "), make("")]):
        with pytest.raises(InputError, match="no sentence"):
            summarize(articles)


def test_an_empty_report_beside_full_ones_only_has_no_part(
    make: Maker, story: list[Article]
) -> None:
    summary = summarize([make("", source="Empty"), *story])
    assert summary.coverage["Empty"] == 0
    assert len(summary.sentences) == 5


def _words_shared(texts: Sequence[str]) -> float:
    from reader.text.words import words

    sets = [set(words(text, "en")) for text in texts]
    highest = [max(len(a & b) / (len(a) * len(b)) ** 0.5 for b in sets if b is not a) for a in sets]
    return sum(highest) / len(highest)


def test_redundancy_is_the_mean_highest_overlap_of_words(story: list[Article]) -> None:
    for method in METHODS:
        summary = summarize(story, method=method)
        assert isclose(summary.redundancy, _words_shared([s.text for s in summary.sentences]))
    assert summarize(story, sentences=1).redundancy == 0.0


def test_errors_are_the_readers_own(report: Article) -> None:
    with pytest.raises(ReaderError):
        summarize([report], method="")
