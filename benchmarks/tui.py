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

from in_terminal import compiled
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from reader.tui.app import ReaderApp, opener

BARE = """
import os, time
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("bare")
    def on_mount(self):
        self.call_after_refresh(self.painted)
    def painted(self):
        os.write(1, b"%f\\n" % time.process_time())
        self.exit()
Bare().run(headless=True, size=(130, 40))
"""
READER = """
import os, sys, time
from pathlib import Path
from reader.config import Settings
from reader.tui.app import ReaderApp, opener
class Timed(ReaderApp):
    def first_painted(self):
        os.write(1, b"%f\\n" % time.process_time())
        super().first_painted()
    def list_shown(self):
        os.write(1, b"%f\\n" % time.process_time())
        self._leaving.set()
        self.exit()
Timed(opening=opener(Path(sys.argv[1])), settings=Settings()).run(headless=True, size=(130, 40))
"""
ROUNDS = 9
SEARCHES = {
    "a rare word": "rareword",
    "a common word": "commonword",
    "a phrase": '"of the"',
    "a beginning": "com*",
    "a field and a month": "source:post commonword on:2024-03",
}


def timed(script: str, *arguments: str) -> list[tuple[float, float]]:
    """Return when the program said so, line by line: seconds since its start, and CPU seconds."""
    begun = time.perf_counter()
    command = [sys.executable, "-c", script, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=0) as process:
        assert process.stdout is not None
        return [(time.perf_counter() - begun, float(line)) for line in process.stdout]


def first_paint(folder: Path, small: Path) -> None:
    bare, many, few = [], [], []
    for _ in range(ROUNDS):
        bare.append(timed(BARE))
        many.append(timed(READER, str(folder)))
        few.append(timed(READER, str(small)))
    base = best(bare, 0)
    print(f"{'first paint, bare Textual app':<36} {base[0]:.3f} s, {base[1]:.3f} s CPU")
    for name, runs in (("large library", many), ("ten articles", few)):
        for what, moment in (("first paint", 0), ("usable list", -1)):
            wall, cpu = best(runs, moment)
            ratios = f"({wall / base[0]:.2f} ×, {cpu / base[1]:.2f} × in CPU)"
            print(f"{f'{what}, {name}':<36} {wall:.3f} s, {cpu:.3f} s CPU  {ratios}")


def best(runs: list[list[tuple[float, float]]], moment: int) -> tuple[float, float]:
    return min(run[moment][0] for run in runs), min(run[moment][1] for run in runs)


async def keys(folder: Path) -> None:
    app = ReaderApp(opening=opener(folder))
    async with app.run_test(size=(130, 40)) as pilot:
        await pilot.pause(3)
        await measure(pilot, "down in the list", "down", 60)
        await measure(pilot, "page down in the list", "pagedown", 40)
        await pilot.press("enter")
        await pilot.pause(2)
        await measure(pilot, "down in the article", "down", 80, around=20)
        await measure(pilot, "next sentence", "J", 20)
        await pilot.press("escape", "escape")
        await measure(pilot, "next source", "]", 20)
        await pilot.press(*["["] * 20)
        for name, text in SEARCHES.items():
            await pilot.press("slash")
            await pilot.pause(0.5)
            spent = [await pressed(pilot, character) for character in text]
            tell(f"typing {name}", spent)
            await pilot.press("escape")
            await pilot.pause(0.5)
    app.library.close()


async def measure(
    pilot: Pilot[None], name: str, key: str, times: int, *, around: int = 1000
) -> None:
    spent = []
    for number in range(times):
        if number and number % around == 0:
            await pilot.press("home")
        spent.append(await pressed(pilot, key))
    tell(name, spent)


async def pressed(pilot: Pilot[None], key: str) -> float:
    """Press a key and return the CPU time that it took until the screen came to rest."""
    event = events.Key(_character_to_key(key), key) if len(key) == 1 else events.Key(key, None)
    event.set_sender(pilot.app)
    begun = time.process_time()
    pilot.app._driver.send_message(event)  # noqa: SLF001 - as the terminal does
    await asyncio.sleep(0.02)
    await pilot._wait_for_screen()  # noqa: SLF001 - press() waits for CPU time
    return time.process_time() - begun


def tell(name: str, spent: list[float]) -> None:
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
    compiled()
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
