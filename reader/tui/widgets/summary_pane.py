"""The summary beside or above the text: its sentences, each a way to its place."""

from dataclasses import dataclass
from typing import ClassVar

from textual.message import Message

from reader.model import Summary, SummarySentence
from reader.tui import commands
from reader.tui.document import Paragraph
from reader.tui.pages import summary_page
from reader.tui.widgets.prose import ProseView


class SummaryPane(ProseView):
    """A summary's sentences with a cursor on one of them."""

    BINDINGS: ClassVar = commands.bindings("summary")

    @dataclass
    class Chosen(Message):
        """A sentence whose place in its article is asked for."""

        sentence: SummarySentence

    summary: Summary | None = None
    _at = 0

    def show_summary(self, summary: Summary) -> None:
        """Show a summary."""
        self.summary = summary
        self._at = 0
        self.border_title = ""
        self.show(summary_page(summary))
        self._mark()

    def show_waiting(self, what: str) -> None:
        """Show that the summary is being made, or why there is none."""
        self.summary = None
        self.show([Paragraph(what, style="hint")])

    @property
    def sentence(self) -> SummarySentence | None:
        """The sentence under the cursor."""
        if self.summary is None or not self.summary.sentences:
            return None
        return self.summary.sentences[self._at]

    def line_count(self) -> int:
        """Return how many lines the summary takes."""
        return len(self.document.lines) + 1

    def _mark(self) -> None:
        self._strips.clear()
        self.refresh()

    def _gutter(self, paragraph: Paragraph, line: object) -> str:
        del line
        here = self.has_focus and paragraph.key is not None and paragraph.key == self._at
        return "▌  " if here else "   "

    def on_focus(self) -> None:
        """Show the cursor."""
        self._mark()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self._mark()

    def _go(self, step: int) -> None:
        if self.summary is None or not self.summary.sentences:
            return
        self._at = max(0, min(self._at + step, len(self.summary.sentences) - 1))
        self._mark()
        first = self.document.first_line(self._at)
        if not self.scroll_offset.y <= first < self.scroll_offset.y + self.size.height - 2:
            self.scroll_to(0, max(0, first - 1), animate=False)

    def action_up(self) -> None:
        """Go to the sentence before."""
        self._go(-1)

    def action_down(self) -> None:
        """Go to the next sentence."""
        self._go(1)

    def action_home(self) -> None:
        """Go to the first sentence."""
        self._go(-1000)

    def action_end(self) -> None:
        """Go to the last sentence."""
        self._go(1000)

    def action_open(self) -> None:
        """Ask for the place of the sentence under the cursor."""
        if (sentence := self.sentence) is not None:
            self.post_message(self.Chosen(sentence))

    def on_prose_view_pointed(self, event: ProseView.Pointed) -> None:
        """Take a click on a sentence as the wish to see its place."""
        event.stop()
        if self.summary is not None and event.paragraph.key is not None:
            self._at = event.paragraph.key
            self._mark()
            self.post_message(self.Chosen(self.summary.sentences[self._at]))
