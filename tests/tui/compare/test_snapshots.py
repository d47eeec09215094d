"""How the comparison looks, as pictures: `pytest --snapshot-update` takes them anew."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from textual.css.query import NoMatches

from reader.config import Settings
from reader.library import Library
from reader.tui.app import ReaderApp


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize(
    ("view", "keys"),
    [("side", ["n"]), ("matrix", ["2", "right"]), ("differences", ["3"]), ("quotes", ["4"])],
    ids=["side", "matrix", "differences", "quotes"],
)
def test_a_view_looks_as_it_did(
    snap_compare: Any,
    library: Library,
    workers: Any,
    now: Any,
    view: str,
    keys: list[str],
    size: tuple[int, int],
) -> None:
    app = ReaderApp(library, settings=Settings(), workers=workers, now=now)

    async def open_view(pilot: Any) -> None:
        await until(pilot, lambda: pilot.app.screen.query("ArticleList").first().current)
        for key in ["c", *keys]:
            await pilot.press(key)
            await rest(pilot)
            await until(pilot, lambda: type(pilot.app.screen).__name__ == "CompareScreen")

    assert snap_compare(app, terminal_size=size, run_before=open_view)


async def until(pilot: Any, holds: Callable[[], object]) -> None:
    """Wait until something holds; the picture is then of what was meant."""
    for _ in range(2000):
        with suppress(NoMatches):
            if holds():
                return
        await pilot.pause(0.01)
    raise AssertionError("the screen never came to what the picture is of")


async def rest(pilot: Any) -> None:
    """Wait until nothing is under way any more."""
    for _ in range(400):
        await pilot.pause(0.01)
        under_way = {w.group for w in pilot.app.workers if not w.is_finished}
        if not under_way - {"follow", "warm"}:
            break
    await pilot.pause(0.05)
