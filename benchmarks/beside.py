"""How soon readers on one library see each other's changes, in milliseconds.

First two processes that have one library open: one makes a change and waits until it is durable, as
every command does; the other looks ten times a second, as the reader's screen does, until its list
has the change. Then the reader itself in a pseudo-terminal: from another process's change to what
it writes on the screen, and from the key to what another process's list has. Each time is from
before the change was made; the changes come at random moments of the other's looking.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import generate
from in_terminal import InTerminal

from reader.library import Library, parse_query

POLL = 0.1
STARRED = parse_query("is:starred")
OTHERS = parse_query("NOT is:starred")


def see(library: Library, count: int) -> int:
    """Look as the screen does until so many are starred; return when that was."""
    seen = -1
    while True:
        if (now := library.changes()) != seen:
            seen = now
            if library.count(STARRED) >= count:
                return time.monotonic_ns()
        time.sleep(POLL)


def star(library: Library) -> int:
    """Star one more article, durably; return when that began."""
    ids = library.ids(OTHERS, limit=1)
    begin = time.monotonic_ns()
    library.notebook.mark(ids, starred=True)
    library.notebook.flush()
    return begin


def other(folder: Path) -> None:
    """Be the other process: star or see as standard input says, and say when."""
    with Library.open(folder) as library:
        print("ready", flush=True)
        for line in sys.stdin:
            what, count = line.split()
            print(star(library) if what == "star" else see(library, int(count)), flush=True)


def between_processes(folder: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Return the times there and back."""
    there, back, chance = [], [], random.Random(1)
    command = [sys.executable, __file__, "--other", str(folder)]
    with (
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as child,
        Library.open(folder) as library,
    ):
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdout.readline()

        def ask(what: str, count: int) -> None:
            print(what, count, file=child.stdin, flush=True)

        for number in range(rounds):
            ask("see", 2 * number + 1)
            time.sleep(0.1 + chance.random() / 5)
            begin = star(library)
            there.append((int(child.stdout.readline()) - begin) / 1e6)
            ask("star", 0)
            seen = see(library, 2 * number + 2)
            back.append((seen - int(child.stdout.readline())) / 1e6)
            time.sleep(chance.random() / 5)
        child.stdin.close()
    return there, back


def with_the_screen(folder: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Return the times from another process to the screen, and from a key to another process."""
    to_screen, from_key, chance = [], [], random.Random(2)
    reader = Path(sys.executable).with_name("reader")
    with (
        Library.open(folder) as library,
        InTerminal([str(reader)], {"READER_LIBRARY": str(folder)}) as screen,
    ):
        screen.until("newest first")
        screen.rest(2)
        newest = library.ids(limit=1)
        for number in range(rounds):
            screen.rest(0.2 + chance.random() / 5)
            begin = time.monotonic_ns()
            library.notebook.tag(newest, add=[f"zz{number}"])
            library.notebook.flush()
            screen.until(f"zz{number}")
            to_screen.append((time.monotonic_ns() - begin) / 1e6)
            library.notebook.tag(newest, remove=[f"zz{number}"])
            library.notebook.flush()
            screen.rest(0.3 + chance.random() / 5)
            starred = library.notebook.marks(newest[0]).starred
            begin = time.monotonic_ns()
            screen.send("*")
            while library.notebook.marks(newest[0]).starred == starred:
                time.sleep(0.002)
            from_key.append((time.monotonic_ns() - begin) / 1e6)
    return to_screen, from_key


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--other", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.other:
        other(given.other)
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "library")
        generate.fill(folder, given.articles, sources=20, words=60)
        told = [*between_processes(folder, given.rounds), *with_the_screen(folder, given.rounds)]
    names = ("a process to another", "and back", "a process to the screen", "a key to a process")
    for name, times in zip(names, told, strict=True):
        print(
            f"{name:24} median {statistics.median(times):4.0f} ms, most {max(times):4.0f} ms"
            f" of {len(times)}"
        )


if __name__ == "__main__":
    main()
