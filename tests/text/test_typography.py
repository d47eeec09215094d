"""Texts that differ only in how they are set are the same words; others are not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.typography import same_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The weir held.", "The\u00a0weir held."),
        ("The weir held.", "The weir\nheld. "),
        ("One.\n\nTwo.", "One. Two."),
        ("40 km", "40\u202fkm"),
        ("“It held,” said Lee.", '"It held," said Lee.'),
        ("“It held,” said Lee.", "‘It held,’ said Lee."),
        ("“It held,” said Lee.", "„It held,“ said Lee."),
        ("“It held,” said Lee.", "« It held, » said Lee."),
        ("“It held,” said Lee.", "''It held,'' said Lee."),
        ("Er sagte »Nein« und ging.", 'Er sagte "Nein" und ging.'),
        ("「Nein」", "“Nein”"),
        ("Orrin's weir", "Orrin’s weir"),
        ("the rivers' banks", "the rivers’ banks"),
        ("1999–2004", "1999-2004"),
        ("the quay — old as it is — holds", "the quay—old as it is—holds"),
        ("the quay -- old", "the quay – old"),
        ("It fell…", "It fell..."),
        ("It fell. . .", "It fell…"),
        ("flow", "\ufb02ow"),
        ("water\u00adlevel", "waterlevel"),
        ("Cafe\u0301", "Café"),
        ("Oui !", "Oui\u00a0!"),
        ("5 %", "5%"),
    ],
)
def test_how_words_are_set_makes_no_difference(one: str, other: str) -> None:
    assert same_words(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The weir held.", "The weir held"),
        ("The weir held.", "the weir held."),
        ("The weir held.", 'The "weir" held.'),
        ("The weir held.", "The weir held!"),
        ("nowhere", "no where"),
        ("wont", "won't"),
        ("its banks", "it's banks"),
        ("10 m²", "10 m2"),
        ("4,200", "4.200"),
        ("5' wide", '5" wide'),
        ("Ortega", "Ortéga"),
        ("12 killed", "13 killed"),
        ("resign", "re-sign"),
        ("", "x"),
    ],
)
def test_other_words_and_signs_do(one: str, other: str) -> None:
    assert not same_words(one, other)


@given(st.text(alphabet="ab 12'\"“”‘’«»-–—….,!?%é", max_size=40))
def test_any_text_stays_the_same_under_other_spaces_and_marks(text: str) -> None:
    other = text.replace(" ", "\u00a0 ").replace("“", '"').replace("–", "-").replace("…", "...")
    assert same_words(text, unicodedata.normalize("NFD", other))
