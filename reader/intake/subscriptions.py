"""Subscribing: an address (of a feed, or of a page that has one) or a list of feeds."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader.errors import InputError
from reader.intake import discover
from reader.intake.addresses import SCHEME, same_server, tidy
from reader.intake.feed_lists import AddressList, feeds_in
from reader.intake.fetch import USUAL, FetchOptions, state_after
from reader.intake.http import FEED_TYPES, PAGE_TYPES, Answer, Client, HttpError, Request
from reader.intake.logins import keep_login, of_netrc, split_login
from reader.intake.opml import SIZE_LIMIT, Outline
from reader.intake.parsing import Job, Parsed, Parsers
from reader.intake.retry import asked_to_wait
from reader.model import ArticleId, Failure, FeedState, Subscription

if TYPE_CHECKING:
    from reader.library import Library


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that was found at an address: what a preview shows, and what subscribing keeps."""

    asked: str
    """What the reader gave, without a login."""
    address: str
    parsed: Parsed
    answer: Answer
    login: tuple[str, str] | None = None
    others: tuple[discover.Named, ...] = ()
    """Further feeds that the page names."""
    page: bool = False
    """Whether a page lies at the address, and this is the feed that it names."""


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What became of a feed that was to be subscribed to."""

    feed: Subscription
    new: bool
    """False where it was subscribed to already."""
    added: tuple[ArticleId, ...] = ()
    others: tuple[discover.Named, ...] = ()
    login_file: Path | None = None
    """The file that its login was written to, as there is no keyring."""


@dataclass(frozen=True, slots=True)
class OpmlReport:
    """What became of an OPML file."""

    feeds: tuple[Subscribed, ...] = ()
    failed: tuple[Failure, ...] = ()


def find_feeds(
    addresses: Sequence[str], options: FetchOptions = USUAL
) -> list[FoundFeed | Failure]:
    """Return for each address the feed that is there or that its page names, or why there is none.

    Nothing is stored.
    """
    return asyncio.run(_find_all(addresses, options))


def subscribe(
    library: "Library",
    found: FoundFeed,
    *,
    name: str = "",
    tags: Iterable[str] = (),
    stories: bool = True,
) -> Subscribed:
    """Subscribe to a feed that was found, and store the articles it has now. It can be undone.

    Without `stories` the articles wait for their place among the stories.
    """
    before = library.feeds.known(found.address)
    feed = before or Subscription(
        key=found.address,
        address=found.address,
        name=name,
        title=found.parsed.feed.title,
        link=found.parsed.feed.link,
        added=datetime.now(UTC),
    )
    wanted = replace(
        feed,
        name=name or feed.name,
        tags=_joined(feed.tags, tags),
        login=bool(found.login) or feed.login,
        private=found.answer.private or bool(feed.private),
    )
    # what netrc has is left there, and stays right when it changes
    kept = found.login and found.login != of_netrc(feed.key)
    file = keep_login(feed.key, found.login) if found.login and kept else None
    if wanted != before:
        text = f"{'changed' if before else 'subscribed to'} {wanted.shown}"
        library.feeds.put([wanted], text)
    came = found.parsed.ready if before is None else ()
    report = library.add(
        replace(each.article, source=wanted.name or each.article.source)
        for each in library.feeds.aliases.recognised(came)
    )
    if before is None:
        library.feeds.keep([state_after(FeedState(feed.key), found.answer)])
        if stories:
            library.stories.update()
    return Subscribed(wanted, before is None, report.added, found.others, file)


def subscribe_opml(
    library: "Library", data: bytes, where: str, *, tags: Iterable[str] = ()
) -> OpmlReport:
    """Subscribe to all feeds of an OPML file or another list, its folders as tags, as one change.

    Nothing is fetched. `InputError` when it is no list of feeds.
    """
    found = feeds_in(data, where)
    if isinstance(found, AddressList):
        return subscribe_outlines(library, map(Outline, found.addresses), where, tags=tags)
    report = subscribe_outlines(library, found.feeds, where, tags=tags)
    return replace(report, failed=(*found.failed, *report.failed))


def subscribe_outlines(
    library: "Library", outlines: Iterable[Outline], where: str, *, tags: Iterable[str] = ()
) -> OpmlReport:
    """Subscribe to feeds that another reader's list names, as one change; nothing is fetched."""
    given = tuple(tags)
    known = {address: s for s in library.feeds.all() for address in (s.key, s.address)}
    results: dict[str, Subscribed] = {}
    failed: list[Failure] = []
    for outline in outlines:
        try:
            address, login = split_login(tidy(outline.address))
            before = known.get(address)
            feed = before or Subscription(
                address, address, name=outline.title, link=outline.link, added=datetime.now(UTC)
            )
            file = keep_login(feed.key, login) if login else None
            feed = replace(
                feed,
                login=feed.login or bool(login),
                tags=_joined(feed.tags, (*outline.tags, *given)),
            )
            known[address] = feed
            results[feed.key] = Subscribed(feed, before is None, login_file=file)
        except InputError as error:
            failed.append(Failure(error.where, error.reason))
    if results:
        count = sum(result.new for result in results.values())
        library.feeds.put(
            [result.feed for result in results.values()],
            f"subscribed to {count} feed{'s' if count != 1 else ''} of {Path(where).name}",
        )
    return OpmlReport(tuple(results.values()), tuple(failed))


def read_file(path: Path) -> bytes:
    """Return the bytes of an OPML file; `InputError` where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT + 1)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise InputError(str(path), f"it cannot be read ({reason}); check the path") from None


def _joined(before: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for tag in (*before, *more):
        found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


# Finding


@asynccontextmanager
async def _means(options: FetchOptions) -> AsyncIterator[tuple[Client, Parsers]]:
    parsers = Parsers(options.parsing)
    try:
        async with Client(options.http) as client:
            yield client, parsers
    finally:
        await parsers.close()


async def _find_all(addresses: Sequence[str], options: FetchOptions) -> list[FoundFeed | Failure]:
    async with _means(options) as (client, parsers):
        search = _Search(client, parsers)
        return list(await asyncio.gather(*(search.guarded(address) for address in addresses)))


NO_FEED = "this page names no feed that can be read, nor is one where feeds often are"
"""Said of a page that has no feed, and can be stored by itself."""


PATIENCE = 10.0
"""Seconds that are waited at once when a server asks for it; longer is for another time."""
_COME_AGAIN = (429, 503)


def _not_yet(error: HttpError, until: datetime | None) -> HttpError:
    """Return why nothing was subscribed to, and when to come again."""
    when = f"after {until.astimezone():%Y-%m-%d %H:%M}" if until else "in some minutes"
    return HttpError(
        f"{error}; nothing was subscribed to, add it again {when}", status=error.status
    )


MOST_LINKED, MOST_LISTS = 8, 2
"""So many links of a page are tried, and of those that are lists of feeds themselves."""


def _likely(feeds: Iterable[discover.Named]) -> list[discover.Named]:
    return [feed for feed in feeds if not discover.is_aside(feed)]


class _Search:
    """Looks for feeds with one client and one set of workers."""

    def __init__(self, client: Client, parsers: Parsers) -> None:
        self._client = client
        self._parsers = parsers

    async def guarded(self, given: str) -> FoundFeed | Failure:
        shown = given.rsplit("@", 1)[-1]
        try:
            address, login = split_login(tidy(given))
            return await self.at(address, login, secure=not SCHEME.match(given.strip()))
        except HttpError as error:
            return Failure(shown, str(error))
        except InputError as error:
            return Failure(shown, error.reason)

    async def at(
        self, address: str, login: tuple[str, str] | None, *, secure: bool = False
    ) -> FoundFeed:
        """Return the feed at an address or of the page there; HttpError, InputError.

        `secure` tells that https was only guessed: where nobody answers there, http is tried.
        """
        try:
            answer = await self._first(address, login)
        except HttpError as error:
            if error.status == 401 and not login and (login := of_netrc(address)):
                answer = await self._first(address, login)
            elif secure and error.status is None:
                address = f"http:{address.removeprefix('https:')}"
                answer = await self._first(address, login)
            else:
                raise
        try:
            parsed = await self._parse(answer, address)
        except InputError as error:
            return await self._of_page(answer, address, login, error)
        place = answer.moved or address
        own = login if same_server(address, place) else None
        return FoundFeed(address, place, parsed, answer, own)

    async def _of_page(
        self, page: Answer, asked: str, login: tuple[str, str] | None, error: InputError
    ) -> FoundFeed:
        if not _is_page(page):
            raise error
        named = await self._named_by(page)
        if not named and (target := await asyncio.to_thread(
            discover.sent_on, page.body, page.address, header=page.headers.get("refresh", "")
        )):  # fmt: skip
            with contextlib.suppress(HttpError):
                page = await self._get(target, asked, login)
                named = [discover.Named(target), *await self._named_by(page)]
        found = await self._first_of(_likely(named), asked, login)
        if found is None:
            linked = await asyncio.to_thread(discover.linked_feeds, page.body, page.address)
            found = await self._first_of(_likely(linked)[:MOST_LINKED], asked, login, deeper=True)
        if found is None:
            places = list(map(discover.Named, discover.usual_places(page.address)))
            found = await self._first_of(places, asked, login)
        if found is None:  # a page that has only its comments
            aside = [feed for feed in (*named, *linked) if discover.is_aside(feed)]
            found = await self._first_of(aside[:MOST_LINKED], asked, login)
        if found is None:
            raise InputError(asked, NO_FEED)
        place, answer, parsed = found
        same = same_server(asked, answer.moved or place)
        order = [feed.address for feed in _likely(named)]
        tried = {*order[: order.index(place)], place} if place in order else {place}
        return FoundFeed(
            asked,
            answer.moved or place,
            parsed,
            answer,
            login if same else None,
            tuple(feed for feed in named if feed.address not in tried),
            page=True,
        )

    async def _named_by(self, page: Answer) -> list[discover.Named]:
        links = [page.headers["link"]] if "link" in page.headers else []
        return await asyncio.to_thread(discover.named_feeds, page.body, page.address, headers=links)

    async def _first_of(
        self,
        places: Iterable[discover.Named],
        asked: str,
        login: tuple[str, str] | None,
        *,
        deeper: bool = False,
    ) -> tuple[str, Answer, Parsed] | None:
        """Return the first of these places where a feed is; None when none has one.

        With `deeper` a place may also be a page that lists feeds (“All our RSS feeds”).
        """
        lists: list[Answer] = []
        postponed: HttpError | None = None
        for place in places:
            try:
                answer = await self._get(place.address, asked, login)
                parsed = await self._parse(answer, place.address)
            except HttpError as error:
                if error.status in _COME_AGAIN and postponed is None:
                    postponed = error
                continue
            except InputError:
                if _is_page(answer):
                    lists.append(answer)
                continue
            return place.address, answer, parsed
        for page in lists[:MOST_LISTS] if deeper else ():
            inside = await self._named_by(page) or await asyncio.to_thread(
                discover.linked_feeds, page.body, page.address
            )
            if found := await self._first_of(_likely(inside)[:MOST_LINKED], asked, login):
                return found
        if postponed is not None:  # the page has a feed, which cannot be looked at now
            until = asked_to_wait(postponed.later, datetime.now(UTC))
            raise _not_yet(postponed, until) from None
        return None

    async def _first(self, address: str, login: tuple[str, str] | None) -> Answer:
        """Return the answer at the address that the reader gave; wait where that takes a moment.

        A server that wants to be left alone for longer is: then nothing is known of what is there.
        """
        try:
            return await self._get(address, address, login)
        except HttpError as error:
            if error.status not in _COME_AGAIN:
                raise
            now = datetime.now(UTC)
            until = asked_to_wait(error.later, now)
            if until is None or (wait := (until - now).total_seconds()) > PATIENCE:
                raise _not_yet(error, until) from None
        await asyncio.sleep(wait)
        try:
            return await self._get(address, address, login)
        except HttpError as error:
            if error.status in _COME_AGAIN:
                raise _not_yet(error, asked_to_wait(error.later, datetime.now(UTC))) from None
            raise

    async def _get(self, place: str, asked: str, login: tuple[str, str] | None) -> Answer:
        named = frozenset({urlsplit(asked).hostname or ""})
        same = same_server(asked, place)
        accept = f"{FEED_TYPES}, {PAGE_TYPES}" if place == asked else FEED_TYPES
        request = Request(place, named=named, login=login if same else None, accept=accept)
        return await self._client.get(request)

    async def _parse(self, answer: Answer, key: str) -> Parsed:
        host = urlsplit(answer.address).hostname or ""
        job = Job(answer.body, answer.headers, answer.address, answer.moved or key, host=host)
        return await self._parsers.parse(job)


def _is_page(answer: Answer) -> bool:
    kind = answer.headers.get("content-type", "").lower()
    return (
        "html" in kind
        or b"<html" in answer.body[:4096].lower()
        or b"<!doctype html" in (answer.body[:200].lower())
    )
