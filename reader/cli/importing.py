"""`reader import`: files, folders, pages and standard input into the library."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import click

from reader.cli.base import as_json, command
from reader.cli.setting import Setting
from reader.cli.terminal import complain, document, out, progress, say, stdin_bytes
from reader.cli.times import date
from reader.export.json_forms import import_form
from reader.model import ArticleId, shown_id

if TYPE_CHECKING:
    from reader.intake import ImportReport


@command(
    "import",
    "reader import ~/articles",
    "reader import story.html report.md --source Herald",
    "reader import https://example.org/news/bridge",
    "reader import pocket.csv --full-text",
    "reader import 2025/*.txt --published 2025-07-04 --json",
    "cat article.txt | reader import - --source Courier",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH|URL...")
@click.option("--source", metavar="NAME", help="The outlet, where the file names none.")
@click.option("--language", metavar="XX", help="The language, where the file names none: en, de …")
@click.option("--published", type=date, metavar="DATE", help="When, where the file does not say.")
@click.option("--full-text", is_flag=True, help="Fetch the pages of what has only an address.")
@as_json
@click.pass_obj
def import_articles(
    setting: Setting,
    *,
    paths: tuple[str, ...],
    source: str | None,
    language: str | None,
    published: datetime | None,
    full_text: bool,
    json_: bool,
) -> None:
    """Store articles from files, folders and web addresses.

    Text, Markdown, pages, mails, feeds and what other programs export are recognised (see "Bring
    what you have" in the documentation); a folder is read with all below it; - is standard input;
    a URL stores that page. Importing the same again changes nothing; a changed text becomes the
    next revision of its article.
    """
    from reader.intake import ImportOptions, import_paths  # noqa: PLC0415  # only when importing

    options = ImportOptions(source, language, published, full_text=full_text)
    stdin = stdin_bytes() if "-" in paths else None
    with progress("read") as shown:
        report = import_paths(setting.library, paths, options, stdin=stdin, progress=shown)
    if full_text and report.short:
        report = _with_texts(setting, report)
    for failure in report.failed:
        setting.failed += 1
        complain(f"{failure.input}: {failure.reason}")
    _say_passed(report.passed)
    _say_removed(setting, (*report.changed, *report.unchanged))
    if json_:
        form = import_form(report.added, report.changed, report.unchanged, report.failed)
        document({**form, "passed_over": dict(report.passed)} if report.passed else form)
    else:
        counts = (len(report.added), len(report.changed), len(report.unchanged))
        out("{} added, {} changed, {} unchanged".format(*counts))


def _with_texts(setting: Setting, report: "ImportReport") -> "ImportReport":
    """Fetch the pages of articles that have only an address; return the report with what failed."""
    from reader.intake.full_text import MOST, complete  # noqa: PLC0415  # only when it is wanted

    short = report.short
    failed = list(report.failed)
    done = 0
    with progress("pages") as shown:
        for start in range(0, len(short), MOST):
            before = done

            def step(count: int, _of: int, before: int = before) -> None:
                shown(before + count)

            result = complete(setting.library, short[start : start + MOST], progress=step)
            failed += result.failed
            done += len(short[start : start + MOST])
    return replace(report, failed=tuple(failed))


def _say_passed(passed: Mapping[str, int]) -> None:
    """Say how many files of folders and archives were passed over."""
    count = sum(passed.values())
    if count:
        kinds = [f"{n:,} {ending or 'without an ending'}" for ending, n in passed.items()]
        more = ", …" if len(kinds) > 6 else ""
        say(f"{count:,} passed over in folders: {', '.join(kinds[:6])}{more}")


def _say_removed(setting: Setting, ids: tuple[ArticleId, ...]) -> None:
    """Say it where articles came that the reader has removed: importing does not undo that."""
    removed = [id_ for id_ in ids if setting.library.notebook.marks(id_).removed]
    if removed:
        names = " ".join(map(shown_id, removed[:3])) + (" …" if len(removed) > 3 else "")
        say(f"{len(removed)} of them were removed: reader remove --undo {names} brings them back")
