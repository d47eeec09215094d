"""`reader story`: the reader corrects stories; what is said here is respected for ever."""

import click

from reader.cli.base import ReaderCommand, as_json, examples
from reader.cli.own import tell_change
from reader.cli.setting import Setting, stored_ids
from reader.errors import NotFoundError


@click.group(
    "story", epilog=examples("reader story take-out 3k9v", "reader story put 3k9v --into 5ngq")
)
def story() -> None:
    """Correct stories: take articles out, put them in, merge two."""


@story.command(
    "take-out",
    cls=ReaderCommand,
    epilog=examples("reader story take-out 3k9v 7qd2"),
)
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@as_json
@click.pass_obj
def take_out(setting: Setting, *, articles: tuple[str, ...], json_: bool) -> None:
    """Take articles out of their stories: they stand alone from now on."""
    ids = stored_ids(setting, articles)
    change = setting.library.stories.take_out(ids) if ids else None
    tell_change(setting, change, ids, json_=json_)


@story.command(
    "put",
    cls=ReaderCommand,
    epilog=examples("reader story put 3k9v 7qd2 --into 5ngq"),
)
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--into", required=True, metavar="STORY", help="The story, or an article of it.")
@as_json
@click.pass_obj
def put(setting: Setting, *, articles: tuple[str, ...], into: str, json_: bool) -> None:
    """Put articles into a story, or with another article into a new one."""
    ids = stored_ids(setting, articles)
    number = _story(setting, into)
    change = setting.library.stories.put_into(ids, number) if ids else None
    tell_change(setting, change, ids, json_=json_)


@story.command(
    "merge",
    cls=ReaderCommand,
    epilog=examples("reader story merge 3k9v --into 5ngq"),
)
@click.argument("merged", metavar="STORY")
@click.option("--into", required=True, metavar="STORY", help="The story that takes it in.")
@as_json
@click.pass_obj
def merge(setting: Setting, *, merged: str, into: str, json_: bool) -> None:
    """Merge a story into another: all its articles, and those that come later."""
    stories = setting.library.stories
    one, two = stories.resolve(merged), stories.resolve(into)
    ids = list(stories.story(one).articles)
    tell_change(setting, stories.merge(one, two), ids, json_=json_)


def _story(setting: Setting, named: str) -> int:
    """Return the story of this id, or that of the article of this id (its own where it has none).

    NotFoundError where it is neither.
    """
    library = setting.library
    try:
        return library.stories.resolve(named)
    except NotFoundError:
        article = library.resolve(named)
        return library.row(article).story or article
