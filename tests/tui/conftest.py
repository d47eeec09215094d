"""A small library, a clock that stands still, and an app without processes of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from reader.config import Settings
from reader.library import Library
from reader.model import Article, Block, article_id
from reader.tui import jobs
from reader.tui.app import ReaderApp
from reader.tui.screens import reading
from reader.tui.screens.main import MainScreen
from reader.tui.widgets.bars import StatusBar
from reader.workers import Workers

NOW = datetime(2025, 3, 14, 12, 0, tzinfo=UTC)
Start = Callable[..., AbstractAsyncContextManager["Reader"]]


class InlineWorkers(Workers):
    """Does the work at once where it is asked for; no process is started."""

    def submit(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if work in {jobs.warm, jobs.form_stories}:
            future.set_result(None)
            return future
        try:
            future.set_result(work(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - as a pool does
            future.set_exception(error)
        return future


def blocks_of(text: str) -> tuple[Block, ...]:
    found, start = [], 0
    for part in text.split("\n\n"):
        found.append(Block(start, start + len(part)))
        start += len(part) + 2
    return tuple(found)


def make_article(
    title: str, text: str = "", *, source: str = "The Valley Post", **more: Any
) -> Article:
    text = text or (
        f"{title} was the talk of the valley on Friday. The mayor spoke of a good day.\n\n"
        "Nobody had expected it so early in the year. The school stayed open.\n\n"
        "On Monday the council will meet again. Its members want to see the figures first."
    )
    identity = f"title:{source}\t{title}"
    values: dict[str, Any] = {
        "language": "en",
        "url": f"https://example.org/{abs(article_id(identity))}",
        "published": NOW - timedelta(hours=5),
        "added": NOW - timedelta(hours=1),
        "blocks": blocks_of(text),
        **more,
    }
    return Article(
        id=article_id(identity), identity=identity, source=source, title=title, text=text, **values
    )


BRIDGE = (
    "The old bridge over the Lorn was closed to lorries on Tuesday after a crack was found in its "
    "second pier. Engineers measured a gap of 14 millimetres.\n\n"
    "The bridge carries 9,000 vehicles a day. A detour by way of Castle Street takes twelve"
    " minutes.\n\n"
    "“We take no risks with a bridge from 1911,” said the county surveyor, Ana Brix."
)
BRIDGE_TOO = (
    "Lorries may no longer use the bridge over the Lorn. A crack in the second pier, found on"
    " Tuesday, is the reason.\n\n"
    "Around 9,000 vehicles cross the bridge every day. Shopkeepers in Castle Street fear the"
    " detour.\n\n"
    "County surveyor Ana Brix said that nobody takes risks with a bridge built in 1911."
)
ARTICLES: tuple[Article, ...] = (
    make_article("Bridge over the Lorn closed to lorries", BRIDGE, author="Mara Holt"),
    make_article(
        "Crack in pier shuts Lorn bridge to lorries", BRIDGE_TOO, source="Harbour Echo",
        published=NOW - timedelta(hours=4),
    ),
    make_article("Almond trees in blossom", published=NOW - timedelta(days=1)),
    make_article(
        "Choir wins the regional prize", source="Harbour Echo", published=NOW - timedelta(days=2)
    ),
    make_article(
        "New ferry timetable from April", source="Harbour Echo", published=NOW - timedelta(days=3)
    ),
    make_article("Library opens on Sundays", source="Town Crier", published=None),
    make_article(
        "Night frost damages vines", source="Town Crier", published=NOW - timedelta(days=40)
    ),
)  # fmt: skip


@pytest.fixture(autouse=True)
def quiet_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """No animations, and the zone of times is always the same."""
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library with seven articles of three outlets."""
    with Library.open(tmp_path / "library") as opened:
        opened.add(ARTICLES)
        yield opened


@pytest.fixture
def empty_library(tmp_path: Path) -> Iterator[Library]:
    """A library in which nothing is."""
    with Library.open(tmp_path / "library") as opened:
        yield opened


class Reader:
    """Whoever sits at the keyboard: presses keys and sees what is on the screen."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.app: ReaderApp = pilot.app  # type: ignore[assignment]

    @property
    def main(self) -> MainScreen:
        return self.app.main

    @property
    def text(self) -> str:
        """What can be read on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(s.text for s in strip).rstrip() for strip in strips)

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def said(self) -> str:
        """What the line at the bottom says."""
        bars = [bar for s in self.app.screen_stack for bar in s.query(StatusBar)]
        return bars[-1].said

    @property
    def listed(self) -> list[str]:
        """The titles of the rows that are at hand."""
        return [row.title for _n, row in sorted(self.main.article_list.listing.known())]

    async def press(self, *keys: str) -> None:
        """Press keys and wait for what they set off."""
        for key in keys:
            self._send(key)
            await self.settle()

    def _send(self, key: str) -> None:
        """Send a key as the terminal does; Pilot's press waits for CPU time, twice."""
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        character = key if len(key) == 1 else _CHARACTERS.get(key)
        event = events.Key(name, character)
        event.set_sender(self.app)
        self.app._driver.send_message(event)

    async def burst(self, *keys: str | events.Paste) -> None:
        """Press keys, and paste, all at once: nothing waits for what comes before it."""
        for key in keys:
            if isinstance(key, str):
                self._send(key)
            else:
                key.set_sender(self.app)
                self.app._driver.send_message(key)
        await self.settle()

    async def write(self, text: str) -> None:
        """Type a text as fast as a keyboard sends it."""
        for character in text:
            self._send(character)
        await self.settle()

    async def wait(self, seconds: float) -> None:
        """Let some time pass, and wait for what happens in it."""
        await self.pilot.pause(seconds)
        await self.settle()

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds that comes by way of the disk."""
        for _ in range(1000):
            if holds():
                return
            await self.wait(0.01)
        assert holds()

    async def comes(self, holds: Callable[[], object]) -> None:
        """Wait until something holds while work is under way that does not end by itself."""
        for _ in range(2000):
            if holds():
                return
            await self.pilot.pause(0.01)
        assert holds()

    async def settle(self) -> None:
        """Wait until nothing is under way any more."""
        quiet = 0
        for _ in range(3000):
            await self.pilot._wait_for_screen()
            quiet = 0 if self._busy() else quiet + 1
            if quiet == 3:
                return
            await asyncio.sleep(0.001)
        raise AssertionError("the app does not come to rest")

    def _busy(self) -> bool:
        if any(not w.is_finished and w.group not in {"follow", "warm"} for w in self.app.workers):
            return True
        screen = self.app.screen
        if self.app.keys_wait and not self.app._exit:
            return True
        if screen._layout_required or screen._scroll_required or screen._dirty_widgets:
            return True
        if screen._callbacks or screen._repaint_required:
            return True
        preview = getattr(screen, "_preview", None)
        return preview is not None and preview._task is not None and not preview._task.done()


_CHARACTERS = {"space": " ", "slash": "/", "asterisk": "*", "question_mark": "?"}


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Start:
    """Start the app on a library; give the one at the keyboard once everything has arrived."""
    monkeypatch.setattr(reading, "PREVIEW_AFTER", 0.01)

    @asynccontextmanager
    async def started(
        library: Library,
        size: tuple[int, int] = (120, 40),
        *,
        workers: Workers | None = None,
        **settings: Any,
    ) -> AsyncIterator[Reader]:
        app = ReaderApp(
            library,
            settings=Settings(**settings),
            workers=workers or InlineWorkers(),
            now=lambda: NOW,
        )
        async with app.run_test(size=size) as pilot:
            reader = Reader(pilot)
            await reader.settle()
            yield reader

    return started


@pytest.fixture
def articles() -> tuple[Article, ...]:
    """The seven articles of the library."""
    return ARTICLES


@pytest.fixture
def make() -> Callable[..., Article]:
    """Makes an article of a title, a text and whatever else."""
    return make_article


@pytest.fixture
def app_of() -> Callable[..., ReaderApp]:
    """Makes an app that starts no processes, with a clock that stands still."""

    def made(library: Library, **settings: Any) -> ReaderApp:
        return ReaderApp(
            library, settings=Settings(**settings), workers=InlineWorkers(), now=lambda: NOW
        )

    return made
