"""Rows that come by pages: those that are not here yet are asked for as they come into sight."""

from abc import abstractmethod

from reader.tui.widgets.rows import RowsView


class PagedRows(RowsView):
    """What the lists of articles and of stories have in common."""

    saying: list[str]
    """Why nothing is here and what to do next."""

    def empty_lines(self) -> list[str]:
        """Say why nothing is here and what to do next."""
        return self.saying

    @abstractmethod
    def ask(self) -> None:
        """Ask for the rows on the screen, and some around them, that are not here."""

    def rows_are_others(self, cursor: int) -> None:
        """Show rows that are others now, with the cursor on this one."""
        with self.prevent(RowsView.Moved):
            self.cursor = cursor
        self.rows_changed()
        self.show_cursor()
        self.ask()

    def paint_again(self) -> None:
        """Paint all rows anew."""
        self._strips.clear()
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for what comes into sight."""
        super().watch_scroll_y(old_value, new_value)
        self.ask()
