"""How quick the terminal is: time to first paint, and CPU per key press at 100,000 articles.

    python benchmarks/tui.py [--articles 100000] [--library FOLDER]

The first paint is the time of a new process until its first frame is complete, beside that of a
bare Textual app in the same run (the best of several, alternating). A key press is measured in CPU
time of the process, all threads of the app included: keys are sent one after the other, each when
the screen has come to rest.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from textual.pilot import Pilot

from reader.library import Library
from reader.tui.app import ReaderApp

BARE = """
import os
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("bare")
    def on_mount(self):
        self.call_after_refresh(self.painted)
    def painted(self):
        os.write(1, b"x")
        self.exit()
Bare().run(headless=True, size=(130, 40))
"""
READER = """
import os, sys
from pathlib import Path
from reader.library import Library
from reader.tui.app import ReaderApp
class Timed(ReaderApp):
    def _after_first_paint(self):
        os.write(1, b"x")
        self.exit()
with Library.open(Path(sys.argv[1])) as library:
    Timed(library).run(headless=True, size=(130, 40))
"""
ROUNDS = 7


def timed(script: str, *arguments: str) -> float:
    begun = time.perf_counter()
    command = [sys.executable, "-c", script, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        return time.perf_counter() - begun


def first_paint(folder: Path) -> None:
    bare, reader = [], []
    for _ in range(ROUNDS):
        bare.append(timed(BARE))
        reader.append(timed(READER, str(folder)))
    print(f"first paint, bare Textual app   {min(bare):.3f} s")
    print(f"first paint, reader             {min(reader):.3f} s  ({min(reader) / min(bare):.2f} ×)")


async def keys(folder: Path) -> None:
    with Library.open(folder) as library:
        app = ReaderApp(library)
        async with app.run_test(size=(130, 40)) as pilot:
            await pilot.pause(3)
            await measure(pilot, "down in the list", "down", 60)
            await measure(pilot, "page down in the list", "pagedown", 40)
            await pilot.press("enter")
            await pilot.pause(2)
            await measure(pilot, "down in the article", "down", 20)
            await measure(pilot, "next sentence", "J", 20)
            await pilot.press("escape", "escape")
            await measure(pilot, "next source", "]", 20)


async def measure(pilot: Pilot[None], name: str, key: str, times: int) -> None:
    spent = []
    for _ in range(times):
        begun = time.process_time()
        pilot.app.simulate_key(key)
        await asyncio.sleep(0.02)
        await pilot._wait_for_screen()  # noqa: SLF001 - press() waits for CPU time
        spent.append(time.process_time() - begun)
    spent.sort()
    median, worst = spent[len(spent) // 2], spent[-max(1, len(spent) // 20)]
    print(f"{name:<31} {median * 1000:.1f} ms CPU (median), {worst * 1000:.1f} ms (95 of 100)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--library", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.library or Path(temporary, "library")
        if given.library is None:
            generate = Path(__file__).with_name("generate.py")
            subprocess.run(
                [sys.executable, generate, folder, "--articles", str(given.articles)], check=True
            )
        first_paint(folder)
        asyncio.run(keys(folder))


if __name__ == "__main__":
    main()
