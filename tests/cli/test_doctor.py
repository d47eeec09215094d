"""`reader doctor` tells whether the library is sound, and mends what can be made again."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def library(run: Run, reports: Path, tmp_path: Path) -> Path:
    """Return the folder of a library with the three reports."""
    folder = tmp_path / "l"
    run("--library", folder, "import", reports)
    return folder


def damage(library: Path, statement: str) -> None:
    """Change the archive as no program of ours does."""
    with closing(sqlite3.connect(library / "archive.sqlite3")) as connection, connection:
        connection.execute(statement)


def test_a_sound_library_is_said_to_be_sound(run: Run, library: Path) -> None:
    result = run("--library", library, "doctor")
    assert result.exit_code == 0
    assert "3 articles, nothing is wrong" in result.stdout


def test_wrong_counts_are_told_and_repaired(run: Run, library: Path) -> None:
    damage(library, "UPDATE sources SET unread = 7")
    told = run("--library", library, "doctor")
    assert told.exit_code == 1
    assert "--repair" in told.stderr
    assert run("--library", library, "doctor", "--repair").exit_code == 0
    assert run("--library", library, "doctor").exit_code == 0


def test_what_is_wrong_and_where_the_copy_is_comes_as_json(run: Run, library: Path) -> None:
    damage(library, "UPDATE sources SET unread = 7")
    told = json.loads(run("--library", library, "doctor", "--json").stdout)
    assert told["wrong"] == ["The counts of outlets are wrong."]
    result = run("--library", library, "doctor", "--repair", "--json")
    mended = json.loads(result.stdout)
    assert (mended["was_wrong"], mended["wrong"]) == (told["wrong"], [])
    assert Path(mended["kept"][0]).exists()
    assert result.exit_code == 0


def test_an_archive_that_is_no_database_is_begun_anew_and_the_old_one_kept(
    run: Run, library: Path, reports: Path
) -> None:
    run("--library", library, "mark", "starred", *ids(run, library))
    (library / "archive.sqlite3").write_bytes(b"nonsense" * 1000)
    told = run("--library", library, "doctor")
    assert told.exit_code == 1
    assert "it is no SQLite file. reader doctor --repair makes it again" in told.stderr
    result = run("--library", library, "doctor", "--repair")
    assert result.exit_code == 0, result.stderr
    assert "what was there before is in" in result.stderr
    (aside,) = library.glob("archive-damaged-*/archive.sqlite3")
    assert aside.read_bytes() == b"nonsense" * 1000
    run("--library", library, "import", reports)
    assert len(ids(run, library, "is:starred")) == 3


def test_a_broken_text_is_said_mended_and_comes_back_with_the_next_import(
    run: Run, library: Path, reports: Path
) -> None:
    damage(library, "UPDATE revisions SET body = x'00' WHERE rowid = 1")
    assert "1 text cannot be read" in run("--library", library, "doctor").stderr
    result = run("--library", library, "doctor", "--repair")
    assert result.exit_code == 0, result.stderr
    assert "2 articles, nothing is wrong" in result.stdout
    assert "1 added, 0 changed, 2 unchanged" in run("--library", library, "import", reports).stdout


def test_a_part_of_the_archive_that_is_gone_is_told_as_json_too(run: Run, library: Path) -> None:
    damage(library, "DROP TABLE languages")
    told = run("--library", library, "doctor", "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["wrong"] == ["The archive lacks table languages."]
    assert run("--library", library, "doctor", "--repair").exit_code == 0
    assert len(ids(run, library)) == 3


def ids(run: Run, library: Path, *query: str) -> list[str]:
    listed = json.loads(run("--library", library, "list", *query, "--json").stdout)
    return [article["id"] for article in listed]


def test_a_sentence_encoder_that_cannot_be_used_is_told_and_is_no_fault_of_the_library(
    run: Run, library: Path, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[compare]\nencoder = "{tmp_path}/no-model"\n')
    result = run("--config", config, "--library", library, "doctor")
    assert result.exit_code == 0
    assert "There is no sentence encoder in" in result.stderr
    told = json.loads(run("--config", config, "--library", library, "doctor", "--json").stdout)
    assert len(told["notes"]) == 1
