"""The screen of an article's revisions: what changed from one to the next."""

from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from reader.model import Article, ArticleId, Revision
from reader.text.hygiene import shown_line
from reader.text.revisions import Changes, Version, changes
from reader.tui import commands
from reader.tui.background import cancelled
from reader.tui.change_pages import changes_page
from reader.tui.screens.desk import Desk, while_there
from reader.tui.stylesheets import stylesheets
from reader.tui.widgets.bars import HeaderBar, StatusBar
from reader.tui.widgets.changes_view import ChangesView


class ChangesScreen(Desk):
    """What changed in an article, from revision to revision."""

    CSS_PATH: ClassVar[list[Any]] = stylesheets("prose", "feeds")
    BINDINGS: ClassVar = commands.bindings("changes")

    folded = False

    @dataclass
    class ChangesReady(Message):
        """What changed between two revisions."""

        pair: tuple[int, int]
        found: Changes

    def __init__(
        self, article: Article, revisions: tuple[Revision, ...], read: int | None = None
    ) -> None:
        """Take an article, its revisions, and which of them was read where it changed since."""
        super().__init__()
        self._article = article
        self._revisions = {revision.number: revision for revision in revisions}
        newest = max(self._revisions)
        self.pair = (min(read or newest - 1, newest - 1), newest)
        self._found: Changes | None = None

    def compose(self) -> ComposeResult:
        """Build the text."""
        yield HeaderBar("reader", id="header")
        yield ChangesView(measure=self.reader.settings.measure, id="changes")
        yield StatusBar(self.reader.keys_of, id="status")

    def on_mount(self) -> None:
        """Begin with the newest change; it counts as seen."""
        self.query_one(ChangesView).focus()
        self.query_one(StatusBar).offer(self.reader.footer_of("changes"))
        self._bring(self.pair)
        id_ = self._article.id
        self.in_background(lambda: self.library.revisions.seen(id_), group="seen")

    def focused_pane(self) -> str:
        """Return by which name the commands of this screen are known."""
        return "changes"

    def targets(self) -> list[ArticleId]:
        """Return the article."""
        return [self._article.id]

    def _bring(self, pair: tuple[int, int]) -> None:
        self.busy("comparing")

        def work() -> Message:
            versions = []
            for number in pair:
                article = self.library.article(self._article.id, number)
                versions.append(Version(article.title, article.text, article.language))
            found = self.jobs.run(cancelled, changes, *versions)
            return self.ChangesReady(pair, found)

        self.in_background(work, group="changes", awaited=True)

    @on(ChangesReady)
    @while_there
    def _ready(self, event: ChangesReady) -> None:
        self.busy("")
        self.pair, self._found = event.pair, event.found
        self._show()

    def _show(self) -> None:
        if self._found is None:
            return
        old, new = (self._revisions[number] for number in self.pair)
        page = changes_page(self._found, old, new, folded=self.folded)
        self.query_one(ChangesView).show(page)
        count = len(self._revisions)
        right = f"{self.pair[0]} → {self.pair[1]} of {count} revisions"
        self.query_one(HeaderBar).tell(["Changes", shown_line(self._article.title)], right)

    def action_later(self) -> None:
        """Go to the change after this one."""
        newest = max(self._revisions)
        if self.pair[1] == newest:
            self.say("This is the newest revision.")
        else:
            self._bring((self.pair[1], self.pair[1] + 1))

    def action_earlier(self) -> None:
        """Go to the change before this one."""
        if self.pair[1] - self.pair[0] > 1:
            self._bring((self.pair[1] - 1, self.pair[1]))
        elif self.pair[0] == min(self._revisions):
            self.say("Before this there is only the first revision.")
        else:
            self._bring((self.pair[0] - 1, self.pair[0]))

    def action_next_place(self) -> None:
        """Go to the next place that changed."""
        if not self.query_one(ChangesView).go_to_place(1):
            self.say("Nothing more changed below.")

    def action_previous_place(self) -> None:
        """Go to the place before that changed."""
        if not self.query_one(ChangesView).go_to_place(-1):
            self.say("Nothing more changed above.")

    def action_fold(self) -> None:
        """Fold away the paragraphs that stayed, or show them again."""
        self.folded = not self.folded
        self._show()

    def action_back(self) -> None:
        """Go back to the article."""
        self.dismiss(None)
