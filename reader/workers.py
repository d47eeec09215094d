"""Heavy work in processes of its own, so that the screen never waits for it.

The pool starts its first process when the first piece of work comes; functions handed to it must
be importable by name and their values picklable (frozen dataclasses are).
"""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
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
            # spawn: a fork would copy the threads' locks of a running Textual app
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._size, mp_context=context)
        return self._pool.submit(work, *args, **kwargs)

    def close(self) -> None:
        """End the processes; work that has not begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
