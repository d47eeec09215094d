"""The command line in a process of its own, without the time that importing it takes.

The child is forked from the tests; its streams are real ones, a terminal's or pipes.
"""

import fcntl
import os
import pty
import struct
import sys
import termios
import threading
from dataclasses import dataclass
from io import TextIOWrapper

from reader.__main__ import main


@dataclass(frozen=True)
class Output:
    """What a command wrote, byte by byte; in a terminal all of it is in `out`."""

    status: int
    out: bytes
    err: bytes


def command(*arguments: object, terminal: bool = False, columns: int = 80) -> Output:
    """Run a command of the program in a terminal or into pipes."""
    out, out_end = pty.openpty() if terminal else os.pipe()
    err, err_end = (out, out_end) if terminal else os.pipe()
    if terminal:
        fcntl.ioctl(out_end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    child = os.fork()
    if child == 0:
        _be_the_command([str(part) for part in arguments], out_end, err_end, terminal)
    for end in {out_end, err_end}:
        os.close(end)
    told: dict[int, bytes] = {}
    readers = [threading.Thread(target=_drain, args=(end, told)) for end in {out, err}]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join()
    _, status = os.waitpid(child, 0)
    return Output(os.waitstatus_to_exitcode(status), told[out], b"" if terminal else told[err])


def _be_the_command(arguments: list[str], out: int, err: int, terminal: bool) -> None:
    status = 70
    try:
        if terminal:
            os.setsid()
            fcntl.ioctl(out, termios.TIOCSCTTY, 0)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for number, end in enumerate((out if terminal else nothing, out, err)):
            os.dup2(end, number)
        sys.stdin = TextIOWrapper(os.fdopen(0, "rb", closefd=False))
        sys.stdout = TextIOWrapper(os.fdopen(1, "wb", closefd=False), encoding="utf-8")
        sys.stderr = TextIOWrapper(os.fdopen(2, "wb", closefd=False), encoding="utf-8")
        sys.argv = ["reader", *arguments]
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


def _drain(end: int, told: dict[int, bytes]) -> None:
    pieces = []
    while True:
        try:
            piece = os.read(end, 1 << 16)
        except OSError:  # Linux says EIO when the other end of a terminal is closed
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(end)
    told[end] = b"".join(pieces)
