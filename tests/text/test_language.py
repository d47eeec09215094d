"""The language of a text is found offline, and left open where it is not clear."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.language import LANGUAGES, detect

CASES = Path(__file__).parent / "sentences"


def lines(language: str) -> list[str]:
    read = (CASES / f"{language}.txt").read_text("utf-8").splitlines()
    return [line.replace("‖", "") for line in read if line and not line.startswith("#")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_recognised_and_a_single_line_is_never_taken_for_another(language: str) -> None:
    assert detect("\n".join(lines(language))) == language
    found = [detect(line) for line in lines(language)]
    assert set(found) <= {language, None}
    assert found.count(language) > 0.75 * len(found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("این یک متن فارسی است درباره اخبار امروز جهان", "fa"),
        ("Това е български текст за времето днес", "bg"),
        ("Гэта беларускі тэкст пра надвор’е на заўтра", "be"),
        ("Det här är en svensk text om vädret i morgon", "sv"),
        ("यह हिन्दी में लिखा हुआ एक समाचार है", "hi"),
        ("นี่คือข่าวภาษาไทย", "th"),
        ("北京时间今天上午会议开始", "zh"),
        ("今日の天気は晴れです", "ja"),
        ("オープンAI、GPT-4を発表", "ja"),
    ],
)
def test_other_languages_and_scripts_are_told_apart(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "  ", "123 456", "OK", "Hello", "Mary Hill", "🎉", "日本"])
def test_what_is_too_short_to_tell_is_left_open(text: str) -> None:
    assert detect(text) is None


def test_addresses_and_names_of_accounts_say_nothing() -> None:
    noise = "https://example.com/the-news-of-the-day @thenewsroom #breaking "
    assert detect(noise * 20) is None
    german = "Die Regierung hat am Dienstag ein neues Gesetz beschlossen."
    assert detect(noise * 5 + german) == "de"


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_any_text_has_an_answer(text: str) -> None:
    assert detect(text) is None or detect(text).isalpha()
