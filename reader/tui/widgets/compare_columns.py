"""Side by side: reports in columns, two or three on wide screens, that scroll together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from reader.model import Annotation, Article, ArticleId, Claim, Difference, Marks
from reader.tui import column_page, formats
from reader.tui.comparing.cursor import (
    CompareCursor,
    at_sentence,
    next_difference,
    next_of,
    no_further_difference,
)
from reader.tui.comparing.reports import Reports, Spot
from reader.tui.widgets.compare_column import CompareColumn
from reader.tui.widgets.prose import ProseView

TWO_COLUMNS = 70
"""Narrower screens show one column at a time."""
THREE_COLUMNS = 200
MOST_COLUMNS = 3

Moved = CompareCursor | str
"""The cursor after a move, or the sentence that says why it could not be moved."""


class ColumnsPane(Horizontal):
    """The columns: which report each shows, which of them leads, and the cursor in that one.

    Methods that move the cursor return it; `CursorMoved` is for what the mouse and the focus do.
    """

    @dataclass
    class CursorMoved(Message):
        """The cursor is on another sentence, by a click or because another column leads."""

        cursor: CompareCursor

    @dataclass
    class Opened(Message):
        """A sentence was clicked twice."""

    def __init__(
        self,
        own_work: Callable[[ArticleId], tuple[Marks, Sequence[Annotation]]],
        now: Callable[[], datetime],
        *,
        measure: int,
        id: str | None = None,
    ) -> None:
        """`own_work` returns an article's marks and annotations; `measure` is the text's width."""
        super().__init__(id=id)
        self._own_work = own_work
        self._now = now
        self._measure = measure
        self.reports: Reports | None = None
        self.articles: Sequence[Article] = ()
        self.shown = list(range(MOST_COLUMNS))
        """Which report each column shows."""
        self.lead = 0
        """The number of the column that has the focus, or had it last."""
        self.locked = True
        self.folded = False
        self.maximised = False

    def compose(self) -> ComposeResult:
        """Build the columns; those that there is no room for stay out of sight."""
        for number in range(MOST_COLUMNS):
            with Vertical(classes="column", id=f"column-{number}"):
                yield Static(Content(""), classes="column-head")
                yield CompareColumn(measure=self._measure, id=f"text-{number}")

    # Which columns there are

    @property
    def columns(self) -> list[CompareColumn]:
        """All columns, from left to right, those out of sight too."""
        return [self.query_one(f"#text-{n}", CompareColumn) for n in range(MOST_COLUMNS)]

    @property
    def leading(self) -> CompareColumn:
        """The column that has the focus, or had it last."""
        return self.query_one(f"#text-{self.lead}", CompareColumn)

    @property
    def leading_report(self) -> int:
        """The report that the cursor is in."""
        return self.shown[self.lead]

    def column_count(self) -> int:
        """Return how many columns there is room for."""
        width = self.screen.size.width
        if self.maximised or width < TWO_COLUMNS or self.reports is None:
            return 1
        return min(MOST_COLUMNS if width >= THREE_COLUMNS else 2, len(self.reports))

    def in_sight(self) -> list[int]:
        """Return which columns are in sight."""
        count = self.column_count()
        return [self.lead] if count == 1 else list(range(count))

    def reports_in_sight(self) -> set[int]:
        """Return the reports that can be seen."""
        return {self.shown[number] for number in self.in_sight()}

    def arrange_columns(self) -> None:
        """Show as many columns as there is room for, the leading one among them."""
        count = self.column_count()
        if 1 < count <= self.lead:
            self._swap(count - 1, self.lead)
        seen = self.in_sight()
        for number in range(MOST_COLUMNS):
            pane = self.query_one(f"#column-{number}")
            pane.display = number in seen
            pane.set_class(number == seen[-1], "-last")
            pane.set_class(number == self.lead, "-leading")

    def _swap(self, a: int, b: int) -> None:
        """Let two columns change their reports, the cursor going with its report."""
        sentence = self.leading.sentence_number
        self.shown[a], self.shown[b] = self.shown[b], self.shown[a]
        self.lead = a
        for number in (a, b):
            self._show_column(number)
        self.leading.point_at(sentence)
        self.leading.focus()

    # What they show

    def show_comparison(self, reports: Reports, articles: Sequence[Article]) -> None:
        """Show another comparison; each column keeps its report, if it is still compared."""
        led = self.leading.article
        before = [column.article.id if column.article else None for column in self.columns]
        self.reports, self.articles = reports, articles
        kept = [reports.number.get(id_) if id_ is not None else None for id_ in before]
        rest = [n for n in range(max(len(reports), MOST_COLUMNS)) if n not in kept]
        self.shown = [number if number is not None else rest.pop(0) for number in kept]
        if led is not None and led.id not in reports.number:
            self.lead = 0
        # a report that is not there may only be shown by a column out of sight
        self.shown.sort(key=lambda number: number >= len(reports))
        for number in range(MOST_COLUMNS):
            self._show_column(number)
        self.arrange_columns()

    def _show_column(self, number: int) -> None:
        """Show a column's report, or nothing if there are fewer reports."""
        reports, report = self.reports, self.shown[number]
        if reports is None or report >= len(reports):
            return
        article = self.articles[report]
        column = self.columns[number]
        same = column.article is not None and column.article.id == article.id
        column.folded = self.folded
        marks, annotations = self._own_work(article.id)
        place = column.top_place or None if same else None
        column.show_report(reports, report, article, marks, annotations, place=place)
        when = article.published
        facts = [
            reports.names[report],
            f"{report + 1} of {len(reports)}",
            formats.age(when, self._now()) if when else "no date",
            "only an excerpt" if article.excerpt else "",
        ]
        head = self.query_one(f"#column-{number} .column-head", Static)
        head.update(Content(" · ".join(fact for fact in facts if fact)))

    def update_own_work(self, ids: set[ArticleId]) -> None:
        """Show what the reader did with these articles since."""
        for column in self.columns:
            if column.article is not None and column.article.id in ids:
                column.update_own_work(*self._own_work(column.article.id))

    def lead_with(self, report: int) -> None:
        """Lead with a column that shows a report, this one if none does."""
        having = [n for n in self.in_sight() if self.shown[n] == report]
        if having:
            self.lead = having[0]
        elif self.leading_report != report:
            self._put_report(self.lead, report)
        self.arrange_columns()

    def _put_report(self, number: int, report: int) -> None:
        """Show a report in a column; a column out of sight that has it takes the other's."""
        if report in self.shown:
            self.shown[self.shown.index(report)] = self.shown[number]
        self.shown[number] = report
        for each, column in enumerate(self.columns):
            there = self.shown[each]
            if there < len(self.articles) and (
                column.article is None or column.article.id != self.articles[there].id
            ):
                self._show_column(each)

    # Moving together

    @on(ProseView.Scrolled)
    def _scrolled(self, event: ProseView.Scrolled) -> None:
        if event.prose is self.leading and self.locked:
            self.follow()

    def _pairs(self, number: int) -> dict[int, int]:
        """Return for the leading column's sentences what says the same in another column."""
        reports = self.reports
        if reports is None or number == self.lead:
            return {}
        a, b = self.leading_report, self.shown[number]
        return reports.pairs(a, b) if max(a, b) < len(reports) else {}

    def follow(self) -> None:
        """Scroll the other columns to what says the same as the middle of this one."""
        column = self.leading
        if not self.locked or not column.sentences:
            return
        here = column.sentence_number
        if here is None or not column.in_sight(here):
            here = column.middle_sentence()
        for number in self.in_sight():
            other = self.columns[number]
            if number == self.lead or not other.size.height:
                continue
            pairs = self._pairs(number)
            near = column_page.nearest(here, pairs)
            if near is not None:
                other.bring_to_row(pairs[near], column.row_of(near))

    def _point(self) -> None:
        """Let the other columns point at what says the same, and bring it beside this."""
        here = self.leading.sentence_number
        for number in self.in_sight():
            if number != self.lead:
                pair = self._pairs(number).get(here) if here is not None else None
                self.columns[number].point_at(pair)
        self.follow()

    # The cursor

    def cursor(self) -> CompareCursor:
        """Return the cursor of the leading column."""
        if self.reports is None:
            return CompareCursor()
        return at_sentence(self.reports, self.leading_report, self.leading.sentence_number)

    def put_cursor(self, sentence: int) -> CompareCursor:
        """Put the cursor on a sentence of the leading column."""
        if sentence in self.leading.folded_away:
            self.fold(folded=False)
        self.leading.put_cursor(sentence)
        self._point()
        return self.cursor()

    def keep_in_sight(self) -> None:
        """Keep the cursor in sight after another size was taken."""
        number = self.leading.sentence_number
        if number is not None:
            self.leading.put_cursor(number)
        self.follow()

    def _now_at(self, step: int) -> int:
        """Return the sentence from which a move starts: the cursor's, else the one in sight."""
        column = self.leading
        if column.sentence_number is not None:
            return column.sentence_number
        return column.middle_sentence() - (step > 0) if column.scroll_offset.y else -1

    def _step_among(self, numbers: Sequence[int], step: int, otherwise: str) -> Moved:
        found = next_of(numbers, self._now_at(step), step)
        return otherwise if found is None else self.put_cursor(found)

    def step_claim(self, step: int) -> Moved:
        """Go to the next (1) or previous (-1) sentence that others have too."""
        if self.reports is None:
            return ""
        side = self.reports.sides[self.leading_report]
        visible = set(self.leading.unfolded)
        claims = sorted(set(side.claims) & visible) or sorted(visible)
        further = "further" if step > 0 else "earlier"
        why_not = f"No {further} point in this report is in others too."
        return self._step_among(claims, step, why_not)

    def step_sentence(self, step: int) -> Moved:
        """Go to the next or previous sentence."""
        end = "end" if step > 0 else "beginning"
        return self._step_among(self.leading.unfolded, step, f"This is the {end} of the report.")

    def step_only(self, step: int) -> Moved:
        """Go to the next or previous sentence that only this report has."""
        if self.reports is None:
            return ""
        only = sorted(self.reports.sides[self.leading_report].only)
        further = "further" if step > 0 else "earlier"
        why_not = f"No {further} sentence is only here, among the stored articles."
        return self._step_among(only, step, why_not)

    def step_difference(self, step: int, difference: int | None) -> Moved:
        """Go from a difference (None: from the sentence) to the next, the other side beside it."""
        reports = self.reports
        if reports is None:
            return ""
        here = (self._now_at(step), -1 if difference is None else difference)
        found = next_difference(reports, self.leading_report, here, step)
        if found is None:
            return no_further_difference(reports, self.leading_report, step)
        sentence, number = found
        moved = self.put_cursor(sentence)
        self._bring_other_side(reports, reports.comparison.differences[number])
        return CompareCursor(moved.spot, moved.claim, number)

    def _bring_other_side(self, reports: Reports, difference: Difference) -> None:
        """Show beside this report one that puts it differently, at the place where it does."""
        if self.column_count() < 2:
            return
        mine, others = set(), []
        for variant in difference.variants:
            if reports.number.get(variant.article) == self.leading_report:
                mine.add(variant.value)
            else:
                others.append(variant)
        others.sort(key=lambda v: v.value in mine)
        beside_it = [n for n in self.in_sight() if n != self.lead]
        having = {v.article for v in others if v.value not in mine} or {v.article for v in others}
        numbers = [reports.number[article] for article in having]
        if not any(self.shown[n] in numbers for n in beside_it) and others:
            self._put_report(beside_it[0], reports.number[others[0].article])
        for column in beside_it:
            there = self.shown[column]
            spot = next((v for v in others if reports.number[v.article] == there), None)
            if spot is not None:
                self.columns[column].point_at(spot.sentence)
                here = self.leading.sentence_number or 0
                self.columns[column].bring_to_row(spot.sentence, self.leading.row_of(here))
        self.arrange_columns()

    # Which reports, and how

    def _claim_here(self) -> Claim | None:
        number = self.leading.sentence_number
        if self.reports is None or number is None:
            return None
        return self.reports.claim_at(self.leading_report, number)

    def _spot_of(self, claim: Claim | None) -> Spot | None:
        if claim is None or self.reports is None:
            return None
        return self.reports.evidence(claim).get(self.leading_report)

    def step_column(self, step: int) -> CompareCursor:
        """Lead with the next column; if only one is in sight, show the next."""
        count = self.column_count()
        around = count if count > 1 else min(2, len(self.reports or ()))
        claim = self._claim_here()
        self.lead = (self.lead + step) % max(1, around)
        self.arrange_columns()
        self.leading.focus()
        spot = self._spot_of(claim)
        if spot is not None:
            return self.put_cursor(spot.sentence)
        if self.leading.sentence_number is not None:
            return self.put_cursor(self.leading.sentence_number)
        return self.cursor()

    def step_report(self, step: int) -> Moved:
        """Show the next report in this column that no other column in sight shows."""
        if self.reports is None:
            return ""
        count = len(self.reports)
        claim = self._claim_here()
        taken = {self.shown[n] for n in self.in_sight() if n != self.lead}
        report = (self.leading_report + step) % count
        while report in taken:
            report = (report + step) % count
        if report == self.leading_report:
            return "There is no other report to show here."
        self._put_report(self.lead, report)
        self.arrange_columns()
        spot = self._spot_of(claim)
        if spot is not None:
            return self.put_cursor(spot.sentence)
        self.leading.point_at(None)
        self._point()
        return self.cursor()

    def fold(self, *, folded: bool) -> None:
        """Fold away what others have too, in all columns, or show it."""
        self.folded = folded
        for column in self.columns:
            column.fold(folded=folded)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let the column lead that has the focus."""
        for number, column in enumerate(self.columns):
            if event.widget is column and number != self.lead:
                self.lead = number
                self.arrange_columns()
                self.post_message(self.CursorMoved(self.cursor()))

    @on(ProseView.Pointed)
    def _pointed(self, event: ProseView.Pointed) -> None:
        if isinstance(event.prose, CompareColumn) and event.place is not None:
            self.lead = self.columns.index(event.prose)
            event.prose.put_cursor_at(event.place)
            self.arrange_columns()
            self._point()
            self.post_message(self.CursorMoved(self.cursor()))
            if event.twice:
                self.post_message(self.Opened())
