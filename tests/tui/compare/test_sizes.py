"""Every view at every size, with reports that mean no good."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reader.library import Library
from reader.model import Article
from reader.tui.typeset import cells
from reader.tui.widgets.compare_bars import AboutBar

Opened = Any
HOSTILE = "[/foo] [@click=app.quit]x[/] \x1b[31mred\x1b]52;c;aGk=\x07 \u202etfel"


@pytest.mark.parametrize("size", [(40, 15), (64, 20), (80, 24), (250, 70)])
async def test_each_view_fits_the_screen(opened: Opened, size: tuple[int, int]) -> None:
    async with opened(size) as reader:
        for view in "123456":
            await reader.press(view, "down", "right")
            assert len(reader.lines) <= size[1]
            assert max(map(cells, reader.lines)) <= size[0], max(reader.lines, key=cells)
            assert reader.app.screen.views.view == int(view) - 1


async def test_a_new_size_keeps_the_entry_under_the_cursor(opened: Opened) -> None:
    async with opened((120, 40)) as reader:
        await reader.press("5", "down", "down")
        for size in [(40, 15), (250, 70), (80, 24)]:
            await reader.pilot.resize_terminal(*size)
            await reader.settle()
            assert reader.app.screen.views.table.at == 2
            assert "Insurance" in reader.text


@pytest.mark.parametrize("size", [(40, 15), (80, 24)])
async def test_what_one_should_know_of_a_comparison_is_told_whole_or_shown_to_go_on(
    opened: Opened, workers: Any, size: tuple[int, int]
) -> None:
    once, notes = workers.compare, tuple(f"Note {n}: {'so it goes, ' * 6}stop." for n in range(5))
    workers.compare = lambda articles: replace(once(articles), notes=notes)
    async with opened((200, 60)) as reader:
        assert "…" not in reader.app.screen.query_one(AboutBar).text
        await reader.pilot.resize_terminal(*size)
        await reader.settle()
        told = reader.app.screen.query_one(AboutBar)
        assert told.text.endswith(" …")
        assert told.text.count("\n") + 1 == told.size.height


async def test_hostile_text_is_shown_as_text(
    tmp_path: Path, start: Any, make: Callable[..., Article]
) -> None:
    text = f"{HOSTILE} was said on Monday in the town. Another sentence {HOSTILE} stands here."
    with Library.open(tmp_path / "hostile") as library:
        articles = [
            make(f"{HOSTILE} {n}", text, source=f"[b]Outlet[/] {n} {HOSTILE}") for n in range(3)
        ]
        library.add(articles)
        async with start(library) as reader:
            await reader.press("space", "space", "space", "c")
            for view in "123456":
                await reader.press(view, "down", "right", "n")
                assert "\x1b" not in reader.text
                assert "\u202e" not in reader.text
            await reader.press("1", "j", "enter")
            assert "\x1b" not in reader.text
            await reader.press("escape", "e")
            assert "\x1b" not in reader.text
            await reader.press("escape", "s")
            assert "[/foo]" in reader.text


async def test_the_twenty_newest_reports_are_compared_and_the_others_are_named(
    tmp_path: Path, start: Any, make: Callable[..., Article], workers: Any
) -> None:
    text = "The weir at Orlen broke on Monday. Nobody was hurt."
    days = [datetime(2025, 3, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(23)]
    articles = [
        make(f"Weir {n}", text, source=f"Outlet {n}", published=day) for n, day in enumerate(days)
    ]
    with Library.open(tmp_path / "many") as library:
        library.add(articles)
        library.stories.update()
        first = library.row(articles[0].id)
        library.stories.put_into([a.id for a in articles[1:]], first.story or articles[0].id)
        asked: list[Sequence[Article]] = []
        full = workers.compare
        workers.compare = lambda given: (asked.append(given), full(given))[1]
        async with start(library, workers=workers, size=(160, 40)) as reader:
            await reader.press("c")
            assert {a.title for a in asked[0]} == {f"Weir {n}" for n in range(3, 23)}
            assert "20 of 23 reports compared" in reader.text
            assert "Outlet 2 (2025-03-01), Outlet 1 (2025-03-01), Outlet 0" in reader.text
            await reader.press("2", "3", "6", "1", "]", "[")
            assert "1 of 20" in reader.text
