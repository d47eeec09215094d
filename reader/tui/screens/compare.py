"""Reports of one event beside each other, in step by what they both say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from reader.model import Article, ArticleId, Comparison, Sentence
from reader.text.hygiene import shown_line
from reader.tui import beside, commands, formats, jobs
from reader.tui.screens.acting import Acting
from reader.tui.screens.desk import cancelled
from reader.tui.widgets.bars import HeaderBar, StatusBar
from reader.tui.widgets.compare_column import CompareColumn
from reader.tui.widgets.prose import ProseView


class CompareScreen(Acting):
    """Two columns, of which each shows one of the reports."""

    BINDINGS: ClassVar = commands.bindings("compare")

    @dataclass
    class Ready(Message):
        """The comparison, and the articles that it is about."""

        comparison: Comparison
        articles: dict[ArticleId, Article]

    def __init__(self, ids: Sequence[ArticleId]) -> None:
        """Take the reports, that one first from which the comparison is begun."""
        super().__init__()
        self._ids = list(ids)
        self.comparison: Comparison | None = None
        self._articles: dict[ArticleId, Article] = {}
        self._sides: dict[ArticleId, beside.Side] = {}
        self.shown: list[int] = [0, 1]
        self.locked = True
        self.folded = False
        self.maximised = False
        self._leading = 0
        self._following = False

    def compose(self) -> ComposeResult:
        """Build the columns."""
        yield HeaderBar("compare", id="header")
        yield Static(Content("The reports are being compared …"), id="compare-overview")
        with Horizontal(id="columns"):
            for number in (0, 1):
                with Vertical(classes="column", id=f"column-{number}"):
                    yield Static(Content(""), classes="column-head")
                    yield CompareColumn(measure=self.reader.settings.measure, id=f"text-{number}")
        yield StatusBar(self.reader.keys_of, id="status")

    def on_mount(self) -> None:
        """Begin to compare."""
        self.query_one(HeaderBar).tell(["Comparison"])
        self.query_one(StatusBar).offer(self.reader.footer_of("compare"))
        self.busy("comparing")
        ids = self._ids

        def work() -> Message:
            articles = self.library.articles(ids)
            comparison = self.jobs.run(cancelled, jobs.put_beside, articles)
            return self.Ready(comparison, {article.id: article for article in articles})

        self.in_background(work, group="compare")
        self.columns[0].focus()

    @property
    def columns(self) -> list[CompareColumn]:
        """The columns, from left to right."""
        return [self.query_one(f"#text-{n}", CompareColumn) for n in (0, 1)]

    @on(Ready)
    def _ready(self, event: Ready) -> None:
        self.busy("")
        self.comparison, self._articles = event.comparison, event.articles
        self._sides = beside.sides(event.comparison)
        overview = " — ".join([beside.overview(event.comparison), *event.comparison.notes])
        self.query_one("#compare-overview", Static).update(Content(shown_line(overview)))
        self.query_one(HeaderBar).tell(
            ["Comparison", event.comparison.articles[0].title], f"{len(self._articles)} reports"
        )
        for number in (0, 1):
            self._show_column(number)
        self._mark_shared()

    def _side(self, number: int) -> beside.Side | None:
        if self.comparison is None:
            return None
        return self._sides[self.comparison.articles[self.shown[number]].id]

    def _show_column(self, number: int) -> None:
        side = self._side(number)
        if side is None or self.comparison is None:
            return
        id_ = side.article.id
        column = self.columns[number]
        column.show_side(
            side, self._articles[id_], self.notebook.marks(id_), self.notebook.annotations(id_)
        )
        when = side.article.published
        facts = [
            shown_line(side.article.source) or "(no outlet)",
            f"{self.shown[number] + 1} of {len(self.comparison.articles)}",
            formats.age(when, self.reader.now()) if when else "no date",
            "only the beginning" if side.article.excerpt else "",
        ]
        head = self.query_one(f"#column-{number} .column-head", Static)
        head.update(Content(" · ".join(fact for fact in facts if fact)))

    def _mark_shared(self) -> None:
        if self.comparison is None:
            return
        for number in (0, 1):
            mine, other = self._side(number), self._side(1 - number)
            if mine is None or other is None:
                return
            pairs = beside.matches(self.comparison, mine.article.id, other.article.id)
            column = self.columns[number]
            column.pairs = pairs
            column.show_relations(folded=self.folded)

    # Moving together

    @property
    def leading(self) -> CompareColumn:
        """The column that has the focus, or had it last."""
        return self.columns[self._leading]

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Take note which column leads."""
        for number, column in enumerate(self.columns):
            if event.widget is column:
                self._leading = number
                self._arrange()

    def on_resize(self, event: events.Resize) -> None:
        """Show one column or two."""
        del event
        self._arrange()

    def _arrange(self) -> None:
        alone = self.maximised or self.size.width < 64
        for number in (0, 1):
            self.query_one(f"#column-{number}").display = not alone or number == self._leading

    @on(ProseView.Scrolled)
    def _scrolled(self, event: ProseView.Scrolled) -> None:
        if event.prose is self.leading and self.locked:
            self._follow()

    def _follow(self) -> None:
        """Scroll the other column to what says the same as the middle of this one."""
        column = self.leading
        other = self.columns[1 - self._leading]
        if not column.pairs or not other.size.height:
            return
        here = column.sentence_number
        if here is None or not column.in_sight(here):
            here = column.middle_sentence()
        near = beside.nearest(here, column.pairs)
        if near is not None:
            other.bring_to_row(column.pairs[near], column.row_of(near))

    def _cursor_moved(self) -> None:
        """Let the other column point at what says the same, and say who else does."""
        column, other = self.leading, self.columns[1 - self._leading]
        number = column.sentence_number
        if number is None or self.comparison is None:
            return
        partner = column.pairs.get(number)
        if partner is None:
            other.point_at(None)
        else:
            other.point_at(partner)
        if self.locked:
            self._follow()
        side = self._side(self._leading)
        claim = side.claims.get(number) if side is not None else None
        if claim is not None:
            told = beside.makers(claim, self.comparison)
            self.say(f"{claim.id + 1}  {beside.dots(claim, self.comparison)}  {told}")
        elif side is not None and number in side.only:
            self.say("Only here, among the stored articles.")
        else:
            self.query_one(StatusBar).hush()

    # Commands

    def action_next_sentence(self) -> None:
        """Put the cursor on the next sentence."""
        self.leading.move_cursor(1)
        self._cursor_moved()

    def action_previous_sentence(self) -> None:
        """Put the cursor on the sentence before."""
        self.leading.move_cursor(-1)
        self._cursor_moved()

    def _go_to(self, numbers: Sequence[int], step: int, otherwise: str) -> None:
        column = self.leading
        now = column.sentence_number
        if now is None:
            now = column.middle_sentence() if column.scroll_offset.y else -1
            now -= step > 0 and column.scroll_offset.y > 0
        after = [n for n in numbers if (n > now if step > 0 else n < now)]
        if not after:
            self.say(otherwise)
            return
        column.put_cursor(min(after) if step > 0 else max(after))
        self._cursor_moved()

    def action_next_claim(self) -> None:
        """Go to the next statement that both columns make."""
        self._go_to(sorted(self.leading.pairs), 1, "No further statement is in both columns.")

    def action_previous_claim(self) -> None:
        """Go to the statement before that both columns make."""
        self._go_to(sorted(self.leading.pairs), -1, "No earlier statement is in both columns.")

    def _step_difference(self, step: int) -> None:
        side = self._side(self._leading)
        if side is None:
            return
        numbers = sorted({sentence for sentence, _place, _difference in side.differing})
        before = self.leading.sentence_number
        self._go_to(numbers, step, "No further difference was found in this report.")
        now = self.leading.sentence_number
        if now is None or now == before:
            return
        for sentence, _place, difference in side.differing:
            if sentence == now:
                values = " / ".join(dict.fromkeys(v.value for v in difference.variants))
                kind = f"{'clash' if difference.alarm else 'difference'}, {difference.kind}"
                self.say(f"{kind}: {difference.topic}: {values}")
                return

    def action_next_difference(self) -> None:
        """Go to the next difference."""
        self._step_difference(1)

    def action_previous_difference(self) -> None:
        """Go to the difference before."""
        self._step_difference(-1)

    def action_page_on(self) -> None:
        """Go one page on."""
        self.leading.action_page_down()

    def action_next_pane(self) -> None:
        """Go to the other column."""
        self._leading = 1 - self._leading
        self._arrange()
        self.leading.focus()

    action_previous_pane = action_next_pane

    def _step_outlet(self, step: int) -> None:
        if self.comparison is None:
            return
        count = len(self.comparison.articles)
        other = self.shown[1 - self._leading]
        number = (self.shown[self._leading] + step) % count
        if number == other:
            number = (number + step) % count
        if number in self.shown:
            self.say("There is no other report to show here.")
            return
        self.shown[self._leading] = number
        self._show_column(self._leading)
        self._mark_shared()

    def action_next_source(self) -> None:
        """Show the next outlet in this column."""
        self._step_outlet(1)

    def action_previous_source(self) -> None:
        """Show the outlet before in this column."""
        self._step_outlet(-1)

    def action_lock(self) -> None:
        """Let the columns scroll together, or each alone."""
        self.locked = not self.locked
        self.say("The columns scroll together." if self.locked else "Each column scrolls alone.")
        if self.locked:
            self._follow()

    def action_fold(self) -> None:
        """Dim what both columns say, or show it as the rest."""
        self.folded = not self.folded
        self._mark_shared()
        self.say("What both say is folded away." if self.folded else "All is shown.")

    def action_maximise(self) -> None:
        """Give the whole screen to this column, or take it back."""
        self.maximised = not self.maximised
        self._arrange()

    def action_back(self) -> None:
        """Go back to where the comparison was opened."""
        if self.leading.drop_cursor():
            self.columns[1 - self._leading].drop_cursor()
            return
        self.dismiss()

    def action_open(self) -> None:
        """Read the article at the sentence under the cursor."""
        column = self.leading
        if column.article is None:
            return
        place = column.sentence.start if column.sentence else column.top_place
        id_ = column.article.id
        self.dismiss()
        self.reader.main.open_article(id_, place)

    @on(ProseView.Pointed)
    def _pointed(self, event: ProseView.Pointed) -> None:
        if isinstance(event.prose, CompareColumn) and event.place is not None:
            event.prose.put_cursor_at(event.place)
            self._cursor_moved()

    # What commands are about

    def targets(self) -> list[ArticleId]:
        """Return the article of the column that leads."""
        return [self.leading.article.id] if self.leading.article is not None else []

    def reading(self) -> tuple[Article, Sentence | None] | None:
        """Return the article of the column that leads, and the sentence under its cursor."""
        column = self.leading
        return (column.article, column.sentence) if column.article is not None else None

    def address(self) -> str | None:
        """Return the article's address."""
        return self.leading.article.url if self.leading.article is not None else None

    def show_change(self, ids: Sequence[ArticleId]) -> None:
        """Show what changed about the articles shown."""
        for column in self.columns:
            if column.article is not None and column.article.id in ids:
                id_ = column.article.id
                column.update_own_work(self.notebook.marks(id_), self.notebook.annotations(id_))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tell whether a command makes sense now."""
        if commands.NEEDS.get(action) == "article":
            return self.comparison is not None
        return super().check_action(action, parameters)
