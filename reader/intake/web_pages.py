"""Pages by their address: each is fetched, and read in a worker process as a file would be.

Only what a reader names is asked for, a few addresses at the same time and not many of one host.
"""

import asyncio
from collections.abc import Sequence
from urllib.parse import urldefrag, urlsplit

from reader.errors import InputError
from reader.intake.addresses import without_login
from reader.intake.draft import ImportOptions
from reader.intake.http import PAGE_TYPES, Client, HttpError, HttpLimits, Request
from reader.intake.importers.base import Found
from reader.intake.logins import split_login
from reader.intake.parsing import FileJob, ParseLimits, Parsers
from reader.model import Failure

_LIMITS = HttpLimits(size=50_000_000, per_host=2, at_once=8)
_SECONDS = 60.0
"""For the reading of one page; a long PDF takes most of it."""


def pages_at(addresses: Sequence[str], options: ImportOptions) -> list[list[Found]]:
    """Return for each address the article there (or the articles), or why there is none.

    Call it from a thread without a running event loop.
    """
    return asyncio.run(_all(addresses, options))


async def _all(addresses: Sequence[str], options: ImportOptions) -> list[list[Found]]:
    parsers = Parsers(ParseLimits(seconds=_SECONDS))
    try:
        async with Client(_LIMITS) as client:
            pages = (_page(address, options, client, parsers) for address in addresses)
            return list(await asyncio.gather(*pages))
    finally:
        await parsers.close()


async def _page(
    given: str, options: ImportOptions, client: Client, parsers: Parsers
) -> list[Found]:
    shown = without_login(given)
    try:
        address, login = split_login(urldefrag(given)[0])
        host = urlsplit(address).hostname or ""
        named = frozenset({host})
        request = Request(address, named=named, login=login, accept=PAGE_TYPES)
        answer = await client.get(request)
        job = FileJob(answer.body, answer.headers, without_login(answer.address), shown, options)
        return list((await parsers.read(job)).found)
    except HttpError as error:
        return [Failure(shown, _reason(error))]
    except InputError as error:
        return [Failure(shown, error.reason)]
    except ValueError:
        return [Failure(shown, "it is no address; check how it is written")]


def _reason(error: HttpError) -> str:
    """Return why a page could not be had, in words for a page instead of a feed."""
    told = {
        401: "the page wants a login (401); save it in the browser and import the file",
        403: "the server refuses it (403); save the page in the browser and import the file",
        404: "there is no page at this address (404); check it",
        410: "the page was removed (410)",
    }
    return told.get(error.status or 0) or str(error)
