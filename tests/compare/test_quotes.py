"""Quotations: who is quoted with what, wordings that differ, marks that were lost."""

from collections.abc import Callable

import pytest

from reader.compare import compare
from reader.compare.quotes import quotations
from reader.model import Article, Difference

Make = Callable[..., Article]
SAID = "We will rebuild every house in the valley before the winter comes"


def of(kind: str, *articles: Article) -> list[Difference]:
    """Return the differences of one kind."""
    return [d for d in compare(articles).differences if d.kind == kind]


def speakers(*articles: Article) -> dict[str, str | None]:
    """Return the words quoted (the first wording) -> who is named as speaking."""
    return {quote.variants[0].text: quote.speaker for quote in compare(articles).quotes}


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "we go" and went.', ["we go"]),
        ("He said “we go,” and went.", ["we go,"]),
        ("Er sagte: „Wir gehen“ und ging.", ["Wir gehen"]),
        ("Il a dit « on y va » et il est parti.", [" on y va "]),
        ("He called it 'a bold step' in Ada's words.", ["a bold step"]),
        ("The farmers' cows don't care.", []),
        ('The screen is 6" wide and 4" high.', []),
        ("“We go on.\nNot here.", ["We go on."]),
        ("他说「我们走」。", ["我们走"]),
    ],
)
def test_passages_within_marks_are_found(text: str, quoted: list[str]) -> None:
    assert [text[a:b] for a, b in quotations(text)] == quoted


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f'"{SAID}," said Mayor Ada Holm.', "Mayor Ada Holm"),
        (f'"{SAID}," Ada Holm told reporters.', "Ada Holm"),
        (f'Ada Holm, the mayor of Lunden, said: "{SAID}."', "Ada Holm"),
        (f'"{SAID}," said the mayor, Ada Holm, on Monday.', "Ada Holm"),
        (f'According to the Trade Ministry, "{SAID}."', "the Trade Ministry"),
        (f'Ada Holm came late. "{SAID}," she said.', "Ada Holm"),
        (f'"{SAID}."', None),
    ],
)
def test_the_speaker_is_the_one_that_the_sentence_names(
    report: Make, text: str, speaker: str | None
) -> None:
    other = report(f'"{SAID}," it was said in the valley.', source="B")
    found = compare([report(text), other]).quotes
    assert [quote.speaker for quote in found if len(quote.variants) == 2] == [speaker]


def test_each_odd_place_of_a_quotation_is_shown_with_words_around_it(report: Make) -> None:
    one = report('"We deeply regret the loss of ten sailors in the wreck," Ada Holm said.')
    two = report(
        '"We truly regret the loss of ten seamen in the wreck," said Ada Holm.', source="B"
    )
    found = of("quote", one, two)
    assert not any(difference.alarm for difference in found)
    assert {difference.topic for difference in found} == {"quotation: Ada Holm"}
    assert [{v.value for v in difference.variants} for difference in found] == [
        {"We deeply regret the loss of", "We truly regret the loss of"},
        {"the loss of ten sailors in the wreck", "the loss of ten seamen in the wreck"},
    ]


@pytest.mark.parametrize(
    ("first", "second", "language", "values"),
    [
        (
            'Among tears of "joy and peace," Ada Holm left the team.',
            '"These are tears of joy, peace," Ada Holm said.',
            "en",
            {"joy and peace", "tears of joy, peace"},
        ),
        (
            '"I went way too far with that song," Ada Holm said.',
            'Ada Holm said: "I went too far."',
            "en",
            {"I went way too far", "I went too far"},
        ),
        (
            '"Censors are a very dangerous thing," Ada Holm wrote.',
            'Ada Holm called censors "a dangerous thing".',
            "en",
            {"a very dangerous thing", "a dangerous thing"},
        ),
        (
            "„Wir haben die Brücke viel zu spät gesperrt“, sagte Ada Holm.",
            "Ada Holm sagte: „Wir haben die Brücke zu spät gesperrt.“",
            "de",
            {"Wir haben die Brücke viel zu spät gesperrt", "Wir haben die Brücke zu spät gesperrt"},
        ),
    ],
)
def test_a_quotation_of_a_word_more_is_shown(
    report: Make, first: str, second: str, language: str, values: set[str]
) -> None:
    one, two = report(first, language=language), report(second, source="B", language=language)
    (difference,) = of("quote", one, two)
    assert not difference.alarm
    assert {v.value for v in difference.variants} == values


@pytest.mark.parametrize(
    ("first", "second", "language"),
    [
        (
            "“It’s O’Brien’s bridge,” Ada Holm said.",
            "\"It's O'Brien's bridge,\" Ada Holm said.",
            "en",
        ),
        ("„Wir kommen wieder“, sagte Holm.", "Ada Holm sagte: «Wir kommen wieder.»", "de"),
    ],
)
def test_the_same_words_and_other_statements_are_no_other_wording(
    report: Make, first: str, second: str, language: str
) -> None:
    one, two = report(first, language=language), report(second, source="B", language=language)
    assert of("quote", one, two) == []


@pytest.mark.parametrize(
    "other",
    [
        SAID.replace("every", "each and every"),
        SAID.replace("We will", "We'll"),
        SAID.replace("winter", "[cold season]"),
        SAID.replace("every house in the valley", "every house ... in the valley"),
        "every house in the valley before the winter",
        SAID + ", and nobody shall be cold",
        "The road is closed and the bridge as well",
    ],
)
def test_shortened_and_edited_wordings_are_no_alarm(report: Make, other: str) -> None:
    one = report(f'"{SAID}," Ada Holm said.')
    two = report(f'"{other}," Ada Holm said.', source="B")
    assert not any(d.alarm for d in of("quote", one, two))


def test_marks_that_a_scraper_lost_are_found_again(report: Make) -> None:
    one = report('The mayor promised "a warm and dry home for all of them" on Monday.')
    two = report("There will be a warm and dry home for all of them, the mayor said.", source="B")
    (quote,) = compare([one, two]).quotes
    assert [span.text for span in quote.variants] == ["a warm and dry home for all of them"] * 2
    assert of("quote", one, two) == []


def test_a_statement_carried_in_other_words_of_one_judgement_is_shown(report: Make) -> None:
    one = report("The envoy called the treaty a brave step.", "Ships left the port at noon.")
    two = report("The treaty was signed.", "The envoy hailed it as 'courageous'.", source="B")
    (difference,) = of("quote", one, two)
    assert not difference.alarm
    assert {v.value for v in difference.variants} == {"brave step", "courageous"}


def test_other_judgements_and_other_speakers_are_not_one_statement(report: Make) -> None:
    one = report("The envoy Ada Holm called the treaty a brave step.")
    angry = report("The envoy Ada Holm called the treaty a dangerous step.", source="B")
    other = report("The trader Jo Ravn called the treaty courageous.", source="C")
    assert of("quote", one, angry, other) == []


def test_words_given_to_two_persons_are_an_alarm(report: Make) -> None:
    one = report(f'"{SAID}," said Ada Holm.')
    two = report(f'"{SAID}," said Jo Ravn.', source="B")
    (difference,) = of("attribution", one, two)
    assert difference.alarm
    assert {v.value for v in difference.variants} == {"Ada Holm", "Jo Ravn"}


def test_a_person_and_a_ministry_merely_differ(report: Make) -> None:
    one = report('Ada Holm called the treaty a "historic turning point" for the islands.')
    two = report('The Trade Ministry called it a "historic turning point" on Monday.', source="B")
    (difference,) = of("attribution", one, two)
    assert not difference.alarm


@pytest.mark.parametrize(
    "other",
    [
        f'"{SAID}," said Holm.',
        f'"{SAID}," the mayor said.',
        f'"{SAID}," a spokesman told reporters.',
        f'"{SAID}," she said.',
        f'"{SAID}."',
    ],
)
def test_a_speaker_named_less_closely_is_no_other_speaker(report: Make, other: str) -> None:
    one = report(f'"{SAID}," said Ada Holm.')
    assert of("attribution", one, report(other, source="B")) == []


def test_a_quotation_over_several_sentences_keeps_its_speaker(report: Make) -> None:
    one = report('"The water came at night," Ada Holm said. "We had no warning. Nobody slept."')
    two = report("The valley is under water.", source="B")
    assert set(speakers(one, two).values()) == {"Ada Holm"}


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        # both quote, in other words
        (
            'Mayor Ada Quist said: "The bridge will be open again before the summer fair begins."',
            'Mayor Ada Quist said: "The bridge will be open again before the autumn fair begins."',
            True,
        ),
        # one tells it in its own words
        (
            'Mayor Ada Quist said: "The bridge will be open again before the summer fair begins."',
            "Mayor Ada Quist said that the bridge would be open once more before the fair.",
            False,
        ),
        # one quotes less of it
        (
            'Mayor Ada Quist said: "The bridge will be open again before the summer fair begins."',
            'Mayor Ada Quist promised that it "will be open again before the summer fair begins."',
            False,
        ),
        # two persons say something alike
        (
            'Mayor Ada Quist said: "I think that the bridge was closed far too late."',
            'Engineer Tom Roe said: "I think that the old bridge was a marvel of its time."',
            False,
        ),
    ],
)
def test_a_quotation_is_worded_differently_only_if_both_quote_the_words(
    report: Make, first: str, second: str, differ: bool
) -> None:
    event = "The storm of Monday closed the harbour bridge of Orrin."
    found = of("quote", report(event, first), report(event, second, source="B"))
    assert bool(found) == differ
