"""The summary beside or above the text: its sentences, each a way to its place."""

from dataclasses import dataclass

from textual.message import Message

from reader.model import Summary, SummarySentence
from reader.tui.document import Paragraph
from reader.tui.pages import summary_page
from reader.tui.summaries import SummaryState
from reader.tui.widgets.items import ItemsView


class SummaryPane(ItemsView):
    """A summary's sentences with a cursor on one of them."""

    @dataclass
    class Chosen(Message):
        """A sentence whose place in its article is asked for."""

        sentence: SummarySentence

    summary: Summary | None = None
    explaining = False

    def show_summary(self, summary: Summary) -> None:
        """Show a summary."""
        self.summary = summary
        self.at = 0
        self.show(summary_page(summary, why=self.explaining))

    def show_state(self, state: SummaryState) -> None:
        """Show a summary, or why there is none; the old one stays while another is made."""
        if state.summary is not None:
            self.show_summary(state.summary)
            self.border_title = state.title
        elif state.failure or self.summary is None:
            self.show_waiting(state.failure or "The summary is being made …")

    def explain(self, explaining: bool) -> None:
        """Show why each sentence was chosen, or hide it; the cursor stays."""
        self.explaining = explaining
        if self.summary is not None:
            self.replace(summary_page(self.summary, why=explaining))
            self.go_to(self.at)

    @property
    def sentence(self) -> SummarySentence | None:
        """The sentence under the cursor."""
        if self.summary is None or self.key is None:
            return None
        return self.summary.sentences[self.key]

    def show_waiting(self, what: str) -> None:
        """Show that the summary is being made, or why there is none."""
        self.summary = None
        self.show([Paragraph(what, style="hint")])

    def on_items_view_picked(self, event: ItemsView.Picked) -> None:
        """Ask for the place of the sentence."""
        event.stop()
        if self.summary is not None:
            self.post_message(self.Chosen(self.summary.sentences[event.key]))
