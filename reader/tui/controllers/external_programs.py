"""Other programs: an address goes to the browser, words go to the clipboard."""

from textual.app import SuspendNotSupported

from reader.errors import ReaderError
from reader.text.hygiene import shown
from reader.tui import programs
from reader.tui.controllers.part import Part
from reader.tui.destinations import Destination, RefusedError, destination
from reader.tui.dispatch import Handler, Handlers
from reader.tui.host import Host, Selection


class ExternalPrograms(Part):
    """Opens addresses and copies."""

    def __init__(self, host: Host, selection: Selection) -> None:
        super().__init__(host)
        self._selection = selection

    def handlers(self) -> Handlers:
        """Return what is done for which command."""
        there = self._selection.has_article
        return {
            "article.address": Handler(self.open_address, there),
            "article.copy": Handler(self.copy_selected, there),
        }

    def open_address(self) -> None:
        """Open an address in the browser; ask first if it leads elsewhere than it seems to."""
        address = self._selection.address()
        if not address:
            self.host.say("This article has no address.")
            return
        try:
            where = destination(address)
        except RefusedError as error:
            self.host.say(str(error), "warning")
            return
        if not where.question:
            self._open(where)
            return
        from reader.tui.dialogs.confirm import Confirm  # noqa: PLC0415 - not needed to start

        dialog = Confirm("Open this address?", where.question, "opens it")
        self.host.ask(dialog, lambda yes: self._open(where) if yes else None)

    def _open(self, where: Destination) -> None:
        mail = where.address.startswith("mailto:")
        try:
            command = programs.browser(self.context.settings.browser, mail=mail)
            if programs.needs_terminal(command):
                with self.context.suspend():
                    programs.run_here(programs.with_address(command, where.address))
                return
        except ReaderError as error:
            self.host.say(str(error), "error")
            return
        except SuspendNotSupported:
            self.host.say(f"{command[0]} needs a terminal, and there is none", "error")
            return

        def work() -> str:
            programs.start(programs.with_address(command, where.address))
            return f"Opened {where.address}"

        self.host.run(work, self._done, group="browser")

    def _done(self, text: str) -> None:
        self.host.set_busy("")
        self.host.say(text)

    def copy_selected(self) -> None:
        """Copy the sentence under the cursor, or the article's title and address."""
        if (reading := self._selection.reading()) is None:
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
        command = self.context.settings.copy
        if not command:
            self.context.copy_to_clipboard(text)
            self.host.say(f"Copied {what}.")
            return

        def work() -> str:
            programs.feed(command, text)
            return f"Copied {what}."

        self.host.run(work, self._done, group="clipboard")
