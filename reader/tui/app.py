"""The app: what is the same on every screen.

It stands before the library does: started with `opening`, it paints the frame of the main screen
first, and brings the library and everything that knows it in a thread after that.
"""

import gc
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from platformdirs import user_state_path
from textual import on
from textual.css.query import NoMatches
from textual.events import Event, Paste
from textual.filter import LineFilter
from textual.message import Message

from reader.config import ENCODER_OFF, Settings
from reader.errors import ReaderError
from reader.text.hygiene import shown
from reader.tui import commands, grapheme_width, terminal, themes
from reader.tui.commands import Command
from reader.tui.key_queue import SerialKeys
from reader.tui.keys import keymap_of, name_of
from reader.tui.messages import Failed, Finished
from reader.tui.screens.shell import Shell
from reader.tui.stylesheets import stylesheets
from reader.tui.widgets.bars import StatusBar, Tone

if TYPE_CHECKING:
    from textual.command import Provider

    from reader.library import Library
    from reader.tui.controllers.feed_fetcher import FeedFetcher
    from reader.tui.controllers.subscriber import Subscriber
    from reader.tui.jobs import Jobs
    from reader.tui.screens.base import LibraryScreen
    from reader.tui.screens.main import MainScreen
    from reader.tui.summaries import Summaries
    from reader.workers import Workers

IDLE = 60.0
"""Seconds after which worker processes that have nothing to do end, and give their memory back."""
Say = Callable[[str], None]
Opening = Callable[[Say], "Library"]
"""Opens the library in a thread; it may say what it is doing."""


def _palette() -> "type[Provider]":
    from reader.tui.palette import CommandProvider  # noqa: PLC0415 - not needed to start

    return CommandProvider


class ReaderApp(SerialKeys):
    """The reader in a terminal."""

    TITLE = "reader"
    CSS_PATH: ClassVar[list[Any]] = stylesheets("shell", "bars")
    BINDINGS: ClassVar = commands.bindings("app")
    COMMANDS: ClassVar = {_palette}
    ENABLE_COMMAND_PALETTE = True

    library: "Library"
    jobs: "Jobs"
    fetcher: "FeedFetcher"
    subscriber: "Subscriber"
    summaries: "Summaries"
    failure: ReaderError | None = None
    """Why the library could not be opened."""

    @dataclass
    class LibraryChanged(Message):
        """The library is not as it was."""

        def can_replace(self, message: Message) -> bool:
            """Let one such message stand for many."""
            return isinstance(message, ReaderApp.LibraryChanged)

    @dataclass
    class Told(Message):
        """Something about the library has to be said, whatever is being done."""

        text: str
        tone: Tone

    @dataclass
    class Opened(Message):
        """The library is there."""

        library: "Library"

    @dataclass
    class NotOpened(Message):
        """The library could not be opened."""

        error: ReaderError

    @dataclass
    class BeingDone(Message):
        """What is being done while the library is opened."""

        text: str

    def __init__(
        self,
        library: "Library | None" = None,
        *,
        opening: Opening | None = None,
        settings: Settings | None = None,
        workers: "Workers | None" = None,
        now: Callable[[], datetime] | None = None,
        notices: tuple[str, ...] = (),
    ) -> None:
        """Take the library or what opens it, the settings, and for tests workers and a clock."""
        super().__init__()
        self.settings = settings or Settings()
        self.now = now or (lambda: datetime.now(UTC))
        self.keymap, key_problems = keymap_of(self.settings)
        self.notices = (*notices, *key_problems)
        self.summary_length = self.settings.summary_sentences
        self.summary_method = self.settings.summary_method
        self.summary_in_words = False
        self._opening = opening
        self._pool = workers
        self._main: MainScreen | None = None
        self._leaving = threading.Event()
        self._to_encode = threading.Event()
        self._warned_of = ""
        self._last_filters = (grapheme_width.GraphemeWidth(), terminal.OutputSanitizer())
        for theme in themes.own_themes():
            self.register_theme(theme)
        self.set_keymap(self.keymap)
        if library is not None:
            self._prepare(library)
        else:
            self.hold_keys()
            gc.disable()  # nothing of what is made until the list is shown becomes garbage

    def _prepare(self, library: "Library") -> None:
        """Take the library and what stands on it; may be called from a thread."""
        from reader.tui.app_host import AppHost  # noqa: PLC0415 - not needed for the first paint
        from reader.tui.controllers.feed_fetcher import FeedFetcher  # noqa: PLC0415 - as above
        from reader.tui.controllers.subscriber import Subscriber  # noqa: PLC0415 - as above
        from reader.tui.jobs import Jobs  # noqa: PLC0415 - as above
        from reader.tui.screens.main import MainScreen  # noqa: PLC0415 - as above
        from reader.tui.summaries import Summaries  # noqa: PLC0415 - as above
        from reader.workers import Workers  # noqa: PLC0415 - as above

        self.library = library
        self.jobs = Jobs(self._pool or Workers(idle=IDLE))
        self.summaries = Summaries()
        self.notices = (*self.notices, *library.notices)
        self._host = AppHost(self)
        self.fetcher = FeedFetcher(self._host, self._show_changes)
        self.subscriber = Subscriber(self._host)
        self._main = MainScreen()

    def on_mount(self) -> None:
        """Take the theme, and paint."""
        self.theme = self._theme_wanted()
        if self._main is not None:
            self.push_screen(self._main)
            self._begin()
        else:
            self.push_screen(Shell(self.keys_of, self.footer_of("list"), self.first_painted))

    def _begin(self) -> None:
        self.run_worker(self._follow, thread=True, group="follow", exit_on_error=False)
        self.call_after_refresh(self._show_notices)
        self.fetcher.begin()

    # Opening the library

    def first_painted(self) -> None:
        """Open the library, now that something can be seen."""
        self.run_worker(self._open, thread=True, group="open", exit_on_error=False)

    def _open(self) -> None:
        try:
            if self._opening is not None:
                self._prepare(self._opening(lambda text: self._post(self.BeingDone(text))))
                self._post(self.Opened(self.library))
        except ReaderError as error:
            self._post(self.NotOpened(error))
        except Exception as error:  # noqa: BLE001 - told on the screen
            self.keep_trace(error)
            what = f"The library could not be opened: {type(error).__name__}: {error}"
            self._post(self.NotOpened(ReaderError(what)))

    def _post(self, message: Message) -> None:
        if not self._leaving.is_set():
            self.post_message(message)

    @on(Opened)
    def _opened(self) -> None:
        if self._main is not None and not self._leaving.is_set():
            self.switch_screen(self._main)
            self._begin()

    @on(NotOpened)
    def _not_opened(self, event: NotOpened) -> None:
        self.failure = event.error
        gc.enable()
        self.release_keys()
        keys = commands.shown_keys(self.keys_of(commands.BY_ID["quit"]))
        self._tell_waiting(f"{event.error} — {keys} leaves.", error=True)

    @on(BeingDone)
    def _being_done(self, event: BeingDone) -> None:
        self._tell_waiting(event.text)

    def _tell_waiting(self, text: str, *, error: bool = False) -> None:
        if isinstance(self.screen, Shell):
            self.screen.tell(text, error=error)

    def list_shown(self) -> None:
        """Take note that the first list is there: what was pressed before counts now."""
        if self._opening is not None and not gc.isenabled():
            # what stands now stays: a full collection, which no key press should wait for
            # (it took 50 ms), need not look at it any more
            gc.freeze()
            gc.enable()
        self.release_keys()

    def _theme_wanted(self) -> str:
        wanted = self.settings.theme
        if wanted is None or wanted in self.available_themes:
            return wanted or themes.DEFAULT
        known = ", ".join(sorted(self.available_themes))
        problem = f"{self.settings.where('theme')}: there is no theme {wanted}: expected {known}"
        self.notices = (*self.notices, problem)
        return themes.DEFAULT

    def _show_notices(self) -> None:
        if len(self.notices) == 1 and len(self.notices[0]) < self.size.width - 4:
            self.main.say(self.notices[0], "warning")
        elif self.notices:
            from reader.tui.dialogs.notices import NoticesScreen  # noqa: PLC0415 - seldom needed

            self.push_screen(NoticesScreen(self.notices))
        self.run_worker(self._warm, thread=True, group="warm", exit_on_error=False)

    def _warm(self) -> None:
        if not self._leaving.wait(0.3):
            from reader.tui import jobs  # noqa: PLC0415 - loaded already; for its functions

            self.jobs.run(self._leaving.is_set, jobs.warm)
            jobs.form_all(self.jobs, self._leaving.is_set, self.library)
            if self.settings.encoder != ENCODER_OFF:
                from reader.tui.encoding_job import keep_encoding  # noqa: PLC0415 - seldom needed

                reason = keep_encoding(
                    self.jobs, self.library, self.settings, self._leaving, self._to_encode
                )
                self._post(self.Told(reason, "warning"))

    @property
    def main(self) -> "MainScreen":
        """The main screen."""
        if self._main is None:
            raise NoMatches("the library is not open yet")
        return self._main

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let nothing but leaving be possible before the library is open."""
        if self._main is None and action in {"help", "command_palette", "next_theme"}:
            return False
        return super().check_action(action, parameters)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what lines go through before they are painted, the gate as the last."""
        return [*super().get_line_filters(), *self._last_filters]

    async def on_event(self, event: Event) -> None:
        """Clean what is pasted, wherever it goes: the palette's line is Textual's own."""
        if isinstance(event, Paste):
            event.text = shown(event.text)
        await super().on_event(event)

    def keys_held_up(self) -> None:
        """Say that keys are waiting, and how to give up what they wait for."""
        text = "Still busy with the key before; Ctrl+C drops the keys pressed since."
        self._each_screen(lambda screen: screen.say(text))

    def keys_dropped(self) -> None:
        """Say that the keys which waited were dropped."""
        self._each_screen(lambda screen: screen.given_up())
        dropped = "The keys pressed ahead were dropped."
        self._each_screen(lambda screen: screen.say(dropped, "warning"))

    def cursor_pending(self) -> bool:
        """Tell whether the screen waits for a cursor that was moved."""
        from reader.tui.screens.base import LibraryScreen  # noqa: PLC0415 - loaded with the main screen

        with suppress(NoMatches):  # while a screen's widgets go
            return isinstance(self.screen, LibraryScreen) and self.screen.cursor_pending
        return False

    # Following other processes

    def _follow(self) -> None:
        from reader.tui.library_watcher import LibraryWatcher  # noqa: PLC0415 - loaded with the main screen

        LibraryWatcher(
            self.library,
            lambda: self._post(self.LibraryChanged()),
            lambda text, tone: self._post(self.Told(text, tone)),
        ).follow(self._leaving, lambda: self.call_from_thread(self.exit), real=not self.is_headless)

    @on(Told)
    def _told(self, event: Told) -> None:
        self._each_screen(lambda screen: screen.say(event.text, event.tone))

    @on(LibraryChanged)
    def _library_changed(self) -> None:
        self._to_encode.set()
        self._show_changes()

    def _show_changes(self) -> None:
        """Let the screens show what changed in the library, unless a fetch does so all the time."""
        if self.fetcher.holds_back():
            return
        self._each_screen(lambda screen: screen.library_changed())

    @on(Finished)
    def _finished(self, event: Finished) -> None:
        event.stop()
        with suppress(NoMatches):  # while the app closes, its widgets go before this message
            event.then()

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        event.stop()
        self._each_screen(lambda screen: screen.failed(event.reason))

    def _each_screen(self, tell: "Callable[[LibraryScreen], None]") -> None:
        from reader.tui.screens.base import LibraryScreen  # noqa: PLC0415 - loaded with the main screen

        with suppress(NoMatches):  # while the app closes, its widgets go before this message
            for screen in self.screen_stack:
                if isinstance(screen, LibraryScreen):
                    try:
                        tell(screen)
                    except ReaderError as error:
                        screen.failed(str(error))

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
        self.simulate_key(name_of(key))

    def action_next_theme(self) -> None:
        """Take the next theme."""
        names = sorted(self.available_themes)
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        self.main.say(f"Theme {self.theme}.")

    def action_help(self) -> None:
        """Show all keys."""
        from reader.tui.dialogs.help import HelpScreen, where_is  # noqa: PLC0415 - not to start

        if not self.screen.is_modal:
            self.push_screen(HelpScreen(self.keys_of, where_is(self.focused)))

    async def action_quit(self) -> None:
        """Leave; what was done is kept. Where it cannot be kept now, say so first."""
        trouble = self.library.trouble() if self._main is not None else ""
        if trouble and trouble != self._warned_of:
            self._warned_of = trouble
            self.main.say(f"Leave without saving? q again leaves. {trouble}", "error")
            return
        if self._main is not None and self._main.is_attached:
            self._main.keep_position()
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
        gc.enable()
        if self._main is not None:
            self.fetcher.close()
            self.jobs.close()


def opener(folder: Path) -> Opening:
    """Return what opens the library in a folder, with the starter articles where it is new."""

    def opening(say: Say) -> "Library":
        from reader.library import Library  # noqa: PLC0415 - after the first paint

        library = Library.open(folder)
        try:
            if library.is_new() and not library.read_only:
                from reader.intake import import_starters  # noqa: PLC0415 - once in its life

                say("This library is new: the starter articles are being brought in …")
                import_starters(library)
        except BaseException:
            library.close()
            raise
        return library

    return opening


def run(folder: Path, *, config: Path | None = None) -> None:
    """Open the library in this folder and read; return when the reader is left.

    Raises what kept the library from being opened, after it was shown.
    """
    from reader.config import config_file, load  # noqa: PLC0415 - not needed to start

    settings, problems = load(config_file(config))
    app = ReaderApp(opening=opener(folder), settings=settings, notices=tuple(problems))
    try:
        app.run()
    finally:
        if (library := getattr(app, "library", None)) is not None:
            library.close()
    if app.failure is not None:
        raise app.failure
