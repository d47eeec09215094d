"""The head of an article (title, outlet, author, date …) from front matter or JSON, checked."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from reader.text.hygiene import clean_line
from reader.text.stamps import aware, parse_stamp

_LANGUAGE = re.compile(r"([a-zA-Z]{2,3})(?:[-_][A-Za-z0-9]+)*")
MOST_TAGS = 200
"""So many tags of an input are looked at; nobody gives an article more."""


def text_of(value: Any, limit: int = 2000) -> str | None:
    """Return a short text field as one clean line; None where there is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return clean_line(str(value)).text[:limit].strip() or None


def names_of(value: Any, depth: int = 4) -> str | None:
    """Return an author field: a name, several, or objects with a name; lists in lists too."""
    if isinstance(value, Mapping):
        return text_of(value.get("name"))
    if isinstance(value, list | tuple) and depth:
        names = [name for item in value[:20] if (name := names_of(item, depth - 1))]
        return ", ".join(dict.fromkeys(names)) or None
    return text_of(value)


def author_of(value: Any) -> str | None:
    """Return the authors as a by-line names them, without its "By"."""
    names = names_of(value)
    return re.sub(r"^by[:\s]\s*", "", names, flags=re.IGNORECASE) or None if names else None


def tags_of(value: Any) -> tuple[str, ...]:
    """Return tags: a list of them, or one text with commas between; sorted, each once."""
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list | tuple):
        return ()
    return tuple(sorted({tag for item in items[:MOST_TAGS] if (tag := text_of(item, 200))}))


def language_of(value: Any) -> str | None:
    """Return the primary subtag of a language tag, in lower case; None where it is none."""
    match = _LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    return match[1].lower() if match else None


def moment_of(value: Any) -> datetime | None:
    """Return a date or a time as an aware moment; None where it is none."""
    if isinstance(value, datetime):
        return aware(value)
    if isinstance(value, date):
        return aware(datetime(value.year, value.month, value.day))  # noqa: DTZ001 - made aware here
    if isinstance(value, str | int) and not isinstance(value, bool):
        return parse_stamp(str(value))
    return None


def address_of(value: Any) -> str | None:
    """Return a web address; None where it is not http or https."""
    url = text_of(value, 4000)
    if not url or not re.match(r"https?://[^\s/]", url, re.IGNORECASE):
        return None
    try:
        return url if urlsplit(url).hostname else None
    except ValueError:
        return None


def outlet_of(value: Any) -> str | None:
    """Return an outlet's name; None for an address, which names a page."""
    name = names_of(value)
    return None if name and address_of(name) else name


def host_of(url: str | None) -> str | None:
    """Return the host of an address as an outlet's name: without "www."."""
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def stripped_of(*values: Any) -> int:
    """Return how many characters hygiene takes out of texts; what is no text counts nothing."""
    return sum(clean_line(value).stripped for value in values if isinstance(value, str))


def flag_of(value: Any) -> bool | None:
    """Return a yes or a no; None where it is neither."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower() if isinstance(value, str | int) else ""
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(word)
