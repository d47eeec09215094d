"""`reader stories`: articles about the same event."""

from collections.abc import Collection, Sequence
from typing import Any

import click

from reader.cli.base import as_json, command
from reader.cli.layout import counted
from reader.cli.lines import lines_of, object_of
from reader.cli.query import asked
from reader.cli.setting import Setting
from reader.cli.terminal import document, out, progress, say
from reader.errors import InputError, UsageError
from reader.export.json_forms import failure_form, news_form, story_form
from reader.model import Article, ArticleId, Failure, NewSince, Story, shown_id


@command(
    "stories",
    "reader stories",
    "reader stories source:Herald after:3d",
    "reader stories --new",
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
@click.option(
    "--new",
    is_flag=True,
    help="Only stories of which you have read a report, and what their others add to it.",
)
@as_json
@click.pass_obj
def stories(
    setting: Setting, *, query: tuple[str, ...], from_: tuple[str, ...], new: bool, json_: bool
) -> None:
    """List the stories: articles about the same event, of one outlet or of several.

    With a QUERY those to which an article belongs that the search finds. The newest come first.
    With --new the sentences are shown that no report you have read has said.
    """
    if from_:
        if query or new:
            raise UsageError(f"--from takes no {'QUERY' if query else '--new'} beside it")
        _from_files(setting, from_, json_=json_)
    elif new:
        _with_news(setting, query, json_=json_)
    else:
        _from_library(setting, query, json_=json_)


def _stored(setting: Setting, query: tuple[str, ...]) -> tuple[list[Story], list[ArticleId]]:
    """Return the stories of what the query finds, and the articles that it finds."""
    wanted = asked(query)
    library = setting.library
    if not library.read_only:
        library.stories.update()
    ids = library.ids(wanted)
    return library.stories.of(ids if query else None), ids


def _with_news(setting: Setting, query: tuple[str, ...], *, json_: bool) -> None:
    from reader.briefing import new_since  # noqa: PLC0415  # numpy, for this option only

    library = setting.library
    found, _ids = _stored(setting, query)
    begun = [story for story in found if 0 < story.unread < len(story.articles)]
    news: list[tuple[Story, NewSince]] = []
    with progress("looked at") as shown:
        for story in begun:
            news.append((story, new_since(library, story)))
            shown.step()
    told = [(story, new) for story, new in news if new.sentences]
    if json_:
        corrected = library.stories.corrected()
        forms = [{**_form(story, corrected), **news_form(new)} for story, new in told]
        document({"stories": forms, "single": []})
        return
    from reader.cli.render_stories import news_list  # noqa: PLC0415  # not for --json

    if told:
        sources = {id_: library.row(id_).source for story, _ in told for id_ in story.articles}
        out(news_list(told, sources))
    say(f"{counted(len(told), 'story', 'stories')} with something new")


def _form(story: Story, corrected: Collection[int]) -> dict[str, Any]:
    """Return a story of the library: with what the reader did with it, and its copies."""
    return {
        **story_form(story),
        "unread": story.unread,
        "corrected": story.id in corrected,
        "copies": {shown_id(copy): shown_id(original) for copy, original in story.copies},
    }


def _from_library(setting: Setting, query: tuple[str, ...], *, json_: bool) -> None:
    found, ids = _stored(setting, query)
    told = {id_ for story in found for id_ in story.articles}
    single = [id_ for id_ in ids if id_ not in told]
    if json_:
        corrected = setting.library.stories.corrected()
        forms = [_form(story, corrected) for story in found]
        document({"stories": forms, "single": [shown_id(id_) for id_ in single]})
    else:
        _tell(found, len(single))


def _from_files(setting: Setting, files: tuple[str, ...], *, json_: bool) -> None:
    from reader.stories import Clusterer  # noqa: PLC0415  # after the arguments are read

    articles, names, failed = _read(setting, files)
    clusterer = Clusterer()
    with progress("read") as shown:
        for article in sorted(articles, key=lambda article: article.when):
            clusterer.add(article)
            shown.step()
    found = list(clusterer.stories())
    single = [names[ArticleId(id_)] for id_ in clusterer.single()]
    if json_:
        forms = [story_form(story, names.__getitem__) for story in found]
        failures = {"failed": [failure_form(each) for each in failed]} if failed else {}
        document({"stories": forms, "single": single, **failures})
    else:
        _tell(found, len(single), names)


def _read(
    setting: Setting, files: tuple[str, ...]
) -> tuple[list[Article], dict[ArticleId, str], list[Failure]]:
    """Return the articles of the files, how their ids are written there, and the lines left out."""
    from reader.intake import article_from_json  # noqa: PLC0415  # the library needs none

    articles: list[Article] = []
    names: dict[ArticleId, str] = {}
    failed: list[Failure] = []

    def fail(where: str, reason: str) -> None:
        setting.fail(where, reason)
        failed.append(Failure(where, reason))

    for line in lines_of(setting, files):
        try:
            data = object_of(line)
            article = article_from_json(data, line.where)
        except InputError as error:
            fail(error.where, error.reason)
            continue
        if article.id in names:
            fail(line.where, "the same article as in a line before; only the first counts")
            continue
        names[article.id] = str(data["id"]) if data.get("id") else shown_id(article.id)
        articles.append(article)
    return articles, names, failed


def _tell(found: Sequence[Story], single: int, names: dict[ArticleId, str] | None = None) -> None:
    from reader.cli.render_stories import story_list  # noqa: PLC0415  # not for --json

    if found:
        out(story_list(found, names))
    stories_ = counted(len(found), "story", "stories")
    say(f"{stories_}, {counted(single, 'article')} standing alone")
