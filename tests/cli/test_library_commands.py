"""Commands on a library: import, list, show, mark, tag, note, remove."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def stored(run: Run, reports: Path) -> dict[str, str]:
    """Import the three reports and return outlet -> id."""
    added = json.loads(run("import", reports, "--json").stdout)["added"]
    return {article(run, id_)["source"]: id_ for id_ in added}


def article(run: Run, id_: str) -> Any:
    return json.loads(run("show", id_, "--json").stdout)


def listed(run: Run, *arguments: object) -> list[Any]:
    return json.loads(run("list", *arguments, "--json").stdout)


def test_a_folder_is_imported_once_and_the_second_time_changes_nothing(
    run: Run, reports: Path
) -> None:
    first = json.loads(run("import", reports, "--json").stdout)
    second = json.loads(run("import", reports, "--json").stdout)
    assert len(first["added"]) == 3
    assert second == {"added": [], "changed": [], "unchanged": first["added"], "failed": []}


def test_a_changed_file_becomes_the_next_revision_of_its_article(
    run: Run, reports: Path, stored: dict[str, str]
) -> None:
    file = reports / "herald.md"
    file.write_text(file.read_text() + "\nA crane was damaged.\n")
    report = json.loads(run("import", file, "--json").stdout)
    assert report["changed"] == [stored["Herald"]]
    assert article(run, stored["Herald"])["revision"] == 2


def test_bad_inputs_are_each_named_and_the_good_ones_are_stored(
    run: Run, reports: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    done = run("import", empty, tmp_path / "gone.md", reports, "--json")
    report = json.loads(done.stdout)
    assert done.exit_code == 1
    assert len(report["added"]) == 3
    assert [failure["input"] for failure in report["failed"]] == [str(empty), f"{tmp_path}/gone.md"]
    assert "empty.txt" in done.stderr
    assert "gone.md" in done.stderr


def test_what_the_file_does_not_say_comes_from_the_options(run: Run) -> None:
    text = "Ice on the lake\n\nThe lake froze over on Monday. Skaters came at once.\n"
    done = run(
        "import", "-", "--source", "North", "--language", "en", "--published", "2024-01-08",
        "--json", stdin=text,
    )  # fmt: skip
    (id_,) = json.loads(done.stdout)["added"]
    assert article(run, id_)["source"] == "North"
    assert article(run, id_)["published"] == "2024-01-08T00:00:00+00:00"


def test_an_empty_library_says_so_and_works(run: Run) -> None:
    done = run("list", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == []
    assert "empty" in done.stderr


def test_the_list_is_newest_first_and_without_texts(run: Run, stored: dict[str, str]) -> None:
    rows = listed(run)
    assert rows[0]["source"] == "Gazette"
    assert {row["id"] for row in rows} == set(stored.values())
    assert rows[0].keys().isdisjoint({"text", "blocks", "links", "leftovers"})


def test_the_list_takes_a_query_of_several_words_and_a_limit(
    run: Run, stored: dict[str, str]
) -> None:
    assert [row["source"] for row in listed(run, "source:Herald")] == ["Herald"]
    assert [row["source"] for row in listed(run, "walls", "council")] == ["Gazette"]
    done = run("list", "--limit", 2)
    assert len(done.stdout.splitlines()) == 2
    assert "1 more" in done.stderr


def test_what_is_not_wanted_may_stand_anywhere_among_the_arguments(
    run: Run, stored: dict[str, str]
) -> None:
    everything = set(stored)
    assert {row["source"] for row in listed(run, "-source:herald")} == everything - {"Herald"}
    assert {row["source"] for row in listed(run, "--limit", "9", "-source:herald")} == (
        everything - {"Herald"}
    )
    assert listed(run, "source:herald", "-(source:herald OR source:courier)") == []
    assert run("list", "--storm").exit_code == 2
    assert run("list", "-h").stdout.startswith("Usage: ")


def test_a_configuration_file_that_is_named_and_not_there_is_said(run: Run, tmp_path: Path) -> None:
    for place in (0, 1):
        args = ["list"]
        args[place:place] = ["--config", str(tmp_path / "none.toml")]
        done = run(*args)
        assert done.exit_code == 2
        assert "none.toml' does not exist" in done.stderr


def test_a_limit_of_nothing_tells_how_many_there_are(run: Run, stored: dict[str, str]) -> None:
    assert run("list", "--limit", "0").stderr == f"{len(stored)} more: see --limit\n"


def test_a_query_that_is_not_understood_is_shown_with_its_place(
    run: Run, stored: dict[str, str]
) -> None:
    done = run("list", "日本 is:new")
    assert done.exit_code == 2
    assert not done.stdout
    message, query, mark = done.stderr.splitlines()
    assert "new" in message
    assert query == "  日本 is:new"
    assert mark.endswith("^")
    assert len(mark) > query.index("is:")  # the wide characters before it take two columns each


def test_the_table_fits_wide_characters(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    titles = ["洪水の夜", "A night of rain", "Регн 🌧 i natt"]
    values = [{"id": str(n), "source": "堤防" * n, "title": t, "text": "It rained."}
              for n, t in enumerate(titles)]  # fmt: skip
    file.write_text("\n".join(map(json.dumps, values)))
    run("import", file)
    from rich.cells import cell_len

    lines = run("list").stdout.splitlines()
    starts = {cell_len(line[: line.index(title)]) for line in lines for title in titles
              if title in line}  # fmt: skip
    assert len(lines) == 3
    assert len(starts) == 1


def test_show_prints_the_article_with_its_notes(run: Run, stored: dict[str, str]) -> None:
    id_ = stored["Herald"]
    run("note", id_, "Who measured?", "--quote", "4.2 metres")
    run("tag", id_, "+flood")
    done = run("show", id_[:6])
    assert "Flood barrier holds at Orrin" in done.stdout
    assert "Mara Lind" in done.stdout
    assert "+flood" in done.stdout
    assert "“4.2 metres”" in done.stdout
    assert "Who measured?" in done.stdout


def test_show_reads_a_file_without_a_library(run: Run, reports: Path, own_home: Path) -> None:
    done = run("show", reports / "courier.md", "--json")
    shown = json.loads(done.stdout)
    assert shown["title"] == "Orrin barrier keeps river out"
    assert shown["added"] is None
    assert not (own_home / "data").exists()


def test_marks_are_set_and_taken_back(run: Run, stored: dict[str, str]) -> None:
    (row,) = json.loads(run("mark", "read", stored["Herald"], "--json").stdout)
    assert row["read"] is True
    run("mark", "starred", stored["Herald"], stored["Gazette"])
    assert len(listed(run, "is:starred")) == 2
    (row,) = json.loads(run("mark", "unstarred", stored["Herald"], "--json").stdout)
    assert row["starred"] is False
    assert row["read"] is True


def test_tags_come_and_go_by_either_form(run: Run, stored: dict[str, str]) -> None:
    ids = [stored["Herald"], stored["Gazette"]]
    rows = json.loads(run("tag", *ids, "+rain", "--add", "to do", "--json").stdout)
    assert [row["tags"] for row in rows] == [["rain", "to do"]] * 2
    (row,) = json.loads(run("tag", ids[0], "--remove", "rain", "--json").stdout)
    assert row["tags"] == ["to do"]


def test_a_note_on_words_that_stand_twice_is_refused_with_the_places(
    run: Run, stored: dict[str, str]
) -> None:
    done = run("note", stored["Herald"], "Hm", "--quote", "the")
    assert done.exit_code == 1
    assert "times" in done.stderr
    assert "[the]" in done.stderr
    assert article(run, stored["Herald"])["annotations"] == 0


def test_a_quote_may_be_broken_into_lines(run: Run, stored: dict[str, str]) -> None:
    done = run("note", stored["Herald"], "Check", "--quote", "highest\n  level since", "--json")
    assert json.loads(done.stdout)[0]["annotations"] == 1


def test_words_that_are_not_there_are_refused(run: Run, stored: dict[str, str]) -> None:
    done = run("note", stored["Herald"], "Hm", "--quote", "not a word of it")
    assert done.exit_code == 1
    assert "not a word of it" in done.stderr


def test_a_removed_article_is_out_of_the_lists_until_it_is_brought_back(
    run: Run, stored: dict[str, str]
) -> None:
    run("tag", stored["Herald"], "+kept")
    run("remove", stored["Herald"])
    assert stored["Herald"] not in {row["id"] for row in listed(run)}
    (row,) = json.loads(run("remove", "--undo", stored["Herald"], "--json").stdout)
    assert row["tags"] == ["kept"]
    assert len(listed(run)) == 3


def test_importing_a_removed_article_again_says_how_to_bring_it_back(
    run: Run, reports: Path, stored: dict[str, str]
) -> None:
    run("remove", stored["Herald"])
    done = run("import", reports)
    assert f"reader remove --undo {stored['Herald']}" in done.stderr


def test_the_starters_go_together_and_come_back_together(
    run: Run, stored: dict[str, str], own_home: Path
) -> None:
    from reader.config import library_folder
    from reader.intake import import_starters
    from reader.library import Library

    with Library.open(library_folder()) as library:
        count = len(import_starters(library).added)
    assert count > 3
    done = run("remove", "--starters")
    assert f"{count} articles" in done.stdout
    assert {row["id"] for row in listed(run)} == set(stored.values())
    rows = json.loads(run("remove", "--starters", "--undo", "--json").stdout)
    assert len(rows) == count
    assert all(row["starter"] for row in rows)


@pytest.mark.parametrize(
    "arguments",
    [
        ("remove",),
        ("remove", "--starters", "3k9v"),
        ("mark", "blue", "3k9v"),
        ("mark", "read"),
        ("tag", "+rain"),
        ("tag", "3k9v"),
        ("tag", "3k9v", "+"),
        ("note", "3k9v", "  "),
        ("note", "3k9v"),
        ("import",),
        ("list", "--limit", "-1"),
        ("show", "3k9v", "--format", "pdf"),
        ("frobnicate",),
    ],
)
def test_wrong_usage_ends_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("reader: ")
    assert not done.stdout


def test_an_unknown_article_is_named_and_the_others_are_marked(
    run: Run, stored: dict[str, str]
) -> None:
    done = run("mark", "read", "zzzz", stored["Herald"], "--json")
    assert done.exit_code == 1
    assert "zzzz" in done.stderr
    assert [row["id"] for row in json.loads(done.stdout)] == [stored["Herald"]]


def test_the_library_can_be_named_before_and_behind_the_command(
    run: Run, reports: Path, tmp_path: Path
) -> None:
    run("--library", tmp_path / "one", "import", reports)
    run("import", reports / "herald.md", "--library", tmp_path / "two")
    assert len(json.loads(run("--library", tmp_path / "one", "list", "--json").stdout)) == 3
    assert len(json.loads(run("list", "--json", "--library", tmp_path / "two").stdout)) == 1
    assert json.loads(run("list", "--json").stdout) == []


def test_a_summary_and_a_comparison_take_ids_and_files_together(
    run: Run, reports: Path, stored: dict[str, str]
) -> None:
    done = run("compare", stored["Herald"], reports / "courier.md", stored["Gazette"], "--json")
    sources = [a["source"] for a in json.loads(done.stdout)["articles"]]
    assert sources == ["Herald", "Courier", "Gazette"]
    summary = json.loads(run("summarize", stored["Herald"], "--json").stdout)
    assert summary["articles"][0]["id"] == stored["Herald"]


def test_an_unexpected_error_is_one_sentence_and_a_trace_in_a_file(
    run: Run, reports: Path, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError("seven")

    monkeypatch.setattr("reader.compare.compare", broken)
    done = run("compare", reports)
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    traces = list(own_home.rglob("last-error.txt"))
    assert "seven" in traces[0].read_text()
    assert traces[0].stat().st_mode & 0o077 == 0


def test_a_library_without_a_name_is_refused_and_none_is_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in (("--library", "", "list"), ("list", "--library", "")):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "expected the name of a folder" in result.stderr
    assert not list(tmp_path.iterdir())


def test_what_is_nearly_a_command_is_asked_for(run: Run) -> None:
    done = run("sumarize", "x.txt")
    assert done.exit_code == 2
    assert "Did you mean 'summarize'?" in done.stderr
    assert "Did you mean" not in run("zzz").stderr
