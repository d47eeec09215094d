"""The list of sources: everything, what is unread, starred or noted, the tags, the outlets."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from reader.model import SourceKind, SourceRow
from reader.text.hygiene import shown_line
from reader.tui import commands, formats
from reader.tui.typeset import fit
from reader.tui.view import SourceKey
from reader.tui.widgets.rows import RowsView

NAMES: dict[str, str] = {
    "all": "All",
    "unread": "Unread",
    "starred": "Starred",
    "noted": "Noted",
    "stories": "Stories",
}
_HEADINGS: dict[str, str] = {"search": "Searches", "tag": "Tags", "outlet": "Outlets"}


def source_name(kind: SourceKind, name: str) -> str:
    """Return a source's name as people read it."""
    if kind == "tag":
        return f"#{shown_line(name)}"
    return NAMES.get(kind) or shown_line(name) or "(no outlet)"


class SourceList(RowsView):
    """Sources with their unread counts, under headings."""

    BINDINGS: ClassVar = commands.bindings("sources")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sources--heading",
        "sources--count",
        "sources--unread",
        "sources--current",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[SourceRow | str] = []
        self.shown_key: SourceKey = ("all", "")

    @property
    def row_count(self) -> int:
        """How many sources and headings there are."""
        return len(self.rows)

    def can_stand(self, row: int) -> bool:
        """Stand on sources only."""
        return not isinstance(self.rows[row], str)

    def show(self, sources: list[SourceRow], current: SourceKey) -> None:
        """Show these sources; the cursor stays on the source it stood on."""
        at = self.at_cursor
        wanted = (at.kind, at.name) if at and self.has_focus else current
        self.shown_key = current
        self.rows = _with_headings(sources)
        place = self.place_of(wanted)
        with self.prevent(RowsView.Moved):
            self.cursor = place if place is not None else self.place_of(current) or 0
        self.rows_changed()
        self.show_cursor()

    @property
    def at_cursor(self) -> SourceRow | None:
        """The source under the cursor."""
        row = self.rows[self.cursor] if self.cursor < len(self.rows) else None
        return row if isinstance(row, SourceRow) else None

    def place_of(self, key: SourceKey) -> int | None:
        """Return the row number of a source."""
        for number, row in enumerate(self.rows):
            if isinstance(row, SourceRow) and (row.kind, row.name) == key:
                return number
        return None

    def neighbour(self, key: SourceKey, step: int) -> SourceRow | None:
        """Return the source after (1) or before (-1) this one, going round at the end.

        Stories are passed over: they are no list of articles.
        """
        sources = [r for r in self.rows if isinstance(r, SourceRow) and r.kind != "stories"]
        if not sources:
            return None
        keys = [(row.kind, row.name) for row in sources]
        place = keys.index(key) if key in keys else -step if step < 0 else -1
        return sources[(place + step) % len(sources)]

    def paint_row(self, row: int, part: int, width: int, base: Style) -> list[Segment]:  # noqa: ARG002
        """Paint a heading, or a source with its counts."""
        source = self.rows[row]
        if isinstance(source, str):
            heading = self.paint_style("rows--row", "sources--heading")
            return [Segment(fit(f" {source}", width), heading)]
        ground = "rows--cursor" if row == self.cursor else "rows--row"
        current = (source.kind, source.name) == self.shown_key
        unread = formats.short(source.unread) if source.unread else ""
        room = max(0, width - len(unread) - 4)
        name = fit(source_name(source.kind, source.name), room)
        style = "sources--current" if current else "sources--unread" if unread else "rows--row"
        count = self.paint_style(ground, "sources--count")
        return [
            Segment(" ▸ " if current else "   ", self.paint_style(ground, "sources--current")),
            Segment(name, self.paint_style(ground, style)),
            Segment(fit(unread + " ", width - 3 - room), count),
        ]


def _with_headings(sources: list[SourceRow]) -> list[SourceRow | str]:
    rows: list[SourceRow | str] = []
    last = ""
    for source in sources:
        if source.kind != last and source.kind in _HEADINGS:
            rows.append(_HEADINGS[source.kind])
        last = source.kind
        rows.append(source)
    return rows
