"""Worker processes: there when there is work, gone when there is none."""

import contextlib
import os
import time
from pathlib import Path

from waiting import until

from reader.workers import Workers

LONG = 30.0


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_process_that_has_had_nothing_to_do_ends_and_the_next_work_gets_another() -> None:
    with contextlib.closing(Workers(1, idle=0.05)) as workers:
        first = workers.submit(os.getpid).result(LONG)
        assert until(lambda: not is_running(first))
        second = workers.submit(os.getpid).result(LONG)
        assert second not in {first, os.getpid()}


def test_work_that_takes_longer_than_the_idle_time_is_not_cut_off() -> None:
    with contextlib.closing(Workers(1, idle=0.05)) as workers:
        first = workers.submit(os.getpid).result(LONG)
        long = [workers.submit(time.sleep, 0.2), workers.submit(time.sleep, 0.2)]
        for future in long:
            assert future.result(LONG) is None
        assert until(lambda: not is_running(first))


def test_without_an_idle_time_the_process_stays_until_the_pool_is_closed() -> None:
    workers = Workers(1)
    first = workers.submit(os.getpid).result(LONG)
    assert workers.submit(os.getpid).result(LONG) == first
    workers.close()
    assert until(lambda: not is_running(first))
    workers.close()
