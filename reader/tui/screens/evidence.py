"""The evidence in its article: the place stands out, and Esc goes back to the comparison."""

from typing import Any, ClassVar

from textual import getters, on
from textual.app import ComposeResult

from reader.model import Article, ArticleId, Sentence
from reader.tui import commands
from reader.tui.commands import Command
from reader.tui.controllers.article_actions import ArticleActions
from reader.tui.controllers.changes import ArticlesChanged, Changes
from reader.tui.controllers.external_programs import ExternalPrograms
from reader.tui.dispatch import Handler, Handlers
from reader.tui.screens.base import LibraryScreen
from reader.tui.stylesheets import stylesheets
from reader.tui.widgets.article_view import ArticleView
from reader.tui.widgets.bars import HeaderBar, StatusBar
from reader.tui.widgets.prose import ProseView


class EvidenceScreen(LibraryScreen):
    """One article of the comparison, at a place."""

    CSS_PATH: ClassVar[list[Any]] = stylesheets("prose")
    BINDINGS: ClassVar = commands.bindings("compare")

    view = getters.query_one(ArticleView)

    def __init__(
        self,
        article: Article,
        sentences: tuple[Sentence, ...],
        sentence: int | None,
        place: tuple[int, int],
    ) -> None:
        """`sentence` is the number of the sentence that proves it, `place` the very words."""
        super().__init__()
        self._article = article
        self._sentences = sentences
        self._sentence = sentence
        self._place = place
        actions, external = ArticleActions(self, self, Changes(self)), ExternalPrograms(self, self)
        self.handlers = actions.handlers() | external.handlers() | self._own_handlers()

    def _own_handlers(self) -> Handlers:
        return {
            "open": Handler(self.dismiss),
            "back": Handler(self.dismiss),
            "article.page_on": Handler(lambda: self.view.action_page_down()),
            "compare.page_on": Handler(lambda: self.view.action_page_down()),
            "sentence.next": Handler(lambda: self.view.move_cursor(1)),
            "sentence.previous": Handler(lambda: self.view.move_cursor(-1)),
        }

    def compose(self) -> ComposeResult:
        """Build the article's pane."""
        yield HeaderBar("evidence", id="header")
        yield ArticleView(measure=self.context.settings.measure, id="evidence")
        yield StatusBar(self.context.keys_of, id="status")

    def on_mount(self) -> None:
        """Show the place."""
        article = self._article
        self.header.tell([article.source or "(no outlet)", article.title])
        self.status.offer(self._offered())
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
        """Return the commands of the comparison that this screen can run, and of its widgets."""
        elsewhere = {c.id for c in (*commands.of("app"), *commands.of("article"))}
        on_screen = {c.id for c in commands.of("compare") if c.id not in self.handlers}
        areas: tuple[commands.Area, ...] = ("article", "compare", "app")
        found = {
            c.keys: c
            for c in commands.of(*areas)
            if c.footer and (c.id in self.handlers or c.id in elsewhere - on_screen)
        }
        return sorted(found.values(), key=lambda command: command.footer)

    def _point(self) -> None:
        if self._sentence is not None:
            self.view.put_cursor(self._sentence)
        self.view.set_layer("match", [self._place] if self._narrow() else [])
        self.view.scroll_to_place(self._place[0], margin=self.view.size.height // 3)

    def _narrow(self) -> bool:
        """Return True if the place is a part of its sentence."""
        if self._sentence is None:
            return False
        whole = self._sentences[self._sentence]
        return self._place != (whole.start, whole.end)

    def focused_pane(self) -> str:
        """Return the name under which the commands that apply are listed."""
        return "compare"

    @on(ProseView.Pointed)
    def _pointed(self, event: ProseView.Pointed) -> None:
        if event.place is not None:
            self.view.put_cursor_at(event.place)

    @on(ArticlesChanged)
    def _articles_changed(self, event: ArticlesChanged) -> None:
        if self._article.id in event.articles:
            id_ = self._article.id
            self.view.update_own_work(self.notebook.marks(id_), self.notebook.annotations(id_))

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

    def has_article(self) -> bool:
        """Return True: there is one."""
        return True

    def clear_selection(self) -> None:
        """Do nothing: there is nothing to select several articles in."""
