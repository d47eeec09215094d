"""The reader's own work: read, star, tags, notes, highlights, removing, undo."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import SystemRandom

from textual import on
from textual.message import Message

from reader.annotate.selectors import selector_for
from reader.errors import ReaderError, ReadOnlyError
from reader.library import Change
from reader.model import Annotation, Article, ArticleId, Sentence
from reader.tui import formats
from reader.tui.dialogs.note import NoteDialog, NoteResult
from reader.tui.dialogs.tags import TagDialog, TagResult
from reader.tui.screens.desk import while_there
from reader.tui.screens.opening import Opening

MANY = 200
"""So many articles at once are changed in the background."""


class Acting(Opening):
    """The part of a screen that changes what the reader keeps about articles."""

    @dataclass
    class Done(Message):
        """A change that was made in the background."""

        change: Change | None
        otherwise: str

    # What a screen says

    @abstractmethod
    def show_change(self, ids: Sequence[ArticleId]) -> None:
        """Show what changed about these articles."""

    def drop_marked(self) -> None:
        """Forget which articles were marked for a joint action."""

    # Changes

    def change(
        self, make: Callable[[], Change | None], otherwise: str = "", *, many: bool = False
    ) -> None:
        """Make a change and say it; say `otherwise` where there was nothing to change."""
        if many:
            self.in_background(
                lambda: self.Done(make(), otherwise),
                group="change",
                exclusive=False,
                awaited=True,
            )
            return
        try:
            self._tell(make(), otherwise)
        except ReadOnlyError as error:
            self.say(str(error), "warning")
        except ReaderError as error:
            self.say(str(error), "error")

    @on(Done)
    @while_there
    def _done(self, event: Done) -> None:
        self._tell(event.change, event.otherwise)

    def _tell(self, change: Change | None, otherwise: str) -> None:
        if change is None or not change.text:
            if otherwise:
                self.say(otherwise)
            return
        self.say(f"{change.text}.")
        self.show_change(change.articles)

    def action_toggle_read(self) -> None:
        """Mark as read, or as unread where all are read."""
        ids = self.targets()
        self.change(lambda: self.notebook.toggle(ids, "read"), many=len(ids) > MANY)
        self.drop_marked()

    def action_toggle_star(self) -> None:
        """Give a star, or take it away where all have one."""
        ids = self.targets()
        self.change(lambda: self.notebook.toggle(ids, "starred"), many=len(ids) > MANY)
        self.drop_marked()

    def action_remove(self) -> None:
        """Remove articles from the lists."""
        ids = self.targets()
        self.change(lambda: self.notebook.mark(ids, removed=True), many=len(ids) > MANY)
        self.drop_marked()

    def action_undo(self) -> None:
        """Take back what was done last."""
        self.change(self.notebook.undo, "There is nothing to undo.")

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self.change(self.notebook.redo, "There is nothing to redo.")

    # Tags

    def action_tag(self) -> None:
        """Ask for tags and set them."""
        ids = self.targets()
        sets = [set(marks.tags) for marks in self.notebook.marks_of(ids).values()]
        common = sorted(set.intersection(*sets)) if sets else []
        what = formats.count(len(ids), "article") if len(ids) > 1 else ""
        dialog = TagDialog(self.notebook.tags(), common, what)
        self.app.push_screen(dialog, lambda result: self._tagged(ids, result))

    def _tagged(self, ids: list[ArticleId], result: TagResult | None) -> None:
        if result is None or not (result.add or result.remove):
            return
        self.change(
            lambda: self.notebook.tag(ids, add=result.add, remove=result.remove),
            many=len(ids) > MANY,
        )
        self.drop_marked()

    # Notes and highlights

    def action_note(self) -> None:
        """Write a note on the sentence under the cursor, or on the whole article."""
        if (reading := self.reading()) is None:
            self.say("Open the article first; then a writes a note on it.")
            return
        article, sentence = reading
        note = self._annotation_on(article, sentence, "note")
        dialog = NoteDialog(
            note.body if note else "",
            sentence.text if sentence else article.title,
            new=note is None,
        )
        self.app.push_screen(dialog, lambda result: self._noted(article, sentence, note, result))

    def _noted(
        self,
        article: Article,
        sentence: Sentence | None,
        note: Annotation | None,
        result: NoteResult | None,
    ) -> None:
        if result is None or (note is None and not result.body):
            return
        if note is not None and not result.body:
            self.change(lambda: self.notebook.erase(note.id))
            return
        self._annotate(article, sentence, note, result.body)

    def _annotate(
        self, article: Article, sentence: Sentence | None, old: Annotation | None, body: str
    ) -> None:
        now = self.reader.now()
        selector = selector_for(article.text, sentence.start, sentence.end) if sentence else None
        annotation = Annotation(
            id=old.id if old else SystemRandom().randrange(1, 1 << 63),
            article=article.id,
            kind="note" if body else "highlight",
            created=old.created if old else now,
            modified=now,
            body=body,
            selector=selector,
            revision=article.revision,
        )
        self.change(lambda: self.notebook.annotate(annotation))

    def action_highlight(self) -> None:
        """Highlight the sentence under the cursor, or take the highlight away."""
        reading = self.reading()
        if reading is None or reading[1] is None:
            self.say("J and K put the cursor on a sentence; then h highlights it.")
            return
        article, sentence = reading
        old = self._annotation_on(article, sentence, "highlight")
        if old is not None:
            self.change(lambda: self.notebook.erase(old.id))
        else:
            self._annotate(article, sentence, None, "")

    def _annotation_on(
        self, article: Article, sentence: Sentence | None, kind: str
    ) -> Annotation | None:
        for annotation in self.notebook.annotations(article.id):
            selector = annotation.selector
            if annotation.kind != kind or annotation.orphaned:
                continue
            if sentence is None and selector is None:
                return annotation
            if sentence and selector and sentence.start <= selector.start < sentence.end:
                return annotation
        return None
