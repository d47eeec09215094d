"""What the comparison knows of a language: calendar, numbers, casualties, speech and offices.

The tables stand in `data/compare/<language>.toml`; a language without one has empty tables, and
with them only what needs no words is found: digits, ISO dates, quotation marks, names.
"""

import tomllib
from functools import cache
from typing import Any

from reader import resources

Table = dict[str, Any]


@cache
def tables(language: str | None) -> Table:
    """Return the tables of a language as they stand in its file; empty where there is none."""
    path = resources.data("compare", f"{language or ''}.toml")
    if not language or not language.isalpha() or not path.is_file():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))


def section(language: str | None, *names: str) -> Table:
    """Return a (nested) section of the tables; empty where it is missing."""
    found: Any = tables(language)
    for name in names:
        found = found.get(name, {})
    return found if isinstance(found, dict) else {}


@cache
def listed(language: str | None, *names: str) -> tuple[str, ...]:
    """Return the words of an entry that lists them in one string; none where it is missing."""
    return tuple(dict.fromkeys(section(language, *names[:-1]).get(names[-1], "").split()))


@cache
def members(language: str | None, *names: str) -> frozenset[str]:
    """Return the words of an entry as a set."""
    return frozenset(listed(language, *names))
