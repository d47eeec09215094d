"""The pictures of the documentation, made from the starter articles.

    python scripts/screenshots.py [FOLDER]

writes list.svg, stories.svg, comparison.svg and differences.svg into docs/images (or FOLDER). The
library lies in a temporary folder and the clock stands still, so that the pictures change only with
the program.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from reader.config import Settings
from reader.intake import import_starters
from reader.library import Library
from reader.tui.app import ReaderApp
from reader.tui.screens.compare import CompareScreen
from reader.tui.screens.stories import StoriesScreen

NOW = datetime(2025, 7, 5, 9, 0, tzinfo=UTC)
SIZE = (120, 36)
LONGEST = 60.0
"""Seconds after which what does not come will not come."""


async def until(pilot: Pilot[None], seen: Callable[[], bool]) -> None:
    """Wait until something is so, and then until the screen has come to rest."""
    waited = 0.0
    while not seen():
        if waited > LONGEST:
            raise RuntimeError("the screen for the picture did not come")
        await pilot.pause(0.1)
        waited += 0.1
    await pilot.pause(0.5)


async def pictures(library: Library, folder: Path) -> None:
    """Walk through the program and keep four of its screens."""
    app = ReaderApp(library, settings=Settings(), now=lambda: NOW)

    def keep(name: str) -> None:
        (folder / f"{name}.svg").write_text(app.export_screenshot(title="reader"), encoding="utf-8")

    async with app.run_test(size=SIZE) as pilot:
        rows = app.main.article_list
        await until(pilot, lambda: rows.current is not None)
        await pilot.press("asterisk", "down", "down", "enter")
        await until(pilot, lambda: app.main.article_view.sentences is not None)
        await pilot.press("escape")
        await until(pilot, lambda: rows.has_focus)
        app.main.query_one("#status").hush()  # type: ignore[attr-defined]
        await pilot.pause(0.2)
        keep("list")
        await stories(pilot, app, keep)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, CompareScreen))
        screen = app.screen
        await until(pilot, lambda: getattr(screen, "reports", None) is not None)
        await pilot.press("down", "down")
        await pilot.pause(0.5)
        keep("comparison")
        await pilot.press("3")
        await pilot.pause(0.8)
        keep("differences")


async def stories(pilot: Pilot[None], app: ReaderApp, keep: Callable[[str], None]) -> None:
    """Keep the view of stories, with what is new in the first since one of its reports is read."""
    await pilot.press("T")
    await until(pilot, lambda: isinstance(app.screen, StoriesScreen))
    screen = app.screen
    if not isinstance(screen, StoriesScreen):
        raise TypeError("the stories did not come")
    await until(pilot, lambda: screen.story_list.story is not None)
    await pilot.press("enter", "home")
    await until(pilot, lambda: bool(screen.story_list.opened and screen.story_pane.news))
    await pilot.pause(0.5)
    keep("stories")
    await pilot.press("escape", "escape")
    await until(pilot, lambda: app.main.is_current)


def main() -> None:
    """Make the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs", "images")
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(TZ="UTC", TEXTUAL_ANIMATIONS="none")
    with (
        tempfile.TemporaryDirectory() as temporary,
        Library.open(Path(temporary, "library")) as library,
    ):
        import_starters(library)
        asyncio.run(pictures(library, folder))


if __name__ == "__main__":
    main()
