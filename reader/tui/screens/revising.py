"""What changed in the article that is read: the way to its revisions."""

from contextlib import suppress
from dataclasses import dataclass

from textual import on
from textual.message import Message

from reader.errors import LibraryError
from reader.model import Article, Revision
from reader.tui import commands
from reader.tui.change_pages import revisions_told
from reader.tui.screens.desk import Desk, while_there


class Revising(Desk):
    """The part of the main screen that knows of an article's revisions."""

    @dataclass
    class RevisionsReady(Message):
        """An article's revisions, and which was read where it changed since."""

        article: Article
        revisions: tuple[Revision, ...]
        read: int | None

    def revisions_told(self, article: Article) -> str:
        """Return what an article's head says of its revisions; may be asked in any thread."""
        if article.revision < 2:
            return ""
        with suppress(LibraryError):  # a library of before, open for reading only, has no notes
            known = self.library.revisions
            read = known.unseen([article.id]).get(article.id)
            key = commands.shown_keys(self.reader.keys_of(commands.BY_ID["changes"]))
            return revisions_told(known.of(article.id), read, self.reader.now(), key=key)
        return ""

    def revisions_seen(self, article: Article) -> None:
        """Take note that the newest revision of an article is being read."""
        if article.revision > 1:
            self.in_background(
                lambda: self.library.revisions.seen(article.id), group="seen", exclusive=False
            )

    def action_changes(self) -> None:
        """Show what changed between the article's revisions."""
        ids = self.targets()
        if len(ids) != 1:
            self.say("Go to one article; then C shows what changed in it.")
            return
        id_ = ids[0]

        def work() -> Message:
            revisions = self.library.revisions
            return self.RevisionsReady(
                self.library.article(id_), revisions.of(id_), revisions.unseen([id_]).get(id_)
            )

        self.in_background(work, group="revisions", awaited=True)

    @on(RevisionsReady)
    @while_there
    def _revisions_ready(self, event: RevisionsReady) -> None:
        if len(event.revisions) < 2:
            self.say("This article has not changed since it came.")
            return
        from reader.tui.screens.changes import ChangesScreen  # noqa: PLC0415 - not to start

        self.app.push_screen(ChangesScreen(event.article, event.revisions, event.read))
