"""`reader backup` and `reader restore`: what they say, and with which status they end."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def library(run: Run, reports: Path, tmp_path: Path) -> Path:
    """Return a library with three reports."""
    run("--library", tmp_path / "l", "import", reports)
    return tmp_path / "l"


def test_a_library_is_backed_up_and_restored(run: Run, library: Path, tmp_path: Path) -> None:
    file = tmp_path / "news.zip"
    result = run("--library", library, "backup", file)
    assert result.exit_code == 0
    assert result.stdout.startswith("3 articles, 0 marked articles, 0 annotations backed up to")
    refused = run("--library", library, "backup", file)
    assert (refused.exit_code, "is there already" in refused.stderr) == (1, True)
    assert run("--library", library, "backup", file, "--force").exit_code == 0
    (tmp_path / "late.txt").write_text("Later\n\nA report that came later.")
    run("--library", library, "import", tmp_path / "late.txt")
    restored = run("--library", library, "restore", file)
    assert restored.exit_code == 0
    assert "what was there before is in" in restored.stderr
    assert "3 articles, nothing is wrong" in run("--library", library, "doctor").stdout
    (kept,) = library.glob("before-restore-*.zip")
    run("--library", library, "restore", kept)
    assert "4 articles, nothing is wrong" in run("--library", library, "doctor").stdout


def test_both_tell_programs_what_they_did(run: Run, library: Path, tmp_path: Path) -> None:
    file = tmp_path / "work.zip"
    told = json.loads(run("--library", library, "backup", "--own-work", file, "--json").stdout)
    assert told["file"] == str(file)
    assert (set(told["files"]), told["archive"]) == ({"notebook.json"}, None)
    told = json.loads(run("--library", library, "restore", file, "--json").stdout)
    assert Path(told["kept"]).exists()
    assert told["aside"] is None


def test_a_backup_of_no_library_makes_none(run: Run, tmp_path: Path) -> None:
    result = run("--library", tmp_path / "none", "backup", tmp_path / "news.zip")
    assert (result.exit_code, "There is no library in" in result.stderr) == (1, True)
    assert not (tmp_path / "none").exists()
    assert not (tmp_path / "news.zip").exists()


def test_a_restore_of_what_is_no_backup_touches_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "news.zip").write_text("no backup")
    result = run("--library", tmp_path / "none", "restore", tmp_path / "news.zip")
    assert (result.exit_code, "is damaged or no backup" in result.stderr) == (1, True)
    assert not (tmp_path / "none").exists()


def test_a_restore_puts_an_archive_aside_that_cannot_be_opened(
    run: Run, library: Path, tmp_path: Path
) -> None:
    run("--library", library, "backup", tmp_path / "news.zip")
    (library / "archive.sqlite3").write_bytes(b"nonsense" * 1000)
    result = run("--library", library, "restore", tmp_path / "news.zip")
    assert result.exit_code == 0, result.stderr
    assert "the damaged archive is kept in" in result.stderr
    assert len(list(library.glob("archive-damaged-*/archive.sqlite3"))) == 1
    assert "3 articles, nothing is wrong" in run("--library", library, "doctor").stdout
