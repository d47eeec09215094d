"""Feeds are parsed in worker processes, so that none can hang the reader or take its memory.

A worker is a Python process of its own that reads jobs from its standard input and writes what
came of them to its standard output, each as a pickle with its length before it. It may use so much
memory (`RLIMIT_AS`); one that takes too long is ended, and a new one is started
for the next feed. `multiprocessing` would do the same, but its children import the program's main
module again and cannot be waited for with a time limit without a thread each.
"""

import asyncio
import contextlib
import io
import os
import pickle
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from reader.errors import InputError
from reader.intake.draft import Arrival, ImportOptions
from reader.library.preparing import Prepared, prepared
from reader.model import Article, Failure, Feed

_LENGTH = struct.Struct("!Q")
_READY = b"ready"
_START_SECONDS = 60.0
NAME_LIMIT = 300
"""Characters of what a feed calls itself."""
_MOST_ANSWERED = 200_000_000
_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import sys; sys.path.append(sys.argv[1]); from reader.intake.parsing import serve; serve()"
)
_ALLOWED = {
    "reader.model.feed": {"Feed"},
    "reader.model.article": {"Article", "Block", "Link"},
    "reader.intake.parsing": {"Parsed", "Refused", "Completed", "Taken"},
    "reader.intake.draft": {"Arrival"},
    "reader.model.failure": {"Failure"},
    "reader.library.preparing": {"restored"},
    "datetime": {"datetime", "timezone", "timedelta"},
}


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """What the parsing of one feed may take."""

    seconds: float = 20.0
    memory: int = 1_500_000_000
    """Bytes of address space of a worker."""
    entries: int = 1000


@dataclass(frozen=True, slots=True)
class Job:
    """A feed to be parsed: its bytes, where they came from, whose they are."""

    body: bytes
    headers: Mapping[str, str]
    """The response's, names in lower case."""
    address: str
    key: str
    """The address it was subscribed to with."""
    name: str = ""
    """What the reader calls it; "" for its own title."""
    host: str = ""
    """Where it is, for feeds without a title."""
    entries: int = 1000
    first: bool = True
    """Whether it was never fetched before, so that its articles are likely new."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A feed without its entries, and the articles that these became."""

    feed: Feed
    ready: tuple[Prepared, ...] = ()
    """Made ready for the archive, so that only the writing is left to do."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles alone."""
        return tuple(each.article for each in self.ready)


@dataclass(frozen=True, slots=True)
class PageJob:
    """A page from which the text of an article is to be completed."""

    article: Article
    body: bytes
    charset: str | None
    """As the response names it."""
    address: str


@dataclass(frozen=True, slots=True)
class Completed:
    """An article with the text of its page; None where the page holds no more than the feed."""

    article: Article | None


@dataclass(frozen=True, slots=True)
class FileJob:
    """What lies at an address, to be read as a file of whatever format it has."""

    body: bytes
    headers: Mapping[str, str]
    """The response's, names in lower case."""
    address: str
    where: str
    """How it is named to the reader."""
    options: ImportOptions
    ending: str = ""
    """Of the file's name, when it is a file on the disk that has no address."""
    filename: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The articles of a file, and what in it could not be used."""

    found: tuple[Arrival | Failure, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a feed could not be parsed, one sentence; `spent` where the worker should not go on."""

    reason: str
    spent: bool = False


Work = Job | PageJob | FileJob
Answer = Parsed | Completed | Taken | Refused


def parse_job(job: Job) -> Parsed:
    """Parse a feed in this process; `InputError` where it is none."""
    from reader.intake.entries import named_articles  # noqa: PLC0415 - only workers need these
    from reader.intake.feeds import parse_feed  # noqa: PLC0415 - as above

    feed = parse_feed(job.body, job.headers, job.address, most=job.entries)
    title = feed.title[:NAME_LIMIT]
    source = job.name or title or job.host or job.address
    ready = tuple(
        replace(prepared(article, indexed=job.first), names=names)
        for article, names in named_articles(feed, job.key, source)
    )
    return Parsed(replace(feed, title=title, entries=()), ready)


def complete_job(job: PageJob) -> Completed:
    """Complete an article from its page, in this process; `InputError` where it holds none."""
    from reader.intake.completion import completed  # noqa: PLC0415 - only workers need it

    return Completed(completed(job.article, job.body, job.charset, job.address))


def file_job(job: FileJob) -> Taken:
    """Read what lies at an address or in a file; `InputError` when it cannot be used."""
    from reader.intake import reading  # noqa: PLC0415 - only workers need it

    if not job.address:
        found = reading.articles_of_document(
            job.body, job.where, job.ending, job.filename, job.options
        )
        return Taken(tuple(found))
    return Taken(
        tuple(
            reading.articles_of_answer(job.body, job.headers, job.address, job.where, job.options)
        )
    )


# In the worker


def serve() -> None:
    """Answer jobs until the input ends; what a worker process runs."""
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a parser prints must not come between the answers
    limits = pickle.loads(_read(source))  # noqa: S301 - from the process that started this one
    from reader.intake import entries, feeds  # noqa: F401, PLC0415 - before the clock runs

    _restrict(limits)
    sink.write(_READY)
    sink.flush()
    while data := _read(source):
        answer = _answer(pickle.loads(data))  # noqa: S301 - as above
        told = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        sink.write(_LENGTH.pack(len(told)) + told)
        sink.flush()
        if isinstance(answer, Refused) and answer.spent:
            return


def _read(source: BinaryIO) -> bytes:
    head = source.read(_LENGTH.size)
    return source.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""


def _restrict(limits: ParseLimits) -> None:
    import resource  # noqa: PLC0415 - Unix only, and only here

    sys.setrecursionlimit(2000)
    # the language model unpacks itself into a temporary file of 30 MB
    files = min(limits.memory, 256_000_000)
    for kind, most in (("RLIMIT_AS", limits.memory), ("RLIMIT_FSIZE", files), ("RLIMIT_CORE", 0)):
        # a system that does not know a limit still has the others, and the limit of time
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, kind), (most, most))


def _answer(job: Work) -> Answer:
    try:
        if isinstance(job, FileJob):
            return file_job(job)
        return complete_job(job) if isinstance(job, PageJob) else parse_job(job)
    except InputError as error:
        return Refused(error.reason)
    except MemoryError:
        return Refused("it needs more memory to be read than a feed may take", spent=True)
    except RecursionError:
        return Refused("its parts are nested too deeply to be read")
    except Exception as error:  # noqa: BLE001 - whatever it was, the other feeds go on
        return Refused(f"it cannot be read ({type(error).__name__})", spent=True)


# In the reader


class _Unpickler(pickle.Unpickler):
    """Takes nothing from a worker but articles and what belongs to them."""

    def find_class(self, module: str, name: str) -> object:
        """Return one of the few classes that an answer is made of."""
        if name in _ALLOWED.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of an answer")


@dataclass(slots=True)
class Parsers:
    """Worker processes, started when they are needed; `close` ends them."""

    limits: ParseLimits = field(default_factory=ParseLimits)
    most: int = min(4, os.cpu_count() or 1)
    _idle: list[asyncio.subprocess.Process] = field(default_factory=list)
    _room: asyncio.Semaphore | None = None

    async def parse(self, job: Job) -> Parsed:
        """Parse a feed in a worker; `InputError` where it is none or goes beyond the limits."""
        answer = await self._answer(replace(job, entries=self.limits.entries))
        if not isinstance(answer, Parsed):
            raise InputError(job.address, "reading it went wrong")
        return answer

    async def complete(self, job: PageJob) -> Completed:
        """Complete an article from its page in a worker; `InputError` as for `parse`."""
        answer = await self._answer(job)
        if not isinstance(answer, Completed):
            raise InputError(job.address, "reading it went wrong")
        return answer

    async def read(self, job: FileJob) -> Taken:
        """Read what lies at an address in a worker; `InputError` as for `parse`."""
        answer = await self._answer(job)
        if not isinstance(answer, Taken):
            raise InputError(job.where, "reading it went wrong")
        return answer

    async def _answer(self, job: Work) -> Parsed | Completed | Taken:
        if self._room is None:
            self._room = asyncio.Semaphore(self.most)
        async with self._room:
            try:
                worker = self._idle.pop() if self._idle else await self._start()
            except (TimeoutError, OSError, EOFError):
                raise InputError(
                    job.address, "no worker process could be started to read it"
                ) from None
            try:
                async with asyncio.timeout(self.limits.seconds):
                    answer = await _asked(worker, job)
            except TimeoutError:
                await _ended(worker)
                raise InputError(
                    job.address, f"it took more than {self.limits.seconds:g} seconds to read it"
                ) from None
            except (OSError, EOFError, pickle.UnpicklingError):
                await _ended(worker)
                raise InputError(job.address, "reading it ended a worker process") from None
            except BaseException:
                await _ended(worker)
                raise
            if isinstance(answer, Refused):
                await self._back(worker, spent=answer.spent)
                raise InputError(job.address, answer.reason)
            await self._back(worker)
            return answer

    async def _back(self, worker: asyncio.subprocess.Process, *, spent: bool = False) -> None:
        if spent:
            await _ended(worker)
        else:
            self._idle.append(worker)

    async def _start(self) -> asyncio.subprocess.Process:
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        worker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", _START, str(_ROOT)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment,
            limit=1 << 20,
        )
        _send(worker, self.limits)
        try:
            async with asyncio.timeout(_START_SECONDS):
                if worker.stdout is not None:
                    await worker.stdout.readexactly(len(_READY))
        except BaseException:
            await _ended(worker)
            raise
        return worker

    async def close(self) -> None:
        """End the workers."""
        idle, self._idle = self._idle, []
        for worker in idle:
            await _ended(worker)


def _send(worker: asyncio.subprocess.Process, value: object) -> None:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    if worker.stdin is not None:
        worker.stdin.write(_LENGTH.pack(len(data)) + data)


async def _asked(worker: asyncio.subprocess.Process, job: Work) -> Answer:
    if worker.stdin is None or worker.stdout is None:
        raise EOFError
    _send(worker, job)
    await worker.stdin.drain()
    length = _LENGTH.unpack(await worker.stdout.readexactly(_LENGTH.size))[0]
    if length > _MOST_ANSWERED:
        raise EOFError
    answer = _Unpickler(io.BytesIO(await worker.stdout.readexactly(length))).load()
    if not isinstance(answer, Parsed | Completed | Taken | Refused):
        raise pickle.UnpicklingError("no answer")
    return answer


async def _ended(worker: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        worker.kill()
    if worker.stdin is not None:
        worker.stdin.close()
    await worker.wait()
