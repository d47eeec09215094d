"""All keys, by what they are for."""

from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widget import Widget

from reader.tui import commands
from reader.tui.commands import COMMANDS, Area, Command, shown_keys
from reader.tui.document import Paragraph, Span
from reader.tui.stylesheets import stylesheets
from reader.tui.widgets.prose import ProseView

_PLACES: dict[Area, str] = {
    "list": "list",
    "article": "text",
    "compare": "comparison",
    "sources": "sources",
    "summary": "summary",
    "feeds": "feeds",
    "changes": "changes",
}
_KEYS = 17
_WRITTEN = 20
_SEARCHES = (
    ("storm dam*", "both words; the second begins so"),
    ('"storm damage"', "the words next to each other"),
    ("title: author:", "words of the title, of the author's name"),
    ("source: tag: lang:", "an outlet, a tag, a language"),
    ("story: search:", "a story by its id, a saved search by its name"),
    ("is:unread", "also read, starred, noted, excerpt, starter, removed"),
    ("on:2025-07", "also before: and after:, with 2025-07-04, 3d, 2w, today"),
    ("a OR (b -c)", "one of them; - or NOT is without; AND may be left out"),
)
"""The search language in short; docs/search.md has all of it."""


class HelpScreen(ModalScreen[None]):
    """What each key does and where."""

    CSS_PATH: ClassVar[list[Any]] = stylesheets("dialogs")
    BINDINGS: ClassVar = [
        Binding("escape,q,question_mark", "leave", "Leave", id="help.leave"),
    ]

    def __init__(self, keys_of: Callable[[Command], str], focus: str) -> None:
        """Take what tells a command's keys, and what had the focus: its commands come first."""
        super().__init__()
        self._keys_of = keys_of
        self._focus = focus

    def compose(self) -> ComposeResult:
        """Build the text."""
        yield ProseView(measure=92, id="help")

    def on_mount(self) -> None:
        """Show the keys."""
        view = self.query_one(ProseView)
        view.border_title = "Keys"
        view.border_subtitle = "Esc leaves"
        view.show(help_page(self._keys_of, self._focus))
        view.focus()

    def action_leave(self) -> None:
        """Leave the help."""
        self.dismiss(None)


def help_page(keys_of: Callable[[Command], str], focus: str) -> list[Paragraph]:
    """Return all commands under their headings; those that apply where one is are bold."""
    here = {command.id for command in commands.for_focus(focus)}
    page = [
        Paragraph(
            "What is bold applies where you are. Every command can be given another key in the "
            "configuration, by the name in brackets.",
            style="hint",
            gap=0,
        )
    ]
    for group in dict.fromkeys(command.group for command in COMMANDS):
        page.append(Paragraph(group, style="heading"))
        members = [command for command in COMMANDS if command.group == group]
        page += [_line(command, keys_of, bold=command.id in here) for command in members]
    page.append(Paragraph("What can be searched for", style="heading"))
    return page + [
        Paragraph(what, gap=0, indent=_WRITTEN, mark=written.ljust(_WRITTEN))
        for written, what in _SEARCHES
    ]


def _line(command: Command, keys_of: Callable[[Command], str], *, bold: bool) -> Paragraph:
    keys = shown_keys(keys_of(command))
    places = [name for area, name in _PLACES.items() if area in command.areas]
    where = f" ({', '.join(places)})" if places and "main" not in command.areas else ""
    head = f"{command.tooltip.rstrip('.')}{where}"
    tail = f"  [{command.id}]"
    text = head + tail
    spans = (Span(len(head), len(text), "leftover"),)
    mark = f"{keys:<{_KEYS - 1}} "
    style = "strong" if bold else "text"
    return Paragraph(text, style=style, gap=0, indent=max(_KEYS, len(mark)), mark=mark, spans=spans)


def where_is(widget: Widget | None) -> str:
    """Return under which name the commands of what has the focus stand."""
    name = widget.id if widget is not None and widget.id else "list"
    if name.startswith(("text-", "compare-")) or name == "evidence":
        return "compare"
    if name == "stories-summary":
        return "story"
    return name if name in commands.CHAINS else "list"
