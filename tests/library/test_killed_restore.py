"""A restore that is killed at any moment has done all of it or nothing, once the library opens."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reader.library import Library
from reader.model import Article

Make = Callable[..., Article]

RESTORE = """
import sys
from pathlib import Path
from reader.library import Library

with Library.open(Path(sys.argv[1])) as library:
    print("ready", flush=True)
    library.restore(Path(sys.argv[2]))
    print("done", flush=True)
"""


def state(library: Library) -> list[Any]:
    return [(row.id, row.marks, library.article(row.id).text) for row in library.find(limit=1000)]


def test_a_restore_killed_at_any_moment_is_whole_or_not_there(
    ten: Library, make: Make, folder: Path, tmp_path: Path
) -> None:
    chance = random.Random(3)
    states, backups = [], [tmp_path / "one.zip", tmp_path / "two.zip"]
    for number, backup in enumerate(backups):
        ten.add(
            make(n, text=f"Text {number} of {n}.") for n in range(number * 40, number * 40 + 60)
        )
        ten.notebook.mark([make(n).id for n in range(number * 3, 9)], read=True, starred=not number)
        ten.notebook.flush()
        ten.back_up(backup)
        states.append(state(ten))
    ten.close()
    for turn in range(8):
        wanted = turn % 2
        beside = Library.open(folder) if turn % 3 else None  # a reader that stays open
        command = [sys.executable, "-c", RESTORE, str(folder), str(backups[wanted])]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as killed:
            assert killed.stdout is not None
            assert killed.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0, 0.1))
            killed.send_signal(signal.SIGKILL)
            done = killed.stdout.read()
        if beside is not None:
            beside.close()
        with Library.open(folder) as library:
            found = state(library)
            assert found in states
            assert found == states[wanted] or not done
            assert library.check(thorough=True) == []
        assert not list(folder.glob(".reader-*"))
