"""Many summaries at once: the lines of a file, made in worker processes, in their order."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from reader.cli.lines import Line, object_of
from reader.errors import InputError, ReaderError
from reader.model import Article, ArticleId, article_id, shown_id
from reader.text.hygiene import shown_line
from reader.workers import Workers

CHUNK = 200_000
"""Bytes that one piece of work holds: about a second, so that progress is seen."""
ALONE = 250_000
"""Below so many bytes a worker's start (imports) takes longer than the work itself."""
AHEAD = 8
"""Pieces of work that wait for a worker while the file is read on."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What every summary is to be: as the options of `reader.summary.summarize`."""

    method: str | None = None
    sentences: int | None = None
    words: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """The JSON form of one line's summary; `failed` is why there is none, in one sentence."""

    where: str
    form: dict[str, Any]
    failed: str | None = None


def summaries(lines: Iterable[Line], wish: Wish) -> Iterator[Made]:
    """Yield the summaries of the lines, one for each and in their order.

    A line is an article or `{"id": …, "articles": [article, …]}`. Short inputs are done at once,
    long ones in worker processes. Raises ReaderError where a worker process ends unexpectedly.
    """
    chunks = _chunks(lines)
    first = next(chunks, [])
    second = next(chunks, None)
    if second is None and sum(len(line.text) for line in first) <= ALONE:
        yield from summarize_lines(first, wish)
        return
    waiting: deque[Future[list[Made]]] = deque()
    with _quiet_workers() as workers:
        for chunk in _joined(first, second, chunks):
            with _interrupts_held():
                waiting.append(workers.submit(summarize_lines, chunk, wish))
            if len(waiting) >= AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _joined(
    first: list[Line], second: list[Line] | None, others: Iterator[list[Line]]
) -> Iterator[list[Line]]:
    if second is None:
        half = len(first) // 2 or 1
        parts = [first[:half], first[half:]]
        yield from (part for part in parts if part)
        return
    yield first
    yield second
    yield from others


def _chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    size = 0
    for line in lines:
        chunk.append(line)
        size += len(line.text)
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


@contextmanager
def _quiet_workers() -> Iterator[Workers]:
    workers = Workers()
    try:
        yield workers
    except BrokenExecutor as error:
        raise ReaderError("a worker process ended unexpectedly (out of memory?)") from error
    except BaseException:
        for child in multiprocessing.active_children():
            child.terminate()  # nobody waits for what they are doing
        raise
    finally:
        workers.close()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl+C back while processes are started: they inherit that and stay silent on it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def summarize_lines(lines: Sequence[Line], wish: Wish) -> list[Made]:
    """Summarise each line; what cannot be done is told in its place."""
    return [_summarize_line(line, wish) for line in lines]


def _summarize_line(line: Line, wish: Wish) -> Made:
    from reader.export.json_forms import summary_form  # noqa: PLC0415  # a worker's import
    from reader.summary import summarize  # noqa: PLC0415  # with sumy behind it

    given = None
    try:
        data = object_of(line)
        given = data.get("id")
        articles, names, left_out = _articles(data, line.where)
        summary = summarize(
            articles, method=wish.method, sentences=wish.sentences, words=wish.words
        )
        summary = replace(summary, notes=(*summary.notes, *left_out))
    except ReaderError as error:
        reason = error.reason if isinstance(error, InputError) else str(error)
        return Made(line.where, _empty_form(given, reason), failed=reason)
    except Exception as error:  # noqa: BLE001  # one line must not cost the answers to all others
        reason = f"something unexpected went wrong ({type(error).__name__}: {error})"
        return Made(line.where, _empty_form(given, reason), failed=reason)
    return Made(line.where, summary_form(summary, given=given, naming=lambda id_: names[id_]))


def _articles(
    data: Mapping[str, Any], where: str
) -> tuple[list[Article], dict[ArticleId, str], list[str]]:
    """Return the articles of a line, how their ids are written, and what is left out, and why.

    An id is written as in the input, if it is given there. What is left out of several is a
    document that is no article or has no text; `InputError` when nothing is left.
    """
    from reader.intake import article_from_json  # noqa: PLC0415  # a worker's import

    members = data.get("articles", [data])
    if not isinstance(members, list):
        raise InputError(where, '"articles" is not an array of objects')
    if not members:
        raise InputError(where, '"articles" is empty')
    articles: list[Article] = []
    names: dict[ArticleId, str] = {}
    left_out: list[str] = []
    first: InputError | None = None
    for number, member in enumerate(members, 1):
        try:
            article = _with_text(article_from_json(member, where), where)
        except InputError as error:
            first = first or error
            left_out.append(f"Left out: {_named(member, number)}: {error.reason}.")
            continue
        count = 1
        while article.id in names:  # two articles of one line that nothing else tells apart
            count += 1
            article = replace(article, id=article_id(f"{article.identity}\t{count}"))
        names[article.id] = str(member["id"]) if member.get("id") else shown_id(article.id)
        articles.append(article)
    if not articles and first is not None:
        raise first
    return articles, names, left_out


def _with_text(article: Article, where: str) -> Article:
    if not article.text.strip():
        raise InputError(where, "it has no text to make a summary of")
    return article


def _named(member: Any, number: int) -> str:
    """Return how a document of a line is named: by its id, else by its place."""
    id_ = member.get("id") if isinstance(member, dict) else None
    named = f" ({shown_line(str(id_))[:60]})" if id_ else ""
    return f"article {number}{named}"


def _empty_form(given: Any, reason: str) -> dict[str, Any]:
    """Return what stands in the place of a summary that could not be made."""
    return {
        "id": given,
        "method": None,
        "language": None,
        "articles": [],
        "sentences": [],
        "coverage": {},
        "redundancy": 0.0,
        "notes": [],
        "error": reason,
    }
