"""Panes of which one has the focus, and the footer that follows it. For any screen with panes."""

from abc import abstractmethod

from textual import events

from reader.tui.screens.finding import Finding
from reader.tui.screens.summarising import Summarising
from reader.tui.widgets.bars import StatusBar

SEARCHING = "Enter keeps the search · Esc takes it back"
"""What stands in the footer while one types a search: then letters are letters."""


class Paned(Summarising, Finding):
    """The part of a screen that goes from pane to pane."""

    maximised = False

    # What a screen says

    @abstractmethod
    def focused_pane(self) -> str:
        """Return which pane's keys apply."""

    @abstractmethod
    def arrange_panes(self) -> None:
        """Show the panes as they should be for this size and focus."""

    @abstractmethod
    def step_pane(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) pane."""

    # The same everywhere

    def arrange_again(self) -> None:
        """Show the panes as they should be now, and the keys that apply."""
        self.arrange_panes()
        if self.focused is not self.search_bar.line:
            self.offer_keys()

    def offer_keys(self) -> None:
        """Show the keys that apply where the focus is."""
        footer = self.reader.footer_of(self.focused_pane())
        offered = [c for c in footer if c.need != "summary" or self.summary_on]
        self.query_one(StatusBar).offer(offered)

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        del event
        self.call_after_refresh(self.arrange_again)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys that apply where the focus is now, or how one leaves the search line."""
        if event.widget is self.search_bar.line:
            self.query_one(StatusBar).offer((), SEARCHING)
            return
        self.arrange_panes()
        self.offer_keys()

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self.step_pane(1)

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self.step_pane(-1)

    def action_maximise(self) -> None:
        """Give the whole screen to this pane, or take it back."""
        self.maximised = not self.maximised
        self.arrange_again()
