"""Stories form from articles: values in, values out."""

from reader.stories.cluster import WINDOW, Clusterer, Item, story_of
from reader.stories.features import Frequencies, article_weights

__all__ = ["WINDOW", "Clusterer", "Frequencies", "Item", "article_weights", "story_of"]
