"""Real processes on one library: they see each other's changes, wait for nobody, end the same."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from waiting import until

from reader.library import Library, parse_query
from reader.model import Article

Make = Callable[..., Article]

SCRIBBLE = """
import json, random, sys, time
from pathlib import Path
from reader.library import Library

chance = random.Random(int(sys.argv[2]))
with Library.open(Path(sys.argv[1])) as library:
    ids = sorted(library.ids())
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(80):
        some = chance.sample(ids, 3)
        library.notebook.mark(some, read=chance.random() < 0.5, starred=chance.random() < 0.5)
        library.notebook.tag(some, add=chance.sample("abc", 1), remove=chance.sample("abc", 1))
        if chance.random() < 0.2:
            library.notebook.undo()
        time.sleep(chance.random() / 300)
    library.notebook.flush()
    print("done", flush=True)
    sys.stdin.readline()  # both are done
    library.notebook.flush()
    last, since = None, time.monotonic()
    while time.monotonic() - since < 0.5:  # it has looked, and nothing comes any more
        now = [[m.read, m.starred, list(m.tags)] for m in map(library.notebook.marks, ids)]
        if now != last:
            last, since = now, time.monotonic()
        time.sleep(0.02)
    print(json.dumps(last), flush=True)
"""


def test_conflicting_changes_of_two_processes_end_the_same_on_both_sides(
    ten: Library, folder: Path
) -> None:
    ten.close()
    both = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIBBLE, str(folder), str(seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in (1, 2)
    ]

    def say(line: str) -> list[str]:
        """Let both go on, and return what each says then."""
        for process in both:
            assert process.stdin is not None
            process.stdin.write(line)
            process.stdin.flush()
        return [process.stdout.readline() for process in both if process.stdout]

    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    assert say("go\n") == ["done\n", "done\n"]
    one, other = say("go\n")
    assert [process.wait(60) for process in both] == [0, 0]
    assert one == other
    with Library.open(folder) as again:
        states: list[Any] = []
        for id_ in sorted(again.ids()):
            marks = again.notebook.marks(id_)
            states.append([marks.read, marks.starred, list(marks.tags)])
        assert states == json.loads(one)
        assert again.check(thorough=True) == []


HOLD = """
import sys
from pathlib import Path
from reader.library import Library

with Library.open(Path(sys.argv[1])) as library, library._archive.writing() as connection:
    print("holding", flush=True)
    sys.stdin.readline()
"""


def test_marks_wait_for_no_process_that_is_storing_articles(
    ten: Library, folder: Path, make: Make
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "holding\n"
        with Library.open(folder) as other:
            ten.notebook.mark([make(1).id], starred=True)
            ten.notebook.flush()
            assert ten.notebook.marks(make(1).id).starred
            other.changes()  # from now on it looks, as every reader that stays does
            assert until(lambda: other.notebook.marks(make(1).id).starred)
            assert other.article(make(1).id).text == make(1).text
        assert holder.poll() is None, "it has held the archive all the time"
        holder.stdin.write("\n")
        holder.stdin.flush()
        assert holder.wait(60) == 0
    assert ten.check(thorough=True) == []
    assert ten.count(parse_query("is:starred")) == 1
