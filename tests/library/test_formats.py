"""Formats of another version: a newer one is only read, an older one is brought up and kept."""

import sqlite3
import stat
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.errors import LibraryError, ReadOnlyError
from reader.library import Library, migrations, parse_query, snapshot
from reader.library.journal import Edit, Entry, encode
from reader.model import Article

Make = Callable[..., Article]


def test_an_archive_of_a_newer_reader_is_opened_for_reading_only(marked: Path, make: Make) -> None:
    with sqlite3.connect(marked / "archive.sqlite3") as connection:
        connection.execute("PRAGMA user_version = 99")
    with Library.open(marked) as library:
        assert library.read_only
        assert library.count() == 10
        (notice,) = library.notices
        assert "reading only" in notice
        assert "newer reader (format 99" in notice
        with pytest.raises(ReadOnlyError, match="reading only"):
            library.notebook.mark([make(3).id], read=True)
        with pytest.raises(ReadOnlyError, match="reading only"):
            library.add([make(77)])


def test_a_notebook_of_a_newer_reader_is_opened_for_reading_only(
    marked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = marked / "notebook.json"
    meta = snapshot.meta_of(path)
    assert meta is not None
    monkeypatch.setattr(snapshot, "FORMAT", 2)
    snapshot.write(path, snapshot.load(path), meta.generation)
    monkeypatch.undo()
    before = path.read_bytes()
    with Library.open(marked) as library:
        assert library.read_only
        assert "newer reader (format 2" in library.notices[0]
        assert library.count(parse_query("is:read")) == 2
    assert path.read_bytes() == before


def test_a_journal_of_a_newer_reader_is_left_alone(marked: Path) -> None:
    generation = snapshot.meta_of(marked / "notebook.json")
    assert generation is not None
    path = marked / f"notebook.{generation.generation}.journal"
    line = encode(Entry(1, (Edit("articles", (1,), {"read": True}),)))
    data = b'{"journal":2,"generation":2}'
    path.write_bytes(b"%08x %b\n" % (zlib.crc32(data), data) + line)
    before = path.read_bytes()
    with Library.open(marked) as library:
        assert library.read_only
        assert "newer reader (format 2" in library.notices[0]
    assert path.read_bytes() == before


def test_an_older_archive_is_brought_up_and_a_copy_is_kept(
    folder: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(folder) as library:
        library.add([make(1)])
    today = len(migrations.MIGRATIONS)

    def more(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE more (x)")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, more))
    with Library.open(folder) as library:
        assert library.count() == 1
        with library._archive.reading() as connection:
            assert migrations.version(connection) == today + 1
            assert connection.execute("SELECT count(*) FROM more").fetchone() == (0,)
    copy = folder / f"archive.format-{today}.sqlite3"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with sqlite3.connect(copy) as connection:
        assert migrations.version(connection) == today
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_only_the_copy_of_the_newest_change_of_format_stays(
    folder: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(folder) as library:
        library.add([make(1)])
    today = len(migrations.MIGRATIONS)

    def nothing(_connection: sqlite3.Connection) -> None:
        """Change nothing but the format's number."""

    for _ in range(2):
        monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, nothing))
        with Library.open(folder) as library:
            assert library.count() == 1
    copies = [path.name for path in folder.glob("archive.format-*")]
    assert copies == [f"archive.format-{today + 1}.sqlite3"]


def test_a_migration_that_fails_leaves_everything_as_it_was(
    folder: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(folder) as library:
        library.add([make(1)])
    today = migrations.MIGRATIONS

    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM articles")
        connection.execute("SELECT nonsense")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*today, broken))
    with pytest.raises(LibraryError):
        Library.open(folder)
    monkeypatch.setattr(migrations, "MIGRATIONS", today)
    with Library.open(folder) as library:
        assert library.count() == 1


# Damage
