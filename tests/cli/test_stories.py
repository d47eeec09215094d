"""`reader stories`, and --story where reports of one event are meant."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]

OTHER = {
    "id": "budget-1",
    "source": "Herald",
    "title": "Council passes the budget by one vote",
    "text": "The council passed its budget by one vote. The treasurer spoke of hard choices.",
    "published": "2024-03-05T10:00:00+00:00",
    "language": "en",
}


@pytest.fixture
def library(run: Run, reports: Path, tmp_path: Path) -> Path:
    """Return a library with the three reports and an article about something else."""
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps(OTHER), encoding="utf-8")
    folder = tmp_path / "library"
    assert run("--library", folder, "import", reports, other).exit_code == 0
    return folder


def test_reports_of_one_event_are_a_story_and_another_article_stands_alone(
    run: Run, library: Path
) -> None:
    told = json.loads(run("--library", library, "stories", "--json").stdout)
    (story,) = told["stories"]
    interface = {"id", "title", "articles", "sources", "first", "last", "terms"}
    assert set(story) == {*interface, "unread", "corrected", "copies"}
    assert (story["unread"], story["corrected"], story["copies"]) == (3, False, {})
    assert set(story["sources"]) == {"Herald", "Courier", "Gazette"}
    assert len(story["articles"]) == 3
    assert {"Orrin", "barrier"} <= set(story["terms"])
    assert len(told["single"]) == 1


def test_an_import_puts_its_articles_into_stories(run: Run, library: Path) -> None:
    rows = json.loads(run("--library", library, "list", "--json").stdout)
    stories = [row["story"] for row in rows]
    assert stories.count(None) == 1
    assert len(set(stories)) == 2


def test_a_query_asks_for_the_stories_of_what_it_finds(run: Run, library: Path) -> None:
    found = json.loads(run("--library", library, "stories", "ferry", "--json").stdout)
    assert len(found["stories"]) == 1
    assert len(found["stories"][0]["articles"]) == 3
    assert found["single"] == []
    alone = json.loads(run("--library", library, "stories", "budget", "--json").stdout)
    assert alone["stories"] == []
    assert len(alone["single"]) == 1


def test_a_story_is_compared_and_summarised_by_a_beginning_of_its_id(
    run: Run, library: Path
) -> None:
    told = json.loads(run("--library", library, "stories", "--json").stdout)
    number = told["stories"][0]["id"][:5]
    compared = run("--library", library, "compare", "--story", number, "--format", "json")
    assert len(json.loads(compared.stdout)["articles"]) == 3
    summary = json.loads(run("--library", library, "summarize", "--story", number, "--json").stdout)
    assert summary["method"] == "story"
    assert set(summary["coverage"]) == {"Herald", "Courier", "Gazette"}


def test_a_story_that_is_not_there_is_said(run: Run, library: Path) -> None:
    result = run("--library", library, "compare", "--story", "zzz")
    assert result.exit_code == 1
    assert "zzz" in result.stderr


def test_stories_of_a_file_keep_its_ids_and_need_no_library(
    run: Run, tmp_path: Path, library: Path
) -> None:
    listed = json.loads(run("--library", library, "list", "--json").stdout)
    full = [
        json.loads(run("--library", library, "show", row["id"], "--json").stdout) for row in listed
    ]
    file = tmp_path / "all.jsonl"
    lines = [json.dumps({**one, "id": f"x{n}"}) for n, one in enumerate(full)]
    file.write_text("\n".join([*lines, "{broken"]), encoding="utf-8")
    missing = tmp_path / "nowhere"
    result = run("--library", missing, "stories", "--from", file, "--json")
    assert result.exit_code == 1
    assert f"{file}, line 5" in result.stderr
    told = json.loads(result.stdout)
    assert sorted(told["stories"][0]["articles"] + told["single"]) == ["x0", "x1", "x2", "x3"]
    assert len(told["stories"][0]["articles"]) == 3
    assert not missing.exists()


def test_the_list_is_readable_and_says_why_articles_belong_together(
    run: Run, library: Path
) -> None:
    result = run("--library", library, "stories")
    assert "3 reports" in result.stdout
    assert "why: " in result.stdout
    assert "1 story, 1 article standing alone" in result.stderr


def test_new_tells_what_no_report_that_was_read_has_said(run: Run, library: Path) -> None:
    def asked(*more: str) -> Result:
        return run("--library", library, "stories", "--new", *more)

    assert "0 stories with something new" in asked().stderr
    (story,) = json.loads(run("--library", library, "stories", "--json").stdout)["stories"]
    first, second, third = story["articles"]
    run("--library", library, "mark", "read", first)
    (found,) = json.loads(asked("--json").stdout)["stories"]
    assert found["new"]
    for new in found["new"]:
        text = json.loads(run("--library", library, "show", new["article"], "--json").stdout)[
            "text"
        ]
        assert text[new["start"] : new["end"]] == new["text"]
        assert new["article"] != first
    told = asked()
    assert "1 of 3 reports read" in told.stdout
    assert "1 story with something new" in told.stderr
    run("--library", library, "mark", "read", second)
    (less,) = json.loads(asked("--json").stdout)["stories"]
    assert {new["article"] for new in less["new"]} == {third}
    assert len(less["new"]) < len(found["new"])
    refused = run("--library", library, "stories", "--new", "--from", "x.jsonl")
    assert refused.exit_code == 2


def test_stories_are_corrected_for_good_from_the_command_line(run: Run, library: Path) -> None:
    def told() -> Any:
        return json.loads(run("--library", library, "stories", "--json").stdout)

    (story,) = told()["stories"]
    first, second, third = story["articles"]
    (alone,) = told()["single"]
    out = run("--library", library, "story", "take-out", second)
    assert out.stdout == "1 article taken out of the story\n"
    assert told()["stories"][0]["articles"] == [first, third]
    assert told()["stories"][0]["corrected"] is True
    put = run("--library", library, "story", "put", second, "--into", alone, "--json")
    (row,) = json.loads(put.stdout)
    assert row["story"] == alone
    both = {each["id"]: set(each["articles"]) for each in told()["stories"]}
    assert both == {story["id"]: {first, third}, alone: {second, alone}}
    merged = run("--library", library, "story", "merge", story["id"], "--into", alone)
    assert merged.stdout == "Two stories merged\n"
    assert len(told()["stories"][0]["articles"]) == 4
    missing = run("--library", library, "story", "put", second, "--into", "zzz")
    assert missing.exit_code == 1
    assert "zzz" in missing.stderr
