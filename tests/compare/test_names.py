"""Names spelled differently, offices of one person, lists of names, labels of an actor."""

from collections.abc import Callable

import pytest

from reader.compare import compare
from reader.model import Article, Difference

Make = Callable[..., Article]


def of(kind: str, *articles: Article) -> list[Difference]:
    """Return the differences of one kind."""
    return [d for d in compare(articles).differences if d.kind == kind]


def test_two_spellings_of_one_name_are_no_alarm_and_shown_as_the_word_that_differs(
    report: Make,
) -> None:
    one = report("The envoy Karim Talebi met the farmers.", "Later Talebi left for home.")
    two = report("The farmers were met by the envoy Karim Talibi.", source="B")
    (difference,) = of("name", one, two)
    assert not difference.alarm
    assert difference.topic == "name: Karim Talibi"
    assert [(v.value, v.article) for v in difference.variants] == [
        ("Talebi", one.id),
        ("Talibi", two.id),
    ]


def test_a_spelling_that_looks_cut_off_is_shown_with_its_whole_name(report: Make) -> None:
    one = report("The bridge of Port Lundar in Norland has fallen.", "It was old.")
    two = report("In Norland the old bridge of Port Lundara has fallen.", source="B")
    values = {v.value for d in of("name", one, two) for v in d.variants}
    assert values == {"Port Lundar", "Port Lundara"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The mayor praised the Lunden Rangers.", "The mayor praised a Lunden Ranger."),
        ("Two Lunden Rangers were seen there.", "Two Lunden Ranger fans were seen there."),
        ("The Galaxo S8 was shown in Lunden.", "The Galaxo S9 was shown in Lunden."),
        ("Probe Skua-3 was lost in Norland.", "Probe Skua-4 was lost in Norland."),
        ("Sayid Holm fell in Lunden.", "Sayed Brandt fell in Lunden."),
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


@pytest.mark.parametrize(
    ("first", "second", "language", "values"),
    [
        (
            "A bomb went off in Dar-i-Lund on Monday night.",
            "On Monday night a bomb went off in Dar-e-Lund.",
            "en",
            {"Dar-i-Lund", "Dar-e-Lund"},
        ),
        (
            "They met on the set of Hunters of Ale in 2014.",
            "The pair met on the set of the series Hunter of Ale.",
            "en",
            {"Hunters of Ale", "Hunter of Ale"},
        ),
        (
            "The jet of All Norland Airways turned back.",
            "A jet of All Norland Airlines turned back to Lunden.",
            "en",
            {"All Norland Airways", "All Norland Airlines"},
        ),
        (
            "The satellite Skuasongvor-4 is in orbit.",
            "The satellite Skuasong 4 is in orbit.",
            "en",
            {"Skuasongvor-4", "Skuasong 4"},
        ),
        (
            "She was shocked when Lundelec sent the bill of a billion.",
            "She was shocked when Lundelac sent her a bill of a billion.",
            "en",
            {"Lundelec", "Lundelac"},
        ),
        (
            "Der Gesandte Karim Talebi traf am Montag die Bauern.",
            "Am Montag traf Karim Talibi die Bauern im Tal.",
            "de",
            {"Talebi", "Talibi"},
        ),
        (
            "Les paysans ont vu l'émissaire Karim Talebi lundi.",
            "Lundi, Karim Talibi a vu les paysans de la vallée.",
            "fr",
            {"Talebi", "Talibi"},
        ),
        (
            "El enviado Karim Talebi visitó a los campesinos.",
            "Los campesinos vieron a Karim Talibi en el valle.",
            "es",
            {"Talebi", "Talibi"},
        ),
    ],
)
def test_one_name_written_in_two_ways_is_shown(
    report: Make, first: str, second: str, language: str, values: set[str]
) -> None:
    articles = report(first, language=language), report(second, source="B", language=language)
    (difference,) = of("name", *articles)
    assert not difference.alarm
    assert {v.value for v in difference.variants} == values


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Das Haus am Markt brannte in Lunden.", "In Lunden brannte die Maus am Markt."),
        ("Der Wagen stand vor dem Rathaus.", "Vor dem Rathaus stand der Magen offen."),
        ("Die Lundener Rundschau berichtete.", "Die Rundschauer in Lunden berichteten."),
    ],
)
def test_german_nouns_of_similar_letters_are_no_misspelling(
    report: Make, first: str, second: str
) -> None:
    one, two = report(first, language="de"), report(second, source="B", language="de")
    assert of("name", one, two) == []


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


def test_two_kinds_of_apostrophes_are_one_spelling(report: Make) -> None:
    one = report("“It is sad,” said Dara O’Connell, who leads the club.")
    two = report('"It is sad," said Dara O\'Connell, who leads the club.', source="B")
    assert of("name", one, two) == []
