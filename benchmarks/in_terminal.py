"""A program in a pty for the benchmarks: when it wrote what, and how much memory it took."""

import compileall
import contextlib
import fcntl
import importlib.util
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

LIMIT = 60.0
"""Seconds after which a benchmark gives up waiting."""

_PLACE = re.compile(rb"\x1b\[[0-9;:?<>=$]*[ -/]*[@-~]|\x1b[()][0-9A-B]|\x1b\][^\x07]*\x07")


def compiled() -> None:
    """Compile the program's modules, as installing them does: else each start compiles them."""
    found = importlib.util.find_spec("reader")
    if found is not None and found.origin is not None:
        compileall.compile_dir(Path(found.origin).parent, quiet=1)


class InTerminal:
    """A program in a terminal of its own, from its start on."""

    def __init__(
        self, command: Sequence[str], environment: dict[str, str], size: tuple[int, int] = (130, 40)
    ) -> None:
        self._master, slave = pty.openpty()
        columns, rows = size
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        variables = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment}
        for name in ("COLUMNS", "LINES"):
            variables.pop(name, None)
        self._written = b""
        self.begun = time.perf_counter()
        self._process = subprocess.Popen(
            list(command), stdin=slave, stdout=slave, stderr=slave, env=variables,
            start_new_session=True,
        )  # fmt: skip
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._master)

    def until(self, wanted: str) -> float:
        """Return the seconds from the last keys (at first: the start) until this was written.

        `wanted` is a regular expression; colours and moves of the cursor are left out of what it
        is looked for in. What was written before the last keys does not count.
        """
        pattern, end = re.compile(wanted.encode()), time.perf_counter() + LIMIT
        while True:
            ready, _, _ = select.select([self._master], [], [], 0.5)
            if ready:
                try:
                    self._written += os.read(self._master, 1 << 16)
                except OSError as error:
                    raise RuntimeError(f"it ended without {wanted}: {self._plain()!r}") from error
                if pattern.search(_PLACE.sub(b"", self._written)):
                    return time.perf_counter() - self.begun
            if time.perf_counter() > end:
                raise RuntimeError(f"no {wanted} in {self._plain()!r}")

    def _plain(self) -> bytes:
        return _PLACE.sub(b"", self._written)[-2000:]

    def rest(self, seconds: float) -> None:
        """Let it write for so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self._master], [], [], left)[0]:
                self._written += os.read(self._master, 1 << 16)

    def send(self, keys: str) -> None:
        """Send keys; from now on the time counts."""
        self._written = b""
        self.begun = time.perf_counter()
        os.write(self._master, keys.encode())

    def memory(self) -> tuple[float, float]:
        """Return MB of RAM that the program takes, and that its child processes take beside it."""
        return resident(self._process.pid), sum(map(resident, _children(self._process.pid)))


def _children(parent: int) -> list[int]:
    found: list[int] = []
    for file in Path(f"/proc/{parent}/task").glob("*/children"):
        for child in map(int, file.read_text().split()):
            found += [child, *_children(child)]
    return found


def resident(process: int) -> float:
    """Return the proportional share of RAM of a process, in MB."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
