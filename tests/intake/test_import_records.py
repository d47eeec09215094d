"""JSON lines come in: one Article object per line, of an export or of another program."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reader.errors import InputError
from reader.intake import article_from_json, read_paths
from reader.model import Article, Block, Failure, Link, shown_id

FIRST = "The city opened its new bridge on Friday, ten years after the first stone was laid."
SECOND = "Trams will run over the bridge from next week, and the old ferry will stop on Sunday."

WHOLE: dict[str, Any] = {
    "id": "2t7v64de4mvc1",
    "source": "Harbour Post",
    "title": "New bridge opens",
    "text": f"{FIRST}\n\nsteel\nstone\n\n{SECOND}",
    "url": "https://harbour.example/bridge",
    "author": "Ann Lee",
    "language": "en",
    "published": "2025-07-04T09:00:00+02:00",
    "starter": True,
    "excerpt": True,
    "blocks": [
        {"start": 0, "end": 83, "kind": "paragraph"},
        {"start": 85, "end": 90, "kind": "list"},
        {"start": 91, "end": 96, "kind": "list"},
        {"start": 98, "end": 183, "kind": "quote"},
    ],
    "links": [{"start": 20, "end": 30, "url": "https://harbour.example/old"}],
    "leftovers": ["Select Language"],
}


def lines(*records: Any) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def read_lines(data: bytes) -> list[Article | Failure]:
    return list(read_paths(["-"], stdin=io.BytesIO(data)))


def test_a_whole_article_comes_in_as_it_was() -> None:
    article = article_from_json(WHOLE, "x.jsonl, line 1")
    assert article.text == WHOLE["text"]
    assert article.blocks == tuple(Block(**block) for block in WHOLE["blocks"])
    assert article.links == (Link(20, 30, "https://harbour.example/old"),)
    assert article.leftovers == ("Select Language",)
    assert article.published == datetime(2025, 7, 4, 7, tzinfo=UTC)
    assert (article.starter, article.excerpt, article.author) == (True, True, "Ann Lee")


def test_the_id_is_kept_as_identity() -> None:
    article = article_from_json(WHOLE, "x")
    assert shown_id(article.id) == WHOLE["id"]
    other = article_from_json(WHOLE | {"id": "any name 12"}, "x")
    assert other.identity == "id:any name 12"
    assert article_from_json(WHOLE | {"id": 12}, "x").identity == "id:12"


def test_without_an_id_the_address_is_the_identity_and_else_outlet_and_title() -> None:
    record = {k: v for k, v in WHOLE.items() if k != "id"}
    assert article_from_json(record, "x").identity == "url:https://harbour.example/bridge"
    del record["url"]
    assert article_from_json(record, "x").identity == "title:Harbour Post\tNew bridge opens"


@pytest.mark.parametrize(
    "blocks",
    [
        None,
        [],
        "x",
        [{"start": 0, "end": 500, "kind": "paragraph"}],
        [{"start": 0, "end": 20, "kind": "paragraph"}],
        [{"start": 0, "end": 169, "kind": "song"}],
        [{"start": 20, "end": 169}, {"start": 0, "end": 20}],
        [{"start": "0", "end": 169}],
        [{"start": -1, "end": 169}],
        [7],
    ],
)
def test_blocks_that_do_not_fit_are_made_anew(blocks: Any) -> None:
    record = {"title": "New bridge opens", "text": f"{FIRST}\n\n{SECOND}", "blocks": blocks}
    article = article_from_json(record, "x")
    assert [article.text[b.start : b.end] for b in article.blocks] == [FIRST, SECOND]


def test_links_that_do_not_fit_are_dropped() -> None:
    bad = [{"start": 0, "end": 9_999, "url": "https://a.example"}, {"start": 1}, "x", None]
    bad += [
        {"start": 0, "end": 5, "url": "javascript:alert(1)"},
        {"start": 80, "end": 87, "url": "https://a.example"},
    ]
    assert article_from_json(WHOLE | {"links": bad}, "x").links == ()


def test_a_raw_text_loses_its_left_overs() -> None:
    head = "By . Ann Lee . PUBLISHED: . 14:11 EST, 25 October 2013 ."
    raw = f"{head} {FIRST} Scroll down for video . {SECOND}"
    article = article_from_json({"text": raw}, "x")
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert article.author == "Ann Lee"
    assert article.published == datetime(2013, 10, 25, 19, 11, tzinfo=UTC)
    assert article.leftovers == (head, "Scroll down for video")


def test_a_title_alone_or_a_text_alone_is_enough() -> None:
    assert article_from_json({"title": "Bridge opens"}, "x").text == ""
    assert article_from_json({"text": FIRST}, "x").title == FIRST


@pytest.mark.parametrize(
    "record", [{}, {"title": " "}, {"text": "\n"}, {"text": 7}, {"text": None}]
)
def test_without_both_it_is_no_article(record: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=r"x\.jsonl, line 3") as error:
        article_from_json(record, "x.jsonl, line 3")
    assert error.value.reason


@pytest.mark.parametrize("key", [k for k in WHOLE if k != "text"])
@pytest.mark.parametrize(
    "value", [None, 1, -1.5, True, "x", [], {}, [[]], {"a": {}}, "\ud800", "x" * 9_000]
)
def test_fields_of_odd_types_break_nothing(key: str, value: Any) -> None:
    article = article_from_json(WHOLE | {key: value}, "x")
    assert FIRST in article.text
    assert article.title
    article.title.encode()


def test_many_come_in_by_standard_input_and_bad_lines_are_named() -> None:
    good = [{"title": f"Bridge {n}", "text": FIRST} for n in range(3)]
    data = lines(good[0]) + b"{broken\n\n" + lines(good[1], [1]) + b"\xff\xfe\n" + lines(good[2])
    found = read_lines(data)
    assert [item.title for item in found if isinstance(item, Article)] == [
        "Bridge 0",
        "Bridge 1",
        "Bridge 2",
    ]
    failed = {item.input: item.reason for item in found if isinstance(item, Failure)}
    assert list(failed) == ["-, line 2", "-, line 5", "-, line 6"]
    assert "JSON" in failed["-, line 2"]
    assert "object" in failed["-, line 5"]
    assert "UTF-8" in failed["-, line 6"]


def test_a_line_over_the_limit_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.intake.files.SIZE_LIMIT", 1000)
    file = tmp_path / "a.jsonl"
    file.write_bytes(lines({"title": "A"}, {"title": "x" * 5000}, {"title": "B"}))
    found = list(read_paths([str(file)]))
    assert [type(item) for item in found] == [Article, Failure, Article]
    assert isinstance(found[1], Failure)
    assert found[1].input.endswith("a.jsonl, line 2")


def test_nesting_that_would_end_a_parser_is_a_bad_line() -> None:
    found = read_lines(
        lines({"title": "A"}) + b'{"title": ' + b"[" * 200_000 + b"\n" + lines({"title": "B"})
    )
    assert [type(item) for item in found] == [Article, Failure, Article]


def test_a_json_document_or_an_array_is_read_too(tmp_path: Path) -> None:
    one, many, shown = tmp_path / "one.json", tmp_path / "many.json", tmp_path / "pretty.json"
    one.write_text(json.dumps(WHOLE))
    many.write_text(json.dumps([WHOLE, 3, {"title": "B"}]))
    shown.write_text(json.dumps(WHOLE, indent=1))
    assert len(list(read_paths([str(one)]))) == len(list(read_paths([str(shown)]))) == 1
    found = list(read_paths([str(many)]))
    assert [type(item) for item in found] == [Article, Failure, Article]
    assert isinstance(found[1], Failure)
    assert found[1].input.endswith("many.json, item 2")


def test_a_byte_order_mark_does_not_matter() -> None:
    assert len(read_lines(b"\xef\xbb\xbf" + lines({"title": "A"}, {"title": "B"}))) == 2
