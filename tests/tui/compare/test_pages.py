"""The views as pages: pure functions, for any width, with text that means no good."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from reader.model import Article, Comparison, DatedEvent, Quote, Span
from reader.tui.comparing.differences import differences
from reader.tui.comparing.lists import only_here, spoken, timeline
from reader.tui.comparing.matrix import matrix
from reader.tui.comparing.page import Page, columns_for
from reader.tui.comparing.quotes import differing, quotes
from reader.tui.comparing.reports import Reports, overview
from reader.tui.typeset import cells

VIEWS = (matrix, differences, quotes, only_here, timeline)
HOSTILE = "[/foo] [@click=app.quit]x[/] \x1b[31mred\x1b]52;c;aGk=\x07 \u202etfel \x9b2J"
View = Callable[[Reports, int, int], Page]


@pytest.fixture
def comparison(workers: Any, reports: Sequence[Article]) -> Comparison:
    found: Comparison = workers.compare(reports)
    return found


@pytest.mark.parametrize("view", VIEWS, ids=lambda v: v.__name__)
@pytest.mark.parametrize("width", [12, 24, 37, 60, 80, 117, 247])
def test_no_line_is_wider_than_the_screen(comparison: Comparison, view: View, width: int) -> None:
    for current in range(3):
        page = view(Reports(comparison), width, current)
        lines = [*page.head, *(line for entry in page.entries for line in entry.lines)]
        widest = max(sum(cells(piece.text) for piece in line) for line in lines)
        assert widest <= max(width, 24)


@pytest.mark.parametrize("view", VIEWS, ids=lambda v: v.__name__)
def test_nothing_from_outside_reaches_the_screen_as_a_command(
    comparison: Comparison, view: View
) -> None:
    articles = tuple(
        replace(
            article, source=HOSTILE, title=HOSTILE,
            sentences=tuple(replace(s, text=HOSTILE) for s in article.sentences),
        )
        for article in comparison.articles
    )  # fmt: skip
    hostile = replace(
        comparison,
        articles=articles,
        claims=tuple(replace(c, text=HOSTILE) for c in comparison.claims),
        differences=tuple(
            replace(
                d, topic=HOSTILE,
                variants=tuple(replace(v, value=HOSTILE, normalized=HOSTILE) for v in d.variants),
            )
            for d in comparison.differences
        ),
        quotes=(
            Quote(HOSTILE, tuple(replace(v, text=HOSTILE) for v in comparison.quotes[0].variants)),
        ),
        timeline=(DatedEvent(HOSTILE, comparison.timeline[0].members),),
    )  # fmt: skip
    page = view(Reports(hostile), 80, 0)
    shown = "\n".join(
        "".join(piece.text for piece in line)
        for line in [*page.head, *(line for entry in page.entries for line in entry.lines)]
    )
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_twenty_reports_get_letters_and_a_window_of_columns_around_the_current_one() -> None:
    columns = columns_for(40, 20, 15, text=20, least=4, most=13)
    assert columns.count == 5
    assert 15 in columns.shown
    assert columns.text + columns.cell * columns.count == 40
    assert columns_for(40, 20, 19, text=20, least=4, most=13).shown[-1] == 19
    assert columns_for(200, 3, 0, text=52, least=4, most=13).cell == 13


@pytest.mark.parametrize(
    ("view", "width"),
    [(matrix, 80), (matrix, 120), (matrix, 200), (differences, 120), (differences, 200)],
)
def test_two_reports_of_one_outlet_are_told_apart_in_the_heads_of_columns(
    comparison: Comparison, view: View, width: int
) -> None:
    name = "The Daily Gazette of Northern Harbours"
    articles = tuple(replace(article, source=name) for article in comparison.articles)
    page = view(Reports(replace(comparison, articles=articles)), width, 0)
    heads = [piece.text.strip() for piece in page.head[-1] if piece.column is not None]
    assert len(set(heads)) == len(heads) > 0
    assert all(re.search(r"\(\d\)$", head) for head in heads if len(head) > 1)


def test_the_matrix_is_as_wide_as_the_names_where_there_is_room(comparison: Comparison) -> None:
    articles = (replace(comparison.articles[0], source="Harbour Gazette"), *comparison.articles[1:])
    page = matrix(Reports(replace(comparison, articles=articles)), 200, 0)
    assert "Harbour Gazette" in "".join(piece.text for piece in page.head[-1])


def test_of_many_reports_the_dots_become_a_number(
    comparison: Comparison, make: Callable[..., Article]
) -> None:
    first = comparison.articles[0]
    others = [make(f"Another {n}", source=f"Outlet {n}") for n in range(9)]
    added = tuple(replace(first, id=a.id, source=a.source) for a in others)
    many = Reports(replace(comparison, articles=(*comparison.articles, *added)))
    assert many.dots(many.claims[0]) == "3/12"
    assert "12 outlets" in overview(many)


def test_reports_without_an_outlet_are_numbered_and_not_counted_as_one_outlet(
    comparison: Comparison,
) -> None:
    nameless = tuple(replace(article, source="") for article in comparison.articles)
    reports = Reports(replace(comparison, articles=nameless))
    assert reports.names == ("report 1", "report 2", "report 3")
    assert overview(reports).startswith("3 reports · ")


@pytest.mark.parametrize(
    ("text", "others", "words"),
    [
        ("a long night", ["a very long night"], []),
        ("a very long night", ["a long night"], ["very"]),
        ("A brave step", ["a bold step"], ["brave"]),
        ("the same words", ["The same, words!"], []),
        ("all of this", ["nothing there"], ["all of this"]),
        ("", ["x"], []),
        ("one two three", ["one three", "two three"], ["one two"]),
    ],
)
def test_words_that_differ_are_found_case_and_punctuation_aside(
    text: str, others: list[str], words: list[str]
) -> None:
    assert [text[a:b] for a, b in differing(text, others)] == words


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2021", "2021"),
        ("2021-08", "August 2021"),
        ("2025-07-03", "3 July 2025"),
        ("2025-13", "2025-13"),
        ("the day after", "the day after"),
    ],
)
def test_dates_are_told_as_people_write_them(date: str, told: str) -> None:
    assert spoken(date) == told


def test_a_quotation_that_nobody_is_named_for_comes_last(comparison: Comparison) -> None:
    one = comparison.quotes[0]
    nobody = Quote(None, (Span(*_place(comparison), "we saw it"),))
    page = quotes(Reports(replace(comparison, quotes=(nobody, one))), 80, 0)
    told = ["".join(p.text for p in line) for e in page.entries for line in e.lines]
    heads = [line for line in told if "quoted in" in line]
    assert heads[0].startswith("Ida Kessler")
    assert heads[1].startswith("Speaker not named")


def _place(comparison: Comparison) -> tuple[Any, int, int, int]:
    article = comparison.articles[2]
    return article.id, 0, 0, 5
