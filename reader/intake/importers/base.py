"""What all importers share: the input that they look at, and their one interface.

An importer claims an input by its content, by its name only where the content cannot say it, and
then yields what is in it: articles, and a `Failure` for each part that cannot be used.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from reader.errors import InputError
from reader.intake.assemble import assembled
from reader.intake.decode import UndecodableError, decoded
from reader.intake.draft import Arrival, Draft, ImportOptions
from reader.model import Failure

Found = Arrival | Failure
ReadApart = Callable[[bytes, str, str, str | None, ImportOptions], tuple[Found, ...]]
"""Reads a file in a worker process: its bytes, how it is named to the reader, its ending and its
name, and the options; `InputError` when it cannot be used."""

HEAD = 4000
"""Characters at the beginning of a text by which its format is recognised."""
_LONGEST_BEGINNING = 200_000
_COMMENT = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->|<\?(?:(?!\?>).){0,1000}\?>)", re.DOTALL)
MOST_ITEMS = 200_000
"""Articles or addresses that are taken from one file."""
NO_JSON = "it is not valid JSON ({0}); mend or remove it"


def _nothing_beside(_name: str) -> bytes | None:
    return None


@dataclass
class Given:
    """One input: its bytes and what is known about them."""

    data: bytes
    where: str
    """How it is named to the reader: a path, an address, "-"."""
    options: ImportOptions
    ending: str = ""
    """The ending of its name in lower case (".json"); "" when it has none."""
    filename: str | None = None
    """The part of an article's identity that the file's name is; None when it has no file."""
    charset: str | None = None
    """As a page declares it or a server names it."""
    address: str | None = None
    """Where it was fetched from."""
    path: Path | None = None
    """Where the file is, for formats that are not read as a whole."""
    beside: Callable[[str], bytes | None] = field(default=_nothing_beside)
    """Returns the bytes of a file in the same folder or archive; None when there is none."""
    read_apart: ReadApart | None = None
    """Reads what may do harm in a worker process; without it that is read here."""

    @cached_property
    def text(self) -> str:
        """The decoded text; `InputError` when the bytes are no text."""
        try:
            return decoded(self.data, self.charset).removeprefix("\ufeff")
        except UndecodableError as error:
            raise InputError(self.where, str(error)) from None

    @cached_property
    def start(self) -> str:
        """The beginning of the text, without white space and long comments before it."""
        text = self.text[:_LONGEST_BEGINNING].lstrip()
        at = 0
        while len(text) > HEAD and (comment := _COMMENT.match(text, at)):
            at = comment.end()
        rest = text[at : at + HEAD]
        return rest if at > HEAD // 4 and rest.strip() else text[:HEAD]

    @cached_property
    def json(self) -> Any:
        """The value that the text is as JSON; None when it is none (see `json_or_raise`)."""
        if self.start[:1] not in ("{", "["):
            return None
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return None

    def json_or_raise(self) -> Any:
        """Return the value that the text is as JSON; `InputError` with the line when it is none."""
        if self.json is not None:
            return self.json
        try:
            return json.loads(self.text)
        except json.JSONDecodeError as error:
            problem = f"{error.msg}, line {error.lineno}"
            raise InputError(self.where, NO_JSON.format(problem)) from None
        except (ValueError, RecursionError):
            raise InputError(self.where, NO_JSON.format("it cannot be read")) from None

    def article(self, draft: Draft, part: str = "", *, named: bool = False) -> Found:
        """Return the article that a draft becomes, or why it becomes none.

        `part` names the draft's place in the input ("item 3"). `named` is for an input that is one
        article, known by its file's name where nothing better tells it apart.
        """
        place = f"{self.where}, {part}" if part else self.where
        try:
            return assembled(draft, self.options, place, self.filename if named else None)
        except InputError as error:
            return Failure(error.where, error.reason)


@dataclass(frozen=True, slots=True)
class Importer:
    """One format: how it is recognised, and what is in an input of it."""

    what: str
    """What such an input is, as in "it is …": "a Pocket export"."""
    claims: Callable[[Given], bool]
    read: Callable[[Given], Iterator[Found]]
    """May raise `InputError` when the input as a whole cannot be used."""


def mappings(value: Any) -> list[Mapping[str, Any]]:
    """Return the objects in a JSON array; an empty list when it is none."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def first(data: Mapping[str, Any], *names: str) -> Any:
    """Return the first value among these keys that says something."""
    return next((data[name] for name in names if data.get(name) not in (None, "", [], {})), None)
