"""Summaries marked in the text, and reports side by side."""

import contextlib
from typing import Any

from reader.library import Library
from reader.model import Article
from reader.summary import METHODS
from reader.workers import Workers

Start = Any
Articles = tuple[Article, ...]


async def test_s_shows_a_summary_and_marks_its_sentences_in_the_text(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "s")
        summary = reader.main.summary_pane.summary
        assert summary.articles[0].id == articles[0].id
        assert len(summary.sentences) == 3
        assert "Summary · news · 3 sentences" in reader.text
        marked = reader.main.article_view.overlays["summary"]
        assert [articles[0].text[a:b] for a, b in marked]
        assert sum(b - a for a, b in marked) >= sum(s.end - s.start for s in summary.sentences)
        await reader.press("s")
        assert not reader.main.summary_pane.display
        assert reader.main.article_view.overlays["summary"] == []


async def test_length_and_method_change_at_once(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "s", "1")
        pane = reader.main.summary_pane
        assert len(pane.summary.sentences) == 1
        await reader.press("4")
        assert len(pane.summary.sentences) == 4
        before = pane.summary.method
        await reader.press("S")
        assert pane.summary.method == METHODS[METHODS.index(before) + 1]
        assert pane.summary.method in reader.text


async def test_a_sentence_of_the_summary_leads_to_its_place(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "enter", "s", "shift+tab")
        assert reader.main.summary_pane.has_focus
        await reader.press("down", "enter")
        view = reader.main.article_view
        assert view.has_focus
        assert view.sentence.start == reader.main.summary_pane.summary.sentences[1].start


async def test_marked_articles_are_summarised_together(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("down", "space", "space", "s")
        summary = reader.main.summary_pane.summary
        assert {a.id for a in summary.articles} == {articles[0].id, articles[1].id}
        assert "2 articles · story" in reader.text
        assert "Harbour Echo" in reader.text
        await reader.press("shift+tab", "shift+tab", "shift+tab", "enter")
        assert reader.main.article_view.has_focus


async def test_moving_on_while_a_summary_is_shown_makes_the_next_one(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        await reader.press("down", "s")
        first = reader.main.summary_pane.summary
        await reader.press("down")
        second = reader.main.summary_pane.summary
        assert second.articles[0].id == reader.main.article_list.current.id != first.articles[0].id


async def test_in_a_small_terminal_s_goes_to_the_text(library: Library, start: Start) -> None:
    async with start(library, (80, 24)) as reader:
        await reader.press("down", "s")
        assert reader.main.article_view.has_focus
        assert "Summary · news" in reader.text
        assert "Crack in pier" in reader.text


async def test_a_report_that_stands_alone_says_so(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("end", "c")
        assert "No other report here is like this one" in reader.said


async def test_summaries_come_from_worker_processes(library: Library, start: Start) -> None:
    with contextlib.closing(Workers(1)) as workers:
        async with start(library, workers=workers) as reader:
            await reader.press("down", "down", "s")
            assert len(reader.main.summary_pane.summary.sentences) == 3
