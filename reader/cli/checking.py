"""`reader doctor`: whether the library is sound, and mending it."""

import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli.base import as_json, command
from reader.cli.layout import counted
from reader.cli.setting import Setting
from reader.cli.terminal import complain, document, out, say
from reader.errors import DamagedError, ReadOnlyError

if TYPE_CHECKING:
    from reader.library import Library


@dataclass
class Findings:
    """What a visit found and did."""

    was_wrong: list[str] = field(default_factory=list)
    """What was wrong, a sentence each."""
    wrong: list[str] = field(default_factory=list)
    """What still is."""
    kept: list[Path] = field(default_factory=list)
    """Where copies are of what was there before."""
    articles: int | None = None
    notes: list[str] = field(default_factory=list)
    """What is worth knowing and is no fault of the library's."""


@command("doctor", "reader doctor", "reader doctor --repair", "reader doctor --json")
@click.option("--repair", is_flag=True, help="Make again what can be made again.")
@as_json
@click.pass_obj
def doctor(setting: Setting, *, repair: bool, json_: bool) -> None:
    """Check the library: both stores, the index, what mirrors the notebook, the notes' places.

    What is wrong is said in sentences, and the status is then 1. Repairing makes counts, index,
    mirror and places again from the texts and from the notebook, and a damaged archive from what
    can be read of it. A copy of what was there before is kept and named.
    """
    found = Findings()
    library = _opened(setting, found, repair=repair)
    if library is not None:
        before = len(library.notices)
        found.wrong = library.check(thorough=True)
        found.was_wrong += library.notices[before:]
        if found.wrong and repair:
            _repair(setting, library, found)
        with contextlib.suppress(DamagedError):  # what is wrong was said already
            found.articles = setting.library.count()
    setting.failed += len(found.wrong)
    found.notes = _encoder_notes(setting)
    if json_:
        told = {"was_wrong": found.was_wrong, "wrong": found.wrong}
        kept = [str(path) for path in found.kept]
        document({"articles": found.articles, **told, "kept": kept, "notes": found.notes})
    else:
        _tell(found, repair=repair)


def _opened(setting: Setting, found: Findings, *, repair: bool) -> "Library | None":
    """Return the library; None where its archive cannot be opened and shall not be repaired."""
    try:
        library = setting.library
    except DamagedError as error:
        if not repair:
            found.wrong.append(str(error))
            return None
        found.was_wrong.append(str(error))
        return _rescued(setting, found)
    if repair and library.read_only:
        raise ReadOnlyError(f"The library {library.folder} is open for reading only.")
    return library


def _repair(setting: Setting, library: "Library", found: Findings) -> None:
    """Mend what is wrong; what cannot be read at all first."""
    found.was_wrong += found.wrong
    if library.upkeep.broken():
        library = _rescued(setting, found)
    repaired = library.repair()
    found.kept.append(repaired.kept)
    found.wrong = repaired.wrong


def _rescued(setting: Setting, found: Findings) -> "Library":
    """Make the archive again from what can be read of it."""
    from reader.library.salvage import rescue  # noqa: PLC0415  # seldom needed

    setting.close()
    saved = rescue(setting.folder)
    found.kept.append(saved.aside)
    if saved.unreadable:
        found.was_wrong.append(
            f"The texts of {counted(saved.unreadable, 'article')} could not be read; they come back"
            " when they are fetched or imported again."
        )
    return setting.library


def _encoder_notes(setting: Setting) -> list[str]:
    """Return what is to be said of the sentence encoder: which one is used, or why none is."""
    from reader.briefing import encoders  # noqa: PLC0415  # seldom needed
    from reader.errors import EncoderError  # noqa: PLC0415  # as above

    choice = encoders.chosen(setting.configured("compare"))
    if choice is None:
        unused = (
            'A sentence encoder is installed but not used: encoder = "package" in [compare] of the'
            " configuration switches it on."
        )
        return [] if encoders.problem(encoders.EncoderChoice()) else [unused]
    try:
        return [f"Comparisons use the sentence encoder {encoders.load(choice).name}."]
    except EncoderError as error:
        return [str(error)]


def _tell(found: Findings, *, repair: bool) -> None:
    for fault in found.was_wrong:
        say(f"was wrong: {fault}")
    for note in found.notes:
        say(note)
    for path in found.kept:
        say(f"what was there before is in {path}")
    for fault in found.wrong:
        complain(fault)
    if found.wrong and not repair:
        say("reader doctor --repair mends what can be made again")
    if not found.wrong and found.articles is not None:
        out(f"{counted(found.articles, 'article')}, nothing is wrong")
