"""Hard cases of eighteen languages: a line of `sentences/*.txt` is a text and its boundaries."""

from pathlib import Path

import pytest

from reader.text.language import LANGUAGES
from reader.text.sentences import sentences

CASES = Path(__file__).parent / "sentences"


def cases(language: str) -> list[str]:
    lines = (CASES / f"{language}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


ALL = [(language, case) for language in (*LANGUAGES, "hi", "my") for case in cases(language)]


def test_every_language_has_at_least_ten_hard_cases() -> None:
    assert all(len(cases(language)) >= 10 for language in LANGUAGES)


@pytest.mark.parametrize(("language", "case"), ALL)
def test_a_hard_case_is_split_where_a_reader_would(language: str, case: str) -> None:
    text = case.replace(" ‖ ", " ").replace("‖", "")
    assert [s.text for s in sentences(text, language)] == [p.strip() for p in case.split("‖")]
