"""What is at an address or in a list of feeds, before one subscribes to it or stores the page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.errors import InputError
from reader.library import Library
from reader.model import Failure
from reader.text.hygiene import shown_line
from reader.tui.background import cancelled, in_background
from reader.tui.dialogs.tags import TagDialog, TagResult
from reader.tui.document import Paragraph
from reader.tui.feed_pages import CHOICE, opml_page, preview_page
from reader.tui.jobs import Jobs
from reader.tui.messages import Failed
from reader.tui.stylesheets import stylesheets
from reader.tui.widgets.prose import ProseView

if TYPE_CHECKING:
    from reader.intake.discover import Named
    from reader.intake.subscriptions import FoundFeed

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FeedChoice:
    """A feed that is to be subscribed to."""

    found: "FoundFeed"
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageChoice:
    """A page that is to be stored by itself, as an article without a feed."""

    address: str


@dataclass(frozen=True, slots=True)
class OpmlChoice:
    """An OPML file whose feeds are to be subscribed to."""

    data: bytes
    name: str


def look(address: str) -> "FoundFeed | Failure":
    """Return the feed at an address or of its page; runs in a worker process."""
    from reader.intake.subscriptions import find_feeds  # noqa: PLC0415 - in the worker process only

    return find_feeds([address])[0]


class Sheet(ModalScreen[T]):
    """A page over the screen, with a heading and a hint; Esc leaves."""

    CSS_PATH: ClassVar[list[Any]] = stylesheets("dialogs", "feeds")
    BINDINGS: ClassVar = [Binding("escape", "leave", "Leave", id="sheet.leave")]
    heading = ""

    def compose(self) -> ComposeResult:
        """Build the page."""
        with Vertical(id="dialog", classes="sheet"):
            yield Static(Content(self.heading), id="dialog-heading")
            yield ProseView(measure=88, id="sheet")
            yield Static(Content(""), id="dialog-hint")

    def tell(self, page: Sequence[Paragraph], hint: str) -> None:
        """Show a page, and which keys apply."""
        view = self.query_one(ProseView)
        view.show(page)
        view.styles.height = max(3, min(len(view.document.lines) + 2, self.size.height - 8))
        view.focus()
        self.query_one("#dialog-hint", Static).update(Content(hint))

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        event.stop()
        self.failed(event.reason)

    def failed(self, reason: str) -> None:
        """Show why work in the background failed."""
        self.tell([_problem(reason)], "Esc leaves")

    def action_leave(self) -> None:
        """Leave without a result."""
        self.dismiss(None)


def _problem(text: str) -> Paragraph:
    return Paragraph(text, style="strong", indent=2, mark="✗ ")


class FeedPreview(Sheet[FeedChoice | PageChoice]):
    """A feed as it is now: its titles, how often something comes, the other feeds of its page."""

    heading = "Subscribe to a feed"
    BINDINGS: ClassVar = [
        Binding("enter", "subscribe", "Subscribe", id="preview.subscribe"),
        Binding("p", "store_page", "Store the page", id="preview.store_page"),
        Binding("t", "tag", "Tags", id="preview.tag"),
        *(
            Binding(str(n), f"choose({n})", f"Feed {n}", id=f"preview.choose_{n}")
            for n in range(1, CHOICE + 1)
        ),
    ]

    @dataclass
    class Found(Message):
        """What was at an address: a feed, or why there is none."""

        found: "FoundFeed | Failure"

    def __init__(self, address: str, library: Library, jobs: Jobs) -> None:
        """Take the address, the library, and the worker processes."""
        super().__init__()
        self._address = address
        self._library = library
        self._jobs = jobs.alone()  # so that a look which takes long can be broken off
        self._found: FoundFeed | None = None
        self._choice: list[Named] = []
        self._tags: tuple[str, ...] = ()
        self._page = False
        """Whether a page lies at the address, which can be stored by itself."""

    def on_mount(self) -> None:
        """Begin to look."""
        self._look(self._address)

    def on_unmount(self) -> None:
        """End the process that looks."""
        self._jobs.close()

    def _look(self, address: str) -> None:
        where = shown_line(address.rsplit("@", 1)[-1])
        self._found = None
        self.tell([Paragraph(f"Looking for the feed at {where} …", style="hint")], "Esc stops")
        in_background(self, lambda: self._bring(address), group="preview")

    def _bring(self, address: str) -> Message:
        return self.Found(self._jobs.run(cancelled, look, address))

    def failed(self, reason: str) -> None:
        """Show why nothing could be looked up."""
        self.refuse(reason)

    @on(Found)
    def _looked(self, event: Found) -> None:
        found = event.found
        if isinstance(found, Failure):
            self._page = self._page or self._has_no_feed(found)
            self.refuse(f"{shown_line(found.input)}: {shown_line(found.reason)}.")
            return
        self._page = self._page or found.page
        if not self._choice:
            self._choice = self._named(found)
        self._found = found
        self._show()

    def refuse(self, reason: str) -> None:
        """Show why there is no feed to subscribe to."""
        page = "Enter stores the page itself · " if self._page else ""
        more = " · 1-9 another feed of the page" if len(self._choice) > 1 else ""
        self.tell([_problem(reason)], f"{page}Esc leaves{more}")

    @staticmethod
    def _has_no_feed(found: Failure) -> bool:
        from reader.intake.subscriptions import NO_FEED  # noqa: PLC0415 - loaded with the answer

        return NO_FEED in found.reason

    @staticmethod
    def _named(found: "FoundFeed") -> "list[Named]":
        from reader.intake.discover import Named  # noqa: PLC0415 - loaded where a feed was found

        return [Named(found.address, found.parsed.feed.title), *found.others]

    def _known(self, found: "FoundFeed") -> bool:
        return self._library.feeds.known(found.address) is not None

    def _show(self) -> None:
        if (found := self._found) is None:
            return
        known, now = self._known(found), self.app.now()  # type: ignore[attr-defined]
        page = preview_page(found, self._choice, known=known, tags=self._tags, now=now)
        keys = ["Esc leaves"] if known else ["Enter subscribes", "t tags", "Esc leaves"]
        if self._page:
            keys.insert(-1, "p stores the page itself")
        if len(self._choice) > 1:
            keys.insert(-1, f"1-{min(CHOICE, len(self._choice))} another feed")
        self.tell(page, " · ".join(keys))

    def action_choose(self, number: int) -> None:
        """Look at another of the page's feeds."""
        if number <= min(CHOICE, len(self._choice)):
            self._look(self._choice[number - 1].address)

    def action_tag(self) -> None:
        """Ask for the feed's tags."""
        if self._found is not None and not self._known(self._found):
            dialog = TagDialog(self._library.notebook.tags(), self._tags, "the feed")
            self.app.push_screen(dialog, self._tagged)

    def _tagged(self, result: TagResult | None) -> None:
        if result is not None:
            kept = [tag for tag in self._tags if tag not in result.remove]
            self._tags = (*kept, *result.add)
            self._show()

    def action_subscribe(self) -> None:
        """Subscribe to the feed that is shown; store a page that has none."""
        found = self._found
        if found is None:
            self.action_store_page()
            return
        if self._known(found):
            self.dismiss(None)
            return
        self.dismiss(FeedChoice(replace(found, others=()), self._tags))

    def action_store_page(self) -> None:
        """Store the page at the address as an article."""
        if self._page:
            self.dismiss(PageChoice(self._address))


class OpmlPreview(Sheet[OpmlChoice]):
    """A list of feeds: how many in which folders, and how many are subscribed to already."""

    heading = "Subscribe to the feeds of a file"
    BINDINGS: ClassVar = [Binding("enter", "subscribe", "Subscribe", id="preview.subscribe_all")]

    def __init__(self, path: Path, library: Library) -> None:
        """Take the file and the library."""
        super().__init__()
        self._path = path
        self._library = library
        self._data: bytes | None = None

    @dataclass
    class Read(Message):
        """What is in the file: a page that tells it, and the file where it can be taken."""

        page: list[Paragraph]
        data: bytes | None

    def on_mount(self) -> None:
        """Read the file."""
        self.tell([Paragraph("Reading the file …", style="hint")], "Esc leaves")
        in_background(self, self._bring, group="preview")

    def _bring(self) -> Message:
        from reader.intake.feed_lists import outlines_in  # noqa: PLC0415 - seldom needed
        from reader.intake.subscriptions import read_file  # noqa: PLC0415 - as above

        try:
            data = read_file(self._path)
            outlines = outlines_in(data, str(self._path))
        except InputError as error:
            reason = f"{shown_line(error.where)}: {shown_line(error.reason)}."
            return self.Read([_problem(reason)], None)
        known = {address for s in self._library.feeds.all() for address in (s.key, s.address)}
        page = opml_page(outlines, known, name=self._path.name)
        return self.Read(page, data if outlines else None)

    @on(Read)
    def _read(self, event: Read) -> None:
        self._data = event.data
        keys = "Enter subscribes to them · Esc leaves" if event.data else "Esc leaves"
        self.tell(event.page, keys)

    def action_subscribe(self) -> None:
        """Subscribe to the feeds of the file."""
        if self._data is not None:
            self.dismiss(OpmlChoice(self._data, str(self._path)))
