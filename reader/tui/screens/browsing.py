"""Going through the collection: sources, sort orders, stories folded and unfolded."""

from dataclasses import replace

from textual import on

from reader.model import SourceRow
from reader.tui.screens.saving import Saving
from reader.tui.view import ORDER_NAMES, View
from reader.tui.widgets.source_list import SourceList


class Browsing(Saving):
    """The part of the main screen that decides what the list shows."""

    _unread_after_load = False

    def take_source(self, source: SourceRow, *, open_first_unread: bool = False) -> None:
        """Show a source."""
        self.article_list.mark(())
        self.close_search()
        view = View((source.kind, source.name), self.view.order, folded=self.view.folded)
        self.load_view(view)
        self._unread_after_load = open_first_unread

    def _step_source(self, step: int) -> None:
        if (source := self.source_list.neighbour(self.view.source, step)) is not None:
            self.take_source(source)

    def action_next_source(self) -> None:
        """Show the next source."""
        self._step_source(1)

    def action_previous_source(self) -> None:
        """Show the source before."""
        self._step_source(-1)

    @on(SourceList.Moved)
    def _source_moved(self, event: SourceList.Moved) -> None:
        if isinstance(event.rows, SourceList):
            source = event.rows.at_cursor
            if source is not None and source.kind == "stories":
                self.say("Enter shows the stories.")
            elif source is not None:
                self.show_source(source)

    def show_source(self, source: SourceRow) -> None:
        """Show a source, where it is not shown already."""
        if (source.kind, source.name) != self.view.source:
            self.take_source(source)

    def action_order(self) -> None:
        """Sort in the next order."""
        view = self.view
        orders = view.orders
        order = orders[(orders.index(view.order) + 1) % len(orders)]
        current = self.article_list.current
        self.load_view(
            View(view.source, order, view.search, folded=view.folded),
            article=current.id if current else None,
        )
        self.say(f"Sorted {ORDER_NAMES[order]}.")

    def action_fold(self) -> None:
        """Fold the reports of each story into one row, or show them all again."""
        view, current = self.view, self.article_list.current
        self.load_view(
            replace(view, folded=not view.folded, opened=frozenset()),
            article=current.id if current else None,
        )
        self.say("All reports." if view.folded else "One row for each story; Enter unfolds it.")

    def unfold(self) -> bool:
        """Show the reports that are folded into the row under the cursor, where there are."""
        current = self.article_list.current
        folded = self.article_list.listing.fold(current.id) if current else None
        if folded is None:
            return False
        view = self.view
        self.load_view(
            replace(view, opened=view.opened | {folded.story}), article=folded.members[0]
        )
        return True
