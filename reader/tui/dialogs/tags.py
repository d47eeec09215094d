"""The dialog for tags, with completion of those that are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from reader.text.hygiene import clean_line, shown_line
from reader.tui.dialogs.base import Dialog
from reader.tui.widgets.inputs import Line

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class TagResult:
    """Which tags are to be given and taken."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


class TagDialog(Dialog[TagResult]):
    """One line of tags, separated by commas."""

    BINDINGS: ClassVar = [
        Binding(
            "tab", "complete", "Complete", id="tags.complete", tooltip="Take the first known tag."
        ),
    ]
    hint = "Enter keeps them · Tab completes · Esc leaves"

    def __init__(self, known: Sequence[str], tags: Sequence[str], what: str) -> None:
        """Take all known tags, those that all the articles have, and which articles it is about."""
        super().__init__()
        self._known = list(known)
        self._tags = list(tags)
        self.heading = f"Tags of {what}" if what else "Tags"

    def body(self) -> list[Widget]:
        """Return the line, and what fits it."""
        text = "".join(f"{shown_line(tag)}, " for tag in self._tags)
        line = Line(text, id="tags", compact=True, placeholder="climate, to read")
        return [line, Static(Content(""), id="tags-known")]

    def on_mount(self) -> None:
        """Begin at the end of the line."""
        self.query_one(Line).write_on()
        self._offer()

    def fitting(self) -> list[str]:
        """Return the known tags that the word under way may become."""
        *before, word = self.query_one(Input).value.split(",")
        taken = {tag.strip().casefold() for tag in before}
        begin = word.strip().casefold()
        open_tags = [tag for tag in self._known if tag.casefold() not in taken]
        first = [tag for tag in open_tags if tag.casefold().startswith(begin)]
        return first + [t for t in open_tags if begin and begin in t.casefold() and t not in first]

    def _offer(self) -> None:
        fitting = [f"#{shown_line(tag)}" for tag in self.fitting()]
        more = f"  … {len(fitting) - _SHOWN} more" if len(fitting) > _SHOWN else ""
        text = "  ".join(fitting[:_SHOWN]) + more
        self.query_one("#tags-known", Static).update(Content(text or "a new tag"))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show which known tags fit."""
        event.stop()
        self._offer()

    def action_complete(self) -> None:
        """Complete the word under way with the first tag that fits."""
        line = self.query_one(Input)
        if fitting := self.fitting():
            *before, _word = line.value.split(",")
            line.value = "".join(f"{tag.strip()}, " for tag in (*before, fitting[0]))
            line.cursor_position = len(line.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give back what changed."""
        event.stop()
        wanted = [clean_line(tag).text.lstrip("#") for tag in event.value.split(",")]
        tags = list(dict.fromkeys(tag for tag in wanted if tag))
        add = tuple(tag for tag in tags if tag not in self._tags)
        remove = tuple(tag for tag in self._tags if tag not in tags)
        self.dismiss(TagResult(add, remove))
