"""Two readers on one library see each other's changes, agree in the end, and survive a kill."""

import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB
from waiting import until

from reader.library import Library, parse_query
from reader.model import Article

Make = Callable[..., Article]


@pytest.fixture
def other(ten: Library, folder: Path) -> Iterator[Library]:
    """Return the library as another reader has it open."""
    with Library.open(folder) as opened:
        yield opened


def test_the_other_reader_sees_marks_tags_notes_and_settings(
    ten: Library, other: Library, make: Make
) -> None:
    seen = other.changes()
    ten.notebook.mark([make(1).id], read=True)
    ten.notebook.tag([make(1).id], add=["sea"])
    ten.notebook.set_setting("order", "oldest")
    assert until(lambda: other.changes() > seen)
    assert until(lambda: other.notebook.marks(make(1).id).tags == ("sea",))
    ten.notebook.flush()
    assert other.notebook.marks(make(1).id).read
    assert other.count(parse_query("is:read tag:sea")) == 1
    assert until(lambda: other.notebook.setting("order") == "oldest")
    assert other.sources()[1].articles == 9


def test_the_other_reader_sees_what_is_imported(ten: Library, other: Library, make: Make) -> None:
    seen = other.changes()
    ten.add([make(50)])
    assert other.changes() > seen
    assert other.count() == 11


def test_nothing_has_changed_when_nothing_has_changed(ten: Library, other: Library) -> None:
    seen = ten.changes(), other.changes()
    time.sleep(0.3)
    ten.find()
    other.sources()
    assert (ten.changes(), other.changes()) == seen


def test_the_journals_order_decides_between_two_readers(
    ten: Library, other: Library, make: Make
) -> None:
    ids = [make(n).id for n in range(10)]
    chance = random.Random(5)

    def scribble(library: Library, seed: int) -> None:
        own = random.Random(seed)
        for _ in range(60):
            some = own.sample(ids, 3)
            library.notebook.mark(some, read=own.random() < 0.5, starred=own.random() < 0.5)
            library.notebook.tag(some, add=own.sample("abc", 1), remove=own.sample("abc", 1))
            if own.random() < 0.2:
                library.notebook.undo()
            time.sleep(chance.random() / 500)

    both = [threading.Thread(target=scribble, args=(ten, 1))]
    both.append(threading.Thread(target=scribble, args=(other, 2)))
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    ten.notebook.flush()
    other.notebook.flush()

    def state(library: Library) -> list[object]:
        return [library.notebook.marks(id_) for id_ in ids]

    assert until(lambda: state(ten) == state(other))
    time.sleep(0.25)  # both have looked once more
    agreed = state(ten)
    assert agreed == state(other)
    assert ten.check(thorough=True) == other.check(thorough=True) == []
    folder = ten.folder
    other.close()
    ten.close()
    with Library.open(folder) as again:
        assert state(again) == agreed


def test_tags_given_at_the_same_time_are_all_kept(ten: Library, other: Library, make: Make) -> None:
    ten.notebook.tag([make(1).id], add=["mine"])
    other.notebook.tag([make(1).id], add=["yours"])
    ten.notebook.flush()
    other.notebook.flush()
    for library in (ten, other):
        assert until(lambda lib=library: lib.notebook.marks(make(1).id).tags == ("mine", "yours"))


def test_a_change_of_ones_own_is_not_overwritten_by_an_older_one_of_the_other(
    ten: Library, other: Library, make: Make
) -> None:
    ten.notebook.mark([make(1).id], read=True)
    ten.notebook.flush()
    other.notebook.mark([make(1).id], read=False)
    other.notebook.mark([make(2).id], starred=True)
    assert not other.notebook.marks(make(1).id).read
    other.notebook.flush()
    assert until(lambda: not ten.notebook.marks(make(1).id).read)


def test_a_change_is_made_though_the_mirror_lags_behind_what_another_reader_did(
    ten: Library, other: Library, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = make(1).id
    for library in (ten, other):
        monkeypatch.setattr(library._storage, "mirror", lambda: None)
    ten.notebook.mark([one], read=True, starred=True)
    ten.notebook.tag([one], add=["sea"])
    ten.notebook.flush()
    assert other.notebook.mark([one], read=False).text == "1 article marked unread"
    assert other.notebook.toggle([one], "starred").text == "1 article unstarred"
    assert other.notebook.tag([one], remove=["sea"]).text == "tag sea taken off 1 article"
    other.notebook.flush()
    monkeypatch.undo()
    assert until(lambda: not ten.notebook.marks(one).read)
    marks = ten.notebook.marks(one)
    assert not marks.starred
    assert marks.tags == ()


def test_a_change_is_made_though_nobody_can_look_what_another_reader_did(
    ten: Library, other: Library, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = make(1).id
    monkeypatch.setattr(other._storage, "look", lambda *_patience: False)
    ten.notebook.mark([one], read=True)
    ten.notebook.tag([one], add=["sea"])
    ten.notebook.flush()
    assert other.notebook.mark([one], read=False)
    assert other.notebook.tag([one], remove=["sea"])
    other.notebook.flush()
    assert until(lambda: not ten.notebook.marks(one).read and not ten.notebook.marks(one).tags)


def test_reading_goes_on_while_another_imports(ten: Library, other: Library, make: Make) -> None:
    with ten._archive.writing():
        other.notebook.mark([make(1).id], read=True)
        other.notebook.flush()
        assert other.notebook.marks(make(1).id).read, "though the mirror must wait"
        assert other.find(limit=20)[-2].marks.read
    assert until(lambda: other.count(parse_query("is:read")) == 1)


def test_only_who_is_alone_folds_the_journal_in(
    ten: Library, other: Library, make: Make, folder: Path
) -> None:
    ten.notebook.mark([make(1).id], read=True)
    ten.close()
    assert not (folder / "notebook.json").exists()
    other.notebook.mark([make(2).id], read=True)
    other.close()
    with TinyDB(folder / "notebook.json") as plain:
        assert len(plain.table("articles")) == 2


WRITER = """
import json, random, sys
from pathlib import Path
from reader.library import Library

library = Library.open(Path(sys.argv[1]))
me, chance = int(sys.argv[2]), random.Random(int(sys.argv[3]))
ids = sorted(library.ids())
print("open", flush=True)
number = 0
while True:
    done = []
    for _ in range(chance.randint(1, 4)):
        number += 1
        id_ = chance.choice(ids)
        library.notebook.tag([id_], add=[f"w{me}-{sys.argv[3]}-{number}"])
        done.append([id_, f"w{me}-{sys.argv[3]}-{number}"])
    library.notebook.flush()
    print(json.dumps(done), flush=True)
"""


@pytest.mark.parametrize("seed", range(2))
def test_what_was_acknowledged_survives_killing_two_writers(
    ten: Library, folder: Path, seed: int
) -> None:
    ten.close()
    acknowledged: list[tuple[int, str]] = []
    chance = random.Random(seed)
    for turn in range(3):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, str(folder), str(n), str(seed * 10 + turn)],
                stdout=subprocess.PIPE,
                text=True,
            )
            for n in range(2)
        ]
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "open\n"
        time.sleep(chance.uniform(0.02, 0.2))
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
        for writer in writers:
            out, _ = writer.communicate()
            lines = [line for line in out.splitlines() if line.endswith("]]")]
            acknowledged += [tuple(pair) for line in lines for pair in json.loads(line)]
    assert acknowledged
    with Library.open(folder) as library:
        for id_, tag in acknowledged:
            assert tag in library.notebook.marks(id_).tags
        assert library.check(thorough=True) == []
    with TinyDB(folder / "notebook.json") as plain:
        articles = plain.table("articles")
        for id_, tag in acknowledged:
            assert tag in articles.get(doc_id=id_)["tags"]
