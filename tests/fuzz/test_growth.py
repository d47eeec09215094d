"""Reading takes no more than in proportion longer, however a text is made to take longer.

Nothing is said of seconds: the time for eight times as much is set against the time for once.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest

from reader.annotate.anchor import anchor
from reader.annotate.selectors import find_quote, selector_for
from reader.compare.contexts import clauses_of
from reader.compare.quotes import quotations
from reader.compare.times import moments
from reader.errors import QueryError
from reader.export.escape import prose
from reader.intake.blocks import paragraphs_of_html
from reader.library import parse_query
from reader.model import Article, Block, article_id
from reader.summary import summarize
from reader.text.bylines import byline_of
from reader.text.cuts import cut_more, cut_phrases
from reader.text.headlines import outlet_after
from reader.text.hygiene import clean, shown_line
from reader.text.kinds import is_caption
from reader.text.pagelines import is_menu, known_line
from reader.text.paragraphs import mended, paragraphs
from reader.text.sentences import sentences
from reader.text.words import stems

ONCE, TIMES = 2_000, 8
MOST = 24.0
"""In proportion is 8, with a logarithm somewhat more; the square is 64."""
LEAST = 0.002
"""Seconds of CPU that are taken for noise."""
DAY = date(2025, 3, 1)

Reading = Callable[[str], object]


def searched(text: str) -> None:
    with suppress(QueryError):
        parse_query(text)


def summarized(text: str) -> None:
    identity = "title:x"
    article = Article(
        id=article_id(identity),
        identity=identity,
        source="S",
        title="T",
        text=f"It rained. {text}",
        added=datetime(2025, 3, 1, tzinfo=UTC),
        language="en",
        blocks=(Block(0, len(text) + 11),),
    )
    summarize([article])


def anchored(text: str) -> None:
    anchor(selector_for(text, 10, len(text) - 10), f"x {text[9:]}")


DOORS: dict[str, Reading] = {
    "clean": clean,
    "shown": shown_line,
    "sentences": lambda text: sentences(text, "en"),
    "stems": lambda text: stems(text, "en"),
    "paragraphs": paragraphs,
    "mended": mended,
    "cut phrases": cut_phrases,
    "cut more": cut_more,
    "known line": lambda text: known_line(text, last=False),
    "menu": is_menu,
    "caption": is_caption,
    "by-line": byline_of,
    "outlet": lambda text: outlet_after(text, text[: len(text) // 2]),
    "times": lambda text: moments(text, "en", DAY),
    "quotations": quotations,
    "clauses": lambda text: clauses_of(text, "en"),
    "query": searched,
    "quote": lambda text: find_quote(text, "two words"),
    "anchor": anchored,
    "summary": summarized,
    "HTML": paragraphs_of_html,
    "Markdown": prose,
}
TRAPS = (
    "a", " ", "\t", "\n", "(", "](", "<", "<b>", "“", "' ", "1", "1,", "A. ", "a.", "| ", "-",
    "two days ago ", "12 May ", "Monday ", "2021-08-01 ", "Ann Cole, ", "hundred ", "(AP) ", "漢。",
    "e\u0301", "\x1b[", "\x93a", "a\u200d", "Read more: ", "Photo: ",
)  # fmt: skip


def seconds(read: Reading, text: str) -> float:
    """Return the least CPU time that reading a text took, of three times."""
    taken = []
    for number in range(3):
        begun = time.process_time()
        read(f"{text}{number}")  # never what a cache has kept
        taken.append(time.process_time() - begun)
    return min(taken)


def filled(trap: str, length: int) -> str:
    return (trap * (length // len(trap) + 1))[:length]


@pytest.mark.parametrize("door", DOORS)
def test_eight_times_as_much_takes_about_eight_times_as_long(door: str) -> None:
    read = DOORS[door]
    for trap in TRAPS:
        read(filled(trap, 100))  # what is made when it is first needed
        once = max(seconds(read, filled(trap, ONCE)), LEAST)
        often = seconds(read, filled(trap, ONCE * TIMES))
        assert often < once * MOST, f"{trap!r}: {once:.4f} s, then {often:.4f} s"
