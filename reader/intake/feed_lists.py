"""Lists of feeds in files: OPML, newsboat's `urls`, YouTube's subscriptions, plain addresses.

newsboat's file has a feed a line, with its tags behind it; a tag that begins with "~" is its name,
one with "!" hides it (https://newsboat.org/releases/2.36/docs/newsboat.html#_configuring_newsboat).
"""

import csv
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from reader.errors import InputError
from reader.intake.decode import UndecodableError, decoded
from reader.intake.fields import text_of
from reader.intake.json_feed import is_json
from reader.intake.opml import MOST, Outline, opml_file
from reader.model import Failure

_OPML = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*|<!DOCTYPE[^>]*>\s*)*<opml[\s>]",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
_ADDRESS = re.compile(r"(?:https?|feed):(?://)?[^\s/]\S*", re.IGNORECASE)
_ONLY_NEWSBOAT = re.compile(r'(?:"?(?:query|filter|exec|file):)', re.IGNORECASE)
_LONGEST_LINE = 5_000
_CHANNEL = re.compile(r"UC[\w-]{22}")
_CHANNEL_FEED = "https://www.youtube.com/feeds/videos.xml?channel_id="
_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*"
                   r"<(?:rss|feed|(?:\w+:)?RDF)[\s>]", re.IGNORECASE | re.DOTALL)  # fmt: skip
_A_FEED = (
    "it is no list of feeds but a feed; to follow it, give its address; "
    "`reader import {0}` stores the articles in it"
)
_INTERNET_SHORTCUT = re.compile(r"^\[(?:InternetShortcut|Desktop Entry)\]\s*$",
                                re.IGNORECASE | re.MULTILINE)  # fmt: skip
_SHORTCUT_LINE = re.compile(r"^(?:URL|URL\[\$e\])=(\S+)", re.MULTILINE | re.IGNORECASE)
_WEBLOC = re.compile(r"<key>\s*URL\s*</key>\s*<string>\s*([^<\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AddressList:
    """Addresses in a file, of which it does not say whether they are feeds or pages."""

    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedList:
    """Feeds in a file, as another reader handed them over."""

    feeds: tuple[Outline, ...]
    what: str
    """"an OPML file", "newsboat's list of feeds" …"""
    left_out: int = 0
    """Lines that only the other reader can use (newsboat's queries and filters)."""
    failed: tuple[Failure, ...] = ()
    """What of the file is wrong, with the file as its input."""


def is_opml(text: str) -> bool:
    """Return True if a text begins as OPML does."""
    return bool(_OPML.match(text[:4000].lstrip("\ufeff")))


def list_in(text: str) -> FeedList | AddressList | None:
    """Return the list that a text is; None when it is none (or OPML, see `feeds_in`)."""
    shortcut = _of_shortcut(text)
    if shortcut:
        return AddressList((shortcut,))
    return _of_youtube(text) or _of_lines(text)


def feeds_in(data: bytes, where: str) -> FeedList | AddressList:
    """Return the list of feeds that a file's bytes are; `InputError` when they are none."""
    try:
        text = decoded(data)
    except UndecodableError:
        text = ""
    if not is_opml(text):
        found = list_in(text)
        if (
            isinstance(found, AddressList) and Path(where).name == "urls"
        ):  # newsboat's, without tags
            return FeedList(tuple(map(Outline, found.addresses)), "newsboat's list of feeds")
        if found:
            return found
        if _FEED.match(text[:4000]) or is_json(data):
            raise InputError(where, _A_FEED.format(where))
    opml = opml_file(data, where)
    return FeedList(opml.feeds, "an OPML file", failed=opml.failed)


def outlines_in(data: bytes, where: str) -> list[Outline]:
    """Return the feeds of a list, plain addresses among them; `InputError` when it is none."""
    found = feeds_in(data, where)
    return list(found.feeds if isinstance(found, FeedList) else map(Outline, found.addresses))


def is_list(data: bytes) -> bool:
    """Return True for a list of feeds or addresses; of an OPML file its beginning is enough."""
    try:
        text = decoded(data)
    except UndecodableError:
        return False
    return is_opml(text) or list_in(text) is not None


def _of_lines(text: str) -> FeedList | AddressList | None:
    """Return the addresses of a text that has one in each line, perhaps with tags behind it."""
    feeds: dict[str, Outline] = {}
    left_out, newsboat = 0, False
    for line in text.split("\n"):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if _ONLY_NEWSBOAT.match(stripped):
            newsboat, left_out = True, left_out + 1
            continue
        words = _words(stripped) if len(stripped) <= _LONGEST_LINE else []
        if not words or not _ADDRESS.fullmatch(words[0]) or len(feeds) > MOST:
            return None
        if words[1:2] == ["|"]:  # OneTab: an address, and behind it the page's title
            words = words[:1]
        tags = [tag for word in words[1:] if (tag := text_of(word, 100))]
        if len(tags) > 5 and not any(tag[0] in "~!" for tag in tags):
            return None  # a sentence that begins with an address
        newsboat = newsboat or bool(tags)
        name = next((tag[1:].strip() for tag in tags if tag.startswith("~")), "")
        kept = tuple(tag for tag in tags if tag[0] not in "~!")
        feeds.setdefault(words[0], Outline(words[0], name, None, kept))
    if not feeds and not left_out:
        return None
    if newsboat:
        return FeedList(tuple(feeds.values()), "newsboat's list of feeds", left_out)
    return AddressList(tuple(feeds))


def _words(line: str) -> list[str]:
    if not any(sign in line for sign in "\"'\\"):
        return line.split()
    try:
        return shlex.split(line)
    except ValueError:
        return line.split()


def _of_youtube(text: str) -> FeedList | None:
    """Return the channels of YouTube's own export, each with its feed."""
    head, _, rest = text.lstrip("\ufeff").partition("\n")
    if "channel" not in head.casefold() and "kanal" not in head.casefold():
        return None
    rows = list(_rows(rest))
    if not rows or not all(_CHANNEL.fullmatch(row[0]) for row in rows):
        return None
    feeds = (
        Outline(_CHANNEL_FEED + row[0], text_of(row[2]) or "" if len(row) > 2 else "")
        for row in rows[:MOST]
    )
    return FeedList(tuple(feeds), "YouTube's list of subscriptions")


def _rows(text: str) -> Iterator[list[str]]:
    try:
        yield from (row for row in csv.reader(StringIO(text)) if row)
    except csv.Error:
        return


def _of_shortcut(text: str) -> str | None:
    """Return the address in a shortcut of Windows, Linux or macOS to a page."""
    head = text[:20_000]
    found = _SHORTCUT_LINE.search(head) if _INTERNET_SHORTCUT.search(head) else None
    found = found or (_WEBLOC.search(head) if "<plist" in head[:400] else None)
    return found[1] if found and _ADDRESS.fullmatch(found[1]) else None
