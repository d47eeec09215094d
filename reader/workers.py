"""Heavy work in processes of its own, so that the screen never waits for it.

The pool starts its first process when the first piece of work comes; functions handed to it must
be importable by name and their values picklable (frozen dataclasses are).
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import resource_tracker
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Workers:
    """A pool of worker processes; `close` ends them. May be used from any thread."""

    def __init__(self, size: int | None = None, *, idle: float | None = None) -> None:
        """Take the largest number of processes: by default the cores, four at most.

        After `idle` seconds without work the processes end, so that they take no memory; the next
        piece of work starts others. Without it they stay until `close`.
        """
        self._size = size or min(4, os.cpu_count() or 1)
        self._idle = idle
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()
        self._under_way = 0
        self._last = 0.0
        self._timer: threading.Timer | None = None

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Start a piece of work in a worker process and return its future."""
        with self._lock:
            if self._pool is None:
                self._pool = _pool(self._size)
            future = self._pool.submit(work, *args, **kwargs)
            self._under_way += 1
        future.add_done_callback(self._done)
        return future

    def _done(self, _: Future[Any]) -> None:
        with self._lock:
            self._under_way -= 1
            self._last = time.monotonic()
            if self._timer is None and self._pool is not None:
                self._watch()

    def _watch(self) -> None:
        """Look after a while whether there was nothing to do since."""
        if self._idle is not None:
            wait = max(0.0, self._last + self._idle - time.monotonic())
            self._timer = threading.Timer(wait, self._look)
            self._timer.daemon = True
            self._timer.start()

    def _look(self) -> None:
        with self._lock:
            self._timer = None
            if self._pool is None or self._under_way or self._idle is None:
                return  # what is under way looks again when it is done
            if time.monotonic() < self._last + self._idle:
                self._watch()
                return
            pool, self._pool = self._pool, None
        pool.shutdown(wait=False)

    def close(self) -> None:
        """End the processes; work that has not begun is dropped, work under way is cut off."""
        with self._lock:
            pool, self._pool = self._pool, None
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        if pool is None:
            return
        # without a public name until Python 3.14: else leaving would wait for a long piece of work
        processes = list((getattr(pool, "_processes", None) or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()


def _pool(size: int) -> ProcessPoolExecutor:
    _start_tracker()
    # spawn: a fork would copy the threads' locks of a running Textual app
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(size, mp_context=context, initializer=_quiet)


def _start_tracker() -> None:
    """Start the process that multiprocessing keeps beside the others, with a real stderr.

    Textual puts an object without a file descriptor in its place, which it could not be handed.
    """
    with contextlib.redirect_stderr(sys.__stderr__):
        resource_tracker.ensure_running()


def _quiet() -> None:
    """Keep a worker process from writing on the screen, and leave Ctrl+C to the program."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(null, stream)
    os.close(null)
