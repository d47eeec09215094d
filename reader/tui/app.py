"""The app: what is the same on every screen."""

import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from platformdirs import user_state_path
from textual import on
from textual.app import App
from textual.css.query import NoMatches
from textual.message import Message
from textual.screen import ModalScreen

from reader import resources
from reader.config import Settings
from reader.library import Library
from reader.tui import commands, jobs, themes
from reader.tui.commands import Command
from reader.tui.keys import keymap_of
from reader.tui.screens.desk import Desk
from reader.tui.screens.main import MainScreen
from reader.tui.screens.summarising import Summaries
from reader.tui.widgets.bars import StatusBar
from reader.workers import Workers

if TYPE_CHECKING:
    from textual.command import Provider

POLL = 0.1
"""Seconds between two looks at whether another process changed the library."""


def _palette() -> "type[Provider]":
    from reader.tui.palette import CommandProvider  # noqa: PLC0415 - not needed to start

    return CommandProvider


class ReaderApp(App[None]):
    """The reader in a terminal."""

    TITLE = "reader"
    CSS_PATH: ClassVar[list[Any]] = resources.styles()
    BINDINGS: ClassVar = commands.bindings("app")
    COMMANDS: ClassVar = {_palette}
    ENABLE_COMMAND_PALETTE = True

    @dataclass
    class LibraryChanged(Message):
        """The library is not as it was."""

        def can_replace(self, message: Message) -> bool:
            """Let one such message stand for many."""
            return isinstance(message, ReaderApp.LibraryChanged)

    def __init__(
        self,
        library: Library,
        *,
        settings: Settings | None = None,
        workers: Workers | None = None,
        now: Callable[[], datetime] | None = None,
        notices: tuple[str, ...] = (),
    ) -> None:
        """Take the library, how the reader wants the program, and for tests a clock."""
        super().__init__()
        self.library = library
        self.settings = settings or Settings()
        self.jobs = jobs.Jobs(workers or Workers())
        self.now = now or (lambda: datetime.now(UTC))
        self.keymap, key_problems = keymap_of(self.settings)
        self.notices = (*notices, *key_problems, *library.notices)
        self.summaries = Summaries()
        self.summary_length = self.settings.summary_sentences
        self.summary_method = self.settings.summary_method
        self._leaving = threading.Event()
        for theme in themes.own_themes():
            self.register_theme(theme)
        self.set_keymap(self.keymap)

    def on_mount(self) -> None:
        """Take the theme and open the main screen."""
        self.theme = self._theme_wanted()
        self.push_screen(MainScreen())
        self.run_worker(self._follow, thread=True, group="follow", exit_on_error=False)
        self.call_after_refresh(self._after_first_paint)

    def _theme_wanted(self) -> str:
        wanted = self.settings.theme
        if wanted is None or wanted in self.available_themes:
            return wanted or themes.DEFAULT
        known = ", ".join(sorted(self.available_themes))
        problem = f"{self.settings.where('theme')}: there is no theme {wanted}: expected {known}"
        self.notices = (*self.notices, problem)
        return themes.DEFAULT

    def _after_first_paint(self) -> None:
        if len(self.notices) == 1 and len(self.notices[0]) < self.size.width - 4:
            self.main.say(self.notices[0], "warning")
        elif self.notices:
            from reader.tui.screens.notices import NoticesScreen  # noqa: PLC0415 - seldom needed

            self.push_screen(NoticesScreen(self.notices))
        self.run_worker(self._warm, thread=True, group="warm", exit_on_error=False)

    def _warm(self) -> None:
        if not self._leaving.wait(0.3):
            self.jobs.run(self._leaving.is_set, jobs.warm)

    @property
    def main(self) -> MainScreen:
        """The main screen."""
        return next(screen for screen in self.screen_stack if isinstance(screen, MainScreen))

    # Following other processes

    def _follow(self) -> None:
        seen = self.library.changes()
        while not self._leaving.wait(POLL):
            if (now := self.library.changes()) != seen:
                seen = now
                self.post_message(self.LibraryChanged())

    @on(LibraryChanged)
    def _library_changed(self) -> None:
        with suppress(NoMatches):  # while the app closes, its widgets go before this message
            for screen in self.screen_stack:
                if isinstance(screen, Desk):
                    screen.library_changed()

    # Commands

    def keys_of(self, command: Command) -> str:
        """Return the keys of a command as they are configured."""
        return self.keymap.get(command.id, command.keys)

    def footer_of(self, focus: str) -> list[Command]:
        """Return the commands for the line at the bottom, the most important first."""
        shown = [c for c in commands.for_focus(focus) if c.footer]
        return sorted(shown, key=lambda c: c.footer)

    @on(StatusBar.Chosen)
    async def _chosen(self, event: StatusBar.Chosen) -> None:
        key = self.keys_of(event.command).split(",")[0]
        self.simulate_key(key)

    def action_next_theme(self) -> None:
        """Take the next theme."""
        names = sorted(self.available_themes)
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        self.main.say(f"Theme {self.theme}.")

    def action_help(self) -> None:
        """Show all keys."""
        from reader.tui.screens.help import HelpScreen, where_is  # noqa: PLC0415 - not to start

        if not isinstance(self.screen, ModalScreen):
            self.push_screen(HelpScreen(self.keys_of, where_is(self.focused)))

    async def action_quit(self) -> None:
        """Leave; what was done is kept."""
        self.main.keep_position()
        self._leaving.set()
        self.exit()

    def keep_trace(self, error: Exception) -> None:
        """Keep what is needed to find the cause of an error that nobody thought of."""
        file = user_state_path("reader", appauthor=False) / "last-error.txt"
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        except OSError:
            return

    def on_unmount(self) -> None:
        """End what runs beside the app."""
        self._leaving.set()
        self.jobs.close()


def run(folder: Path, *, config: Path | None = None) -> None:
    """Open the library in this folder and read; return when the reader is left."""
    from reader.config import config_file, load  # noqa: PLC0415

    settings, problems = load(config_file(config))
    with Library.open(folder) as library:
        if library.is_new() and not library.read_only:
            from reader.intake import import_starters  # noqa: PLC0415 - once in a library's life

            import_starters(library)
        ReaderApp(library, settings=settings, notices=tuple(problems)).run()
