"""Summaries that were made: going back and forth makes none twice."""

from collections import OrderedDict
from dataclasses import dataclass

from reader.model import ArticleId, Summary

_KEPT = 64

SummaryKey = tuple[tuple[ArticleId, ...], tuple[int, ...], str, int, bool]


@dataclass(frozen=True, slots=True)
class SummaryState:
    """What the pane of a summary shows: a summary, why there is none, or that it is being made."""

    summary: Summary | None = None
    title: str = ""
    failure: str = ""


class Summaries:
    """Summaries that were made, by what they were made of and how; the oldest go."""

    def __init__(self) -> None:
        self._made: OrderedDict[SummaryKey, Summary] = OrderedDict()

    def get(self, key: SummaryKey) -> Summary | None:
        """Return a summary that was made before."""
        return self._made.get(key)

    def keep(self, key: SummaryKey, summary: Summary) -> None:
        """Keep a summary."""
        self._made[key] = summary
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
