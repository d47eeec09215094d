"""An article to be read, with a cursor on its sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.message import Message

from reader.model import Annotation, Article, ArticleId, Link, Marks, Sentence
from reader.tui import commands
from reader.tui.document import Paragraph
from reader.tui.pages import article_page
from reader.tui.typeset import Range
from reader.tui.widgets.prose import ProseView


class ArticleView(ProseView):
    """One article."""

    BINDINGS: ClassVar = commands.bindings("article")

    article: Article | None = None
    marks = Marks()
    annotations: tuple[Annotation, ...] = ()
    leftovers = False
    changed = ""
    """What there is to say about its revisions."""
    hint = ""
    """What there is to say about it: how much of it is new."""
    _sentences: tuple[Sentence, ...] | None = None
    _cursor: int | None = None
    _asked = False  # for the sentences
    _steps = 0  # of the cursor, asked for before the sentences were there
    _place: int | None = None  # for the cursor, likewise

    @dataclass
    class SentencesWanted(Message):
        """The article is being read: its sentences are needed, as they are not for a glance."""

        article: Article

    def show_article(
        self,
        article: Article,
        marks: Marks,
        annotations: Sequence[Annotation],
        *,
        place: int | None = None,
        changed: str = "",
    ) -> None:
        """Show another article, from this place on; `changed` tells of its revisions."""
        self.article, self.marks, self.annotations = article, marks, tuple(annotations)
        self.leftovers, self.changed, self.hint = False, changed, ""
        self._forget_sentences()
        self.show(self._page(), place=place)
        self._mark_annotations()
        if self.has_focus:
            self._want_sentences()

    def show_message(self, *lines: str) -> None:
        """Show that there is no article, and what to do."""
        self.article, self.annotations = None, ()
        self._forget_sentences()
        self.show([Paragraph(line, style="hint", gap=int(n > 0)) for n, line in enumerate(lines)])

    def show_new(self, hint: str, places: Sequence[Range]) -> None:
        """Mark the sentences that no report read before has said, and say how many there are."""
        self.hint = hint
        self.replace(self._page())
        self.set_layer("new", places)

    def update_own_work(self, marks: Marks, annotations: Sequence[Annotation]) -> None:
        """Show what the reader did with the article since."""
        if self.article is None:
            return
        annotations = tuple(annotations)
        anew = (marks.starred, marks.tags) != (self.marks.starred, self.marks.tags)
        self.marks = marks
        if anew or annotations != self.annotations:
            self.annotations = annotations
            self.replace(self._page())
            self._mark_annotations()

    def _page(self) -> list[Paragraph]:
        if self.article is None:
            return []
        return article_page(
            self.article,
            self.marks,
            self.annotations,
            leftovers=self.leftovers,
            changed=self.changed,
            hint=self.hint,
        )

    def _mark_annotations(self) -> None:
        if self.article is None:
            return
        placed = [
            (a.selector.start, a.selector.end, a)
            for a in self.annotations
            if a.selector is not None and not a.orphaned
        ]
        self.set_layer("noted", merged((s, e) for s, e, a in placed if a.body))
        self.set_layer("highlight", merged((s, e) for s, e, a in placed if not a.body))
        self.set_layer("link", merged((link.start, link.end) for link in self.article.links))

    def action_leftovers(self) -> None:
        """Show what the page carried beside the article, or hide it."""
        if self.article is None:
            return
        self.leftovers = not self.leftovers
        self.replace(self._page())
        if self.leftovers:
            self.call_after_refresh(self.scroll_to_leftovers)

    def scroll_to_leftovers(self) -> None:
        """Scroll so that the left-overs can be seen."""
        line = self.document.last_line_of_text() + 2
        if line + 3 > self.scroll_offset.y + self.size.height:
            self.scroll_to(0, line - self.size.height // 2, animate=False)

    # The sentence cursor

    @property
    def sentences(self) -> tuple[Sentence, ...] | None:
        """The article's sentences, once they are known."""
        return self._sentences

    def on_focus(self) -> None:
        """Ask for the sentences, now that one reads."""
        self._want_sentences()

    @property
    def cursor_awaited(self) -> bool:
        """Whether the cursor was moved before the sentences were there."""
        return self._sentences is None and bool(self._steps or self._place is not None)

    def await_no_cursor(self) -> None:
        """Forget moves of the cursor that could not be made: there are no sentences."""
        self._steps, self._place = 0, None

    def _want_sentences(self) -> None:
        if self.article is not None and self._sentences is None and not self._asked:
            self._asked = True
            self.post_message(self.SentencesWanted(self.article))

    def _forget_sentences(self) -> None:
        self._sentences, self._cursor, self._asked = None, None, False
        self.await_no_cursor()

    def sentences_arrived(self, article: ArticleId, sentences: tuple[Sentence, ...]) -> None:
        """Take the sentences of the article shown."""
        if self.article is None or self.article.id != article:
            return
        self._sentences = sentences
        (steps, self._steps), (place, self._place) = (self._steps, 0), (self._place, None)
        if place is not None:
            self.put_cursor_at(place)
        if steps:
            self.move_cursor(steps)

    @property
    def sentence(self) -> Sentence | None:
        """The sentence under the cursor."""
        if self._sentences is None or self._cursor is None:
            return None
        return self._sentences[self._cursor]

    @property
    def link(self) -> Link | None:
        """The first link in the sentence under the cursor."""
        sentence = self.sentence
        if sentence is None or self.article is None:
            return None
        inside = (k for k in self.article.links if sentence.start <= k.start < sentence.end)
        return next(inside, None)

    def move_cursor(self, step: int) -> None:
        """Move the sentence cursor; the first move puts it on the first sentence in sight."""
        if self._sentences is None:
            self._steps += step
            self._want_sentences()
            return
        if not self._sentences:
            return
        if self._cursor is None:
            start, _end = self.visible_range()
            self.put_cursor(self._sentence_at(start))
        else:
            self.put_cursor(self._cursor + step)

    def _sentence_at(self, place: int) -> int:
        sentences = self._sentences or ()
        return next((s.index for s in sentences if s.end > place), len(sentences) - 1)

    def put_cursor(self, number: int) -> None:
        """Put the cursor on a sentence and bring it into sight."""
        if not self._sentences:
            return
        self._cursor = max(0, min(number, len(self._sentences) - 1))
        sentence = self._sentences[self._cursor]
        self.set_layer("cursor", [(sentence.start, sentence.end)])
        self.scroll_to_place(max(sentence.start, sentence.end - 1))
        self.scroll_to_place(sentence.start)

    def put_cursor_at(self, place: int) -> None:
        """Put the cursor on the sentence at a place, once the sentences are known."""
        if self._sentences:
            self.put_cursor(self._sentence_at(place))
        elif self._sentences is None:
            self._place = place
            self._want_sentences()

    def drop_cursor(self) -> bool:
        """Take the cursor off the sentences; tell whether there was one."""
        had = self._cursor is not None
        self._cursor = None
        self.set_layer("cursor", [])
        return had

    def action_next_sentence(self) -> None:
        """Put the cursor on the next sentence."""
        self.move_cursor(1)

    def action_previous_sentence(self) -> None:
        """Put the cursor on the sentence before."""
        self.move_cursor(-1)


def merged(ranges: Iterable[Range]) -> list[Range]:
    """Return ranges sorted, those that touch or overlap joined."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
