"""A comparison in reading order: marks of the values, what a difference is about, who is quoted."""

from collections.abc import Sequence

from reader.export.outline import about, kind_and_topic, outline, part_text, wordings
from reader.model import (
    Claim,
    ClaimMember,
    ComparedArticle,
    ComparedSentence,
    Comparison,
    Difference,
    Quote,
    Span,
    Variant,
)

SENTENCES = ("Nine men were hurt in May.", "Ten men were hurt in May.", "9 men were hurt in June.")


def articles() -> tuple[ComparedArticle, ...]:
    return tuple(
        ComparedArticle(
            id=n, source=f"Outlet {n}", title="", published=None, language="en", excerpt=False,
            leftovers=(), sentences=(ComparedSentence(0, 0, len(text), text),),
        )
        for n, text in enumerate(SENTENCES, start=1)
    )  # fmt: skip


def difference(values: Sequence[tuple[str, str | None]], **more: object) -> Difference:
    variants = tuple(
        Variant(value, normalized, number, 0, 0, len(value))
        for number, (value, normalized) in enumerate(values, start=1)
    )
    given = {"kind": "number", "alarm": True, "topic": "how many: men", "claim": 0} | more
    return Difference(confidence=0.9, variants=variants, class_="at-odds", **given)  # type: ignore[arg-type]


HURT = difference([("Nine men", "9 men"), ("Ten men", "10 men"), ("9 men", "9 men")])
WHEN = difference([("May", "05"), ("May", "05"), ("June", "06")], kind="time", topic="when:")


def comparison(
    *differences: Difference, wording: str, quotes: tuple[Quote, ...] = ()
) -> Comparison:
    members = tuple(ClaimMember(n, 0, 0.9, "says" if n == 1 else "at-odds") for n in range(1, 4))
    claim = Claim(0, SENTENCES[0], 3, members, wording)
    return Comparison(articles(), claims=(claim,), differences=differences, quotes=quotes)


def test_equal_values_have_one_mark_however_they_are_written() -> None:
    first, second = wordings(HURT)
    assert (first.mark, first.value) == ("①", "Nine men / 9 men")
    assert (second.mark, second.value) == ("②", "Ten men")
    assert [v.article for v in first.variants] == [1, 3]


def test_a_point_shows_which_report_gives_which_of_its_values() -> None:
    (point,) = outline(comparison(HURT, wording="[Nine men | Ten men] were hurt in May.")).by_all
    assert point.text == "[① Nine men | ② Ten men] were hurt in May."
    assert point.cells == ("●①", "≠②", "≠①")


def test_the_values_of_a_second_difference_go_on_with_other_marks() -> None:
    wording = "[Nine men | Ten men] were hurt in [May | June]."
    (point,) = outline(comparison(HURT, WHEN, wording=wording)).by_all
    assert point.text == "[① Nine men | ② Ten men] were hurt in [③ May | ④ June]."
    assert point.marks == ("①③", "②③", "①④")


def test_brackets_that_the_reports_wrote_themselves_stay_as_they_are() -> None:
    wording = "“[The | A] dam held,” he said."
    (point,) = outline(comparison(HURT, wording=wording)).by_all
    assert point.text == wording


def test_what_a_difference_is_about_is_never_said_twice_or_left_empty() -> None:
    assert about(HURT) == "how many: men"
    assert kind_and_topic(WHEN) == ("when", "")
    assert about(WHEN) == "when"
    assert about(difference([], topic="the water")) == "number: the water"


def test_speakers_that_the_reports_do_not_agree_on_are_all_named() -> None:
    spans = tuple(Span(n, 0, 0, 4, "“We”") for n in (1, 2))
    said = difference([("Ida Kessler", None), ("the mayor", None)], kind="attribution")
    quote = Quote("Ida Kessler", spans)
    view = outline(comparison(said, wording="", quotes=(quote,)))
    assert view.speaker(quote) == "Ida Kessler or the mayor"
    assert outline(comparison(wording="")).speaker(quote) == "Ida Kessler"
    assert outline(comparison(wording="")).speaker(Quote(None, spans)) == ""


def test_a_part_of_a_sentence_is_shown_between_ellipses() -> None:
    assert (
        part_text(Span(1, 0, 0, 9, " with a risk of flooding. ")) == "… with a risk of flooding …"
    )
