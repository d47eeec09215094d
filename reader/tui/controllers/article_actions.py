"""The reader's own work on articles: read, star, tags, notes, highlights, removing, undo."""

from random import SystemRandom

from reader.annotate.selectors import selector_for
from reader.model import Annotation, Article, ArticleId, Sentence
from reader.tui import formats
from reader.tui.controllers.changes import Changes
from reader.tui.controllers.part import Part
from reader.tui.dialogs.note import NoteDialog, NoteResult
from reader.tui.dialogs.tags import TagDialog, TagResult
from reader.tui.dispatch import Handler, Handlers
from reader.tui.host import Host, Selection

BACKGROUND_THRESHOLD = 200
"""More articles than this are changed in the background."""


class ArticleActions(Part):
    """What the reader does with the articles that a screen has selected."""

    def __init__(self, host: Host, selection: Selection, changes: Changes) -> None:
        super().__init__(host)
        self._selection = selection
        self._changes = changes

    def handlers(self) -> Handlers:
        """Return what is done for which command."""
        there = self._selection.has_article
        return {
            "article.read": Handler(self.toggle_read, there),
            "article.star": Handler(self.toggle_star, there),
            "article.remove": Handler(self.remove, there),
            "article.tag": Handler(self.ask_for_tags, there),
            "article.note": Handler(self.write_note, there),
            "article.highlight": Handler(self.toggle_highlight, there),
            "undo": Handler(self.undo),
            "redo": Handler(self.redo),
        }

    # Marks

    def toggle_read(self) -> None:
        """Mark as read, or as unread if all are read."""
        ids = self._selection.targets()
        self._changes.make(lambda: self.notebook.toggle(ids, "read"), many=_many(ids))
        self._selection.clear_selection()

    def toggle_star(self) -> None:
        """Add a star, or remove it if all have one."""
        ids = self._selection.targets()
        self._changes.make(lambda: self.notebook.toggle(ids, "starred"), many=_many(ids))
        self._selection.clear_selection()

    def remove(self) -> None:
        """Remove articles from the lists."""
        ids = self._selection.targets()
        self._changes.make(lambda: self.notebook.mark(ids, removed=True), many=_many(ids))
        self._selection.clear_selection()

    def undo(self) -> None:
        """Undo the last change."""
        self._changes.make(self.notebook.undo, "There is nothing to undo.")

    def redo(self) -> None:
        """Make the change again that was undone last."""
        self._changes.make(self.notebook.redo, "There is nothing to redo.")

    # Tags

    def ask_for_tags(self) -> None:
        """Ask for tags and set them."""
        ids = self._selection.targets()
        sets = [set(marks.tags) for marks in self.notebook.marks_of(ids).values()]
        common = sorted(set.intersection(*sets)) if sets else []
        what = formats.count(len(ids), "article") if len(ids) > 1 else ""
        dialog = TagDialog(self.notebook.tags(), common, what)
        self.host.ask(dialog, lambda result: self._tagged(ids, result))

    def _tagged(self, ids: list[ArticleId], result: TagResult | None) -> None:
        if result is None or not (result.add or result.remove):
            return
        self._changes.make(
            lambda: self.notebook.tag(ids, add=result.add, remove=result.remove), many=_many(ids)
        )
        self._selection.clear_selection()

    # Notes and highlights

    def write_note(self) -> None:
        """Write a note on the sentence under the cursor, or on the whole article."""
        if (reading := self._selection.reading()) is None:
            self.host.say("Open the article first; then a writes a note on it.")
            return
        article, sentence = reading
        note = self._annotation_on(article, sentence, "note")
        dialog = NoteDialog(
            note.body if note else "",
            sentence.text if sentence else article.title,
            new=note is None,
        )
        self.host.ask(dialog, lambda result: self._noted(article, sentence, note, result))

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
            self._changes.make(lambda: self.notebook.erase(note.id))
            return
        self._annotate(article, sentence, note, result.body)

    def toggle_highlight(self) -> None:
        """Highlight the sentence under the cursor, or remove its highlight."""
        reading = self._selection.reading()
        if reading is None or reading[1] is None:
            self.host.say("J and K put the cursor on a sentence; then h highlights it.")
            return
        article, sentence = reading
        old = self._annotation_on(article, sentence, "highlight")
        if old is not None:
            self._changes.make(lambda: self.notebook.erase(old.id))
        else:
            self._annotate(article, sentence, None, "")

    def _annotate(
        self, article: Article, sentence: Sentence | None, old: Annotation | None, body: str
    ) -> None:
        now = self.context.now()
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
        self._changes.make(lambda: self.notebook.annotate(annotation))

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


def _many(ids: list[ArticleId]) -> bool:
    return len(ids) > BACKGROUND_THRESHOLD
