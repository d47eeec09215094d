"""When the notebook's snapshot is damaged or gone: what the one before and the journals still say.

A compaction keeps the snapshot that it replaces and the journal that it folded in. So a damaged
snapshot can be made again: the one before, and all journals from then on, in their order.
"""

import re
from itertools import takewhile
from pathlib import Path

from reader.errors import DamagedError
from reader.library import snapshot
from reader.library.files import free_name
from reader.library.journal import read_file
from reader.library.snapshot import Meta, Tables


def journal_path(path: Path, generation: int) -> Path:
    """Return where the journal of a generation is, beside its snapshot."""
    return path.with_name(f"{path.stem}.{generation}.journal")


def generations(path: Path) -> list[int]:
    """Return the generations of which there are journals."""
    pattern = re.compile(rf"{re.escape(path.stem)}\.(\d+)\.journal")
    found = (pattern.fullmatch(name.name) for name in path.parent.iterdir())
    return sorted(int(match[1]) for match in found if match)


def meta_of(path: Path) -> tuple[Meta, bool]:
    """Return the format and generation of a notebook, and whether its snapshot is in order.

    A snapshot that is damaged or gone belongs to the generation of the newest journal.
    """
    try:
        meta = snapshot.meta_of(path)
    except DamagedError:
        return Meta(generation=max(generations(path), default=0)), False
    if meta is not None and meta.generation == snapshot.UNKNOWN:
        return Meta(meta.format, max(generations(path), default=0)), True
    if meta is None:
        generation = max(generations(path), default=0)
        return Meta(generation=generation), generation == 0
    return meta, True


def recovered(path: Path, generation: int) -> Tables:
    """Return the tables that the snapshot of a generation must have held, as far as is known."""
    kept = snapshot.before(path)
    try:
        meta = snapshot.meta_of(kept)
        tables = snapshot.load(kept)
    except DamagedError:
        meta, tables = None, {}
    tables.pop(snapshot.META, None)
    first = meta.generation if meta is not None else 0
    older = (number for number in generations(path) if number >= first)
    for number in takewhile(lambda number: number < generation, older):
        entries = read_file(journal_path(path, number)).entries
        snapshot.apply((entry for _, entry in entries), tables)
    return tables


def known_from(path: Path, generation: int) -> str:
    """Return, for a sentence, what `recovered` stands on, and whether something is lost by it."""
    try:
        meta = snapshot.meta_of(snapshot.before(path))
    except DamagedError:
        meta = None
    first = meta.generation if meta is not None else 0
    if set(range(first, generation)) <= set(generations(path)):
        return "the one before and the journals"
    return (
        "the newest journal alone, because the one before is damaged or gone too: what was done"
        " earlier is lost unless reader restore brings it back from a backup"
    )


def keep_copy(path: Path) -> Path | None:
    """Keep a file that is damaged under another name; None where it is gone."""
    kept = free_name(path.parent, f"{path.name}.damaged")
    try:
        kept.hardlink_to(path)
    except FileNotFoundError:
        return None
    return kept
