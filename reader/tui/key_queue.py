"""Keys come in one after another: each meets the screen that the one before it left.

Textual hands a key to what has the focus when the key arrives, and runs its command several queues
later. In a burst (typed ahead, pasted, sent by a program or a slow line) the keys after one that
opens a line, a dialog or an article would so be given to what had the focus before. Here the next
key waits at the door until the one before has come to its end: a marker follows it through the same
queues, and goes round again until no screen is on its way and nothing is awaited that decides where
keys go. What is typed into a line goes through at once, for it changes nothing about that.

No clock lets a key through: on a slow machine it would act on the wrong thing. Keys wait as long as
something is under way. If it takes long the app says so, and Ctrl+C gives up what is awaited. If
nothing is under way any more and the place for the next key still has not come, it never will. In
both cases the keys that wait are dropped, and the app says so.
"""

import asyncio
from collections import deque
from dataclasses import dataclass

from textual import on
from textual.app import App, ScreenStackError
from textual.events import Event, Key, Paste
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

EXPLAIN_AFTER = 2.0
"""Seconds after which the app says that keys are waiting, and how to give up."""
LOOK = 0.015
"""Seconds between two looks at what is under way."""
AWAITED = "awaited"
"""The name of workers for whose result the next key waits."""
ROUNDS = 2
"""So many rounds of the marker without anything under way: the key's, and its messages'."""
STUCK_ROUNDS = 20
"""Rounds of the marker without a worker that runs, after which what is awaited will never come."""
_BESIDE = {"follow", "warm"}
"""Groups of workers that run all the time, and bring nothing that a key waits for."""
_GIVES_UP = "ctrl+c"
_ALWAYS = {"ctrl+q", _GIVES_UP}


class SerialKeys(App[None]):
    """An app that lets one key in at a time."""

    @dataclass
    class Marker(Message):
        """Follows a key from what it was given to up to the app, through all queues."""

        round: int

    _turn = 0
    """Counts the rounds of markers; an old marker means nothing."""
    _inside = False
    """Whether a key is inside that has not come to its end."""
    _shut = False
    """Whether keys wait for the beginning."""
    _quiet = 0
    _stuck = 0
    _keys = 0
    """Counts the keys that were let in."""
    _marked: Widget | None = None

    def __init__(self) -> None:
        super().__init__()
        self._waiting_keys: deque[Event] = deque()

    def hold_keys(self) -> None:
        """Let keys wait until `release_keys`."""
        self._shut = True

    def release_keys(self) -> None:
        """Let in what has come before the beginning."""
        if self._shut:
            self._shut = False
            self.call_later(self._next)

    @property
    def keys_wait(self) -> bool:
        """Whether a key is inside, or waits."""
        return self._inside or bool(self._waiting_keys)

    async def on_event(self, event: Event) -> None:
        """Let a key in, or let it wait; everything else takes its way."""
        if self._waiting_keys and isinstance(event, Key) and event.key == _GIVES_UP:
            self._give_up()
        elif not _waits_its_turn(event):
            await super().on_event(event)
        elif self._inside or self._shut or self._waiting_keys:
            self._waiting_keys.append(event)
        else:
            await self._let_in(event)

    async def _let_in(self, event: Event) -> None:
        target = self._target()
        await super().on_event(event)
        if isinstance(target, Input | TextArea) and _is_text(event):
            return
        self._inside, self._quiet, self._stuck = True, 0, 0
        self._keys += 1
        asyncio.get_running_loop().call_later(EXPLAIN_AFTER, self._explain, self._keys)
        self._mark(target)

    def _explain(self, key: int) -> None:
        if self._inside and self._keys == key and self._waiting_keys:
            self.keys_held_up()

    def keys_held_up(self) -> None:
        """Called when keys have been waiting for a while."""

    def keys_dropped(self) -> None:
        """Called when the keys that waited were dropped."""

    def _give_up(self) -> None:
        """Await nothing any more, and drop the keys that wait."""
        for worker in self.workers:
            if worker.name == AWAITED and not worker.is_finished:
                worker.cancel()
        self._drop()

    def _drop(self) -> None:
        self._turn += 1
        self._inside = False
        if self._waiting_keys:
            self._waiting_keys.clear()
            self.keys_dropped()

    def _target(self) -> Widget | None:
        try:
            return self.focused or self.screen
        except ScreenStackError:
            return None

    def _mark(self, target: Widget | None) -> None:
        """Send a marker after what was given to a widget."""
        self._turn += 1
        self._marked = target
        if target is not None:
            target.post_message(self.Marker(self._turn))
        asyncio.get_running_loop().call_later(LOOK, self._look, self._turn)

    @on(Marker)
    async def _marker(self, event: Marker) -> None:
        event.stop()
        if event.round != self._turn or not self._inside:
            return
        if not self._settled():
            self._quiet = 0
            self._stuck = 0 if self._under_way() else self._stuck + 1
            if self._stuck > STUCK_ROUNDS:
                self._drop()
                return
            self._turn += 1  # this round is over; the next begins after a look
            asyncio.get_running_loop().call_later(LOOK, self._look, self._turn)
            self._marked = None
            return
        self._quiet += 1
        if self._quiet < ROUNDS:
            self._mark(self._target())
        else:
            await self._next()

    def _look(self, turn: int) -> None:
        """See to it that no key waits for ever: a widget may be gone with its marker."""
        if turn != self._turn or not self._inside:
            return
        marked = self._marked
        if marked is None or not marked.is_attached or not marked.is_running:
            self._mark(self._target())
        else:
            asyncio.get_running_loop().call_later(LOOK, self._look, turn)

    def _settled(self) -> bool:
        """Tell whether nothing is under way that decides where the next key goes."""
        try:
            there = self.screen.is_mounted
        except ScreenStackError:
            return True
        done = all(worker.name != AWAITED or worker.is_finished for worker in self.workers)
        return there and done and not self.cursor_pending()

    def _under_way(self) -> bool:
        """Return True if something runs that may bring what the next key waits for."""
        return any(not w.is_finished and w.group not in _BESIDE for w in self.workers)

    def cursor_pending(self) -> bool:
        """Tell whether the screen waits for something else that the next key's place hangs on."""
        return False

    async def _next(self) -> None:
        """Let in what waits, as far as it need not wait any more."""
        self._inside = False
        while self._waiting_keys and not (self._inside or self._shut):
            await self._let_in(self._waiting_keys.popleft())


def _waits_its_turn(event: Event) -> bool:
    if isinstance(event, Key) and event.key in _ALWAYS:
        return False
    return isinstance(event, Key | Paste) and not event.is_forwarded


def _is_text(event: Event) -> bool:
    return isinstance(event, Paste) or (isinstance(event, Key) and event.is_printable)
