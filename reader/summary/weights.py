"""Every figure that `news` and `story` choose sentences by, in one place.

How they came about is told in docs/decisions/summaries.md: features and first values as measured
on other corpora (position, LexRank, centroid, penalties, MMR), then few of them and round values,
each with neighbours that do as well.
"""

from dataclasses import dataclass, fields
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature (0 to 1; see `features`) adds to a score, and to the worth of a set."""

    position: float
    """e^(-position / `decay`): the steep prior of the beginning (Edmundson 1969)."""
    body: float
    """e^(-position / 10): its flat part."""
    centrality: float
    """Continuous LexRank (Erkan and Radev 2004)."""
    centroid: float
    """Nearness to the mean of the body (Radev, Jing and Budzikowska 2000)."""
    opening: float
    """Likeness to the first two sentences of the body."""
    title: float
    """Likeness to the titles of all articles (Edmundson 1969)."""
    support: float
    """Mean likeness to the nearest sentence of each other outlet."""
    told: float
    """Share of its pairs of words that stand elsewhere too; of a set, in what was not chosen."""
    cover: float
    """Share of what several tell that it covers (Gillick and Favre 2009); of a set, together."""
    short: float
    """Penalty for fewer than 10 words."""
    question: float
    """Penalty for a question."""
    quote: float
    """Penalty for a sentence that begins with a quotation mark."""
    pronoun: float
    """Penalty for beginning with a word that points back ("He", "But"): hard to grasp alone."""
    item: float
    """Penalty for an item of a list."""
    redundancy: float
    """What a set loses for the mean highest overlap of its sentences (cosine of sets of words)."""
    fullness: float
    """How much long sentences count by their words in a summary of so many sentences: 0 to 1.

    At 0 a set is worth what its words are worth on average, and short sentences suit that well.
    """
    decay: float
    """How fast `position` falls, in sentences."""
    outlet_share: float
    """An outlet that has this share of the length gets no more while others have any left."""

    SETTINGS: ClassVar[frozenset[str]] = frozenset(
        {"redundancy", "fullness", "decay", "outlet_share"}
    )

    @classmethod
    def features(cls) -> tuple[str, ...]:
        """Return the names of the features, in the order in which they are told."""
        return tuple(f.name for f in fields(cls) if f.name not in cls.SETTINGS)


NEWS = Weights(
    position=1.0, body=0.8, centrality=0.8, centroid=0.6, opening=0.3, title=0.3, support=0.0,
    told=2.0, cover=1.5, short=-0.5, question=-0.35, quote=-0.2, pronoun=-0.2, item=-0.3,
    redundancy=0.5, fullness=0.0, decay=3.0, outlet_share=1.0,
)  # fmt: skip
"""For one article."""

STORY = Weights(
    position=0.15, body=0.0, centrality=0.0, centroid=0.0, opening=0.0, title=1.0, support=0.05,
    told=0.85, cover=0.3, short=-0.05, question=-0.1, quote=-0.05, pronoun=-0.06, item=-0.1,
    redundancy=0.8, fullness=0.5, decay=4.0, outlet_share=0.6,
)  # fmt: skip
"""For several reports of one event."""
