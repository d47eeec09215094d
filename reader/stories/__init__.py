"""Stories form from articles: values in, values out."""

from reader.stories.cluster import WINDOW, Clusterer, Item, story_of
from reader.stories.features import Frequencies, Terms, article_terms

__all__ = ["WINDOW", "Clusterer", "Frequencies", "Item", "Terms", "article_terms", "story_of"]
