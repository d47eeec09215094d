"""What is promised about the reader's data, with the installed program in a terminal."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from terminal import Terminal, run

Start = Callable[..., Terminal]
Listed = Callable[..., list[dict[str, Any]]]


def test_a_restore_is_seen_by_the_reader_that_has_the_article_open(
    eight: Path, tmp_path: Path, start: Start, listed: Listed
) -> None:
    run("backup", tmp_path / "news.zip", library=eight)
    (tmp_path / "late.txt").write_text("A late report\n\nThe ferry sails again.")
    reader = start(eight).see("8 unread of 8")
    run("import", tmp_path / "late.txt", library=eight)
    run("mark", "starred", listed(eight, "ferry sails")[0]["id"], library=eight)
    reader.see("A late report", "of 9").press("home", "enter").see("The ferry sails again")
    run("restore", tmp_path / "news.zip", library=eight)
    reader.see("of 8", "not in the library any more", gone="A late report")
    reader.press("down", "*").see("starred")
    reader.until(lambda: len(listed(eight, "is:starred")) == 1, "the star in another process")
    assert len(listed(eight)) == 8
    reader.quit()


def test_the_reader_says_that_its_folder_is_gone_and_goes_on_when_it_is_back(
    eight: Path, start: Start, listed: Listed
) -> None:
    reader = start(eight).see("8 unread of 8")
    away = eight.with_name("away")
    eight.rename(away)
    reader.see("was moved or deleted while the library was open")
    reader.press("enter").see("The river rose at Ardle").press("*").see("★ starred")
    away.rename(eight)
    reader.see("saved again")
    reader.until(lambda: len(listed(eight, "is:starred")) == 1, "the star in another process")
    reader.quit()


def test_the_reader_asks_before_it_leaves_what_cannot_be_saved(eight: Path, start: Start) -> None:
    reader = start(eight).see("8 unread of 8")
    shutil.rmtree(eight)
    reader.see("was moved or deleted").press("q").see("Leave without saving?").press("q")
    reader.until(lambda: reader.process.poll() is not None, "an end of the program")


def test_on_a_full_disk_the_reader_says_so_goes_on_and_saves_when_there_is_room(
    eight: Path, tmp_path: Path, start: Start, listed: Listed
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, check=False).returncode:
        pytest.skip("a small disk can be mounted by root only")
    try:
        library = Path(shutil.copytree(eight, disk / "library"))
        reader = start(library).see("8 unread of 8")
        (disk / "filling").write_bytes(b"x" * shutil.disk_usage(disk).free)
        reader.press("*").see("no space left on device")
        reader.press("enter").see("The river rose at Ardle").press("q").see("Leave without saving?")
        (disk / "filling").unlink()
        reader.see("saved again")
        reader.until(lambda: len(listed(library, "is:starred")) == 1, "the star in another process")
        reader.quit()
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=False)


def test_a_text_that_is_damaged_is_said_and_the_others_are_read(eight: Path, start: Start) -> None:
    with closing(sqlite3.connect(eight / "archive.sqlite3")) as connection, connection:
        connection.execute(
            "UPDATE revisions SET body = x'00' WHERE article ="
            " (SELECT id FROM articles ORDER BY n DESC LIMIT 1)"
        )
    reader = start(eight).see("8 unread of 8").press("enter").see("is damaged; reader doctor")
    reader.press("down", "enter").see("The river rose at Brenn").quit()


@pytest.mark.parametrize("key", ["j", "enter"])
def test_a_library_of_a_newer_reader_is_read_and_said_to_be_so(
    eight: Path, start: Start, key: str
) -> None:
    with closing(sqlite3.connect(eight / "archive.sqlite3")) as connection, connection:
        connection.execute("PRAGMA user_version = 99")
    reader = start(eight).see("reading only", "newer reader").press("escape")
    reader.see("8 unread of 8").press(key, "*").see("reading only").quit()
