"""Pages that a browser saved: what their comments say about where and when that was.

Chrome, Edge and Firefox write `<!-- saved from url=(0036)https://… -->`, SingleFile a comment with
`url:` and `saved date:`, Save Page WE two elements, monolith, ScrapBook and HTTrack forms of their
own. Pictures within a page are left
out before it is read: they make most of it.
"""

import re
from datetime import datetime
from html import unescape
from typing import NamedTuple

from reader.intake import fields
from reader.intake.importers.saved import moment

_HEAD = 8_000
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\((\d{4})\)(\S+)\s", re.IGNORECASE)
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile(.{0,4000}?)-->", re.DOTALL)
_MIRRORED = re.compile(
    r"<!-- Mirrored from (\S+) by HTTrack .{0,200}?, (\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT)"
)
_MONOLITH = re.compile(r"<!-- Saved from (\S+) at (\d{4}-\d\d-\d\dT[\d:]{8}Z) using monolith")
_SAVE_PAGE_WE = re.compile(
    r"<meta name=[\"']savepage-(url|date)[\"'] content=[\"']([^\"'<>]+)[\"']"
)
_SCRAPBOOK = re.compile(r"\sdata-scrapbook-(source|create)=[\"']([^\"'<>]+)[\"']")
_URL_LINE = re.compile(r"^\s*url:\s*(\S+)", re.MULTILINE)
_DATE_LINE = re.compile(r"^\s*saved date:\s*(.+?)\s*$", re.MULTILINE)
_PICTURE = re.compile(rb"data:[\w/+.-]{0,60}(?:;[\w=-]{1,40})*;base64,[A-Za-z0-9+/=\s]{200,}")


class SavedFrom(NamedTuple):
    """Where a page was saved from, and when; None for what its file does not say."""

    url: str | None = None
    day: datetime | None = None


def saved_from(html: str) -> SavedFrom:
    """Return what the comments at the top of a saved page say about it."""
    head = html[:_HEAD]
    if single := _SINGLE_FILE.search(head):
        url, day = _URL_LINE.search(single[1]), _DATE_LINE.search(single[1])
        return SavedFrom(_address(url[1]) if url else None, moment(day[1]) if day else None)
    if chrome := _SAVED_FROM.search(head):
        return SavedFrom(_address(chrome[2]))
    if mirrored := _MIRRORED.search(head):
        url_ = mirrored[1] if "://" in mirrored[1] else f"http://{mirrored[1]}"
        return SavedFrom(_address(url_), moment(mirrored[2]))
    if monolith := _MONOLITH.search(head):
        return SavedFrom(_address(monolith[1]), moment(monolith[2]))
    for pattern in (_SAVE_PAGE_WE, _SCRAPBOOK):
        if told := {match[1]: unescape(match[2]) for match in pattern.finditer(head)}:
            stamp = told.get("date") or _digits(told.get("create", ""))
            return SavedFrom(_address(told.get("url") or told.get("source") or ""), moment(stamp))
    return SavedFrom()


def _digits(stamp: str) -> str:
    """Return ScrapBook's 20250304203310123 as a moment in UTC is written."""
    year, rest = stamp[:4], [stamp[at : at + 2] for at in range(4, 14, 2)]
    month, day, *time = [*rest, *[""] * 5][:5]
    return f"{year}-{month}-{day}T{':'.join(time)}Z"


def without_pictures(data: bytes) -> bytes:
    """Return a page's bytes without the pictures and fonts in them."""
    return _PICTURE.sub(b"data:,", data) if b";base64," in data else data


def _address(text: str) -> str | None:
    """Return an address without its fragment; None when it is none of a page."""
    return fields.address_of(text.split("#", 1)[0])
