"""Of a story with too many reports the newest are compared, and the others are named."""

from datetime import UTC, datetime, timedelta

from reader.briefing import newest, with_left_out
from reader.library import Library
from reader.model import Article, ArticleId, Block, Comparison, article_id

FIRST = datetime(2025, 3, 1, tzinfo=UTC)
TEXT = "The weir broke."


def report(number: int) -> Article:
    identity = f"title:Outlet {number % 30}\tWeir {number}"
    return Article(
        id=article_id(identity),
        identity=identity,
        source=f"Outlet {number % 30}",
        title=f"Weir {number}",
        text=TEXT,
        language="en",
        published=FIRST + timedelta(hours=number),
        added=FIRST,
        blocks=(Block(0, len(TEXT)),),
    )


def stored(library: Library, count: int) -> list[ArticleId]:
    articles = [report(number) for number in range(count)]
    library.add(articles)
    return [article.id for article in articles]


def note(library: Library, ids: list[ArticleId], most: int) -> str:
    (found,) = with_left_out(Comparison(()), newest(library, ids, most)).notes
    return found


def test_few_reports_are_all_compared_without_a_note(library: Library) -> None:
    ids = stored(library, 4)
    chosen = newest(library, ids, 4)
    assert chosen.compared == tuple(ids)
    assert with_left_out(Comparison(()), chosen).notes == ()


def test_of_many_the_newest_are_compared_in_the_order_given(library: Library) -> None:
    ids = stored(library, 6)
    given = [ids[5], ids[0], ids[4], ids[1], ids[3], ids[2]]
    chosen = newest(library, given, 3)
    assert chosen.compared == (ids[5], ids[4], ids[3])
    assert [row.title for row in chosen.left_out] == ["Weir 2", "Weir 1", "Weir 0"]


def test_the_first_is_compared_however_old_it_is(library: Library) -> None:
    ids = stored(library, 6)
    assert newest(library, ids, 3).compared == (ids[0], ids[4], ids[5])
    assert note(library, ids, 3) == (
        "Of 6 reports the 2 newest are compared, and the one that is shown first. Left out: "
        "Outlet 3 (2025-03-01), Outlet 2 (2025-03-01), Outlet 1 (2025-03-01)."
    )


def test_a_note_names_a_dozen_of_those_left_out_and_counts_the_rest(library: Library) -> None:
    ids = stored(library, 40)
    told = note(library, ids[::-1], 20)
    assert told.startswith("Of 40 reports the 20 newest are compared. Left out: Outlet 19 (2025")
    assert told.endswith(" and 8 more.")
    assert told.count("Outlet") == 12
