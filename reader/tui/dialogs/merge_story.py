"""The dialog that finds a report which belongs to the story too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from reader.errors import QueryError
from reader.library import Library, parse_query
from reader.model import ArticleId, ArticleRow, Story
from reader.text.hygiene import shown_line
from reader.tui import formats
from reader.tui.background import in_background
from reader.tui.dialogs.base import Dialog
from reader.tui.widgets.inputs import Line

_MOST = 30


class MergeDialog(Dialog[ArticleId]):
    """Offers the reports most like the story's; one can search for others."""

    BINDINGS: ClassVar = [
        Binding("down", "down", "Down", id="merge.down", tooltip="Go to the next report."),
        Binding("up", "up", "Up", id="merge.up", tooltip="Go to the report before."),
    ]
    heading = "Merge a report into the story"
    hint = "Type to search · ↑ ↓ choose · Enter merges it · Esc leaves"

    @dataclass
    class Found(Message):
        """Reports that may be meant, or why the search cannot be understood."""

        rows: list[ArticleRow]
        trouble: str = ""
        stories: dict[int, Story] = field(default_factory=dict)
        """The stories that the reports are in, by number."""

    def __init__(
        self,
        library: Library,
        ids: Sequence[ArticleId],
        now: Callable[[], datetime],
        *,
        heading: str = "",
    ) -> None:
        """Take the library, the reports that are there already, and the clock.

        With another `heading` these go into the story of the one that is chosen, not it to them.
        """
        super().__init__()
        self.heading = heading or self.heading
        self._leaving = bool(heading)
        self._library = library
        self._ids = list(ids)
        self._now = now
        self._rows: list[ArticleRow] = []
        self._stories: dict[int, Story] = {}

    def body(self) -> list[Widget]:
        """Return the line to search in, and the list."""
        line = Line(id="merge-search", compact=True, placeholder="search, or take one of these")
        return [line, OptionList(id="merge-list")]

    def on_mount(self) -> None:
        """Offer what is most like the story."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        self._search("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as one types."""
        event.stop()
        self._search(event.value)

    def _search(self, text: str) -> None:
        in_background(self, lambda: self._find(text), group="merge")

    def failed(self, reason: str) -> None:
        """Show why nothing could be found."""
        self._found(self.Found([], reason))

    def _find(self, text: str) -> "MergeDialog.Found":
        from reader.briefing import related  # noqa: PLC0415 - not needed to start

        if text.strip():
            try:
                query = parse_query(text, typing=True)
            except QueryError as error:
                return self.Found([], str(error))
            rows = self._library.find(query, limit=_MOST + len(self._ids))
        else:
            ids = related(self._library, self._ids[0], limit=_MOST + len(self._ids))
            rows = [self._library.row(id_) for id_ in (*ids, *self._of_stories())]
            rows = list({row.story or row.id: row for row in reversed(rows)}.values())[::-1]
        rows = [row for row in rows if row.id not in self._ids][:_MOST]
        stories = self._library.stories.of([row.id for row in rows if row.story])
        return self.Found(rows, stories={story.id: story for story in stories})

    def _of_stories(self) -> list[ArticleId]:
        """Return a report of each of the newest other stories, where it is them one looks for."""
        if not self._leaving:
            return []
        stories = self._library.stories.of(limit=_MOST)
        return [s.articles[-1] for s in stories if not set(self._ids) & set(s.articles)]

    @on(Found)
    def _found(self, event: Found) -> None:
        self._rows, self._stories = event.rows, event.stories
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(self._line(row)) for row in event.rows])
        if event.rows:
            options.highlighted = 0
        if event.trouble:
            self.tell(event.trouble)
        elif not event.rows:
            self.tell("No other report was found; type words of its title · Esc leaves")
        else:
            self.tell(self.hint)

    def _line(self, row: ArticleRow) -> Content:
        parts = [
            shown_line(row.source) or "(no outlet)",
            formats.age(row.when, self._now()),
            self._story_told(row),
        ]
        told = " · ".join(part for part in parts if part)
        return Content.assemble(shown_line(row.title), ("  " + told, "dim"))

    def _story_told(self, row: ArticleRow) -> str:
        """Return which story comes with a report, or takes these in."""
        story = self._stories.get(row.story or 0)
        if story is None:
            return ""
        number = formats.count(len(story.articles), "report")
        told = f"one of {number}" if self._leaving else f"with all {number} of its story"
        return told if story.title == row.title else f"{told}: {shown_line(story.title)}"

    def action_down(self) -> None:
        """Go to the next report."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Go to the report before."""
        self.query_one(OptionList).action_cursor_up()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the report under the cursor."""
        event.stop()
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self._rows):
            self.dismiss(self._rows[at].id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the report that was clicked."""
        event.stop()
        self.dismiss(self._rows[event.option_index].id)
