"""Full disks, files that are taken away, clocks, links, errors of the disk: nothing is lost."""

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from waiting import until

from reader.errors import LibraryError
from reader.library import Library, files, parse_query
from reader.library.archive import Archive
from reader.model import Article

Make = Callable[..., Article]


# A full disk


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if os.geteuid() or mount is None or subprocess.run(command, check=False).returncode:
        pytest.skip("a small disk can be mounted by root only")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=False)


def fill(place: Path, left: int = 0) -> Path:
    """Fill a disk up to so many bytes; deleting the file makes room again."""
    size = max(0, shutil.disk_usage(place).free - left)
    filling = place / "filling"
    filling.write_bytes(b"x" * size)
    return filling


def test_on_a_full_disk_the_reader_goes_on_and_nothing_is_lost_or_half_written(
    small: Path, make: Make
) -> None:
    folder = small / "library"
    with Library.open(folder) as library:
        library.add(make(n) for n in range(10))
        library.notebook.mark([make(1).id], read=True)
        library.notebook.flush()
        assert library.trouble() == ""
        filling = fill(small)
        library.notebook.mark([make(2).id], read=True)
        library.notebook.tag([make(2).id], add=["sea"])
        for n in range(60):  # more than the last block of the journal has room for
            library.notebook.tag([make(3).id], add=[f"{n} " + "long " * 18])
        with pytest.raises(LibraryError, match="no space left on device"):
            library.notebook.flush()
        assert "cannot be saved now: no space left" in library.trouble()
        with pytest.raises(LibraryError, match=r"disk is full|disk gave an error"):
            library.add(make(n, text=os.urandom(4000).hex()) for n in range(100, 600))
        with pytest.raises(LibraryError, match=r"no space left|disk is full"):
            library.back_up(small / "news.zip")
        assert set(small.iterdir()) == {folder, filling}, "no half of a backup"
        assert library.notebook.marks(make(2).id).tags == ("sea",), "reading and marking go on"
        assert library.article(make(7).id).text == make(7).text
        assert library.count() == 10
        filling.unlink()
        library.notebook.flush()
        assert until(lambda: library.trouble() == "")
        library.add(make(n) for n in range(100, 120))
        assert library.check(thorough=True) == []
    with Library.open(folder) as library:
        assert library.count(parse_query("is:read")) == 2
        assert library.count() == 30


def test_a_library_on_a_disk_that_is_full_from_the_start_is_opened_for_reading(
    small: Path, make: Make
) -> None:
    folder = small / "library"
    with Library.open(folder) as library:
        library.add(make(n) for n in range(10))
        library.notebook.mark([make(1).id], read=True)
    filling = fill(small)
    with Library.open(folder) as library:
        assert library.read_only
        assert library.count(parse_query("is:read")) == 1
        assert library.article(make(2).id).text
        (notice,) = library.notices
        assert notice.endswith("the disk is full.")
    filling.unlink()
    with Library.open(folder) as library:
        assert not library.read_only
        assert library.check(thorough=True) == []


def test_wherever_the_room_ends_what_was_durable_is_there_and_both_stores_open(
    small: Path, make: Make
) -> None:
    folder = small / "library"
    with Library.open(folder) as library:
        library.add(make(n) for n in range(30))
    durable: set[str] = set()
    stored = 30
    for turn in range(24):
        filling = fill(small, left=turn * 8_000)
        tag = f"turn {turn}"
        try:
            with Library.open(folder) as library:
                library.notebook.tag([make(turn).id], add=[tag])
                library.notebook.flush()
                durable.add(tag)
                library.add(make(1000 + turn * 20 + n, text="word " * 200) for n in range(20))
                stored += 20
        except LibraryError as error:
            assert "disk" in str(error) or "no space" in str(error)  # noqa: PT017
        filling.unlink()
        with Library.open(folder) as library:
            assert durable <= set(library.notebook.tags())
            assert library.count() == stored
            assert library.check() == []
    assert 0 < len(durable) < 24


def test_without_room_for_the_copy_no_migration_begins(
    small: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.library import migrations

    folder = small / "library"
    with Library.open(folder) as library:
        library.add(make(n) for n in range(50))
    today = migrations.MIGRATIONS

    def more(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE more (x)")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*today, more))
    filling = fill(small, left=100_000)
    with pytest.raises(LibraryError, match=r"the disk is full\. It is of an older format"):
        Library.open(folder)
    assert not list(folder.glob("archive.format-*"))
    monkeypatch.setattr(migrations, "MIGRATIONS", today)
    with Library.open(folder) as library:
        assert library.count() == 50
    monkeypatch.setattr(migrations, "MIGRATIONS", (*today, more))
    filling.unlink()
    with Library.open(folder) as library:
        assert library.count() == 50
    assert len(list(folder.glob("archive.format-*"))) == 1


# What is taken away while the library is open


@pytest.mark.parametrize(
    "name", ["lock", "notebook.1.journal", "notebook.json", "notebook.before.json"]
)
@pytest.mark.parametrize("how", ["deleted", "moved"])
def test_a_file_that_is_taken_away_costs_nothing(
    ten: Library, folder: Path, tmp_path: Path, make: Make, name: str, how: str
) -> None:
    ten.notebook.mark([make(0).id], read=True)
    ten.close()
    with Library.open(folder) as library:
        library.notebook.mark([make(1).id], read=True)
        library.notebook.flush()
        if (folder / name).exists():
            (folder / name).unlink() if how == "deleted" else (folder / name).rename(
                tmp_path / name
            )
        library.notebook.mark([make(2).id], read=True)
        library.notebook.flush()
        assert library.trouble() == ""
        with Library.open(folder) as other:
            other.notebook.mark([make(3).id], read=True)
            other.notebook.flush()
            assert until(lambda: library.notebook.marks(make(3).id).read)
        library.notebook.mark([make(4).id], read=True)
    with Library.open(folder) as library:
        assert [library.notebook.marks(make(n).id).read for n in range(6)] == [True] * 5 + [False]
        assert library.check(thorough=True) == []


def test_an_idle_reader_puts_its_lock_and_journal_back(ten: Library, folder: Path) -> None:
    ten.notebook.mark(ten.ids()[:1], read=True)
    ten.notebook.flush()
    before = (folder / "notebook.0.journal").read_bytes()
    for name in ("lock", "notebook.0.journal"):
        (folder / name).unlink()
    assert until((folder / "notebook.0.journal").exists)
    assert (folder / "notebook.0.journal").read_bytes() == before
    assert ten.trouble() == ""
    assert (folder / "lock").exists()
    with Library.open(folder):
        assert not (folder / "notebook.json").exists(), "nobody believed to be alone"


def test_a_folder_that_is_moved_takes_the_newest_changes_with_it(
    ten: Library, folder: Path, make: Make
) -> None:
    away = folder.with_name("away")
    folder.rename(away)
    assert "moved or deleted" in ten.trouble()
    ten.notebook.mark([make(1).id], read=True)
    ten.notebook.flush()
    with pytest.raises(LibraryError, match="moved or deleted"):
        ten.add([make(50)])
    assert ten.article(make(3).id).text == make(3).text
    away.rename(folder)
    assert ten.trouble() == ""
    ten.add([make(50)])
    ten.close()
    with Library.open(folder) as again:
        assert again.notebook.marks(make(1).id).read
        assert again.count() == 11


def test_a_folder_that_is_deleted_is_said_and_what_cannot_be_kept_is_said_at_the_end(
    ten: Library, folder: Path, make: Make
) -> None:
    shutil.rmtree(folder)
    assert "moved or deleted" in ten.trouble()
    ten.notebook.mark([make(1).id], read=True)
    assert ten.notebook.marks(make(1).id).read
    with pytest.raises(LibraryError, match="no such file or directory"):
        ten.close()


# Clocks


def test_a_mark_made_with_a_clock_that_was_set_back_still_counts(
    ten: Library, folder: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    ten.notebook.mark([make(1).id], read=True)
    ten.notebook.tag([make(1).id], add=["sea"])
    ten.notebook.flush()
    monkeypatch.setattr(time, "time_ns", lambda: 86_400 * 10**9)  # the second of January, 1970
    ten.notebook.mark([make(1).id], read=False, starred=True)
    ten.notebook.tag([make(1).id], remove=["sea"], add=["harbour"])
    ten.close()
    monkeypatch.undo()
    for _ in range(2):  # from the journal, and folded in
        with Library.open(folder) as again:
            marks = again.notebook.marks(make(1).id)
            assert (marks.read, marks.starred, marks.tags) == (False, True, ("harbour",))
            assert again.check(thorough=True) == []


# Links


@pytest.mark.parametrize(
    "name", ["archive.sqlite3-wal", "archive.sqlite3-shm", "notebook.0.journal"]
)
def test_a_link_in_the_place_of_a_file_beside_the_archive_is_refused(
    folder: Path, tmp_path: Path, name: str
) -> None:
    folder.mkdir()
    (tmp_path / "precious").write_text("precious")
    (folder / name).symlink_to(tmp_path / "precious")
    with pytest.raises(LibraryError, match="symbolic link"):
        Library.open(folder)
    assert (tmp_path / "precious").read_text() == "precious"


@pytest.mark.parametrize("name", ["fetching", "notebook.before.json", "notebook.json.new"])
def test_a_link_in_the_place_of_a_file_is_not_followed_on_writing(
    ten: Library, folder: Path, tmp_path: Path, make: Make, name: str
) -> None:
    ten.notebook.mark([make(1).id], read=True)
    ten.close()
    (folder / name).unlink(missing_ok=True)
    (tmp_path / "precious").write_text("precious")
    (folder / name).symlink_to(tmp_path / "precious")
    with Library.open(folder) as library:
        library.notebook.mark([make(2).id], read=True)
        if name == "fetching":
            with pytest.raises(LibraryError, match="symbolic link"), library.feeds.fetching():
                pass
    with Library.open(folder) as library:
        assert library.count(parse_query("is:read")) == 2
    assert (tmp_path / "precious").read_text() == "precious"


def test_the_folder_itself_may_be_a_link(folder: Path, tmp_path: Path, make: Make) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    with Library.open(folder) as library:
        library.add([make(1)])
        library.notebook.mark([make(1).id], read=True)
        library.back_up(tmp_path / "news.zip")
        library.restore(tmp_path / "news.zip")
        assert library.trouble() == ""
    with Library.open(tmp_path / "elsewhere") as library:
        assert library.notebook.marks(make(1).id).read


# Errors of SQLite


@pytest.mark.parametrize(
    "error", ["disk I/O error", "database or disk is full", "database is locked"]
)
def test_an_error_in_the_middle_of_an_import_leaves_whole_articles_only(
    ten: Library, make: Make, monkeypatch: pytest.MonkeyPatch, error: str
) -> None:
    store = Archive.add
    count = 0

    def failing(self: Archive, connection: sqlite3.Connection, *given: object) -> object:
        nonlocal count
        count += 1
        if count == 700:
            raise sqlite3.OperationalError(error)
        return store(self, connection, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Archive, "add", failing)
    with pytest.raises(LibraryError, match=r"archive\.sqlite3"):
        ten.add(make(n) for n in range(100, 1100))
    monkeypatch.undo()
    assert ten.count() in {10, 510}, "what was stored is a whole transaction"
    assert ten.check(thorough=True) == []
    ten.add(make(n) for n in range(100, 1100))
    assert ten.count() == 1010


def test_an_archive_that_another_program_holds_is_said_and_nothing_is_half_done(
    ten: Library, folder: Path, make: Make
) -> None:
    with closing(sqlite3.connect(folder / "archive.sqlite3")) as other:
        other.execute("BEGIN IMMEDIATE")
        with (
            pytest.raises(LibraryError, match="being written by another reader"),
            ten._archive.writing(0.05),
        ):
            pass
        ten.notebook.mark([make(1).id], read=True)
        ten.notebook.flush()
        assert ten.notebook.marks(make(1).id).read
        assert ten.find()[-2].marks.read, "marks wait for nobody"
        assert ten.trouble() == ""
        other.rollback()
    assert ten.check(thorough=True) == []


def test_names_of_copies_never_meet(tmp_path: Path) -> None:
    names = set()
    for _ in range(5):
        path = files.free_name(tmp_path, "copy", ".zip")
        path.touch()
        names.add(path)
    assert len(names) == 5
