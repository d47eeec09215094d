"""Names spelled differently, offices of one person, lists of names, labels of an actor."""

from collections.abc import Callable

import pytest

from reader.compare import compare
from reader.model import Article, Difference

Make = Callable[..., Article]


def of(kind: str, *articles: Article) -> list[Difference]:
    """Return the differences of one kind."""
    return [d for d in compare(articles).differences if d.kind == kind]


def test_two_spellings_of_one_name_are_an_alarm_and_shown_as_the_word_that_differs(
    report: Make,
) -> None:
    one = report("The envoy Karim Talebi met the farmers.", "Later Talebi left for home.")
    two = report("The farmers were met by the envoy Karim Talibi.", source="B")
    (difference,) = of("name", one, two)
    assert difference.alarm
    assert difference.topic == "name: Karim Talebi"
    assert [(v.value, v.article) for v in difference.variants] == [
        ("Talebi", one.id),
        ("Talibi", two.id),
    ]


def test_a_spelling_that_looks_cut_off_is_shown_with_what_follows(report: Make) -> None:
    one = report("The bridge of Port Lundar in Norland has fallen.", "It was old.")
    two = report("In Norland the old bridge of Port Lundara has fallen.", source="B")
    values = {v.value for d in of("name", one, two) for v in d.variants}
    assert values == {"Port Lundar in Norland", "Lundara"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The mayor praised the Lunden Rangers.", "The mayor praised the Lunden Ranger."),
        ("He met Foreign Minister Holm.", "He met Foreign Ministry staff and Minister Holm."),
        ("A Russian ship of the Baltic Line sank.", "A Russia ship of the Baltic Line sank."),
        ("The Defence Board met in Lunden.", "The Defense Board met in Lunden."),
        ("The Süddal Board met in Lunden.", "The Sueddal Board met in Lunden."),
        ("They met on Tuesday in Lunden Hall.", "They met on Thursday in Lunden Hall."),
        ("Fights broke out in North Lunden.", "Fights broke out in South Lunden."),
        ("Ada Holm spoke of Norland's future.", "Ada Holm spoke for the future of Norland."),
    ],
)
def test_forms_of_one_word_and_other_words_are_no_misspelling(
    report: Make, first: str, second: str
) -> None:
    assert of("name", report(first), report(second, source="B")) == []


def test_two_persons_of_one_family_are_not_one_misspelt(report: Make) -> None:
    one = report("Maria Holm sang.", "Marta Holm danced.", "Maria Holm won.", "Marta Holm lost.")
    two = report("Maria Holm sang and Marta Holm danced.", source="B")
    assert of("name", one, two) == []


def test_offices_that_differ_are_shown_without_an_alarm(report: Make) -> None:
    one = report("Deputy Trade Minister Jo Ravn opened the fair in Lunden.")
    two = report("The fair in Lunden was opened by Trade Minister Jo Ravn.", source="B")
    three = report("Jo Ravn, the acting trade minister of Norland, opened the fair.", source="C")
    (difference,) = of("office", one, two, three)
    assert not difference.alarm
    assert difference.topic == "office: Jo Ravn"
    assert {v.value for v in difference.variants} == {
        "Deputy Trade Minister",
        "Trade Minister",
        "acting trade minister",
    }


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("President Jo Ravn opened the fair.", "The German President Jo Ravn opened the fair."),
        ("Mr Jo Ravn opened the fair.", "Minister Jo Ravn opened the fair."),
        ("Spokeswoman Ada Holm told us of it.", "The spokesperson Ada Holm told us of it."),
    ],
)
def test_an_office_that_only_says_more_is_no_difference(
    report: Make, first: str, second: str
) -> None:
    assert of("office", report(first), report(second, source="B")) == []


def test_a_longer_list_of_names_is_shown(report: Make) -> None:
    one = report("Countries like Chile and Peru have kept their embassies in the port.")
    two = report("Chile, Peru, Ghana (GH) and Japan have embassies in the port.", source="B")
    (difference,) = of("list", one, two)
    assert not difference.alarm
    assert {v.value for v in difference.variants} == {
        "Chile and Peru",
        "Chile, Peru, Ghana (GH) and Japan",
    }


@pytest.mark.parametrize(
    "other",
    [
        "Embassies in the port are kept by Peru and Chile.",
        "Ships from Chile, Ghana and Japan have left the port.",
    ],
)
def test_equal_lists_and_lists_of_others_are_no_difference(report: Make, other: str) -> None:
    one = report("Countries like Chile and Peru have kept their embassies in the port.")
    assert of("list", one, report(other, source="B")) == []


def test_what_each_outlet_calls_an_actor_is_shown(report: Make) -> None:
    one = report("The Red Dawn, a militant group, holds the pass.", "The pass is high.")
    two = report("The pass is held by the Red Dawn movement.", source="B")
    three = report("Radical Red Dawn men hold the pass.", source="C")
    (difference,) = of("label", one, two, three)
    assert not difference.alarm
    assert {v.value for v in difference.variants} >= {"militant group", "Red Dawn movement"}
    assert len({v.article for v in difference.variants}) == 3
