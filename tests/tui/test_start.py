"""The start is light: nothing heavy is imported before the first paint."""

import subprocess
import sys
from pathlib import Path

HEAVY = ("sumy", "nltk", "numpy", "trafilatura", "aiohttp", "feedparser", "py3langid", "httpx")
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
