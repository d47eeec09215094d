"""`reader stories`: articles about the same event."""

from collections.abc import Sequence

import click

from reader.cli.base import as_json, command
from reader.cli.layout import counted
from reader.cli.lines import lines_of, object_of
from reader.cli.query import asked
from reader.cli.setting import Setting
from reader.cli.terminal import document, out, progress, say
from reader.errors import InputError, UsageError
from reader.export.json_forms import story_form
from reader.model import Article, ArticleId, Story, shown_id


@command(
    "stories",
    "reader stories",
    "reader stories source:Herald after:3d",
    "reader stories --json",
    "reader stories --from articles.jsonl --json",
)
@click.argument("query", nargs=-1, metavar="[QUERY]")
@click.option(
    "--from",
    "from_",
    multiple=True,
    metavar="FILE.jsonl",
    help="The articles of a file instead of the library's, in the order of their dates.",
)
@as_json
@click.pass_obj
def stories(
    setting: Setting, *, query: tuple[str, ...], from_: tuple[str, ...], json_: bool
) -> None:
    """List the stories: articles about the same event, of one outlet or of several.

    With a QUERY those to which an article belongs that the search finds. The newest come first.
    """
    if from_:
        if query:
            raise UsageError("--from takes no QUERY beside it")
        _from_files(setting, from_, json_=json_)
    else:
        _from_library(setting, query, json_=json_)


def _from_library(setting: Setting, query: tuple[str, ...], *, json_: bool) -> None:
    wanted = asked(query)
    library = setting.library
    if not library.read_only:
        library.stories.update()
    ids = library.ids(wanted)
    found = library.stories.of(ids if query else None)
    told = {id_ for story in found for id_ in story.articles}
    single = [id_ for id_ in ids if id_ not in told]
    if json_:
        forms = [story_form(story) for story in found]
        document({"stories": forms, "single": [shown_id(id_) for id_ in single]})
    else:
        _tell(found, len(single))


def _from_files(setting: Setting, files: tuple[str, ...], *, json_: bool) -> None:
    from reader.stories import Clusterer  # noqa: PLC0415  # after the arguments are read

    articles, names = _read(setting, files)
    clusterer = Clusterer()
    with progress("read") as shown:
        for article in sorted(articles, key=lambda article: article.when):
            clusterer.add(article)
            shown.step()
    found = list(clusterer.stories())
    single = [names[ArticleId(id_)] for id_ in clusterer.single()]
    if json_:
        forms = [story_form(story, names.__getitem__) for story in found]
        document({"stories": forms, "single": single})
    else:
        _tell(found, len(single), names)


def _read(setting: Setting, files: tuple[str, ...]) -> tuple[list[Article], dict[ArticleId, str]]:
    """Return the articles of the files and how their ids are written there."""
    from reader.intake import article_from_json  # noqa: PLC0415  # the library needs none

    articles: list[Article] = []
    names: dict[ArticleId, str] = {}
    for line in lines_of(setting, files):
        try:
            data = object_of(line)
            article = article_from_json(data, line.where)
        except InputError as error:
            setting.fail(error.where, error.reason)
            continue
        if article.id in names:
            setting.fail(line.where, "the same article as in a line before; only the first counts")
            continue
        names[article.id] = str(data["id"]) if data.get("id") else shown_id(article.id)
        articles.append(article)
    return articles, names


def _tell(found: Sequence[Story], single: int, names: dict[ArticleId, str] | None = None) -> None:
    from reader.cli.render_stories import story_list  # noqa: PLC0415  # not for --json

    if found:
        out(story_list(found, names))
    stories_ = "1 story" if len(found) == 1 else f"{len(found)} stories"
    say(f"{stories_}, {counted(single, 'article')} standing alone")
