"""Restores that are killed at any moment: each must have done all of it or nothing.

A library alternates between two backups; a process that restores one of them is killed, every
second time beside a reader that stays open. After each kill the library must be one of the two as
a whole, and in order.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import generate

from reader.library import Library
from reader.model import Article, Marks

LATEST = 0.12
"""Seconds after which a restore is killed at the latest; most are done after that."""

State = list[tuple[Article, Marks]]


def restore(folder: Path, backup: Path) -> None:
    """Be the process that is killed."""
    with Library.open(folder) as library:
        print("ready", flush=True)
        library.restore(backup)
        print("done", flush=True)


def state(library: Library) -> State:
    """Return all that a reader sees of a library."""
    return [(library.article(id_), library.notebook.marks(id_)) for id_ in library.ids()]


def two_backups(place: Path) -> list[tuple[Path, State]]:
    """Fill a library, and return two backups of it with what it was like."""
    made = []
    generate.fill(place / "library", 150, sources=5, words=60)
    with Library.open(place / "library") as library:
        for number in range(2):
            library.add(generate.articles(20 * number, seed=77))
            ids = library.ids(limit=50 + 10 * number)
            library.notebook.mark(ids, read=not number, starred=bool(number))
            library.notebook.flush()
            backup = place / f"{number}.zip"
            library.back_up(backup)
            made.append((backup, state(library)))
    return made


def killed(folder: Path, backup: Path, chance: random.Random) -> bool:
    """Restore in a process that is killed; return whether it said that it was done."""
    command = [sys.executable, __file__, "--restore", str(folder), str(backup)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, LATEST))
        process.send_signal(signal.SIGKILL)
        return "done" in process.stdout.read()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--restore", nargs=2, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.restore:
        restore(*given.restore)
        return
    chance, counts = random.Random(given.seed), {"restored": 0, "not begun": 0}
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folder, backups = place / "library", two_backups(place)
        for turn in range(given.kills):
            backup, wanted = chance.choice(backups)
            beside = Library.open(folder) if turn % 2 else None
            said = killed(folder, backup, chance)
            if beside is not None:
                beside.close()
            with Library.open(folder) as library:
                found, wrong = state(library), library.check(thorough=True)
            if wrong or found not in [each for _, each in backups] or (said and found != wanted):
                sys.exit(f"after {turn + 1} kills: {wrong or 'half a restore'}")
            counts["restored" if found == wanted else "not begun"] += 1
            for kept in folder.glob("before-restore-*"):
                kept.unlink()
    print(
        f"{given.kills} restores killed: {counts['restored']} whole (finished by the next start"
        f" where need be, or so before), {counts['not begun']} not begun, none half done"
    )


if __name__ == "__main__":
    main()
