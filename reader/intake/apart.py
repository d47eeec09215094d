"""Files whose formats can do harm (PDF, Word, EPUB), read in a worker process with limits.

The worker is the one that feeds and pages are parsed in; it is started for the first such file of
an import and ends with it. A loop of its own in a thread of its own waits for it, so that an import
may run anywhere.
"""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from reader.errors import InputError
from reader.intake.draft import ImportOptions
from reader.intake.importers.base import Found, ReadApart
from reader.intake.parsing import FileJob, ParseLimits, Parsers

SECONDS = 120.0
"""For one file; a PDF of a thousand pages takes half of that."""


@contextmanager
def apart() -> Iterator[ReadApart]:
    """Return what reads a file in a worker process; `InputError` when it cannot be used."""
    parsers = Parsers(ParseLimits(seconds=SECONDS), most=1)
    runner = asyncio.Runner()

    def read(
        data: bytes, where: str, ending: str, filename: str | None, options: ImportOptions
    ) -> tuple[Found, ...]:
        job = FileJob(data, {}, "", where, options, ending, filename)
        try:
            return thread.submit(runner.run, parsers.read(job)).result().found
        except InputError as error:
            raise InputError(where, error.reason) from None

    with ThreadPoolExecutor(1) as thread:
        try:
            yield read
        finally:
            thread.submit(runner.run, parsers.close()).result()
            thread.submit(runner.close).result()
