"""Running text on Textual's line API: a document, layers of marked places, a gutter.

A layer is a name and the places that carry it (offsets into the stored text); each layer has its
own look and, where it matters, its own sign in the gutter, so that nothing is told by colour alone.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.tui import commands
from reader.tui.document import Document, Line, Paragraph, overlapping, pieces
from reader.tui.typeset import Range, cells
from reader.tui.widgets.painting import Painter

LAYERS = (
    "link", "shared", "only", "new", "summary", "highlight", "noted", "differs", "match", "cursor",
)  # fmt: skip
_SIGNS = (("noted", "✎"), ("highlight", "▒"), ("summary", "┃"), ("new", "+"))


class ProseView(Painter, ScrollView, can_focus=True, inherit_bindings=False):
    """Text to be read."""

    GUTTER = 3
    """Cells left of the text: the cursor, a sign, a space."""

    BINDINGS: ClassVar = commands.bindings("prose")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"prose--{layer}" for layer in LAYERS),
        "prose--gutter",
        "prose--text",
        "prose--title",
        "prose--byline",
        "prose--tags",
        "prose--heading",
        "prose--quote",
        "prose--code",
        "prose--table",
        "prose--caption",
        "prose--list",
        "prose--note",
        "prose--leftover",
        "prose--hint",
        "prose--strong",
    }

    @dataclass
    class EndReached(Message):
        """The last line of the text can be seen."""

        prose: "ProseView"

        @property
        def control(self) -> "ProseView":
            """The view it happened in."""
            return self.prose

    @dataclass
    class Scrolled(Message):
        """Another part of the text is in sight."""

        prose: "ProseView"

        def can_replace(self, message: Message) -> bool:
            """Let one such message stand for many."""
            return isinstance(message, ProseView.Scrolled) and message.prose is self.prose

    @dataclass
    class Pointed(Message):
        """A paragraph was clicked: at this place of its text, or its key where it has none."""

        prose: "ProseView"
        paragraph: Paragraph
        place: int | None
        twice: bool

        @property
        def control(self) -> "ProseView":
            """The view it happened in."""
            return self.prose

    def __init__(self, *, measure: int = 76, id: str | None = None) -> None:
        """Take the longest line, in cells."""
        super().__init__(id=id)
        self.measure = measure
        self.document = Document()
        self.overlays: dict[str, list[Range]] = {}
        self._strips: dict[int, Strip] = {}
        self._top: int | None = None  # the place kept when the width changes; None: the very top
        self._wanted: int | None = None  # a place to go to once the size is known
        self._end_told = False

    # The document

    def show(self, paragraphs: Iterable[Paragraph], *, place: int | None = None) -> None:
        """Show another document, from this place of its text on (None: from the top)."""
        self.document = Document(paragraphs, self._text_width())
        self.overlays = {}
        self._end_told = False
        self._measure_again()
        self._wanted = place
        self._top = place
        self._go_to_wanted()

    def replace(self, paragraphs: Iterable[Paragraph]) -> None:
        """Show the same text anew (a note came, left-overs went), staying at the same place."""
        self.document = Document(paragraphs, self._text_width())
        self._measure_again()
        self._wanted = self._top
        self._go_to_wanted()

    def set_layer(self, layer: str, ranges: Iterable[Range]) -> None:
        """Mark exactly these places with a layer; only the lines concerned are painted again."""
        old, new = self.overlays.get(layer, []), sorted(ranges)
        if old == new:
            return
        self.overlays[layer] = new
        for start, end in {*old, *new} - ({*old} & {*new}):
            self._repaint(start, end)

    def _repaint(self, start: int, end: int) -> None:
        first, last = self.document.line_at(start), self.document.line_at(max(start, end - 1))
        for line in range(first, last + 1):
            self._strips.pop(line, None)
        self.refresh_lines(first + 1, last - first + 1)  # one empty line stands above

    def _text_width(self) -> int:
        return max(8, min(self.measure, self.inner_width - self.GUTTER - 1))

    def _left(self) -> int:
        """Return how far the text is moved right so that it stands in the middle of a wide pane."""
        return max(0, (self.inner_width - self.GUTTER - self.document.width - 1) // 2)

    def _measure_again(self) -> None:
        self._strips.clear()
        # one empty line above; at the end half a page, so that the last line can be read in peace
        height = len(self.document.lines) + 1 + (1 if self.document.lines else 0)
        self.virtual_size = Size(self.inner_width, height)
        self.refresh()

    def on_resize(self) -> None:
        """Lay the text out for the new width, at the same place."""
        self.document = self.document.at_width(self._text_width())
        top = self._top
        self._measure_again()
        self._wanted = top
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        if not self.size.height or not self.is_attached:
            return
        if self._wanted is None:
            self.scroll_to(0, 0, animate=False)
        else:
            self.scroll_to_place(self._wanted, top=True)
        self._wanted = None
        self.call_after_refresh(self._tell_end)

    # Where one is

    @property
    def top_place(self) -> int:
        """The place of the text at the top of the screen; 0 at the very beginning."""
        return self._top or 0

    def visible_range(self) -> Range:
        """Return the places of the text that can be seen."""
        top = max(0, self.scroll_offset.y - 1)
        bottom = top + max(1, self.size.height) - 1
        return self.document.place_at(top), self.document.place_at(bottom)

    def scroll_to_place(self, place: int, *, top: bool = False, margin: int = 2) -> None:
        """Scroll so that a place can be seen: at the top, or by as little as needed."""
        line = self.document.line_at(place) + 1
        height = max(1, self.size.height)
        y = self.scroll_offset.y
        if top:
            goal = line
        elif line < y + margin:
            goal = line - margin
        elif line >= y + height - margin:
            goal = line - height + margin + 1
        else:
            return
        self.scroll_to(0, max(0, goal), animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember the place that is read, and tell when the end is reached."""
        super().watch_scroll_y(old_value, new_value)
        line = round(new_value) - 1
        first = self.document.line_at(0)
        top = self.document.place_at(line) if line > first else None
        # a screen so large that the place cannot be at its top does not make it forgotten
        if new_value < self.max_scroll_y or (top or 0) >= (self._top or 0):
            self._top = top
        self.post_message(self.Scrolled(self))
        self._tell_end()

    def _tell_end(self) -> None:
        bottom = self.scroll_offset.y + self.size.height - 1
        if (
            not self._end_told
            and self.document.lines
            and self.size.height
            and bottom > self.document.last_line_of_text()
        ):
            self._end_told = True
            self.post_message(self.EndReached(self))

    @property
    def at_end(self) -> bool:
        """Whether nothing more comes below."""
        return self.scroll_offset.y >= self.max_scroll_y

    # Painting

    def render_line(self, y: int) -> Strip:
        """Paint line `y` of what is visible."""
        number = y + self.scroll_offset.y - 1
        width = self.inner_width
        if not 0 <= number < len(self.document.lines):
            return Strip.blank(width, self.paint_style("prose--text"))
        strip = self._strips.get(number)
        if strip is None or strip.cell_length != width:
            strip = self._strips[number] = self._paint(self.document.lines[number], width)
        return strip

    def _paint(self, line: Line, width: int) -> Strip:
        ground = self.paint_style("prose--text")
        left = " " * self._left()
        if line.paragraph is None:
            return Strip.blank(width, ground)
        paragraph = self.document.paragraphs[line.paragraph]
        gutter = self._gutter(paragraph, line)
        segments = [
            Segment(left, ground),
            Segment(gutter, self.paint_style("prose--text", "prose--gutter")),
        ]
        style = f"prose--{paragraph.style}"
        if paragraph.indent:
            mark = paragraph.mark if line.start == 0 else ""
            segments.append(
                Segment(f"{mark:<{paragraph.indent}}", self.paint_style("prose--text", style))
            )
        segments += self._words(line, paragraph, style)
        return Strip(segments).adjust_cell_length(width, ground)

    def _words(self, line: Line, paragraph: Paragraph, style: str) -> list[Segment]:
        text = self.document.texts[line.paragraph or 0]
        covering: list[tuple[str, Sequence[Range]]] = [
            (f"prose--{span.style}", overlapping([(span.start, span.end)], line.start, line.end))
            for span in paragraph.spans
            if span.start < line.end and span.end > line.start
        ]
        if paragraph.place is not None:
            covering += self._covering(paragraph, line)
        return [
            Segment(text[a:b], self.paint_style("prose--text", style, *names))
            for a, b, names in pieces(line.start, line.end, covering)
            if a < b
        ]

    def _covering(self, paragraph: Paragraph, line: Line) -> list[tuple[str, Sequence[Range]]]:
        start, end = paragraph.place_of(line.start), paragraph.place_of(line.end)
        found: list[tuple[str, Sequence[Range]]] = []
        for layer in LAYERS:
            if here := overlapping(self.overlays.get(layer, []), start, end):
                shown = [
                    (
                        max(line.start, paragraph.offset_of(a)),
                        min(line.end, paragraph.offset_of(b, end=True)),
                    )
                    for a, b in here
                ]
                found.append((f"prose--{layer}", shown))
        return found

    def _gutter(self, paragraph: Paragraph, line: Line) -> str:
        """Return the cursor's bar and the most telling sign of this line."""
        if paragraph.place is None:
            return " " * self.GUTTER
        start, end = paragraph.place_of(line.start), paragraph.place_of(line.end)
        cursor = "▌" if overlapping(self.overlays.get("cursor", []), start, end) else " "
        return cursor + self.sign(start, end) + " "

    def sign(self, start: int, end: int) -> str:
        """Return the sign for a line that shows start..end: one cell."""
        for layer, sign in _SIGNS:
            ranges = self.overlays.get(layer, [])
            if layer == "noted":
                first = bisect_left(ranges, (start, 0))
                if first < len(ranges) and ranges[first][0] < end:
                    return sign
            elif overlapping(ranges, start, end):
                return sign
        return " "

    def paint_again(self) -> None:
        """Paint everything anew."""
        self._strips.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget what was painted in the old colours."""
        self._strips.clear()
        super().notify_style_update()

    # Moving

    def _scroll(self, lines: int) -> None:
        self.scroll_to(0, self.scroll_offset.y + lines, animate=False)

    def action_up(self) -> None:
        """Go one line up."""
        self._scroll(-1)

    def action_down(self) -> None:
        """Go one line down."""
        self._scroll(1)

    def page(self) -> int:
        """Return how many lines a page is: two stay in sight."""
        return max(1, self.size.height - 2)

    def action_page_up(self) -> None:
        """Go one page up."""
        self._scroll(-self.page())

    def action_page_down(self) -> None:
        """Go one page down."""
        self._scroll(self.page())

    def action_home(self) -> None:
        """Go to the top."""
        self.scroll_to(0, 0, animate=False)

    def action_end(self) -> None:
        """Go to the end."""
        self.scroll_to(0, self.max_scroll_y, animate=False)

    def on_click(self, event: events.Click) -> None:
        """Tell which place of the text was clicked."""
        number = event.y + self.scroll_offset.y - 1
        if not 0 <= number < len(self.document.lines):
            return
        line = self.document.lines[number]
        if line.paragraph is None:
            return
        paragraph = self.document.paragraphs[line.paragraph]
        column = event.x - self._left() - self.GUTTER - paragraph.indent
        offset = line.start
        text = self.document.texts[line.paragraph]
        while offset < line.end - 1 and cells(text[line.start : offset + 1]) <= column:
            offset += 1
        place = None if paragraph.place is None else paragraph.place_of(offset)
        self.post_message(self.Pointed(self, paragraph, place, event.chain > 1))
