"""One report in the comparison: claims numbered in the gutter, bold what only it says."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip

from reader.model import Annotation, Article, Marks
from reader.tui import commands
from reader.tui.column_page import column_page
from reader.tui.comparing.reports import MOST_DOTS, Reports
from reader.tui.document import Line, Paragraph, overlapping
from reader.tui.typeset import cells
from reader.tui.widgets.article_view import ArticleView, merged

WIDE = 62
"""From so many cells on the dots stand beside a claim's number, else below it."""
TAGS = 5


class CompareColumn(ArticleView, inherit_bindings=False):
    """A report's text with the claims that it makes."""

    BINDINGS: ClassVar = commands.bindings("column")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"prose--claim-{n}" for n in range(TAGS)), "prose--dots", "prose--alarm", "prose--plus",
    }  # fmt: skip
    GUTTER = 7

    reports: Reports | None = None
    report = 0
    folded = False

    def show_report(
        self,
        reports: Reports,
        report: int,
        article: Article,
        marks: Marks,
        notes: Sequence[Annotation],
        *,
        place: int | None = None,
    ) -> None:
        """Show a report of a comparison, from this place on."""
        self.reports, self.report = reports, report
        self.show_article(article, marks, notes, place=place)
        self.sentences_arrived(article.id, reports.sides[report].sentences)
        self._mark_relations()

    def fold(self, *, folded: bool) -> None:
        """Fold away what others have too, or show it again, staying at the same place."""
        if folded != self.folded:
            self.folded = folded
            if self.reports is not None:
                self.replace(self._page())
                self.paint_again()

    def _page(self) -> list[Paragraph]:
        if self.article is None or self.reports is None:
            return []
        side = self.reports.sides[self.report]
        return column_page(side, self.article, self.marks, self.annotations, self.folded_away)

    def _mark_relations(self) -> None:
        if self.reports is None:
            return
        side = self.reports.sides[self.report]
        self.set_layer("shared", side.places(side.shared))
        self.set_layer("only", side.places(side.only))
        self.set_layer("differs", merged(place for _n, place, _d in side.differing))

    # Where one is

    @property
    def folded_away(self) -> frozenset[int]:
        """The sentences that are folded away."""
        if self.reports is None or not self.folded:
            return frozenset()
        return self.reports.sides[self.report].foldable

    @property
    def unfolded(self) -> list[int]:
        """The sentences that are not folded away."""
        away = self.folded_away
        return [n for n in range(len(self.sentences or ())) if n not in away]

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
        if number is None or not self.sentences or number >= len(self.sentences):
            self._cursor = None
            self.set_layer("cursor", [])
        else:
            sentence = self.sentences[number]
            self.set_layer("cursor", [(sentence.start, sentence.end)])

    # The gutter

    def _text_width(self) -> int:
        dots = len(self.reports) if self.reports else 0
        room = 5 if dots > MOST_DOTS else max(3, dots)
        self.GUTTER = 6 + room + 1 if self.inner_width >= WIDE else max(6, room + 2)
        return super()._text_width()

    def _gutter(self, paragraph: Paragraph, line: Line) -> str:
        del paragraph, line
        return " " * self.GUTTER  # `_paint` puts the parts of it, each in its own style, there

    def _paint(self, line: Line, width: int) -> Strip:
        strip = super()._paint(line, width)
        if line.paragraph is None:
            return strip
        left, _gutter, *rest = list(strip)
        paragraph = self.document.paragraphs[line.paragraph]
        return Strip([left, *self._gutter_parts(paragraph, line), *rest], strip.cell_length)

    def _gutter_parts(self, paragraph: Paragraph, line: Line) -> list[Segment]:
        base = ("prose--text",)
        number = paragraph.key
        if paragraph.place is None or self.reports is None or number is None:
            return [Segment(" " * self.GUTTER, self.paint_style(*base))]
        start, end = paragraph.place, paragraph.place + len(paragraph.text)
        here = overlapping(self.overlays.get("cursor", []), start, end)
        parts = [("▌" if here else " ", "prose--gutter")]
        first = self.document.first_line(line.paragraph or 0)
        wide = self.inner_width >= WIDE
        if line == self.document.lines[first]:
            parts += self._first_parts(number, start, end, wide=wide)
        elif not wide and line == self.document.lines[first + 1]:
            parts.append((self._dots(number), "prose--dots"))
        used = sum(cells(text) for text, _style in parts)
        parts.append((" " * max(0, self.GUTTER - used), "prose--text"))
        return [Segment(text, self.paint_style(*base, style)) for text, style in parts]

    def _dots(self, number: int) -> str:
        claim = self.reports.claim_at(self.report, number) if self.reports else None
        return self.reports.dots(claim) if self.reports and claim else ""

    def _first_parts(
        self, number: int, start: int, end: int, *, wide: bool
    ) -> list[tuple[str, str]]:
        """Return a claim's number, the sign of what matters most, and who makes the claim."""
        if self.reports is None:
            return []
        claim = self.reports.claim_at(self.report, number)
        if claim is not None:
            parts = [(f"{claim.id + 1:>3}", f"prose--claim-{claim.id % TAGS}")]
        elif self.reports.only_at(self.report, number):
            parts = [("  +", "prose--plus")]
        else:
            parts = [("   ", "prose--text")]
        differences = self.reports.differences_at(self.report, number)
        if any(difference.alarm for difference in differences):
            parts.append(("!", "prose--alarm"))
        elif differences:
            parts.append(("≠", "prose--gutter"))
        else:
            parts.append((self.sign(start, end), "prose--gutter"))
        return (
            [*parts, (" ", "prose--text"), (self._dots(number), "prose--dots")] if wide else parts
        )
