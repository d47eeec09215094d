"""What the list of stories shows: dots, letters, folded copies, times. Pure functions."""

from datetime import UTC, datetime, timedelta

from reader.model import ArticleId, ArticleRow, SourceRow
from reader.tui.storylines import (
    Outlets,
    copies_told,
    letters_of,
    outlets_of,
    report_lines,
    times_told,
)

NOW = datetime(2025, 3, 14, 12, tzinfo=UTC)


def sources(*counts: tuple[str, int]) -> list[SourceRow]:
    return [SourceRow("all", "", 9, 9), *(SourceRow("outlet", n, c, 0) for n, c in counts)]


def row(number: int) -> ArticleRow:
    return ArticleRow(ArticleId(number), f"Outlet {number}", f"Title {number}", NOW)


def test_the_largest_outlets_have_dots_in_the_order_of_the_sources() -> None:
    outlets = outlets_of(sources(("Alder", 1), ("Birch", 5), ("Cedar", 3)), most=2)
    assert outlets == Outlets(("Birch", "Cedar"), ("B", "C"), 1)
    assert outlets.dots({"Cedar"}) == "○●"
    assert outlets.dots({"Birch", "Alder", "Yew"}) == "●○+2"


def test_every_outlet_has_a_letter_of_its_own() -> None:
    letters = letters_of(["The Post", "Post", "Pos", "", "ß", "日報"])
    assert letters == ("P", "O", "S", "–", "A", "B")
    assert len(set(letters_of(["x"] * 30))) == 30


def test_copies_are_folded_below_the_report_whose_text_they_have_until_opened() -> None:
    one, two, three, four = (row(number) for number in (1, 2, 3, 4))
    copies = {two.id: one.id, four.id: one.id, three.id: ArticleId(99)}
    lines = report_lines([one, two, three, four], copies, ())
    assert [line.articles for line in lines] == [(1,), (2, 4), (3,)]
    assert copies_told(lines[1]) == "the same text in 2 more: Outlet 2, Outlet 4"
    lines = report_lines([one, two, three, four], copies, {one.id})
    assert [(line.articles, line.copy) for line in lines] == [
        ((1,), False), ((2,), True), ((4,), True), ((3,), False),
    ]  # fmt: skip


def test_times_are_one_or_from_to() -> None:
    hours = NOW - timedelta(hours=5)
    assert times_told(hours, NOW - timedelta(hours=2), NOW) == "5 h – 2 h"
    assert times_told(hours, hours, NOW) == "5 h"
    fourth = datetime(2024, 11, 4, tzinfo=UTC)
    assert times_told(fourth, fourth + timedelta(days=2), NOW) == "4–6 Nov"
    assert times_told(fourth - timedelta(days=5), fourth, NOW) == "30 Oct – 4 Nov"
    july = datetime(2020, 7, 4, tzinfo=UTC)
    assert times_told(july, july + timedelta(days=70), NOW) == "Jul–Sep 2020"
    assert times_told(july, july + timedelta(days=700), NOW) == "2020 – 2022"
