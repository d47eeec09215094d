"""The list of stories: rows by window; the story that is opened has its reports below it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from reader.model import ArticleId, Story
from reader.text.hygiene import shown_line
from reader.tui import commands, formats
from reader.tui.listing import Pages
from reader.tui.storylines import Outlets, ReportLine, copies_told, times_told
from reader.tui.typeset import cells, fit
from reader.tui.widgets.paged_rows import PagedRows
from reader.tui.widgets.painting import Painter

NARROW = 96
"""Below so many cells a story takes two lines."""
_LOW = 6
_AHEAD = 40
_TIMES = 16
_REPORTS = 8
_UNREAD = 7
_NEW = 7


@dataclass(frozen=True, slots=True)
class OpenedStory:
    """The story whose reports are shown, and where it stands in the list."""

    number: int
    story: Story
    lines: tuple[ReportLine, ...]


class StoryList(PagedRows):
    """Stories, the newest first or as sorted; rows that are not here yet are asked for."""

    BINDINGS: ClassVar = commands.bindings("rows")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "stories--unread",
        "stories--read",
        "stories--sign",
        "stories--dots",
        "stories--meta",
        "stories--new",
        "stories--match",
        "stories--head",
    }

    @dataclass
    class Wanted(Message):
        """Pages of the list that are to be fetched."""

        pages: Pages[Story]
        wanted: list[int]

    def __init__(self, *, now: Callable[[], datetime], id: str | None = None) -> None:
        """Take the clock by which ages are told."""
        super().__init__(id=id)
        self.pages: Pages[Story] = Pages()
        self.outlets = Outlets()
        self.opened: OpenedStory | None = None
        self.new: dict[int, tuple[int, dict[ArticleId, int]]] = {}
        """Of stories: how many sentences are new, and how many of them each report has."""
        self.corrected: frozenset[int] = frozenset()
        self.saying: list[str] = []
        self._now = now
        self._pattern: re.Pattern[str] | None = None

    # What is shown

    @property
    def row_count(self) -> int:
        """How many rows there are, those of the opened story's reports among them."""
        return self.pages.count + (len(self.opened.lines) if self.opened else 0)

    def place_of(self, row: int) -> tuple[int, int | None]:
        """Return the number of the story of a row, and which of its reports' lines it is."""
        opened = self.opened
        if opened is None or row <= opened.number:
            return row, None
        below = row - opened.number - 1
        if below < len(opened.lines):
            return opened.number, below
        return row - len(opened.lines), None

    @property
    def story(self) -> Story | None:
        """The story under the cursor, or whose report is, where its row is here."""
        number, line = self.place_of(self.cursor)
        if line is not None and self.opened is not None:
            return self.opened.story
        return self.pages.row(number)

    @property
    def line(self) -> ReportLine | None:
        """The report's line under the cursor; None on a story."""
        number, line = self.place_of(self.cursor)
        del number
        return self.opened.lines[line] if line is not None and self.opened else None

    def show(
        self, pages: Pages[Story], *, opened: OpenedStory | None = None, cursor: int = 0
    ) -> None:
        """Show another list."""
        self.pages, self.opened = pages, opened
        self.rows_are_others(cursor)

    def open_story(self, opened: OpenedStory | None, *, cursor: int | None = None) -> None:
        """Show the reports of one story, or of none."""
        self.opened = opened
        self.rows_are_others(self.cursor if cursor is None else cursor)

    def page_arrived(self, pages: Pages[Story], page: int, stories: list[Story]) -> None:
        """Take rows that were asked for."""
        if pages is self.pages:
            pages.arrived(page, stories)
            self.paint_again()

    def tell_new(self, story: int, sentences: int, of_reports: dict[ArticleId, int]) -> None:
        """Show how many sentences of a story are new."""
        if self.new.get(story) != (sentences, of_reports):
            self.new[story] = (sentences, of_reports)
            self.paint_again()

    def highlight(self, pattern: re.Pattern[str] | None) -> None:
        """Make visible in the titles what was searched for."""
        self._pattern = pattern
        self.paint_again()

    def in_sight(self) -> list[Story]:
        """Return the stories on the screen whose rows are here."""
        first = self.scroll_offset.y // self.row_height
        last = first + max(1, self.size.height // self.row_height)
        numbers = {self.place_of(row)[0] for row in range(first, min(last, self.row_count))}
        return [story for number in sorted(numbers) if (story := self.pages.row(number))]

    def ask(self) -> None:
        """Ask for the rows on the screen, and some around them, that are not here."""
        first = self.place_of(self.scroll_offset.y // self.row_height)[0]
        last = first + max(1, self.size.height) // self.row_height
        if wanted := self.pages.wanted(first - _AHEAD, last + _AHEAD):
            self.post_message(self.Wanted(self.pages, wanted))

    def on_resize(self) -> None:
        """Take one line for a row, or two."""
        self.row_height = 2 if self.two_lines else 1
        super().on_resize()
        self.ask()

    @property
    def two_lines(self) -> bool:
        """Whether a row takes two lines."""
        return self.inner_width < NARROW and self.size.height >= _LOW

    # Painting

    def paint_row(self, row: int, part: int, width: int, base: Style) -> list[Segment]:
        """Paint one line of a story's or a report's row."""
        selected = row == self.cursor
        number, line = self.place_of(row)
        if line is not None and self.opened is not None:
            return self._report(self.opened.lines[line], part, width, selected=selected)
        story = self.pages.row(number)
        if story is None:
            return [Segment(fit("    …" if part == 0 else "", width), base)]
        if self.row_height == 2:
            return (self._below if part else self._upper)(story, width, selected=selected)
        return self._single(story, width, selected=selected)

    def _style(self, name: str, *, selected: bool) -> Style:
        return self.paint_style("rows--cursor" if selected else "rows--row", f"stories--{name}")

    def _signs(self, story: Story, *, selected: bool) -> list[Segment]:
        opened = self.opened is not None and self.opened.story.id == story.id
        sign = self._style("sign", selected=selected)
        return [Segment(f"{'●' if story.unread else ' '} {'▾' if opened else '▸'} ", sign)]

    def _title(self, story: Story, width: int, *, selected: bool) -> list[Segment]:
        style = self._style("unread" if story.unread else "read", selected=selected)
        mark = " ±" if story.id in self.corrected else ""
        title = fit(shown_line(story.title), width - cells(mark), pad=False) + mark
        return [
            *self._found(title, style, selected=selected),
            Segment(" " * max(0, width - cells(title)), style),
        ]

    def _found(self, text: str, style: Style, *, selected: bool) -> list[Segment]:
        if self._pattern is None:
            return [Segment(text, style)]
        segments: list[Segment] = []
        last = 0
        for match in self._pattern.finditer(text):
            segments.append(Segment(text[last : match.start()], style))
            found = style + self._style("match", selected=selected)
            segments.append(Segment(match.group(), found))
            last = match.end()
        return [*segments, Segment(text[last:], style)]

    def _new(self, story: Story) -> str:
        count = self.new.get(story.id, (0, {}))[0]
        return f"+{count} new" if count else ""

    def _single(self, story: Story, width: int, *, selected: bool) -> list[Segment]:
        meta = self._style("meta", selected=selected)
        counts = f"{len(story.articles):>{_REPORTS}}{story.unread or '–':>{_UNREAD}}  "
        times = fit(times_told(story.first, story.last, self._now()), _TIMES)
        new = fit(self._new(story), _NEW)
        dots = fit(self.outlets.dots(story.sources), self.outlets.width)
        title = width - 4 - 1 - cells(new) - 1 - cells(dots) - cells(counts) - cells(times) - 1
        return [
            *self._signs(story, selected=selected),
            *self._title(story, max(0, title), selected=selected),
            Segment(f" {new} ", self._style("new", selected=selected)),
            Segment(dots, self._style("dots", selected=selected)),
            Segment(f"{counts}{times} ", meta),
        ]

    def _upper(self, story: Story, width: int, *, selected: bool) -> list[Segment]:
        signs = self._signs(story, selected=selected)
        return signs + self._title(story, width - 4, selected=selected)

    def _below(self, story: Story, width: int, *, selected: bool) -> list[Segment]:
        meta = self._style("meta", selected=selected)
        new = self._new(story)
        unread = f" · {story.unread} unread" if story.unread else ""
        dots = f"    {self.outlets.dots(story.sources)} "
        times = times_told(story.first, story.last, self._now())
        told = f"{len(story.articles)} reports{unread}"
        parts = f"{told} · {times}"
        if cells(dots) + cells(parts) + cells(new) + 1 > width:
            parts = told
        room = max(0, width - cells(dots) - cells(new) - 1)
        return [
            Segment(fit(dots, min(width, cells(dots))), self._style("dots", selected=selected)),
            Segment(fit(parts, room), meta),
            Segment(f"{new} ", self._style("new", selected=selected)),
        ]

    def _report(self, line: ReportLine, part: int, width: int, *, selected: bool) -> list[Segment]:
        meta = self._style("meta", selected=selected)
        if line.copies:
            text = f"        = {copies_told(line)}" if part == 0 else ""
            return [Segment(fit(text, width), meta)]
        row = line.report
        style = self._style("read" if row.marks.read else "unread", selected=selected)
        indent = 6 if line.copy else 4
        signs = f"{' ' * indent}{' ' if row.marks.read else '●'}{'★' if row.marks.starred else ' '}"
        signs += "= " if line.copy else " "
        when = formats.age(row.when, self._now())
        outlet = shown_line(row.source) or "(no outlet)"
        new = self._report_new(row.id)
        if self.row_height == 2:
            text = f"{signs}{shown_line(row.title)}" if part == 0 else f"{' ' * 7}{outlet} · {when}"
            shown = style if part == 0 else meta
            tail = new if part else ""
            room = width - cells(tail) - 1
            return [
                Segment(fit(text, room), shown),
                Segment(f"{tail} ", self._style("new", selected=selected)),
            ]
        size = max(10, min(22, width // 5))
        room = width - cells(signs) - size - _NEW - 12
        return [
            Segment(signs, self._style("sign", selected=selected)),
            Segment(f"{fit(outlet, size)} ", meta),
            Segment(fit(shown_line(row.title), max(0, room)), style),
            Segment(f" {fit(new, _NEW)} ", self._style("new", selected=selected)),
            Segment(f"{when:>8} ", meta),
        ]

    def _report_new(self, report: ArticleId) -> str:
        story = self.opened.story.id if self.opened else 0
        count = self.new.get(story, (0, {}))[1].get(report, 0)
        return f"+{count} new" if count else ""

    def head(self, width: int) -> str:
        """Return what stands above the list: the outlets' letters, and what is counted."""
        letters = "".join(self.outlets.letters)
        if self.two_lines:
            named = zip(self.outlets.letters, self.outlets.names, strict=True)
            return f"    {letters}  " + " · ".join(
                f"{a} {shown_line(b) or '(no outlet)'}" for a, b in named
            )
        tail = f"{fit(letters, self.outlets.width)}{'reports':>{_REPORTS}}{'unread':>{_UNREAD}}  "
        tail += f"{fit('when', _TIMES)} "
        return fit("    story", max(0, width - cells(tail))) + tail


class StoryHead(Painter):
    """The line above the list: which letter stands for which outlet's dot."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"stories--head"}
    text: Callable[[int], str] | None = None

    def render_line(self, y: int) -> Strip:
        """Paint the line."""
        width = self.size.width
        style = self.paint_style("stories--head")
        told = self.text(width) if self.text is not None and y == 0 else ""
        return Strip([Segment(fit(told, width), style)]).adjust_cell_length(width, style)
