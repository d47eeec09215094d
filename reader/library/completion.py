"""What a query could go on with, as it is typed: fields and their known values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reader.library.search import FIELDS, FLAGS

MOST = 20
"""So many are offered."""
_DATES = ("today", "yesterday", "1d", "3d", "1w", "1m")
# brackets (and the field before them), white space, quoted texts (the last may be open), words
_PIECES = re.compile(
    r"(?:(?P<field>[A-Za-z]+):)?(?P<open>\()|(?P<close>\))|(?P<space>\s)"
    r'|"(?:\\.|[^"\\])*"?|[^\s()"]',
    re.DOTALL,
)
# what is being typed: signs that negate, a field, and its value, which may be in quotes
_TYPED = re.compile(r'-*(?:(?P<field>[A-Za-z]+):)?(?P<value>"(?:\\.|[^"\\])*|[^"]*)', re.DOTALL)


class Completion(NamedTuple):
    """Texts that can be put in the place of query[start:end]."""

    start: int
    end: int
    options: tuple[str, ...]


def complete(query: str, cursor: int, known: Mapping[str, Sequence[str]]) -> Completion:
    """Return how the piece of a query before the cursor could go on.

    `known` holds the values of the fields `source`, `tag`, `lang` and `search`. Values that begin
    with what was typed stand before those that only hold it.
    """
    begin, around = _piece(query[:cursor])
    typed = _TYPED.fullmatch(query, begin, cursor)
    if typed is None:
        return Completion(cursor, cursor, ())
    value, start = typed["value"], typed.start("value")
    field = (typed["field"] or around).lower()
    if not field:
        options = [f"{name}:" for name in FIELDS if name.startswith(value.lower())]
        return Completion(start, cursor, tuple(options) if value else ())
    fitting = [quoted(text) for text in _fitting(_values(field, known), value.lstrip('"'))]
    return Completion(start, cursor, tuple(fitting[:MOST]))


def _piece(query: str) -> tuple[int, str]:
    """Return where the last piece of a query begins, and the field before its bracket."""
    begin, around = 0, [""]
    for found in _PIECES.finditer(query):
        if found["open"]:
            around.append(found["field"] or around[-1])
        elif found["close"] and len(around) > 1:
            around.pop()
        if found["open"] or found["close"] or found["space"]:
            begin = found.end()
    return begin, around[-1]


def _values(field: str, known: Mapping[str, Sequence[str]]) -> Sequence[str]:
    if field in {"before", "after", "on"}:
        return _DATES
    return {"is": FLAGS, "has": ("annotation",), **known}.get(field, ())


def _fitting(values: Iterable[str], typed: str) -> list[str]:
    wanted = typed.casefold()
    holding = [value for value in values if wanted in value.casefold()]
    return sorted(holding, key=lambda value: not value.casefold().startswith(wanted))


def quoted(text: str) -> str:
    """Return a value as it is written in a query."""
    if re.fullmatch(r"[^\s\"():*\\]+", text) and text not in {"AND", "OR", "NOT"}:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
