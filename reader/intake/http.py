"""One request for a feed or a page: what is asked, what may come back, what went wrong, in words.

Every hop of a redirect is a request of its own: only http and https, only so many, and, unless the
reader named the host, only public addresses. Names are resolved here and the connection goes to
the address that was checked, so that a name cannot stand for another address a moment later. The
body is unpacked piece by piece and never beyond the limit. No message holds a login.

Cookies live as long as one chain of redirects: servers that set one and send the client back to the
same address (publishers, libraries) get it back, and nobody can follow the reader by it.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin, urlsplit

from reader import __version__
from reader.intake.addresses import downgrade, literal_private, origin, without_login
from reader.intake.cookies import Cookies
from reader.intake.surroundings import own_certificates, proxy_for
from reader.intake.unpack import OverLimitError, UnknownEncodingError, Unpacker, accepted

if TYPE_CHECKING:
    import aiohttp

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_PRIVATE = "it leads into a private network; add the address yourself where that is meant"
WANTS_LOGIN = "it wants a login"
FEED_TYPES = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json,"
    " application/xml;q=0.9, application/json;q=0.8, text/xml;q=0.8, text/html;q=0.5, */*;q=0.2"
)
PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """What one answer may take."""

    total: float = 60.0
    """Seconds for one feed, redirects and further attempts included, waiting its turn not."""
    connect: float = 15.0
    silence: float = 20.0
    """Seconds without a byte."""
    size: int = 10_000_000
    """Bytes, unpacked."""
    redirects: int = 10
    at_once: int = 32
    """Requests at the same time."""
    per_host: int = 6


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for."""

    address: str
    etag: str | None = None
    modified: str | None = None
    named: frozenset[str] = frozenset()
    """Hosts that the reader named, which may have private addresses."""
    login: tuple[str, str] | None = None
    """Name and password, sent to the address's own origin and nowhere else."""
    accept: str = FEED_TYPES


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: 200 with a body, or 304 without."""

    status: int
    address: str
    """Where the last redirect led."""
    moved: str | None
    """The address that has replaced the one asked for, for good (301, 308)."""
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    private: bool = False
    """Whether it came from a private address, which the reader had named."""


class HttpError(Exception):
    """A request that did not end well; `str` is the reason, one sentence without its end."""

    def __init__(
        self, reason: str, *, status: int | None = None, passing: bool = False, later: str = ""
    ) -> None:
        """Take the reason, the status, whether another attempt may help, and Retry-After."""
        super().__init__(reason)
        self.status = status
        self.passing = passing
        self.later = later


class PrivateError(HttpError):
    """A private address that the reader did not name."""

    def __init__(self) -> None:
        super().__init__(_PRIVATE)


@dataclass(slots=True)
class Client:
    """Connections for many requests; an async context manager."""

    limits: HttpLimits = field(default_factory=HttpLimits)
    _sessions: dict[str, "aiohttp.ClientSession"] = field(default_factory=dict)
    _hosts: dict[str, asyncio.Semaphore] = field(default_factory=dict)
    _room: asyncio.Semaphore | None = None

    async def __aenter__(self) -> Self:
        """Return the client."""
        self._room = asyncio.Semaphore(self.limits.at_once)
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Close the connections."""
        for session in self._sessions.values():
            await session.close()

    async def get(self, request: Request, within: float | None = None) -> Answer:
        """Return the answer to a request, redirects followed; `HttpError` where there is none.

        `within` is the time for all of it, in seconds, by default the limits' total.
        """
        left = self.limits.total if within is None else within
        url, moved, permanent, private = request.address, None, True, False
        cookies = Cookies()
        seen = {(url, "")}
        for _ in range(self.limits.redirects + 1):
            async with self._turn(url):
                begun = asyncio.get_running_loop().time()
                answer = await self._hop(request, url, left, cookies)
                left -= asyncio.get_running_loop().time() - begun
            private = private or answer.private
            if answer.status not in _REDIRECTS:
                if (request.etag or request.modified) and not answer.body.strip():
                    answer = replace(answer, status=304)  # an empty answer: nothing is new
                return replace(answer, moved=moved, private=private)
            target = _target(url, answer.headers.get("location", ""))
            permanent = permanent and answer.status in _PERMANENT and not downgrade(url, target)
            moved = target if permanent else moved
            url = target
            # the same address with another cookie is another request, not a circle
            step = (url, cookies.header(url))
            if step in seen:
                raise HttpError("it sends from one address to the next in a circle")
            seen.add(step)
        raise HttpError(f"it redirects more than {self.limits.redirects} times")

    @contextlib.asynccontextmanager
    async def _turn(self, url: str) -> AsyncIterator[None]:
        """Wait until the host and the whole have room for one more request."""
        host = urlsplit(url).hostname or ""
        limit = self._hosts.setdefault(host, asyncio.Semaphore(self.limits.per_host))
        if self._room is None:
            self._room = asyncio.Semaphore(self.limits.at_once)
        async with limit, self._room:
            yield

    async def _hop(self, request: Request, url: str, left: float, cookies: Cookies) -> Answer:
        host = checked_host(url, request.named)
        proxy, told = proxy_for(url)
        if proxy:
            return await self._ask(request, url, left, cookies, "named", proxy, told)
        if host not in request.named:
            return await self._ask(request, url, left, cookies, "public")
        try:
            return await self._ask(request, url, left, cookies, "public")
        except PrivateError:
            answer = await self._ask(request, url, left, cookies, "named")
            return replace(answer, private=True)

    async def _ask(  # noqa: PLR0917 - all of one call
        self,
        request: Request,
        url: str,
        left: float,
        cookies: Cookies,
        kind: str,
        proxy: str | None = None,
        told: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask once, over connections that lead to public addresses only, or to named ones."""
        if kind == "public" and literal_private(urlsplit(url).hostname or ""):
            raise PrivateError
        headers = _headers(request, url)
        if cookie := cookies.header(url):
            headers["Cookie"] = cookie
        if told and url.startswith("http:"):  # no tunnel: the proxy reads the request itself
            headers |= told
        try:
            async with (
                asyncio.timeout(max(left, 0.001)),
                self._session(kind).get(
                    url, headers=headers, allow_redirects=False, proxy=proxy, proxy_headers=told
                ) as response,
            ):
                cookies.take(url, response.headers.getall("Set-Cookie", ()))
                return await self._taken(response, url)
        except TimeoutError as error:
            raise HttpError(self._too_slow(error)) from None
        except Exception as error:
            if isinstance(error, HttpError) or not isinstance(error, _client_errors()):
                raise
            raise _translated(error) from None

    def _too_slow(self, error: TimeoutError) -> str:
        import aiohttp  # noqa: PLC0415 - as below

        if isinstance(error, aiohttp.ConnectionTimeoutError):
            return "its host does not answer"
        if isinstance(error, aiohttp.SocketTimeoutError):
            return f"nothing came from it for {self.limits.silence:g} seconds"
        return f"it took longer than {self.limits.total:g} seconds"

    async def _taken(self, response: "aiohttp.ClientResponse", url: str) -> Answer:
        """Return the answer with its body, unpacked; `HttpError` for statuses that mean failure."""
        headers = {name.lower(): value for name, value in response.headers.items()}
        if "link" in headers:  # the one that often comes several times
            headers["link"] = ", ".join(response.headers.getall("Link"))
        status = response.status
        if status in _REDIRECTS and "location" in headers:
            return Answer(status, url, None, headers, b"")
        if status == 304:
            return Answer(status, url, None, headers, b"")
        if not 200 <= status < 300:
            raise _of_status(status, headers)
        try:
            unpacker = Unpacker(headers.get("content-encoding", ""), self.limits.size)
            async for piece in response.content.iter_any():
                unpacker.take(piece)
            return Answer(200, url, None, headers, unpacker.end())
        except OverLimitError:
            raise HttpError(f"it is larger than {self.limits.size / 1e6:g} MB") from None
        except UnknownEncodingError as error:
            raise HttpError(str(error)) from None

    def _session(self, kind: str) -> "aiohttp.ClientSession":
        import aiohttp  # noqa: PLC0415 - a third of a second, needed for fetching only

        if kind not in self._sessions:
            from reader.intake.resolve import PublicResolver  # noqa: PLC0415 - as above

            context = own_certificates()
            connector = aiohttp.TCPConnector(
                limit=0,
                ssl=True if context is None else context,
                resolver=PublicResolver() if kind == "public" else aiohttp.ThreadedResolver(),
            )
            self._sessions[kind] = aiohttp.ClientSession(
                connector=connector,
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(
                    total=None, connect=self.limits.connect, sock_read=self.limits.silence
                ),
                skip_auto_headers=("User-Agent", "Accept-Encoding"),
                max_line_size=16384,
                max_field_size=32768,
            )
        return self._sessions[kind]


def checked_host(url: str, named: frozenset[str]) -> str:
    """Return the host of an address that may be asked; `HttpError` where it may not."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises for a port that is none
    except ValueError:
        raise HttpError("it leads to something that is no address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise HttpError(
            f"it leads to a “{parts.scheme[:20]}:” address; only http and https are read"
        )
    if host not in named and (literal_private(host) or host.rstrip(".").endswith("localhost")):
        raise PrivateError
    return host


def _target(url: str, location: str) -> str:
    try:
        # a login in a redirect is the server's, not the reader's: it is not sent on
        return without_login(urlsplit(urljoin(url, location))._replace(fragment="").geturl())
    except ValueError:
        raise HttpError("it redirects to something that is no address") from None


def _headers(request: Request, url: str) -> dict[str, str]:
    headers = {
        "User-Agent": f"reader-tui/{__version__} (news reader)",
        "Accept": request.accept,
        "Accept-Encoding": accepted(),
    }
    if request.etag:
        headers["If-None-Match"] = request.etag
    if request.modified:
        headers["If-Modified-Since"] = request.modified
    if request.login and origin(url) == origin(request.address):
        from aiohttp import encode_basic_auth  # noqa: PLC0415 - not needed to start

        headers["Authorization"] = encode_basic_auth(*request.login)
    return headers


def _of_status(status: int, headers: Mapping[str, str]) -> HttpError:
    later = headers.get("retry-after", "")
    sentences = {
        401: f"{WANTS_LOGIN} (401); add it again with name and password in the address",
        403: "the server refuses it (403)",
        404: "there is nothing at this address (404); look for the feed's new one",
        407: "the proxy wants a login (407)",
        410: "the feed is gone for good (410); it is not asked for again",
        429: "the server wants fewer requests (429)",
        503: "the server is overloaded or being worked on (503)",
    }
    reason = sentences.get(status) or f"the server answers with status {status}"
    passing = status in (429, 500, 502, 503, 504)
    return HttpError(reason, status=status, passing=passing, later=later)


def _client_errors() -> tuple[type[Exception], ...]:
    import aiohttp  # noqa: PLC0415 - as above

    return (aiohttp.ClientError, OSError, ValueError)


def _translated(error: Exception) -> HttpError:
    """Return what a failed connection means, in words, without what the server or a proxy said."""
    import aiohttp  # noqa: PLC0415 - as above

    from reader.intake.resolve import PrivateAddressError  # noqa: PLC0415 - as above

    kinds: tuple[tuple[Any, str, bool], ...] = (
        (aiohttp.ClientConnectorCertificateError, "its certificate cannot be trusted", False),
        (aiohttp.ClientSSLError, "no secure connection can be made to it", False),
        (aiohttp.ClientHttpProxyError, "the proxy refuses the connection", False),
        (aiohttp.ClientProxyConnectionError, "the proxy cannot be reached", False),
        (aiohttp.ClientConnectorDNSError, "its host cannot be found; check the address", False),
        (aiohttp.ClientConnectorError, "its host cannot be reached", False),
        (aiohttp.ClientPayloadError, "the connection ended before all had come", True),
        (aiohttp.ServerDisconnectedError, "the server broke the connection off", True),
        (aiohttp.InvalidURL, "it leads to something that is no address", False),
        (aiohttp.ClientResponseError, "its answer is no proper HTTP", False),
        (aiohttp.ClientOSError, "the connection was broken off", True),
    )
    if isinstance(getattr(error, "os_error", None), PrivateAddressError):
        return PrivateError()
    for kind, reason, passing in kinds:
        if isinstance(error, kind):
            return HttpError(reason, passing=passing)
    return HttpError("the connection failed", passing=isinstance(error, OSError))
