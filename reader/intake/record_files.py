"""Files of Article objects: JSON lines, read one by one, and JSON documents."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from reader.errors import InputError
from reader.intake import files
from reader.intake.assemble import assembled
from reader.intake.draft import Arrival, ImportOptions
from reader.intake.importers.base import NO_JSON, Found, Given
from reader.intake.records import draft_of_record, says_an_article
from reader.model import Failure

EMPTY = "it is empty; there is nothing to import"
_NO_ARTICLE = (
    "it is JSON of a form that is not known here; "
    'give articles as objects with "title", "text" and "url"'
)


def article_of_record(data: Any, where: str, options: ImportOptions) -> Arrival:
    """Return the article of one Article object; `InputError` where it is none."""
    if not isinstance(data, Mapping):
        raise InputError(where, "it is not a JSON object; an article is one")
    return assembled(draft_of_record(data, where), options, where)


class Continued:
    """A stream some of whose beginning was read already; only `readline`."""

    def __init__(self, start: bytes, stream: BinaryIO) -> None:
        self._start = start
        self._stream = stream

    def readline(self, limit: int) -> bytes:
        """Return the next line, its break included, or `limit` bytes of it."""
        if not self._start:
            return self._stream.readline(limit)
        line, end, self._start = self._start.partition(b"\n")
        if end or not line:
            return line + end
        return line + self._stream.readline(max(1, limit - len(line)))


def is_object(line: bytes) -> bool:
    """Return True for a line that is a JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def articles_of_lines(stream: Any, where: str, options: ImportOptions) -> Iterator[Found]:
    """Yield the articles of JSON lines, one by one, however long the stream is."""
    number = 0
    while line := stream.readline(files.SIZE_LIMIT + 1):
        number += 1
        place = f"{where}, line {number}"
        if number == 1 and line[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise InputError(where, "it is UTF-16; save it as UTF-8")
        if len(line) > files.SIZE_LIMIT:
            while not line.endswith(b"\n") and (line := stream.readline(files.SIZE_LIMIT)):
                pass
            yield Failure(place, files.too_large(files.SIZE_LIMIT))
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield _of_line(line, place, options)
    if not number:
        raise InputError(where, EMPTY)


def _of_line(line: bytes, place: str, options: ImportOptions) -> Found:
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Failure(place, "it is not UTF-8; save the file as UTF-8")
    except json.JSONDecodeError as error:
        return Failure(place, NO_JSON.format(f"{error.msg} at column {error.colno}"))
    except (ValueError, RecursionError):
        return Failure(place, NO_JSON.format("it cannot be read"))
    return _recorded(data, place, options)


def articles_of_objects(given: Given) -> Iterator[Found]:
    """Yield the articles of a JSON document: one Article object, or an array of them."""
    data = given.json_or_raise()
    if isinstance(data, dict) and isinstance(data.get("articles"), list) and "text" not in data:
        data = data["articles"]
    if not isinstance(data, list):
        if not says_an_article(data):
            raise InputError(given.where, _NO_ARTICLE)
        yield article_of_record(data, given.where, given.options)
        return
    if data and not any(map(says_an_article, data[:1000])):
        raise InputError(given.where, _NO_ARTICLE)
    for number, item in enumerate(data, 1):
        yield _recorded(item, f"{given.where}, item {number}", given.options)


def _recorded(data: Any, place: str, options: ImportOptions) -> Found:
    try:
        return article_of_record(data, place, options)
    except InputError as error:
        return Failure(error.where, error.reason)
