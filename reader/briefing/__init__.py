"""A stored story understood: what needs several rooms at once."""

from reader.briefing.comparisons import (
    compare_reports,
    compare_telling,
    keep_comparison,
    known_comparison,
    share_done,
)
from reader.briefing.news import find_unsaid, new_since
from reader.briefing.related import related

__all__ = [
    "compare_reports",
    "compare_telling",
    "find_unsaid",
    "keep_comparison",
    "known_comparison",
    "new_since",
    "related",
    "share_done",
]
