"""Stories form from articles: values in, values out."""

from reader.stories.cluster import Clusterer, Report, central, explain, explaining
from reader.stories.copying import original
from reader.stories.features import Frequencies, Terms, article_terms
from reader.stories.memory import MEMBERS, REMEMBERED, Group, Item, Memory, Place
from reader.stories.placing import STEPS, Placed, Placer

__all__ = [
    "MEMBERS", "REMEMBERED", "STEPS", "Clusterer", "Frequencies", "Group", "Item", "Memory",
    "Place", "Placed", "Placer", "Report", "Terms", "article_terms", "central", "explain",
    "explaining", "original",
]  # fmt: skip
