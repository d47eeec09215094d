"""Adding: articles from files and folders, with progress and a report; feeds by their address."""

import re
import shlex
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import Worker

from reader.model import Failure
from reader.text.hygiene import shown_line
from reader.tui import formats, jobs
from reader.tui.background import cancelled, in_background
from reader.tui.document import Paragraph
from reader.tui.jobs import Jobs, TakenIn
from reader.tui.messages import Failed
from reader.tui.stylesheets import stylesheets
from reader.tui.widgets.inputs import Line
from reader.tui.widgets.prose import ProseView

LOOK = 0.25
"""Seconds between two looks at how far it is."""


_SCHEME = re.compile(r"(?:https?|feed):\S+", re.IGNORECASE)
_HOST = re.compile(
    r"(?:localhost(?=[:/])|\d{1,3}(?:\.\d{1,3}){3}|(?:[\w-]+\.)+[a-z][\w-]+)(?::\d+)?(?P<path>/\S*)?",
    re.IGNORECASE,
)
_FILES = (".txt", ".md", ".markdown", ".html", ".htm", ".jsonl", ".json", ".opml", ".xml")
_LONGEST_LIST = 1_000_000
"""Bytes; a longer file is no list of addresses."""
_NO_LIST = (b"PK", b"%PDF", b"SQLite", b"\x1f\x8b")
_OPML = re.compile(rb"<(?:\w+:)?opml[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """Where feeds are, given in place of a path: an address, or the path of an OPML file."""

    text: str


def is_address(text: str) -> bool:
    """Tell whether this is meant for the web: an address with or without https://, and no file."""
    if _SCHEME.fullmatch(text):
        return True
    host = _HOST.fullmatch(text)
    if host is None or Path(text).exists():
        return False
    return host["path"] is not None or not text.lower().endswith(_FILES)


def is_feed_list(path: Path) -> bool:
    """Return True for a file that is a list of feeds or addresses: OPML, newsboat's urls."""
    from reader.intake.feed_lists import is_list  # noqa: PLC0415 - seldom needed

    try:
        with path.open("rb") as file:
            start = file.read(4096)
            if _OPML.search(start):
                return True
            return not start.startswith(_NO_LIST) and is_list(start + file.read(_LONGEST_LIST))
    except OSError:
        return False


class AddDialog(ModalScreen[str | Address]):
    """Takes a path, imports it in a worker process, and tells what became of it."""

    CSS_PATH: ClassVar[list[Any]] = stylesheets("dialogs")
    BINDINGS: ClassVar = [
        Binding("escape", "leave", "Leave", id="add.leave", tooltip="Leave, or stop adding."),
        Binding("tab", "complete", "Complete", id="add.complete", tooltip="Complete the path."),
    ]
    HINT = "Enter adds · Tab completes · Esc leaves"

    @dataclass
    class Finished(Message):
        """The import is over."""

        taken: TakenIn

    def __init__(self, library: Path, jobs_: Jobs) -> None:
        """Take the library's folder and the worker processes."""
        super().__init__()
        self._library = library
        self._jobs = jobs_
        self._at_work: Worker[None] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def compose(self) -> ComposeResult:
        """Build the box."""
        with Vertical(id="dialog"):
            yield Static(Content("Add articles"), id="dialog-heading")
            yield Line(id="add", compact=True, placeholder="~/articles, a file, or example.org")
            yield Static(
                Content(
                    "Files, folders, exports of other programs; the address of a page, a site or a "
                    "feed; a list of feeds"
                ),
                id="add-told",
            )
            yield ProseView(measure=92, id="add-report")
            yield Static(Content(self.HINT), id="dialog-hint")

    def on_mount(self) -> None:
        """Begin with the path."""
        self.query_one(ProseView).display = False
        self.query_one(Input).focus()

    def _tell(self, text: str, hint: str) -> None:
        self.query_one("#add-told", Static).update(Content(shown_line(text)))
        self.query_one("#dialog-hint", Static).update(Content(hint))

    # Completion

    def action_complete(self) -> None:
        """Complete the path as far as it is unambiguous, and show what it may become."""
        line = self.query_one(Input)
        found = completions(line.value)
        if not found:
            self._tell("No file or folder begins so.", self.HINT)
            return
        line.value = common_beginning(found)
        line.cursor_position = len(line.value)
        if len(found) > 1:
            names = "  ".join(Path(path).name + "/" * path.endswith("/") for path in found[:20])
            self._tell(names + (" …" if len(found) > 20 else ""), self.HINT)

    # The import

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Import what was named."""
        event.stop()
        if is_address(event.value.strip()):
            self.dismiss(Address(event.value.strip()))
            return
        paths = named_paths(event.value)
        if not paths or self._at_work is not None:
            return
        if len(paths) == 1 and is_feed_list(Path(paths[0])):
            self.dismiss(Address(paths[0]))
            return
        self.query_one(Input).disabled = True
        self._folder = tempfile.TemporaryDirectory(prefix="reader-")
        self._tell("Adding …", "Esc stops")
        self.set_interval(LOOK, self._look)
        self._at_work = in_background(self, lambda: self._import(paths), group="import")

    def _import(self, paths: Sequence[str]) -> Message:
        signs = Path(self._folder.name) if self._folder else Path()
        return self.Finished(self._jobs.run(cancelled, jobs.take_in, self._library, paths, signs))

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        event.stop()
        self._at_work = None
        self._clean_up()
        self._again(event.reason)

    def _look(self) -> None:
        if self._folder is None or self._at_work is None:
            return
        count = jobs.progress_of(Path(self._folder.name))
        if count:
            self._tell(f"Adding … {formats.count(count, 'article')} so far", "Esc stops")

    @on(Finished)
    def _finished(self, event: Finished) -> None:
        self._at_work = None
        self._clean_up()
        told = report(event.taken)
        if not event.taken.failed:
            self.dismiss(told)
            return
        view = self.query_one(ProseView)
        view.display = True
        view.show(failures_page(event.taken.failed))
        self._again(told)
        view.focus()

    def _again(self, told: str) -> None:
        self._tell(told, self.HINT)
        line = self.query_one(Input)
        line.disabled = False
        line.focus()

    def _clean_up(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def action_leave(self) -> None:
        """Stop adding, or leave."""
        if self._at_work is not None and self._folder is not None:
            jobs.ask_to_stop(Path(self._folder.name))
            self._tell("Stopping …", "what is stored already stays")
            return
        self.dismiss(None)

    def on_unmount(self) -> None:
        """Leave nothing behind."""
        self._clean_up()


def named_paths(text: str) -> list[str]:
    """Return the paths in a line as a shell would read it; a line that is one path stays one."""
    text = text.strip()
    whole = Path(text).expanduser()
    if not text or whole.exists():
        return [str(whole)] if text else []
    try:
        parts = shlex.split(text)
    except ValueError:
        parts = [text]
    return [str(Path(part).expanduser()) for part in parts]


def completions(text: str) -> list[str]:
    """Return the files and folders whose path begins so; folders with a slash at their end."""
    written, slash, beginning = text.rpartition("/")
    folder = Path(written + slash or ".").expanduser()
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    return [
        f"{written}{slash}{entry.name}{'/' if entry.is_dir() else ''}"
        for entry in entries
        if entry.name.startswith(beginning) and (beginning or not entry.name.startswith("."))
    ]


def common_beginning(texts: Sequence[str]) -> str:
    """Return what all of these begin with."""
    first, last = min(texts), max(texts)
    same = (n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b)
    return first[: next(same, min(len(first), len(last)))]


def report(taken: TakenIn) -> str:
    """Return in one sentence what became of an import."""
    parts = [
        f"{formats.count(taken.added, 'article')} added",
        f"{taken.changed:,} changed" if taken.changed else "",
        f"{taken.unchanged:,} known already" if taken.unchanged else "",
        f"{len(taken.failed):,} could not be read" if taken.failed else "",
        f"{taken.passed:,} passed over" if taken.passed else "",
    ]
    return ", ".join(part for part in parts if part) + ("; stopped." if taken.stopped else ".")


def failures_page(failed: Sequence[Failure]) -> list[Paragraph]:
    """Return what could not be read and why."""
    return [
        Paragraph(
            f"{shown_line(f.input)}: {shown_line(f.reason)}",
            style="hint",
            gap=0,
            indent=2,
            mark="✗ ",
        )
        for f in failed
    ]
