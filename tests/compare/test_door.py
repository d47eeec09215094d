"""The door: what all say is linked, what one says stands alone, and order does not matter."""

import subprocess
import sys
from collections.abc import Callable

from reader.compare import compare
from reader.model import Article, Comparison

Make = Callable[..., Article]

FERRY = (
    "A ferry with 80 people on board ran aground near the harbour of Lunden on Monday.",
    "The captain said that the steering had failed in heavy wind.",
    "All passengers were brought to the shore in small boats.",
)
FERRY_TOO = (
    "All of the passengers were brought ashore in boats.",
    "The ferry ran aground close to Lunden harbour on Monday with 80 people on board.",
    "The shipping line was founded by two brothers from Norway.",
)


def places(comparison: Comparison) -> set[frozenset[tuple[int, int]]]:
    """Return the linked pairs, whichever way round."""
    return {
        frozenset([(link.a.article, link.a.sentence), (link.b.article, link.b.sentence)])
        for link in comparison.links
    }


def test_the_same_statement_is_linked_across_reports_wherever_it_stands(report: Make) -> None:
    one, two = report(*FERRY), report(*FERRY_TOO, source="The Courier")
    comparison = compare([one, two])
    linked = {frozenset([(one.id, 0), (two.id, 1)]), frozenset([(one.id, 2), (two.id, 0)])}
    assert linked == places(comparison)
    assert {(p.article, p.sentence) for p in comparison.only} == {(one.id, 1), (two.id, 2)}


def test_what_two_outlets_say_is_one_claim_with_two_voices(report: Make) -> None:
    comparison = compare([report(*FERRY), report(*FERRY_TOO, source="The Courier")])
    assert [claim.sources for claim in comparison.claims] == [2, 2]
    assert [claim.id for claim in comparison.claims] == [0, 1]


def test_the_door_opens_without_the_heavy_libraries() -> None:
    code = "import sys, reader.compare; print({'numpy', 'nltk', 'sumy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
