"""Summaries marked in the text, and reports side by side."""

import contextlib
from pathlib import Path
from typing import Any

import pytest

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


async def test_s_on_a_row_of_a_story_sums_up_the_whole_story(
    library: Library, start: Start, articles: Articles
) -> None:
    library.stories.update()
    story = library.stories.put_into([articles[0].id], articles[1].id)
    assert story.text
    async with start(library) as reader:
        await reader.press("down", "down", "s")
        summary = reader.main.summary_pane.summary
        assert {a.id for a in summary.articles} == {articles[0].id, articles[1].id}
        assert "●" in reader.text
        assert any(sentence.also_in for sentence in summary.sentences)
        assert "●● " in reader.text
        await reader.press("end")
        assert len(reader.main.summary_pane.summary.articles) == 1


async def test_the_summary_says_why_each_sentence_was_chosen(
    library: Library, start: Start
) -> None:
    async with start(library, (200, 50)) as reader:
        await reader.press("down", "down", "s")
        reasons = reader.main.summary_pane.summary.sentences[0].reasons
        assert reasons[0].text not in reader.text
        await reader.press("W")
        assert reasons[0].text in reader.text
        assert "█" in reader.text
        await reader.press("W")
        assert reasons[0].text not in reader.text


async def test_the_length_can_be_counted_in_words(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "s", "w", "1")
        assert "40 words" in reader.text
        sentences = reader.main.summary_pane.summary.sentences
        assert sum(len(s.text.split()) for s in sentences) >= 40
        assert sum(len(s.text.split()) for s in sentences[:-1]) < 60
        await reader.press("w", "2")
        assert "2 sentences" in reader.text


def found(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


async def test_articles_and_summaries_are_written_as_markdown(
    library: Library,
    start: Start,
    articles: Articles,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    async with start(library, (160, 40)) as reader:
        await reader.press("down", "down", "e", "enter")
        [file] = found(tmp_path, "*.md")
        assert articles[0].title in file.read_text(encoding="utf-8")
        assert reader.said.startswith("Written: ")
        await reader.press("e", "enter")
        assert "Enter again writes over it" in reader.text
        await reader.press("escape", "home", "space", "space", "e", "enter")
        assert len(found(tmp_path / "reader articles", "*.md")) == 2
        await reader.press("escape", "s", "enter", "shift+tab", "e", "enter")
        [summary] = found(tmp_path, "summary-*.md")
        assert "method news" in summary.read_text(encoding="utf-8")
