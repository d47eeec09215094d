"""Which panes can be seen, and which of them has the focus."""

from typing import cast

from textual.widget import Widget

from reader.tui.layout import ORDER, Layout, Pane, arrange
from reader.tui.screens.paned import Paned
from reader.tui.screens.understanding import Understanding


class Panes(Paned, Understanding):
    """The part of the main screen that arranges its panes."""

    arrangement = Layout(sources=True, list=True, article=True)

    def pane(self, name: str) -> Widget:
        """Return a pane's widget."""
        return {
            "sources": self.source_list,
            "list": self.article_list,
            "article": self.article_view,
            "summary": self.summary_pane,
        }[name]

    def focused_pane(self) -> Pane:
        """Return which pane has the focus; the list where none has."""
        for name in ORDER:
            if self.pane(name).has_focus:
                return name
        return "list"

    def focus_pane(self, pane: str) -> None:
        """Show a pane and give it the focus."""
        self.arrange_for(pane)
        self.pane(pane).focus()

    def arrange_panes(self) -> None:
        """Show the panes as they should be now."""
        self.arrange_for(self.focused_pane())

    def arrange_for(self, pane: str) -> None:
        """Show the panes as if this one had the focus."""
        width, height = self.size
        if not width:
            return
        shown = arrange(width, height, cast("Pane", pane), maximised=self.maximised)
        self.arrangement = shown
        self.source_list.display = shown.sources
        self.query_one("#list-pane").display = shown.list
        self.query_one("#article-pane").display = shown.article
        self.query_one("#desk").display = shown.list or shown.article
        self.set_class(shown.below, "-below")
        self.set_class(not (shown.list or shown.article), "-only-sources")
        self.set_class(not (shown.list and shown.article), "-one")
        self.set_class(shown.summary_beside, "-beside")
        if shown.article:
            self._size_summary()
            if pane not in {"article", "summary"}:
                self.preview_current()

    def _size_summary(self) -> None:
        """Give the summary above the text the room that it needs, and never more than half."""
        pane = self.summary_pane
        if not pane.display or self.arrangement.summary_beside:
            pane.styles.height = None
            return
        room = self.query_one("#article-pane").size.height or self.size.height - 2
        pane.styles.height = max(3, min(pane.line_count() + 2, room // 2))

    def article_pane_visible(self) -> bool:
        """Tell whether the article's pane can be seen."""
        return self.arrangement.article

    def is_reading(self) -> bool:
        """Tell whether the article or its summary has the focus."""
        return self.focused_pane() in {"article", "summary"}

    def step_pane(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) pane."""
        panes = [p for p in ORDER if p != "summary" or self.summary_on]
        now = panes.index(self.focused_pane())
        self.focus_pane(panes[(now + step) % len(panes)])
