"""`reader backup`, `reader restore`: a library in one file, and back."""

from collections.abc import Mapping
from pathlib import Path

import click

from reader.cli.base import as_json, command
from reader.cli.layout import counted
from reader.cli.setting import Setting
from reader.cli.terminal import document, out, say
from reader.errors import DamagedError, LibraryError
from reader.text.hygiene import shown_line

_FILE = click.Path(path_type=Path)


@command(
    "backup",
    "reader backup ~/backups/news.zip",
    "reader backup ~/backups/news.zip --force",
    "reader backup --own-work ~/backups/notes.zip",
)
@click.argument("file", type=_FILE)
@click.option("--own-work", is_flag=True, help="Only what you did, without the articles: small.")
@click.option("--force", is_flag=True, help="Replace FILE where it is there already.")
@as_json
@click.pass_obj
def backup(setting: Setting, *, file: Path, own_work: bool, force: bool, json_: bool) -> None:
    """Write the library into one file, which `reader restore` reads.

    It may be in use: the file holds it as it was at one moment. It is checked after it was written,
    and there as a whole or not at all.
    """
    if not setting.folder.is_dir():
        raise LibraryError(f"There is no library in {setting.folder}.")
    manifest = setting.library.back_up(file, own_work=own_work, force=force)
    if json_:
        document({"file": str(file), **manifest.document()})
    else:
        out(f"{_counts(manifest.counts)} backed up to {shown_line(str(file))}")


def _counts(counts: Mapping[str, int]) -> str:
    """Say what a backup holds."""
    parts = [("articles", "article"), ("marked", "marked article"), ("annotations", "annotation")]
    return ", ".join(counted(counts[name], word) for name, word in parts if name in counts)


@command("restore", "reader restore ~/backups/news.zip")
@click.argument("file", type=_FILE)
@as_json
@click.pass_obj
def restore(setting: Setting, *, file: Path, json_: bool) -> None:
    """Make the library what a backup says; what it held before is backed up first.

    The backup is checked before anything is changed, and restored as a whole or not at all. Readers
    that have the library open see it at once. A backup of your own work leaves the articles alone.
    """
    from reader.library.unpacking import look  # noqa: PLC0415  # not for --help

    look(file)
    aside = None
    try:
        library = setting.library
    except DamagedError as error:
        from reader.library.salvage import set_aside  # noqa: PLC0415  # seldom needed

        say(str(error))
        aside = set_aside(setting.folder)
        library = setting.library
    restored = library.restore(file)
    if json_:
        kept = {"kept": str(restored.kept), "aside": aside and str(aside)}
        document({"file": str(file), **kept, **restored.manifest.document()})
        return
    out(f"{_counts(restored.manifest.counts)} restored from {shown_line(str(file))}")
    say(f"what was there before is in {restored.kept}")
    if aside is not None:
        say(f"the damaged archive is kept in {aside}")
