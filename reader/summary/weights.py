"""Every figure that `news` and `story` rate sentences by, in one place."""

from typing import NamedTuple


class Weights(NamedTuple):
    """What each feature adds to a sentence's score; features are 0 to 1 (see `features`)."""

    lead: float
    """e^(-position / `lead_decay`): the steep part of the prior of the beginning."""
    lead_decay: float
    body: float
    """e^(-position / `body_decay`): its flat part."""
    body_decay: float
    centrality: float
    centroid: float
    opening: float
    title: float
    names: float
    support: float
    short: float
    long: float
    question: float
    quote: float
    pronoun: float
    item: float
    trade_off: float
    """MMR's lambda: 1 looks at the score alone, 0 at what is new alone."""
    most_overlap: float
    """A sentence with that much of a chosen one's words (cosine) comes after all others."""
    outlet_share: float
    """No outlet has more than this share of the chosen sentences while others have any left."""


NEWS = Weights(
    lead=1.0, lead_decay=3.0, body=0.8, body_decay=10.0, centrality=0.7, centroid=0.5,
    opening=0.3, title=0.3, names=0.2, support=0.0, short=-0.5, long=-0.1, question=-0.35,
    quote=-0.15, pronoun=-0.15, item=-0.3, trade_off=0.75, most_overlap=0.5, outlet_share=1.0,
)  # fmt: skip

STORY = Weights(
    lead=1.0, lead_decay=4.0, body=0.0, body_decay=10.0, centrality=0.7, centroid=0.6,
    opening=0.0, title=0.3, names=0.0, support=0.6, short=-0.5, long=-0.1, question=-0.35,
    quote=-0.15, pronoun=-0.15, item=-0.3, trade_off=0.55, most_overlap=0.5, outlet_share=0.5,
)  # fmt: skip
