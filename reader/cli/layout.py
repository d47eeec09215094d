"""Text laid out for a terminal: widths in columns, wrapping, tables."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.cells import cell_len, set_cell_size

from reader.text.hygiene import shown_line

_PARTS = re.compile(r"\s+|[^\s\u1100-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]+|.")


def wrapped(text: str, width: int, *, indent: str = "", first: str | None = None) -> str:
    """Return one paragraph wrapped at a width in columns, wide characters counted as two.

    Every line begins with `indent`, the first one with `first` where that is given. Words longer
    than a line are cut; scripts that are written without spaces break between characters.
    """
    lines = list(_lines(text, max(8, width - cell_len(indent))))
    begin = indent if first is None else first
    return "\n".join(
        f"{indent if number else begin}{line}".rstrip() for number, line in enumerate(lines or [""])
    )


def _lines(text: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for part in _PARTS.findall(text):
        if part.isspace():
            line, used = (f"{line} ", used + 1) if line else (line, used)
            continue
        size = cell_len(part)
        if used + size > width and line.strip():
            yield line.rstrip()
            line, used = "", 0
        while size > width:
            head = _head(part, width)
            yield head
            part = part[len(head) :]  # noqa: PLW2901  # what is left of the long word
            size = cell_len(part)
        line, used = line + part, used + size
    if line.strip():
        yield line.rstrip()


def _head(part: str, width: int) -> str:
    size = 0
    for at, character in enumerate(part):
        size += cell_len(character)
        if size > width:
            return part[: max(1, at)]
    return part


def fitted(text: str, width: int) -> str:
    """Return a text of exactly so many columns: filled with spaces, or cut with "…"."""
    if cell_len(text) > width:
        text = set_cell_size(text, max(0, width - 1)).rstrip() + "…"
    return set_cell_size(text, width)


def columns(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Return the rows as lines, two spaces between the columns."""
    return [
        "  ".join(fitted(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def day(when: datetime | None) -> str:
    """Return a date as lists show it, in the terminal's time zone; "" where it is not known.

    A moment that is midnight where it was written is a day, not a time.
    """
    if when is None:
        return ""
    if not (when.hour or when.minute or when.second):
        return when.strftime("%Y-%m-%d")
    return when.astimezone().strftime("%Y-%m-%d %H:%M")


def label(source: str, number: int) -> str:
    """Return what a report is called: its outlet, else its number in the order given."""
    return shown_line(source) or f"report {number}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return "1 note" or "3 notes"."""
    return f"{number} {one}" if number == 1 else f"{number} {many or one + 's'}"


def dots(present: Sequence[bool]) -> str:
    """Return a dot for each report, filled for those that say it."""
    return "".join("●" if here else "○" for here in present)
