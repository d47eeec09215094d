"""Summaries: which sentences say what one article, or several together, report."""

from reader.summary.lengths import SENTENCES
from reader.summary.summarize import METHODS, summarize

__all__ = ["METHODS", "SENTENCES", "summarize"]
