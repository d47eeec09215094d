"""What there is to know about the story under the cursor; its new sentences are ways to them."""

from dataclasses import dataclass

from textual.message import Message

from reader.model import NewSentence, NewSince
from reader.tui.document import Line, Paragraph
from reader.tui.typeset import Range
from reader.tui.widgets.items import ItemsView
from reader.tui.widgets.prose import ProseView


class StoryPane(ItemsView):
    """A story's page, or the beginning of one of its reports."""

    @dataclass
    class Chosen(Message):
        """A new sentence whose place in its report is asked for."""

        sentence: NewSentence

    @dataclass
    class Entered(Message):
        """What is shown shall be opened."""

    news: NewSince | None = None

    def show_story(self, page: list[Paragraph], news: NewSince | None, *, anew: bool) -> None:
        """Show a story; where it is the same one as before the cursor stays."""
        self.news = news
        if anew:
            self.at = 0
            self.show(page)
        else:
            self.replace(page)

    def show_report(self, page: list[Paragraph], new: list[Range]) -> None:
        """Show a report, with its new sentences marked."""
        self.news = None
        self.at = 0
        self.show(page)
        self.set_layer("new", new)

    def _gutter(self, paragraph: Paragraph, line: Line) -> str:
        if paragraph.place is not None:
            return ProseView._gutter(self, paragraph, line)  # noqa: SLF001 - the base's own
        return super()._gutter(paragraph, line)

    def action_up(self) -> None:
        """Go to the new sentence before, or one line up."""
        super().action_up() if self.keys else ProseView.action_up(self)

    def action_down(self) -> None:
        """Go to the next new sentence, or one line down."""
        super().action_down() if self.keys else ProseView.action_down(self)

    def action_open(self) -> None:
        """Go to the new sentence under the cursor, or open what is shown."""
        if self.keys:
            super().action_open()
        else:
            self.post_message(self.Entered())

    def on_items_view_picked(self, event: ItemsView.Picked) -> None:
        """Ask for the place of the sentence."""
        event.stop()
        if self.news is not None:
            self.post_message(self.Chosen(self.news.sentences[event.key]))
