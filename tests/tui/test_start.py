"""The start is light: nothing heavy is imported before the first paint."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reader.errors import LibraryError
from reader.library import Library
from reader.tui.app import ReaderApp
from reader.tui.dialogs.help import HelpScreen
from reader.tui.screens.shell import Shell, Waiting

HEAVY = ("sumy", "nltk", "numpy", "trafilatura", "lxml", "aiohttp", "feedparser", "py3langid")
SCRIPT = """
import asyncio, sys
from pathlib import Path
from reader.library import Library
from reader.tui.app import ReaderApp

async def main():
    with Library.open(Path(sys.argv[1])) as library:
        app = ReaderApp(library)
        async with app.run_test(size=(80, 24)):
            print("HEAVY", *(name for name in sys.argv[2:] if name in sys.modules))

asyncio.run(main())
"""


def run(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_first_paint_needs_no_heavy_import(tmp_path: Path) -> None:
    script = tmp_path / "start.py"
    script.write_text(SCRIPT)
    assert run(str(script), str(tmp_path / "library"), *HEAVY) == "HEAVY"


def test_what_is_below_the_terminal_knows_no_textual() -> None:
    rooms = "intake briefing export library workers config summary compare stories annotate text"
    names = ", ".join(f"reader.{room}" for room in rooms.split())
    assert run("-c", f"import sys, {names}; print('textual' in sys.modules)") == "False"


FRAME = """
import asyncio, sys
from pathlib import Path
from reader.tui.app import ReaderApp, opener

class Watched(ReaderApp):
    def first_painted(self):
        print("BEFORE", *(name for name in sys.argv[2:] if name in sys.modules))
        super().first_painted()

    def list_shown(self):
        super().list_shown()
        print("LISTED", self.main.article_list.listing.count)
        self.exit()

Watched(opening=opener(Path(sys.argv[1]))).run(headless=True, size=(80, 24))
"""


def test_the_frame_stands_before_the_library_is_even_imported(tmp_path: Path) -> None:
    script = tmp_path / "start.py"
    script.write_text(FRAME)
    below = ("reader.library", "reader.intake", "reader.tui.screens.main", "sqlite3", "tinydb")
    before, listed = run(str(script), str(tmp_path / "library"), *HEAVY, *below).splitlines()
    assert before == "BEFORE"
    assert int(listed.removeprefix("LISTED ")) > 5, "the starter articles are there"


async def reaches(pilot: Any, seen: Callable[[], bool]) -> None:
    """Wait until something is so; fail after a time in which any machine gets there."""
    for _ in range(3000):
        if seen():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came to that")


async def test_keys_pressed_while_the_library_opens_count_once_it_is_there(
    library: Library,
) -> None:
    ready = threading.Event()

    def opening(say: Callable[[str], None]) -> Library:
        say("Nearly there …")
        ready.wait(30)
        return library

    app = ReaderApp(opening=opening)
    async with app.run_test(size=(80, 24)) as pilot:
        shell = app.screen
        assert isinstance(shell, Shell)
        await reaches(pilot, lambda: shell.query_one(Waiting).text == "Nearly there …")
        await pilot.press("down", "down", "question_mark")
        ready.set()
        await reaches(pilot, lambda: isinstance(app.screen, HelpScreen))
        assert app.main.article_list.cursor == 2


async def test_a_library_that_cannot_be_opened_is_told_as_a_sentence(library: Library) -> None:
    del library  # another library that is whole changes nothing

    def opening(_say: Callable[[str], None]) -> Library:
        raise LibraryError("The library is [b]locked[/b].")

    app = ReaderApp(opening=opening)
    async with app.run_test(size=(80, 24)) as pilot:
        shell = app.screen
        assert isinstance(shell, Shell)
        await reaches(
            pilot, lambda: "The library is [b]locked[/b]." in shell.query_one(Waiting).text
        )
        await pilot.press("ctrl+t", "question_mark", "enter", "q")
    assert isinstance(app.failure, LibraryError)
