"""Whatever a text is, it can be summarised, compared, exported; no address opens but a web one."""

import csv
import io
import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser
from odd import BAD, LANGUAGES, PROSE, TEXTS, fuzzed

from reader.annotate.anchor import anchor
from reader.annotate.selectors import selector_for
from reader.compare import compare
from reader.compare.times import moments
from reader.errors import InputError
from reader.export.comparison_html import comparison_html
from reader.export.comparison_markdown import comparison_markdown
from reader.export.csv import HEADS, csv_table
from reader.export.html import article_page
from reader.export.json_text import inert
from reader.export.jsonld import Own
from reader.export.markdown import article_markdown, summary_markdown
from reader.intake import read_paths
from reader.library.journal import Edit, Entry, encode, header, read_lines
from reader.model import Annotation, Article, Marks, Selector, article_id
from reader.summary import METHODS, summarize
from reader.text.hygiene import clean, shown
from reader.tui.destinations import RefusedError, destination

NOW = datetime(2025, 3, 14, 12, 0, tzinfo=UTC)


def reports(texts: Sequence[str], language: str | None) -> list[Article]:
    return [
        Article(
            id=article_id(f"title:{number}"),
            identity=f"title:{number}",
            source=f"Outlet {number}",
            title=text[:60],
            text=clean(text).text,
            added=NOW,
            language=language,
            published=NOW - timedelta(hours=number),
        )
        for number, text in enumerate(texts)
    ]


@fuzzed
@given(st.lists(PROSE, min_size=1, max_size=3), LANGUAGES, st.sampled_from(METHODS))
def test_any_texts_have_a_summary_of_their_own_sentences(
    texts: list[str], language: str | None, method: str
) -> None:
    articles = {article.id: article for article in reports(texts, language)}
    try:
        summary = summarize(list(articles.values()), method=method, sentences=3)
    except InputError as error:  # where no sentence is
        assert "no sentence" in str(error)  # noqa: PT017 - it need not be raised
        return
    for sentence in summary.sentences:
        assert articles[sentence.article].text[sentence.start : sentence.end] == sentence.text
    assert not BAD.search(summary_markdown(summary).replace("\n", ""))


@fuzzed
@given(st.lists(PROSE, min_size=2, max_size=3), LANGUAGES)
def test_any_reports_can_be_compared_and_the_comparison_exported(
    texts: list[str], language: str | None
) -> None:
    articles = reports([f"{text} {texts[0]}" for text in texts], language)
    comparison = compare(articles)
    for difference in comparison.differences:
        for variant in difference.variants:
            (article,) = [a for a in articles if a.id == variant.article]
            assert 0 <= variant.start <= variant.end <= len(article.text)
    assert not BAD.search(comparison_markdown(comparison))
    harmless(comparison_html(comparison))


@fuzzed
@given(PROSE, LANGUAGES)
def test_times_stand_where_they_say_and_do_not_overlap(text: str, language: str | None) -> None:
    at = 0
    for moment in moments(text, language, NOW.date()):
        assert at <= moment.start <= moment.end <= len(text)
        at = moment.end


@fuzzed
@given(TEXTS, TEXTS)
def test_any_article_is_exported_without_becoming_markup(text: str, note: str) -> None:
    (article,) = reports([text], "en")
    article = replace(article, title=note, source=text, author=note, url=note)
    annotations = [
        Annotation(1, article.id, "note", NOW, NOW, note, Selector(0, 5, text[:5])),
        Annotation(2, article.id, "note", NOW, NOW, text),
    ]
    harmless(article_page(article, Marks(tags=(note,)), annotations))
    assert not BAD.search(article_markdown(article, Marks(tags=(note,)), annotations))
    table = csv_table([Own(article, (note,), tuple(annotations))])
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert [len(row) for row in rows] == [len(HEADS)] * 3
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row
    )
    value = {"text": text, "note": note}
    assert json.loads(inert(json.dumps(value, ensure_ascii=False))) == json.loads(json.dumps(value))


def harmless(page: str) -> None:
    """Check that a page runs only what the program wrote, and links only to the web and itself."""
    tree = parser.document_fromstring(page)
    assert len(tree.xpath("//script")) == page.count("'sha256-")
    assert not tree.xpath("//iframe|//object|//embed|//form|//base|//img|//link|//svg|//math")
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            if name.lower() in ("href", "src"):
                assert value.startswith(("http://", "https://", "#"))


@fuzzed
@given(TEXTS)
def test_the_markdown_of_a_plain_article_comes_in_as_the_same_text(text: str) -> None:
    begin = "Nobody at Ardle had seen so much rain in one night, the mayor said on Friday."
    (article,) = reports([" ".join([begin, *clean(text).text.split(), "So it was."])], "en")
    data = article_markdown(replace(article, title="Rain")).encode()
    for read in read_paths(["-"], stdin=io.BytesIO(data)):
        assert isinstance(read, Article)
        # stray spaces and stops are mended at intake
        assert re.sub(r"\W", "", read.text) == re.sub(r"\W", "", article.text)


@fuzzed
@given(st.one_of(TEXTS, TEXTS.map("https://".__add__), TEXTS.map("https://a.example/".__add__)))
def test_any_address_is_refused_or_one_word_that_a_browser_reads_as_we_do(text: str) -> None:
    with suppress(RefusedError):
        where = destination(text)
        assert where.address.startswith(("http://", "https://", "mailto:"))
        assert where.address.isascii()
        assert where.address.isprintable()
        assert not set(" \"'<>\\`{}|^") & set(where.address)
        if not where.address.startswith("mailto:"):
            assert where.address.split("/")[2] == where.place
            assert "@" not in where.place


@fuzzed
@given(TEXTS, st.data())
def test_a_place_is_found_again_in_its_own_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert anchor(selector_for(text, start, end), text) == (start, end)
    assert shown(clean(text).text) == clean(text).text


@fuzzed
@given(st.lists(TEXTS, min_size=1, max_size=6), st.data())
def test_a_cut_journal_loses_only_what_was_cut(bodies: list[str], data: st.DataObject) -> None:
    entries = [
        Entry(number, (Edit("notes", (number,), put={"body": clean(body).text}),))
        for number, body in enumerate(bodies)
    ]
    lines = [header(1), *map(encode, entries)]
    whole = b"".join(lines)
    assert [entry for _, entry in read_lines(whole, 0, last=True).entries] == entries
    cut = data.draw(st.integers(0, len(whole)))
    reading = read_lines(whole[:cut], 0, last=True)
    ends = [sum(map(len, lines[: n + 2])) - 1 for n in range(len(entries))]  # without its break
    assert [e for _, e in reading.entries] == [
        entry for entry, end in zip(entries, ends, strict=True) if end <= cut
    ]
