"""Vectors of words: likeness of meaning, in one language and across two."""

import numpy as np
import pytest

from reader.text.word_vectors import WordVectors, vectors


def likeness(a: str, b: str, languages: str = "en en") -> float:
    one, other = languages.split()
    return float(of(one).lookup([a])[0] @ of(other).lookup([b])[0])


def of(language: str) -> WordVectors:
    found = vectors(language)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("word", "alike", "other"),
    [
        ("blast", "explosion", "library"),
        ("hurt", "injured", "elected"),
        ("quit", "resigned", "photograph"),
        ("car", "vehicle", "sentence"),
    ],
)
def test_words_of_like_meaning_are_nearer_than_others(word: str, alike: str, other: str) -> None:
    assert likeness(word, alike) > 0.3 + likeness(word, other)


@pytest.mark.parametrize(
    ("word", "language", "english", "other"),
    [
        ("polizei", "de", "police", "weather"),
        ("bürgermeister", "de", "mayor", "river"),
        ("incendie", "fr", "fire", "minister"),
        ("terremoto", "es", "earthquake", "parliament"),
        ("ospedale", "it", "hospital", "market"),
        ("burgemeester", "nl", "mayor", "river"),
        ("incêndio", "pt", "fire", "kitchen"),
    ],
)
def test_a_word_is_near_its_translation(word: str, language: str, english: str, other: str) -> None:
    assert likeness(word, english, f"{language} en") > 0.2 + likeness(word, other, f"{language} en")


def test_rows_have_length_one_and_stand_in_the_order_of_the_words() -> None:
    rows = of("en").lookup(["police", "qzxv", "fire", "police"])
    assert rows.shape == (4, of("en").size)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0, 1, 1])
    assert (rows[0] == rows[3]).all()
    assert of("en").lookup([]).shape == (0, of("en").size)


def test_an_unlisted_compound_is_what_its_parts_mean() -> None:
    parts = of("de").lookup(["fußball", "gewerkschaft"]).sum(axis=0)
    whole = of("de").lookup(["fußballgewerkschaft"])[0]
    assert whole == pytest.approx(parts / np.linalg.norm(parts), abs=1e-5)
    assert not of("en").knows("fußballgewerkschaft")


def test_an_unlisted_form_is_found_by_its_stem() -> None:
    assert likeness("evacuates", "evacuated") > 0.6


def test_numbers_and_noise_are_unknown() -> None:
    assert not any(of("en").knows(word) for word in ("17", "", "42nd", "…", "qzxvb"))


def test_a_language_without_a_table_has_none() -> None:
    assert vectors("zh") is None
    assert vectors(None) is None
    assert vectors("") is None


def test_a_language_tag_with_a_region_is_that_language() -> None:
    assert vectors("en-GB") is vectors("en")
