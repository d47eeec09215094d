"""The list of feeds: what each is called, how its last fetch went, what is unread of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar, Literal

from rich.segment import Segment
from rich.style import Style

from reader.model import FeedState, Subscription
from reader.text.hygiene import shown_line
from reader.tui import commands, formats
from reader.tui.fetch_job import Step
from reader.tui.typeset import cells, fit
from reader.tui.widgets.rows import RowsView

FeedOrder = Literal["name", "failed", "unread"]

_RESULTS = {"new": "✓", "unchanged": "✓", "waiting": "…", "gone": "…", "failed": "✗"}
_WIDEST_TAGS = 60
"""Columns that tags get at most."""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed as the list shows it."""

    feed: Subscription
    state: FeedState
    articles: int = 0
    unread: int = 0
    step: Step | None = field(default=None, compare=False)
    """What became of it in the fetch that is under way."""

    @property
    def failed(self) -> bool:
        """Whether its last fetch went wrong."""
        return bool(self.state.reason)


def ordered(rows: Iterable[FeedRow], order: FeedOrder) -> list[FeedRow]:
    """Return rows in an order: by name, the failed first, the most unread first."""

    def key(row: FeedRow) -> tuple[int, str, str]:
        first = {"name": 0, "failed": -row.failed, "unread": -row.unread}[order]
        return first, row.feed.shown.casefold(), row.feed.key

    return sorted(rows, key=key)


class FeedList(RowsView):
    """The feeds one is subscribed to."""

    BINDINGS: ClassVar = commands.bindings("rows")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "feeds--name",
        "feeds--unread",
        "feeds--rest",
        "feeds--failed",
        "feeds--done",
        "feeds--tags",
    }

    def __init__(self, *, now: Callable[[], datetime], id: str | None = None) -> None:
        """Take the clock by which ages are told."""
        super().__init__(id=id)
        self.rows: list[FeedRow] = []
        self.known = False
        self._tags_width = 0
        self._now = now

    @property
    def row_count(self) -> int:
        """How many feeds there are."""
        return len(self.rows)

    @property
    def current(self) -> FeedRow | None:
        """The feed under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def empty_lines(self) -> list[str]:
        """Say how one gets feeds."""
        if not self.known:
            return []
        return ["There are no feeds yet.", "A subscribes: by an address, or from an OPML file."]

    def show(self, rows: Sequence[FeedRow]) -> None:
        """Show these feeds; the cursor stays on the feed it stood on."""
        here = self.current.feed.key if self.current else None
        steps = {row.feed.key: row.step for row in self.rows}
        self.rows = [replace(row, step=steps.get(row.feed.key)) for row in rows]
        self.known = True
        self._tags_width = max(
            (cells(self._tags(row.feed, _WIDEST_TAGS)) for row in rows), default=0
        )
        keys = [row.feed.key for row in rows]
        with self.prevent(RowsView.Moved):
            self.cursor = keys.index(here) if here in keys else min(self.cursor, len(keys))
        self.rows_changed()
        self.show_cursor()

    def fetched(self, steps: Iterable[Step]) -> None:
        """Show what became of feeds in the fetch that is under way."""
        by_key = {step.key: step for step in steps}
        for number, row in enumerate(self.rows):
            if (step := by_key.get(row.feed.key)) is not None:
                self.rows[number] = replace(row, step=step)
                self.row_changed(number)

    def forget_steps(self) -> None:
        """Forget what became of feeds in the fetch that is over."""
        self.rows = [replace(row, step=None) for row in self.rows]
        self.rows_changed()

    def neighbour(self, step: int) -> int | None:
        """Return the row of the next (1) or previous (-1) feed that failed, going round."""
        count = len(self.rows)
        places = ((self.cursor + step * n) % count for n in range(1, count + 1))
        return next((place for place in places if self.rows[place].failed), None)

    # Painting

    def paint_row(self, row: int, part: int, width: int, base: Style) -> list[Segment]:  # noqa: ARG002
        """Paint a feed: sign, name, tags, how many are unread of how many, when it last came."""
        shown = self.rows[row]
        selected = row == self.cursor
        unread = f"{formats.short(shown.unread) if shown.unread else '':>6}"
        articles = f"{formats.short(shown.articles):>7}" if width >= 60 else ""
        when = f"{self._last(shown):>10} " if width >= 48 else " "
        tags = self._tags(shown.feed, width // 4 if width >= 80 else 0)
        address = f" {fit(shown_line(shown.feed.address), width // 3)}" if width >= 120 else ""
        if address:  # addresses stand below each other where all rows leave tags the same room
            tags = fit(tags, min(width // 4, self._tags_width))
        room = width - 3 - cells(address + unread + articles + when) - (cells(tags) + bool(tags))
        name = fit(shown_line(shown.feed.shown), max(4, room))
        style = "rest" if shown.feed.muted else "unread" if shown.unread else "name"
        sign, sign_style = self._sign(shown)
        segments = [
            Segment(f" {sign} ", self._style(sign_style, selected=selected)),
            Segment(name, self._style(style, selected=selected)),
        ]
        segments.append(Segment(address, self._style("rest", selected=selected)))
        if tags:
            segments.append(Segment(f" {tags}", self._style("tags", selected=selected)))
        segments.append(Segment(unread, self._style("unread", selected=selected)))
        segments.append(Segment(articles + when, self._style("rest", selected=selected)))
        return segments

    def _style(self, name: str, *, selected: bool) -> Style:
        return self.paint_style("rows--cursor" if selected else "rows--row", f"feeds--{name}")

    @staticmethod
    def _sign(row: FeedRow) -> tuple[str, str]:
        """Return the sign before a feed and its style: what the fetch brought, else how it is."""
        if row.step is not None:
            sign = _RESULTS.get(row.step.result, " ")
            return sign, "failed" if sign == "✗" else "done"
        if row.failed:
            return "✗", "failed"
        return ("–", "rest") if row.feed.muted else (" ", "rest")

    def _last(self, row: FeedRow) -> str:
        if row.step is not None and row.step.added:
            return f"{row.step.added:,} new"
        if row.feed.muted:
            return "muted"
        succeeded = row.state.succeeded
        return formats.age(succeeded, self._now()) if succeeded else "never"

    @staticmethod
    def _tags(feed: Subscription, width: int) -> str:
        text = " ".join(f"#{shown_line(tag)}" for tag in feed.tags) if width else ""
        return fit(text, min(width, cells(text)), pad=False)
