"""A note is evidence: what an outlet said stays in it, whatever the outlet says later."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]

FIRST = "The river office said 40 people left the old town before midnight."
THEN = "The river office denied that 400 people left the old town before midnight."
REPORT = "The barrier held on Monday night.\n\n{}\n\nThe ferry will not sail before Friday.\n"


@pytest.fixture
def herald(tmp_path: Path) -> Path:
    return tmp_path / "herald.md"


def publish(run: Run, file: Path, words: str) -> None:
    head = "---\ntitle: Barrier holds\nsource: Herald\npublished: 2024-03-05\n---\n\n"
    file.write_text(head + REPORT.format(words), encoding="utf-8")
    assert run("import", file).exit_code == 0


def noted(run: Run) -> dict[str, Any]:
    (item,) = json.loads(run("export", "--format", "jsonld").stdout)["items"]
    return item


def test_what_an_outlet_said_stays_in_the_note_in_every_form(run: Run, herald: Path) -> None:
    publish(run, herald, FIRST)
    (row,) = json.loads(run("list", "--json").stdout)
    assert run("note", row["id"], "Who counted?", "--quote", FIRST).exit_code == 0
    publish(run, herald, THEN)

    (line,) = csv.DictReader(io.StringIO(run("export", "--format", "csv").stdout))
    assert (line["quote"], line["changed_to"]) == (FIRST, THEN)
    target = noted(run)["target"]
    assert target["reader:asAnnotated"]["exact"] == FIRST
    assert [s["exact"] for s in target["selector"] if "exact" in s] == [THEN]
    for name in ("markdown", "html"):
        document = run("export", "--format", name).stdout
        assert FIRST in document
        assert f"The words changed since: {THEN}" in document
    shown = " ".join(run("show", row["id"]).stdout.split())
    assert f"▌ “{FIRST}” The words changed since: “{THEN}”" in shown

    publish(run, herald, "Nothing was said about people.")
    target = noted(run)["target"]
    assert "selector" not in target
    assert target["reader:asAnnotated"]["exact"] == FIRST
    assert "(its place is gone)" in " ".join(run("show", row["id"]).stdout.split())

    publish(run, herald, FIRST)
    target = noted(run)["target"]
    assert [s["exact"] for s in target["selector"] if "exact" in s] == [FIRST]


def test_notes_that_travel_to_another_library_say_the_same_there(
    run: Run, herald: Path, tmp_path: Path
) -> None:
    publish(run, herald, FIRST)
    (row,) = json.loads(run("list", "--json").stdout)
    run("note", row["id"], "Who counted?", "--quote", FIRST)
    publish(run, herald, THEN)
    here = run("export", "--format", "jsonld").stdout
    notes = tmp_path / "notes.jsonld"
    notes.write_text(here, encoding="utf-8")

    elsewhere = ("--library", tmp_path / "elsewhere")
    assert run(*elsewhere, "import", herald).exit_code == 0
    assert run(*elsewhere, "annotations", "import", notes).exit_code == 0
    there = run(*elsewhere, "export", "--format", "jsonld").stdout
    number = '"reader:revision": {}'
    assert there.replace(number.format(1), number.format(2)) == here
