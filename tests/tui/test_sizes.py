"""Every size from 40 × 15 to 250 × 70 can be read and worked with; resizing keeps the place."""

from typing import Any

import pytest
from textual.events import Paste

from reader.library import Library
from reader.tui.layout import arrange

Start = Any
SIZES = [(40, 15), (64, 20), (80, 24), (120, 40), (250, 70)]
TOUR = (
    *("down", "enter", "J", "s", "1", "tab", "tab", "Z", "escape", "escape", "escape"),
    *("shift+tab", "down", "enter", "slash", "a", "escape", "question_mark", "escape"),
    *("t", "escape", "N", "escape", "A", "escape", "home", "down", "c", "j", "tab", "Z"),
    *("s", "escape", "escape", "escape", "escape", "r", "end", "ctrl+p", "escape"),
)


@pytest.mark.parametrize("size", SIZES)
async def test_everything_can_be_done_at_this_size(
    library: Library, start: Start, size: tuple[int, int]
) -> None:
    async with start(library, size) as reader:
        await reader.press(*TOUR)
        assert reader.lines[0].strip().startswith(("reader", "compare"))


async def test_any_change_of_size_is_survived(library: Library, start: Start) -> None:
    async with start(library, (120, 40)) as reader:
        await reader.press("down", "enter", "s")
        for size in [(40, 15), (250, 70), (20, 6), (10, 3), (1, 1), (80, 24), (120, 40)]:
            await reader.pilot.resize_terminal(*size)
            await reader.press("J", "tab", "down")
        assert reader.app.is_running
        assert "reader" in reader.lines[0]


async def test_each_pane_can_have_the_whole_screen(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("Z")
        assert reader.main.article_list.size.width == 120
        await reader.press("tab")
        assert reader.main.article_view.has_focus
        assert not reader.main.query_one("#list-pane").display
        await reader.press("Z")
        assert reader.main.query_one("#list-pane").display


@pytest.mark.parametrize("height", [15, 24, 40, 70])
@pytest.mark.parametrize("width", [40, 63, 64, 80, 107, 108, 120, 167, 168, 200, 250])
def test_what_has_the_focus_can_always_be_seen(width: int, height: int) -> None:
    for pane in ("sources", "list", "article", "summary"):
        for maximised in (False, True):
            assert arrange(width, height, pane, maximised=maximised).shows(pane)  # type: ignore[arg-type]


async def test_wide_characters_keep_the_columns_aligned(
    empty_library: Library, start: Start, make: Any
) -> None:
    empty_library.add(
        [
            make(
                "東京で大きな祭りが開かれた、参加者は過去最多となり周辺の道路も混雑した",
                source="新聞",
            ),
            make("👩‍👩‍👧 Families 🇫🇷 celebrate", source="Écho"),
            make("Plain title", source="Plain"),
        ]
    )
    async with start(empty_library, (100, 24)) as reader:
        strips = reader.app.screen._compositor.render_strips()
        assert {strip.cell_length for strip in strips} == {100}
        rows = reader.main.article_list
        assert {rows.render_line(y).cell_length for y in range(8)} == {rows.inner_width}


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (250, 70)])
async def test_the_key_of_the_help_is_always_in_the_last_line(
    library: Library, start: Start, size: tuple[int, int]
) -> None:
    async with start(library, size=size) as reader:
        assert reader.lines[-1].endswith("? Help")
        await reader.press("enter")
        assert reader.lines[-1].endswith("? Help")
        assert "Esc Back" in reader.lines[-1]


async def test_what_went_wrong_is_told_to_its_end_where_a_line_is_too_short(
    library: Library, start: Start
) -> None:
    reason = f"/home/mara/{'very-long-name/' * 5}notes.md could not be written: the disk is full."
    async with start(library, (80, 24)) as reader:
        before = reader.lines[-1]
        reader.main.say(reason, "error")
        await reader.until(lambda: "full." in reader.lines[-1])
        told = " ".join(" ".join(reader.lines[-3:]).split())
        assert "✗ /home/mara/" in told
        assert "could not be written: the disk is full." in told
        await reader.press("down")
        reader.main.say("Back to one line.")
        await reader.until(lambda: "Back to one line." in reader.lines[-1])
        assert "home" not in reader.lines[-2]
        reader.main.query_one("#status").hush()
        await reader.until(lambda: reader.lines[-1] == before)


async def test_the_end_of_a_long_path_that_is_pasted_can_be_seen(
    library: Library, start: Start
) -> None:
    async with start(library, (80, 24)) as reader:
        await reader.press("A")
        reader.app.post_message(Paste("/home/mara/" + "a-long-name/" * 8 + "the-end"))
        await reader.until(lambda: "the-end" in reader.text)
