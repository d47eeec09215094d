"""Out of the program: an address into the browser, words onto the clipboard."""

from abc import abstractmethod
from dataclasses import dataclass

from textual import on
from textual.app import SuspendNotSupported
from textual.message import Message

from reader.errors import ReaderError
from reader.model import Article, Sentence
from reader.text.hygiene import shown
from reader.tui import programs
from reader.tui.destinations import Destination, RefusedError, destination
from reader.tui.screens.desk import Desk, while_there


class Opening(Desk):
    """The part of a screen that hands something to other programs."""

    @dataclass
    class Told(Message):
        """Something to be told."""

        text: str

    @on(Told)
    @while_there
    def _told(self, event: Told) -> None:
        self.busy("")
        self.say(event.text)

    @abstractmethod
    def address(self) -> str | None:
        """Return the address to be opened."""

    @abstractmethod
    def reading(self) -> tuple[Article, Sentence | None] | None:
        """Return the article that is read and the sentence under the cursor."""

    def action_open_address(self) -> None:
        """Open an address in the browser; ask first where it leads elsewhere than it seems to."""
        address = self.address()
        if not address:
            self.say("This article has no address.")
            return
        try:
            where = destination(address)
        except RefusedError as error:
            self.say(str(error), "warning")
            return
        if not where.question:
            self._open(where)
            return
        from reader.tui.dialogs.confirm import Confirm  # noqa: PLC0415 - not needed to start

        dialog = Confirm("Open this address?", where.question, "opens it")
        self.app.push_screen(dialog, lambda yes: self._open(where) if yes else None)

    def _open(self, where: Destination) -> None:
        mail = where.address.startswith("mailto:")
        try:
            command = programs.browser(self.reader.settings.browser, mail=mail)
            if programs.needs_terminal(command):
                with self.app.suspend():
                    programs.run_here(programs.with_address(command, where.address))
                return
        except ReaderError as error:
            self.say(str(error), "error")
            return
        except SuspendNotSupported:
            self.say(f"{command[0]} needs a terminal, and there is none", "error")
            return

        def work() -> Message:
            programs.start(programs.with_address(command, where.address))
            return self.Told(f"Opened {where.address}")

        self.in_background(work, group="browser")

    def action_copy(self) -> None:
        """Copy the sentence under the cursor, or the article's title and address."""
        if (reading := self.reading()) is None:
            return
        article, sentence = reading
        if sentence is not None:
            text, what = sentence.text, "the sentence"
        else:
            text = "\n".join(part for part in (article.title, article.url) if part)
            what = "title and address" if article.url else "the title"
        self.copy(text, what)

    def copy(self, text: str, what: str) -> None:
        """Put a text on the clipboard: by the configured program, else by the terminal (OSC 52)."""
        text = shown(text)
        command = self.reader.settings.copy
        if not command:
            self.app.copy_to_clipboard(text)
            self.say(f"Copied {what}.")
            return

        def work() -> Message:
            programs.feed(command, text)
            return self.Told(f"Copied {what}.")

        self.in_background(work, group="clipboard")
