"""What new reports say that none of those already read has said."""

from datetime import UTC, datetime, timedelta
from typing import Any

from reader.compare.unsaid import unsaid
from reader.model import Article, article_id

DAY = datetime(2024, 3, 5, 8, tzinfo=UTC)
READ = (
    "A ferry with 140 passengers ran aground off Lindholm island on Monday evening. Lifeboats took"
    " everybody off. The harbour master said that nobody was hurt."
)
SAME = "On Monday evening a ferry with 140 passengers ran aground off Lindholm island."
HELM = "The helmsman had fallen asleep at the wheel, an investigator told the radio."
HELM_TOO = "An investigator told the radio that the helmsman fell asleep at the wheel."
OIL = "Some twelve tonnes of oil leaked into the bird reserve beside the rocks."
GERMAN = (
    "Eine Fähre mit 140 Fahrgästen ist am Montagabend vor der Insel Lindholm auf Grund gelaufen."
    " Der Steuermann war am Ruder eingeschlafen, sagte ein Ermittler im Rundfunk."
)


def report(number: int, text: str, **more: Any) -> Article:
    values = {"language": "en", "published": DAY + timedelta(hours=number), **more}
    return Article(
        article_id(f"unsaid {number}"), f"unsaid {number}", f"Outlet {number}", f"Report {number}",
        text, DAY, **values,
    )  # fmt: skip


def told(articles: list[Article], read: set[int]) -> list[str]:
    return [s.text for s in unsaid(articles, {articles[number].id for number in read})]


def test_what_was_said_in_other_words_is_not_new_what_was_not_said_is() -> None:
    articles = [report(0, READ), report(1, f"{SAME} {HELM}")]
    (sentence,) = unsaid(articles, {articles[0].id})
    assert sentence.text == HELM
    assert sentence.article == articles[1].id
    assert articles[1].text[sentence.start : sentence.end] == HELM
    assert sentence.index == 1


def test_what_two_new_reports_say_is_one_sentence_of_the_earlier_one() -> None:
    articles = [report(0, READ), report(2, f"{HELM_TOO} {OIL}"), report(1, f"{SAME} {HELM}")]
    helm, oil = unsaid(articles, {articles[0].id})
    assert helm.text == HELM
    (also,) = helm.also_in
    assert (also.article, also.text) == (articles[1].id, HELM_TOO)
    assert oil.text == OIL
    assert unsaid(articles[::-1], {articles[0].id}) == (helm, oil)


def test_any_report_that_was_read_counts() -> None:
    articles = [report(0, READ), report(1, f"{SAME} {HELM}"), report(2, f"{HELM_TOO} {OIL}")]
    assert told(articles, {0, 1}) == [OIL]
    assert told(articles, {0, 1, 2}) == []


def test_a_copy_of_what_was_read_says_nothing_new() -> None:
    assert told([report(0, READ), report(1, READ)], {0}) == []


def test_headings_and_sentences_of_a_word_or_two_are_not_counted() -> None:
    text = f"What we know\n\n{SAME}\n\nThat was not all. {OIL}"
    assert told([report(0, READ), report(1, text)], {0}) == [OIL]


def test_languages_are_not_mixed() -> None:
    german = report(1, GERMAN, language="de")
    assert told([report(0, READ), german], {0}) == []
    more = report(2, f"{GERMAN} Zwölf Tonnen Öl flossen in das Vogelschutzgebiet.", language="de")
    assert len(told([report(0, READ), german, more], {0, 1})) == 1


def test_nothing_read_nothing_there_and_empty_texts_are_no_trouble() -> None:
    assert told([], set()) == []
    assert told([report(0, ""), report(1, OIL)], {0}) == [OIL]
    assert told([report(0, READ), report(1, "")], {0}) == []
