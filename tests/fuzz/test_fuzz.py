"""Whatever comes in, it is an article or a sentence about what is wrong: never anything else.

Short in the tests; `make fuzz` tries as many examples as `FUZZ_EXAMPLES` tells.
"""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odd import BAD, BYTES, LANGUAGES, TEXTS, fuzzed

from reader.annotate.anchor import anchor
from reader.annotate.selectors import selector_for
from reader.config import load
from reader.errors import InputError, QueryError
from reader.export.jsonld import read_jsonld
from reader.intake import read_paths
from reader.intake.opml import read_opml
from reader.intake.parsing import Job, parse_job
from reader.library import parse_query
from reader.library.journal import read_lines
from reader.model import Article, Failure
from reader.text.hygiene import clean, clean_line, shown, shown_line
from reader.text.sentences import sentences


@pytest.mark.parametrize("ending", ["txt", "md", "html", "jsonl", "json", "xml"])
@fuzzed
@given(data=BYTES)
def test_any_file_is_articles_or_failures_that_say_why(
    tmp_path: Path, ending: str, data: bytes
) -> None:
    file = tmp_path / f"file.{ending}"
    file.write_bytes(data)
    for read in read_paths([str(file)]):
        if isinstance(read, Failure):
            assert read.reason
            continue
        sound(read)


@fuzzed
@given(data=BYTES)
def test_standard_input_may_be_anything(data: bytes) -> None:
    for read in read_paths(["-"], stdin=io.BytesIO(data)):
        if isinstance(read, Article):
            sound(read)


def sound(article: Article) -> None:
    """Check that what was read can be stored, pointed into and shown."""
    assert clean(article.text) == (article.text, 0)
    for line in (article.title, article.source, article.author or "", article.url or ""):
        assert clean_line(line) == (line, 0)
    at = 0
    for block in article.blocks:
        assert at <= block.start < block.end <= len(article.text)
        at = block.end
    for link in article.links:
        assert 0 <= link.start <= link.end <= len(article.text)
        assert not BAD.search(link.url)
    assert not BAD.search("".join(article.leftovers))
    assert shown(article.text) == article.text


@fuzzed
@given(TEXTS, LANGUAGES)
def test_sentences_of_any_text_stand_in_order_and_lose_no_word(
    text: str, language: str | None
) -> None:
    text = clean(text).text
    at = 0
    for index, sentence in enumerate(sentences(text, language)):
        assert sentence.index == index
        assert not text[at : sentence.start].strip()
        assert text[sentence.start : sentence.end] == sentence.text
        at = sentence.end
    assert not text[at:].strip()


@fuzzed
@given(TEXTS, TEXTS, st.data())
def test_a_quote_is_found_inside_any_other_text_or_not_at_all(
    text: str, other: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = anchor(selector_for(text, start, end), other)
    assert place is None or 0 <= place[0] <= place[1] <= len(other)


@fuzzed
@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                ["title:", "tag:", "is:", "on:", "before:", "3d", "2024-13", '"', "(", ")", "*",
                 "AND", "OR", "NOT", "-", " ", "a", "漢", "'", ";", "--", "NEAR", "^", "{", "\\"]
            ),
            max_size=12,
        ).map("".join),
    )
)  # fmt: skip
def test_any_query_is_understood_or_its_mistake_has_a_place(text: str) -> None:
    try:
        parse_query(text)
    except QueryError as error:
        assert 0 <= error.position <= len(text)  # noqa: PT017 - it need not be raised


@fuzzed
@given(TEXTS)
def test_what_hygiene_has_cleaned_is_clean_and_shown_as_it_is(text: str) -> None:
    for function in (clean, clean_line):
        cleaned = function(text).text
        assert function(cleaned) == (cleaned, 0)
        assert shown(cleaned) == cleaned
    for there in (shown(text), shown_line(text), clean(text).text):
        assert not BAD.search(there)
        assert shown(there) == there
    assert not set("\n\t\r") & set(shown_line(text))


@fuzzed
@given(st.lists(st.one_of(BYTES, st.just(b"\n"), st.just(b'00000000 {"at": 1}\n'))).map(b"".join))
def test_any_journal_is_read_to_its_end(data: bytes) -> None:
    assert read_lines(data, 0, last=True).end == len(data)


@fuzzed
@given(BYTES, st.sampled_from(["", "text/xml; charset=utf-7", "application/rss+xml", "\x00"]))
def test_any_feed_is_articles_or_one_error(data: bytes, kind: str) -> None:
    job = Job(data, {"content-type": kind}, "https://example.org/feed", "https://example.org/feed")
    try:
        parsed = parse_job(job)
    except InputError as error:
        assert str(error)  # noqa: PT017 - it need not be raised
        return
    for article in parsed.articles:
        sound(article)


@fuzzed
@given(BYTES)
def test_any_opml_is_outlines_or_one_error(data: bytes) -> None:
    try:
        outlines = read_opml(data, "file.opml")
    except InputError as error:
        assert str(error)  # noqa: PT017 - it need not be raised
        return
    assert isinstance(outlines, list)


@fuzzed
@given(TEXTS)
def test_any_annotations_are_read_or_each_mistake_is_told(text: str) -> None:
    try:
        list(read_jsonld(text, "file.jsonld"))
    except InputError as error:
        assert str(error)  # noqa: PT017 - it need not be raised


@fuzzed
@given(data=st.one_of(BYTES, st.lists(st.sampled_from(
    ["[keys]", "\n", "theme", " = ", '"x"', "1", "[[", "]", "#", "'", "true", "quit", "\x1b"]
)).map("".join).map(str.encode)))  # fmt: skip
def test_any_configuration_gives_settings(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(data)
    given_settings, problems = load(file)
    assert given_settings.measure
    assert all(problems)


@pytest.mark.parametrize("depth", [3, 100, 600, 900, 5000])
@pytest.mark.parametrize("field", ["author", "tags", "title", "blocks", "leftovers", "published"])
def test_lists_in_lists_are_an_article_or_a_failure(depth: int, field: str) -> None:
    for begin, end in (("[", "]"), ('{"name":', "}")):
        value = f'{begin * depth}"x"{end * depth}'
        data = f'{{"title": "t", "text": "It rained.", "{field}": {value}}}\n'.encode()
        for read in read_paths(["-"], stdin=io.BytesIO(data)):
            assert isinstance(read, Article | Failure)
