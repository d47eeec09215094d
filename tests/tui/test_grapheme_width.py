"""Signs that terminals disagree about do not move what stands right of them."""

from typing import Any

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from reader.library import Library
from reader.tui.grapheme_width import GraphemeWidth, settled_width

Start = Any


@pytest.mark.parametrize(
    ("written", "painted"),
    [
        ("plain words", "plain words"),
        ("橋は閉鎖 – été", "橋は閉鎖 – été"),
        ("👩‍👩‍👧‍👦 at the fair", "👩 at the fair"),
        ("🏳️‍🌈 and ❤️", "🏳  and ❤ "),
        ("👍🏽", "👍"),
        ("🇩🇪 wins, 1️⃣", "DE wins, 1 "),
        ("☔ rain", "☔ rain"),
        ("نمی‌خواهم क्‍ष", "نمی‌خواهم क्‍ष"),
    ],
)
def test_a_sign_of_doubtful_width_is_painted_plain_and_as_wide(written: str, painted: str) -> None:
    assert settled_width(written) == painted
    assert cell_len(painted) == cell_len(written)


def test_the_filter_leaves_styles_and_control_codes_as_they_are() -> None:
    bold = Style(bold=True)
    segments = [Segment("👍🏽", bold), Segment(" x"), Segment("", None, [])]
    assert GraphemeWidth().apply(segments, Color(0, 0, 0)) == [
        Segment("👍", bold), Segment(" x"), Segment("", None, []),
    ]  # fmt: skip


async def test_every_line_of_the_program_goes_through_it(library: Library, start: Start) -> None:
    async with start(library) as reader:
        assert any(isinstance(f, GraphemeWidth) for f in reader.app.get_line_filters())
