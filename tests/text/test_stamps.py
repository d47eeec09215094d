"""Dates and times as pages print them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.bylines import byline_of
from reader.text.stamps import parse_stamp, stamp_of


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-07-04", "2025-07-04T00:00:00+00:00"),
        ("20250704", "2025-07-04T00:00:00+00:00"),
        ("2025-07-04T09:30:00Z", "2025-07-04T09:30:00+00:00"),
        ("2025-07-04 09:30 +02:00", "2025-07-04T09:30:00+02:00"),
        ("2025/7/4", "2025-07-04T00:00:00+00:00"),
        ("Fri, 04 Jul 2025 10:00:00 +0200", "2025-07-04T10:00:00+02:00"),
        ("July 4, 2025 5:30 PM", "2025-07-04T17:30:00+00:00"),
        ("4 July 2025", "2025-07-04T00:00:00+00:00"),
        ("1:25 AM on 3rd August 2011", "2011-08-03T01:25:00+00:00"),
        ("14:11 EST, 25 October 2013", "2013-10-25T14:11:00-05:00"),
        ("Thursday, 3 July 2025 18:00 GMT+2", "2025-07-03T18:00:00+02:00"),
        ("04.07.2025, 17:52 Uhr", "2025-07-04T17:52:00+00:00"),
        ("4. Juli 2025", "2025-07-04T00:00:00+00:00"),
        ("le 3 juillet 2025 à 17h52", "2025-07-03T17:52:00+00:00"),
        ("3 de julio de 2025", "2025-07-03T00:00:00+00:00"),
        ("3 luglio 2025", "2025-07-03T00:00:00+00:00"),
        ("3 июля 2025, 14:30", "2025-07-03T14:30:00+00:00"),
        ("4 lipca 2025", "2025-07-04T00:00:00+00:00"),
        ("2025年7月4日 10:30", "2025-07-04T10:30:00+00:00"),
        ("2025년 7월 4일", "2025-07-04T00:00:00+00:00"),
        ("25/12/2025", "2025-12-25T00:00:00+00:00"),
        ("12/25/2025", "2025-12-25T00:00:00+00:00"),
    ],
)
def test_written_dates_are_read(text: str, moment: str) -> None:
    found = parse_stamp(text)
    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize(
    "text", ["4/7/2025", "July 4", "5:30 PM", "2 hours ago", "Updated at noon"]
)
def test_what_a_stamp_leaves_open_is_not_made_up(text: str) -> None:
    assert parse_stamp(text) is None


@pytest.mark.parametrize(
    "text", ["", "12", "The 3 men", "On July 4 the town rests", "99:99", "x" * 500]
)
def test_what_is_no_stamp_is_not_read_as_one(text: str) -> None:
    assert parse_stamp(text) is None
    assert stamp_of(text) is None


def test_the_first_and_the_last_year_break_nothing() -> None:
    assert parse_stamp("0001-01-01T00:00:00+14:00") is None
    assert parse_stamp("9999-12-31") == datetime(9999, 12, 31, tzinfo=UTC)


def test_a_line_of_names_and_stamps_is_a_by_line_and_a_sentence_is_none() -> None:
    assert byline_of("Ann Lee | Published 3 July 2025 | 4 min read") is not None
    assert byline_of("By noon the harbour was full") is None
    assert byline_of("Di Vaio scores twice") is None


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    found = parse_stamp(text)
    assert found is None or found.utcoffset() is not None
    byline_of(text)


@given(st.datetimes(timezones=st.just(UTC)))
def test_any_moment_written_as_iso_is_read_back(moment: datetime) -> None:
    assert parse_stamp(moment.isoformat()) == moment
