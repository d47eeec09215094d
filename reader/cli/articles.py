"""`reader list` and `reader show`."""

from typing import TYPE_CHECKING

import click

from reader.cli.base import Form, as_form, as_json, command
from reader.cli.query import asked
from reader.cli.setting import Named, Setting, named_articles
from reader.cli.terminal import document, out, say
from reader.errors import NotFoundError, UsageError
from reader.export.json_forms import article_form, row_form
from reader.model import Annotation, Article, Marks

if TYPE_CHECKING:
    from reader.library.listing import Order


@command(
    "list",
    "reader list",
    "reader list is:unread source:Herald --limit 20",
    "reader list '\"peace talks\" after:2025-07-01'",
    "reader list storm --order best",
    "reader list tag:later --json",
)
@click.argument("query", nargs=-1, metavar="[QUERY]")
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=100,
    show_default=True,
    metavar="N",
    help="At most N.",
)
@click.option(
    "--order",
    type=click.Choice(["newest", "oldest", "source", "unread", "best"]),
    default="newest",
    show_default=True,
    help="What stands first; the best by BM25.",
)
@as_json
@click.pass_obj
def list_articles(
    setting: Setting, *, query: tuple[str, ...], limit: int, order: "Order", json_: bool
) -> None:
    """List the articles that a search finds.

    QUERY is the search language: words, "phrases", prefix*, title: source: author: tag: story:
    lang: search:, is:unread|read|starred|noted, has:annotation, before: after: on:, AND OR NOT -
    and brackets.
    """
    wanted = asked(query)
    rows = setting.library.find(wanted, order=order, limit=limit)
    if json_:
        document([row_form(row) for row in rows])
    elif rows:
        from reader.cli.render_articles import table  # noqa: PLC0415  # not for --json

        out(table(rows))
    if not rows and limit:
        _say_nothing_found(setting)
    elif len(rows) == limit and (more := setting.library.count(wanted) - limit) > 0:
        say(f"{more} more: see --limit")


def _say_nothing_found(setting: Setting) -> None:
    if setting.library.count():
        say("nothing found")
    else:
        say(f"the library in {setting.folder} is empty: see reader import --help")


@command(
    "show",
    "reader show 3k9v",
    "reader show 3k9v --format markdown > article.md",
    "reader show page.html",
    "reader show 3k9v --json",
    "reader show 3k9v --changes",
    "reader show 3k9v --revision 1",
)
@click.argument("article", metavar="ARTICLE|PATH")
@click.option("--changes", is_flag=True, help="Print what changed since the revision before.")
@click.option(
    "--revision",
    type=click.IntRange(1),
    metavar="N",
    help="An earlier revision; with --changes, what changed with it.",
)
@as_form
@as_json
@click.pass_obj
def show_article(
    setting: Setting,
    *,
    article: str,
    changes: bool,
    revision: int | None,
    form: Form,
    json_: bool,
) -> None:
    """Print one article, with its tags and notes, or what changed in it.

    Changes are shown by words: [-what went-] and {+what came+}.
    """
    named = _one(setting, article)
    if named is None:
        return  # why was said
    if (changes or revision) and not named.stored:
        raise UsageError("--changes and --revision are for articles of the library, not for files")
    if changes:
        _show_changes(setting, named.article, revision, form="json" if json_ else form)
        return
    if revision is not None:
        named = Named(setting.library.article(named.article.id, revision), stored=True)
    _print(setting, named, "json" if json_ else form)


def _print(setting: Setting, named: Named, form: Form) -> None:
    marks, annotations = _own_work(setting, named)
    if form == "json":
        story = setting.library.row(named.article.id).story if named.stored else None
        document(article_form(named.article, marks, story=story, stored=named.stored))
    elif form == "markdown":
        from reader.export.markdown import article_markdown  # noqa: PLC0415  # only this form

        out(article_markdown(named.article, marks, annotations))
    elif form == "html":
        from reader.export.html import article_page  # noqa: PLC0415  # only this form

        out(article_page(named.article, marks, annotations))
    else:
        from reader.cli.render_articles import article_text  # noqa: PLC0415  # only this form

        out(article_text(named.article, marks, annotations, stored=named.stored))


def _show_changes(setting: Setting, article: Article, number: int | None, *, form: Form) -> None:
    from reader.cli.render_changes import changes_form, changes_text  # noqa: PLC0415  # as above
    from reader.text.revisions import Version, changes  # noqa: PLC0415  # as above

    if form not in {"text", "json"}:
        raise UsageError("--changes are printed as text or as json")
    revisions = setting.library.revisions.of(article.id)
    new = number or article.revision
    pair = tuple(r for r in revisions if r.number in {new - 1, new})
    if len(pair) < 2:
        has = "1 revision" if len(revisions) == 1 else f"{len(revisions)} revisions"
        raise NotFoundError(f"There is nothing before revision {new} to compare: it has {has}.")
    versions = [setting.library.article(article.id, r.number) for r in pair]
    found = changes(*(Version(v.title, v.text, v.language) for v in versions))
    if form == "json":
        document(changes_form(article, revisions, (pair[0], pair[1]), found))
    else:
        out(changes_text(article, (pair[0], pair[1]), found))


def _one(setting: Setting, argument: str) -> Named | None:
    found = named_articles(setting, [argument])
    if len(found) > 1:
        raise UsageError(f"{argument} holds {len(found)} articles: import them to show one")
    if not found and not setting.failed:
        raise NotFoundError(f"{argument} holds no article")
    return found[0] if found else None


def _own_work(setting: Setting, named: Named) -> tuple[Marks, list[Annotation]]:
    if not named.stored:
        return Marks(), []
    notebook = setting.library.notebook
    return notebook.marks(named.article.id), notebook.annotations(named.article.id)
