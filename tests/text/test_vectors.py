"""Vectors: rows of weighted terms, and how alike they are."""

from math import log, sqrt

import numpy as np
import pytest

from reader.text.vectors import cosine, inverse_frequencies, tfidf


def test_rows_have_length_one_and_empty_documents_are_rows_of_zeros() -> None:
    rows = tfidf([["a", "b", "a"], [], ["c"]])
    assert rows.shape == (3, 3)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0, 1])
    assert np.isfinite(rows).all()


def test_a_rare_term_weighs_more_by_the_logarithm_of_its_rarity() -> None:
    rows = tfidf([["war", "storm"], ["war"]], smooth=1.0)
    common, rare = 1.0, log(2) + 1
    assert rows[0] == pytest.approx(np.array([common, rare]) / sqrt(common**2 + rare**2))


def test_an_idf_from_elsewhere_is_used_and_terms_it_lacks_weigh_nothing() -> None:
    rows = tfidf([["a", "b"], ["b"]], idf={"a": 2.0})
    assert rows.tolist() == [[1.0, 0.0], [0.0, 0.0]]


def test_similarities_are_between_none_and_the_same() -> None:
    rows = tfidf([["a", "b"], ["a", "b"], ["c"], []])
    alike = cosine(rows)
    assert alike[0, 1] == pytest.approx(1.0)
    assert alike[0, 2] == alike[3, 3] == 0.0
    assert cosine(rows[:1], rows[2:]).shape == (1, 2)


@pytest.mark.parametrize("documents", [[], [[]], [[], []]])
def test_nothing_at_all_is_no_trouble(documents: list[list[str]]) -> None:
    rows = tfidf(documents)
    assert rows.shape == (len(documents), 0)
    assert cosine(rows).shape == (len(documents), len(documents))


def test_frequencies_of_a_story_can_be_given_to_another_text() -> None:
    story = [["war", "storm"], ["war"]]
    assert inverse_frequencies(story) == pytest.approx({"war": 1.0, "storm": log(2) + 1})
    assert tfidf(story, idf=inverse_frequencies(story)) == pytest.approx(tfidf(story))


def test_columns_stand_in_the_order_of_first_occurrence() -> None:
    assert tfidf([["z", "a"], ["m"]], smooth=1.0)[1].tolist() == [0.0, 0.0, 1.0]
