"""Heavy work in processes of its own, so that the screen never waits for it.

The pool starts its first process when the first piece of work comes; functions handed to it must
be importable by name and their values picklable (frozen dataclasses are).
"""

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import resource_tracker
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Workers:
    """A pool of worker processes; `close` ends them."""

    def __init__(self, size: int | None = None) -> None:
        """Take the largest number of processes: by default the cores, four at most."""
        self._size = size or min(4, os.cpu_count() or 1)
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Start a piece of work in a worker process and return its future."""
        if self._pool is None:
            _start_tracker()
            # spawn: a fork would copy the threads' locks of a running Textual app
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._size, mp_context=context, initializer=_quiet)
        return self._pool.submit(work, *args, **kwargs)

    def close(self) -> None:
        """End the processes; work that has not begun is dropped, work under way is cut off."""
        if self._pool is None:
            return
        # without a public name until Python 3.14: else leaving would wait for a long piece of work
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        self._pool = None


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
