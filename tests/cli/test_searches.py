"""Saved searches from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def stored(run: Run, reports: Path) -> None:
    assert run("import", reports).exit_code == 0


def test_a_search_is_saved_used_renamed_and_forgotten(run: Run) -> None:
    assert run("searches").stderr.startswith("there are no saved searches")
    assert "Search “Flood” saved" in run("searches", "Flood", "title:flood", "OR", "rain").stderr
    listed = json.loads(run("searches", "--json").stdout)
    assert [(s["name"], s["query"]) for s in listed] == [("Flood", "title:flood OR rain")]
    assert listed[0]["articles"] == len(json.loads(run("list", "search:FLOOD", "--json").stdout))
    assert run("searches", "flood").stdout == "title:flood OR rain\n"
    assert "is now “Rain”" in run("searches", "FLOOD", "--rename", "Rain").stderr
    assert "(1, 1 unread)" not in run("searches").stdout
    assert run("searches", "Rain", "--forget").exit_code == 0
    assert run("searches").stdout == ""


def test_what_makes_no_sense_is_said_and_nothing_is_saved(run: Run) -> None:
    wrong = run("searches", "Flood", "title:(flood", "OR")
    assert wrong.exit_code == 2
    assert "^" in wrong.stderr
    assert run("searches", "--forget").exit_code == 2
    assert run("searches", "Flood", "rain", "--forget").exit_code == 2
    assert run("searches", "Flood", "--forget").exit_code == 1
    assert run("searches", "Flood", "--rename", "Rain").exit_code == 1
    assert run("searches", "Flood").exit_code == 1
    assert json.loads(run("searches", "--json").stdout) == []


def test_the_list_can_be_sorted_by_what_fits_best(run: Run) -> None:
    newest = json.loads(run("list", "barrier", "--json").stdout)
    best = json.loads(run("list", "barrier", "--order", "best", "--json").stdout)
    assert {a["id"] for a in newest} == {a["id"] for a in best}
    oldest = json.loads(run("list", "barrier", "--order", "oldest", "--json").stdout)
    assert [a["id"] for a in oldest] == [a["id"] for a in newest][::-1]
