"""Encoding in the background of the terminal program."""

import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from reader.config import Settings
from reader.errors import EncoderError
from reader.tui.encoding_job import encode_piece, keep_encoding
from reader.tui.jobs import CancelledError


class Jobs:
    """Says of each piece of work whether more is left; ends the reader after the last."""

    def __init__(self, more: list[bool], leaving: threading.Event) -> None:
        self.more, self.leaving = more, leaving
        self.asked: list[Any] = []
        self.closed = 0

    def alone(self) -> "Jobs":
        return self

    def close(self) -> None:
        self.closed += 1

    def run(self, cancelled: Callable[[], bool], work: Any, *args: Any) -> bool:
        assert work is encode_piece
        self.asked.append(args)
        if not self.more:
            raise EncoderError("The encoder is out of order.")
        more = self.more.pop(0)
        if not self.more:
            self.leaving.set()
        return more


def library(*, read_only: bool = False) -> Any:
    return SimpleNamespace(folder=Path("somewhere"), read_only=read_only)


ENCODER: Any = Settings(encoder="package")


def test_pieces_follow_until_nothing_is_left_and_the_process_is_ended() -> None:
    leaving, changed = threading.Event(), threading.Event()
    changed.set()
    jobs: Any = Jobs([True, True, False], leaving)
    with pytest.raises(CancelledError):
        keep_encoding(jobs, library(), ENCODER, leaving, changed)
    assert len(jobs.asked) == 3
    assert jobs.closed == 1


def test_an_encoder_that_fails_is_told_once() -> None:
    jobs: Any = Jobs([], threading.Event())
    told = keep_encoding(jobs, library(), ENCODER, threading.Event(), threading.Event())
    assert told == "The encoder is out of order."
    assert jobs.closed == 1


def test_a_library_that_may_only_be_read_is_left_alone() -> None:
    jobs: Any = Jobs([], threading.Event())
    events = threading.Event(), threading.Event()
    told = keep_encoding(jobs, library(read_only=True), ENCODER, *events)
    assert "reading only" in told
    assert not jobs.asked
