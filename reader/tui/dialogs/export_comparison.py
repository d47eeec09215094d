"""The dialog that writes the comparison into a file."""

import re
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from reader.errors import ReaderError
from reader.model import Comparison
from reader.text.hygiene import clean_line
from reader.tui.dialogs.base import Dialog
from reader.tui.dialogs.export import offered
from reader.tui.widgets.inputs import Line

FORMATS = {".md": "Markdown, for a note program", ".html": "one page, for the browser"}
_UNSAFE = re.compile(r"[^\w-]+")


def file_name(title: str, ending: str = ".md") -> str:
    """Return a name for a comparison's file that is safe on all systems, whatever the title."""
    words = _UNSAFE.sub("-", title.lower()).strip("-_")
    words = words.encode("utf-8")[:60].decode("utf-8", "ignore").strip("-_")
    return f"comparison-{words or 'of-reports'}{ending}"


class ComparisonExportDialog(Dialog[str]):
    """Asks for a path; its ending tells the form."""

    BINDINGS: ClassVar = [
        Binding("tab", "turn", "Other form", id="export.turn", tooltip="Take the other form."),
    ]
    heading = "Export the comparison"
    hint = "Enter writes it · Tab: Markdown or HTML · Esc leaves"

    def __init__(self, comparison: Comparison, title: str) -> None:
        """Take the comparison, and the title to be named by."""
        super().__init__()
        self._comparison = comparison
        self._file = file_name(title)
        self._warned = ""

    def body(self) -> list[Widget]:
        """Return the line for the path, and what will be written."""
        return [
            Line(offered(self._file), id="export-path", compact=True),
            Static(Content(""), id="export-form"),
        ]

    def on_mount(self) -> None:
        """Begin at the end of the line."""
        self.query_one(Line).write_on()

    def _path(self) -> Path:
        return Path(clean_line(self.query_one(Input).value).text).expanduser()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell which form the ending stands for."""
        event.stop()
        form = FORMATS.get(self._path().suffix.lower(), "the name has to end in .md or .html")
        self.query_one("#export-form", Static).update(Content(form))
        self._warned = ""
        self.tell(self.hint)

    def action_turn(self) -> None:
        """Take the other form."""
        line = self.query_one(Input)
        path = self._path()
        other = ".md" if path.suffix.lower() == ".html" else ".html"
        stem = path.with_suffix("") if path.suffix.lower() in FORMATS else path
        line.value = f"{stem}{other}"
        line.cursor_position = len(line.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the file; one that is there already only when asked twice."""
        event.stop()
        path = self._path()
        if path.suffix.lower() not in FORMATS:
            self.tell("The name has to end in .md or .html.")
        elif path.exists() and self._warned != str(path):
            self._warned = str(path)
            self.tell("There is a file of this name; Enter again replaces it · Esc leaves")
        else:
            self._write(path)

    def _write(self, path: Path) -> None:
        # not needed to start
        from reader.export.comparison_html import comparison_html  # noqa: PLC0415 - seldom
        from reader.export.comparison_markdown import comparison_markdown  # noqa: PLC0415
        from reader.export.files import write_document  # noqa: PLC0415 - as above

        make = comparison_html if path.suffix.lower() == ".html" else comparison_markdown
        try:
            write_document(path, make(self._comparison))
        except (ReaderError, OSError, ValueError) as error:
            self.tell(str(error))
            return
        self.dismiss(str(path.absolute()))
