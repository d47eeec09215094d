"""The lines of `.jsonl` files, with what is needed to name the one that cannot be used."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from reader.cli.setting import Setting
from reader.cli.terminal import stdin_bytes
from reader.errors import InputError


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the input file and where it stands ("FILE, line 3")."""

    where: str
    text: bytes


def lines_of(setting: Setting, files: tuple[str, ...]) -> Iterator[Line]:
    """Yield the lines of the files that are not blank; name the files that cannot be read."""
    for file in files:
        name = "standard input" if file == "-" else file
        try:
            if file == "-":
                yield from _numbered(name, stdin_bytes())
            else:
                with Path(file).open("rb") as stream:
                    yield from _numbered(name, stream)
        except OSError as error:
            setting.fail(name, error.strerror or str(error))


def _numbered(name: str, stream: BinaryIO) -> Iterator[Line]:
    for number, line in enumerate(stream, start=1):
        if stripped := line.strip():
            yield Line(f"{name}, line {number}", stripped)


def object_of(line: Line) -> dict[str, Any]:
    """Return the JSON object of a line; InputError where it is none."""
    try:
        data = json.loads(line.text)
    except UnicodeDecodeError as error:
        raise InputError(line.where, "not UTF-8") from error
    except json.JSONDecodeError as error:
        raise InputError(line.where, f"not JSON ({error.msg}, column {error.colno})") from error
    except RecursionError as error:
        raise InputError(line.where, "nested too deeply") from error
    if not isinstance(data, dict):
        raise InputError(line.where, "not an object")
    return data
