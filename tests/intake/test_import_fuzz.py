"""Whatever comes in: articles and sentences about failures, never an exception."""

import io
import json
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import InputError
from reader.intake import article_from_json, read_paths
from reader.intake.blocks import paragraphs_of_html
from reader.model import Article, Failure
from reader.text.hygiene import clean

SCRAPS = st.sampled_from(
    [
        "The city opened its new bridge on Friday, ten years after the first stone.",
        "By . Ann .", "By Ann Lee | Updated 5:30 PM", "Photo: AFP", "©", "Read more", "Share",
        "PUBLISHED: 14:11 EST, 25 October 2013", "- one", "1. two", "> three", "```", "# Four",
        "| a | b |", "|-|-|", "---", "title: x", "date: 2025", "<p>", "</p>", "<ul><li>", "<!--",
        "<table><tr><td>x", "<script>", "&#27;[31m", "\x1b]0;x\x07", "\u202e", "\ufeff", "{",
        '{"title": "A"}', '{"text": "x", "blocks": [{}]}', "[x](javascript:x)", "![y](z)", "...",
        "…", ".", "", " ", "الجسر الجديد", "新しい橋。", "e\u0301", "\U0001f600",
    ]
)  # fmt: skip
ENDINGS = [
    "txt",
    "md",
    "html",
    "jsonl",
    "json",
    "csv",
    "eml",
    "mbox",
    "mhtml",
    "xml",
    "enex",
    "odd",
]
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(SCRAPS, max_size=14).map("\n".join),
    st.lists(SCRAPS, max_size=14).map("".join),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(
    ["id", "source", "title", "text", "url", "author", "language", "published", "tags", "blocks",
     "links", "leftovers", "read", "starter", "excerpt", "feed", "stripped", "revision"]
)  # fmt: skip
MARKUP = st.lists(st.sampled_from("<p></p><b><ul><li><td><tr><table> a1&"), max_size=40)
QUIET = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def sound(article: Article) -> None:
    """Check what holds for every article that comes in."""
    assert article.title
    assert article.title == clean(article.title).text.strip()
    assert article.text == clean(article.text).text
    assert article.text == article.text.strip()
    at = 0
    for block in article.blocks:
        assert article.text[at : block.start].strip("\n") == ""
        assert article.text[block.start : block.end].strip()
        at = block.end
    assert at == len(article.text)
    for one, other in pairwise(article.blocks):
        assert article.text[one.end : other.start] in ("\n", "\n\n")
    for link in article.links:
        assert 0 <= link.start < link.end <= len(article.text)
    assert article.published is None or article.published.utcoffset() is not None
    assert 0 < article.id < 2**63
    json.dumps([article.title, article.text, article.identity, article.leftovers]).encode()


def check(path: str, data: bytes | None = None) -> None:
    for item in read_paths([path], stdin=io.BytesIO(data) if data is not None else None):
        if isinstance(item, Failure):
            assert item.input
            assert item.reason
        else:
            sound(item)


@QUIET
@given(text=TEXTS, ending=st.sampled_from(ENDINGS))
def test_any_text_in_a_file_of_any_ending(tmp_path: Path, text: str, ending: str) -> None:
    file = tmp_path / f"file.{ending}"
    file.write_text(text, encoding="utf-8", errors="surrogatepass")
    check(str(file))


@QUIET
@given(data=st.binary(max_size=300), ending=st.sampled_from(ENDINGS))
def test_any_bytes_in_a_file_of_any_ending(tmp_path: Path, data: bytes, ending: str) -> None:
    file = tmp_path / f"file.{ending}"
    file.write_bytes(data)
    check(str(file))


@QUIET
@given(data=st.binary(max_size=200) | TEXTS.map(lambda text: text.encode("utf-8", "replace")))
def test_anything_on_standard_input(data: bytes) -> None:
    check("-", data)


@QUIET
@given(head=st.text(max_size=80), body=TEXTS)
def test_any_front_matter(tmp_path: Path, head: str, body: str) -> None:
    file = tmp_path / "file.md"
    file.write_text(f"---\n{head}\n---\n{body}", encoding="utf-8", errors="surrogatepass")
    check(str(file))


@QUIET
@given(record=st.dictionaries(KEYS, JSON, max_size=9), text=TEXTS)
def test_any_json_object(record: dict[str, Any], text: str) -> None:
    for data in (record, {"text": text} | record):
        with suppress(InputError):
            sound(article_from_json(data, "x"))


@QUIET
@given(html=TEXTS | MARKUP.map("".join))
def test_any_html(html: str) -> None:
    found, stripped = paragraphs_of_html(html)
    assert stripped >= 0
    assert all(part.text == part.text.strip() or part.kind == "code" for part in found)
    assert all(0 <= a.start < a.end <= len(part.text) for part in found for a in part.links)


@QUIET
@given(text=TEXTS)
def test_what_was_stored_once_is_stored_the_same_again(text: str) -> None:
    try:
        one = article_from_json({"text": text, "title": "Bridge opens"}, "x")
    except InputError:
        return
    blocks = [{"start": b.start, "end": b.end, "kind": b.kind} for b in one.blocks]
    links = [{"start": a.start, "end": a.end, "url": a.url} for a in one.links]
    record = {"text": one.text, "title": one.title, "blocks": blocks, "links": links}
    two = article_from_json(record, "x")
    assert (two.text, two.title) == (one.text, one.title)
    assert two.blocks == one.blocks
