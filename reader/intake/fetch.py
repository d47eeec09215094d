"""Fetching what is subscribed: all feeds at once, each with its own result."""

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from reader.errors import InputError
from reader.intake import retry
from reader.intake.addresses import same_server
from reader.intake.http import WANTS_LOGIN, Answer, Client, HttpError, HttpLimits, Request
from reader.intake.logins import keyring_missing, login_for, of_netrc
from reader.intake.parsing import Job, Parsed, ParseLimits, Parsers
from reader.library.preparing import Prepared
from reader.model import ArticleId, Failure, FeedState, Subscription

if TYPE_CHECKING:
    from reader.library import Library

STOP_LOOK = 0.1
"""Seconds between two looks at whether to stop."""
FORM = "2"
"""Changes when the same bytes would give other articles, so that they are read again."""

Result = Literal["new", "unchanged", "failed", "waiting", "gone"]


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How to fetch."""

    http: HttpLimits = field(default_factory=HttpLimits)
    parsing: ParseLimits = field(default_factory=ParseLimits)
    attempts: int = 3
    """Requests for one feed, where the failure may pass (a broken connection, a 500)."""
    pause: float = 1.0
    """Seconds before the second attempt, twice as long before the third."""
    patience: float = 10.0
    """Seconds that are waited at once where a server names a time; longer is for the next fetch."""
    automatic: bool = False
    """Whether nobody asked for it: feeds that keep failing are then left alone for a while."""
    stories: bool = True
    """Whether the new articles get their place among the stories at once (about 2 ms each)."""
    seed: int | None = None
    """Of the jitter, for tests."""


@dataclass(frozen=True, slots=True)
class FeedResult:
    """What became of one feed."""

    feed: Subscription
    result: Result
    added: tuple[ArticleId, ...] = ()
    changed: tuple[ArticleId, ...] = ()
    unchanged: tuple[ArticleId, ...] = ()
    reason: str = ""
    """Why it failed or waits, one sentence without its end."""
    until: datetime | None = None
    """When it may be asked again, where it waits."""
    left_out: int = 0
    """Entries beyond the number that is taken from one feed."""


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What became of a fetch, in the order of the subscriptions."""

    feeds: tuple[FeedResult, ...] = ()

    @property
    def added(self) -> tuple[ArticleId, ...]:
        """The articles that are new."""
        return tuple(id_ for feed in self.feeds for id_ in feed.added)

    @property
    def changed(self) -> tuple[ArticleId, ...]:
        """The articles that have another text, title or head than before."""
        return tuple(id_ for feed in self.feeds for id_ in feed.changed)

    @property
    def unchanged(self) -> tuple[ArticleId, ...]:
        """The articles that came again as they were."""
        return tuple(id_ for feed in self.feeds for id_ in feed.unchanged)

    @property
    def failed(self) -> tuple[Failure, ...]:
        """The feeds that could not be fetched, each with the reason."""
        return tuple(Failure(f.feed.address, f.reason) for f in self.feeds if f.result == "failed")


Progress = Callable[[FeedResult, int, int], None]
"""Called with each result as it comes, how many feeds are done, and of how many."""

USUAL = FetchOptions()


def fetch(
    library: "Library",
    feeds: Sequence[Subscription] | None = None,
    options: FetchOptions = USUAL,
    *,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> FetchReport:
    """Fetch feeds (by default all that are not muted) into the library; from any thread.

    LibraryError where another reader is fetching, or the library cannot be written. A feed that
    fails is in the report and ends nothing. Feeds that are named are asked even if they are gone.
    `stop` is asked now and then whether to end early: what has come by then is stored, and the
    other feeds are not in the report.
    """
    named = feeds is not None
    chosen = list(feeds) if feeds is not None else [s for s in library.feeds.all() if not s.muted]
    with library.feeds.fetching():
        run = _Run(library, options, named=named, progress=progress)
        report = asyncio.run(run.all(chosen, stop))
    if options.stories and (report.added or report.changed):
        library.stories.update()
    return report


@dataclass(slots=True)
class _Got:
    """A feed that came, on its way into the library."""

    feed: Subscription
    state: FeedState
    ready: tuple[Prepared, ...] = ()
    told: dict[str, Any] = field(default_factory=dict)
    left_out: int = 0
    failed: bool = False


class _Run:
    """One fetch."""

    def __init__(
        self,
        library: "Library",
        options: FetchOptions,
        *,
        named: bool,
        progress: Progress | None,
    ) -> None:
        self._library = library
        self._options = options
        self._named = named
        self._progress = progress
        self._chance = random.Random(options.seed)  # noqa: S311 - jitter is no secret
        self._states = library.feeds.states()
        self._parsers = Parsers(options.parsing)
        self._client = Client(options.http)
        self._queue: asyncio.Queue[_Got | None] = asyncio.Queue()
        self._results: dict[str, FeedResult] = {}
        self._total = 0

    async def all(
        self, feeds: Sequence[Subscription], stop: Callable[[], bool] | None = None
    ) -> FetchReport:
        """Fetch the feeds and store what comes, while others are still on their way."""
        self._total = len(feeds)
        async with self._open():
            storing = asyncio.create_task(self._store())
            fetching = [asyncio.create_task(self._one(feed)) for feed in feeds]
            try:
                everything = asyncio.create_task(_finished(fetching, stop))
                await asyncio.wait({everything, storing}, return_when=asyncio.FIRST_COMPLETED)
                if storing.done():  # it ends early only where the library cannot be written
                    storing.result()
                await everything
                await self._queue.put(None)
                await storing
            finally:
                for task in (*fetching, storing):
                    task.cancel()
                await asyncio.gather(*fetching, storing, return_exceptions=True)
        done = (self._results.get(feed.key) for feed in feeds)
        return FetchReport(tuple(result for result in done if result is not None))

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[None]:
        try:
            async with self._client:
                yield
        finally:
            await self._parsers.close()

    async def _one(self, feed: Subscription) -> None:
        """Fetch one feed, whatever happens."""
        state = self._states.get(feed.key) or FeedState(feed.key)
        now = datetime.now(UTC)
        if skipped := self._skipped(feed, state, now):
            self._done(skipped)
            return
        try:
            answer = await self._asked(feed, state)
            got = await self._read(feed, state, answer)
        except HttpError as error:
            got = _Got(feed, self._failed(state, str(error), error, now), failed=True)
        except InputError as error:
            got = _Got(feed, self._failed(state, error.reason, None, now), failed=True)
        except Exception as error:  # noqa: BLE001 - one feed's surprise must not end the others
            reason = f"something unexpected went wrong ({type(error).__name__})"
            got = _Got(feed, self._failed(state, reason, None, now), failed=True)
        await self._queue.put(got)

    def _skipped(self, feed: Subscription, state: FeedState, now: datetime) -> FeedResult | None:
        if state.gone and not self._named:
            return FeedResult(feed, "gone", reason=state.reason)
        held = state.told or self._options.automatic
        if state.not_before is not None and state.not_before > now and held:
            return FeedResult(feed, "waiting", reason=state.reason, until=state.not_before)
        return None

    async def _asked(self, feed: Subscription, state: FeedState) -> Answer:
        """Ask for a feed, again where that may help, all within the time for one feed."""
        # a name that stood for a public address once may not lead inside later (DNS rebinding)
        host = urlsplit(feed.key).hostname if feed.private is not False else None
        request = Request(
            feed.address,
            etag=state.etag,
            modified=state.modified,
            named=frozenset({host} if host else ()),
            login=await self._login(feed, state),
        )
        left = self._options.http.total
        for attempt in range(1, self._options.attempts + 1):
            begun = asyncio.get_running_loop().time()
            try:
                return await self._client.get(request, left)
            except HttpError as error:
                left -= asyncio.get_running_loop().time() - begun
                wait = self._pause(error, attempt)
                if wait is None or wait >= left:
                    raise
                await asyncio.sleep(wait)
                left -= wait
        raise AssertionError("the last attempt returns or raises")

    async def _login(self, feed: Subscription, state: FeedState) -> tuple[str, str] | None:
        """Return the login of a feed; of one that wants one and has none, what netrc has by now."""
        if feed.login and same_server(feed.key, feed.address):  # a move takes no password along
            login = await asyncio.to_thread(login_for, feed.key)
            if login is None and keyring_missing():
                raise HttpError(
                    "its password is in the system's keyring, which needs the extra keyring:"
                    " install reader-tui[keyring], or add it again with name and password in the"
                    " address"
                )
            return login
        if state.reason.startswith(WANTS_LOGIN):
            return await asyncio.to_thread(of_netrc, feed.address)
        return None

    def _pause(self, error: HttpError, attempt: int) -> float | None:
        """Return the seconds before the next attempt; None where there shall be none."""
        if not error.passing or attempt >= self._options.attempts:
            return None
        now = datetime.now(UTC)
        until = retry.asked_to_wait(error.later, now)
        if until is not None:
            wait = (until - now).total_seconds()
            return wait if wait <= self._options.patience else None
        if error.status == 429:
            return None
        return retry.pause(attempt, self._chance, base=self._options.pause)

    async def _read(self, feed: Subscription, state: FeedState, answer: Answer) -> _Got:
        """Return what an answer brings: nothing new, or the articles of the feed."""
        fresh = state_after(state, answer)
        moved: dict[str, Any] = {}
        if feed.private is None:
            moved["private"] = answer.private
        if answer.moved and answer.moved != feed.address:
            moved["address"] = answer.moved
        if answer.status == 304 or fresh.digest == state.digest:
            return _Got(feed, fresh, told=moved)
        parsed = await self._parsed(feed, answer, first=state.succeeded is None)
        told = {"title": parsed.feed.title, "link": parsed.feed.link, **moved}
        got = _Got(feed, fresh, parsed.ready, told, parsed.feed.left_out)
        if parsed.feed.fault:  # what came is kept, and the whole is asked for again
            reason = parsed.feed.fault
            failed = self._failed(state, reason, None, datetime.now(UTC))
            got = replace(got, state=replace(failed, succeeded=fresh.succeeded), failed=True)
        return got

    async def _parsed(self, feed: Subscription, answer: Answer, *, first: bool) -> Parsed:
        host = urlsplit(answer.address).hostname or feed.address
        job = Job(
            answer.body, answer.headers, answer.address, feed.key, feed.name, host, first=first
        )
        return await self._parsers.parse(job)

    def _failed(
        self, state: FeedState, reason: str, error: HttpError | None, now: datetime
    ) -> FeedState:
        failures = state.failures + 1
        until = retry.asked_to_wait(error.later, now) if error and error.later else None
        gone = error is not None and error.status == 410
        return replace(
            state,
            checked=now,
            failures=failures,
            reason=reason,
            not_before=until or now + retry.rest(failures, self._chance),
            told=until is not None,
            gone=gone,
        )

    # Into the library

    async def _store(self) -> None:
        """Store what has come, as much as there is in one go."""
        ended = False
        while not ended:
            batch = [await self._queue.get()]
            while not self._queue.empty():
                batch.append(self._queue.get_nowait())
            ended = None in batch
            group = [got for got in batch if got is not None]
            if group:
                for result in await asyncio.to_thread(self._keep, group):
                    self._done(result)

    def _keep(self, group: Sequence[_Got]) -> list[FeedResult]:
        """Store articles first and then how the feeds stand: a crash between asks again."""
        feeds = self._library.feeds
        for got in group:
            if got.told:
                feeds.note(got.feed.key, **got.told)
        group = [replace(got, ready=tuple(feeds.aliases.recognised(got.ready))) for got in group]
        came = [each for got in group for each in got.ready]
        retired = feeds.retiring.known(each.id for each in came)
        fresh = feeds.without_completed(each for each in came if each.id not in retired)
        report = self._library.add(fresh)
        feeds.keep(got.state for got in group)
        added, changed = frozenset(report.added), frozenset(report.changed)
        return [_result(got, added, changed, retired) for got in group]

    def _done(self, result: FeedResult) -> None:
        self._results[result.feed.key] = result
        if self._progress:
            self._progress(result, len(self._results), self._total)


async def _finished(tasks: Sequence[asyncio.Task[None]], stop: Callable[[], bool] | None) -> None:
    """Return when all tasks are done, or ended because they shall stop."""
    waiting = set(tasks)
    while waiting:
        done, waiting = await asyncio.wait(waiting, timeout=STOP_LOOK if stop else None)
        for task in done:
            task.result()
        if waiting and stop and stop():
            for task in waiting:
                task.cancel()
            await asyncio.wait(waiting)
            return


def state_after(state: FeedState, answer: Answer) -> FeedState:
    """Return how the fetching of a feed stands after an answer as it should be."""
    now = datetime.now(UTC)
    fresh = replace(
        state, checked=now, succeeded=now, failures=0, reason="", not_before=None, told=False,
        gone=False,
    )  # fmt: skip
    if answer.status == 304:
        return fresh
    return replace(
        fresh,
        etag=_kept(answer.headers.get("etag")),
        modified=_kept(answer.headers.get("last-modified")),
        digest=hashlib.blake2b(FORM.encode() + answer.body, digest_size=16).hexdigest(),
    )


def _result(
    got: _Got, added: frozenset[ArticleId], changed: frozenset[ArticleId], retired: Collection[int]
) -> FeedResult:
    state = got.state
    if got.failed:
        reason = state.reason
        if state.told and state.not_before:
            reason += f"; it asks to wait until {_shown(state.not_before)}"
        if not got.ready:
            return FeedResult(got.feed, "failed", reason=reason, until=state.not_before)
    own = [each.id for each in got.ready if each.id not in retired]
    new, other = (tuple(id_ for id_ in own if id_ in part) for part in (added, changed))
    # what was completed from its page and came again as a teaser was not even offered
    same = tuple(id_ for id_ in own if id_ not in added and id_ not in changed)
    kind: Result = "new" if new or other else "unchanged"
    if got.failed:
        return FeedResult(
            got.feed, "failed", new, other, same, state.reason, state.not_before, got.left_out
        )
    return FeedResult(got.feed, kind, new, other, same, left_out=got.left_out)


def _shown(moment: datetime) -> str:
    local = moment.astimezone()
    other_day = local.date() != datetime.now(UTC).astimezone().date()
    return f"{local:%Y-%m-%d %H:%M}" if other_day else f"{local:%H:%M:%S}"


def _kept(header: str | None) -> str | None:
    """Return a validator as it may be sent back; None where it could not be."""
    if not header or len(header) > 1000 or not header.isprintable():
        return None
    return header


__all__ = [
    "FeedResult", "FetchOptions", "FetchReport", "Progress", "fetch",
]  # fmt: skip
