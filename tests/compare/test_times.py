"""Times: what a mention can mean, and when two of them cannot both be right."""

from collections.abc import Callable
from datetime import date

import pytest

from reader.compare import compare
from reader.compare.times import moments
from reader.model import Article, Difference

Make = Callable[..., Article]
FRIDAY = date(2025, 3, 14)


def read(
    text: str, language: str = "en", published: date | None = FRIDAY
) -> list[tuple[str, str | None]]:
    """Return (as written, normalized) of the times in a text."""
    return [(text[m.start : m.end], m.normalized) for m in moments(text, language, published)]


def times(*articles: Article) -> list[Difference]:
    """Return the differences about times."""
    return [d for d in compare(articles).differences if d.kind == "time"]


@pytest.mark.parametrize(
    ("text", "written", "normalized"),
    [
        ("It opened on March 3.", "March 3", "2025-03-03"),
        ("It opened on 3 March 2024.", "3 March 2024", "2024-03-03"),
        ("It opened on December 30.", "December 30", "2024-12-30"),
        ("It closed in August 2021.", "August 2021", "2021-08"),
        ("It closed in May.", "May", "2024-05"),
        ("It closed in 1998.", "1998", "1998"),
        ("On 2025-03-01 it closed.", "2025-03-01", "2025-03-01"),
        ("The vote was on Tuesday.", "Tuesday", "2025-03-11"),
        ("The vote will be on Tuesday.", "Tuesday", "2025-03-18"),
        ("It happened last year.", "last year", "2024"),
        ("It happened yesterday.", "yesterday", "2025-03-13"),
        ("It began three years ago.", "three years ago", "2021-03-14/2022-09-13"),
        ("It began nearly three years ago.", "nearly three years ago", "2022-03-14/2023-03-15"),
        ("The call came at 12:13 pm.", "12:13 pm", "12:13"),
        ("The call came around 9.20pm.", "around 9.20pm", "21:15-21:25"),
        ("It fell at midday on Sunday.", "midday on Sunday", "2025-03-09T11:30-12:30"),
        ("It fell early Sunday afternoon.", "early Sunday afternoon", "2025-03-09T11:30-15:30"),
    ],
)
def test_times_are_read_as_intervals_and_relative_ones_by_the_date_of_publication(
    text: str, written: str, normalized: str
) -> None:
    assert read(text) == [(written, normalized)]


@pytest.mark.parametrize(
    "text",
    [
        "It may rain and they march on.",
        "He sat in room 1998 of 2,015.",
        "We now know that this second one counts.",
        "The clock struck 11 pm GMT.",
        "The Boeing 747 flew 1,200 miles.",
    ],
)
def test_words_that_only_look_like_times_are_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("language", "text", "normalized"),
    [
        ("de", "Am 3. März 2025 begann es.", "2025-03-03"),
        ("de", "Am Dienstagabend begann es.", "2025-03-11T17:00-00:00"),
        ("de", "Das war vor knapp drei Jahren.", "2022-03-14/2023-03-15"),
        ("fr", "Le 3 mars 2025, tout a commencé.", "2025-03-03"),
        ("fr", "C'était il y a trois ans.", "2021-03-14/2022-09-13"),
        ("es", "Empezó el 3 de marzo de 2025.", "2025-03-03"),
        ("es", "Fue el año pasado.", "2024"),
        ("it", "Cominciò nell'agosto 2021.", "2021-08"),
        ("pt", "Começou em 3 de março de 2025.", "2025-03-03"),
        ("nl", "Het begon op 3 maart 2025.", "2025-03-03"),
        ("nl", "Dat was vorig jaar.", "2024"),
        ("ru", "2025-03-03", "2025-03-03"),
    ],
)
def test_times_are_read_in_several_languages(language: str, text: str, normalized: str) -> None:
    assert [found for _, found in read(text, language)] == [normalized]


def test_without_a_date_of_publication_relative_times_stay_open() -> None:
    assert read("It happened last year.", published=None) == [("last year", None)]
    assert read("It happened on 3 March 2024.", published=None) == [("3 March 2024", "2024-03-03")]


def test_two_years_of_one_event_are_an_alarm_with_the_shortest_phrases(report: Make) -> None:
    one = report(
        "The dam of Lunden was finished in 2011 after long delays.", "It is 40 metres high."
    )
    two = report("After delays the dam of Lunden was finished in 2013.", source="B")
    (difference,) = times(one, two)
    assert difference.alarm
    assert {v.value for v in difference.variants} == {"2011", "2013"}
    assert 0 < difference.confidence <= 1


def test_a_counted_time_is_set_against_a_date(report: Make) -> None:
    one = report("The rebels took power in the islands nearly three years ago.", day="2025-07-04")
    two = report(
        "The rebels took power in the islands in August 2021.", source="B", day="2025-07-04"
    )
    (difference,) = times(one, two)
    assert {v.value for v in difference.variants} == {"nearly three years ago", "August 2021"}


def test_a_report_that_contradicts_itself_is_found(report: Make) -> None:
    one = report(
        "The rebels took power in the islands nearly three years ago.",
        "The islands are poor.",
        "The rebels took power in the islands in August 2021, when the fleet had left.",
        day="2025-07-04",
    )
    two = report("The islands are poor and their harbours are empty.", source="B", day="2025-07-04")
    (difference,) = times(one, two)
    assert {v.article for v in difference.variants} == {one.id}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # The same day, given as a date and as a weekday.
        ("The minister opened the dam of Lunden on March 13.",) * 2,
        (
            "The minister opened the dam of Lunden on March 13.",
            "The minister opened the dam of Lunden on Thursday.",
        ),
        # A detail and its general form.
        (
            "The minister opened the dam of Lunden in March.",
            "The minister opened the dam of Lunden on March 13.",
        ),
        # A day against a year.
        (
            "The dam of Lunden was opened on March 13.",
            "The dam of Lunden was opened in 2011 and again this year.",
        ),
        # Other events.
        (
            "The dam of Lunden was finished in 2011.",
            "The dam of Lunden was damaged by a landslide in 2013.",
        ),
        # When it was said is not when it happened.
        (
            "The dam of Lunden will be repaired, the minister said on Tuesday.",
            "The dam of Lunden will be repaired, the minister said on Thursday.",
        ),
    ],
)
def test_compatible_times_stay_silent(report: Make, first: str, second: str) -> None:
    rest = "It holds the water of three rivers of the north."
    assert times(report(first, rest), report(second, rest, source="B")) == []


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        (
            "en",
            "The dam of Lunden was finished in 2011.",
            "The dam of Lunden was finished in May 2011.",
        ),
        (
            "en",
            "The dam of Lunden broke shortly after noon on Sunday.",
            "The dam of Lunden broke early Sunday afternoon.",
        ),
        (
            "de",
            "Der Damm von Lunden brach am Sonntag.",
            "Der Damm von Lunden brach am Sonntagabend.",
        ),
        (
            "fr",
            "Le barrage de Lunden a été achevé en 2011.",
            "Le barrage de Lunden a été achevé en mai 2011.",
        ),
        (
            "es",
            "La presa de Lunden fue terminada en 2011.",
            "La presa de Lunden fue terminada en mayo de 2011.",
        ),
    ],
)
def test_a_more_precise_time_is_shown_without_an_alarm(
    report: Make, language: str, first: str, second: str
) -> None:
    one = report(first, language=language)
    (difference,) = times(one, report(second, source="B", language=language))
    assert not difference.alarm


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        (
            "en",
            "The fire broke out in the mill at 3.15 am.",
            "The fire in the mill began at 4.40 am.",
        ),
        (
            "de",
            "Das Feuer brach in der alten Mühle gegen 3.15 Uhr aus.",
            "In der alten Mühle brach gegen 4.40 Uhr das Feuer aus.",
        ),
    ],
)
def test_two_clocks_of_one_event_are_an_alarm(
    report: Make, language: str, first: str, second: str
) -> None:
    one = report(first, language=language)
    (difference,) = times(one, report(second, source="B", language=language))
    assert difference.alarm


def test_equal_words_never_differ_whatever_they_are_resolved_to(report: Make) -> None:
    text = "The new bridge of Lunden was opened to traffic in June."
    one, two = report(text, day="2025-05-30"), report(text + " ", source="B", day="2025-07-02")
    assert times(one, two) == []


def test_a_sentence_that_gives_the_other_time_too_stays_silent(report: Make) -> None:
    one = report("The dam of Lunden was closed in 2011 and closed again in 2013.")
    two = report("The dam of Lunden was closed in 2013, as every one of its sluices.", source="B")
    assert times(one, two) == []


def test_a_report_that_gives_both_times_speaks_of_two_events(report: Make) -> None:
    one = report("The dam of Lunden was closed for repairs in 2011.")
    two = report(
        "The dam of Lunden was closed for repairs in 2011.",
        "The dam of Lunden was closed for repairs in 2013.",
        source="B",
    )
    assert times(one, two) == []


def test_the_timeline_gathers_what_is_dated(report: Make) -> None:
    one = report("The dam was finished in 2011.", "It broke on March 9.")
    two = report("On Sunday it broke.", "It was renewed in May 2013.", source="B")
    timeline = compare([one, two]).timeline
    assert [event.date for event in timeline] == ["2011", "2013-05", "2025-03-09"]
    assert [span.text for span in timeline[-1].members] == ["March 9", "Sunday"]


def test_a_programme_called_today_is_no_day() -> None:
    day = date(2025, 3, 14)
    assert moments('He said so on the "Today" show.', "en", day) == []
    assert len(moments("Today the port was closed.", "en", day)) == 1
    assert len(moments("The port was closed today.", "en", day)) == 1


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        (
            "en",
            "The storm over Lunden destroyed the old pier this week.",
            "The storm over Lunden destroyed the old pier last week.",
        ),
        (
            "de",
            "Der Sturm zerstörte diese Woche die alte Mole von Lunden.",
            "Der Sturm zerstörte letzte Woche die alte Mole von Lunden.",
        ),
        (
            "fr",
            "La tempête a détruit cette semaine le vieux quai de Lunden.",
            "La tempête a détruit la semaine dernière le vieux quai de Lunden.",
        ),
        (
            "es",
            "La tormenta destruyó esta semana el viejo muelle de Lunden.",
            "La tormenta destruyó la semana pasada el viejo muelle de Lunden.",
        ),
    ],
)
def test_this_week_and_last_week_are_an_alarm(
    report: Make, language: str, first: str, second: str
) -> None:
    one = report(first, language=language)
    (difference,) = times(one, report(second, source="B", language=language))
    assert difference.alarm


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        (
            "en",
            "The merger of Lunden and Saltby takes effect on January 1, 2026.",
            "Lunden and Saltby will be one town from January 1, 2027.",
        ),
        (
            "de",
            "Die Fusion von Lunden und Saltby gilt ab dem 1. Januar 2026.",
            "Am 1. Januar 2027 werden Lunden und Saltby durch die Fusion eine Stadt.",
        ),
        (
            "fr",
            "La fusion de Lunden et de Saltby prend effet le 1er janvier 2026.",
            "Le 1er janvier 2027, Lunden et Saltby achèveront leur fusion.",
        ),
        (
            "es",
            "La fusión de Lunden y Saltby rige desde el 1 de enero de 2026.",
            "El 1 de enero de 2027 culminará la fusión de Lunden y Saltby.",
        ),
    ],
)
def test_one_day_of_two_years_is_an_alarm(
    report: Make, language: str, first: str, second: str
) -> None:
    one = report(first, language=language)
    (difference,) = times(one, report(second, source="B", language=language))
    assert difference.alarm


def test_the_time_of_an_event_that_is_told_of_is_no_time_of_saying(report: Make) -> None:
    one = report("Police said the fire at the mill of Lunden broke out late on Thursday night.")
    two = report("Police said the fire at the mill of Lunden broke out on Thursday.", source="B")
    (difference,) = times(one, two)
    assert not difference.alarm


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        (
            "en",
            "The mill of Lunden will be rebuilt, the mayor said in a statement on Tuesday.",
            "The mill of Lunden will be rebuilt, said the mayor in an interview on Thursday.",
        ),
        (
            "de",
            "Die Mühle von Lunden wird wieder aufgebaut, sagte der Bürgermeister am Dienstag.",
            "Die Mühle von Lunden wird wieder aufgebaut, sagte der Bürgermeister am Donnerstag.",
        ),
    ],
)
def test_when_it_was_said_is_no_difference(
    report: Make, language: str, first: str, second: str
) -> None:
    one = report(first, language=language)
    assert times(one, report(second, source="B", language=language)) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # The same month, counted from today.
        ("The pier of Lunden burned in February.", "The pier of Lunden burned last month."),
        # A minute that only one gives.
        ("The pier of Lunden burned on Tuesday.", "The pier of Lunden burned Tuesday at 3.15 am."),
    ],
)
def test_a_detail_of_the_same_time_stays_silent(report: Make, first: str, second: str) -> None:
    assert times(report(first), report(second, source="B")) == []


def test_a_report_that_dates_one_event_twice_is_found(report: Make) -> None:
    one = report(
        "The shipyard is expected to show its new ferry at the fair of Saltby next week.",
        "It has been built for two years.",
        "The shipyard is expected to show its new ferry at the great fair of Saltby next month.",
    )
    two = report("The fair of Saltby draws thousands of visitors to the coast.", source="B")
    found = [d for d in times(one, two) if d.class_ == "own"]
    assert [{v.value for v in d.variants} for d in found] == [{"next week", "next month"}]


@pytest.mark.parametrize(
    ("second", "differ"),
    [("The minister leaves her office on February 28, 2019.", False),
     ("The minister leaves her office on February 27, 2019.", True)],
)  # fmt: skip
def test_a_date_without_a_year_is_any_years(report: Make, second: str, differ: bool) -> None:
    one = report("The minister leaves her office on Feb. 28.", day="2018-03-14")
    two = report(second, source="B", day="2018-12-20")
    assert [d for d in compare([one, two]).differences if d.kind == "time"] == [] or differ
