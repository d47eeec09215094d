"""Reports of one event against each other: six views that share one cursor."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from reader.model import ArticleId
from reader.text.hygiene import shown_line
from reader.tui import commands
from reader.tui.comparing.reports import overview
from reader.tui.screens.compare_beside import MOST_COLUMNS
from reader.tui.screens.compare_tables import BESIDE, VIEWS
from reader.tui.screens.compare_work import WorkScreen
from reader.tui.sheets import sheets
from reader.tui.widgets.bars import HeaderBar, StatusBar
from reader.tui.widgets.compare_bars import AboutBar, ViewsBar
from reader.tui.widgets.compare_column import CompareColumn
from reader.tui.widgets.compare_table import CompareTable
from reader.tui.widgets.summary_pane import SummaryPane


class CompareScreen(WorkScreen):
    """A comparison."""

    CSS_PATH: ClassVar[list[Any]] = sheets("compare", "prose")
    BINDINGS: ClassVar = commands.bindings("compare")

    def __init__(self, ids: Sequence[ArticleId], story: int | None = None) -> None:
        """Take the reports, that one first from which the comparison is begun, and their story."""
        super().__init__(ids, story)
        self.id = "compare"  # by which the palette knows its commands
        self.shown = list(range(MOST_COLUMNS))
        self._places = {}

    def compose(self) -> ComposeResult:
        """Build the lines at the top, the columns, the table, and what stands below."""
        yield HeaderBar("compare", id="header")
        yield Static(Content(""), id="compare-overview")
        yield ViewsBar(VIEWS, id="compare-views")
        yield SummaryPane(id="compare-summary")
        with Horizontal(id="columns"):
            for number in range(MOST_COLUMNS):
                with Vertical(classes="column", id=f"column-{number}"):
                    yield Static(Content(""), classes="column-head")
                    yield CompareColumn(measure=self.reader.settings.measure, id=f"text-{number}")
        yield CompareTable(id="compare-table")
        yield AboutBar(id="compare-about")
        yield StatusBar(self.reader.keys_of, id="status")

    def on_mount(self) -> None:
        """Begin to compare."""
        self.summary_pane.display = False
        self.query_one(HeaderBar).tell(["Comparison"])
        self.tell_waiting("The reports are being compared …")
        self._size_lines()
        self.arrange_columns()
        self.show_view(BESIDE)
        self.columns[0].focus()
        self.compute()

    def tell_waiting(self, text: str) -> None:
        """Tell where there is no comparison yet how far it is."""
        self.query_one("#compare-overview", Static).update(Content(shown_line(text)))

    def comparison_changed(self) -> None:
        """Show another comparison, at the same place as far as it is still there."""
        reports = self.reports
        if reports is None:
            return
        led = self.leading.article
        self.query_one(HeaderBar).tell(["Comparison", reports.title])
        told = overview(reports)
        if self.beyond:
            told += f" · the first {len(reports)} of {len(reports) + self.beyond} reports"
        self.tell_waiting(told)
        self._take_shown(led.id if led is not None else None)
        self.show_columns()
        self._keep_cursor()
        self.show_view(self.view)

    def _take_shown(self, led: ArticleId | None) -> None:
        """Choose what the columns show: what they showed, else the first reports."""
        reports = self.reports
        if reports is None:
            return
        before = [column.article.id if column.article else None for column in self.columns]
        kept = [reports.number.get(id_) if id_ is not None else None for id_ in before]
        rest = [n for n in range(max(len(reports), MOST_COLUMNS)) if n not in kept]
        self.shown = [number if number is not None else rest.pop(0) for number in kept]
        if led is not None and led not in reports.number:
            self._leading = 0
        # a report that is not there may only be shown by a column out of sight
        self.shown.sort(key=lambda number: number >= len(reports))

    def _keep_cursor(self) -> None:
        reports, spot = self.reports, self.spot
        sentences = reports.comparison.articles if reports else ()
        inside = spot is not None and spot.report < len(sentences)
        if spot is None or not inside or spot.sentence >= len(sentences[spot.report].sentences):
            self.spot = self.claim = self.difference = None
            return
        self.leading.point_at(self.leading.sentence_number)

    # Sizes

    def on_resize(self, event: events.Resize) -> None:
        """Show one column, two or three; the text stays at its place."""
        del event
        self._size_lines()
        self.arrange_columns()
        self.call_after_refresh(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        number = self.leading.sentence_number
        if number is not None:
            self.leading.put_cursor(number)
        self.follow()

    def _size_lines(self) -> None:
        self.query_one("#compare-overview").display = self.size.height >= 12
        self.tell_about()

    def on_screen_resume(self) -> None:
        """Show what was noted meanwhile in the article."""
        self._show_own_work({article.id for article in self.articles})

    # Views

    def action_view(self, number: int) -> None:
        """Show a view, 1 to 6."""
        self.show_view(number - 1)

    @on(ViewsBar.Chosen)
    def _view_chosen(self, event: ViewsBar.Chosen) -> None:
        self.show_view(event.view)

    # Moving

    def action_next_claim(self) -> None:
        """Go to the next claim, or entry."""
        self.step_claim(1) if self.view == BESIDE else self.step_entry(1)

    def action_previous_claim(self) -> None:
        """Go to the claim, or entry, before."""
        self.step_claim(-1) if self.view == BESIDE else self.step_entry(-1)

    def action_next_sentence(self) -> None:
        """Go to the next sentence, or entry."""
        self.step_sentence(1) if self.view == BESIDE else self.step_entry(1)

    def action_previous_sentence(self) -> None:
        """Go to the sentence, or entry, before."""
        self.step_sentence(-1) if self.view == BESIDE else self.step_entry(-1)

    def action_next_difference(self) -> None:
        """Go to the next difference."""
        self._step_difference(1)

    def action_previous_difference(self) -> None:
        """Go to the difference before."""
        self._step_difference(-1)

    def _step_difference(self, step: int) -> None:
        if self.view == BESIDE:
            self.step_difference(step)
            return
        self._step_entry_where(
            step,
            [n for n, e in enumerate(self.table.entries) if self._entry_differs(e.claim, e.spots)],
            "No further difference in this view; 3 shows all.",
        )

    def _entry_differs(self, claim: int | None, spots: object) -> bool:
        reports = self.reports
        if reports is None or not isinstance(spots, dict):
            return False
        here = any(reports.differences_at(s.report, s.sentence) for s in spots.values())
        told = {d.claim for d in reports.comparison.differences if d.claim is not None}
        return here or claim in told

    def action_next_only(self) -> None:
        """Go to the next sentence that is only here."""
        self._step_only(1)

    def action_previous_only(self) -> None:
        """Go to the sentence before that is only here."""
        self._step_only(-1)

    def _step_only(self, step: int) -> None:
        if self.view == BESIDE:
            self.step_only(step)
            return
        reports = self.reports
        places = [
            number
            for number, entry in enumerate(self.table.entries)
            if reports and any(reports.only_at(s.report, s.sentence) for s in entry.spots.values())
        ]
        self._step_entry_where(step, places, "No further sentence is only here; 5 shows all.")

    def _step_entry_where(self, step: int, numbers: Sequence[int], otherwise: str) -> None:
        at = self.table.at
        after = [n for n in numbers if (n > at if step > 0 else n < at)]
        if after:
            self.table.go_to(min(after) if step > 0 else max(after))
        else:
            self.say(otherwise)

    def action_page_on(self) -> None:
        """Go one page on."""
        self.leading.action_page_down() if self.view == BESIDE else self.table.action_page_down()

    def action_next_pane(self) -> None:
        """Go to the next column; where there is a summary, to it in its turn."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """Go to the column before."""
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        if self.view != BESIDE:
            if self.summary_on and not self.summary_pane.has_focus:
                self.summary_pane.focus()
            elif self.summary_pane.has_focus:
                self.table.focus()
            else:
                self.step_cell(step)
            return
        last = len(self.in_sight()) - 1 if step > 0 else 0
        if self.summary_on and self._leading == last and not self.summary_pane.has_focus:
            self.summary_pane.focus()
            return
        self.step_column(step)

    def action_next_source(self) -> None:
        """Show the next outlet in this column, or go to its cell."""
        self.step_outlet(1) if self.view == BESIDE else self.step_cell(1)

    def action_previous_source(self) -> None:
        """Show the outlet before in this column, or go to its cell."""
        self.step_outlet(-1) if self.view == BESIDE else self.step_cell(-1)

    def action_lock(self) -> None:
        """Let the columns scroll together, or each alone."""
        if self.view != BESIDE:
            return
        self.locked = not self.locked
        self.say("The columns scroll together." if self.locked else "Each column scrolls alone.")
        if self.locked:
            self.follow()

    def action_fold(self) -> None:
        """Fold away what others have too, or show it again."""
        if self.view != BESIDE:
            return
        self.set_folded(folded=not self.folded)
        self.say("What others have too is folded away." if self.folded else "All is shown.")
        self.call_after_refresh(self.follow)

    def action_maximise(self) -> None:
        """Give the whole screen to this column, or take it back."""
        self.maximised = not self.maximised
        self.arrange_columns()

    def action_back(self) -> None:
        """Go back: out of the summary, to the columns, to where the comparison was opened."""
        if self.summary_pane.has_focus:
            (self.leading if self.view == BESIDE else self.table).focus()
        elif self.summary_on:
            self.action_summary()
        elif self.view != BESIDE:
            self.show_view(BESIDE)
        else:
            self.dismiss()
