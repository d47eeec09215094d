"""`reader export` and `reader annotations import`: out of the library, and back."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from reader.cli.base import ReaderCommand, as_json, command, examples
from reader.cli.layout import counted
from reader.cli.query import asked
from reader.cli.setting import Setting
from reader.cli.terminal import complain, document, out, say, stdin_bytes
from reader.errors import InputError, NotFoundError, UsageError
from reader.export.jsonld import Own, Read, read_jsonld
from reader.model import Article, ArticleId

if TYPE_CHECKING:
    from reader.library import Library

Form = Literal["markdown", "jsonld", "csv", "html"]


@command(
    "export",
    "reader export is:noted --format jsonld --output notes.jsonld",
    "reader export tag:work --format markdown --output ~/notes/articles",
    "reader export --format csv > articles.csv",
    "reader export is:starred --format html --output starred.html",
)
@click.argument("query", nargs=-1, metavar="[QUERY]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "jsonld", "csv", "html"]),
    required=True,
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The file to write; with markdown the folder, a file per article.",
)
@click.option("--force", is_flag=True, help="Replace files that were edited by hand, too.")
@click.pass_obj
def export(
    setting: Setting, *, query: tuple[str, ...], form: Form, output: Path | None, force: bool
) -> None:
    """Write articles with notes and highlights.

    One document goes to stdout or into a file; Markdown can go into a folder, a file per article.

    Markdown files that were edited since they were exported are left as they are and named.
    """
    ids = setting.library.ids(asked(query))
    if not ids:
        say("nothing found to export")
    if form == "markdown" and output is not None:
        _into_folder(setting, ids, output, force=force)
        return
    text = _document(setting.library, ids, form)
    if output is None:
        out(text.removesuffix("\n"))
        return
    from reader.export.files import write_document  # noqa: PLC0415  # only with --output

    write_document(output, text)
    say(f"{counted(len(ids), 'article')} written to {output}")


def _owned(library: "Library", ids: Sequence[ArticleId]) -> list[tuple[Own, Article]]:
    notebook = library.notebook
    return [
        (
            Own(article, notebook.marks(article.id).tags, tuple(notebook.annotations(article.id))),
            article,
        )
        for article in library.articles(ids)
    ]


def _document(library: "Library", ids: Sequence[ArticleId], form: Form) -> str:
    owned = _owned(library, ids)
    if form == "jsonld":
        from reader.export.jsonld import jsonld  # noqa: PLC0415  # only this form

        return jsonld([own for own, _ in owned])
    if form == "csv":
        from reader.export.csv import csv_table  # noqa: PLC0415  # only this form

        return csv_table([own for own, _ in owned])
    if form == "html":
        from reader.export.html import articles_page  # noqa: PLC0415  # only this form

        return articles_page(owned, "Articles")
    return "\n".join(_markdown(library, article) for _, article in owned)


def _markdown(library: "Library", article: Article) -> str:
    from reader.export.markdown import article_markdown  # noqa: PLC0415  # only this form

    notebook = library.notebook
    return article_markdown(article, notebook.marks(article.id), notebook.annotations(article.id))


def _into_folder(setting: Setting, ids: Sequence[ArticleId], folder: Path, *, force: bool) -> None:
    from reader.export.files import safe_name, write_sealed  # noqa: PLC0415  # only here

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(folder), error.strerror or str(error)) from error
    written = 0
    for id_ in ids:
        article = setting.library.article(id_)
        file = folder / safe_name(article, ".md")
        try:
            if write_sealed(file, _markdown(setting.library, article), force=force):
                written += 1
            else:
                setting.fail(str(file), "it was edited since, so it was left as it is; see --force")
        except InputError as error:
            setting.fail(error.where, error.reason)
    say(f"{counted(written, 'article')} written to {folder}")


@click.group("annotations")
def annotations() -> None:
    """Take notes, highlights and tags over from a file."""


@annotations.command(
    "import",
    cls=ReaderCommand,
    epilog=examples(
        "reader annotations import notes.jsonld",
        "reader export is:noted --format jsonld | ssh desk reader annotations import -",
    ),
)
@click.argument("file", metavar="FILE")
@as_json
@click.pass_obj
def import_annotations(setting: Setting, *, file: str, json_: bool) -> None:
    """Take over notes, highlights and tags from JSON-LD (W3C Web Annotation).

    Those that are there already are not doubled; the place of each is looked for in the text as it
    is now.
    """
    counts = {"added": 0, "unchanged": 0}
    failed = []
    for read in read_jsonld(_contents(file), "standard input" if file == "-" else file):
        try:
            if isinstance(read, InputError):
                raise read
            counts["added" if _take_over(setting.library, read) else "unchanged"] += 1
        except (InputError, NotFoundError) as error:
            where = error.where if isinstance(error, InputError) else file
            reason = error.reason if isinstance(error, InputError) else str(error)
            failed.append({"input": where, "reason": reason})
            setting.failed += 1
            complain(f"{where}: {reason}")
    setting.library.notebook.flush()
    if json_:
        document({**counts, "failed": failed})
    else:
        out(f"{counts['added']} added, {counts['unchanged']} unchanged")


def _contents(file: str) -> str:
    try:
        data = stdin_bytes().read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(file, "it is not UTF-8") from error
    except OSError as error:
        raise InputError(file, error.strerror or str(error)) from error


def _take_over(library: "Library", read: Read) -> bool:
    """Bring one annotation or tag into the library; False where it was there already."""
    article = library.article(read.article)  # NotFoundError
    notebook = library.notebook
    if read.tag is not None:
        if read.tag in notebook.marks(article.id).tags:
            return False
        notebook.tag([article.id], add=[read.tag])
        return True
    if read.annotation is None:
        raise UsageError("an annotation must say something")
    from reader.annotate.placing import placed  # noqa: PLC0415  # only here

    new = placed(read.annotation, article)
    if any(new == old for old in notebook.annotations(article.id) if old.id == new.id):
        return False
    notebook.annotate(new)
    return True
