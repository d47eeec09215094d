"""Reports of one event against each other: six views that share one cursor."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from reader.model import Annotation, Article, ArticleId, Marks, Sentence
from reader.text.hygiene import shown_line
from reader.tui import commands
from reader.tui.comparing.reports import Reports, overview
from reader.tui.controllers.article_actions import ArticleActions
from reader.tui.controllers.changes import ArticlesChanged, Changes
from reader.tui.controllers.compared_story import (
    ComparedStory,
    ComparisonPending,
    ComparisonReady,
)
from reader.tui.controllers.external_programs import ExternalPrograms
from reader.tui.controllers.summary import SummaryChanged, SummaryController
from reader.tui.dispatch import Handler, Handlers
from reader.tui.screens.base import LibraryScreen
from reader.tui.stylesheets import stylesheets
from reader.tui.widgets.bars import HeaderBar, StatusBar
from reader.tui.widgets.compare_bars import ViewsBar
from reader.tui.widgets.compare_columns import ColumnsPane
from reader.tui.widgets.compare_table import CompareTable
from reader.tui.widgets.compare_views import BESIDE, VIEWS, CompareViews
from reader.tui.widgets.summary_pane import SummaryPane

_OF_COLUMNS = {"compare.lock", "compare.fold"}
"""The commands that only work if the reports are side by side."""


class CompareScreen(LibraryScreen):
    """A comparison."""

    CSS_PATH: ClassVar[list[Any]] = stylesheets("compare", "prose")
    BINDINGS: ClassVar = commands.bindings("compare")

    views = getters.query_one(CompareViews)
    summary_pane = getters.query_one(SummaryPane)

    def __init__(self, ids: Sequence[ArticleId], story: int | None = None) -> None:
        """`ids` begins with the report that the comparison is opened from; `story` is its story."""
        super().__init__()
        self.id = "compare"
        changes = Changes(self)
        self._story = ComparedStory(self, changes, ids, story)
        self._actions = ArticleActions(self, self, changes)
        self.summary = SummaryController(self, self._compared_ids)
        external = ExternalPrograms(self, self)
        self.handlers = (
            self._actions.handlers() | external.handlers() | self._moves() | self._own_handlers()
        )

    def _moves(self) -> Handlers:
        moves: dict[str, Callable[[int], None]] = {
            "pane": self._step_pane,
            "source": lambda step: self.views.step_report(step),
            "claim": lambda step: self.views.step_claim(step),
            "difference": lambda step: self.views.step_difference(step),
            "only": lambda step: self.views.step_only(step),
            "sentence": lambda step: self.views.step_sentence(step),
        }
        return {
            f"{name}.{way}": Handler(partial(move, step))
            for name, move in moves.items()
            for way, step in (("next", 1), ("previous", -1))
        }

    def _own_handlers(self) -> Handlers:
        there = self.has_article
        views = {
            f"compare.view_{n + 1}": Handler(partial(self._show_view, n)) for n in range(len(VIEWS))
        }
        return views | {
            "open": Handler(self.show_evidence),
            "back": Handler(self.go_back),
            "compare.page_on": Handler(lambda: self.views.page_on()),
            "compare.lock": Handler(lambda: self.views.toggle_lock()),
            "compare.fold": Handler(lambda: self.views.toggle_fold()),
            "compare.export": Handler(self._export, there),
            "compare.take_out": Handler(lambda: self._story.take_out(self.targets()), there),
            "compare.merge": Handler(lambda: self._story.choose_merge(self.targets()), there),
            "summary": Handler(self.toggle_summary, there),
            "undo": Handler(self._undo),
            "maximise": Handler(lambda: self.views.maximise()),
        }

    def compose(self) -> ComposeResult:
        """Build the lines at the top, the views, and the line at the bottom."""
        measure = self.context.settings.measure
        yield HeaderBar("compare", id="header")
        yield Static(Content(""), id="compare-overview")
        yield ViewsBar(VIEWS, id="compare-views")
        yield SummaryPane(id="compare-summary")
        yield CompareViews(self._own_work, self.context.now, measure=measure)
        yield StatusBar(self.context.keys_of, id="status")

    def _own_work(self, id_: ArticleId) -> tuple[Marks, list[Annotation]]:
        return self.notebook.marks(id_), self.notebook.annotations(id_)

    def on_mount(self) -> None:
        """Begin to compare."""
        self.summary_pane.display = False
        self.header.tell(["Comparison"])
        self._show_overview("The reports are being compared …")
        self.query_one("#compare-overview").display = self.size.height >= 12
        self._show_view(BESIDE)
        self.views.focus_view()
        self._story.compare()

    def focused_pane(self) -> str:
        """Return the name under which the commands that apply are listed."""
        return "compare"

    # The comparison

    @property
    def reports(self) -> Reports | None:
        """The comparison as its views need it, once there is one."""
        return self._story.reports

    @property
    def articles(self) -> list[Article]:
        """The compared articles, in the order of the comparison."""
        return self._story.articles

    @on(ComparisonPending)
    def _pending(self, event: ComparisonPending) -> None:
        self._show_overview(event.text)

    def _show_overview(self, text: str) -> None:
        self.query_one("#compare-overview", Static).update(Content(shown_line(text)))

    @on(ComparisonReady)
    def _ready(self) -> None:
        reports = self.reports
        if reports is None:
            return
        self.header.tell(["Comparison", reports.title])
        text = overview(reports)
        if beyond := self._story.beyond:
            text += f" · {len(reports)} of {len(reports) + beyond} reports compared"
        self._show_overview(text)
        self.views.show_comparison(reports, self.articles)
        self.summary.make()

    def library_changed(self) -> None:
        """Called when another process changed the library."""
        self._story.follow()

    @on(ArticlesChanged)
    def _articles_changed(self, event: ArticlesChanged) -> None:
        self._story.forget_left_out()
        self.views.columns_pane.update_own_work(set(event.articles))
        self._story.follow()

    def _undo(self) -> None:
        if not self._story.bring_back():
            self._actions.undo()

    def on_screen_resume(self) -> None:
        """Show what was noted meanwhile in the article."""
        self.views.columns_pane.update_own_work({article.id for article in self.articles})

    # Views

    def _show_view(self, view: int) -> None:
        self.views.show_view(view)

    @on(CompareViews.Shown)
    def _view_shown(self, event: CompareViews.Shown) -> None:
        self.query_one(ViewsBar).tell(event.view, self.views.counts())
        offered = self.context.footer_of("compare")
        self.status.offer([c for c in offered if event.view == BESIDE or c.id not in _OF_COLUMNS])

    @on(ViewsBar.Chosen)
    def _view_chosen(self, event: ViewsBar.Chosen) -> None:
        self._show_view(event.view)

    @on(CompareViews.Said)
    def _said(self, event: CompareViews.Said) -> None:
        self.status.say(event.text)

    def on_resize(self, event: events.Resize) -> None:
        """Show one column, two or three."""
        self.query_one("#compare-overview").display = event.size.height >= 12
        self.views.fit()

    def _step_pane(self, step: int) -> None:
        """Go to the next column or cell; to the summary in its turn, if there is one."""
        summary = self.summary_pane
        if self.summary.on and not summary.has_focus and self.views.at_end(step):
            summary.focus()
        elif summary.has_focus and self.views.view != BESIDE:
            self.views.focus_view()
        else:
            self.views.step_column(step)

    def go_back(self) -> None:
        """Go back: out of the summary, to the columns, to the screen before."""
        if self.summary_pane.has_focus:
            self.views.focus_view()
        elif self.summary.on:
            self.toggle_summary()
        elif self.views.view != BESIDE:
            self._show_view(BESIDE)
        else:
            self.dismiss()

    # The evidence, and the export

    @on(CompareTable.Opened)
    @on(ColumnsPane.Opened)
    def show_evidence(self) -> None:
        """Show the evidence in its article."""
        from reader.tui.screens.evidence import EvidenceScreen  # noqa: PLC0415 - not to start

        spot = self.views.evidence()
        if self.reports is None or spot is None:
            return
        self.app.push_screen(
            EvidenceScreen(
                self.articles[spot.report],
                self.reports.sides[spot.report].sentences,
                spot.sentence if spot.sentence >= 0 else None,
                (spot.start, spot.end),
            )
        )

    def _export(self) -> None:
        from reader.tui.dialogs.export_comparison import (  # noqa: PLC0415 - seldom needed
            ComparisonExportDialog,
        )

        if self.reports is not None:
            dialog = ComparisonExportDialog(self.reports.comparison, self.reports.title)
            self.app.push_screen(dialog, self._exported)

    def _exported(self, path: str | None) -> None:
        if path:
            self.status.say(f"Written to {path}")

    # The summary of all reports

    def _compared_ids(self) -> tuple[ArticleId, ...]:
        return tuple(article.id for article in self.articles)

    def toggle_summary(self) -> None:
        """Show or hide the summary of all reports together."""
        self.summary.on = self.summary_pane.display = not self.summary.on
        if self.summary.on:
            self.summary.make()
        else:
            self.views.focus_view()

    @on(SummaryChanged)
    def _summary_changed(self, event: SummaryChanged) -> None:
        pane = self.summary_pane
        pane.show_state(event.state)
        pane.styles.height = max(4, min(pane.line_count() + 2, self.size.height // 3))

    @on(SummaryPane.Chosen)
    def _summary_chosen(self, event: SummaryPane.Chosen) -> None:
        self.views.select(event.sentence.article, event.sentence.index)

    # What commands are about

    def targets(self) -> list[ArticleId]:
        """Return the article that the cursor is in."""
        return self.views.targets()

    def reading(self) -> tuple[Article, Sentence | None] | None:
        """Return the article that the cursor is in, and the sentence under it."""
        return self.views.reading()

    def address(self) -> str | None:
        """Return the article's address."""
        reading = self.views.reading()
        return reading[0].url if reading else None

    def has_article(self) -> bool:
        """Return True once there is a comparison."""
        return self.reports is not None

    def clear_selection(self) -> None:
        """Do nothing: there is nothing to select several articles in."""
