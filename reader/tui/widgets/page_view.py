"""An article as it is read, with its notes in the margin where the pane is wide enough."""

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from reader.tui.document import Paragraph
from reader.tui.margin import in_margin, margin_lines, room
from reader.tui.pages import article_page
from reader.tui.widgets.article_view import ArticleView


class PageView(ArticleView):
    """One article, and beside it what was noted on its sentences."""

    _margin = 0
    """The margin's width; 0 where notes stand in the text."""
    _beside: dict[int, str] = {}  # noqa: RUF012 - replaced, never changed

    def _page(self) -> list[Paragraph]:
        self._margin = self._margin_wanted()
        if self.article is None:
            return []
        notes = [a for a in self.annotations if not (self._margin and in_margin(a))]
        return article_page(
            self.article,
            self.marks,
            notes,
            leftovers=self.leftovers,
            changed=self.changed,
            hint=self.hint,
        )

    def _margin_wanted(self) -> int:
        if not any(map(in_margin, self.annotations)):
            return 0
        return room(self.inner_width, self._block())

    def _block(self) -> int:
        return self.GUTTER + self._text_width() + 1

    def _left(self) -> int:
        free = self.inner_width - self._block()
        return max(0, min(free // 2, free - self._margin))

    def on_resize(self) -> None:
        """Put the notes into the margin, or back into the text, as there is room now."""
        if self.article is not None and self._margin != self._margin_wanted():
            self.replace(self._page())

    def _measure_again(self) -> None:
        super()._measure_again()
        self._beside = self._lay_out_margin() if self._margin else {}
        height = max(self._beside, default=0) + 3
        if height > self.virtual_size.height:
            self.virtual_size = Size(self.virtual_size.width, height)

    def _lay_out_margin(self) -> dict[int, str]:
        notes = [
            (self.document.line_at(note.selector.start), note.body)
            for note in self.annotations
            if note.selector is not None and in_margin(note)
        ]
        return margin_lines(notes, self._margin)

    def render_line(self, y: int) -> Strip:
        """Paint a line of the text, and what stands beside it."""
        strip = super().render_line(y)
        beside = self._beside.get(y + self.scroll_offset.y - 1)
        if beside is None:
            return strip
        start = self._left() + self._block()
        note = Segment(beside, self.paint_style("prose--text", "prose--note"))
        ground = self.paint_style("prose--text")
        painted = Strip.join([strip.crop(0, start), Strip([note])])
        return painted.adjust_cell_length(self.inner_width, ground)
