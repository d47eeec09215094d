"""`reader doctor` tells whether the library is sound, and mends what can be made again."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]


def test_a_sound_library_is_said_to_be_sound(run: Run, reports: Path, tmp_path: Path) -> None:
    run("--library", tmp_path / "l", "import", reports)
    result = run("--library", tmp_path / "l", "doctor")
    assert result.exit_code == 0
    assert "3 articles, nothing is wrong" in result.stdout


def test_wrong_counts_are_told_and_repaired(run: Run, reports: Path, tmp_path: Path) -> None:
    library = tmp_path / "l"
    run("--library", library, "import", reports)
    with sqlite3.connect(library / "archive.sqlite3") as connection:
        connection.execute("UPDATE sources SET unread = 7")
    connection.close()
    told = run("--library", library, "doctor")
    assert told.exit_code == 1
    assert "--repair" in told.stderr
    assert run("--library", library, "doctor", "--repair").exit_code == 0
    assert run("--library", library, "doctor").exit_code == 0
