"""Searches are saved under a name, and a query being typed is completed."""

from collections.abc import Callable

import pytest

from reader.errors import NotFoundError, QueryError, UsageError
from reader.library import Library, Query, parse_query
from reader.library.completion import complete
from reader.model import Article, SourceRow

Make = Callable[..., Article]
KNOWN = {
    "source": ["The Herald", "Daily", "Harbour News"],
    "tag": ["sea", "OR", 'a"b'],
    "lang": [],
    "search": ["Harbour"],
}


def test_a_saved_search_is_a_line_among_the_sources(ten: Library, make: Make) -> None:
    assert ten.searches.save(" Late ", "after:2024-03-05 source:outlet").text == (
        "Search “Late” saved"
    )
    ten.searches.save("daring", "nothing OR source:1")
    ten.notebook.mark([make(1).id], read=True)
    rows = ten.saved()
    assert rows == [SourceRow("search", "daring", 3, 2), SourceRow("search", "Late", 10, 9)]
    inside = Query().within(rows[0])
    assert ten.count(inside) == 3
    assert ten.count(inside & parse_query("is:read")) == 1
    assert {row.source for row in ten.find(inside)} == {"Outlet 1"}


def test_a_name_is_one_search_and_saving_is_undone(ten: Library) -> None:
    ten.searches.save("Sea", "harbour")
    ten.searches.save("SEA", "ships")
    assert ten.searches.all() == {"SEA": "ships"}
    ten.searches.forget("sea")
    assert ten.searches.all() == {}
    ten.notebook.undo()
    ten.notebook.undo()
    assert ten.searches.all() == {"Sea": "harbour"}
    with pytest.raises(NotFoundError, match="no saved search “lost”"):
        ten.searches.forget("lost")


def test_a_saved_search_gets_another_name_and_query_as_one_change(ten: Library) -> None:
    ten.searches.save("Sea", "harbour")
    assert ten.searches.change("sea", "Ports", "harbour ships").text == (
        "Search “Sea” is now “Ports”"
    )
    assert ten.searches.all() == {"Ports": "harbour ships"}
    assert ten.searches.change("Ports", "PORTS", "ships").text == "Search “PORTS” saved"
    ten.notebook.undo()
    ten.notebook.undo()
    assert ten.searches.all() == {"Sea": "harbour"}
    with pytest.raises(NotFoundError):
        ten.searches.change("lost", "found", "harbour")
    with pytest.raises(QueryError):
        ten.searches.change("Sea", "Ports", "(")
    assert ten.searches.all() == {"Sea": "harbour"}


def test_what_cannot_be_searched_is_not_saved(ten: Library) -> None:
    with pytest.raises(QueryError):
        ten.searches.save("broken", "(harbour")
    with pytest.raises(UsageError):
        ten.searches.save("\x1b", "harbour")
    assert ten.searches.all() == {}


def test_a_saved_search_that_is_gone_finds_nothing(ten: Library) -> None:
    assert ten.count(Query().within(SourceRow("search", "gone", 0, 0))) == 0


def test_a_saved_search_can_be_part_of_a_query_and_of_another_saved_search(ten: Library) -> None:
    ten.searches.save("First", "source:1")
    ten.searches.save("Not first", "-search:FIRST")
    assert ten.count(parse_query("search:first")) == 3
    assert ten.count(parse_query('search:"not first"')) == 7
    assert ten.count(parse_query('search:first search:"Not first"')) == 0
    assert ten.count(parse_query("search:nowhere")) == 0


def test_saved_searches_that_go_round_in_circles_find_nothing_and_end(ten: Library) -> None:
    ten.searches.save("a", "search:b OR search:b")
    ten.searches.save("b", "search:a OR search:a")
    assert ten.count(parse_query("search:a")) == 0
    for number in range(20):
        name = f"search:n{number + 1}"
        ten.searches.save(f"n{number}", f"{name} OR {name}")
    with pytest.raises(UsageError, match="refer to each other too often"):
        ten.count(parse_query("search:n0"))


@pytest.mark.parametrize(
    ("query", "start", "options"),
    [
        ('"sea wind" so', 11, ("source:",)),
        ('source:"Daily" tag:se', 19, ("sea",)),
        ('tag:"sea"', 9, ()),
        ("NOT --ta", 6, ("tag:",)),
        ("so", 0, ("source:",)),
        ("search:h", 7, ("Harbour",)),
        ("title:(st", 7, ()),
        ("source:(da", 8, ("Daily",)),
        ("source:(daily OR h", 17, ('"Harbour News"', '"The Herald"')),
        ("storm a", 6, ("author:", "after:")),
        ("(ta", 1, ("tag:",)),
        ("-is:un", 4, ("unread",)),
        ("source:h", 7, ('"Harbour News"', '"The Herald"')),
        ('source:"the h', 7, ('"The Herald"',)),
        ("source:da", 7, ("Daily",)),
        ("tag:", 4, ("sea", '"OR"', '"a\\"b"')),
        ("has:", 4, ("annotation",)),
        ("on:ye", 3, ("yesterday",)),
        ("", 0, ()),
        ("storm ", 6, ()),
        ("nofield:x", 8, ()),
        ("abc(is", 4, ("is:",)),
    ],
)
def test_a_query_is_completed_as_it_is_typed(
    query: str, start: int, options: tuple[str, ...]
) -> None:
    got = complete(query, len(query), KNOWN)
    assert got.options == options
    assert (got.start, got.end) == (start, len(query))
    for option in got.options:
        completed = query[: got.start] + option + query[got.end :] + (")" * query.count("("))
        if not option.endswith(":"):
            parse_query(completed)


def test_completion_knows_the_library(ten: Library, make: Make) -> None:
    ten.notebook.tag([make(1).id], add=["harbour life"])
    ten.notebook.settle()
    assert ten.complete("tag:h", 5).options == ('"harbour life"',)
    assert ten.complete("source:2 x", 8).options == ('"Outlet 2"',)
    assert ten.complete("lang:", 5).options == ("en",)
