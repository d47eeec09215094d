"""What another process does to the library is seen on the screen."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from reader.library import Library
from reader.model import Article

Start = Any
LIMIT = 20.0
"""Seconds; where nothing else runs it takes less than 0.25."""


async def seen_within(limit: float, seen: Callable[[], bool]) -> float:
    """Wait until something is so; return the seconds it took."""
    begun = time.monotonic()
    while not seen():
        assert time.monotonic() - begun < limit, "it was never seen"
        await asyncio.sleep(0.005)
    return time.monotonic() - begun


async def test_tags_of_another_process_come_onto_the_screen_by_themselves(
    library: Library, start: Start, articles: tuple[Article, ...]
) -> None:
    async with start(library) as reader:
        with Library.open(library.folder) as other:
            other.notebook.tag([articles[2].id], add=["orchard"])
            await seen_within(LIMIT, lambda: "#orchard" in reader.text)
            other.notebook.mark([articles[2].id], starred=True)
            await seen_within(LIMIT, lambda: "★" in reader.text)


async def test_articles_of_another_process_come_into_the_list(
    library: Library, start: Start, make: Any
) -> None:
    async with start(library) as reader:
        with Library.open(library.folder) as other:
            other.add([make("A heron on the town hall")])
            await seen_within(LIMIT, lambda: "A heron on the town hall" in reader.text)
