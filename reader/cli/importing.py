"""`reader import`: files, folders and standard input into the library."""

from datetime import datetime

import click

from reader.cli.base import as_json, command
from reader.cli.setting import Setting
from reader.cli.terminal import complain, document, out, progress, say, stdin_bytes
from reader.cli.times import date
from reader.export.json_forms import import_form
from reader.model import ArticleId, shown_id


@command(
    "import",
    "reader import ~/articles",
    "reader import story.html report.md --source Herald",
    "reader import 2025/*.txt --published 2025-07-04 --json",
    "cat article.txt | reader import - --source Courier",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--source", metavar="NAME", help="The outlet, where the file names none.")
@click.option("--language", metavar="XX", help="The language, where the file names none: en, de …")
@click.option("--published", type=date, metavar="DATE", help="When, where the file does not say.")
@as_json
@click.pass_obj
def import_articles(
    setting: Setting,
    *,
    paths: tuple[str, ...],
    source: str | None,
    language: str | None,
    published: datetime | None,
    json_: bool,
) -> None:
    """Store articles from files and folders.

    Text, Markdown, HTML and .jsonl are read; a folder with all below it; - is standard input.
    Importing the same again changes nothing; a changed text becomes the next revision of its
    article.
    """
    from reader.intake import ImportOptions, import_paths  # noqa: PLC0415  # only when importing

    options = ImportOptions(source=source, language=language, published=published)
    stdin = stdin_bytes() if "-" in paths else None
    with progress("read") as shown:
        report = import_paths(setting.library, paths, options, stdin=stdin, progress=shown)
    for failure in report.failed:
        setting.failed += 1
        complain(f"{failure.input}: {failure.reason}")
    _say_removed(setting, (*report.changed, *report.unchanged))
    if json_:
        document(import_form(report.added, report.changed, report.unchanged, report.failed))
    else:
        counts = (len(report.added), len(report.changed), len(report.unchanged))
        out("{} added, {} changed, {} unchanged".format(*counts))


def _say_removed(setting: Setting, ids: tuple[ArticleId, ...]) -> None:
    """Say it where articles came that the reader has removed: importing does not undo that."""
    removed = [id_ for id_ in ids if setting.library.notebook.marks(id_).removed]
    if removed:
        names = " ".join(map(shown_id, removed[:3])) + (" …" if len(removed) > 3 else "")
        say(f"{len(removed)} of them were removed: reader remove --undo {names} brings them back")
