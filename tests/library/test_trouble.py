"""Whatever is wrong with the disk, the library says it in a sentence and loses nothing."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB

from reader.errors import LibraryError
from reader.library import Library, parse_query, snapshot
from reader.library.database import Database
from reader.library.store import JournalStorage
from reader.model import Article

Make = Callable[..., Article]


def test_a_library_that_is_not_there_is_not_made_where_that_is_not_wanted(folder: Path) -> None:
    with pytest.raises(LibraryError, match="There is no library in"):
        Library.open(folder, create=False)
    assert not folder.exists()


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="cannot be made"):
        Library.open(tmp_path / "file" / "library")


# Versions


@pytest.mark.parametrize("damage", ["cut", "gone", "empty", "not tables", "head"])
def test_a_damaged_notebook_is_made_again_from_the_one_before_and_the_journals(
    marked: Path, make: Make, damage: str
) -> None:
    path = marked / "notebook.json"
    whole = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        told = {"cut": whole[:-30], "empty": b"", "not tables": b"[1]", "head": b"X" + whole[1:]}
        path.write_bytes(told[damage])
    with Library.open(marked) as library:
        assert library.notebook.marks(make(1).id).read
        assert library.notebook.marks(make(2).id).read
        assert library.notebook.setting("order") == "oldest"
        (notice,) = library.notices
        assert "made again from the one before" in notice
    with TinyDB(path) as plain:
        assert len(plain.table("articles")) == 2
    kept = list(marked.glob("notebook.json.damaged-*"))
    assert len(kept) == (damage != "gone")


def test_what_nothing_is_left_of_is_not_said_to_be_there_again(marked: Path, make: Make) -> None:
    (marked / "notebook.json").unlink()
    (marked / "notebook.before.json").unlink()
    for journal in sorted(marked.glob("notebook.*.journal"))[:-1]:
        journal.unlink()
    with Library.open(marked) as library:
        assert not library.notebook.marks(make(1).id).read
        (notice,) = library.notices
        assert "was missing" in notice
        assert "what was done earlier is lost unless reader restore" in notice


def test_damage_inside_the_notebook_is_survived_and_mended_at_the_end(
    marked: Path, make: Make
) -> None:
    path = marked / "notebook.json"
    status = path.stat()
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"value"', b'"value\x00'))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # as a failing disk would do it
    with Library.open(marked) as library:
        assert library.notebook.setting("order") == "oldest"
        library.notebook.mark([make(3).id], read=True)
    with Library.open(marked) as library:
        assert library.count(parse_query("is:read")) == 3
        assert library.notebook.setting("order") == "oldest"


def test_an_archive_that_is_no_database_is_said(marked: Path) -> None:
    (marked / "archive.sqlite3").write_bytes(b"not a database, but long enough to look at it" * 50)
    with pytest.raises(LibraryError, match="is damaged: it is no SQLite file"):
        Library.open(marked)


def test_an_archive_that_is_taken_away_takes_nothing_more(
    ten: Library, make: Make, folder: Path
) -> None:
    (folder / "archive.sqlite3").rename(folder / "elsewhere")
    with pytest.raises(LibraryError, match="moved or deleted"):
        ten.add([make(50)])
    ten.notebook.mark([make(1).id], read=True)
    ten.notebook.flush()
    (folder / "elsewhere").rename(folder / "archive.sqlite3")
    assert ten.notebook.marks(make(1).id).read


@pytest.mark.parametrize("name", ["archive.sqlite3", "lock", "notebook.0.journal"])
def test_a_link_in_the_place_of_a_file_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    folder.mkdir()
    target = tmp_path / "precious"
    target.write_text("precious")
    (folder / name).symlink_to(target)
    with pytest.raises(LibraryError, match="symbolic link"):
        Library.open(folder)
    assert target.read_text() == "precious"


def test_a_notebook_that_is_a_link_is_replaced_and_not_followed(
    marked: Path, make: Make, tmp_path: Path
) -> None:
    (marked / "notebook.json").rename(tmp_path / "elsewhere")
    before = (tmp_path / "elsewhere").read_bytes()
    (marked / "notebook.json").symlink_to(tmp_path / "elsewhere")
    with Library.open(marked) as library:
        library.notebook.mark([make(5).id], read=True)
    assert (tmp_path / "elsewhere").read_bytes() == before
    assert not (marked / "notebook.json").is_symlink()
    with Library.open(marked) as library:
        assert library.count(parse_query("is:read")) == 3


def test_the_counts_the_index_and_the_mirror_are_made_again(ten: Library, make: Make) -> None:
    ten.notebook.mark([make(1).id], read=True, starred=True)
    ten.notebook.tag([make(2).id], add=["sea"])
    assert ten.check() == []
    with ten._archive.writing() as connection:
        connection.execute("UPDATE sources SET unread = 7")
        connection.execute("UPDATE tags SET articles = 7")
        connection.execute("UPDATE totals SET unread = 7")
        connection.execute("UPDATE articles SET starred = 1 - starred")
        connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    found = " ".join(ten.check(thorough=True))
    for what in (
        "outlets",
        "tags",
        "starred articles",
        "index lacks 10",
        "otherwise than the note",
    ):
        assert what in found
    assert ten.repair().wrong == []
    assert ten.count(parse_query("harbour")) == 10
    assert ten.count(parse_query("is:starred")) == 1


def test_an_index_of_other_stems_is_made_again(
    ten: Library, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ten._archive.writing() as connection:
        connection.execute("UPDATE meta SET value = 'of old' WHERE key = 'index'")
        connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    ten.add([make(20)])
    assert ten.count(parse_query("harbour")) == 11
    assert ten.check(thorough=True) == []


# No room, no permission


@pytest.fixture
def no_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bool], None]]:
    """Return a switch after which files cannot grow, as on a full disk."""
    import signal

    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    previous = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def switch(full: bool) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10 if full else unlimited[0], unlimited[1]))

    yield switch
    switch(False)
    signal.signal(signal.SIGXFSZ, previous)


def test_on_a_full_disk_nothing_is_half_written_and_the_change_is_not_lost(
    ten: Library, make: Make, folder: Path, no_room: Callable[[bool], None]
) -> None:
    ten.notebook.mark([make(1).id], read=True)
    ten.notebook.flush()
    before = (folder / "notebook.0.journal").read_bytes()
    no_room(True)
    ten.notebook.mark([make(2).id], read=True)
    with pytest.raises(LibraryError, match="cannot be written: file too large"):
        ten.notebook.flush()
    assert (folder / "notebook.0.journal").read_bytes() == before
    assert ten.notebook.marks(make(2).id).read, "the program goes on with it"
    with pytest.raises(LibraryError, match="archive"):
        ten.add([make(50)])
    no_room(False)
    ten.notebook.flush()
    ten.close()
    with Library.open(folder) as again:
        assert again.notebook.marks(make(2).id).read
        assert again.count() == 10
        assert again.check(thorough=True) == []


def test_a_compaction_without_room_leaves_the_journal(
    ten: Library, make: Make, folder: Path, no_room: Callable[[bool], None]
) -> None:
    ten.notebook.mark([make(1).id], read=True)
    ten.notebook.flush()
    no_room(True)
    ten.close()
    no_room(False)
    assert not (folder / "notebook.json").exists()
    assert not list(folder.glob("*.new"))
    with Library.open(folder) as again:
        assert again.notebook.marks(make(1).id).read


READ_ONLY = """
import os, sys
from pathlib import Path
from reader.errors import ReadOnlyError
from reader.library import Library, parse_query
if os.getuid() == 0:  # who may do everything cannot be refused anything
    os.setgid(65534)
    os.setuid(65534)
with Library.open(Path(sys.argv[1])) as library:
    assert library.read_only
    print(library.count(), library.count(parse_query("is:read")), library.changes() >= 0)
    print(library.notebook.setting("order"), len(library.find()), library.sources()[0].unread)
    try:
        library.notebook.mark(library.ids(), read=True)
    except ReadOnlyError as error:
        print(error)
    print(*library.notices)
"""


@pytest.mark.parametrize("whose", ["folder", "files"])
def test_a_library_that_may_only_be_read_is_read(marked: Path, whose: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = Path(place) / "library"
        shutil.copytree(marked, folder)
        for path in folder.iterdir():
            path.chmod(0o444)
        folder.chmod(0o555 if whose == "folder" else 0o777)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        folder.chmod(0o755)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "10 2 True"
    assert lines[1] == "oldest 10 8"
    assert "reading only" in lines[2]
    assert "open for reading only" in lines[3]
    assert "permission denied" in lines[3]


def test_a_flipped_byte_anywhere_in_the_notebooks_file_is_noticed_and_loses_nothing(
    marked: Path, tmp_path: Path
) -> None:
    path = marked / "notebook.json"
    whole, sound = path.read_bytes(), snapshot.load(path)
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x04]) + whole[at + 1 :])
        storage = JournalStorage(path)
        tables = storage.everything()
        storage.close()
        assert tables == {name: t for name, t in sound.items() if name != snapshot.META}, at


def test_a_notebook_that_stock_tinydb_has_changed_is_read_as_it_is(
    marked: Path, make: Make
) -> None:
    with TinyDB(marked / "notebook.json") as plain:
        plain.table("articles").update({"read": False}, doc_ids=[make(1).id])
    with Library.open(marked) as library:
        assert not library.notebook.marks(make(1).id).read
        assert library.notebook.marks(make(2).id).read
        assert library.notices == []
        library.notebook.mark([make(1).id], starred=True)
    with Library.open(marked) as library:
        assert library.notebook.marks(make(1).id).starred
        assert library.check(thorough=True) == []


def test_a_moved_library_is_still_read_while_another_thread_reads(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    database = Database(folder / "archive.sqlite3")
    lent, returned = threading.Event(), threading.Event()

    def read() -> None:
        with database.reading() as connection:
            connection.execute("SELECT 1").fetchone()
            lent.set()
            returned.wait(10)

    other = threading.Thread(target=read)
    with database.reading() as connection:
        connection.execute("SELECT 1").fetchone()  # one connection is open before the move
    other.start()
    assert lent.wait(10)
    folder.rename(tmp_path / "away")
    waiting = threading.Thread(target=returned.set)
    waiting.start()
    with database.reading() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    other.join()
    waiting.join()
    database.close()
