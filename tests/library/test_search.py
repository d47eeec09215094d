"""The search language finds what it says, and says where it cannot be understood."""

import re
import string
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import QueryError
from reader.library import Library, Query, listing, parse_query
from reader.library.search import FIELDS, FLAGS, written_out
from reader.model import Article, ArticleId, article_id

Make = Callable[..., Article]

TEXTS = (
    ("en", "Storms damaged houses", "The runners were running from café to café. Don't wait."),
    ("de", "Stürme über Häfen", "Die Häuser wurden beschädigt, sagte die Bürgermeisterin."),
    ("fr", "Tempête nationale", "Les maisons endommagées seront réparées à l’été 2025."),
    ("zh", "东京发生地震", "昨天晚上，日本东京都发生了强烈地震。"),
    ("ko", "서울에서 열린 회의", "회의는 서울에서 열렸다."),
    ("ar", "العاصفة", "كَتَبَ المراسلون عن العاصفة في المدينة."),
    ("ru", "Шторм", "Ёлки упали на дороги города."),
    (None, "No language", "running late, 3.5 million at 12:30"),
    ("he", "שָׁלוֹם", "שלום לכולם"),
    ("th", "ข่าว", "แผ่นดินไหวในกรุงเทพ"),
    ("fa", "می‌خواهم", "او می‌خواهد برود"),
    ("hi", "हिन्दी", "समाचार हिन्दी में"),
)


@pytest.fixture(scope="module")
def polyglot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with an article in each of several languages, numbered as in TEXTS."""
    added = datetime(2024, 6, 1, tzinfo=UTC)
    with Library.open(tmp_path_factory.mktemp("polyglot")) as library:
        library.add(
            Article(
                id=ArticleId(article_id(f"id:{n}")),
                identity=f"id:{n}",
                source="Wire" if n % 2 else "Daily",
                title=title,
                text=text,
                author="José Ortega" if n == 0 else None,
                added=added,
                language=language,
            )
            for n, (language, title, text) in enumerate(TEXTS)
        )
        yield library


def found(library: Library, query: str) -> list[int]:
    numbers = {article_id(f"id:{n}"): n for n in range(len(TEXTS))}
    return sorted(numbers[id_] for id_ in library.ids(parse_query(query)))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("storm", [0]),
        ("DAMAGING", [0]),
        ("run", [0]),
        ("running", [0, 7]),
        ("haus", [1]),
        ("Hausern", [1]),
        ("burgermeisterin", [1]),
        ("cafe", [0]),
        ("cafés", [0]),
        ("don't", [0]),
        ("endommagée", [2]),
        ("été", [2]),
        ("2025", [2]),
        ("3.5", [7]),
        ("12:30", [7]),
        ("地震", [3]),
        ("东京都", [3]),
        ("京东", []),
        ("서울", [4]),
        ("كتب", [5]),
        ("елки", [6]),
        ("город", [6]),
        ("שלום", [8]),
        ("แผ่นดินไหว", [9]),
        ("میخواهم", [10]),
        ("हिन्दी", [11]),
        ('"damaged houses"', [0]),
        ('"houses damaged"', []),
        ('"run from"', [0]),
        ('"running from caf"*', [0]),
        ("dam*", [0]),
        ("running*", [0, 7]),
        ("runn*", [0, 7]),
        ("Häu*", [1]),
        ("title:storm", [0]),
        ("title:running", []),
        ("title:dam*", [0]),
        ('title:"storms damaged"', [0]),
        ("author:ortega", [0]),
        ('author:"jose ort"*', [0]),
        ("ortega", [0]),
        ("storm OR haus", [0, 1]),
        ("storm haus", []),
        ("storm AND running", [0]),
        ("running -storm", [7]),
        ("running NOT storm", [7]),
        ("running - storm", [0]),
        ("(storm OR haus) lang:de", [1]),
        ("--storm", [0]),
        ("storm OR lang:zh", [0, 3]),
        ("-(lang:en OR lang:de OR running)", [2, 3, 4, 5, 6, 8, 9, 10, 11]),
        ("title:(storm OR haus) OR title:(häfen -haus)", [0, 1]),
        ('title:("storms damaged" OR シ)', [0]),
        ("-title:(storm OR häfen) (storm OR haus)", []),
        ("source:(wire OR daily) storm", [0]),
        ("lang:(de OR fr)", [1, 2]),
        ("is:(starred OR unread) lang:de", [1]),
        ("title:(storm) run", [0]),
        ("-storm", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
        ("NOT NOT storm", [0]),
        ("on:2024-06 (storm OR haus)", [0, 1]),
        ("before:2024 storm", []),
        ("storm after:2024-06-01 -before:2024-05", [0]),
        ("and", []),
        ("!!! storm ???", [0]),
        ("", list(range(len(TEXTS)))),
        ("  ", list(range(len(TEXTS)))),
        ("…", list(range(len(TEXTS)))),
    ],
)
def test_words_are_found_as_people_write_them(
    polyglot: Library, query: str, expected: list[int]
) -> None:
    assert found(polyglot, query) == expected


@pytest.mark.parametrize(
    ("query", "position", "expected"),
    [
        ('storm "damage', 6, "quotation mark is never closed"),
        ("(storm OR rain", 0, "bracket is never closed: expected “)”"),
        ("storm)", 5, "no bracket open that “)” could close"),
        ("storm OR", 8, "ends too early: expected a word after “OR”"),
        ("OR storm", 0, "Expected a word, a field or a bracket instead of “OR”"),
        ("storm AND OR rain", 10, "instead of “OR”"),
        ("()", 1, "instead of “)”"),
        ("is:loud", 3, "“loud” is not known: expected one of unread, read, starred"),
        ("has:wings", 4, "expected “annotation”"),
        ("has: annotation", 4, "Expected “annotation” after “has:”"),
        ("colour:red", 0, "no field “colour:”: expected one of title:, source:"),
        ("storm tag:", 10, "Expected a tag after “tag:”"),
        ('source:""', 7, "Expected the name of an outlet"),
        ("before:soon", 7, "“soon” is no date: expected a date such as 2025"),
        ("on:2024-13", 3, "is no date"),
        ("after:2024-02-30", 6, "is no date"),
        ("after:99999y", 6, "is no date"),
        ('storm ""', 6, "Expected words between the quotation marks"),
        ('title:""', 6, "Expected words between the quotation marks"),
        ("*", 0, "A star stands at the end of a word"),
        ("storm *", 6, "A star stands at the end of a word"),
        ("st*rm", 2, "A star stands at the end of a word"),
        ("*storm", 0, "A star stands at the end of a word"),
        ("titel:storm", 0, "no field “titel:” (did you mean “title:”?)"),
        ("is:unraed", 3, "not known (did you mean “unread”?)"),
        (
            "title:(storm author:x)",
            13,
            "Inside the bracket of “title:” there can be no other field",
        ),
        ("title:(storm", 6, "bracket is never closed"),
        ("title:()", 7, "instead of “)”"),
        ("on:(2024 OR soon)", 12, "“soon” is no date"),
        ("search:", 7, "Expected the name of a saved search"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_was_expected(
    query: str, position: int, expected: str
) -> None:
    with pytest.raises(QueryError) as told:
        parse_query(query)
    assert expected in str(told.value)
    assert told.value.position == position
    assert str(told.value).endswith(".")


@pytest.mark.parametrize(
    ("piece", "position", "expected"),
    [
        ("(", 30, "Brackets may be 30 deep at most"),
        (")", 0, "instead of “)”"),
        ("NOT ", 40_000, "ends too early"),
        ("a OR ", 1000, "more than 200 terms"),
        ('"', 0, "Expected words between the quotation marks"),
        ("title:", 6, "Expected words of the title"),
    ],
)
def test_ten_thousand_of_anything_are_a_mistake_with_its_place(
    piece: str, position: int, expected: str
) -> None:
    with pytest.raises(QueryError, match=expected.replace(")", r"\)")) as told:
        parse_query(piece * 10_000)
    assert told.value.position == position


@pytest.mark.parametrize(
    ("query", "expected", "written"),
    [
        ("sto", [0], "(sto OR sto*)"),
        ("storming", [0], "(storming OR storming*)"),
        ("storming ", [0], "storming "),
        ("running dam", [0], "running (dam OR dam*)"),
        ("dam running", [], "dam (running OR running*)"),
        ("title:dam", [0], "title:(dam OR dam*)"),
        ("running -dam", [7], "running -(dam OR dam*)"),
        ("storm d", [0], "storm d"),
        ("-d", list(range(12)), "-d"),
        ("storm da", [], "storm da"),
        ('"dam"', [], '"dam"'),
        ("runn*", [0, 7], "runn*"),
        ("dam:", [0], '("dam:" OR "dam:"*)'),
        ("running dam:", [0], 'running ("dam:" OR "dam:"*)'),
        ("title:dam:", [0], 'title:("dam:" OR "dam:"*)'),
        ("running -dam:", [7], 'running -("dam:" OR "dam:"*)'),
        ("dam\\", [0], '("dam\\\\" OR "dam\\\\"*)'),
        ("东", [3], "东"),
        ("lang:de", [1], "lang:de"),
        ("(storm OR haus) AND", None, ""),
    ],
)
def test_while_it_is_typed_the_last_word_may_go_on(
    polyglot: Library, query: str, expected: list[int] | None, written: str
) -> None:
    if expected is None:
        with pytest.raises(QueryError):
            parse_query(query, typing=True)
        return
    numbers = {article_id(f"id:{n}"): n for n in range(len(TEXTS))}
    found = polyglot.ids(parse_query(query, typing=True))
    assert sorted(numbers[id_] for id_ in found) == expected
    assert written_out(query) == written
    if " d" not in query and query != "-d":
        assert polyglot.ids(parse_query(written)) == found


def test_a_tag_that_is_typed_may_go_on(library: Library, make: Make) -> None:
    library.add([make(1), make(2)])
    library.notebook.tag([make(1).id], add=["climate"])
    assert library.ids(parse_query("tag:cli")) == []
    assert library.ids(parse_query("tag:cli", typing=True)) == [make(1).id]


def test_every_example_of_the_documentation_is_understood() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "search.md"
    rows = [line for line in page.read_text(encoding="utf-8").splitlines() if line[:3] == "| `"]
    examples = [text for row in rows for text in re.findall("`([^`]+)`", row.split(" | ")[0])]
    assert len(examples) > 30
    for example in examples:
        parse_query(example)


def test_a_very_long_word_or_phrase_is_looked_for_like_any_other(polyglot: Library) -> None:
    assert found(polyglot, "x" * 100_000) == []
    assert found(polyglot, '"' + "storm " * 5_000 + '"') == []
    assert found(polyglot, "storm OR " + "é" * 100_000) == [0]


def test_removed_articles_are_not_counted_however_many_there_are(
    library: Library, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [make(n, text="A storm came.") for n in range(6)]
    library.add(articles)
    library.notebook.mark([a.id for a in articles[:2]], removed=True)
    assert library.count(parse_query("storm")) == 4
    monkeypatch.setattr(listing, "FEW", 1)
    assert library.count(parse_query("storm")) == len(library.find(parse_query("storm"))) == 4
    assert library.count(parse_query("storm is:removed")) == 2


def test_queries_are_put_together(polyglot: Library) -> None:
    both = parse_query("running") & parse_query("lang:en")
    assert polyglot.count(both) == 1
    assert polyglot.count(Query() & both & Query()) == 1
    assert hash(both) == hash(parse_query("running lang:en"))


def test_the_words_looked_for_are_told_for_highlighting() -> None:
    query = parse_query('Storm -rain title:"high seas" (house* OR 地震) tag:calm')
    assert query.words == (
        ("storm", False),
        ("high", False),
        ("seas", False),
        ("house", True),
        ("地", False),
        ("震", False),
    )


@pytest.mark.parametrize(
    ("query", "hours", "expected"),
    [
        ("after:3d", 71, True),
        ("after:3d", 73, False),
        ("before:3d", 73, True),
        ("after:2h", 1, True),
        ("before:1w", 24 * 8, True),
        ("after:1m", 24 * 29, True),
        ("after:1y", 24 * 360, True),
        ("on:today", 0, True),
        ("before:tomorrow OR on:today", 0, None),
    ],
)
def test_times_count_back_from_now(
    library: Library, make: Make, query: str, hours: float, expected: bool | None
) -> None:
    if expected is None:
        with pytest.raises(QueryError):
            parse_query(query)
        return
    when = datetime.fromtimestamp(time.time() - hours * 3600, UTC)
    library.add([make(1, published=when)])
    assert (library.count(parse_query(query)) == 1) is expected


PIECES = st.sampled_from(
    [
        *(f"{field}:" for field in FIELDS),
        *(f"is:{flag}" for flag in FLAGS),
        *"()\"*-:'\\%_^+{}[]&|~",
        *(" AND ", " OR ", " NOT ", " ", "\0", "\n", "NEAR(", "rowid", "title", "storm", "地震"),
        *(
            "2024",
            "3d",
            "today",
            "none",
            "0",
            "🌊",
            "\u0301",
            "\u200d",
            "\ud800",
            "ß",
            "İ",
            "ﬁ",
            "⑴",
        ),
    ]
)
QUERIES = st.one_of(
    st.lists(PIECES, max_size=25).map("".join),
    st.text(max_size=60),
    st.text(alphabet=string.printable, max_size=60),
)


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(QUERIES)
def test_any_query_is_answered_or_its_mistake_is_told(polyglot: Library, query: str) -> None:
    asked, mistake = understood(query)
    if mistake is not None:
        assert 0 <= mistake.position <= len(query)
        assert str(mistake).endswith(".")
        return
    number = polyglot.count(asked)
    assert len(polyglot.find(asked)) == number
    assert len(polyglot.ids(asked, order="source")) == number
    assert polyglot.count(parse_query(query, typing=True)) >= 0
    assert polyglot.count(parse_query(written_out(query))) >= number
    opposite = polyglot.count(parse_query(f"NOT ({query}\n)")) if query.strip() else 0
    assert opposite in {len(TEXTS) - number, 0}


def understood(query: str) -> tuple[Query, QueryError | None]:
    try:
        return parse_query(query), None
    except QueryError as error:
        return Query(), error
