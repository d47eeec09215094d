"""A terminal for the tests: the installed program in a pty, its screen, every byte it wrote."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pyte

LIMIT = 60.0
"""Seconds until something that was waited for counts as missing; the machine may be busy."""

KEYS = {
    "enter": "\r",
    "escape": "\x1b[27u",  # as kitty sends it: a bare ESC may be the beginning of another key
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "end": "\x1b[F",
    "home": "\x1b[H",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "ctrl+p": "\x10",
    "ctrl+s": "\x13",
    "ctrl+u": "\x15",
    "space": " ",
}
# what pyte would write on its screen in place of ignoring it: kitty's keyboard protocol
_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]")

_CELLLESS = {"Mn", "Me", "Cf"}


def program() -> list[str]:
    """Return the installed `reader`, or how to run it where only the package is there."""
    installed = Path(sys.executable).with_name("reader")
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "reader"]


def run(*arguments: object, library: Path) -> str:
    """Run a command on a library beside whatever else runs on it; return what it printed."""
    command = [*program(), *(str(part) for part in arguments)]
    environment = {**os.environ, "READER_LIBRARY": str(library)}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Terminal:
    """One run of the program; `close` kills what still runs."""

    def __init__(
        self, library: Path, *arguments: str, columns: int = 120, rows: int = 36, **more: str
    ) -> None:
        """Start the program on a library; `more` goes into its environment."""
        self.written = bytearray()
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._unfed = b""
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "READER_LIBRARY": str(library),
            **more,
        }
        for name in ("COLUMNS", "LINES"):
            environment.pop(name, None)
        self.process = subprocess.Popen(
            [*program(), *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)

    def close(self) -> None:
        """Kill what still runs, and give the pty back; nothing where that was done."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(LIMIT)
        if self._master < 0:
            return
        os.close(self._master)
        self._master = -1

    def hang_up(self) -> None:
        """Take the terminal away from the program."""
        os.close(self._master)
        self._master = -1

    # What is on the screen

    @property
    def text(self) -> str:
        """What the screen shows now, line by line."""
        # `screen.display` of pyte 0.8 fails where half of a wide character was written over
        lines = (self.screen.buffer[y] for y in range(self.screen.lines))
        cells = range(self.screen.columns)
        return "\n".join("".join(line[x].data for x in cells).rstrip() for line in lines)

    def see(self, *wanted: str, gone: str | None = None) -> "Terminal":
        """Wait until all of these are on the screen, and what shall be gone is not."""
        self.until(
            lambda: (
                all(part in self.text for part in wanted)
                and (gone is None or gone not in self.text)
            ),
            f"{wanted} (and not {gone!r})",
        )
        return self

    def until(self, holds: Callable[[], bool], what: str = "what was waited for") -> None:
        """Take in what the program writes until this holds."""
        end = time.monotonic() + LIMIT
        while not holds():
            alive = self.process.poll() is None
            read = self._take(0.05)
            if holds():
                return
            assert alive or read, f"the program ended without {what}:\n{self.text}"
            assert time.monotonic() < end, f"no {what} on the screen:\n{self.text}"

    def _take(self, seconds: float) -> bool:
        """Take in what the program has written, for so long at most; tell whether it wrote."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return False
        try:
            piece = os.read(self._master, 1 << 16)
        except OSError:  # Linux says EIO when the other end is closed
            return False
        self.written += piece
        # a sequence may be cut at the end of what was read: keep it for the next time
        data = self._unfed + piece
        cut = data.rfind(b"\x1b")
        whole = cut < 0 or len(data) - cut > 32
        data, self._unfed = (data, b"") if whole else (data[:cut], data[cut:])
        self._feed(data)
        if not select.select([self._master], [], [], 0)[0]:
            rest, self._unfed = self._unfed, b""
            self._feed(rest)
        return True

    def _feed(self, data: bytes) -> None:
        text = self._decoder.decode(_NOT_FOR_PYTE.sub(b"", data))
        # marks and joiners take no cell; pyte drops what stands after some of them
        self._stream.feed("".join(c for c in text if unicodedata.category(c) not in _CELLLESS))

    # What the reader does

    def press(self, *keys: str) -> "Terminal":
        """Send keys by name (`KEYS`), or characters as they are."""
        for key in keys:
            os.write(self._master, KEYS.get(key, key).encode())
        return self

    def press_until(self, key: str, wanted: str, *, every: float = 5) -> "Terminal":
        """Send a key that may come too early, again now and then, until this is on the screen."""
        last = float("-inf")

        def seen() -> bool:
            nonlocal last
            if wanted not in self.text and time.monotonic() - last > every:
                last = time.monotonic()
                self.press(key)
            return wanted in self.text

        self.until(seen, wanted)
        return self

    def type(self, text: str) -> "Terminal":
        """Send a text, as if it were typed."""
        os.write(self._master, text.encode("utf-8", "surrogatepass"))
        return self

    def quit(self) -> None:
        """Leave with `q` and wait until the program has ended well."""
        self.press("q")
        self.ended()

    def ended(self) -> None:
        """Wait until the program has ended, with status 0."""
        self.until(lambda: self.process.poll() is not None, "an end of the program")
        while self._take(0):
            pass
        assert self.process.returncode == 0, self.text

    def kill(self) -> None:
        """End the program as a crash of the machine would: no last words."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(LIMIT)
