"""Lists show the right articles in the right order, whatever window of them is asked for."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.library import Library, Query, parse_query
from reader.model import Annotation, Article, ArticleRow, SortOrder, SourceRow

Make = Callable[..., Article]
Test = Callable[[ArticleRow], bool]
NOW = datetime(2024, 6, 1, tzinfo=UTC)
ORDERS: tuple[SortOrder, ...] = ("newest", "oldest", "source", "unread")
NAMES = ("Zeta", "alpha", "Ärger", "alpha Two", "Mid_100%")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of 80 articles that are marked and tagged at random, with equal times."""
    chance = random.Random(7)
    folder: Path = tmp_path_factory.mktemp("mixed")
    with Library.open(folder) as library:
        articles = [_article(n, chance) for n in range(80)]
        library.add(articles)
        ids = [article.id for article in articles]
        book = library.notebook
        book.mark(chance.sample(ids, 40), read=True)
        book.mark(chance.sample(ids, 20), starred=True)
        book.mark(chance.sample(ids, 9), removed=True)
        book.tag(chance.sample(ids, 25), add=["Climate"])
        book.tag(chance.sample(ids, 15), add=["sea", "Climate"])
        for n, id_ in enumerate(chance.sample(ids, 12), 1):
            book.annotate(Annotation(n, id_, "note", NOW, NOW, "hm"))
        book.flush()
        yield library


def _article(n: int, chance: random.Random) -> Article:
    from reader.model import article_id

    identity = f"id:{n}"
    return Article(
        id=article_id(identity),
        identity=identity,
        source=chance.choice(NAMES),
        title=f"Report {n}",
        text=chance.choice(["The harbour closed.", "Ships waited.", "The harbour ships."]),
        added=NOW - timedelta(days=chance.randrange(4)),
        published=NOW - timedelta(hours=chance.randrange(90)) if chance.random() < 0.8 else None,
        language=chance.choice(["en", "de", None]),
        excerpt=chance.random() < 0.2,
        starter=chance.random() < 0.2,
    )


def everything(library: Library) -> list[ArticleRow]:
    """Return all rows, those of removed articles too."""
    return [*library.find(limit=1000), *library.find(parse_query("is:removed"), limit=1000)]


WHAT: dict[str, Test] = {
    "": lambda row: True,
    "is:unread": lambda row: not row.marks.read,
    "is:read": lambda row: row.marks.read,
    "is:starred": lambda row: row.marks.starred,
    "is:noted": lambda row: row.marks.annotations > 0,
    "has:annotation is:starred": lambda row: row.marks.annotations > 0 and row.marks.starred,
    "is:excerpt": lambda row: row.excerpt,
    "is:starter -is:read": lambda row: row.starter and not row.marks.read,
    "tag:CLIMATE": lambda row: "Climate" in row.marks.tags,
    "tag:cli*": lambda row: "Climate" in row.marks.tags,
    "tag:sea OR is:starred": lambda row: "sea" in row.marks.tags or row.marks.starred,
    "tag:nothing": lambda row: False,
    "source:ALPHA": lambda row: row.source == "alpha",
    "source:alph": lambda row: "alph" in row.source,
    "source:alph*": lambda row: row.source.startswith("alph"),
    "source:two": lambda row: row.source == "alpha Two",
    'source:"mid_100%"': lambda row: row.source == "Mid_100%",
    "source:%": lambda row: "%" in row.source,
    "source:ärger is:unread": lambda row: row.source == "Ärger" and not row.marks.read,
    "lang:de": lambda row: row.language == "de",
    "NOT lang:de": lambda row: row.language != "de",
    "NOT (is:read OR tag:sea)": lambda row: not (row.marks.read or "sea" in row.marks.tags),
    "after:2024-06": lambda row: row.when >= NOW,
    "before:2024-05-31": lambda row: row.when < NOW - timedelta(days=1),
    "on:2024-05-30": lambda row: row.when.date() == datetime(2024, 5, 30, tzinfo=UTC).date(),
}


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Dates in queries are those of the reader's clock."""
    import time

    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("query", WHAT)
def test_a_query_finds_what_it_says(mixed: Library, query: str) -> None:
    expected = {row.id for row in everything(mixed) if not row.marks.removed and WHAT[query](row)}
    asked = parse_query(query)
    assert set(mixed.ids(asked)) == expected
    assert mixed.count(asked) == len(expected)


@pytest.mark.parametrize("query", ["", "is:unread", "harbour", "tag:climate", "harbour is:read"])
@pytest.mark.parametrize("order", ORDERS)
def test_each_order_is_kept_in_every_window(mixed: Library, query: str, order: SortOrder) -> None:
    asked = parse_query(query)
    rows = mixed.find(asked, order=order, limit=1000)
    times = [row.when for row in rows]
    keys = {
        "newest": [-time.timestamp() for time in times],
        "oldest": [time.timestamp() for time in times],
        "source": [(row.source.casefold(), -row.when.timestamp()) for row in rows],
        "unread": [(row.marks.read, -row.when.timestamp()) for row in rows],
    }[order]
    assert keys == sorted(keys)
    ids = [row.id for row in rows]
    assert mixed.ids(asked, order=order) == ids
    assert mixed.ids(asked, order=order, limit=7) == ids[:7]
    windows = [mixed.find(asked, order=order, offset=n, limit=7) for n in range(0, len(ids) + 7, 7)]
    assert [row.id for window in windows for row in window] == ids
    assert [mixed.place(id_, asked, order=order) for id_ in ids] == list(range(len(ids)))


def test_oldest_is_newest_turned_round(mixed: Library) -> None:
    assert mixed.ids(order="oldest") == mixed.ids()[::-1]


def test_what_is_not_in_a_list_has_no_place_in_it(mixed: Library) -> None:
    removed = mixed.ids(parse_query("is:removed"))
    read = mixed.ids(parse_query("is:read"))
    assert mixed.place(removed[0], Query()) is None
    assert mixed.place(read[0], parse_query("is:unread")) is None


def test_what_is_removed_is_listed_only_where_it_is_asked_for(mixed: Library) -> None:
    removed = set(mixed.ids(parse_query("is:removed")))
    assert len(removed) == 9
    assert not removed & set(mixed.ids())
    assert set(mixed.ids(parse_query("is:removed is:unread"))) <= removed


def test_the_sources_tell_how_many_there_are_and_how_many_unread(mixed: Library) -> None:
    rows = [row for row in everything(mixed) if not row.marks.removed]

    def line(kind: str, name: str, test: Test) -> SourceRow:
        found = [row for row in rows if test(row)]
        return SourceRow(kind, name, len(found), sum(not row.marks.read for row in found))

    expected = [
        line("all", "", lambda row: True),
        line("unread", "", lambda row: not row.marks.read),
        line("starred", "", lambda row: row.marks.starred),
        line("noted", "", lambda row: row.marks.annotations > 0),
        line("tag", "Climate", lambda row: "Climate" in row.marks.tags),
        line("tag", "sea", lambda row: "sea" in row.marks.tags),
        *(
            line("outlet", name, lambda row, name=name: row.source == name)
            for name in sorted(NAMES, key=str.casefold)
        ),
    ]
    assert mixed.sources() == expected
    for row in expected:
        asked = Query().within(row)
        assert mixed.count(asked) == row.articles
        assert mixed.count(asked & parse_query("is:unread")) == row.unread


def test_within_an_outlet_only_its_very_name_counts(mixed: Library) -> None:
    found = mixed.find(Query().within(SourceRow("outlet", "alpha", 0, 0)), limit=100)
    assert {row.source for row in found} == {"alpha"}


@pytest.mark.parametrize("query", ["is:unread", "harbour", "harbour is:starred", "tag:nothing", ""])
@pytest.mark.parametrize("order", ORDERS)
def test_what_is_kept_stands_in_its_place_among_what_is_found(
    mixed: Library, query: str, order: SortOrder
) -> None:
    everything_ = mixed.ids(order=order)
    kept = {*everything_[::9], *everything_[:2], *everything_[-2:]}
    gone = mixed.ids(parse_query("is:removed"))[0]
    asked = parse_query(query)
    wanted = {*mixed.ids(asked), *kept}
    expected = [id_ for id_ in everything_ if id_ in wanted]
    keeping = asked.keeping([*kept, gone])
    assert mixed.ids(keeping, order=order) == expected
    assert mixed.count(keeping) == len(expected)
    for offset in range(len(expected) + 3):
        window = mixed.find(keeping, order=order, offset=offset, limit=5)
        assert [row.id for row in window] == expected[offset : offset + 5]
    assert [mixed.place(id_, keeping, order=order) for id_ in expected] == list(
        range(len(expected))
    )
    absent = next((id_ for id_ in everything_ if id_ not in wanted), gone)
    assert mixed.place(absent, keeping, order=order) is None


def test_what_fits_the_words_best_can_stand_first(library: Library, make: Make) -> None:
    library.add(
        [
            make(1, title="Whales off the coast", text="They were seen at dawn."),
            make(2, title="Boats", text="Somebody saw a whale among many, many other things."),
            make(3, title="A quiet day", text="Nothing was seen."),
            make(4, title="Whale", text="A whale, a whale! Whales everywhere."),
        ]
    )
    one, two, four = make(1).id, make(2).id, make(4).id
    asked = parse_query("whale")
    assert library.ids(asked) == [four, two, one]
    assert library.ids(asked, order="best") == [four, one, two]
    assert [row.id for row in library.find(asked, order="best", offset=1, limit=1)] == [one]
    assert [library.place(id_, asked, order="best") for id_ in (four, one, two)] == [0, 1, 2]
    assert library.ids(order="best") == library.ids()
    keeping = asked.keeping([make(3).id])
    assert library.ids(keeping, order="best") == [four, one, two, make(3).id]
    assert library.place(make(3).id, keeping, order="best") == 3


def test_counts_follow_every_change(ten: Library, make: Make) -> None:
    first, second = make(0).id, make(3).id  # both of Outlet 0
    book = ten.notebook

    def outlet() -> tuple[int, int]:
        return next((r.articles, r.unread) for r in ten.sources() if r.name == "Outlet 0")

    assert outlet() == (4, 4)
    book.mark([first, second], read=True)
    assert outlet() == (4, 2)
    book.mark([first], removed=True)
    assert outlet() == (3, 2)
    book.mark([first], read=False)
    assert outlet() == (3, 2)
    book.undo()
    book.undo()
    assert outlet() == (4, 2)
    ten.add([replace(make(3), source="Outlet 1")])
    assert outlet() == (3, 2)
    assert ten.check(thorough=True) == []
