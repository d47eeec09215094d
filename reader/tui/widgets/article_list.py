"""The list of articles: rows by window, in one line or in two where the list is narrow."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.message import Message

from reader.model import ArticleId, ArticleRow, Marks
from reader.text.hygiene import shown_line
from reader.tui import commands, formats
from reader.tui.listing import Listing
from reader.tui.storylines import Outlets
from reader.tui.typeset import cells, fit
from reader.tui.widgets.paged_rows import PagedRows
from reader.tui.widgets.rows import RowsView

NARROW = 72
"""Below so many cells a row takes two lines, where there is the height for it."""
_LOW = 14
_AHEAD = 40


class ArticleList(PagedRows):
    """Articles, newest first or as sorted; rows that are not here yet are asked for."""

    BINDINGS: ClassVar = commands.bindings("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--unread",
        "list--read",
        "list--sign",
        "list--marked",
        "list--meta",
        "list--tag",
        "list--match",
    }

    @dataclass
    class Wanted(Message):
        """Pages of the listing that are to be fetched."""

        listing: Listing
        pages: list[int]

    def __init__(self, *, now: Callable[[], datetime], id: str | None = None) -> None:
        """Take the clock by which ages are told."""
        super().__init__(id=id)
        self.listing = Listing()
        self.marked: set[ArticleId] = set()
        self.show_source = True
        self.saying: list[str] = []
        self.outlets = Outlets()
        """Which outlets have a dot in the row of a folded story."""
        self._now = now
        self._pattern: re.Pattern[str] | None = None

    @property
    def row_count(self) -> int:
        """How many articles there are."""
        return self.listing.count

    @property
    def current(self) -> ArticleRow | None:
        """The article under the cursor, where its row is here."""
        return self.listing.row(self.cursor)

    # What is shown

    def show(self, listing: Listing, *, cursor: int = 0) -> None:
        """Show another listing."""
        self.listing = listing
        self.rows_are_others(cursor)

    def page_arrived(self, listing: Listing, page: int, rows: list[ArticleRow]) -> None:
        """Take rows that were asked for."""
        if listing is not self.listing:
            return
        listing.arrived(page, rows)
        self.paint_again()

    def remark(self, marks: Mapping[ArticleId, Marks]) -> None:
        """Paint anew the rows of these articles, of which the marks are given."""
        for number, row in list(self.listing.known()):
            if (new := marks.get(row.id)) is not None and new != row.marks:
                self.listing.replace(number, replace(row, marks=new))
                self.row_changed(number)

    def stand_on(self, article: ArticleId) -> None:
        """Put the cursor on an article, where its row is here."""
        number = self.listing.number_of(article)
        if number is not None:
            with self.prevent(RowsView.Moved):
                self.cursor = number

    def shown_ids(self) -> set[ArticleId]:
        """Return the articles whose rows are here."""
        return {row.id for _number, row in self.listing.known()}

    def in_order(self) -> list[ArticleId]:
        """Return the marked articles as they stand in the list; at the end those not at hand."""
        here = {row.id: number for number, row in self.listing.known() if row.id in self.marked}
        return sorted(self.marked, key=lambda id_: (here.get(id_, self.listing.count), id_))

    def mark(self, ids: Collection[ArticleId]) -> None:
        """Mark exactly these for a joint action."""
        changed = self.marked ^ set(ids)
        self.marked = set(ids)
        for number, row in self.listing.known():
            if row.id in changed:
                self.row_changed(number)

    def highlight(self, pattern: re.Pattern[str] | None) -> None:
        """Make visible in the titles what was searched for."""
        self._pattern = pattern
        self._strips.clear()
        self.refresh()

    def ask(self) -> None:
        """Ask for the rows on the screen, and some around them, that are not here."""
        first = self.scroll_offset.y // self.row_height
        last = first + max(1, self.size.height) // self.row_height
        pages = self.listing.wanted(first - _AHEAD, last + _AHEAD)
        if pages:
            self.post_message(self.Wanted(self.listing, pages))

    def on_resize(self) -> None:
        """Take one line for a row, or two."""
        narrow = self.inner_width < NARROW and self.size.height >= _LOW
        self.row_height = 2 if narrow else 1
        super().on_resize()
        self.ask()

    # Painting

    def paint_row(self, row: int, part: int, width: int, base: Style) -> list[Segment]:
        """Paint one line of an article's row."""
        article = self.listing.row(row)
        if article is None:
            dots = "    …" if part == 0 else ""
            return [Segment(fit(dots, width), base)]
        selected = row == self.cursor
        if self.row_height == 2:
            return (self._below if part else self._upper)(article, width, selected=selected)
        return self._single(article, width, selected=selected)

    def _style(self, name: str, *, selected: bool) -> Style:
        ground = "rows--cursor" if selected else "rows--row"
        return self.paint_style(ground, f"list--{name}")

    def _signs(self, article: ArticleRow, *, selected: bool) -> list[Segment]:
        marks = article.marks
        marked = article.id in self.marked
        return [
            Segment("✓" if marked else " ", self._style("marked", selected=selected)),
            Segment("●" if self._unread(article) else " ", self._style("sign", selected=selected)),
            Segment("★" if marks.starred else " ", self._style("sign", selected=selected)),
            Segment(" ", self._style("read", selected=selected)),
        ]

    def _unread(self, article: ArticleRow) -> bool:
        folded = self.listing.fold(article.id)
        return folded.unread > 0 if folded is not None else not article.marks.read

    def _source(self, article: ArticleRow) -> str:
        """Return the outlet, or for a folded story its outlets' dots and what is unread."""
        folded = self.listing.fold(article.id)
        if folded is None:
            return shown_line(article.source) or "(no outlet)"
        story = self.listing.stories.get(folded.story)
        dots = self.outlets.dots(story.sources) if story is not None else ""
        return f"{dots} {folded.unread} ●" if folded.unread else dots

    def _title(self, article: ArticleRow, width: int, *, selected: bool) -> list[Segment]:
        style = self._style("unread" if self._unread(article) else "read", selected=selected)
        folded = self.listing.fold(article.id)
        notes = (
            f" ▸{len(folded.members)}"
            if folded
            else " ≡"
            if article.story is not None and article.story in self.listing.stories
            else ""
        )
        notes += " ✎" if article.marks.annotations else ""
        notes += " Δ" if article.id in self.listing.changed else ""
        title = fit(shown_line(article.title), width - cells(notes), pad=False) + notes
        segments = list(self._found(title, style, selected=selected))
        return [*segments, Segment(" " * max(0, width - cells(title)), style)]

    def _found(self, text: str, style: Style, *, selected: bool) -> list[Segment]:
        """Return a text with what was searched for made visible."""
        if self._pattern is None:
            return [Segment(text, style)]
        segments: list[Segment] = []
        last = 0
        for match in self._pattern.finditer(text):
            segments.append(Segment(text[last : match.start()], style))
            segments.append(Segment(match.group(), style + self._match(selected=selected)))
            last = match.end()
        return [*segments, Segment(text[last:], style)]

    def _match(self, *, selected: bool) -> Style:
        return self._style("match", selected=selected)

    def _single(self, article: ArticleRow, width: int, *, selected: bool) -> list[Segment]:
        meta = self._style("meta", selected=selected)
        when = f" {formats.age(article.when, self._now()):>8} "
        outlet = 0
        if self.show_source and width >= 44:
            outlet = max(10, min(24, width // 5))
        tags = self._tags(article, 24 if width >= 90 else 0)
        title = width - 4 - len(when) - (outlet + 1 if outlet else 0) - (cells(tags) + bool(tags))
        segments = self._signs(article, selected=selected)
        segments += self._title(article, title, selected=selected)
        if tags:
            segments.append(Segment(" " + tags, self._style("tag", selected=selected)))
        if outlet:
            segments.append(Segment(" " + fit(self._source(article), outlet), meta))
        segments.append(Segment(when, meta))
        return segments

    def _upper(self, article: ArticleRow, width: int, *, selected: bool) -> list[Segment]:
        signs = self._signs(article, selected=selected)
        return signs + self._title(article, width - 4, selected=selected)

    def _below(self, article: ArticleRow, width: int, *, selected: bool) -> list[Segment]:
        meta = self._style("meta", selected=selected)
        parts = [self._source(article)] if self.show_source or self.listing.folded else []
        parts.append(formats.age(article.when, self._now()))
        text = "    " + " · ".join(parts)
        tags = self._tags(article, max(0, width - cells(text) - 2))
        text = fit(text, width - cells(tags) - bool(tags) - 1)
        return [
            Segment(text, meta),
            Segment(f" {tags} " if tags else " ", self._style("tag", selected=selected)),
        ]

    def _tags(self, article: ArticleRow, width: int) -> str:
        if not article.tags or width < 6:
            return ""
        text = " ".join(f"#{shown_line(tag)}" for tag in article.tags)
        return fit(text, min(width, cells(text)), pad=False)

    def mark_row(self) -> None:
        """Mark the row for a joint action, or unmark it, and go to the next."""
        if (row := self.current) is not None:
            self.mark(self.marked ^ {row.id})
            self.action_down()
