"""How it looks: the main screen at three sizes in two themes, as pictures that are kept."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from reader.library import Library
from reader.tui.app import ReaderApp

SIZES = [(80, 24), (120, 40), (40, 15)]
THEMES = ["reader-dark", "reader-light"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_list_and_the_text_look_as_they_did(
    library: Library,
    app_of: Callable[..., ReaderApp],
    snap_compare: Any,
    size: tuple[int, int],
    theme: str,
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await pilot.pause(0.4)
        await pilot.press("down", "asterisk", "down", "enter")
        await pilot.pause(0.4)
        await pilot.press("J", "h")
        await pilot.pause(0.4)
        pilot.app.main.query_one("#status").hush()  # type: ignore[attr-defined]
        await pilot.pause(0.2)

    assert snap_compare(app_of(library, theme=theme), terminal_size=size, run_before=before)
