"""Articles of which a feed carries only a teaser, completed from their page.

The page is asked for politely (one request at a time from each host, a pause between two), its main
text is found by trafilatura in a worker process, and the article gets it as its next revision. A
page that cannot be had is asked for again later, less and less often, and a host that wants to be
left alone is left alone. Off until the reader asks for it, for a feed or for all.
"""

import asyncio
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import count, groupby
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader.errors import InputError
from reader.intake import retry
from reader.intake.http import PAGE_TYPES, Client, HttpError, HttpLimits, Request
from reader.intake.parsing import PageJob, ParseLimits, Parsers
from reader.model import Article, ArticleId, Failure

if TYPE_CHECKING:
    from reader.library import Library

MOST = 300
"""So many pages are asked for in one go; the rest the next time."""
MOST_FAILURES = 10
"""So often a page is asked for, the last times a day apart: then it is given up."""
PAUSE = 1.0
"""Seconds between two requests to one host, and up to half as much again by chance."""
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CompletionReport:
    """What became of the articles that were to be completed."""

    completed: tuple[ArticleId, ...] = ()
    failed: tuple[Failure, ...] = ()


def wanted(article: Article, mode: str) -> bool:
    """Tell whether an article is to be completed: mode "always", or "short" for teasers only."""
    return bool(article.url) and (mode == "always" or (mode == "short" and article.excerpt))


def complete(
    library: "Library",
    ids: Sequence[ArticleId],
    *,
    http: HttpLimits | None = None,
    parsing: ParseLimits | None = None,
    pause: float = PAUSE,
    progress: Callable[[int, int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> CompletionReport:
    """Complete articles from their pages; from any thread. What fails is in the report.

    What is not got to (beyond `MOST`, after `stop`, of a host that asks to wait) and what fails is
    left among `library.feeds.pages`, for later.
    """
    chosen = [article for article in library.articles(ids[:MOST]) if article.url]
    if not chosen:
        return CompletionReport()
    run = _Run(library, http or HttpLimits(), parsing or ParseLimits(), pause, stop)
    return asyncio.run(run.all(chosen, progress))


def _host(article: Article) -> str:
    return urlsplit(article.url or "").hostname or ""


class _Run:
    """One go of completing."""

    def __init__(
        self,
        library: "Library",
        http: HttpLimits,
        parsing: ParseLimits,
        pause: float,
        stop: Callable[[], bool] | None,
    ) -> None:
        self._library = library
        self._stop = stop or (lambda: False)
        self._client = Client(replace(http, per_host=1))
        self._parsers = Parsers(parsing)
        self._pause = pause
        self._chance = random.Random(0)  # noqa: S311 - a pause is no secret
        self._named: dict[str, frozenset[str]] = {}
        self._failures: dict[ArticleId, int] = {}
        self._done: list[ArticleId] = []
        self._failed: list[Failure] = []

    async def all(
        self, articles: Sequence[Article], progress: Callable[[int, int], None] | None
    ) -> CompletionReport:
        """Complete the articles, host by host, the hosts beside each other."""
        self._failures = self._library.feeds.pages.failures(article.id for article in articles)
        for key in {article.feed or "" for article in articles}:
            feed = self._library.feeds.known(key)
            host = urlsplit(feed.key).hostname if feed and feed.private else None
            self._named[key] = frozenset({host} if host else ())
        numbers = count(1)

        def asked() -> None:
            if progress:
                progress(next(numbers), len(articles))

        hosts = groupby(sorted(articles, key=_host), key=_host)
        groups = [list(group) for _, group in hosts]
        try:
            async with self._client:
                await asyncio.gather(*(self._of_host(group, asked) for group in groups))
        finally:
            await self._parsers.close()
        return CompletionReport(tuple(self._done), tuple(self._failed))

    async def _of_host(self, articles: Sequence[Article], asked: Callable[[], None]) -> None:
        """Complete the articles of one host, with pauses; none more once it wants no requests."""
        until = None
        for number, article in enumerate(articles):
            if number and until is None:
                await asyncio.sleep(self._pause + self._chance.random() * self._pause / 2)
            if self._stop():
                return
            if until is None:
                until = await self._one(article)
            else:
                await self._postpone(article, until, 0, "")
            asked()

    async def _one(self, article: Article) -> datetime | None:
        """Complete an article; return until when its host wants no more requests."""
        address = article.url or ""
        later = ""
        try:
            # the address of an article without a feed is one that the reader brought
            own = frozenset({_host(article)}) if article.feed is None else frozenset()
            named = self._named[article.feed or ""] | own
            answer = await self._client.get(Request(address, named=named, accept=PAGE_TYPES))
            told = _CHARSET.search(answer.headers.get("content-type", ""))
            job = PageJob(article, answer.body, told[1] if told else None, answer.address)
            result = (await self._parsers.complete(job)).article
        except HttpError as error:
            reason, later = str(error), error.later
        except InputError as error:
            reason = error.reason
        else:
            await asyncio.to_thread(self._keep, article, result)
            return None
        return await self._failed_for_now(article, reason, later)

    async def _failed_for_now(self, article: Article, reason: str, later: str) -> datetime | None:
        """Note that a page could not be had; return until when its host asked to wait."""
        reason = reason.partition(";")[0]  # what follows is advice about a feed
        self._failed.append(Failure(article.url or "", reason))
        failures = self._failures.get(article.id, 0) + 1
        now = datetime.now(UTC)
        until = retry.asked_to_wait(later, now) if later else None
        if failures >= MOST_FAILURES:
            await asyncio.to_thread(self._library.feeds.pages.done, article.id)
        else:
            when = until or now + retry.rest(failures, self._chance)
            await self._postpone(article, when, 1, reason)
        return until

    async def _postpone(self, article: Article, when: datetime, more: int, reason: str) -> None:
        failures = self._failures.get(article.id, 0) + more
        later = partial(self._library.feeds.pages.later, failures=failures, reason=reason)
        await asyncio.to_thread(later, article.id, when)

    def _keep(self, article: Article, result: Article | None) -> None:
        if result is not None:
            self._library.feeds.completed(article)
            self._library.add([result])
            self._done.append(article.id)
        self._library.feeds.pages.done(article.id)
