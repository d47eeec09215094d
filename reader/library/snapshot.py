"""The notebook's file: ordinary TinyDB, a JSON object of tables of documents.

It is written with one table a line, small ones first, so that the small ones can be read without
the large; a file in any other form (a stock `TinyDB` has written it) is read whole. The table
`meta` tells the format and the generation: a snapshot holds all that the journals of generations
before its own say. It also holds a CRC-32 of itself and of each line, so that a byte that has
changed on the disk is noticed; a file in another form has none that count.
"""

import json
import os
import re
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from reader.errors import DamagedError, LibraryError
from reader.library.files import replace, why
from reader.library.journal import Edit, Entry

FORMAT = 1
META = "meta"
ARTICLES = "articles"
TAG = "tag:"


Document = dict[str, Any]
Documents = dict[str, Document]
Tables = dict[str, Documents]

_META = re.compile(rb'\{"meta": \{"1": (\{[^{}]*\})\}')
_TABLE = re.compile(rb'\{?"([^"\\]*)": (.*)[,}]\n?\Z', re.DOTALL)


class Signature(NamedTuple):
    """What a snapshot looks like from outside: another size or time means that it was changed."""

    generation: int
    size: int
    modified: int


UNKNOWN = -1
"""The generation of a file that a stock TinyDB has emptied."""


class Meta(NamedTuple):
    """A snapshot's format and generation."""

    format: int = FORMAT
    generation: int = 0


def meta_of(path: Path) -> Meta | None:
    """Return the format and generation of a snapshot; None where there is none.

    DamagedError where it can be seen, without reading the whole, that it is damaged.
    """
    try:
        with path.open("rb") as file:
            beginning = file.read(4096)
            file.seek(max(0, path.stat().st_size - 64))
            ending = file.read().rstrip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise LibraryError(f"{path} cannot be read: {why(error)}.") from error
    found = _META.match(beginning)
    try:
        # a stock TinyDB may have put its tables in another order
        document = json.loads(found[1]) if found else _meta_in(path)
        if _is_changed(document):
            raise DamagedError(f"{path} is damaged: its beginning is not what was written.")
        if not beginning.strip() or not ending.endswith(b"}"):
            raise DamagedError(f"{path} is damaged: its end is missing.")
        return Meta(int(document.get("format", FORMAT)), int(document.get("generation", 0)))
    except (ValueError, TypeError, AttributeError) as error:
        raise DamagedError(f"{path} is damaged: {error}.") from error


def _meta_in(path: Path) -> Document:
    """Return what a file in another form than ours says of itself."""
    tables = load(path)
    if META in tables:
        return tables[META].get("1", {})
    if b"\n" in path.read_bytes().rstrip():  # a stock TinyDB writes one line
        raise DamagedError(f"{path} is damaged: it does not say what it is.")
    return {"generation": UNKNOWN}


def signature(path: Path, generation: int) -> Signature:
    """Return what the snapshot looks like from outside."""
    try:
        status = os.stat(path)  # noqa: PTH116 - one call, no object
    except FileNotFoundError:
        return Signature(generation, 0, 0)
    return Signature(generation, status.st_size, status.st_mtime_ns)


def load(path: Path, only: str | None = None, *, missing_ok: bool = True) -> Tables:
    """Return the tables of a snapshot, or only one; DamagedError where it is no such file."""
    try:
        if only is not None and (table := _one_table(path, only)) is not None:
            return {only: table}
        data = path.read_bytes()
        tables: Tables = json.loads(data)
    except FileNotFoundError as error:
        if missing_ok:
            return {}
        raise DamagedError(f"{path} is missing.") from error
    except OSError as error:
        raise LibraryError(f"{path} cannot be read: {why(error)}.") from error
    except ValueError as error:
        raise DamagedError(f"{path} is damaged: {error}.") from error
    if not _is_tables(tables):
        raise DamagedError(f"{path} is damaged: it is not a TinyDB file.")
    _check_sums(path, data)
    return tables


def _is_tables(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(table, dict) and all(isinstance(document, dict) for document in table.values())
        for table in value.values()
    )


def _one_table(path: Path, name: str) -> Documents | None:
    """Return one table of a file in our own form; None where it is in another."""
    with path.open("rb") as file:
        sums: list[bytes] = []
        for number, line in enumerate(file):
            found = _TABLE.fullmatch(line)
            if found is None:
                return None
            if number == 0:
                sums = _sums(line)
            if found[1].decode() == name:
                if number and sums and sums[number - 1 : number] != [_sum(line)]:
                    raise DamagedError(f"{path} is damaged: “{name}” is not what was written.")
                table = json.loads(found[2])
                return table if _is_tables({name: table}) else None
    return {}


def _sum(line: bytes) -> bytes:
    # brackets at the end are part of every table, so nothing is lost by leaving them out
    return b"%08x" % zlib.crc32(line.rstrip(b",}\n"))


def _sum_of_meta(document: Document) -> str:
    told = [document.get(name) for name in ("format", "generation", "sums")]
    return f"{zlib.crc32(json.dumps(told).encode()):08x}"


def _is_changed(document: Document) -> bool:
    """Tell whether the beginning is not what was written (of a newer reader's, who can tell)."""
    if "sums" not in document or document.get("sum") == _sum_of_meta(document):
        return False
    newer = int(document.get("format", FORMAT)) > FORMAT
    return not newer or document.get("sum") == _sum_of_meta({**document, "format": FORMAT})


def _sums(beginning: bytes) -> list[bytes]:
    """Return the sums of the lines behind the first; none where the file tells none."""
    found = _META.match(beginning)
    try:
        return json.loads(found[1]).get("sums", "").encode().split() if found else []
    except (ValueError, AttributeError):
        return []


def _check_sums(path: Path, data: bytes) -> None:
    """Raise DamagedError where a file in our own form is not what was written."""
    lines = data.rstrip().split(b"\n")
    sums = _sums(lines[0])
    # one line for all: a stock TinyDB has written it since
    if len(lines) > 1 and sums and sums != [_sum(line) for line in lines[1:]]:
        raise DamagedError(f"{path} is damaged: it is not what was written.")


def write(path: Path, tables: Mapping[str, Documents], generation: int) -> None:
    """Put a snapshot in the place of the one before, whole or not at all (OSError)."""
    ordered = sorted((name for name in tables if name != META), key=lambda name: len(tables[name]))
    lines = [f"{json.dumps(name)}: {json.dumps(tables[name])}" for name in ordered]
    meta: Document = {"format": FORMAT, "generation": generation}
    meta["sums"] = b" ".join(_sum(line.encode("ascii")) for line in lines).decode()
    meta["sum"] = _sum_of_meta(meta)
    lines.insert(0, f'"{META}": {json.dumps({"1": meta})}')
    replace(path, ("{" + ",\n".join(lines) + "}\n").encode("ascii"))


def before(path: Path) -> Path:
    """Return where the snapshot of the generation before is kept."""
    return path.with_name(f"{path.stem}.before{path.suffix}")


def renew(path: Path, tables: Mapping[str, Documents], generation: int) -> None:
    """Write a new snapshot and keep the one that was there, for the case of damage (OSError)."""
    if path.exists():
        kept = before(path)
        replace(kept, path.read_bytes())
    write(path, tables, generation)


def apply(entries: Iterable[Entry], tables: Tables, only: Iterable[str] | None = None) -> None:
    """Change the tables (or only those named) as the entries say, in their order."""
    wanted = None if only is None else set(only)
    for entry in entries:
        for edit in entry.edits:
            if wanted is None or edit.table in wanted:
                _apply(edit, tables.setdefault(edit.table, {}), entry.at)


def _apply(edit: Edit, documents: Documents, at: int) -> None:
    for number in map(str, edit.ids):
        if edit.drop:
            documents.pop(number, None)
        elif edit.put is not None:
            documents[number] = dict(edit.put)
        elif edit.table == ARTICLES:
            # copied: what others were given is never changed under their hands
            documents[number] = _marked(dict(documents.get(number, {})), edit.set or {}, at)
        else:
            documents[number] = {**documents.get(number, {}), **(edit.set or {})}


def _marked(document: Document, fields: Mapping[str, Any], at: int) -> Document:
    """Change an article's document: each field, and each tag, with the time it was last set."""
    for name, value in fields.items():
        if name.startswith(TAG):
            _tagged(document, name.removeprefix(TAG), value)
            document["tags_at"] = {**document.get("tags_at", {}), name.removeprefix(TAG): at}
        else:
            document[name] = value
            document[f"{name}_at"] = at
    return document


def _tagged(document: Document, folded: str, shown: str | None) -> None:
    others = [tag for tag in document.get("tags", ()) if tag.casefold() != folded]
    document["tags"] = sorted([*others, shown] if shown else others, key=str.casefold)
