"""Words, stems and stop words, as summaries, comparisons and stories count them."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.text.language import LANGUAGES
from reader.text.words import stem, stems, stop_words, word_spans, words

TAGS = st.sampled_from([*LANGUAGES, None, "sv", "en-GB", "th", "../x", ""])


@given(st.text(), TAGS)
@example("ʼ l'ʼa \u0301 к\u0301 ’’ e-ʼ", "fr")
@settings(max_examples=300, deadline=None)
def test_every_word_stands_where_it_says(text: str, tag: str | None) -> None:
    before = 0
    for word in word_spans(text, tag):
        assert before <= word.start < word.end <= len(text)
        assert word.text
        assert any(char.isalnum() or char > "\u0e00" for char in word.text)
        before = word.start
    assert [word.text for word in word_spans(text, tag)] == words(text, tag)


@given(st.text(), TAGS)
@settings(max_examples=200, deadline=None)
def test_stems_are_made_of_any_text(text: str, tag: str | None) -> None:
    kept = stems(text, tag, keep_stop_words=True)
    assert kept == [stem(word, tag) for word in words(text, tag)]
    assert len(stems(text, tag)) <= len(kept)
    assert all(kept)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Russia's plan, don’t ask!", ["russia's", "plan", "don't", "ask"]),
        ("en", "15,000 men, $3.5bn, 20th, 6:30", ["15,000", "men", "3.5bn", "20th", "6:30"]),
        (
            "en",
            "Taliban-led co-operation by e-mail",
            ["taliban", "led", "cooperation", "by", "email"],
        ),
        ("en", "U.K. talks, UK talks", ["uk", "talks", "uk", "talks"]),
        (
            "en",
            "the US told us; WHO knows who",
            ["the", "us.", "told", "us", "who.", "knows", "who"],
        ),
        ("en", "The U.S. and us", ["the", "us.", "and", "us"]),
        ("en", "WHO TOLD US?", ["who", "told", "us"]),
        ("en", "snake_case @handle 5–10", ["snake", "case", "handle", "5", "10"]),
        ("de", "Straße, Müller-Lüdenscheidt", ["strasse", "müller", "lüdenscheidt"]),
        ("fr", "L’homme qu'il voit aujourd'hui", ["l", "homme", "qu", "il", "voit", "aujourd'hui"]),
        ("it", "dell'Italia, c’è", ["dell", "italia", "c", "è"]),
        ("uk", "п’ять м'яких", ["п'ять", "м'яких"]),
        ("he", 'צה"ל וח״כ', ['צה"ל', 'וח"כ']),
        ("tr", "IRAK İran'da", ["ırak", "iran'da"]),
        ("hi", "हिन्दी में", ["हिन्दी", "में"]),
        ("zh", "中国人说GDP", ["中国", "国人", "人说", "gdp"]),
        ("ja", "東京でコンピューターを買う", ["東京", "で", "コンピューター", "を", "買", "う"]),
        ("ko", "서울에서 3.5% 올랐다", ["서울에서", "3.5", "올랐다"]),
        ("th", "ไทย", ["ไทย"]),
    ],
)
def test_a_word_is_what_a_reader_of_the_language_takes_for_one(
    language: str, text: str, expected: list[str]
) -> None:
    assert words(text, language) == expected


def test_a_place_of_a_word_is_that_of_its_letters() -> None:
    text = "He said: co-operate, L’Oréal’s!"
    assert [text[w.start : w.end] for w in word_spans(text, "en")] == [
        "He",
        "said",
        "co-operate",
        "L’Oréal’s",
    ]


def test_forms_of_one_word_have_one_stem() -> None:
    families = {
        "en": ["russia", "russia's", "russias"],
        "de": ["regierung", "regierungen"],
        "fr": ["ministre", "ministres"],
        "ru": ["россия", "россии", "россию"],
        "uk": ["україна", "україні", "україни"],
        "cs": ["praha", "praze", "prahy"],
        "pl": ["rosyjski", "rosyjskiego", "rosyjska"],
        "tr": ["türkiye", "türkiye'nin"],
        "el": ["κυβέρνηση", "κυβέρνησης"],
        "ko": ["러시아가", "러시아는", "러시아에서"],
    }
    for language, forms in families.items():
        assert len({stem(form, language) for form in forms}) == 1, language
    assert stem("中国", "zh") == "中国"
    assert stem("anything", None) == "anything"


def test_all_eighteen_languages_have_stop_words_in_lower_case() -> None:
    for language in LANGUAGES:
        assert len(stop_words(language)) > 150, language
        assert all(word == word.casefold() for word in stop_words(language))
    assert "não" in stop_words("pt")
    assert "der" in stop_words("de-AT")
    assert not any("\\" in word for word in stop_words("pt"))
    assert stop_words(None) == stop_words("xx") == frozenset()


def test_stems_leave_out_what_carries_no_meaning_unless_told() -> None:
    assert stems("The minister said he was resigning.", "en") == ["minist", "resign"]
    assert stems("The minister", "en", keep_stop_words=True) == ["the", "minist"]
    assert stems("L'eau de la mer", "fr") == ["eau", "mer"]
