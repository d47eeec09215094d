"""The screen of an article's revisions: what changed from one to the next."""

from typing import Any, ClassVar

from textual import getters
from textual.app import ComposeResult

from reader.model import Article, Revision
from reader.text.hygiene import shown_line
from reader.text.revisions import Changes, Version, changes
from reader.tui import commands
from reader.tui.background import cancelled
from reader.tui.change_pages import changes_page
from reader.tui.dispatch import Handler
from reader.tui.screens.base import LibraryScreen
from reader.tui.stylesheets import stylesheets
from reader.tui.widgets.bars import HeaderBar, StatusBar
from reader.tui.widgets.changes_view import ChangesView


class ChangesScreen(LibraryScreen):
    """What changed in an article, from revision to revision."""

    CSS_PATH: ClassVar[list[Any]] = stylesheets("prose", "feeds")
    BINDINGS: ClassVar = commands.bindings("changes")

    changes_view = getters.query_one(ChangesView)

    def __init__(
        self, article: Article, revisions: tuple[Revision, ...], read: int | None = None
    ) -> None:
        """`read` is the revision that was read, if the article changed since."""
        super().__init__()
        self.folded = False
        self._article = article
        self._revisions = {revision.number: revision for revision in revisions}
        newest = max(self._revisions)
        self.pair = (min(read or newest - 1, newest - 1), newest)
        self._found: Changes | None = None
        self.handlers = {
            "back": Handler(lambda: self.dismiss(None)),
            "changes.next": Handler(self.show_later),
            "changes.previous": Handler(self.show_earlier),
            "changes.next_place": Handler(lambda: self._step_place(1)),
            "changes.previous_place": Handler(lambda: self._step_place(-1)),
            "changes.fold": Handler(self.toggle_fold),
        }

    def compose(self) -> ComposeResult:
        """Build the text."""
        yield HeaderBar("reader", id="header")
        yield ChangesView(measure=self.context.settings.measure, id="changes")
        yield StatusBar(self.context.keys_of, id="status")

    def on_mount(self) -> None:
        """Begin with the newest change; it counts as seen."""
        self.changes_view.focus()
        self.status.offer(self.context.footer_of("changes"))
        self._bring(self.pair)
        id_ = self._article.id
        self.run(lambda: self.library.revisions.seen(id_), group="seen")

    def focused_pane(self) -> str:
        """Return by which name the commands of this screen are known."""
        return "changes"

    def _bring(self, pair: tuple[int, int]) -> None:
        self.status.busy("comparing")

        def work() -> Changes:
            versions = []
            for number in pair:
                article = self.library.article(self._article.id, number)
                versions.append(Version(article.title, article.text, article.language))
            return self.context.jobs.run(cancelled, changes, *versions)

        self.run(
            work, lambda found: self._found_changes(pair, found), group="changes", awaited=True
        )

    def _found_changes(self, pair: tuple[int, int], found: Changes) -> None:
        self.status.busy("")
        self.pair, self._found = pair, found
        self._show()

    def _show(self) -> None:
        if self._found is None:
            return
        old, new = (self._revisions[number] for number in self.pair)
        page = changes_page(self._found, old, new, folded=self.folded)
        self.changes_view.show(page)
        count = len(self._revisions)
        right = f"{self.pair[0]} → {self.pair[1]} of {count} revisions"
        self.header.tell(["Changes", shown_line(self._article.title)], right)

    def show_later(self) -> None:
        """Show the change after this one."""
        newest = max(self._revisions)
        if self.pair[1] == newest:
            self.status.say("This is the newest revision.")
        else:
            self._bring((self.pair[1], self.pair[1] + 1))

    def show_earlier(self) -> None:
        """Show the change before this one."""
        if self.pair[1] - self.pair[0] > 1:
            self._bring((self.pair[1] - 1, self.pair[1]))
        elif self.pair[0] == min(self._revisions):
            self.status.say("Before this there is only the first revision.")
        else:
            self._bring((self.pair[0] - 1, self.pair[0]))

    def _step_place(self, step: int) -> None:
        if not self.changes_view.go_to_place(step):
            self.status.say(f"Nothing more changed {'below' if step > 0 else 'above'}.")

    def toggle_fold(self) -> None:
        """Fold away the unchanged paragraphs, or show them again."""
        self.folded = not self.folded
        self._show()
