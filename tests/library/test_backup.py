"""A backup is the library at one moment, in a file; a restore brings back all of it or nothing."""

import contextlib
import hashlib
import json
import os
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB
from waiting import until

from reader.errors import BusyError, LibraryError, ReadOnlyError
from reader.library import Library, parse_query
from reader.library import backup as backups
from reader.library.restoring import Restoring
from reader.model import Annotation, Article

Make = Callable[..., Article]
NOW = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.fixture
def worked(ten: Library, make: Make) -> Library:
    """Return a library of ten articles on which somebody has worked."""
    ten.stories.update()
    ten.notebook.mark([make(1).id, make(2).id], read=True)
    ten.notebook.tag([make(1).id], add=["sea"])
    ten.notebook.annotate(Annotation(7, make(3).id, "note", NOW, NOW, "Ask the pilot."))
    ten.notebook.set_setting("order", "oldest")
    return ten


@pytest.fixture
def file(worked: Library, tmp_path: Path) -> Path:
    """Return a backup of that library."""
    worked.back_up(tmp_path / "news.zip")
    return tmp_path / "news.zip"


def state(library: Library) -> dict[str, Any]:
    """Return all that a reader sees of a library."""
    return {
        "rows": library.find(),
        "texts": [library.article(id_).text for id_ in library.ids()],
        "notes": library.notebook.annotations(),
        "order": library.notebook.setting("order"),
        "sources": library.sources(),
        "found": library.ids(parse_query("harbour")),
        "stories": library.stories.of(),
    }


def test_a_backup_is_one_private_file_that_says_what_it_holds(worked: Library, file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not list(file.parent.glob(".reader-*"))
    with zipfile.ZipFile(file) as archived:
        manifest = json.loads(archived.read("manifest.json"))
        assert set(archived.namelist()) == {"manifest.json", "notebook.json", "archive.sqlite3"}
        for name, member in manifest["files"].items():
            data = archived.read(name)
            assert (len(data), hashlib.sha256(data).hexdigest()) == (*member.values(),)
    counts = {"articles": 10, "revisions": 10, "marked": 2, "annotations": 1, "subscriptions": 0}
    assert manifest["counts"] == counts
    assert worked.check(thorough=True) == []


def test_the_notebook_in_a_backup_is_one_that_tinydb_opens(file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(file) as archived:
        (tmp_path / "plain.json").write_bytes(archived.read("notebook.json"))
    with TinyDB(tmp_path / "plain.json") as plain:
        assert sum(document["read"] for document in plain.table("articles")) == 2


def test_a_backup_replaces_nothing_unless_it_is_told_to(
    worked: Library, file: Path, make: Make
) -> None:
    before = file.read_bytes()
    worked.add([make(90)])
    with pytest.raises(LibraryError, match="is there already"):
        worked.back_up(file)
    assert file.read_bytes() == before
    worked.back_up(file, force=True)
    assert file.read_bytes() != before


def test_a_backup_does_not_follow_a_link_and_takes_no_folder_or_device(
    worked: Library, tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.write_text("precious")
    (tmp_path / "link.zip").symlink_to(precious)
    with pytest.raises(LibraryError, match="is there already"):
        worked.back_up(tmp_path / "link.zip")
    worked.back_up(tmp_path / "link.zip", force=True)
    assert precious.read_text() == "precious"
    assert not (tmp_path / "link.zip").is_symlink()
    with pytest.raises(LibraryError, match="is a folder"):
        worked.back_up(tmp_path, force=True)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(LibraryError, match="no ordinary file"):
        worked.back_up(tmp_path / "pipe", force=True)
    with pytest.raises(LibraryError, match="cannot be written: no such file"):
        worked.back_up(tmp_path / "nowhere" / "news.zip")


def test_a_backup_that_is_not_on_the_disk_as_it_was_written_is_not_kept(
    worked: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(packed: Path, *_: object) -> None:
        data = bytearray(packed.read_bytes())
        data[len(data) // 2] ^= 4
        packed.write_bytes(data)

    whole = backups._zip
    monkeypatch.setattr(backups, "_zip", lambda *given: (whole(*given), failing(*given)))
    with pytest.raises(LibraryError, match="The disk may be failing"):
        worked.back_up(tmp_path / "news.zip")
    assert not (tmp_path / "news.zip").exists()


def test_a_restore_brings_everything_back_into_another_place(
    worked: Library, file: Path, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "elsewhere") as other:
        other.restore(file)
        assert state(other) == state(worked)
        assert other.check(thorough=True) == []
    with Library.open(tmp_path / "elsewhere") as other:
        assert state(other) == state(worked)


def test_a_restore_undoes_what_came_after_the_backup_and_keeps_it_in_a_file(
    worked: Library, file: Path, make: Make
) -> None:
    before = state(worked)
    worked.add([make(50), make(2, text="Another text altogether.")])
    worked.notebook.mark([make(50).id, make(5).id], starred=True)
    worked.notebook.mark([make(1).id], read=False)
    worked.notebook.erase(7)
    after = state(worked)
    restored = worked.restore(file)
    assert state(worked) == before
    assert worked.check(thorough=True) == []
    assert restored.kept.parent == worked.folder
    worked.restore(restored.kept)
    assert state(worked) == after
    assert worked.check(thorough=True) == []


def test_another_reader_who_has_the_library_open_sees_the_restore(
    worked: Library, file: Path, make: Make
) -> None:
    before = state(worked)
    with Library.open(worked.folder) as other:
        other.add([make(60)])
        other.notebook.mark([make(60).id], read=True)
        other.notebook.flush()
        seen = other.changes()
        worked.restore(file)
        assert other.changes() > seen
        assert until(lambda: state(other) == before == state(worked))
        other.notebook.mark([make(4).id], starred=True)
        other.notebook.flush()
        assert until(lambda: worked.count(parse_query("is:starred")) == 1)
        assert other.check(thorough=True) == worked.check(thorough=True) == []


def test_what_another_acknowledges_while_a_restore_is_under_way_stays(
    worked: Library, file: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Restoring._write_down
    with Library.open(worked.folder) as other:

        def busy(self: Restoring, *given: Any) -> None:
            other.notebook.mark([make(1).id], read=False)
            other.notebook.tag([make(8).id], add=["late"])
            other.notebook.flush()
            put(self, *given)

        monkeypatch.setattr(Restoring, "_write_down", busy)
        worked.restore(file)
        for library in (worked, other):
            assert not library.notebook.marks(make(1).id).read
            assert library.notebook.marks(make(2).id).read
            assert library.notebook.marks(make(8).id).tags == ("late",)
            assert library.check(thorough=True) == []


@pytest.mark.parametrize("step", ["before the line", "after the line"])
def test_a_restore_that_is_killed_is_finished_by_who_opens_the_library_next(
    worked: Library, file: Path, make: Make, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = state(worked)
    worked.notebook.mark([make(9).id], read=True)
    put = Restoring._write_down

    def killed(self: Restoring, *given: Any) -> None:
        if step == "after the line":
            put(self, *given)
        raise KeyboardInterrupt

    with Library.open(worked.folder) as other:
        monkeypatch.setattr(Restoring, "_write_down", killed)
        with pytest.raises(KeyboardInterrupt):
            other.restore(file)
        monkeypatch.undo()
        worked.notebook.tag([make(8).id], add=["since"])
    worked.close()
    with Library.open(worked.folder) as again:
        assert again.notebook.marks(make(8).id).tags == ("since",)
        again.notebook.tag([make(8).id], remove=["since"])
        again.notebook.flush()
        assert state(again) == before
        assert again.check(thorough=True) == []
        assert not again.upkeep.restoring.unfinished()


def test_a_restore_that_fails_changes_nothing(
    worked: Library, file: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked.notebook.mark([make(9).id], starred=True)
    before = state(worked)

    def full(*_: object) -> None:
        raise LibraryError("no room")

    monkeypatch.setattr(worked._archive, "replace_by", full)
    with pytest.raises(LibraryError, match="no room"):
        worked.restore(file)
    assert state(worked) == before
    assert not list(worked.folder.glob(".reader-*"))


def test_only_ones_own_work_can_be_backed_up_and_restored(
    worked: Library, make: Make, tmp_path: Path
) -> None:
    manifest = worked.back_up(tmp_path / "work.zip", own_work=True)
    assert set(manifest.files) == {"notebook.json"}
    worked.notebook.mark([make(1).id], read=False, removed=True)
    worked.add([make(70)])
    worked.restore(tmp_path / "work.zip")
    assert worked.count() == 11
    assert worked.notebook.marks(make(1).id).read
    assert worked.check(thorough=True) == []
    with Library.open(tmp_path / "fresh") as fresh:
        fresh.restore(tmp_path / "work.zip")
        fresh.add(make(n) for n in range(10))
        assert fresh.notebook.marks(make(1).id).tags == ("sea",), "the marks had waited for it"


def test_nothing_is_restored_while_another_fetches(worked: Library, file: Path) -> None:
    with (
        Library.open(worked.folder) as other,
        other.feeds.fetching(),
        pytest.raises(BusyError, match="wait until it is done"),
    ):
        worked.restore(file)


# Files that are no backup, or hostile


def again(file: Path, **changed: bytes | None) -> Path:
    """Write a backup again, with some members changed, added or left out."""
    with zipfile.ZipFile(file) as archived:
        members = {name: archived.read(name) for name in archived.namelist()}
    members |= {name: data for name, data in changed.items() if data is not None}
    for name in (name for name, data in changed.items() if data is None):
        del members[name]
    hostile = file.with_name("hostile.zip")
    with zipfile.ZipFile(hostile, "w", zipfile.ZIP_DEFLATED) as archived:
        for name, data in members.items():
            archived.writestr(name, data)
    return hostile


def with_manifest(file: Path, change: Callable[[dict[str, Any]], None], **members: bytes) -> Path:
    """Write a backup again with a manifest that fits the changed members, and is changed itself."""
    with zipfile.ZipFile(file) as archived:
        told = json.loads(archived.read("manifest.json"))
    for name, data in members.items():
        digest = hashlib.sha256(data).hexdigest()
        told["files"][name] = {"size": len(data), "sha256": digest}
    change(told)
    return again(file, **{"manifest.json": json.dumps(told).encode(), **members})


def names(folder: Path) -> set[str]:
    """Return what lies in a library's folder, the lock of those who fetch aside."""
    return {path.name for path in folder.iterdir()} - {"fetching"}


def refused(library: Library, hostile: Path, why: str) -> None:
    before, files = state(library), names(library.folder)
    with pytest.raises(LibraryError, match=why) as caught:
        library.restore(hostile)
    assert hostile.name in str(caught.value)
    assert state(library) == before
    assert names(library.folder) == files


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "notebook.json/../../outside", "x"])
def test_a_member_with_another_name_is_refused(worked: Library, file: Path, name: str) -> None:
    refused(worked, again(file, **{name: b"x"}), "which no backup does")
    assert not (worked.folder.parent / "outside").exists()


def test_an_archive_that_unpacks_to_far_more_than_it_is_is_refused(
    worked: Library, file: Path
) -> None:
    bomb = b"\0" * (48 << 20)
    refused(worked, with_manifest(file, lambda _: None, **{"archive.sqlite3": bomb}), "unpack to")


def test_a_member_that_is_longer_than_told_is_read_no_further(worked: Library, file: Path) -> None:
    with zipfile.ZipFile(file) as archived:
        longer = archived.read("archive.sqlite3") + b"more"
    refused(worked, again(file, **{"archive.sqlite3": longer}), "is damaged or no backup")


@pytest.mark.parametrize(
    ("what", "number"), [("format", 2), ("archive", 999), ("notebook", 2)], ids=str
)
def test_a_backup_of_a_newer_reader_is_refused(
    worked: Library, file: Path, what: str, number: int
) -> None:
    newer = with_manifest(file, lambda told: told.update({what: number}))
    refused(worked, newer, "is from a newer reader")


def test_what_is_no_backup_is_said_to_be_none(worked: Library, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    for data in (b"", b"some text", b"PK\x03\x04" + b"x" * 100):
        other.write_bytes(data)
        refused(worked, other, "is damaged or no backup")
    with pytest.raises(LibraryError, match="There is no file"):
        worked.restore(tmp_path / "nothing.zip")
    refused(worked, again(file, **{"manifest.json": b"{"}), "manifest cannot be understood")
    refused(worked, again(file, **{"manifest.json": b"[" * 90_000}), "cannot be understood")
    refused(worked, again(file, **{"manifest.json": None}), "has no manifest")
    refused(worked, again(file, **{"archive.sqlite3": None}), "does not hold what")
    refused(worked, again(file, **{"archive.sqlite3": b"other"}), "another size|not what was")


def test_a_database_with_a_trigger_of_its_own_is_refused(
    worked: Library, file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "copy.sqlite3"
    with zipfile.ZipFile(file) as archived:
        path.write_bytes(archived.read("archive.sqlite3"))
    with sqlite3.connect(path) as connection:
        connection.execute(
            "CREATE TRIGGER evil AFTER UPDATE ON articles BEGIN DELETE FROM revisions; END"
        )
    hostile = with_manifest(file, lambda _: None, **{"archive.sqlite3": path.read_bytes()})
    refused(worked, hostile, "not built as the reader builds it")


@pytest.mark.parametrize(
    "notebook",
    [b"[1]", b'{"articles": {"x": {}}}', b'{"annotations": {"1": {"kind": 3}}}', b'{"a": [1]}'],
)
def test_a_notebook_that_cannot_be_understood_is_refused(
    worked: Library, file: Path, notebook: bytes
) -> None:
    hostile = with_manifest(file, lambda _: None, **{"notebook.json": notebook})
    refused(worked, hostile, "cannot be understood|no backup")


def test_a_flipped_byte_anywhere_in_a_backup_is_noticed_or_harmless(
    worked: Library, file: Path, tmp_path: Path
) -> None:
    whole, before = file.read_bytes(), state(worked)
    flipped = tmp_path / "flipped.zip"
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        flipped.write_bytes(whole[:at] + bytes([whole[at] ^ 0x11]) + whole[at + 1 :])
        with contextlib.suppress(LibraryError):
            worked.restore(flipped)
        assert state(worked) == before


def test_a_library_that_may_only_be_read_is_not_restored_into(
    worked: Library, file: Path, tmp_path: Path
) -> None:
    worked.close()
    with sqlite3.connect(worked.folder / "archive.sqlite3") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with Library.open(worked.folder) as newer:
        with pytest.raises(ReadOnlyError, match="reading only"):
            newer.restore(file)
        with pytest.raises(LibraryError, match="another format"):
            newer.back_up(tmp_path / "newer.zip")
