"""A stored story understood: what needs several rooms at once."""

from reader.briefing.comparisons import (
    compare_telling,
    keep_comparison,
    known_comparison,
    share_done,
)
from reader.briefing.related import related

__all__ = ["compare_telling", "keep_comparison", "known_comparison", "related", "share_done"]
