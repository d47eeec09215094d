"""What a query could go on with, as it is typed: fields, flags, outlets, tags, languages."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reader.library.search import FIELDS, FLAGS

MOST = 20
"""So many are offered."""
_DATES = ("today", "yesterday", "1d", "3d", "1w", "1m")
_AFTER = frozenset("( \t\n-")
# what stands before the cursor: a field and its value, which may be in quotes, or a word
_TYPED = re.compile(r'(?:(?P<field>[A-Za-z]+):)?(?P<value>"[^"]*|[^\s"():]*)\Z')


class Completion(NamedTuple):
    """Texts that can be put in the place of query[start:end]."""

    start: int
    end: int
    options: tuple[str, ...]


def complete(query: str, cursor: int, known: Mapping[str, Sequence[str]]) -> Completion:
    """Return how the piece of a query before the cursor could go on.

    `known` holds the values of the fields `source`, `tag` and `lang`. Values that begin with what
    was typed stand before those that only hold it.
    """
    typed = _TYPED.search(query, 0, cursor)
    if typed is None or not (typed.start() == 0 or query[typed.start() - 1] in _AFTER):
        return Completion(cursor, cursor, ())
    field, value = typed["field"], typed["value"]
    if field is None:
        options = [f"{name}:" for name in FIELDS if name.startswith(value.lower())]
        return Completion(typed.start(), cursor, tuple(options) if value else ())
    values = _values(field.lower(), known)
    start = typed.start("value")
    fitting = tuple(_quoted(text) for text in _fitting(values, value.lstrip('"')))
    return Completion(start, cursor, fitting[:MOST])


def _values(field: str, known: Mapping[str, Sequence[str]]) -> Sequence[str]:
    if field in {"before", "after", "on"}:
        return _DATES
    return {"is": FLAGS, "has": ("annotation",), **known}.get(field, ())


def _fitting(values: Iterable[str], typed: str) -> list[str]:
    wanted = typed.casefold()
    holding = [value for value in values if wanted in value.casefold()]
    return sorted(holding, key=lambda value: not value.casefold().startswith(wanted))


def _quoted(text: str) -> str:
    """Return a value as it is written in a query."""
    if re.fullmatch(r"[^\s\"():*\\]+", text) and text not in {"AND", "OR", "NOT"}:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
