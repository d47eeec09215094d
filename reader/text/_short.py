"""A cache that keeps no long texts."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

LONGEST = 1000
"""Characters of what is kept: a few thousand lines of megabytes would be all of the memory."""

F = TypeVar("F", bound=Callable[..., Any])


def cached_where_short(size: int) -> Callable[[F], F]:
    """Keep what a function of a line gives for the last `size` lines, long ones left out."""

    def decorate(function: F) -> F:
        kept = lru_cache(maxsize=size)(function)

        @wraps(function)
        def called(line: str, **more: Any) -> Any:
            return (kept if len(line) <= LONGEST else function)(line, **more)

        return cast("F", called)

    return decorate
