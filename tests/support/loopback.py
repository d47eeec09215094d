"""A small HTTP server on loopback that does exactly what a test tells it, right or wrong.

Handlers write raw bytes, so that nothing is too impolite for it: wrong lengths, resets, drips.
"""

import asyncio
import ssl
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass
class Asked:
    """A request as it came: path, headers (names in lower case), and where to answer."""

    path: str
    headers: dict[str, str]
    writer: asyncio.StreamWriter
    method: str = "GET"

    async def send(
        self, status: int = 200, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> None:
        """Answer properly."""
        told = {"Content-Length": str(len(body)), **(headers or {})}
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        self.writer.write(f"HTTP/1.1 {status} X\r\n{head}\r\n".encode("latin-1", "replace") + body)
        await self.writer.drain()


Handler = Callable[[Asked], Awaitable[None]]


@dataclass
class Loopback:
    """The server; a context manager. `routes` are handlers by path, `log` what was asked."""

    routes: dict[str, Handler] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)
    port: int = 0
    at_once: int = 0
    most_at_once: int = 0
    tls: ssl.SSLContext | None = None

    def url(self, path: str = "/") -> str:
        scheme = "https" if self.tls else "http"
        return f"{scheme}://127.0.0.1:{self.port}{path}"

    def asked(self, path: str) -> list[Asked]:
        return [asked for asked in self.log if asked.path == path]

    def page(self, path: str, body: bytes, status: int = 200, **headers: str) -> None:
        """Serve these bytes at a path; header names with "_" for "-"."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}

        async def answer(asked: Asked) -> None:
            await asked.send(status, body, told)

        self.routes[path] = answer

    def redirect(self, path: str, target: str, status: int = 302) -> None:
        self.page(path, b"", status, Location=target)

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.tls)
        )
        self.port = server.sockets[0].getsockname()[1]
        self._loop.call_soon(self._ready.set)
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                method, path = lines[0].split()[:2]
                pairs = (line.split(":", 1) for line in lines[1:] if ":" in line)
                headers = {name.strip().lower(): value.strip() for name, value in pairs}
                asked = Asked(path, headers, writer, method)
                self.log.append(asked)
                await self._answer(asked)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, asked: Asked) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            handler = self.routes.get(asked.path)
            if handler is None:
                await asked.send(404, b"nothing here")
            else:
                await handler(asked)
        finally:
            self.at_once -= 1


def rss(
    *titles: str, title: str = "The Orrin Herald", link: str = "http://herald.example/"
) -> bytes:
    """Return an RSS feed with an item for each title; its guid is the title."""
    items = "".join(
        f"<item><title>{t}</title><link>{link}{n}</link><guid isPermaLink='false'>{t}</guid>"
        f"<description>&lt;p&gt;The text of {t}.&lt;/p&gt;</description></item>"
        for n, t in enumerate(titles)
    )
    return (
        f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>{title}</title>"
        f"<link>{link}</link><language>en</language>{items}</channel></rss>"
    ).encode()
