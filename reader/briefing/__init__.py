"""A stored story understood: what needs several rooms at once."""

from reader.briefing.related import related

__all__ = ["related"]
