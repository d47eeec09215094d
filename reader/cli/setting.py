"""Where a command works: its library, and the articles that its arguments name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.terminal import complain, say, stdin_bytes
from reader.config import Settings, config_file, library_folder, load
from reader.errors import NotFoundError, UsageError
from reader.model import Article, ArticleId, Failure, article_id, id_range, shown_id

if TYPE_CHECKING:
    from reader.intake import ImportOptions
    from reader.library import Library


class Setting:
    """The library that is meant and what has failed so far."""

    def __init__(self, library: Path | None = None, config: Path | None = None) -> None:
        self.library_option = library
        self.config_option = config
        self.failed = 0
        self._opened: Library | None = None

    @property
    def folder(self) -> Path:
        """Return the library's folder, which need not be there yet."""
        return library_folder(self.library_option)

    @cached_property
    def library(self) -> "Library":
        """Open the library when it is first needed, and say what it has to say."""
        from reader.library import Library  # noqa: PLC0415  # commands on files need none

        self._opened = library = Library.open(self.folder)
        for notice in library.notices:
            say(notice)
        return library

    def configured(self, table: str) -> Settings:
        """Return the settings, and say what is wrong in one of the configuration's tables."""
        settings, problems = load(config_file(self.config_option))
        for problem in problems:
            if f": {table}" in problem:
                say(problem)
        return settings

    def close(self) -> None:
        """Close the library, if it was opened."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None
        self.__dict__.pop("library", None)

    def fail(self, where: str, reason: str) -> None:
        """Name an input that could not be used; the status will be 1."""
        self.failed += 1
        complain(f"{where}: {reason}")


@dataclass(frozen=True, slots=True)
class Named:
    """An article that an argument names; `stored` tells whether it is in the library."""

    article: Article
    stored: bool


def is_path(argument: str) -> bool:
    """Return whether an ARTICLE argument is a file, a folder or standard input."""
    if argument == "-" or "/" in argument or Path(argument).exists():
        return True
    return id_range(argument) is None


def stored_ids(setting: Setting, arguments: Sequence[str]) -> list[ArticleId]:
    """Return the ids that the arguments name in the library, each once; name those that fail."""
    found: dict[ArticleId, None] = {}
    for argument in arguments:
        try:
            found.setdefault(setting.library.resolve(argument))
        except NotFoundError as error:
            setting.failed += 1
            complain(str(error))
    return list(found)


def with_story(setting: Setting, arguments: tuple[str, ...], story: str | None) -> tuple[str, ...]:
    """Return the arguments and, behind them, the ids of a story's articles; NotFoundError."""
    if story is None:
        return arguments
    stories = setting.library.stories
    found = stories.story(stories.resolve(story))
    return (*arguments, *map(shown_id, found.articles))


def named_articles(
    setting: Setting,
    arguments: Sequence[str],
    options: "ImportOptions | None" = None,
    *,
    sources: Sequence[str] = (),
) -> list[Named]:
    """Return the articles that ids and PATHs name, in their order; name the inputs that fail.

    `sources` are the outlets' names for the PATHs, in order, where the files name none.
    """
    paths = sum(map(is_path, arguments))
    if len(sources) > paths:
        raise UsageError(f"{len(sources)} times --source, but only {paths} files to name")
    names = iter(sources)
    found: list[Named] = []
    for argument in arguments:
        if is_path(argument):
            found.extend(_from_path(setting, argument, options, next(names, None)))
        else:
            found.extend(_from_library(setting, argument))
    return _with_ids_of_their_own(found)


def _from_library(setting: Setting, argument: str) -> Iterator[Named]:
    try:
        yield Named(setting.library.article(setting.library.resolve(argument)), stored=True)
    except NotFoundError as error:
        setting.failed += 1
        complain(str(error))


def _from_path(
    setting: Setting, path: str, options: "ImportOptions | None", source: str | None
) -> Iterator[Named]:
    from reader.intake import ImportOptions, read_paths  # noqa: PLC0415  # ids need no intake

    options = options or ImportOptions()
    if source is not None:
        options = replace(options, source=source)
    stdin = stdin_bytes() if path == "-" else None
    for read in read_paths([path], options, stdin=stdin):
        if isinstance(read, Failure):
            setting.fail(read.input, read.reason)
        else:
            yield Named(read, stored=False)


def _with_ids_of_their_own(found: list[Named]) -> list[Named]:
    """Tell files apart whose outlet and name are the same: what points into them must be sure.

    An article of the library that is named twice counts once.
    """
    taken: set[ArticleId] = set()
    distinct = []
    for named in found:
        article, count = named.article, 1
        if named.stored and article.id in taken:
            continue
        while article.id in taken:
            count += 1
            article = replace(article, id=article_id(f"{named.article.identity}\t{count}"))
        taken.add(article.id)
        distinct.append(Named(article, named.stored))
    return distinct
