"""Work in the background: a thread does it, and what it brings comes back to who asked for it.

This is the one place that knows how such work is broken off, and what becomes of its errors.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, TypeVar, cast

from textual.app import App
from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from reader.errors import ReaderError
from reader.library.breaking_off import while_wanted
from reader.tui.jobs import CancelledError
from reader.tui.key_queue import AWAITED
from reader.tui.messages import Failed, Finished

T = TypeVar("T")


class _KeepsTraces(Protocol):
    def keep_trace(self, error: Exception) -> None:
        """Keep what is needed to find the cause of an error that nobody thought of."""


def in_background(
    owner: "Widget | App[Any]",
    work: Callable[[], Message | None],
    group: str,
    *,
    exclusive: bool = True,
    awaited: bool = False,
    failed: Callable[[str], object] | None = None,
) -> Worker[None]:
    """Do work in a thread, and post the message that it returns to its owner.

    With `exclusive`, the result of an earlier work of the group is dropped. The work touches no
    widget; what it raises comes as `Failed`, or `failed` is called with it. With `awaited`, the
    next key waits for the result, because that decides where the key goes.
    """

    def job() -> None:
        worker = get_current_worker()
        message: Message | None
        try:
            # what is asked only to be shown need not be answered once something else is
            with while_wanted(lambda: exclusive and worker.is_cancelled):
                message = work()
        except CancelledError:
            return
        except ReaderError as error:
            message = _failure(str(error), failed)
        except Exception as error:  # noqa: BLE001 - shown, and the program goes on
            cast("_KeepsTraces", owner.app).keep_trace(error)
            message = _failure(f"That did not work: {type(error).__name__}: {error}", failed)
        if message is not None and not worker.is_cancelled:
            owner.post_message(message)

    return owner.run_worker(
        job,
        name=AWAITED if awaited else group,
        thread=True,
        group=group,
        exclusive=exclusive,
        exit_on_error=False,
    )


def run_in_background(
    owner: "Widget | App[Any]",
    work: Callable[[], T | None],
    then: Callable[[T], object] | None = None,
    *,
    group: str,
    exclusive: bool = True,
    awaited: bool = False,
    failed: Callable[[str], object] | None = None,
) -> Worker[None]:
    """Do work in a thread, and then call something with its result where widgets may be touched.

    The owner handles `Finished` and `Failed`. A result of None is dropped.
    """

    def job() -> Message | None:
        result = work()
        if result is None or then is None:
            return None
        return Finished(partial(then, result))

    return in_background(owner, job, group, exclusive=exclusive, awaited=awaited, failed=failed)


def _failure(reason: str, failed: Callable[[str], object] | None) -> Message:
    return Failed(reason) if failed is None else Finished(partial(failed, reason))


def cancelled() -> bool:
    """Return True if the work in the background that asks is not wanted any more."""
    return get_current_worker().is_cancelled
