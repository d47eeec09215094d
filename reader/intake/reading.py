"""One input (a file, standard input) to the articles in it, whatever format it has."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from reader.errors import InputError
from reader.intake import files
from reader.intake.assemble import assembled
from reader.intake.decode import UndecodableError, decoded
from reader.intake.draft import Arrival, Draft, ImportOptions
from reader.intake.markdown import draft_of_markdown, has_front_matter
from reader.intake.page import declared_charset, draft_of_page
from reader.intake.plain import draft_of_text
from reader.intake.records import draft_of_record
from reader.model import Failure, article_id, identity_of

Found = Arrival | Failure

_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE | re.DOTALL
)
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|opml|rdf:RDF)[\s>]", re.DOTALL
)
_A_FEED = "it is a feed or a list of feeds; subscribe to it with `reader add`"
_EMPTY = "it is empty; there is nothing to import"
_NO_JSON = "it is not valid JSON ({0}); mend or remove it"
_GENERAL_NAMES = frozenset({"index", "default", "readme"})
_FIRST_BYTES = 65_536
MOST_LINES = 200_000
"""No article has so many; each is looked at by itself."""
_TOO_MANY = f"it has more than {MOST_LINES:,} lines; split it, or give only the article"


def articles_of_file(named: files.Named, options: ImportOptions) -> Iterator[Found]:
    """Yield the articles of a file and what in it could not be used."""
    if named.ending in files.LINES:
        with files.opened(named) as file:
            yield from _of_lines(file, named.shown, options)
        return
    data = files.contents(named)
    yield from _of_bytes(data, named.shown, named.ending, _file_name(named.path), options)


def articles_of_stream(stream: BinaryIO, where: str, options: ImportOptions) -> Iterator[Found]:
    """Yield the articles of standard input, whose format is told by how it begins."""
    try:
        start = stream.read(_FIRST_BYTES)
        first, end, _ = start.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
        if end and first.startswith(b"{") and _is_object(first):
            yield from _of_lines(_Continued(start, stream), where, options)
            return
        data = start + stream.read(files.SIZE_LIMIT + 1 - len(start))
    except OSError as error:
        raise InputError(where, files.why(error)) from None
    if len(data) > files.SIZE_LIMIT:
        raise InputError(where, files.too_large(files.SIZE_LIMIT))
    yield from _of_bytes(data, where, "", None, options)


def article_of_record(data: Any, where: str, options: ImportOptions) -> Arrival:
    """Return the article of one Article object; `InputError` where it is none."""
    if not isinstance(data, Mapping):
        raise InputError(where, "it is not a JSON object; an article is one")
    return assembled(draft_of_record(data, where), options, where)


def renamed(arrival: Arrival, path: Path, taken: Callable[[int], bool]) -> Arrival:
    """Return an article with the folder in its identity, where its file's name is taken already."""
    article = arrival.article
    parts = path.parts
    for count in range(2, len(parts) + 1):
        name = "/".join((*map(files.shown, parts[-count:-1]), files.identity_name(path)))
        identity = identity_of(source=article.source, filename=name)
        if not taken(article_id(identity)):
            return replace(
                arrival, article=replace(article, id=article_id(identity), identity=identity)
            )
    return arrival


class _Continued:
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


def _file_name(path: Path) -> str:
    """Return the part of an identity that a file's name is; "index.html" says too little alone."""
    name = files.identity_name(path)
    if path.stem.lower() in _GENERAL_NAMES:
        return f"{files.shown(path.absolute().parent.name)}/{name}"
    return name


def _of_bytes(
    data: bytes, where: str, ending: str, filename: str | None, options: ImportOptions
) -> Iterator[Found]:
    if not data.strip():
        raise InputError(where, _EMPTY)
    charset = declared_charset(data) if ending in files.HTML or b"<" in data[:200] else None
    try:
        text = decoded(data, charset)
    except UndecodableError as error:
        raise InputError(where, str(error)) from None
    if not text.strip("\ufeff \t\r\n"):
        raise InputError(where, _EMPTY)
    if ending in files.FEEDS or _FEED.match(text[:4000]):
        raise InputError(where, _A_FEED)
    kind = ending if ending in files.MARKDOWN | files.HTML | files.JSON else _sniffed(text, ending)
    if kind in files.JSON:
        yield from _of_document(text, where, options)
    else:
        yield assembled(_draft(text, kind, where), options, where, filename)


def _draft(text: str, kind: str, where: str) -> Draft:
    if kind not in files.HTML and text.count("\n") > MOST_LINES:
        raise InputError(where, _TOO_MANY)
    if kind in files.MARKDOWN:
        return draft_of_markdown(text, where)
    return draft_of_page(text, where) if kind in files.HTML else draft_of_text(text)


def _sniffed(text: str, ending: str) -> str:
    """Return the ending that says what a text is: files of other names, and standard input."""
    start = text[:4000].lstrip("\ufeff")
    if _HTML.match(start):
        return ".html"
    if has_front_matter(start):
        return ".md"
    json_like = start.lstrip()[:1] in ("{", "[") and ending not in files.TEXT
    return ".json" if json_like and _is_json(text) else ".txt"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _of_lines(stream: Any, where: str, options: ImportOptions) -> Iterator[Found]:
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
        raise InputError(where, _EMPTY)


def _of_line(line: bytes, place: str, options: ImportOptions) -> Found:
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Failure(place, "it is not UTF-8; save the file as UTF-8")
    except json.JSONDecodeError as error:
        return Failure(place, _NO_JSON.format(f"{error.msg} at column {error.colno}"))
    except (ValueError, RecursionError):
        return Failure(place, _NO_JSON.format("it cannot be read"))
    return _recorded(data, place, options)


def _of_document(text: str, where: str, options: ImportOptions) -> Iterator[Found]:
    """Yield the articles of a JSON document: one Article object, or an array of them."""
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        problem = f"{error.msg}, line {error.lineno}"
        raise InputError(where, _NO_JSON.format(problem)) from None
    except (ValueError, RecursionError):
        raise InputError(where, _NO_JSON.format("it cannot be read")) from None
    if isinstance(data, dict) and isinstance(data.get("articles"), list) and "text" not in data:
        data = data["articles"]
    if not isinstance(data, list):
        yield article_of_record(data, where, options)
        return
    for number, item in enumerate(data, 1):
        yield _recorded(item, f"{where}, item {number}", options)


def _recorded(data: Any, place: str, options: ImportOptions) -> Found:
    try:
        return article_of_record(data, place, options)
    except InputError as error:
        return Failure(error.where, error.reason)
