"""The views of a comparison: the columns or a table, one cursor, and the lines about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from reader.model import Annotation, Article, ArticleId, Marks, Sentence
from reader.tui.comparing import about, cursor
from reader.tui.comparing.cursor import NOWHERE, CompareCursor
from reader.tui.comparing.differences import differences
from reader.tui.comparing.lists import only_here, timeline
from reader.tui.comparing.matrix import matrix
from reader.tui.comparing.page import Page
from reader.tui.comparing.quotes import quotes
from reader.tui.comparing.reports import Reports, Spot
from reader.tui.widgets.compare_bars import AboutBar
from reader.tui.widgets.compare_column import CompareColumn
from reader.tui.widgets.compare_columns import ColumnsPane, Moved
from reader.tui.widgets.compare_table import CompareTable

BESIDE, MATRIX, DIFFERENCES, QUOTES, ONLY, TIMELINE = range(6)
VIEWS = (
    ("Side by side", "Side"),
    ("Matrix", "Matrix"),
    ("Differences", "Differs"),
    ("Quotes", "Quotes"),
    ("Only here", "Only"),
    ("Timeline", "Time"),
)
_BUILD: dict[int, Callable[[Reports, int, int], Page]] = {
    MATRIX: matrix,
    DIFFERENCES: differences,
    QUOTES: quotes,
    ONLY: only_here,
    TIMELINE: timeline,
}


class CompareViews(Vertical):
    """Six views of the same reports, of which one is shown; all of them share the cursor."""

    @dataclass
    class Shown(Message):
        """Another view is shown."""

        view: int

    @dataclass
    class Said(Message):
        """Why a command could not be carried out, or what it did."""

        text: str

    columns_pane = getters.query_one(ColumnsPane)
    table = getters.query_one(CompareTable)

    def __init__(
        self,
        own_work: Callable[[ArticleId], tuple[Marks, Sequence[Annotation]]],
        now: Callable[[], datetime],
        *,
        measure: int,
    ) -> None:
        """See `ColumnsPane` for the arguments."""
        super().__init__()
        self._pane = ColumnsPane(own_work, now, measure=measure, id="columns")
        self.reports: Reports | None = None
        self.articles: Sequence[Article] = ()
        self.view = BESIDE
        self.cursor: CompareCursor = NOWHERE
        """What is selected, in all views."""
        self._entries: dict[int, int] = {}
        """The entry that the cursor was on last, by view."""

    def compose(self) -> ComposeResult:
        """Build the columns, the table, and the lines below them."""
        yield self._pane
        yield CompareTable(id="compare-table")
        yield AboutBar(id="compare-about")

    @property
    def leading(self) -> CompareColumn:
        """The column that has the focus, or had it last."""
        return self.columns_pane.leading

    def focus_view(self) -> None:
        """Give the focus to what is shown."""
        (self.leading if self.view == BESIDE else self.table).focus()

    def show_comparison(self, reports: Reports, articles: Sequence[Article]) -> None:
        """Show another comparison, at the same place if that is still there."""
        self.cursor = cursor.kept(self.cursor, self.reports, reports)
        self.reports, self.articles = reports, articles
        self.columns_pane.show_comparison(reports, articles)
        self.show_view(self.view)

    def select(self, id_: ArticleId, sentence: int) -> None:
        """Show a sentence of an article in a column."""
        if self.reports is not None and id_ in self.reports.number:
            self.cursor = CompareCursor(self.reports.whole(self.reports.number[id_], sentence))
            self.show_view(BESIDE)

    def fit(self) -> None:
        """Show as many columns as there is room for; the text stays at its place."""
        self.columns_pane.arrange_columns()
        self.show_about()
        self.call_after_refresh(self.columns_pane.keep_in_sight)

    # Views

    def show_view(self, view: int) -> None:
        """Show a view, with the cursor on what is selected."""
        if self.view != BESIDE:
            self._entries[self.view] = self.table.at
        self.view = view
        self.columns_pane.display = view == BESIDE
        self.table.display = view != BESIDE
        self.post_message(self.Shown(view))
        if self.reports is None:
            return
        if view == BESIDE:
            self._show_columns()
        else:
            self._show_table(self.reports)
        self.show_about()

    def counts(self) -> list[int | None]:
        """Return how much each view holds."""
        if self.reports is None:
            return [None] * len(VIEWS)
        compared, only = self.reports.comparison, self.reports.outline.only
        held = (compared.claims, compared.differences, compared.quotes)
        alone = sum(len(one.sentences) + len(one.parts) for one in only)
        return [None, *map(len, held), alone, len(compared.timeline)]

    def _show_columns(self) -> None:
        spot = self.cursor.spot
        if spot is not None:
            self.columns_pane.lead_with(spot.report)
            self.call_after_refresh(self._put_cursor, spot.sentence)
        self.leading.focus()

    def _put_cursor(self, sentence: int) -> None:
        if self.view == BESIDE and self.reports is not None:
            self._take(self.columns_pane.put_cursor(sentence))

    def _show_table(self, reports: Reports) -> None:
        build, spot, selected = _BUILD[self.view], self.cursor.spot, self.cursor
        self.table.show(
            lambda width, current: build(reports, width, current),
            lambda entries: cursor.entry_of(entries, selected),
            at=self._entries.get(self.view, 0),
            column=spot.report if spot else self.columns_pane.leading_report,
        )
        self.table.focus()

    # The cursor

    def _take(self, moved: Moved) -> None:
        """Take the cursor after a move, or say why it could not be moved."""
        if isinstance(moved, str):
            if moved:
                self._say(moved)
            return
        self.cursor = moved
        self.show_about()

    @on(ColumnsPane.CursorMoved)
    def _column_moved(self, event: ColumnsPane.CursorMoved) -> None:
        if self.view == BESIDE:
            self._take(event.cursor)

    @on(CompareTable.Moved)
    def _entry_moved(self) -> None:
        if (here := self._selected()) is not None and self.view != BESIDE:
            self._take(here)

    @on(CompareTable.LaidOut)
    def _laid_out(self) -> None:
        self.show_about()

    def _selected(self) -> CompareCursor | None:
        """Return what is selected in this view; None for nothing."""
        if self.view == BESIDE:
            return self.cursor if self.cursor.spot else None
        entry = self.table.entry
        if entry is None or self.reports is None:
            return None
        return cursor.at_entry(self.reports, entry, self.table.column)

    def show_about(self) -> None:
        """Show below the view what is selected, and at first what one should know."""
        height = self.size.height
        room = 1 if height < 20 else 2 if height < 32 else 3
        reports, selected, lines = self.reports, self._selected(), []
        if reports is not None and selected is None:
            lines = about.hint_lines(reports, self.size.width - 2)
            room = max(room, min(len(lines), height // 4))
            lines = about.cut(lines, room)
        elif reports is not None and selected is not None and self.view == BESIDE:
            lines = about.lines_beside(reports, selected, self.columns_pane.reports_in_sight())
        elif reports is not None and selected is not None:
            lines = about.lines_of_entry(reports, selected, self.table.entry, self.table.column)
        bar = self.query_one(AboutBar)
        bar.styles.height = room
        bar.tell(lines)

    # Moving

    def step_entry(self, step: int) -> None:
        """Go to the next entry."""
        if self.table.entries:
            self.table.go_to(self.table.at + step)

    def step_claim(self, step: int) -> None:
        """Go to the next claim, or entry."""
        if self.view == BESIDE:
            self._take(self.columns_pane.step_claim(step))
        else:
            self.step_entry(step)

    def step_sentence(self, step: int) -> None:
        """Go to the next sentence, or entry."""
        if self.view == BESIDE:
            self._take(self.columns_pane.step_sentence(step))
        else:
            self.step_entry(step)

    def step_difference(self, step: int) -> None:
        """Go to the next difference, or entry with one."""
        if self.view == BESIDE:
            self._take(self.columns_pane.step_difference(step, self.cursor.difference))
        elif self.reports is not None:
            differing = cursor.entries_that_differ(self.reports, self.table.entries)
            self._go_to_entry(
                cursor.next_of(differing, self.table.at, step),
                "No further difference in this view; 3 shows all.",
            )

    def step_only(self, step: int) -> None:
        """Go to the next sentence that is only here, or entry with one."""
        if self.view == BESIDE:
            self._take(self.columns_pane.step_only(step))
        elif self.reports is not None:
            only = cursor.entries_only_here(self.reports, self.table.entries)
            self._go_to_entry(
                cursor.next_of(only, self.table.at, step),
                "No further sentence is only here; 5 shows all.",
            )

    def _go_to_entry(self, number: int | None, otherwise: str) -> None:
        if number is None:
            self._say(otherwise)
        else:
            self.table.go_to(number)

    def step_cell(self, step: int) -> None:
        """Go to the next report's cell, or in a list to the next report's first entry."""
        table, reports, entry = self.table, self.reports, self.table.entry
        if reports is None or entry is None:
            return
        if entry.table:
            table.turn_to((table.column + step) % len(reports))
        elif (number := cursor.next_owner(table.entries, table.at, step)) is not None:
            table.go_to(number)

    def step_report(self, step: int) -> None:
        """Show the next report in this column, or go to its cell."""
        if self.view == BESIDE:
            self._take(self.columns_pane.step_report(step))
        else:
            self.step_cell(step)

    def at_end(self, step: int) -> bool:
        """Return True if no column comes after (1) or before (-1) the leading one."""
        last = len(self.columns_pane.in_sight()) - 1 if step > 0 else 0
        return self.view != BESIDE or self.columns_pane.lead == last

    def step_column(self, step: int) -> None:
        """Go to the next column, or cell."""
        if self.view == BESIDE:
            self._take(self.columns_pane.step_column(step))
        else:
            self.step_cell(step)

    def page_on(self) -> None:
        """Go one page on."""
        if self.view == BESIDE:
            self.leading.action_page_down()
        else:
            self.table.action_page_down()

    def toggle_lock(self) -> None:
        """Let the columns scroll together, or each alone."""
        columns = self.columns_pane
        if self.view == BESIDE:
            columns.locked = not columns.locked
            together = "The columns scroll together."
            self._say(together if columns.locked else "Each column scrolls alone.")
            columns.follow()

    def toggle_fold(self) -> None:
        """Fold away what others have too, or show it again."""
        columns = self.columns_pane
        if self.view == BESIDE:
            columns.fold(folded=not columns.folded)
            folded = "What others have too is folded away."
            self._say(folded if columns.folded else "All is shown.")
            self.call_after_refresh(columns.follow)

    def maximise(self) -> None:
        """Give the whole screen to this column, or take it back."""
        self.columns_pane.maximised = not self.columns_pane.maximised
        self.columns_pane.arrange_columns()

    def _say(self, text: str) -> None:
        self.post_message(self.Said(text))

    # What commands are about

    def evidence(self) -> Spot | None:
        """Return the place that Enter shows."""
        reports, entry, column = self.reports, self.table.entry, self.table.column
        if reports is None:
            return None
        if self.view == BESIDE:
            report, number = self.columns_pane.leading_report, self.leading.sentence_number
            if number is None:
                top = self.leading.top_place
                return Spot(report, -1, top, top)
            return cursor.evidence_of(reports, self.cursor, report, number)
        if entry is None:
            return None
        if entry.table and column not in entry.spots:
            self._say(f"{reports.names[column]} says nothing about this in its stored text.")
            return None
        return entry.spots[column if entry.table else min(entry.spots)]

    def targets(self) -> list[ArticleId]:
        """Return the article that the cursor is in."""
        report, entry = self.columns_pane.leading_report, self.table.entry
        if self.view != BESIDE:
            report = self.table.column
            if entry is not None and not entry.table:
                report = min(entry.spots)
        return [self.articles[report].id] if report < len(self.articles) else []

    def reading(self) -> tuple[Article, Sentence | None] | None:
        """Return the article that the cursor is in, and the sentence under it."""
        ids = self.targets()
        if not ids or self.reports is None:
            return None
        report = self.reports.number[ids[0]]
        if self.view == BESIDE:
            return self.articles[report], self.leading.sentence
        spot = self.table.entry.spots.get(report) if self.table.entry else None
        sentences = self.reports.sides[report].sentences
        inside = spot is not None and spot.sentence < len(sentences)
        return self.articles[report], sentences[spot.sentence] if spot and inside else None
