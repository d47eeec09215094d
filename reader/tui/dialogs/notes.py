"""All notes and highlights, the newest first, each a way to its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from reader.model import Annotation, ArticleId, ArticleRow
from reader.text.hygiene import shown, shown_line
from reader.tui.document import Paragraph
from reader.tui.stylesheets import stylesheets
from reader.tui.typeset import fit
from reader.tui.widgets.items import ItemsView

_QUOTE = 240


@dataclass(frozen=True, slots=True)
class NotePlace:
    """Where a chosen note stands: `place` is None for a note on a whole article."""

    article: ArticleId
    place: int | None


class NotesScreen(ModalScreen[NotePlace]):
    """A list to look through; Enter goes to the place."""

    CSS_PATH: ClassVar[list[Any]] = stylesheets("dialogs")
    BINDINGS: ClassVar = [
        Binding("escape,N", "leave", "Leave", id="notes.leave", tooltip="Leave the notes."),
    ]

    def __init__(self, notes: Sequence[Annotation], rows: Mapping[ArticleId, ArticleRow]) -> None:
        """Take the annotations and the articles that they are on."""
        super().__init__()
        self._notes = sorted(notes, key=lambda note: (note.modified, note.id), reverse=True)
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Build the list."""
        yield ItemsView(measure=88, id="notes")

    def on_mount(self) -> None:
        """Show the notes."""
        view = self.query_one(ItemsView)
        view.border_title = "Notes and highlights"
        view.border_subtitle = "Enter goes there · Esc leaves"
        view.show(notes_page(self._notes, self._rows))
        view.focus()

    @on(ItemsView.Picked)
    def _picked(self, event: ItemsView.Picked) -> None:
        note = self._notes[event.key]
        place = note.selector.start if note.selector and not note.orphaned else None
        self.dismiss(NotePlace(note.article, place))

    def action_leave(self) -> None:
        """Leave without going anywhere."""
        self.dismiss(None)


def notes_page(
    notes: Sequence[Annotation], rows: Mapping[ArticleId, ArticleRow]
) -> list[Paragraph]:
    """Return notes as paragraphs: what it is on, the words it points to, what was written."""
    page: list[Paragraph] = []
    for number, note in enumerate(notes):
        row = rows.get(note.article)
        title = shown_line(row.title) if row else "(an article that is not here)"
        source = f" · {shown_line(row.source)}" if row and row.source else ""
        page.append(Paragraph(title + source, style="heading", gap=int(number > 0), key=number))
        if note.selector is not None:
            quote = fit(shown_line(note.quote), _QUOTE, pad=False)
            lost = " (no longer in the text)" if note.orphaned else ""
            lost = " (the words changed since)" if note.changed_to else lost
            page.append(Paragraph(f"“{quote}”{lost}", style="byline", gap=0, indent=2, key=number))
        if note.body:
            body = shown(note.body).strip()
            page.append(Paragraph(body, style="note", gap=0, indent=4, mark="  ✎ ", key=number))
    if not notes:
        page = [
            Paragraph("There are no notes yet.", style="hint", gap=0),
            Paragraph(
                "While you read, J and K put a cursor on a sentence, a writes a note on it, "
                "h highlights it.",
                style="hint",
            ),
        ]
    return page
