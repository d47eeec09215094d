"""The evidence in its article: the place stands out, and Esc goes back to the comparison."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from reader.model import Article, ArticleId, Sentence
from reader.tui import commands
from reader.tui.commands import Command
from reader.tui.screens.acting import Acting
from reader.tui.sheets import sheets
from reader.tui.widgets.article_view import ArticleView
from reader.tui.widgets.bars import HeaderBar, StatusBar
from reader.tui.widgets.prose import ProseView


class EvidenceScreen(Acting):
    """One article of the comparison, at a place."""

    CSS_PATH: ClassVar[list[Any]] = sheets("prose")
    BINDINGS: ClassVar = commands.bindings("compare")

    def __init__(
        self,
        article: Article,
        sentences: tuple[Sentence, ...],
        sentence: int | None,
        place: tuple[int, int],
    ) -> None:
        """Take the article, its sentences, which of them it is about, and the very words."""
        super().__init__()
        self._article = article
        self._sentences = sentences
        self._sentence = sentence
        self._place = place

    def compose(self) -> ComposeResult:
        """Build the article's pane."""
        yield HeaderBar("evidence", id="header")
        yield ArticleView(measure=self.reader.settings.measure, id="evidence")
        yield StatusBar(self.reader.keys_of, id="status")

    @property
    def view(self) -> ArticleView:
        """The article's pane."""
        return self.query_one(ArticleView)

    def on_mount(self) -> None:
        """Show the place."""
        article = self._article
        self.query_one(HeaderBar).tell([article.source or "(no outlet)", article.title])
        self.query_one(StatusBar).offer(self._offered())
        self.view.show_article(
            article,
            self.notebook.marks(article.id),
            self.notebook.annotations(article.id),
            place=self._place[0],
        )
        self.view.sentences_arrived(article.id, self._sentences)
        self.view.focus()
        self.call_after_refresh(self._point)

    def _offered(self) -> list[Command]:
        areas: tuple[commands.Area, ...] = ("article", "compare", "app")
        found = {c.keys: c for c in commands.of(*areas) if c.footer and self._does(c)}
        return sorted(found.values(), key=lambda command: command.footer)

    def _does(self, command: Command) -> bool:
        name = f"action_{commands.action_name(command)}"
        on_screen = command.action.startswith("screen.") or "compare" in command.areas
        return hasattr(self if on_screen else self.view, name) or hasattr(self.app, name)

    def _point(self) -> None:
        if self._sentence is not None:
            self.view.put_cursor(self._sentence)
        self.view.set_layer("match", [self._place] if self._narrow() else [])
        self.view.scroll_to_place(self._place[0], margin=self.view.size.height // 3)

    def _narrow(self) -> bool:
        """Tell whether the place is a part of its sentence."""
        if self._sentence is None:
            return False
        whole = self._sentences[self._sentence]
        return self._place != (whole.start, whole.end)

    def action_back(self) -> None:
        """Go back to the comparison."""
        self.dismiss()

    action_open = action_back

    def action_page_on(self) -> None:
        """Go one page on."""
        self.view.action_page_down()

    def action_next_sentence(self) -> None:
        """Put the cursor on the next sentence."""
        self.view.move_cursor(1)

    def action_previous_sentence(self) -> None:
        """Put the cursor on the sentence before."""
        self.view.move_cursor(-1)

    @on(ProseView.Pointed)
    def _pointed(self, event: ProseView.Pointed) -> None:
        if event.place is not None:
            self.view.put_cursor_at(event.place)

    # What commands are about

    def targets(self) -> list[ArticleId]:
        """Return the article."""
        return [self._article.id]

    def reading(self) -> tuple[Article, Sentence | None] | None:
        """Return the article and the sentence under the cursor."""
        return self._article, self.view.sentence

    def address(self) -> str | None:
        """Return the article's address."""
        return self._article.url

    def show_change(self, ids: Sequence[ArticleId]) -> None:
        """Show what changed about the article."""
        if self._article.id in ids:
            id_ = self._article.id
            self.view.update_own_work(self.notebook.marks(id_), self.notebook.annotations(id_))
