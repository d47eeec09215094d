"""Odd texts: a sensible summary or a clear sentence, by every method, and never a crash."""

import warnings
from collections.abc import Callable
from math import isfinite

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import InputError
from reader.model import Article
from reader.summary import METHODS, summarize

Maker = Callable[..., Article]

ODD = {
    "one sentence": "A storm hit the coast on Monday.",
    "one word": "Storm",
    "one word with a stop": "Storm.",
    "only stop words": "It is the. And so on of the. There they were. To be or not to be.",
    "only punctuation": "... !!! ???\n---\n***",
    "digits": "12 34 56. 78 90. 11 12 13 14 15 16 17 18.",
    "emoji": "😀😀 😀. 🚀🚀! ❤️?",
    "NUL": "A storm\x00 hit. The\x00 coast was lost.",
    "lone surrogate": "A storm \ud800 hit the coast. It was a bad one.",
    "right to left": "ضربت العاصفة الساحل. قتل أربعة أشخاص.\u202e Mixed direction here.",
    "two disjoint sentences": "Red apples grow quickly here. Blue whales swim far away.",
    "nothing in common": "Red apples grow. Blue whales swim. Old clocks tick. Thin ice breaks.",
    "letters": "a. b. c. d. e.",
    "no full stop": "nothing ends here and nothing begins",
    "headings": "Sport\nWeather\nPolitics\nTravel\nOpinion\nBooks\nFilm\nFood\nMusic",
    "long word": "x" * 50_000,
    "one endless sentence": "storm coast " * 20_000,
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", sorted(ODD))
def test_an_odd_text_has_a_summary_of_its_own_words(name: str, method: str, make: Maker) -> None:
    text = ODD[name]
    for options in ({"sentences": 3}, {"words": 5}):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            summary = summarize([make(text)], method=method, **options)
        assert summary.sentences
        for sentence in summary.sentences:
            assert sentence.text == text[sentence.start : sentence.end]
            assert isfinite(sentence.score)
        assert 0.0 <= summary.redundancy <= 1.0


@pytest.mark.parametrize("method", METHODS)
def test_a_sentence_that_stands_there_500_times_is_told_once(method: str, make: Maker) -> None:
    summary = summarize([make("The same sentence stands here again. " * 500)], method=method)
    assert [s.index for s in summary.sentences] == [0]
    assert summary.articles[0].sentences == 500
    assert "apart from repetitions" in summary.notes[0]


@pytest.mark.parametrize("method", METHODS)
def test_a_repeated_sentence_is_never_chosen_twice(method: str, make: Maker) -> None:
    text = "The dam broke on Monday. Rain fell on the hills. " * 3 + "Nobody was hurt in town."
    chosen = [s.text for s in summarize([make(text)], method=method, sentences=5).sentences]
    assert len(chosen) == len(set(chosen)) == 3


@pytest.mark.parametrize("method", METHODS)
def test_a_book_is_looked_at_up_to_a_bound_which_is_said(method: str, make: Maker) -> None:
    text = " ".join(
        f"Ship number {n} of the fleet left at dawn for port {n % 97}." for n in range(2000)
    )
    summary = summarize([make(text)], method=method, sentences=3)
    assert len(summary.sentences) == 3
    assert "Only the first 1500 sentences were looked at; there are more." in summary.notes


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t \n"])
def test_a_text_without_a_sentence_is_refused_in_a_sentence(text: str, make: Maker) -> None:
    for method in METHODS:
        with pytest.raises(InputError, match="no sentence"):
            summarize([make(text, title="Nothing")], method=method)


PIECES = [
    "The", "storm", "hit", "of", "and", "Brenna", "212", "“", "”", ".", "!", "?", "\n", " ", ". ",
    " . ", "…", "—", "(", ")", "他们", "。", "ا", "é", "😀", "-", ":", "you", "FILE -",
]  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    texts=st.lists(st.lists(st.sampled_from(PIECES), max_size=60), min_size=1, max_size=3),
    method=st.sampled_from(METHODS),
    length=st.integers(1, 40),
    in_words=st.booleans(),
)
def test_any_text_has_a_summary_or_a_clear_error(
    texts: list[list[str]], method: str, length: int, in_words: bool, make: Maker
) -> None:
    articles = [make(" ".join(text), source=f"Outlet {n}") for n, text in enumerate(texts)]
    options = {"words": length} if in_words else {"sentences": length}
    try:
        summary = summarize(articles, method=method, **options)
    except InputError:
        return
    places = [(s.article, s.index) for s in summary.sentences]
    assert places
    assert len(places) == len(set(places))
    assert all(isfinite(s.score) for s in summary.sentences)
    assert sum(summary.coverage.values()) == len(places)
    if not in_words:
        assert len(places) <= length
