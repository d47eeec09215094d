"""From files to a note on a claim: the installed program in a terminal, then started anew."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest

READER = Path(sys.executable).with_name("reader")
WAIT = 60.0
POST = (
    "# Ferry runs aground off Holm\n\n"
    "The ferry from Orlen ran aground off the island of Holm on Monday morning. "
    "Twelve passengers were brought ashore in lifeboats, the coast guard said.\n\n"
    "The captain, Ida Kessler, spoke of a sandbank that no chart shows. "
    "The ferry was towed off at noon.\n"
)
ECHO = (
    "# Passengers saved from stranded Holm ferry\n\n"
    "A ferry on its way from Orlen ran aground off the island of Holm on Monday morning. "
    "The coast guard brought 14 passengers ashore in lifeboats.\n\n"
    "Divers will look at the hull on Wednesday. At noon the ferry was towed off.\n"
)


class Terminal:
    """A program in a terminal of 100 columns and 30 lines."""

    def __init__(self, *command: str, environment: dict[str, str]) -> None:
        self._screen = pyte.Screen(100, 30)
        self._stream = pyte.ByteStream(self._screen)
        self._near, far = pty.openpty()
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self._process = subprocess.Popen(
            command, stdin=far, stdout=far, stderr=far, env=environment, start_new_session=True
        )
        os.close(far)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def press(self, keys: str) -> None:
        os.write(self._near, keys.encode())

    def wait_for(self, *texts: str) -> None:
        """Read until all of these stand on the screen."""
        end = time.monotonic() + WAIT
        while not all(text in self.text for text in texts):
            assert time.monotonic() < end, f"waiting for {texts}:\n{self.text}"
            self._read(0.1)

    def wait_until_gone(self, text: str) -> None:
        """Read until this stands on the screen no more."""
        end = time.monotonic() + WAIT
        while text in self.text:
            assert time.monotonic() < end, f"waiting for {text} to go:\n{self.text}"
            self._read(0.1)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._near], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._near, 1 << 16)
        except OSError:  # the program has gone
            return False
        self._stream.feed(data)
        return bool(data)

    def wait_for_end(self) -> int:
        end = time.monotonic() + WAIT
        while self._process.poll() is None and time.monotonic() < end:
            self._read(0.1)
        return self._process.wait(1)

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._near)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    state = {
        f"XDG_{name}_HOME": str(tmp_path / name) for name in ("DATA", "CONFIG", "STATE", "CACHE")
    }
    return {
        **kept,
        **state,
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "TEXTUAL_ANIMATIONS": "none",
        "READER_LIBRARY": str(tmp_path / "library"),
    }  # fmt: skip


@pytest.fixture
def terminals(environment: dict[str, str]) -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def start(opened: list[Terminal], environment: dict[str, str]) -> Terminal:
    opened.append(Terminal(str(READER), environment=environment))
    return opened[-1]


@pytest.mark.skipif(not READER.exists(), reason="the program is not installed here")
@pytest.mark.slow
@pytest.mark.timeout(400)
def test_import_compare_note_and_there_again_after_a_restart(
    tmp_path: Path, environment: dict[str, str], terminals: list[Terminal]
) -> None:
    for outlet, text in (("The Valley Post", POST), ("Harbour Echo", ECHO)):
        file = tmp_path / f"{outlet}.md"
        file.write_text(text, encoding="utf-8")
        subprocess.run(
            [READER, "import", file, "--source", outlet, "--published", "2025-03-10"],
            env=environment, check=True, capture_output=True,
        )  # fmt: skip

    terminal = start(terminals, environment)
    terminal.wait_for("Ferry runs aground", "Passengers saved")
    terminal.press("c")
    terminal.wait_for("2 outlets", "points in common", "The Valley Post", "Harbour Echo")
    terminal.press("2")
    terminal.wait_for("● says", "ran aground off the island")
    terminal.press("\r")
    terminal.wait_for("evidence")
    terminal.press("a")
    terminal.wait_for("A note")
    terminal.press("ask the harbour master")
    terminal.wait_for("ask the harbour master")
    terminal.press("\x13")
    terminal.wait_for("Note added")
    terminal.press("\x1b")
    terminal.wait_for("1 Side by side", "● says")
    terminal.press("\x1b")
    terminal.wait_for("✎ ask the harbour master")
    terminal.wait_until_gone("● says")
    terminal.press("q")
    assert terminal.wait_for_end() == 0

    again = start(terminals, environment)
    again.wait_for("Ferry runs aground")
    again.press("c")
    again.wait_for("points in common", "✎ ask the harbour master")
    again.press("\x1b")
    again.wait_for("newest first")
    again.press("N")
    again.wait_for("Notes and highlights", "ask the harbour master")
    again.press("\x1b")
    again.wait_until_gone("Notes and highlights")  # Esc and q at once would be Alt+q
    again.press("q")
    assert again.wait_for_end() == 0
