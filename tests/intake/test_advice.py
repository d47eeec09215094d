"""What a reader is told to do about a feed that failed."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.intake import advice as module
from reader.intake.advice import advice
from reader.intake.http import PrivateError, _of_status
from reader.model import FeedState

NOW = datetime(2025, 3, 14, 12, 0, tzinfo=UTC)


def test_a_feed_that_did_not_fail_needs_nothing() -> None:
    assert advice(FeedState("x"), NOW) == ""


@pytest.mark.parametrize("status", [401, 403, 404, 407, 410, 429, 500, 503])
def test_each_status_has_an_advice_of_its_own_kind(status: int) -> None:
    told = advice(FeedState("x", reason=str(_of_status(status, {}))), NOW)
    assert told != module._WAIT
    assert told.endswith(".")


def test_what_nobody_thought_of_is_to_be_tried_again() -> None:
    assert advice(FeedState("x", reason="something unexpected went wrong"), NOW) == module._WAIT


def test_a_server_that_named_a_time_is_waited_for() -> None:
    later = NOW + timedelta(hours=30)
    state = FeedState("x", reason="the server wants fewer requests", told=True, not_before=later)
    assert re.fullmatch(r"Wait: .* before 2025-03-1\d \d\d:\d\d\.", advice(state, NOW))
    past = FeedState("x", reason=state.reason, told=True, not_before=NOW - timedelta(hours=1))
    assert "asked again later" in advice(past, NOW)


def test_every_reason_that_is_known_is_one_that_the_fetch_gives() -> None:
    """An advice whose reason was worded anew would never be given."""
    folder = Path(module.__file__).parent
    told = "".join(
        (folder / f"{name}.py").read_text(encoding="utf-8")
        for name in ("http", "parsing", "feeds", "subscriptions", "unpack")
    )
    told += str(PrivateError()) + str(_of_status(500, {})) + "what the server sent is a web page"
    assert [begin for begin in module._ADVICE if begin not in told] == []
