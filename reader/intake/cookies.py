"""The cookies of one chain of redirects (RFC 6265); they end with the chain.

aiohttp's jar does the work: which host, path and scheme a cookie is for, and when it is taken back.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import CookieJar


class Cookies:
    """What the servers of one chain have set."""

    def __init__(self) -> None:
        self._jar: CookieJar | None = None
        self._written: dict[tuple[str, str], str] = {}
        """Name and value of a cookie -> the value as the server wrote it, marks included."""

    def take(self, url: str, headers: Sequence[str]) -> None:
        """Take the `Set-Cookie` headers of an answer that came from an address."""
        if not headers:
            return
        from aiohttp import CookieJar  # noqa: PLC0415 - not needed to start
        from yarl import URL  # noqa: PLC0415 - as above

        if self._jar is None:
            # hosts that are numbers may set cookies too
            self._jar = CookieJar(unsafe=True, quote_cookie=False)
        self._jar.update_cookies_from_headers(headers, URL(url))
        self._written = {(each.key, each.value): each.coded_value for each in self._jar}

    def header(self, url: str) -> str:
        """Return the `Cookie` header for a request to an address; "" when there is none."""
        if self._jar is None:
            return ""
        from yarl import URL  # noqa: PLC0415 - as above

        found = self._jar.filter_cookies(URL(url)).values()
        told = ((each.key, self._written.get((each.key, each.value), each.value)) for each in found)
        return "; ".join(f"{name}={value}" for name, value in told)
