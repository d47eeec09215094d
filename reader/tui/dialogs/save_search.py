"""The dialog in which a search gets a name."""

from dataclasses import dataclass

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from reader.errors import QueryError
from reader.library import parse_query
from reader.text.hygiene import clean_line
from reader.tui.dialogs.base import Dialog
from reader.tui.widgets.inputs import Line


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A saved search as it shall be."""

    name: str
    query: str


class SearchDialog(Dialog[SearchResult]):
    """A name and a query."""

    hint = "Enter keeps it · Tab goes to the query · Esc leaves"

    def __init__(self, name: str, query: str) -> None:
        """Take the name and the query as they are."""
        super().__init__()
        self._name, self._query = name, query
        self.heading = f"Change the search “{name}”" if name else "Save the search"

    def body(self) -> list[Widget]:
        """Return the two lines."""
        return [
            Static(Content("Name")),
            Line(
                self._name,
                id="search-name",
                compact=True,
                placeholder="To read at the weekend",
                select_on_focus=False,
            ),
            Static(Content("Query")),
            Line(self._query, id="search-query", compact=True, select_on_focus=False),
        ]

    def on_mount(self) -> None:
        """Begin at the end of the name."""
        self.query_one("#search-name", Line).write_on()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give back what was written, where it makes sense."""
        event.stop()
        name = clean_line(self.query_one("#search-name", Input).value).text.strip()
        query = self.query_one("#search-query", Input)
        try:
            parse_query(query.value)
        except QueryError as error:
            self.tell(str(error))
            query.cursor_position = error.position
            query.focus()
            return
        if not name:
            self.tell("A saved search needs a name.")
            self.query_one("#search-name", Input).focus()
        elif not query.value.strip():
            self.tell("What shall it search for?")
            query.focus()
        else:
            self.dismiss(SearchResult(name, query.value.strip()))
