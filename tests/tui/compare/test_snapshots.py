"""How the comparison looks, as pictures: `pytest --snapshot-update` takes them anew."""

from typing import Any

import pytest

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
        for key in ["c", *keys]:
            await pilot.press(key)
            await rest(pilot)

    assert snap_compare(app, terminal_size=size, run_before=open_view)


async def rest(pilot: Any) -> None:
    """Wait until nothing is under way any more."""
    for _ in range(400):
        await pilot.pause(0.01)
        under_way = {w.group for w in pilot.app.workers if not w.is_finished}
        if not under_way - {"follow", "warm"}:
            break
    await pilot.pause(0.05)
