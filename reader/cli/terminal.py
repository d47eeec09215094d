"""What reaches the terminal: clean text on stdout, messages and progress on stderr, JSON."""

import io
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import click

from reader.export.json_text import inert
from reader.text.hygiene import shown_line


def prepare_streams() -> None:
    """Let neither a closed stream nor a character that a stream does not know end the program."""
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # until the end
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # as above
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def leave_quietly() -> None:
    """Give what is still buffered to nobody: the reader of our output has gone."""
    nobody = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nobody, stream.fileno())
        except (OSError, ValueError):
            continue


def complain(message: str) -> None:
    """Say on stderr what went wrong."""
    click.secho("reader: ", fg="red", bold=True, err=True, nl=False, color=colour(sys.stderr))
    click.echo(shown_line(message), err=True)


def stdin_bytes() -> BinaryIO:
    """Return standard input; nothing to read where it is closed."""
    return sys.stdin.buffer if sys.stdin is not None else io.BytesIO()


def say(message: str) -> None:
    """Say something on stderr that is no error."""
    click.echo(shown_line(message), err=True)


def colour(stream: Any = None) -> bool:
    """Return whether to write colours: to a terminal that has them, unless NO_COLOR is set."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool((stream or sys.stdout).isatty())


def out(text: str) -> None:
    """Print text that is clean already; its colours only where they are wanted."""
    click.echo(text, color=colour())


def width(most: int = 100) -> int:
    """Return the number of columns to write in, `most` where it is not a terminal."""
    return min(most, shutil.get_terminal_size((most, 24)).columns) if sys.stdout.isatty() else most


def document(value: Mapping[str, Any] | Sequence[Any]) -> None:
    """Print one JSON document as UTF-8; the members of the outermost level on lines of their own.

    Characters that a terminal might obey are written as JSON escapes.
    """
    text = inert("".join(_lines(value)))
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def _lines(value: Mapping[str, Any] | Sequence[Any]) -> Iterator[str]:
    if isinstance(value, Mapping):
        lines = [f"{_dumped(str(key))}: {_member(member)}" for key, member in value.items()]
        begin, end = "{", "}"
    else:
        lines = [_dumped(member) for member in value]
        begin, end = "[", "]"
    yield begin
    if lines:
        yield "\n" + ",\n".join(lines) + "\n"
    yield f"{end}\n"


def _member(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n " + ",\n ".join(map(_dumped, value)) + "]"
    return _dumped(value)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


class Progress:
    """A line on stderr that says how far the work is; nothing where stderr is no terminal."""

    def __init__(self, what: str, total: int | None = None) -> None:
        self._what = what
        self._total = total
        self._live = sys.stderr.isatty()
        self._done = 0

    def __call__(self, done: int, total: int | None = None) -> None:
        """Say that so many are done, and of how many where that is known only now."""
        self._done = done
        self._total = total if total is not None else self._total
        if self._live:
            of = f" of {self._total}{_bar(done, self._total)}" if self._total is not None else ""
            sys.stderr.write(f"\r\x1b[K{shown_line(self._what)} {done}{of}")
            sys.stderr.flush()

    def step(self) -> None:
        """Say that one more is done."""
        self(self._done + 1)

    def close(self) -> None:
        """Take the line away."""
        if self._live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


_BAR = 20


def _bar(done: int, total: int) -> str:
    """Return a bar that is full when all is done."""
    full = min(_BAR, done * _BAR // total) if total else _BAR
    return f" {'█' * full}{'░' * (_BAR - full)}"


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Progress]:
    """Show progress while the block runs."""
    line = Progress(what, total)
    try:
        yield line
    finally:
        line.close()
