"""Numbers: what is counted, tolls that are added up, and when two counts cannot both be right."""

from collections.abc import Callable
from math import inf

import pytest

from reader.compare import compare
from reader.compare.numbers import compatible, quantities
from reader.model import Article, Difference

Make = Callable[..., Article]


def read(text: str, language: str = "en") -> list[str]:
    """Return the normalized numbers of a text."""
    return [quantity.normalized for quantity in quantities(text, language)]


def numbers(*articles: Article) -> list[Difference]:
    """Return the differences about numbers."""
    return [d for d in compare(articles).differences if d.kind == "number"]


@pytest.mark.parametrize(
    ("text", "normalized"),
    [
        ("Police say 27 people came.", ["27 people"]),
        ("Twenty-five old houses burned.", ["25 houses"]),
        ("At least seven boats sank.", [">=7 boats"]),
        ("Some 10 to 15 trees fell.", ["9-16.5 trees"]),
        ("Between 10 and 15 trees fell.", ["10-15 trees"]),
        ("It cost $1.5bn.", ["1500000000 $"]),
        ("It cost 2.5 million euros.", ["2500000 euros"]),
        ("Prices rose 3.5% or 4 per cent.", ["3.5 %", "4 per cent"]),
        ("The 101 metre (330 foot) ship", ["101 metre", "100.584 foot"]),
        ("A 33-year-old came.", ["33 years old"]),
        ("Flight 446 took the A42 to Windows 10.", []),
        ("One of them won 3-2.", []),
    ],
)
def test_numbers_are_read_with_their_units(text: str, normalized: list[str]) -> None:
    assert read(text) == normalized


@pytest.mark.parametrize(
    ("language", "text", "normalized"),
    [
        (
            "de",
            "Mindestens 1.200 Menschen kamen, 2,5 Millionen Euro",
            [">=1200 menschen", "2500000 euro"],
        ),
        ("fr", "au moins 27 personnes", [">=27 personnes"]),
        ("es", "unos 1.200 soldados", ["1100-1300 soldados"]),
        ("it", "venti case", ["20 case"]),
        ("pt", "mais de 30 casas", [">=30 casas"]),
        ("nl", "zeker 27 mensen", [">=27 mensen"]),
    ],
)
def test_numbers_are_read_in_several_languages(
    language: str, text: str, normalized: list[str]
) -> None:
    assert read(text, language) == normalized


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("27 people", "25 people", False),
        ("at least 7 people", "9 people", True),
        ("at least 7 people", "5 people", False),
        ("2,500 people", "2,487 people", True),
        ("20 people", "24 people", False),
        ("101 metres", "330 feet", True),
        ("15 km", "10 miles", False),
        ("about 20 people", "22 people", True),
        ("ten people", "10 people", True),
    ],
)
def test_rounding_bounds_and_units_are_no_contradiction(one: str, other: str, fits: bool) -> None:
    (a,), (b,) = quantities(one, "en"), quantities(other, "en")
    assert compatible(a, b) is compatible(b, a) is fits


CRASH = "A coach hit the pillar of a bridge near Lunden on Monday evening."


def test_tolls_that_differ_are_an_alarm_and_parts_are_added_up(report: Make) -> None:
    one = report(
        CRASH, "Five people were taken away with serious injuries and 30 others were slightly hurt."
    )
    two = report(CRASH, "Police say 38 people were injured.", source="B")
    (difference,) = numbers(one, two)
    assert difference.alarm
    assert difference.topic == "how many: injured"
    assert {v.normalized for v in difference.variants} == {"35 injured", "38 injured"}
    assert {v.value for v in difference.variants} == {"Five people", "30 others", "38 people"}


def test_a_toll_is_told_once_in_any_language(report: Make) -> None:
    one = report(
        "Am Montag strandete vor Lunden eine Fähre, 12 Menschen wurden verletzt.", language="de"
    )
    two = report(
        "Vor Lunden strandete am Montag eine Fähre, dabei wurden 15 Menschen verletzt.",
        language="de",
        source="B",
    )
    (difference,) = numbers(one, two)
    assert {v.value for v in difference.variants} == {"12 Menschen", "15 Menschen"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Police say 24 people were injured.",
            "Four were badly hurt; 20 others were slightly injured.",
        ),
        ("Twelve people were killed.", "Ten tourists and two drivers were killed."),
        ("Twelve people were killed.", "Ten Swedish tourists were killed."),
        ("Twelve people were killed.", "Twelve died, among them five children."),
        ("Twelve people were killed.", "It is feared that 20 people were killed."),
        ("Twelve people were killed.", "In 2009 a fire killed 30 people there."),
        ("Twelve people were killed.", "Twelve people were killed and 30 injured."),
    ],
)
def test_tolls_that_can_both_be_right_stay_silent(report: Make, first: str, second: str) -> None:
    assert numbers(report(CRASH, first), report(CRASH, second, source="B")) == []


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "At least seven people were killed.", "Nine people were killed."),
        ("de", "Mindestens sieben Menschen wurden getötet.", "Neun Menschen wurden getötet."),
    ],
)
def test_a_toll_with_a_limit_is_shown_beside_the_exact_one_without_an_alarm(
    report: Make, language: str, first: str, second: str
) -> None:
    one = report(first, language=language)
    (difference,) = numbers(one, report(second, source="B", language=language))
    assert not difference.alarm
    assert len({v.article for v in difference.variants}) == 2


def test_lower_limits_far_apart_are_an_alarm(report: Make) -> None:
    one = report(CRASH, "At least two people were killed.")
    two = report(CRASH, "At least six people were killed.", source="B")
    (difference,) = numbers(one, two)
    assert difference.alarm


@pytest.mark.parametrize(
    ("language", "first", "second", "alarm"),
    [
        (
            "en",
            "The city bought the old mill of Lunden for 40 million dollars.",
            "For 55 million dollars the city bought the old mill of Lunden.",
            True,
        ),
        (
            "en",
            "The city bought the old mill of Lunden for $40 million.",
            "The city bought the old mill of Lunden for more than $40 million.",
            False,
        ),
        (
            "de",
            "Die Stadt kaufte die alte Mühle von Lunden für 40 Millionen Euro.",
            "Für 55 Millionen Euro kaufte die Stadt die alte Mühle von Lunden.",
            True,
        ),
        (
            "de",
            "Die Stadt kaufte die alte Mühle von Lunden für 40 Millionen Euro.",
            "Die Stadt kaufte die alte Mühle von Lunden für mehr als 40 Millionen Euro.",
            False,
        ),
        (
            "fr",
            "La ville a acheté le vieux moulin de Lunden pour 40 millions d'euros.",
            "La ville a acheté le vieux moulin de Lunden pour 55 millions d'euros.",
            True,
        ),
        (
            "es",
            "La ciudad compró el viejo molino de Lunden por 40 millones de euros.",
            "La ciudad compró el viejo molino de Lunden por 55 millones de euros.",
            True,
        ),
    ],
)
def test_a_price_at_odds_is_an_alarm_and_a_limit_is_none(
    report: Make, language: str, first: str, second: str, *, alarm: bool
) -> None:
    one = report(first, language=language)
    (difference,) = numbers(one, report(second, source="B", language=language))
    assert difference.alarm is alarm
    assert len({v.article for v in difference.variants}) == 2


def test_a_report_that_gives_both_amounts_is_at_odds_with_none(report: Make) -> None:
    one = report("The city bought the old mill of Lunden for 40 million dollars.")
    two = report(
        "The city bought the old mill of Lunden for 55 million dollars.",
        "It had first offered 40 million dollars for the old mill of Lunden.",
        source="B",
    )
    assert not any(d.alarm for d in numbers(one, two))


def test_other_counts_of_one_thing_are_an_alarm(report: Make) -> None:
    one = report("The new ferry of Lunden can carry 320 passengers across the bay.")
    two = report("Across the bay of Lunden the new ferry can carry 280 passengers.", source="B")
    (difference,) = numbers(one, two)
    assert {v.value for v in difference.variants} == {"320 passengers", "280 passengers"}
    assert difference.claim == 0


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Written out and in digits.
        ("The ferry carries twenty cars over the bay.", "The ferry carries 20 cars over the bay."),
        # The same number for other things, and other numbers for other things.
        ("The ferry carries 20 cars over the bay.", "The ferry carries 90 people over the bay."),
        (
            "The ferry carries 20 cars over the bay.",
            "The museum shows 24 cars of the last century.",
        ),
        # Too far apart to be one thing told differently.
        ("The ferry carried 20 cars over the bay.", "The ferry carried 4,000 cars over the bay."),
        # The other number stands there too.
        (
            "The ferry carries 20 cars over the bay.",
            "The ferry carries 24 cars over the bay, 20 cars of them below.",
        ),
    ],
)
def test_numbers_of_other_things_stay_silent(report: Make, first: str, second: str) -> None:
    assert numbers(report(first), report(second, source="B")) == []


def test_the_age_of_a_person_is_compared_by_the_name(report: Make) -> None:
    one = report("The captain, Ada Holm, 51, has sailed for decades.")
    two = report("For decades the 53-year-old Ada Holm has sailed as a captain.", source="B")
    (difference,) = numbers(one, two)
    assert difference.topic == "age: Ada Holm"
    assert {v.normalized for v in difference.variants} == {"51 years old", "53 years old"}


def test_vague_amounts_are_wide_intervals() -> None:
    assert read("Dozens of residents fled.") == ["24-150 residents"]
    assert read("Dutzende Anwohner flohen.", "de") == ["24-150 anwohner"]
    assert read("Des dizaines de maisons ont brûlé.", "fr") == ["20-150 maisons"]
    assert read("Decenas de casas ardieron.", "es") == ["20-150 casas"]


def test_measures_of_two_things_are_no_contradiction(report: Make) -> None:
    one = report("Jon Birk ran four laps of 9.6 kilometres in the park at Lunden on Sunday.")
    two = report(
        "Jon Birk ran in the park at Lunden on Sunday, on a straight of 4.3 kilometres.", source="B"
    )
    assert not [d for d in compare([one, two]).differences if d.alarm]


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        # "About" is as wide as the number is round.
        ("some 146 people", "149 people", False),
        ("some 150 people", "149 people", True),
        ("about 850 people", "900 people", False),
        # The same unit is not rounded, another one is converted.
        ("103 million dollars", "105 million dollars", False),
        ("110 metres", "103 metres", False),
    ],
)
def test_how_far_off_a_number_may_be_depends_on_its_digits(
    one: str, other: str, fits: bool
) -> None:
    (a,), (b,) = quantities(one, "en"), quantities(other, "en")
    assert compatible(a, b) is compatible(b, a) is fits


@pytest.mark.parametrize(
    ("language", "text", "normalized"),
    [
        ("en", "They waited for hours.", ["7200-86400 hours"]),
        ("en", "It sank in less than a minute.", ["0-60 minute"]),
        ("en", "It costs three dollars a day.", ["3 dollars"]),
        ("en", "It ended a 4-12 season.", []),
        ("de", "Sie warteten stundenlang.", ["7200-86400 stunden"]),
        ("de", "Das dauerte dreieinhalb Stunden.", ["12600 stunden"]),
        ("de", "Am Dienstag 23 Menschen verletzt", ["23 menschen"]),
        ("de", "Der 51 Jahre alte Fischer kam.", ["51 years old"]),
        ("fr", "Ils ont attendu pendant des heures.", ["7200-86400 heures"]),
        ("fr", "Cela a duré trois ans.", ["94672800 ans"]),
        ("fr", "Un pêcheur de 51 ans est venu.", ["51 years old"]),
        ("fr", "plusieurs centaines de maisons", ["200-1000 maisons"]),
        ("es", "Esperaron durante horas.", ["7200-86400 horas"]),
        ("es", "Duró tres años.", ["94672800 años"]),
        ("es", "Llegó un pescador de 51 años.", ["51 years old"]),
        ("es", "más del 60 %", [">=60 %"]),
    ],
)
def test_spells_ages_and_vague_amounts_are_told_apart(
    language: str, text: str, normalized: list[str]
) -> None:
    assert read(text, language) == normalized


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        (
            "en",
            "The council of Lunden put the cost of the sea wall at 24.3 million dollars.",
            "The cost of the sea wall was put at 23.4 million dollars by the council of Lunden.",
        ),
        (
            "de",
            "Der Rat von Lunden bezifferte die Kosten des Deichs auf 24,3 Millionen Euro.",
            "Die Kosten des Deichs bezifferte der Rat von Lunden auf 23,4 Millionen Euro.",
        ),
        (
            "fr",
            "Le conseil de Lunden chiffre le coût de la digue à 24,3 millions d'euros.",
            "Le coût de la digue est chiffré à 23,4 millions d'euros par le conseil de Lunden.",
        ),
        (
            "es",
            "El concejo de Lunden cifra el coste del dique en 24,3 millones de euros.",
            "El coste del dique es de 23,4 millones de euros, según el concejo de Lunden.",
        ),
    ],
)
def test_digits_that_changed_places_are_an_alarm(
    report: Make, language: str, first: str, second: str
) -> None:
    one = report(first, language=language)
    (difference,) = numbers(one, report(second, source="B", language=language))
    assert difference.alarm


@pytest.mark.parametrize(
    ("language", "first", "second", "later"),
    [
        (
            "en",
            "The wave at Lunden was 40 metres high.",
            "The wave at Lunden was 80 metres high.",
            "Earlier reports had put it at 40 metres.",
        ),
        (
            "de",
            "Die Welle vor Lunden war 40 Meter hoch.",
            "Die Welle vor Lunden war 80 Meter hoch.",
            "Zunächst war von 40 Metern die Rede.",
        ),
        (
            "fr",
            "La vague de Lunden mesurait 40 mètres.",
            "La vague de Lunden mesurait 80 mètres.",
            "Auparavant il était question de 40 mètres.",
        ),
        (
            "es",
            "La ola de Lunden medía 40 metros.",
            "La ola de Lunden medía 80 metros.",
            "Inicialmente se habló de 40 metros.",
        ),
    ],
)
def test_an_earlier_figure_is_shown_as_corrected(
    report: Make, language: str, first: str, second: str, later: str
) -> None:
    one = report(first, language=language)
    two = report(second, later, source="B", language=language)
    (difference,) = numbers(one, two)
    assert difference.class_ == "correction"
    assert not difference.alarm


def test_an_initial_offer_is_not_set_against_the_new_one(report: Make) -> None:
    one = report("The shipyard of Lunden made an initial offer of $103 million for its rival.")
    two = report("The shipyard of Lunden made an offer of $121 million for its rival.", source="B")
    assert not any(d.alarm for d in numbers(one, two))


def test_a_price_of_one_share_is_not_set_against_that_of_the_whole(report: Make) -> None:
    one = report("The shipyard of Lunden offered $70 a share, or $105 million, for its rival.")
    two = report("The shipyard of Lunden offered $103 million for its rival.", source="B")
    (difference,) = numbers(one, two)
    assert difference.alarm
    assert {v.value for v in difference.variants} == {"$105 million", "$103 million"}


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        (
            "en",
            "Near the harbour of Lunden the army keeps about 850 soldiers in a camp.",
            "The army keeps 1,200 troops in a camp near the harbour of Lunden.",
        ),
        (
            "de",
            "Am Hafen von Lunden hat die Armee rund 850 Soldaten in einem Lager.",
            "Die Armee hat 1.200 Personen in einem Lager am Hafen von Lunden.",
        ),
    ],
)
def test_other_nouns_for_the_same_people_are_compared(
    report: Make, language: str, first: str, second: str
) -> None:
    one = report(first, language=language)
    (difference,) = numbers(one, report(second, source="B", language=language))
    assert difference.alarm


def test_what_comes_on_top_is_not_what_was_there(report: Make) -> None:
    one = report("The army keeps 1,200 troops in a camp near the harbour of Lunden.")
    two = report(
        "Near the harbour of Lunden the army keeps a camp for another 850 troops.", source="B"
    )
    assert numbers(one, two) == []


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        (
            "en",
            "The people of Lunden have asked for a sea wall for years.",
            "The people of Lunden have asked for a sea wall for eight years.",
        ),
        (
            "de",
            "Die Leute von Lunden fordern den Deich seit Jahren.",
            "Die Leute von Lunden fordern den Deich schon acht Jahre lang.",
        ),
        (
            "fr",
            "Les gens de Lunden réclament une digue depuis des années.",
            "Les gens de Lunden réclament une digue depuis huit ans.",
        ),
        (
            "es",
            "Los vecinos de Lunden piden un dique desde hace años.",
            "Los vecinos de Lunden piden un dique durante ocho años.",
        ),
    ],
)
def test_how_long_with_and_without_a_number_is_no_alarm(
    report: Make, language: str, first: str, second: str
) -> None:
    one = report(first, language=language)
    (difference,) = numbers(one, report(second, source="B", language=language))
    assert not difference.alarm


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ("A five-year-old boy fell into the well.", "A six-year-old boy fell into the well.", True),
        ("A 71-year-old driver was hurt.", "A 32-year-old driver was hurt.", False),
    ],
)
def test_ages_of_people_without_a_name(report: Make, first: str, second: str, differ: bool) -> None:
    found = numbers(report(CRASH, first), report(CRASH, second, source="B"))
    assert [d.alarm for d in found] == [True] * differ


def test_a_report_that_contradicts_its_own_number_is_found(report: Make) -> None:
    one = report(
        "The new ferry of Lunden can carry 320 cars across the bay.",
        "It was built in the north.",
        "The new ferry of Lunden can carry 280 cars across the wide bay.",
    )
    two = report("The harbour of Lunden was closed by the storm.", source="B")
    (difference,) = numbers(one, two)
    assert difference.class_ == "own"


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "It lasted ten, or 15 minutes.", [("ten, or 15 minutes", 600, 900)]),
        ("en", "Two or three dozen cars burned.", [("Two or three dozen cars", 24, 36)]),
        ("en", "Five or six percent were lost.", [("Five or six percent", 5, 6)]),
        ("en", "It took no more than 12 boats.", [("no more than 12 boats", 0, 12)]),
        ("en", "It took more than 12 boats.", [("more than 12 boats", 12, inf)]),
        ("en", "It took no fewer than 12 boats.", [("no fewer than 12 boats", 12, inf)]),
        ("en", "He spoke in the run-up to the 2016 election.", []),
        ("en", "In 2016 people counted 2016 votes.", [("2016 votes", 2016, 2016)]),
        ("en", "A 48-page report listed cases.", [("48-page", 48, 48)]),
        ("de", "Nicht mehr als 5 Boote kamen.", [("Nicht mehr als 5 Boote", 0, 5)]),
        ("de", "Zehn oder zwölf Menschen kamen.", [("Zehn oder zwölf Menschen", 10, 12)]),
        ("fr", "Dix ou douze blessés.", [("Dix ou douze blessés", 10, 12)]),
        ("es", "No más de diez personas.", [("No más de diez personas", 0, 10)]),
    ],
)
def test_what_a_number_can_mean(
    language: str, text: str, wanted: list[tuple[str, float, float]]
) -> None:
    found = quantities(text, language, [(0, 7)] if text.startswith("In 2016") else [])
    assert [(text[q.start : q.end], q.low, q.high) for q in found] == wanted
