"""One report in the comparison: a number where others say the same, bold what only it says."""

from collections.abc import Sequence
from typing import ClassVar

from reader.model import Annotation, Article, Marks
from reader.tui import commands
from reader.tui.beside import Side
from reader.tui.document import Line, Paragraph, overlapping
from reader.tui.widgets.article_view import ArticleView, merged


class CompareColumn(ArticleView, inherit_bindings=False):
    """A report's text with the claims that it makes."""

    BINDINGS: ClassVar = commands.bindings("column")
    GUTTER = 5

    side: Side | None = None
    pairs: dict[int, int]

    def __init__(self, *, measure: int = 76, id: str | None = None) -> None:  # noqa: A002
        """Take the longest line, in cells."""
        super().__init__(measure=measure, id=id)
        self.pairs = {}

    def show_side(
        self, side: Side, article: Article, marks: Marks, notes: Sequence[Annotation]
    ) -> None:
        """Show a report."""
        self.side = side
        self.show_article(article, marks, notes)
        self.sentences_arrived(article.id, side.sentences)

    def show_relations(self, *, folded: bool) -> None:
        """Mark what is shared, what only this report says, and the phrases that differ."""
        side = self.side
        if side is None:
            return
        self.set_layer("shared", merged(side.places(self.pairs)) if folded else [])
        self.set_layer("only", merged(side.places(side.only)))
        self.set_layer("differs", merged(place for _n, place, _d in side.differing))

    @property
    def sentence_number(self) -> int | None:
        """The number of the sentence under the cursor."""
        return self._cursor

    def middle_sentence(self) -> int:
        """Return the sentence that stands a third of the way down the screen."""
        line = self.scroll_offset.y + self.size.height // 3
        return self._sentence_at(self.document.place_at(line)) if self.sentences else 0

    def _row(self, number: int) -> int:
        sentences = self.sentences or ()
        return self.document.line_at(sentences[number].start) + 1

    def row_of(self, number: int) -> int:
        """Return on which line of the screen a sentence begins (it may be out of sight)."""
        return self._row(number) - self.scroll_offset.y

    def in_sight(self, number: int) -> bool:
        """Tell whether a sentence's beginning can be seen."""
        return 0 <= self.row_of(number) < self.size.height

    def bring_to_row(self, number: int, row: int) -> None:
        """Scroll so that a sentence begins on this line of the screen."""
        if self.sentences and number < len(self.sentences):
            row = max(1, min(row, self.size.height - 3))
            self.scroll_to(0, max(0, self._row(number) - row), animate=False)

    def point_at(self, number: int | None) -> None:
        """Put the cursor on a sentence without scrolling, or take it away."""
        self._cursor = number
        if number is None or not self.sentences:
            self.set_layer("cursor", [])
        else:
            sentence = self.sentences[number]
            self.set_layer("cursor", [(sentence.start, sentence.end)])

    def _gutter(self, paragraph: Paragraph, line: Line) -> str:
        if paragraph.place is None or self.side is None or not self.sentences:
            return " " * self.GUTTER
        start, end = paragraph.place + line.start, paragraph.place + line.end
        cursor = "▌" if overlapping(self.overlays.get("cursor", []), start, end) else " "
        for number, claim in self.side.claims.items():
            if start <= self.sentences[number].start < end:
                return f"{cursor}{claim.id + 1:>3} "
        return f"{cursor}{self.sign(start, end):>3} "
