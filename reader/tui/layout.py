"""Which panes can be seen, for a size of the screen and what has the focus. A pure function."""

from dataclasses import dataclass
from typing import Literal

Pane = Literal["sources", "list", "article", "summary"]
ORDER: tuple[Pane, ...] = ("sources", "list", "summary", "article")

ONE_PANE = 64
"""Below so many columns one pane is shown at a time."""
TWO_PANES = 108
"""Below so many: sources and list, or the article."""
COLUMNS = 168
"""From so many on: sources, list and article beside each other."""
LOW = 30
"""Below so many lines list and article do not stand one above the other."""
SUMMARY_BESIDE = 118
"""From so many columns of the article's pane on the summary stands beside the text."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What can be seen, and how it stands."""

    sources: bool
    list: bool
    article: bool
    below: bool = False
    """Whether the article stands below the list, not beside it."""
    summary_beside: bool = False
    """Whether a summary stands beside the text, not above it."""

    def shows(self, pane: Pane) -> bool:
        """Tell whether a pane can be seen; the summary belongs to the article."""
        return bool(getattr(self, "article" if pane == "summary" else pane))


def arrange(width: int, height: int, focus: Pane, *, maximised: bool = False) -> Layout:
    """Return what is shown on a screen of this size while `focus` has the focus."""
    reading = focus in {"article", "summary"}
    if maximised or width < ONE_PANE:
        return Layout(
            sources=focus == "sources",
            list=focus == "list",
            article=reading,
            summary_beside=reading and width >= SUMMARY_BESIDE,
        )
    if width < TWO_PANES:
        return Layout(sources=not reading, list=not reading, article=reading)
    if width < COLUMNS and height < LOW:
        return Layout(sources=focus == "sources", list=True, article=focus != "sources")
    if width < COLUMNS:
        return Layout(sources=True, list=True, article=True, below=True)
    article = width - 28 - (width - 28) * 2 // 5
    return Layout(sources=True, list=True, article=True, summary_beside=article >= SUMMARY_BESIDE)
