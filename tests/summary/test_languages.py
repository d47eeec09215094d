"""Summaries in every language, with or without stop words and stemmers, and in several at once."""

from collections.abc import Callable

import pytest

from reader.model import Article
from reader.summary import METHODS, summarize

Maker = Callable[[str], Article]


def test_every_method_summarises_every_language(foreign: Article) -> None:
    for method in METHODS:
        summary = summarize([foreign], method=method, sentences=2)
        assert len(summary.sentences) == 2, method
        assert summary.language == foreign.language


def test_a_report_begins_its_own_summary_in_any_language(foreign: Article) -> None:
    assert summarize([foreign], sentences=3).sentences[0].index == 0


@pytest.mark.parametrize("code", ["zh", "ja", "th"])
def test_words_are_counted_where_none_are_set_apart(code: str, in_language: Maker) -> None:
    article = in_language(code)
    assert len(summarize([article], words=8).sentences) < 5
    assert len(summarize([article], words=500).sentences) == 5


def test_reports_in_several_languages_get_one_summary_and_a_note(in_language: Maker) -> None:
    articles = [in_language(code) for code in ("en", "de", "ru", "zh")]
    for method in METHODS:
        summary = summarize(articles, method=method, sentences=8)
        assert len(summary.sentences) == 8, method
        assert summary.language is None
    assert "in several languages (de, en, ru, zh)" in summarize(articles).notes[0]
    assert all(count > 0 for count in summarize(articles, sentences=12).coverage.values())


def test_a_language_that_nobody_knows_is_summarised_by_its_words(in_language: Maker) -> None:
    from dataclasses import replace

    unknown = replace(in_language("de"), language=None)
    made_up = replace(in_language("de"), language="xx")
    for article in (unknown, made_up):
        for method in METHODS:
            assert len(summarize([article], method=method, sentences=2).sentences) == 2
