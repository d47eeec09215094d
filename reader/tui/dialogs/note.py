"""The small editor for a note."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reader.text.hygiene import clean, shown, shown_line
from reader.tui.dialogs.base import Dialog
from reader.tui.typeset import fit
from reader.tui.widgets.inputs import Editor


@dataclass(frozen=True, slots=True)
class NoteResult:
    """What was written; "" where the note shall go."""

    body: str


class NoteDialog(Dialog[NoteResult]):
    """Writes a note, in Markdown, on a sentence or an article."""

    BINDINGS: ClassVar = [
        Binding("ctrl+s,f2", "keep", "Keep", id="note.keep", tooltip="Keep the note."),
    ]
    hint = "Ctrl+S keeps it · Esc leaves · an empty note is removed"

    def __init__(self, text: str, about: str, *, new: bool) -> None:
        """Take the note as it is, and the words it is about."""
        super().__init__()
        self._before = text
        self._about = about
        self._warned = False
        self.heading = "A note" if new else "Change the note"

    def body(self) -> list[Widget]:
        """Return the words it is about, and the editor."""
        about = fit(shown_line(self._about), 300, pad=False)
        return [
            Static(Content(f"“{about}”"), id="note-about"),
            Editor(
                shown(self._before),
                id="note-text",
                tab_behavior="focus",
                soft_wrap=True,
                compact=True,
            ),
        ]

    def on_mount(self) -> None:
        """Begin to write at the end."""
        area = self.query_one(Editor)
        area.move_cursor(area.document.end)
        area.focus()

    def action_keep(self) -> None:
        """Give back what was written."""
        self.dismiss(NoteResult(clean(self.query_one(Editor).text).text.strip()))

    def action_leave(self) -> None:
        """Leave; what was written is thrown away only when that is asked for twice."""
        changed = self.query_one(Editor).text.strip() != self._before.strip()
        if changed and not self._warned:
            self._warned = True
            self.tell("Not kept yet: Ctrl+S keeps it, Esc again throws it away")
            return
        self.dismiss(None)

    def on_text_area_changed(self) -> None:
        """Ask again after further writing."""
        if self._warned:
            self._warned = False
            self.tell(self.hint)
