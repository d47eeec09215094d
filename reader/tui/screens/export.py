"""The dialog that writes articles or a summary as Markdown."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from textual.widget import Widget
from textual.widgets import Input

from reader.errors import ReaderError
from reader.text.hygiene import clean_line
from reader.tui import formats
from reader.tui.screens.dialog import Dialog
from reader.tui.widgets.inputs import Line

Document = tuple[str, Callable[[], str]]
"""The name of a file, and what makes its text."""


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be written: one document into a file, several into a folder."""

    heading: str
    name: str
    """Of the file, or of the folder."""
    documents: tuple[Document, ...]

    @property
    def single(self) -> bool:
        """Whether it goes into one file."""
        return len(self.documents) == 1


def offered(name: str) -> str:
    """Return the path to begin with: in the folder one is in, where its name can be shown."""
    whole = str(Path.cwd() / name)
    return whole if clean_line(whole).text == whole else name


def write(export: Export, path: Path) -> str:
    """Write an export and return the sentence that says where. Raises ReaderError, OSError."""
    from reader.export.files import write_document  # noqa: PLC0415 - not needed to start

    if export.single:
        write_document(path, export.documents[0][1]())
        return f"Written: {path.absolute()}"
    path.mkdir(parents=True, exist_ok=True)
    for name, make in export.documents:
        write_document(path / name, make())
    return f"{formats.count(len(export.documents), 'article')} written into {path.absolute()}"


class ExportDialog(Dialog[str]):
    """Asks where to, writes, and gives back the sentence that says where."""

    hint = "Enter writes it as Markdown · Esc leaves"

    def __init__(self, export: Export) -> None:
        """Take what is to be written."""
        super().__init__()
        self.heading = export.heading
        self._export = export
        self._warned = ""

    def body(self) -> list[Widget]:
        """Return the line for the path."""
        return [Line(offered(self._export.name), id="export-path", compact=True)]

    def on_mount(self) -> None:
        """Begin at the end of the line."""
        self.query_one(Line).write_on()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Forget what was warned of."""
        event.stop()
        self._warned = ""
        self.tell(self.hint)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write; over what is there already only when asked twice."""
        event.stop()
        path = Path(clean_line(event.value).text).expanduser()
        if path.exists() and self._warned != str(path):
            self._warned = str(path)
            what = "a file" if self._export.single else "something"
            self.tell(f"There is {what} of this name; Enter again writes over it · Esc leaves")
            return
        try:
            self.dismiss(write(self._export, path))
        except (ReaderError, OSError, ValueError) as error:
            self.tell(str(error))
