"""Claims: groups by their mean likeness, with the most central wording."""

from collections.abc import Callable

import numpy as np

from reader.compare import compare
from reader.compare.claims import average_link
from reader.model import Article

Make = Callable[..., Article]


def test_a_chain_of_half_alike_sentences_is_not_one_claim() -> None:
    n = 10
    similarity = np.zeros((n, n))
    for i in range(n - 1):
        similarity[i, i + 1] = similarity[i + 1, i] = 0.4
    groups = average_link(similarity, 0.25)
    assert sorted(member for group in groups for member in group) == list(range(n))
    assert max(len(group) for group in groups) <= 3


def test_the_groups_are_those_of_the_plain_method() -> None:
    similarity = np.random.default_rng(5).random((40, 40)) ** 3
    similarity = (similarity + similarity.T) / 2
    assert average_link(similarity, 0.3) == plain(similarity, 0.3)


def plain(similarity: np.ndarray, join: float) -> list[list[int]]:
    """Join the two most alike groups by their members' mean until none is alike enough."""
    groups = [[row] for row in range(len(similarity))]
    while len(groups) > 1:
        pairs = [(a, b) for a in range(len(groups)) for b in range(a + 1, len(groups))]
        means = {(a, b): similarity[np.ix_(groups[a], groups[b])].mean() for a, b in pairs}
        a, b = max(pairs, key=lambda pair: means[pair])
        if means[a, b] < join:
            break
        groups[a] += groups.pop(b)
    return sorted(sorted(group) for group in groups)


def test_the_wording_nearest_to_all_others_stands_for_the_claim(report: Make) -> None:
    one = report("The old bridge of Lunden fell into the river on Monday.", "A lorry was on it.")
    two = report(
        "The old bridge of Lunden fell on Monday into the river, as fishermen saw.",
        "They had come home early with a good catch of herring and cod.",
        source="B",
    )
    three = report(
        "The river took the old bridge of Lunden, which fell after rain.",
        "It was the worst weather that the valley has known for years.",
        source="C",
    )
    (claim,) = compare([three, two, one]).claims
    assert claim.text == "The old bridge of Lunden fell into the river on Monday."
    assert claim.sources == 3
    assert all(0 < member.score <= 1 for member in claim.members)


def test_two_reports_of_one_outlet_are_one_voice(report: Make) -> None:
    words = "The old bridge of Lunden fell into the river on Monday."
    one = report(words, "A boat was hit.", title="First")
    two = report(words, "The road is closed, and trucks have to take the ferry.", title="Second")
    (claim,) = compare([one, two]).claims
    assert claim.sources == 1
