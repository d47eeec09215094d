"""Side by side: two columns, three on wide screens, in step by what they both say."""

from abc import abstractmethod
from collections.abc import Sequence

from textual import events, on
from textual.content import Content
from textual.widgets import Static

from reader.model import ArticleId, Claim, Difference
from reader.tui import beside, formats
from reader.tui.screens.compare_story import StoryScreen
from reader.tui.widgets.compare_column import CompareColumn
from reader.tui.widgets.prose import ProseView

TWO_COLUMNS = 70
"""Below so many cells one column is shown at a time."""
THREE_COLUMNS = 200
MOST_COLUMNS = 3


class BesideScreen(StoryScreen):
    """The part of the comparison that shows reports in columns."""

    shown: list[int]
    """Which report each column shows."""
    locked = True
    folded = False
    maximised = False
    difference: int | None = None
    """The number of the difference that the cursor stands on."""
    _leading = 0

    # Columns

    @property
    def columns(self) -> list[CompareColumn]:
        """All columns, from left to right, those out of sight too."""
        return [self.query_one(f"#text-{n}", CompareColumn) for n in range(MOST_COLUMNS)]

    @property
    def leading(self) -> CompareColumn:
        """The column that has the focus, or had it last."""
        return self.columns[self._leading]

    @property
    def leading_report(self) -> int:
        """The report that the cursor is in."""
        return self.shown[self._leading]

    def column_count(self) -> int:
        """Return how many columns there is room for."""
        if self.maximised or self.size.width < TWO_COLUMNS or self.reports is None:
            return 1
        wanted = MOST_COLUMNS if self.size.width >= THREE_COLUMNS else 2
        return min(wanted, len(self.reports))

    def in_sight(self) -> list[int]:
        """Return which columns are in sight."""
        count = self.column_count()
        return [self._leading] if count == 1 else list(range(count))

    def arrange_columns(self) -> None:
        """Show as many columns as there is room for, the leading one among them."""
        count = self.column_count()
        if 1 < count <= self._leading:
            self._swap(count - 1, self._leading)
        seen = self.in_sight()
        for number in range(MOST_COLUMNS):
            pane = self.query_one(f"#column-{number}")
            pane.display = number in seen
            pane.set_class(number == seen[-1], "-last")
            pane.set_class(number == self._leading, "-leading")

    def _swap(self, a: int, b: int) -> None:
        """Let two columns change their reports, the cursor going with its report."""
        sentence = self.leading.sentence_number
        self.shown[a], self.shown[b] = self.shown[b], self.shown[a]
        self._leading = a
        for number in (a, b):
            self.show_column(number)
        self.leading.point_at(sentence)
        self.leading.focus()

    def show_columns(self) -> None:
        """Show every column's report."""
        for number in range(MOST_COLUMNS):
            self.show_column(number)
        self.arrange_columns()

    def show_column(self, number: int) -> None:
        """Show a column's report, or nothing where there are fewer reports."""
        reports = self.reports
        if reports is None or self.shown[number] >= len(reports):
            return
        report = self.shown[number]
        article = self.articles[report]
        column = self.columns[number]
        same = column.article is not None and column.article.id == article.id
        column.folded = self.folded
        column.show_report(
            reports,
            report,
            article,
            self.notebook.marks(article.id),
            self.notebook.annotations(article.id),
            place=column.top_place or None if same else None,
        )
        when = article.published
        facts = [
            reports.names[report],
            f"{report + 1} of {len(reports)}",
            formats.age(when, self.reader.now()) if when else "no date",
            "only an excerpt" if article.excerpt else "",
        ]
        head = self.query_one(f"#column-{number} .column-head", Static)
        head.update(Content(" · ".join(fact for fact in facts if fact)))

    def show_report_in_column(self, report: int) -> None:
        """Lead with a column that shows a report, this one where none does."""
        seen = self.in_sight()
        having = [n for n in seen if self.shown[n] == report]
        if having:
            self._leading = having[0]
        elif self.shown[self._leading] != report:
            self._put_report(self._leading, report)
        self.arrange_columns()

    def _put_report(self, number: int, report: int) -> None:
        """Show a report in a column; a column out of sight that has it takes the other's."""
        if report in self.shown:
            self.shown[self.shown.index(report)] = self.shown[number]
        self.shown[number] = report
        for each in range(MOST_COLUMNS):
            article = self.columns[each].article
            there = self.shown[each]
            if there < len(self.articles) and (
                article is None or article.id != self.articles[there].id
            ):
                self.show_column(each)

    # Moving together

    def pairs(self, number: int) -> dict[int, int]:
        """Return for the leading column's sentences what says the same in another column."""
        reports = self.reports
        if reports is None or number == self._leading:
            return {}
        a, b = self.shown[self._leading], self.shown[number]
        if max(a, b) >= len(reports):
            return {}
        return reports.pairs(a, b)

    @on(ProseView.Scrolled)
    def _scrolled(self, event: ProseView.Scrolled) -> None:
        if event.prose is self.leading and self.locked:
            self.follow()

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
            if number == self._leading or not other.size.height:
                continue
            pairs = self.pairs(number)
            near = beside.nearest(here, pairs)
            if near is not None:
                other.bring_to_row(pairs[near], column.row_of(near))

    def point(self) -> None:
        """Let the other columns point at what says the same, and bring it beside this."""
        here = self.leading.sentence_number
        for number in self.in_sight():
            if number != self._leading:
                self.columns[number].point_at(
                    self.pairs(number).get(here) if here is not None else None
                )
        self.follow()

    @abstractmethod
    def cursor_moved(self) -> None:
        """Take note that the cursor stands on another sentence."""

    @abstractmethod
    def tell_about(self) -> None:
        """Tell below the view what the cursor stands on."""

    def put_cursor(self, sentence: int) -> None:
        """Put the cursor on a sentence of the leading column."""
        if sentence in self.leading.folded_away:
            self.set_folded(folded=False)
        self.leading.put_cursor(sentence)
        self.point()
        self.cursor_moved()

    def step_among(self, numbers: Sequence[int], step: int, otherwise: str) -> bool:
        """Go to the next of these sentences of the leading column; say so where there is none."""
        column = self.leading
        now = column.sentence_number
        if now is None:
            now = column.middle_sentence() if column.scroll_offset.y else -1
            now -= step > 0 and column.scroll_offset.y > 0
        after = [n for n in numbers if (n > now if step > 0 else n < now)]
        if not after:
            self.say(otherwise)
            return False
        self.put_cursor(min(after) if step > 0 else max(after))
        return True

    def step_claim(self, step: int) -> None:
        """Go to the next sentence that others have too."""
        if self.reports is None:
            return
        side = self.reports.sides[self.leading_report]
        visible = set(self.leading.unfolded)
        claims = sorted(set(side.claims) & visible) or sorted(visible)
        further = "further" if step > 0 else "earlier"
        self.step_among(claims, step, f"No {further} claim in this report is made by others too.")

    def step_sentence(self, step: int) -> None:
        """Go to the next sentence."""
        end = "end" if step > 0 else "beginning"
        self.step_among(self.leading.unfolded, step, f"This is the {end} of the report.")

    def step_only(self, step: int) -> None:
        """Go to the next sentence that only this report has."""
        if self.reports is None:
            return
        only = sorted(self.reports.sides[self.leading_report].only)
        further = "further" if step > 0 else "earlier"
        self.step_among(
            only, step, f"No {further} sentence is only here, among the stored articles."
        )

    def step_difference(self, step: int) -> None:
        """Go to the next sentence that holds something told differently, the other side beside."""
        reports = self.reports
        if reports is None:
            return
        side = reports.sides[self.leading_report]
        every = reports.comparison.differences
        found = sorted({(n, every.index(d)) for n, _place, d in side.differing})
        column, now = self.leading, self.leading.sentence_number
        if now is None:
            now = column.middle_sentence() - (step > 0) if column.scroll_offset.y else -1
        here = (now, -1 if self.difference is None else self.difference)
        after = [pair for pair in found if (pair > here if step > 0 else pair < here)]
        if not after:
            self.say(self._no_further(len(every) - len({number for _n, number in found}), step))
            return
        sentence, number = min(after) if step > 0 else max(after)
        self.put_cursor(sentence)
        self.difference = number
        self.bring_other_side(every[number])
        self.tell_about()

    def _no_further(self, elsewhere: int, step: int) -> str:
        reports = self.reports
        if reports is None or not reports.comparison.differences:
            return "No differences were found among these reports."
        told = f"No {'further' if step > 0 else 'earlier'} difference in this report"
        return f"{told}; {elsewhere} between the others, 3 shows all." if elsewhere else f"{told}."

    def bring_other_side(self, difference: Difference) -> None:
        """Show beside this report one that tells it differently, at the place where it does."""
        reports = self.reports
        if reports is None or self.column_count() < 2:
            return
        mine = {v.value for v in difference.variants if self._is_leading(v.article)}
        others = [v for v in difference.variants if not self._is_leading(v.article)]
        others.sort(key=lambda v: v.value in mine)
        beside_it = [n for n in self.in_sight() if n != self._leading]
        having = {v.article for v in others if v.value not in mine} or {v.article for v in others}
        numbers = [reports.number[article] for article in having]
        if not any(self.shown[n] in numbers for n in beside_it) and others:
            self._put_report(beside_it[0], reports.number[others[0].article])
        for column in beside_it:
            spot = next(
                (v for v in others if reports.number[v.article] == self.shown[column]), None
            )
            if spot is not None:
                self.columns[column].point_at(spot.sentence)
                here = self.leading.sentence_number or 0
                self.columns[column].bring_to_row(spot.sentence, self.leading.row_of(here))
        self.arrange_columns()

    def _is_leading(self, article: ArticleId) -> bool:
        reports = self.reports
        return reports is not None and reports.number.get(article) == self.leading_report

    # Which reports, and how

    def step_column(self, step: int) -> None:
        """Lead with the next column; where only one is in sight, show the next."""
        count = self.column_count()
        around = count if count > 1 else min(2, len(self.reports or ()))
        claim = self._claim_here()
        self._leading = (self._leading + step) % max(1, around)
        self.arrange_columns()
        self.leading.focus()
        if claim is not None and self.reports is not None:
            member = self.reports.evidence(claim).get(self.leading_report)
            if member is not None:
                self.put_cursor(member.sentence)
                return
        if self.leading.sentence_number is not None:
            self.put_cursor(self.leading.sentence_number)

    def _claim_here(self) -> Claim | None:
        number = self.leading.sentence_number
        if self.reports is None or number is None:
            return None
        return self.reports.claim_at(self.leading_report, number)

    def step_outlet(self, step: int) -> None:
        """Show the next report in this column that no other column in sight shows."""
        if self.reports is None:
            return
        count = len(self.reports)
        claim = self._claim_here()
        taken = {self.shown[n] for n in self.in_sight() if n != self._leading}
        report = (self.shown[self._leading] + step) % count
        while report in taken:
            report = (report + step) % count
        if report == self.shown[self._leading]:
            self.say("There is no other report to show here.")
            return
        self._put_report(self._leading, report)
        self.arrange_columns()
        spot = self.reports.evidence(claim).get(report) if claim else None
        if spot is not None:
            self.put_cursor(spot.sentence)
        else:
            self.leading.point_at(None)
            self.point()
            self.cursor_moved()

    def set_folded(self, *, folded: bool) -> None:
        """Fold away what others have too, in all columns, or show it."""
        self.folded = folded
        for column in self.columns:
            column.fold(folded=folded)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Take note which column leads."""
        del event
        for number, column in enumerate(self.columns):
            if self.focused is column and number != self._leading:
                self._leading = number
                self.arrange_columns()
                self.cursor_moved()
