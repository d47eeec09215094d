"""The line in which one searches as one types, with what it could go on with under it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input, Static

from reader.errors import QueryError
from reader.library.completion import Completion, complete
from reader.text.hygiene import shown_line
from reader.tui.background import in_background
from reader.tui.typeset import cells, fit
from reader.tui.widgets.inputs import Line

Known = Mapping[str, Sequence[str]]
_SLASH = 3
"""Columns before the line."""
_NOTHING = Completion(0, 0, ())


class SearchLine(Line):
    """The line; some of its keys choose how the word under way goes on."""

    BINDINGS: ClassVar = [
        Binding("tab", "complete", "Complete", id="search.complete", tooltip="Take the offer."),
        Binding("down", "choose(1)", "Next", id="search.next", tooltip="Choose the next offer."),
        Binding("up", "choose(-1)", "Last", id="search.last", tooltip="Choose the offer before."),
    ]  # fmt: skip
    # Textual's own lays out, and with that paints, the whole screen at every character; the line
    # is as wide as its place, whatever stands in it
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    @property
    def bar(self) -> "SearchBar":
        """The bar that it stands in."""
        bar = self.query_ancestor(SearchBar)
        assert isinstance(bar, SearchBar)  # noqa: S101 - it stands nowhere else
        return bar

    def action_complete(self) -> None:
        """Put what is chosen in the place of the word under way; without an offer, pass the key."""
        if not self.bar.take():
            raise SkipAction

    def action_choose(self, step: int) -> None:
        """Choose another of what is offered."""
        self.bar.choose(step)

    def action_cursor_right(self, select: bool = False) -> None:
        """Go on by a character; at the end, take what is offered."""
        if self.cursor_position < len(self.value) or select or not self.bar.take():
            super().action_cursor_right(select)


class SearchBar(Vertical):
    """A slash, the line, and under it what could follow, or what is wrong and where."""

    @dataclass
    class KnownReady(Message):
        """The values of fields that the library knows."""

        known: Known

    def __init__(self, known: Callable[[], Known], *, id: str | None = None) -> None:
        """Take what tells the values of fields; it is asked in a thread."""
        super().__init__(id=id)
        self._ask = known
        self._known: Known = {}
        self._offered = _NOTHING
        self._chosen = 0
        self._error: QueryError | None = None
        self._below: Content | None = Content("")

    def compose(self) -> ComposeResult:
        """Build the parts."""
        with Horizontal(id="search-row"):
            yield Static(Content("/"), id="search-slash")
            yield SearchLine(
                id="search", compact=True, placeholder='words, "a phrase", tag:climate …'
            )
        yield Static(Content(""), id="search-below")

    def on_mount(self) -> None:
        """Stay out of sight until one searches."""
        self.display = False

    @property
    def line(self) -> Input:
        """The line."""
        return self.query_one("#search", Input)

    @property
    def offered(self) -> tuple[str, ...]:
        """What the word under way could become."""
        return self._offered.options

    def open(self, text: str) -> None:
        """Show the line with this text in it."""
        self.display = True
        self._offered = _NOTHING
        self.complain(None)
        with self.line.prevent(Input.Changed):
            self.line.value = text
        self.line.cursor_position = len(text)
        # at once: by focus() keys typed ahead would still act on the list
        self.screen.set_focus(self.line)
        in_background(self, lambda: self.KnownReady(self._ask()), group="known")

    @on(KnownReady)
    def _known_ready(self, event: KnownReady) -> None:
        event.stop()
        self._known = event.known
        self._offer()

    def complain(self, error: QueryError | None) -> None:
        """Show what is wrong with the search, and where; None for nothing."""
        self._error = error
        self._show()

    # What could follow

    def on_input_changed(self) -> None:
        """Offer what the word under way could become."""
        self._offer()

    def _offer(self) -> None:
        line = self.line
        self._offered = complete(line.value, line.cursor_position, self._known)
        here = line.value[self._offered.start : self._offered.end]
        if self._offered.options == (here,):
            self._offered = _NOTHING
        self._chosen = 0
        self._show()

    def choose(self, step: int) -> None:
        """Choose the next (1) or the previous (-1) of what is offered."""
        if self.offered:
            self._chosen = (self._chosen + step) % len(self.offered)
            self._show()

    def take(self) -> bool:
        """Put what is chosen in the place of the word under way; False where nothing is offered."""
        if not self.offered:
            return False
        start, end, options = self._offered
        option, line = options[self._chosen], self.line
        after = "" if option.endswith(":") or line.value[end : end + 1] in {" ", ")"} else " "
        line.value = line.value[:start] + option + after + line.value[end:]
        line.cursor_position = start + len(option) + len(after)
        self._offer()  # the cursor has moved since the line's own message
        return True

    # The line below

    def _show(self) -> None:
        told = self._told()
        if told == self._below:
            return  # without a new layout, which the whole screen would be painted for
        self._below = told
        below = self.query_one("#search-below", Static)
        below.display = told is not None
        below.update(told or Content(""))

    def _told(self) -> Content | None:
        width = max(10, self.size.width or self.screen.size.width)
        if self.offered:
            return offers(self.offered, self._chosen, width)
        if self._error is not None:
            before = cells(shown_line(self.line.value[: self._error.position] + "|")[:-1])
            place = _SLASH + max(0, before - int(self.line.scroll_offset.x))
            return pointed(str(self._error), place, width)
        return None


def offers(options: Sequence[str], chosen: int, width: int) -> Content:
    """Return options on one line of this width, the chosen one in sight and marked."""
    texts = [fit(shown_line(option), max(4, width - 16), pad=False) for option in options]
    first = 0
    while first < chosen and sum(cells(text) + 2 for text in texts[first : chosen + 1]) > width - 8:
        first += 1
    parts = [("Tab " if not first else "Tab …", "dim")]
    room = width - 6
    for number, text in enumerate(texts[first:], first):
        room -= cells(text) + 2
        if room < 0 and number > first:
            parts.append(("…", "dim"))
            break
        parts.append((f" {text} ", "reverse" if number == chosen else ""))
    return Content.assemble(*parts)


def pointed(message: str, place: int, width: int) -> Content:
    """Return a message behind a mark at its place, or under the mark where there is no room."""
    text, place = shown_line(message), min(place, width - 1)
    if place + 2 + cells(text) <= width:
        return Content(f"{' ' * place}^ {text}")
    return Content(f"{' ' * place}^\n{text}")
