"""`reader summarize`: one, several together, many at once."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from reader.model import Article, Summary

KEYS = {"id", "method", "language", "articles", "sentences", "coverage", "redundancy"}

Run = Callable[..., Result]


def lines(folder: Path, *values: object) -> Path:
    file = folder / "input.jsonl"
    texts = [value if isinstance(value, str) else json.dumps(value) for value in values]
    file.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return file


def test_a_file_is_summarised_without_a_library(run: Run, reports: Path, own_home: Path) -> None:
    done = run("summarize", reports / "herald.md", "--sentences", 2, "--json")
    summary = json.loads(done.stdout)
    assert done.exit_code == 0
    assert summary.keys() >= KEYS
    assert summary["id"] is None
    assert len(summary["sentences"]) == 2
    assert summary["articles"][0]["source"] == "Herald"
    assert not (own_home / "data").exists()


def test_the_sentences_stand_where_the_article_says(run: Run, reports: Path) -> None:
    article = json.loads(run("show", reports / "herald.md", "--json").stdout)
    summary = json.loads(run("summarize", reports / "herald.md", "--json").stdout)
    for sentence in summary["sentences"]:
        assert article["text"][sentence["start"] : sentence["end"]] == sentence["text"]
    assert [s["index"] for s in summary["sentences"]] == sorted(
        s["index"] for s in summary["sentences"]
    )


def test_several_files_get_one_summary_together(run: Run, reports: Path) -> None:
    done = run("summarize", reports / "herald.md", reports / "courier.md", "-n", 3, "--json")
    summary = json.loads(done.stdout)
    assert summary["method"] == "story"
    assert set(summary["coverage"]) == {"Herald", "Courier"}


def test_a_folder_and_standard_input_count_as_articles(run: Run, reports: Path) -> None:
    text = "The barrier held. Nobody was hurt in the night, the office said."
    done = run("summarize", reports, "-", "--json", stdin=text)
    assert len(json.loads(done.stdout)["articles"]) == 4


def test_the_text_form_names_the_outlets_of_each_sentence(run: Run, reports: Path) -> None:
    done = run("summarize", reports, "--sentences", 2)
    assert done.exit_code == 0
    assert "3 reports: Courier, Gazette, Herald" in done.stdout
    assert done.stdout.count("• ") == 2
    assert "\x1b" not in done.stdout


def test_lead_takes_the_first_sentences(run: Run, reports: Path) -> None:
    done = run("summarize", reports / "herald.md", "--method", "lead", "-n", 1, "--json")
    summary = json.loads(done.stdout)
    assert summary["method"] == "lead"
    assert [s["index"] for s in summary["sentences"]] == [0]


def test_words_choose_the_sentences_that_reach_so_many_together(run: Run, reports: Path) -> None:
    done = run("summarize", reports / "herald.md", "--method", "lead", "--words", 20, "--json")
    texts = [s["text"].split() for s in json.loads(done.stdout)["sentences"]]
    assert sum(map(len, texts)) >= 20
    assert sum(map(len, texts[:-1])) < 20


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--method", "magic", "x.txt"), "no method 'magic'"),
        (("--words", "10", "--sentences", "2", "x.txt"), "exclude each other"),
        ((), "name an article"),
        (("--from", "a.jsonl", "x.txt"), "takes no articles"),
        (("--sentences", "0", "x.txt"), "--sentences"),
    ],
)
def test_wrong_usage_ends_with_2_and_one_sentence(run: Run, arguments: str, said: str) -> None:
    done = run("summarize", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not done.stdout


def test_a_missing_file_is_named_and_the_others_are_summarised(
    run: Run, reports: Path, tmp_path: Path
) -> None:
    done = run("summarize", tmp_path / "gone.txt", reports / "herald.md", "--json")
    assert done.exit_code == 1
    assert "gone.txt" in done.stderr
    assert len(json.loads(done.stdout)["articles"]) == 1


def test_many_at_once_keep_order_and_ids(run: Run, tmp_path: Path) -> None:
    one = {"id": "k", "text": "The lake froze. Skaters came on Sunday morning."}
    both = {"id": 7, "articles": [{**one, "id": "a"}, {"id": "b", "text": "The lake froze over."}]}
    without = {"title": "Ice", "text": "Ice covered the lake. It was gone by noon."}
    done = run("summarize", "--from", lines(tmp_path, one, "", both, without), "--json")
    first, second, third = json.loads(done.stdout)
    assert done.exit_code == 0
    assert [first["id"], second["id"], third["id"]] == ["k", 7, None]
    assert [a["id"] for a in second["articles"]] == ["a", "b"]
    assert {s["article"] for s in second["sentences"]} <= {"a", "b"}
    assert {s["article"] for s in third["sentences"]} == {third["articles"][0]["id"]}


def test_two_articles_that_nothing_tells_apart_stay_two(run: Run, tmp_path: Path) -> None:
    same = {"title": "Ice", "text": "Ice covered the lake. It was gone by noon."}
    done = run(
        "summarize", "--from", lines(tmp_path, {"id": 1, "articles": [same, same]}), "--json"
    )
    (summary,) = json.loads(done.stdout)
    assert len({a["id"] for a in summary["articles"]}) == 2


def test_a_bad_line_keeps_its_place_and_is_named(run: Run, tmp_path: Path) -> None:
    good = {"id": "g", "text": "The lake froze. Skaters came on Sunday morning."}
    file = lines(tmp_path, good, "nonsense", {"id": "e", "articles": []}, [1], good)
    file.write_bytes(file.read_bytes() + b'{"id": "\xff"}\n')
    done = run("summarize", "--from", file, "--json")
    summaries = json.loads(done.stdout)
    assert done.exit_code == 1
    assert len(summaries) == 6
    assert [bool(s["sentences"]) for s in summaries] == [True, False, False, False, True, False]
    assert all(s.keys() >= KEYS for s in summaries)
    assert "line 2: not JSON" in done.stderr
    assert 'line 3: "articles" is empty' in done.stderr
    assert "line 6: not UTF-8" in done.stderr


def test_a_document_without_a_text_is_left_out_of_its_line(run: Run, tmp_path: Path) -> None:
    good = {"id": "a", "text": "The lake froze. Skaters came on Sunday morning."}
    page = {"id": "b", "text": "See more on Facebook"}
    titled = {"id": "c", "title": "Ice on the lake"}
    mixed = {"id": "m", "articles": [page, good, titled, "no object", {"id": "d", "text": 5}]}
    none = {"id": "n", "articles": [page, page]}
    done = run("summarize", "--from", lines(tmp_path, mixed, none, good), "--json")
    first, second, third = json.loads(done.stdout)
    assert [a["id"] for a in first["articles"]] == ["a"]
    told = [note for note in first["notes"] if note.startswith("Left out: article")]
    assert [note.split(":")[1].strip() for note in told] == [
        "article 1 (b)", "article 3 (c)", "article 4", "article 5 (d)",
    ]  # fmt: skip
    assert "error" not in first
    assert (second["sentences"], bool(second["error"])) == ([], True)
    assert third["sentences"]
    assert done.exit_code == 1  # one line has no answer
    only = run("summarize", "--from", lines(tmp_path, mixed, good), "--json")
    assert only.exit_code == 0


def test_an_error_that_nobody_thought_of_costs_only_its_own_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import reader.summary

    real = reader.summary.summarize

    def sometimes(articles: list[Article], **options: int | str | None) -> Summary:
        if "froze" in articles[0].text:
            raise ZeroDivisionError("seven")
        return real(articles, **options)

    monkeypatch.setattr("reader.summary.summarize", sometimes)
    done = run(
        "summarize", "--from", lines(tmp_path, {"text": "It froze."}, {"text": "It rained."})
    )
    assert done.exit_code == 1
    assert "line 1: something unexpected went wrong (ZeroDivisionError: seven)" in done.stderr
    assert "It rained." in done.stdout


def test_long_input_is_spread_over_processes_and_the_answer_is_the_same(
    run: Run, tmp_path: Path
) -> None:
    from reader.cli.batch import ALONE

    text = " ".join(f"Station {n} measured {n} metres of water on Monday." for n in range(60))
    count = ALONE // len(text) + 20
    values = [{"id": n, "text": f"Report {n} came late. {text}"} for n in range(count)]
    whole = run(
        "summarize", "--from", lines(tmp_path, *values), "-n", 2, "--method", "lead", "--json"
    )
    summaries = json.loads(whole.stdout)
    assert whole.exit_code == 0
    assert [s["id"] for s in summaries] == list(range(count))
    alone = run(
        "summarize", "--from", lines(tmp_path, values[5]), "-n", 2, "--method", "lead", "--json"
    )
    assert json.loads(alone.stdout) == [summaries[5]]


def test_lines_come_from_standard_input_too(run: Run) -> None:
    done = run("summarize", "--from", "-", "--json", stdin='{"text": "It rained. It snowed."}\n')
    assert len(json.loads(done.stdout)) == 1
