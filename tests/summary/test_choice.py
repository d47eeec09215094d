"""The best set of sentences: long enough, nothing needless, no outlet alone."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Article
from reader.summary import summarize
from reader.summary.choice import Pool, _Search, best_set
from reader.summary.weights import NEWS, STORY, Weights

Maker = Callable[..., Article]


def _pool(seed: int, size: int, *, one: bool = False) -> Pool:
    chance = np.random.default_rng(seed)
    words = chance.integers(4, 40, size).astype(float)
    overlap = chance.random((size, size)) / 2
    overlap = (overlap + overlap.T) / 2
    np.fill_diagonal(overlap, 0.0)
    pairs = chance.integers(0, 2, (size, 30)).astype(float)
    return Pool(
        scores=chance.random(size),
        words=words,
        amounts=np.ones(size) if one else words,
        outlets=tuple(f"outlet {n}" for n in chance.integers(0, 3, size)),
        overlap=overlap,
        repeats=overlap > 0.45,
        concepts=chance.integers(0, 2, (size, 20)) / 40.0,
        pairs=pairs,
        pair_totals=pairs.sum(axis=0) + 1,
        pair_counts=words - 1,
    )


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10_000), st.integers(1, 14), st.integers(1, 200), st.sampled_from([NEWS, STORY])
)
def test_a_set_reaches_its_length_and_has_nothing_needless(
    seed: int, size: int, target: int, weights: Weights
) -> None:
    pool = _pool(seed, size)
    chosen = best_set(pool, weights, target)
    assert chosen == sorted(set(chosen))
    total = pool.amounts[chosen].sum()
    if pool.amounts.sum() <= target:
        assert len(chosen) == size
    else:
        assert total >= target
        assert all(total - pool.amounts[n] < target for n in chosen)


@pytest.mark.parametrize("seed", range(8))
def test_the_search_comes_close_to_the_best_of_all_sets(seed: int) -> None:
    from dataclasses import replace

    weights = replace(STORY, outlet_share=2.0)
    pool = _pool(seed, 12, one=True)
    search = _Search(pool, weights, 4)
    worths = sorted(search.worth(chosen) for chosen in combinations(range(12), 4))
    found = search.worth(best_set(pool, weights, 4))
    assert found >= worths[-5], "not among the five best of 495"


def test_the_worth_of_a_set_does_not_depend_on_the_order_in_which_it_came_about() -> None:
    search = _Search(_pool(3, 10), STORY, 100)
    assert search.worth([1, 4, 7]) == pytest.approx(search.worth([7, 1, 4]))


def test_one_outlet_does_not_fill_a_summary_that_others_could(make: Maker) -> None:
    long = " ".join(
        f"The storm of Monday broke dam number {n} above the harbour of Brenna, engineers said."
        for n in ("one", "two", "three", "four", "five", "six", "seven")
    )
    other = (
        "The storm of Monday broke seven dams above the harbour of Brenna. Nobody was hurt there."
    )
    third = (
        "Seven dams broke above Brenna in the storm of Monday. The harbour is closed for a week."
    )
    story = [make(long, source="A"), make(other, source="B"), make(third, source="C")]
    coverage = summarize(story, sentences=5).coverage
    assert max(coverage.values()) <= 3


def test_a_summary_as_long_as_the_story_is_the_story(story: list[Article]) -> None:
    summary = summarize(story, sentences=400)
    assert len(summary.sentences) == 31
    assert "this is all of it" in summary.notes[0]


def test_one_fact_in_the_words_of_three_outlets_is_told_once(make: Maker) -> None:
    facts = {
        "A": "Norland became the first country to recognise the island of Sund as a state.",
        "B": "Norland has become the first country to recognise Sund as an island state.",
        "C": "The first country to recognise the island state of Sund is Norland.",
    }
    others = {
        "A": "The port of Sund will get two new cranes from a bank in the south by autumn.",
        "B": "Fishermen on the western shore have asked for lower fees for three years.",
        "C": "A school for two hundred children opens in the capital after the summer.",
    }
    story = [make(f"{facts[o]} {others[o]}", source=o) for o in "ABC"]
    for method in ("news", "story"):
        chosen = [s.text for s in summarize(story, method=method, sentences=4).sentences]
        assert sum(text in facts.values() for text in chosen) == 1


def test_a_sentence_that_only_announces_a_list_is_not_chosen(make: Maker) -> None:
    text = (
        "The council of Brenna agreed on a plan for the harbour on Monday evening. "
        "The plan for the harbour of Brenna that the council agreed on includes these points:\n"
        "- Two new cranes for the harbour will be built by the end of next year.\n"
        "- The old pier of the harbour will be closed to cars in the spring."
    )
    chosen = [s.text for s in summarize([make(text)], sentences=3).sentences]
    assert not any(text.endswith(":") for text in chosen)
