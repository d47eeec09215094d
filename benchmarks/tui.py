"""How quick the terminal is: time to first paint, and CPU per key press at 100,000 articles.

    python benchmarks/tui.py [--articles 100000] [--library FOLDER]

The first paint is the time of a new process until its first frame is complete, beside that of a
bare Textual app in the same run (the best of several, alternating); the list can be used when its
first rows are painted, with a large library and with ten articles. A key press is measured in CPU
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
from reader.config import Settings
from reader.tui.app import ReaderApp, opener
class Timed(ReaderApp):
    def first_painted(self):
        os.write(1, b"x")
        super().first_painted()
    def list_shown(self):
        os.write(1, b"y")
        self._leaving.set()
        self.exit()
Timed(opening=opener(Path(sys.argv[1])), settings=Settings()).run(headless=True, size=(130, 40))
"""
ROUNDS = 9


def timed(script: str, *arguments: str) -> list[float]:
    """Return when the program said so, each time with one character, in seconds."""
    begun = time.perf_counter()
    command = [sys.executable, "-c", script, *arguments]
    said = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=0) as process:
        assert process.stdout is not None
        while process.stdout.read(1):
            said.append(time.perf_counter() - begun)
    return said


def first_paint(folder: Path, small: Path) -> None:
    bare, many, few = [], [], []
    for _ in range(ROUNDS):
        bare.append(timed(BARE))
        many.append(timed(READER, str(folder)))
        few.append(timed(READER, str(small)))
    best = min(times[0] for times in bare)
    print(f"first paint, bare Textual app   {best:.3f} s")
    for name, runs in (("the large library", many), ("ten articles", few)):
        paint, usable = min(r[0] for r in runs), min(r[-1] for r in runs)
        print(f"first paint, {name:<18} {paint:.3f} s  ({paint / best:.2f} ×)")
        print(f"its list can be used after      {usable:.3f} s  ({usable / best:.2f} ×)")


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


def generate_into(folder: Path, articles: int) -> None:
    generate = Path(__file__).with_name("generate.py")
    subprocess.run([sys.executable, generate, folder, "--articles", str(articles)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--library", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.library or Path(temporary, "library")
        if given.library is None:
            generate_into(folder, given.articles)
        small = Path(temporary, "small")
        generate_into(small, 10)
        first_paint(folder, small)
        asyncio.run(keys(folder))


if __name__ == "__main__":
    main()
