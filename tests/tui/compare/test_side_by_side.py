"""Two or three reports in columns, in step by what they both say."""

from typing import Any

import pytest

Opened = Any


async def test_c_opens_the_whole_story_with_its_figures_under_the_title(opened: Opened) -> None:
    async with opened() as reader:
        assert "River floods houses in Millbrook" in reader.lines[0]
        assert reader.lines[1].strip() == (
            "3 outlets · 4 points in common · 3 differences · 2 at odds · 1 point in all reports"
            " · 1 only an excerpt"
        )
        assert "The Valley Post · 1 of 3" in reader.text
        assert "Harbour Echo · 2 of 3" in reader.text
        await reader.press("escape")
        assert reader.app.screen is reader.main


async def test_the_gutter_tells_a_claims_number_and_which_outlets_make_it(opened: Opened) -> None:
    async with opened() as reader:
        first = next(line for line in reader.lines if "The river Orl" in line)
        assert "1 " in first[:6]
        below = reader.lines[reader.lines.index(first) + 1]
        assert "●●●" in below[:8]
        assert "+  " in next(line for line in reader.lines if "The old mill" in line)[:8]


async def test_j_goes_to_the_next_claim_and_the_other_column_points_at_it(opened: Opened) -> None:
    async with opened() as reader:
        await reader.press("j", "j")
        left, right, _third = reader.app.screen.views.columns_pane.columns
        assert left.sentence_number == 1
        assert right.sentence_number == 1
        assert "Point 2  ●≠○  The Valley Post, Harbour Echo" in reader.text
        await reader.press("j", "j")
        assert left.sentence_number == 3
        assert right.sentence_number is None
        assert "Town Crier  The bridge at the mill was closed" in reader.text
        await reader.press("k")
        assert left.sentence_number == 2


async def test_shared_sentences_are_dim_only_here_is_bold_and_what_differs_reversed(
    opened: Opened, reports: Any
) -> None:
    async with opened() as reader:
        column = reader.app.screen.views.columns_pane.columns[0]
        text = reports[0].text
        marked = {
            layer: [text[a:b] for a, b in column.overlays[layer]]
            for layer in ("shared", "only", "differs")
        }
        assert marked["only"] == ["The old mill has stood at the weir since 1788."]
        assert marked["differs"] == ["Twelve houses", "Ida Kessler", "a long night"]
        assert len(marked["shared"]) == 4
        assert column.get_component_styles("prose--only").text_style.bold
        assert column.get_component_styles("prose--differs").text_style.reverse


async def test_n_goes_through_the_differences_and_shows_the_other_side(opened: Opened) -> None:
    async with opened() as reader:
        await reader.press("n")
        assert "! at odds  Twelve houses The Valley Post  ·  14 houses Harbour Echo" in reader.text
        assert reader.app.screen.views.columns_pane.columns[1].sentence_number == 1
        await reader.press("n")
        assert "! at odds  Ida Kessler The Valley Post  ·  Ida Kesler Harbour Echo" in reader.text
        await reader.press("n")
        assert "≠ differs  a long night The Valley Post  ·  a very long night" in reader.text
        await reader.press("n")
        assert reader.said == "No further difference in this report."
        await reader.press("p", "p")
        assert "number: houses flooded" in reader.text


async def test_n_brings_the_report_that_tells_it_differently_into_sight(opened: Opened) -> None:
    async with opened() as reader:
        await reader.press("tab", "]", "shift+tab")
        assert "Town Crier · 3 of 3" in reader.text
        await reader.press("n")
        assert "Harbour Echo · 2 of 3" in reader.text


async def test_capital_n_goes_to_what_is_only_here_among_the_stored_articles(
    opened: Opened,
) -> None:
    async with opened() as reader:
        await reader.press("N")
        assert reader.app.screen.views.leading.sentence.text.startswith("The old mill")
        assert "Only here, among the stored articles  The Valley Post" in reader.text
        await reader.press("N")
        assert "No further sentence is only here" in reader.said
        await reader.press("home", "k", "k", "k", "P")
        assert "No earlier sentence is only here" in reader.said


async def test_capital_j_and_k_go_through_all_sentences(opened: Opened) -> None:
    async with opened() as reader:
        await reader.press(*["J"] * 5)
        assert reader.app.screen.views.leading.sentence_number == 4
        await reader.press("J")
        assert reader.said == "This is the end of the report."
        await reader.press("K")
        assert reader.app.screen.views.leading.sentence_number == 3


async def test_z_folds_away_what_is_shared_but_nothing_that_differs(opened: Opened) -> None:
    async with opened() as reader:
        await reader.press("z")
        assert "⋯ 1 shared sentence" in reader.text
        assert "The river Orl burst" not in reader.text
        assert "Twelve houses" in reader.text
        assert "The old mill" in reader.text
        await reader.press("z")
        assert "The river Orl burst" in reader.text


async def test_brackets_choose_the_outlet_of_a_column_and_tab_the_column(opened: Opened) -> None:
    async with opened() as reader:
        await reader.press("]")
        assert "Town Crier · 3 of 3" in reader.text
        assert "only an excerpt" in reader.text
        assert "Harbour Echo · 2 of 3" in reader.text
        await reader.press("left", "tab")
        screen = reader.app.screen
        assert screen.views.columns_pane.columns[1].has_focus
        assert screen.views.columns_pane.leading_report == 1
        await reader.press("right")
        assert screen.views.columns_pane.leading_report == 2


async def test_a_claim_stays_under_the_cursor_when_the_column_changes(opened: Opened) -> None:
    async with opened() as reader:
        await reader.press("j", "j", "j", "j", "]")
        screen = reader.app.screen
        assert screen.views.columns_pane.leading_report == 2
        assert screen.views.leading.sentence.text.startswith("The bridge at the mill was closed")


async def test_the_columns_scroll_together_unless_that_is_turned_off(opened: Opened) -> None:
    async with opened((100, 15)) as reader:
        left, right, _third = reader.app.screen.views.columns_pane.columns
        await reader.press("pagedown")
        assert right.scroll_offset.y > 0
        await reader.press("=")
        assert reader.said == "Each column scrolls alone."
        before = right.scroll_offset.y
        await reader.press("home")
        assert left.scroll_offset.y == 0
        assert right.scroll_offset.y == before


@pytest.mark.parametrize(("width", "columns"), [(40, 1), (69, 1), (70, 2), (199, 2), (200, 3)])
async def test_there_are_as_many_columns_as_fit(opened: Opened, width: int, columns: int) -> None:
    async with opened((width, 30)) as reader:
        seen = [c for c in reader.app.screen.query(".column") if c.display]
        assert len(seen) == columns


async def test_one_column_at_a_time_tab_shows_the_next_at_the_same_claim(opened: Opened) -> None:
    async with opened((50, 20)) as reader:
        await reader.press("j", "j", "tab")
        assert "Harbour Echo · 2 of 3" in reader.text
        assert "Water stood in 14 houses" in reader.app.screen.views.leading.sentence.text


async def test_a_new_size_keeps_the_place(opened: Opened) -> None:
    async with opened((200, 50)) as reader:
        await reader.press("tab", "tab", "j", "j")
        sentence = reader.app.screen.views.leading.sentence
        for size in [(100, 30), (40, 15), (250, 70)]:
            await reader.pilot.resize_terminal(*size)
            await reader.settle()
            screen = reader.app.screen
            assert screen.views.leading.sentence == sentence
            assert screen.articles[screen.views.columns_pane.leading_report].source == "Town Crier"
            assert screen.views.leading.in_sight(sentence.index)
