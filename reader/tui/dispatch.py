"""What a screen does for a command: found by the command's id, in one table.

Keys, palette, footer and help ask the same table, so a command is offered where it can be run.
"""

from collections.abc import Callable
from dataclasses import dataclass


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Handler:
    """Runs a command, and knows whether it makes sense now."""

    run: Callable[[], object]
    available: Callable[[], bool] = _always


Handlers = dict[str, Handler]
"""By the ids of commands."""
