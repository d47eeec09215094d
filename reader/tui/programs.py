"""Other programs that the reader asks for: a browser, a clipboard.

Each is an argument list, never a line for a shell. What comes from outside is one whole argument,
or the program's standard input. What such a program prints is thrown away: a browser's complaints
can hold a page's words, and belong on no screen.
"""

import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from reader.config import PLACEHOLDERS, wrong_command
from reader.errors import ReaderError

IN_TERMINAL = frozenset({"browsh", "carbonyl", "elinks", "links", "links2", "lynx", "w3m"})
"""Browsers that need the terminal for themselves."""
AT_ONCE = 1.0
"""Seconds within which a program that cannot do its work says so."""

_GRAPHICAL = (
    ("xdg-open",), ("gio", "open"), ("wslview",), ("x-www-browser",), ("firefox",), ("chromium",),
    ("google-chrome",),
)  # fmt: skip
_TEXTUAL = ("www-browser", "w3m", "lynx", "links2", "links", "elinks")


def with_address(command: Sequence[str], address: str) -> list[str]:
    """Return a command with an address in its place, at the end where it names none."""
    if any(part in PLACEHOLDERS for part in command):
        return [address if part in PLACEHOLDERS else part for part in command]
    return [*command, address]


def browser(configured: Sequence[str], *, mail: bool = False) -> list[str]:
    """Return the command for the browser: the configured, that of $BROWSER, or what is there.

    With `mail` the system's own opener is asked for, as browsers hand letters to it anyway.
    Raises `ReaderError` where there is none.
    """
    found = [] if mail else [list(configured), *_named(os.environ.get("BROWSER", ""))]
    if sys.platform == "darwin":
        found.append(["open"])
    elif os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or shutil.which("wslview"):
        found += [list(command) for command in _GRAPHICAL]
    if not mail:
        found += [[name] for name in _TEXTUAL]
    for command in found:
        if command and not wrong_command(command, placeholder=True) and shutil.which(command[0]):
            return command
    what = "mail program" if mail else "browser"
    raise ReaderError(f"No {what} was found; y copies the address")


def _named(variable: str) -> list[list[str]]:
    """Return the commands of $BROWSER: separated by colons, "%s" for the address."""
    found = []
    for part in variable.split(os.pathsep):
        try:
            found.append(shlex.split(part))
        except ValueError:
            continue
    return found


def needs_terminal(command: Sequence[str]) -> bool:
    """Tell whether a browser draws in the terminal."""
    name = Path(os.path.realpath(shutil.which(command[0]) or command[0])).name
    return Path(command[0]).name in IN_TERMINAL or name in IN_TERMINAL


def start(command: Sequence[str]) -> None:
    """Start a program and leave it alone. Raises `ReaderError` where it cannot be started."""
    process = _begun(command, subprocess.DEVNULL)
    try:
        status = process.wait(AT_ONCE)
    except subprocess.TimeoutExpired:  # it is at work, and for how long is its own affair
        threading.Thread(target=process.wait, daemon=True).start()
        return
    if status:
        raise ReaderError(f"{command[0]} failed with status {status}")


def run_here(command: Sequence[str]) -> None:
    """Run a program in the terminal until it ends. Raises `ReaderError`."""
    try:
        subprocess.run(command, check=False)  # noqa: S603 - a list, and no shell
    except (OSError, ValueError) as error:
        raise ReaderError(f"{command[0]} could not be started: {error}") from error


def feed(command: Sequence[str], text: str) -> None:
    """Give a text to a program's standard input. Raises `ReaderError` where it does not take it."""
    process = _begun(command, subprocess.PIPE)
    try:
        process.communicate(text.encode("utf-8", "replace"), timeout=AT_ONCE)
    except subprocess.TimeoutExpired:  # some hold the text for as long as the clipboard is theirs
        threading.Thread(target=process.wait, daemon=True).start()
        return
    if process.returncode:
        raise ReaderError(f"{command[0]} failed with status {process.returncode}")


def _begun(command: Sequence[str], stdin: int) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(  # noqa: S603 - a list, and no shell
            command,
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise ReaderError(f"{command[0]} could not be started: {error}") from error
