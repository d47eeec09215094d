"""`reader compare` on files: what all say, what one says."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from reader.model import Article, Comparison, Difference, Variant

Run = Callable[..., Result]


def test_three_files_are_compared_without_a_library(
    run: Run, reports: Path, own_home: Path
) -> None:
    done = run("compare", *sorted(reports.iterdir()), "--format", "json")
    comparison = json.loads(done.stdout)
    assert done.exit_code == 0
    assert comparison.keys() >= {
        "articles", "links", "related", "claims", "only", "differences", "quotes", "timeline",
    }  # fmt: skip
    assert [a["source"] for a in comparison["articles"]] == ["Courier", "Gazette", "Herald"]
    assert any(claim["sources"] == 3 for claim in comparison["claims"])
    assert not (own_home / "data").exists()


def test_every_place_leads_to_a_sentence(run: Run, reports: Path) -> None:
    comparison = json.loads(run("compare", reports, "--format", "json").stdout)
    known = {
        (article["id"], sentence["index"])
        for article in comparison["articles"]
        for sentence in article["sentences"]
    }
    places = [end for link in comparison["links"] for end in (link["a"], link["b"])]
    places += [member for claim in comparison["claims"] for member in claim["members"]]
    places += comparison["only"]
    assert places
    assert {(place["article"], place["sentence"]) for place in places} <= known


def test_the_text_form_shows_what_is_shared_and_what_is_only_here(run: Run, reports: Path) -> None:
    done = run("compare", reports)
    assert done.exit_code == 0
    assert "In all reports" in done.stdout
    assert "● says it · ◐ tells it differently" in done.stdout
    assert "●●●" in done.stdout
    assert re.search(
        r"Only here, among these reports: Gazette.*raise the walls", done.stdout, re.DOTALL
    )
    assert "omitted" not in done.stdout
    assert "\x1b" not in done.stdout


def test_a_difference_shows_its_values_with_outlets_and_evidence(
    run: Run, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import reader.compare

    real = reader.compare.compare

    def differing(articles: list[Article], **options: object) -> Comparison:
        found = real(articles)
        places = [(a.id, s) for a in found.articles for s in a.sentences if "4.2 metres" in s.text]
        variants = tuple(
            Variant(value, None, id_, s.index, s.start, s.end)
            for value, (id_, s) in zip(("4.2 metres", "nearly four"), places, strict=True)
        )
        return replace(
            found,
            differences=(
                Difference("number", True, "the water", None, 1, variants, class_="at-odds"),
            ),
        )

    monkeypatch.setattr("reader.compare.compare", differing)
    lines = run("compare", reports).stdout.splitlines()
    at = lines.index("! number: the water")
    assert "At odds (1)" in lines
    assert lines[at + 1] == "  ① 4.2 metres (Courier)"
    assert lines[at + 2].startswith("    The river office measured 4.2 metres")
    assert lines[at + 3] == "  ② nearly four (Herald)"


def test_the_markdown_form_has_a_heading_for_each_part(run: Run, reports: Path) -> None:
    done = run("compare", reports, "--format", "markdown")
    headings = [line for line in done.stdout.split("\n") if line.startswith("#")]
    assert headings[0] == "# Orrin barrier keeps river out"
    assert {"## In all reports", "### Gazette"} <= set(headings)


def test_source_names_the_files_in_order_where_they_name_none(
    run: Run, tmp_path: Path, reports: Path
) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("The lake froze\n\nThe lake froze over on Monday.\n")
    two.write_text("Ice\n\nOn Monday the lake froze over.\n")
    done = run(
        "compare", one, reports / "herald.md", two, "--source", "North", "--source", "Ignored",
        "--source", "South", "--published", "2024-03-05", "--format", "json",
    )  # fmt: skip
    articles = json.loads(done.stdout)["articles"]
    assert [a["source"] for a in articles] == ["North", "Herald", "South"]
    assert articles[0]["published"] == "2024-03-05T00:00:00+00:00"


def test_files_of_the_same_name_stay_two_reports(run: Run, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.txt").write_text("The lake froze over on Monday.\n")
    done = run("compare", tmp_path / "a/report.txt", tmp_path / "b/report.txt", "--format", "json")
    comparison = json.loads(done.stdout)
    assert len({a["id"] for a in comparison["articles"]}) == 2
    assert len(comparison["links"]) == 1


def test_one_report_is_too_few(run: Run, reports: Path) -> None:
    done = run("compare", reports / "herald.md")
    assert done.exit_code == 2
    assert "two reports" in done.stderr


def test_more_names_than_files_is_wrong_usage(run: Run, reports: Path) -> None:
    done = run("compare", reports / "herald.md", "--source", "A", "--source", "B")
    assert done.exit_code == 2


def test_a_bad_date_is_said_before_anything_is_read(run: Run, reports: Path) -> None:
    done = run("compare", reports, "--published", "yesterday")
    assert done.exit_code == 2
    assert "yesterday" in done.stderr


def test_the_good_files_are_compared_and_the_bad_one_is_named(
    run: Run, reports: Path, tmp_path: Path
) -> None:
    done = run("compare", reports, tmp_path / "gone.txt", "--format", "json")
    assert done.exit_code == 1
    assert "gone.txt" in done.stderr
    assert len(json.loads(done.stdout)["articles"]) == 3


def test_the_same_input_gives_the_same_document(run: Run, reports: Path) -> None:
    first, second = (run("compare", reports, "--format", "json").stdout for _ in range(2))
    assert first == second


def test_an_encoder_that_is_not_there_is_said_and_nothing_is_lost(
    run: Run, reports: Path, tmp_path: Path
) -> None:
    asked = run("compare", reports, "--encoder", tmp_path / "no-model")
    assert asked.exit_code == 2
    assert "There is no sentence encoder in" in asked.stderr
    config = tmp_path / "config.toml"
    config.write_text(f'[compare]\nencoder = "{tmp_path}/no-model"\n')
    configured = run("--config", config, "compare", reports, "--format", "json")
    assert configured.exit_code == 0
    assert "There is no sentence encoder in" in configured.stderr
    assert any(claim["sources"] == 3 for claim in json.loads(configured.stdout)["claims"])
    switched_off = run("--config", config, "compare", reports, "--encoder", "off")
    assert "encoder" not in switched_off.stderr
