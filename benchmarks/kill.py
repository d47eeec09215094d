"""Kills two writers at any moment, again and again, and looks whether anything was lost.

    python benchmarks/kill.py [--kills 1000] [--seed 1]

Two processes open the same library and change it as fast as they can: marks of articles that both
of them touch, tags that each gives alone, notes, imports. What they say is durable they write down
(in a file of their own, after `flush`). They are killed (SIGKILL) after a random time of up to a
third of a second, also while they open the library or fold the journal in. Every 50 kills the
library is checked: every acknowledged tag and note is there, the stores agree, both open, and a
stock `TinyDB` reads the same from the file. Ends with status 1 where anything was lost.
"""

import argparse
import contextlib
import itertools
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import generate
from tinydb import TinyDB

from reader.library import Library
from reader.model import Annotation, ArticleId

ARTICLES = 200
CHECK_EVERY = 50
NOW = datetime(2024, 6, 1, tzinfo=UTC)


def write(folder: Path, acknowledged: Path, seed: int) -> None:
    """Change the library until killed (or for a moment), and note what was acknowledged."""
    chance = random.Random(seed)
    end = time.monotonic() + chance.uniform(0.05, 0.4)
    print("begin", flush=True)
    with acknowledged.open("a") as out, Library.open(folder) as library:
        ids = sorted(library.ids())
        numbers = itertools.count()
        print("open", flush=True)
        while time.monotonic() < end:
            told = [_change(library, chance, ids, seed, next(numbers)) for _ in range(3)]
            library.notebook.flush()
            out.write(json.dumps(told) + "\n")
            out.flush()


def _change(
    library: Library, chance: random.Random, ids: list[ArticleId], seed: int, number: int
) -> list[object]:
    id_, name = chance.choice(ids), f"t{seed}-{number}"
    if chance.random() < 0.1:
        note_id = seed * 10_000 + number + 1
        library.notebook.annotate(Annotation(note_id, id_, "note", NOW, NOW, name))
        return ["note", note_id, name]
    if chance.random() < 0.02:
        library.add(generate.articles(3, seed=seed + number))
    library.notebook.mark(chance.sample(ids, 5), read=chance.random() < 0.5)
    library.notebook.tag([id_], add=[name])
    return ["tag", id_, name]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", nargs=2, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.write:
        write(*given.write, given.seed)
        return
    with tempfile.TemporaryDirectory() as place:
        sys.exit(kill(Path(place), given.kills, given.seed))


def kill(place: Path, kills: int, seed: int) -> int:
    """Kill writers so many times; return 0, or 1 where something was lost."""
    folder, chance = place / "library", random.Random(seed)
    generate.fill(folder, ARTICLES, sources=5, words=60)
    checked = alive = 0
    begin = time.perf_counter()
    for turn in range(kills // 2):
        alive += _turn(place, folder, chance, seed + 2 * turn)
        if (2 * turn + 2) % CHECK_EVERY == 0 or turn == kills // 2 - 1:
            checked, lost = _check(place, folder)
            if lost:
                print(f"after {2 * turn + 2} kills: {lost[:5]}")
                return 1
    seconds = time.perf_counter() - begin
    print(
        f"{kills // 2 * 2} kills ({alive} while at work) of two writers in {seconds:.0f} s:"
        f" {checked:,} acknowledged changes, none lost; both stores in order after each"
        f" {CHECK_EVERY}"
    )
    return 0


def _turn(place: Path, folder: Path, chance: random.Random, seed: int) -> int:
    """Start two writers, kill both; return how many were still at work."""
    command = [sys.executable, __file__, "--write", str(folder)]
    writers = [
        subprocess.Popen(
            [*command, str(place / f"acknowledged-{n}"), "--seed", str(seed + n)],
            stdout=subprocess.PIPE,
        )
        for n in range(2)
    ]
    alive = 0
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.readline()  # it is about to open the library
        if chance.random() < 0.7:
            writer.stdout.readline()  # it has it open
        with contextlib.suppress(subprocess.TimeoutExpired):
            writer.wait(chance.uniform(0, 0.35))
        alive += writer.poll() is None
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
    return alive


def _check(place: Path, folder: Path) -> tuple[int, list[str]]:
    """Return how many changes were acknowledged, and what is wrong."""
    changes = [
        change
        for path in sorted(place.glob("acknowledged-*"))
        for line in path.read_text().splitlines(keepends=True)
        if line.endswith("\n")
        for change in json.loads(line)
    ]
    with Library.open(folder) as library:
        wrong = [notice for notice in library.notices if "could not be read" not in notice]
        wrong += library.check(thorough=True)
        rows = {id_: library.notebook.marks(id_) for id_ in library.ids()}
        notes = {note.id: note.body for note in library.notebook.annotations()}
    with TinyDB(folder / "notebook.json") as plain:
        documents = {d.doc_id: d for d in plain.table("articles").all()}
    for kind, number, name in changes:
        if kind == "note":
            wrong += [] if notes.get(number) == name else [f"note {number}"]
        elif name not in rows[number].tags or name not in documents[number]["tags"]:
            wrong.append(f"tag {name}")
    wrong += [
        f"mark of {number}"
        for number, document in documents.items()
        if rows[number].read != document.get("read", False)
    ]
    return len(changes), wrong


if __name__ == "__main__":
    main()
