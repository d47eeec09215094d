"""New since you read: what a story's new reports say that none of those one has read has said."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from reader.briefing import kept
from reader.errors import NotFoundError
from reader.library import Library
from reader.model import Article, ArticleId, ArticleRow, NewSentence, NewSince, Story

FOLDER = "news"
MOST_READ = 20
"""Of more reports that were read only the last so many are looked at."""
MOST_NEW = 20
"""Of more new reports the first so many; the others wait until these are read."""
MOST_FILES = 400
MOST_BYTES = 8 << 20

Find = Callable[[Sequence[Article], tuple[ArticleId, ...]], tuple[NewSentence, ...]]
"""Finds the sentences that none of the articles named has said (`find_unsaid`, somewhere)."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of an answer."""

    sentences: tuple[NewSentence, ...]


def find_unsaid(
    articles: Sequence[Article], read: tuple[ArticleId, ...]
) -> tuple[NewSentence, ...]:
    """Return what the articles say that those named in `read` do not; see `compare.unsaid`."""
    from reader.compare.unsaid import unsaid  # noqa: PLC0415 - numpy, where it is computed

    return unsaid(articles, frozenset(read))


def new_since(
    library: Library,
    story: Story,
    *,
    opened: ArticleId | None = None,
    find: Find = find_unsaid,
) -> NewSince:
    """Return the sentences of a story's unread reports that no report read before has said.

    Without a report that was read, or without a new one, nothing is new. `opened` counts as not
    read yet, whatever it is marked. `find` does the slow part; a screen lets a worker process do
    it. The answer is kept by the texts that it was made of.
    """
    rows = _rows(library, story.articles)
    read = [i for i in story.articles if i in rows and rows[i].marks.read and i != opened]
    new = [i for i in story.articles if i in rows and i not in read]
    if not read or not new:
        return NewSince((), tuple(read), (), ())
    read = read[-MOST_READ:]
    languages = {rows[i].language for i in read}
    held = [i for i in new if _comparable(rows[i].language, languages)]
    if opened in held:
        held = [opened, *(i for i in held if i != opened)]
    held = [i for i in new if i in set(held[:MOST_NEW])]
    sentences = _sentences(library, read, held, find) if held else ()
    apart = tuple(i for i in new if i not in held)
    return NewSince(sentences, tuple(read), tuple(held), apart)


def _rows(library: Library, ids: Sequence[ArticleId]) -> dict[ArticleId, ArticleRow]:
    """Return the rows of articles, without those that are no longer there."""
    found = {}
    for id_ in ids:
        with suppress(NotFoundError):
            found[id_] = library.row(id_)
    return found


def _comparable(language: str | None, known: set[str | None]) -> bool:
    return language is None or None in known or language in known


def _sentences(
    library: Library, read: Sequence[ArticleId], new: Sequence[ArticleId], find: Find
) -> tuple[NewSentence, ...]:
    articles = library.articles([*read, *new])
    file = kept.place(library.folder / FOLDER, articles, read)
    answer = kept.known(_Kept, file)
    if answer is None:
        answer = _Kept(find(articles, tuple(read)))
        if not library.read_only:
            kept.keep(file, answer, most_files=MOST_FILES, most_bytes=MOST_BYTES)
    return answer.sentences
