"""What one does with what the comparison's cursor stands on: evidence, notes, export, summary."""

from collections.abc import Sequence

from textual import on

from reader.model import Article, ArticleId, Sentence, SummarySentence
from reader.tui import commands
from reader.tui.comparing.reports import Reports, Spot
from reader.tui.screens.compare_tables import BESIDE, TablesScreen
from reader.tui.widgets.compare_column import CompareColumn
from reader.tui.widgets.compare_table import CompareTable
from reader.tui.widgets.prose import ProseView


class WorkScreen(TablesScreen):
    """The part of the comparison that acts on what the cursor stands on."""

    # The evidence, and what is made of the comparison

    def action_open(self) -> None:
        """Show the evidence in its article."""
        from reader.tui.screens.compare_evidence import (  # noqa: PLC0415 - not needed to start
            EvidenceScreen,
        )

        found = self._evidence()
        if self.reports is None or found is None:
            return
        self.app.push_screen(
            EvidenceScreen(
                self.articles[found.report],
                self.reports.sides[found.report].sentences,
                found.sentence if found.sentence >= 0 else None,
                (found.start, found.end),
            )
        )

    def _evidence(self) -> Spot | None:
        """Return the place that Enter shows."""
        reports, entry = self.reports, self.table.entry
        if reports is None:
            return None
        if self.view == BESIDE:
            return self._evidence_beside(reports)
        if entry is None:
            return None
        if entry.table and self.table.column not in entry.spots:
            name = reports.names[self.table.column]
            self.say(f"{name} is silent on this, as far as its stored text goes.")
            return None
        return entry.spots[self.table.column if entry.table else min(entry.spots)]

    def _evidence_beside(self, reports: Reports) -> Spot | None:
        number, report = self.leading.sentence_number, self.leading_report
        if number is None:
            top = self.leading.top_place
            return Spot(report, -1, top, top)
        if self.difference is not None:
            for variant in reports.comparison.differences[self.difference].variants:
                if reports.number[variant.article] == report and variant.sentence == number:
                    return reports.spot(variant)
        return reports.whole(report, number)

    @on(CompareTable.Opened)
    def _entry_opened(self) -> None:
        self.action_open()

    @on(ProseView.Pointed)
    def _pointed(self, event: ProseView.Pointed) -> None:
        if isinstance(event.prose, CompareColumn) and event.place is not None:
            self._leading = self.columns.index(event.prose)
            event.prose.put_cursor_at(event.place)
            self.arrange_columns()
            self.point()
            self.cursor_moved()
            if event.twice:
                self.action_open()

    def action_export(self) -> None:
        """Write the comparison into a file."""
        from reader.tui.screens.compare_export import ExportDialog  # noqa: PLC0415 - seldom needed

        if self.reports is not None:
            dialog = ExportDialog(self.reports.comparison, self.reports.title)
            self.app.push_screen(dialog, self._exported)

    def _exported(self, path: str | None) -> None:
        if path:
            self.say(f"Written to {path}")

    # The summary of the story

    def action_summary(self) -> None:
        """Show or hide the summary of all reports together."""
        self.summary_on = not self.summary_on
        self.summary_pane.display = self.summary_on
        if self.summary_on:
            self.make_summary()
        else:
            (self.leading if self.view == BESIDE else self.table).focus()

    def summary_ids(self) -> tuple[ArticleId, ...]:
        """Return the reports."""
        return tuple(article.id for article in self.articles)

    def summary_shown(self) -> None:
        """Give the summary the room that it needs, and never more than a third."""
        pane = self.summary_pane
        pane.styles.height = max(4, min(pane.line_count() + 2, self.size.height // 3))

    def jump_to(self, sentence: SummarySentence) -> None:
        """Show a sentence in a column."""
        if self.reports is None or sentence.article not in self.reports.number:
            return
        self.spot = self.reports.whole(self.reports.number[sentence.article], sentence.index)
        self.show_view(BESIDE)

    # What commands are about

    def targets(self) -> list[ArticleId]:
        """Return the article that the cursor is in."""
        if not self.articles:
            return []
        report = self.leading_report
        if self.view != BESIDE:
            entry = self.table.entry
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

    def address(self) -> str | None:
        """Return the article's address."""
        reading = self.reading()
        return reading[0].url if reading else None

    def show_change(self, ids: Sequence[ArticleId]) -> None:
        """Show what changed about the articles shown, and what became of the story."""
        self._show_own_work(set(ids))
        if self.reports is not None:
            self.follow_story()

    def _show_own_work(self, ids: set[ArticleId]) -> None:
        for column in self.columns:
            if column.article is not None and column.article.id in ids:
                id_ = column.article.id
                column.update_own_work(self.notebook.marks(id_), self.notebook.annotations(id_))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tell whether a command makes sense now."""
        if commands.NEEDS.get(action) == "article":
            return self.reports is not None
        return super().check_action(action, parameters)
