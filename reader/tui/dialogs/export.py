"""The dialog that writes articles or a summary as Markdown."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.widget import Widget
from textual.widgets import Input

from reader.errors import ReaderError
from reader.library import Library
from reader.model import ArticleId, Summary
from reader.text.hygiene import clean_line
from reader.tui import formats
from reader.tui.dialogs.base import Dialog
from reader.tui.widgets.inputs import Line

_UNSAFE = re.compile(r"[^\w-]+")

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


def of_articles(library: Library, ids: Sequence[ArticleId]) -> Export:
    """Return the export of articles with the reader's own work: a file, or a folder of files."""
    documents = tuple(_article(library, id_) for id_ in ids)
    if len(documents) == 1:
        return Export("Export the article", documents[0][0], documents)
    heading = f"Export {formats.count(len(documents), 'article')} into a folder"
    return Export(heading, "reader articles", documents)


def _article(library: Library, id_: ArticleId) -> Document:
    from reader.export.files import safe_name  # noqa: PLC0415 - not needed to start
    from reader.export.markdown import article_markdown  # noqa: PLC0415 - as above

    def make() -> str:
        article = library.article(id_)
        book = library.notebook
        return article_markdown(article, book.marks(id_), book.annotations(id_))

    return safe_name(library.row(id_), ".md"), make


def of_summary(summary: Summary) -> Export:
    """Return the export of a summary."""
    from reader.export.markdown import summary_markdown  # noqa: PLC0415 - not needed to start

    title = next((a.title for a in summary.articles if a.title), "")
    words = _UNSAFE.sub("-", title.lower()).encode()[:60].decode("utf-8", "ignore").strip("-_")
    name = f"summary-{words or 'of-reports'}.md"
    return Export("Export the summary", name, ((name, lambda: summary_markdown(summary)),))


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
