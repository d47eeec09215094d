"""Stories form from articles: values in, values out."""

from reader.stories.cluster import Clusterer

__all__ = ["Clusterer"]
