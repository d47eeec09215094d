"""A stored story understood: what needs several rooms at once."""

from reader.briefing.comparisons import (
    compare_reports,
    compare_telling,
    keep_comparison,
    known_comparison,
    share_done,
)
from reader.briefing.newest import MOST_COMPARED, newest, with_left_out
from reader.briefing.news import find_unsaid, new_since
from reader.briefing.related import related

__all__ = [
    "MOST_COMPARED",
    "compare_reports",
    "compare_telling",
    "find_unsaid",
    "keep_comparison",
    "known_comparison",
    "new_since",
    "newest",
    "related",
    "share_done",
    "with_left_out",
]
