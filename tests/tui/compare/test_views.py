"""Matrix, differences, quotes, only here, timeline: one cursor, and each a way to the evidence."""

from collections.abc import Sequence
from typing import Any

import pytest

from reader.model import Article, Comparison

Opened = Any


def row_of(reader: Any, text: str) -> str:
    return next(line for line in reader.lines if text in line)


async def test_2_shows_who_says_what_those_of_most_outlets_first(opened: Opened) -> None:
    async with opened() as reader:
        await reader.press("2")
        assert "● says it   ◐ tells it differently   ≠ is at odds with it" in reader.text
        rows = [row_of(reader, text) for text in ("burst its", "Twelve", "Ida K", "stayed closed")]
        order = [reader.lines.index(row) for row in rows]
        assert order[0] == min(order)
        assert rows[0].count("● says") == 3
        assert rows[1].count("●① says") == 1
        assert rows[1].count("≠② at odds") == 1
        assert rows[1].count("○ silent") == 1
        assert rows[3].count("● says") == 2


async def test_in_the_matrix_right_goes_to_the_next_outlets_cell(opened: Opened) -> None:
    async with opened() as reader:
        await reader.press("2")
        assert "▾The Valley" in reader.text
        await reader.press("right")
        assert "▾Harbour" in reader.text
        assert "Harbour Echo  On Tuesday evening the Orl flooded" in reader.text
        await reader.press("tab", "down")
        assert "Town Crier  silent on this, as far as its stored text goes" in reader.text
        await reader.press("enter")
        assert reader.said == "Town Crier says nothing about this in its stored text."


async def test_where_there_are_no_columns_none_are_folded_or_locked(opened: Opened) -> None:
    async with opened((200, 50)) as reader:
        assert "Scroll lock" in reader.lines[-1]
        await reader.press("2")
        assert "Next point" in reader.lines[-1]
        assert "Scroll lock" not in reader.lines[-1]
        await reader.press("z", "=")
        assert not reader.said
        await reader.press("1")
        assert "Scroll lock" in reader.lines[-1]
        assert "⋯" not in reader.text


async def test_enter_shows_the_evidence_in_its_article_and_esc_goes_back(
    opened: Opened, reports: Sequence[Article]
) -> None:
    async with opened() as reader:
        await reader.press("3", "right", "enter")
        screen = reader.app.screen
        assert "Harbour Echo · Orl floods Millbrook" in reader.lines[0]
        ((start, end),) = screen.view.overlays["match"]
        assert reports[1].text[start:end] == "14 houses"
        assert screen.view.sentence.text.startswith("Water stood in 14 houses")
        await reader.press("escape")
        assert "▾Harbour Echo" in reader.text
        assert "Twelve houses" in reader.text


async def test_3_sets_alarms_apart_from_mere_differences(opened: Opened) -> None:
    async with opened() as reader:
        await reader.press("3")
        alarms, others = (
            reader.lines.index(row_of(reader, text))
            for text in ("At odds · 2", "Told differently · 1")
        )
        for value in ("Twelve houses", "14 houses", "Ida Kessler", "Ida Kesler"):
            assert alarms < reader.lines.index(row_of(reader, value)) < others
        assert reader.lines.index(row_of(reader, "② a very long night")) > others
        assert row_of(reader, "① Twelve houses").rstrip().endswith("–")
        assert "!" in row_of(reader, "① Twelve houses")


@pytest.mark.parametrize("width", [50, 80])
async def test_without_room_for_columns_the_values_are_a_list(opened: Opened, width: int) -> None:
    async with opened((width, 40)) as reader:
        await reader.press("3")
        lines = [line.lstrip("▌ ") for line in reader.lines]
        at = lines.index("! number: houses flooded")
        assert lines[at + 1] == "① Twelve houses  The Valley Post"
        assert lines[at + 2].startswith("Twelve houses were flooded, the fire")
        assert "② 14 houses  Harbour Echo" in lines[at : at + 6]


async def test_the_matrix_marks_which_of_the_disputed_values_a_report_gives(
    opened: Opened,
) -> None:
    async with opened((120, 40)) as reader:
        await reader.press("2")
        row = row_of(reader, "Twelve houses")
        assert "●① says" in row
        assert "≠② at odds" in row


async def test_4_shows_the_wordings_of_a_quotation_by_speaker(opened: Opened) -> None:
    async with opened() as reader:
        await reader.press("4")
        assert "Ida Kessler  quoted in 2 reports" in reader.text
        assert "The Valley Post" in row_of(reader, "“a long night for the town”")
        assert "Harbour Echo" in row_of(reader, "“It was a very long night for the town”")
        table = reader.app.screen.views.table
        marked = [
            "".join(p.text for p in line if "mark" in p.styles)
            for entry in table.entries
            for line in entry.lines
        ]
        assert marked == ["", "It wasvery"]


async def test_5_lists_by_outlet_what_is_only_here_and_says_where_only_an_excerpt_is_stored(
    opened: Opened,
) -> None:
    async with opened() as reader:
        await reader.press("5")
        assert "The Valley Post  1 sentence only here, among the stored articles" in reader.text
        assert "only an excerpt of it is stored" in row_of(reader, "Town Crier")
        assert "+ The old mill" in reader.text
        await reader.press("down", "enter")
        assert reader.app.screen.view.sentence.text.startswith("Volunteers")


async def test_6_lists_the_dates_the_earliest_first(opened: Opened) -> None:
    async with opened() as reader:
        await reader.press("6")
        first, second = (
            reader.lines.index(row_of(reader, t)) for t in ("1788  in", "11 March 2025")
        )
        assert first < second
        assert "in 3 reports" in reader.lines[second]


async def test_no_view_ever_says_that_something_was_omitted_or_is_false(opened: Opened) -> None:
    async with opened((160, 50)) as reader:
        for view in "123456":
            await reader.press(view, "down")
            assert "omit" not in reader.text.lower()
            assert "false" not in reader.text.lower()


async def test_all_views_share_one_cursor(opened: Opened) -> None:
    async with opened() as reader:
        screen = reader.app.screen
        await reader.press("2", "end")
        number = screen.views.table.entry.claim
        await reader.press("1")
        assert screen.views.leading.sentence_number == screen.views.cursor.spot.sentence
        assert f"Point {number + 1}" in reader.text
        await reader.press("p", "3")
        assert screen.views.cursor.difference is not None
        assert screen.views.table.entry.difference == screen.views.cursor.difference
        await reader.press("down", "2")
        assert screen.views.table.entry.claim == 2
        await reader.press("4")
        assert "long night" in "".join(p.text for p in screen.views.table.entry.lines[0])
        await reader.press("5", "down", "down", "1")
        assert screen.articles[screen.views.columns_pane.leading_report].source == "Town Crier"
        assert screen.views.leading.sentence.text.startswith("Insurance")


async def test_looking_at_a_view_does_not_move_the_cursor(opened: Opened) -> None:
    async with opened() as reader:
        await reader.press("j", "j")
        before = reader.app.screen.views.leading.sentence
        await reader.press("5", "6", "1")
        assert reader.app.screen.views.leading.sentence == before


async def test_n_and_capital_n_work_in_the_other_views_too(opened: Opened) -> None:
    async with opened() as reader:
        screen = reader.app.screen
        await reader.press("2", "n")
        assert screen.views.table.entry.claim in {1, 2}
        await reader.press("n", "n", "n")
        assert "No further difference in this view" in reader.said
        await reader.press("5", "N")
        assert screen.views.table.at == 1
        await reader.press("P", "P")
        assert "No further sentence is only here" in reader.said


async def test_pages_home_and_end_move_the_cursor_of_a_view(opened: Opened) -> None:
    async with opened((80, 15)) as reader:
        table = reader.app.screen.views.table
        await reader.press("2", "end")
        assert table.at == 3
        await reader.press("pageup", "home")
        assert table.at == 0
        await reader.press("pagedown")
        assert table.at > 0
        await reader.press("space")
        assert table.at == 3


async def test_esc_goes_back_to_the_columns_and_then_to_the_list(opened: Opened) -> None:
    async with opened() as reader:
        await reader.press("4", "escape")
        assert reader.app.screen.query_one("#columns").display
        await reader.press("escape")
        assert reader.app.screen is reader.main


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        ("2", "No statement is made by more than one of these reports."),
        ("3", "No differences were found among these reports."),
        ("4", "No quotations were found in these reports."),
        ("5", "Every sentence of these reports has a counterpart in another one."),
        ("6", "No dates were found in these reports."),
    ],
)
async def test_a_view_with_nothing_in_it_says_so_in_a_sentence(
    opened: Opened, workers: Any, view: str, sentence: str
) -> None:
    full = workers.compare
    workers.compare = lambda articles: Comparison(articles=full(articles).articles)
    async with opened() as reader:
        await reader.press(view, "down", "right", "enter", "n")
        assert sentence in reader.text


async def test_a_click_chooses_a_view_and_an_entry(opened: Opened) -> None:
    async with opened() as reader:
        screen = reader.app.screen
        place = reader.lines[2].index("Differences")
        await reader.pilot.click("#compare-views", offset=(place, 0))
        await reader.settle()
        assert "At odds · 2" in reader.text
        line = reader.lines.index(row_of(reader, "Ida Kesler"))
        x = reader.lines[line].index("Ida Kesler")
        await reader.pilot.click("#compare-table", offset=(x, line - screen.views.table.region.y))
        await reader.settle()
        assert screen.views.table.entry.difference == 1
        assert screen.views.table.column == 1
