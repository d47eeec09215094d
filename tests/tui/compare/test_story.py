"""What is compared: the story as the reader corrects it, kept, and computed beside the screen."""

from collections.abc import Sequence
from typing import Any

import pytest

from reader.errors import LibraryError
from reader.library import Library
from reader.model import Article
from reader.workers import Workers

Opened = Any


async def test_a_known_story_opens_without_being_compared_again(
    opened: Opened, workers: Any
) -> None:
    async with opened() as reader:
        assert workers.compared == 1
        await reader.press("escape", "c")
        assert "4 points in common" in reader.text
        assert workers.compared == 1


async def test_progress_is_told_while_the_reports_are_compared(
    opened: Opened, workers: Any, library: Library, start: Any
) -> None:
    workers.holding = True
    async with start(library, workers=workers) as reader:
        await reader.pilot.press("c")
        await reader.comes(lambda: "30%" in reader.text)
        assert "The reports are being compared  ━━━━━━" in reader.text
        workers.release()
        await reader.settle()
        assert "4 points in common" in reader.text
        assert "30%" not in reader.text


async def test_x_takes_the_report_out_of_the_story_and_u_puts_it_back(
    opened: Opened, library: Library, reports: Sequence[Article]
) -> None:
    async with opened() as reader:
        await reader.press("tab", "x")
        assert "1 article taken out of the story" in reader.said
        assert reader.lines[1].strip().startswith("2 outlets")
        assert "Harbour Echo" not in reader.lines[3]
        story = library.stories.story(library.row(reports[0].id).story)
        assert set(story.articles) == {reports[0].id, reports[2].id}
        await reader.press("u")
        assert reader.lines[1].strip().startswith("3 outlets")
        await reader.press("U")
        assert reader.lines[1].strip().startswith("2 outlets")


@pytest.mark.parametrize("view", "12345")
async def test_x_on_the_last_difference_leaves_the_cursor_on_its_sentence_or_nowhere(
    opened: Opened, view: str
) -> None:
    async with opened() as reader:
        await reader.press("n", "n", "n", view, "tab", "x")
        assert reader.lines[1].strip().startswith("2 outlets")
        await reader.press("1", "n", "3", "2", "u")
        assert reader.lines[1].strip().startswith("3 outlets")
        await reader.press("3", "end", "2", "1", "U")
        assert reader.lines[1].strip().startswith("2 outlets")


async def test_after_a_change_the_cursor_is_in_the_same_report_whatever_its_number(
    opened: Opened, reports: Sequence[Article]
) -> None:
    async with opened() as reader:
        await reader.press("tab", "j", "j")
        views = reader.app.screen.views
        here = views.cursor.spot
        article = views.reports.comparison.articles[here.report].id
        others = [report.id for report in reports if report.id != article]
        reader.app.screen._story.take_out([others[0]])
        await reader.settle()
        spot = views.cursor.spot
        assert views.reports.comparison.articles[spot.report].id == article
        assert spot.sentence == here.sentence


async def test_the_old_comparison_stays_while_a_new_one_is_made(
    opened: Opened, workers: Any
) -> None:
    async with opened() as reader:
        workers.holding = True
        await reader.pilot.press("tab", "x")
        await reader.comes(lambda: workers.held)
        assert "3 outlets · 4 points in common" in reader.text
        assert "The river Orl burst" in reader.text
        workers.release()
        await reader.settle()
        assert reader.lines[1].strip().startswith("2 outlets")


async def test_a_story_of_one_report_is_none_and_says_what_to_do(opened: Opened) -> None:
    async with opened() as reader:
        await reader.press("x", "x")
        assert "fewer than two reports" in reader.said
        await reader.press("u")
        assert reader.lines[1].strip().startswith("2 outlets")


async def test_why_no_report_can_be_found_is_said_in_the_dialog(
    library: Library, opened: Opened, monkeypatch: Any
) -> None:
    def broken(*_given: Any, **_more: Any) -> None:
        raise LibraryError("The archive is damaged.")

    async with opened() as reader:
        await reader.press("M")
        monkeypatch.setattr(library, "find", broken)
        await reader.write("bridge")
        assert "The archive is damaged." in reader.text
        monkeypatch.undo()
        await reader.write("s")
        assert "damaged" not in reader.text


async def test_capital_m_finds_a_report_and_merges_it_into_the_story(
    opened: Opened, library: Library, reports: Sequence[Article]
) -> None:
    async with opened() as reader:
        await reader.press("M")
        assert "Merge a report into the story" in reader.text
        await reader.write("choir")
        assert "Choir wins the regional prize" in reader.text
        await reader.press("enter")
        assert "1 article put into the story" in reader.said
        assert "4 reports of 3 outlets" in reader.lines[1]
        await reader.press("u")
        assert reader.lines[1].strip().startswith("3 outlets")


async def test_a_search_that_is_not_understood_or_finds_nothing_is_told_in_the_dialog(
    opened: Opened,
) -> None:
    async with opened() as reader:
        await reader.press("M")
        await reader.write("zzzz")
        assert "No other report was found" in reader.text
        await reader.press("enter", "escape")
        assert "3 outlets" in reader.lines[1]


async def test_what_another_process_does_to_the_story_is_followed(
    opened: Opened, library: Library, reports: Sequence[Article]
) -> None:
    async with opened() as reader:
        with Library.open(library.folder) as other:
            other.stories.take_out([reports[2].id])
            other.notebook.flush()
        for _ in range(400):
            await reader.wait(0.05)
            if reader.lines[1].strip().startswith("2 outlets"):
                break
        assert reader.lines[1].strip().startswith("2 outlets")


async def test_marked_articles_are_compared_though_they_are_no_story(
    start: Any, library: Library, workers: Any, reports: Sequence[Article]
) -> None:
    library.stories.take_out([report.id for report in reports])
    async with start(library, workers=workers) as reader:
        await reader.press("space", "space", "space", "c")
        assert reader.lines[1].strip().startswith("3 outlets")
        await reader.press("x")
        assert "is left out of this comparison" in reader.said
        assert reader.lines[1].strip().startswith("2 outlets")
        await reader.press("x")
        assert reader.said == "A comparison needs two reports."
        await reader.press("u")
        assert reader.lines[1].strip().startswith("3 outlets")


async def test_a_report_that_is_in_no_story_joins_that_of_another_for_good_and_undone(
    start: Any, library: Library, workers: Any, reports: Sequence[Article]
) -> None:
    library.stories.take_out([report.id for report in reports])
    async with start(library, workers=workers) as reader:
        await reader.press("space", "space", "c", "M")
        (led,) = reader.app.screen_stack[-2].targets()
        await reader.write("choir")
        await reader.press("enter")
        assert "1 article put into the story" in reader.said
        story = library.stories.story(library.row(led).story)
        assert led in story.articles
        assert len(story.articles) == 2
        await reader.press("u")
        assert library.stories.of([led]) == []


async def test_a_failure_is_told_in_a_sentence(opened: Opened, workers: Any) -> None:
    def broken(_articles: Sequence[Article]) -> Any:
        raise RuntimeError("the engine stopped")

    workers.compare = broken
    async with opened() as reader:
        assert "the engine stopped" in reader.lines[1]
        await reader.press("1", "2", "n", "j", "enter", "e", "x", "M", "s", "escape", "escape")
        assert reader.app.is_running


async def test_the_engine_itself_feeds_the_screen(start: Any, library: Library) -> None:
    import contextlib

    with contextlib.closing(Workers(1)) as workers:
        async with start(library, workers=workers) as reader:
            await reader.press("c")
            assert reader.lines[1].strip().startswith("3 outlets")
            assert "burst its banks" in reader.text


async def test_the_palette_and_the_help_know_the_commands_of_the_comparison(
    opened: Opened,
) -> None:
    async with opened() as reader:
        await reader.press("question_mark")
        assert "Go to the next point that others have too" in reader.text
        await reader.press("escape", "3", "ctrl+p")
        await reader.write("timeline")
        for _ in range(400):
            await reader.wait(0.05)
            if "Show the dates that the reports mention" in reader.text:
                break
        await reader.press("enter")
        for _ in range(400):
            await reader.wait(0.05)
            if reader.app.screen.id == "compare" and reader.app.screen.views.view == 5:
                break
        assert "11 March 2025" in reader.text
