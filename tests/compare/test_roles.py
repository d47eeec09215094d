"""What part a sentence plays: headings, captions and items stay out of the count."""

import dataclasses
from collections.abc import Callable

import pytest

from reader.compare import compare
from reader.model import Article, Block

Make = Callable[..., Article]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("The bridge fell on Monday.", "body"),
        ("Background and Context", "heading"),
        ("Why Did the Bridge Fall?", "heading"),
        ("What is known:", "heading"),
        ("A Long Way Home for the Sailors of the Northern Fleet", "heading"),
        ("the mayor said", "body"),
        ("เรือเฟอร์รี่เกยตื้นใกล้ท่าเรือลุนเดนเมื่อวันจันทร์", "body"),
        ("FILE - The bridge of Lunden in an earlier year.", "caption"),
        ("The bridge from the air. (Photo: Ada Holm)", "caption"),
        ("The bridge from the air (Reuters)", "caption"),
        ("- Boats for those who want to cross.", "list"),
        ("Witnesses say five of them were on the bridge at the time", "body"),
    ],
)
def test_a_line_tells_its_role_by_its_form(report: Make, line: str, role: str) -> None:
    comparison = compare([report("It began well enough.", line, "It ended badly."), report("No.")])
    assert comparison.articles[0].sentences[1].role == role


def test_the_kind_of_a_block_goes_before_its_form(report: Make) -> None:
    plain = report("The bridge fell on Monday.", "Nobody was on it then.")
    blocks = (Block(0, 26, "heading"), Block(28, 50, "caption"))
    comparison = compare([dataclasses.replace(plain, blocks=blocks), report("No.", source="B")])
    assert [s.role for s in comparison.articles[0].sentences] == ["heading", "caption"]


def test_headings_make_no_claim_and_are_not_counted_as_only_here(report: Make) -> None:
    one = report("Bridge of Lunden Falls", "The old bridge of Lunden fell on Monday.")
    two = report("The old bridge of Lunden fell on Monday.", source="B")
    comparison = compare([one, two])
    members = [(m.article, m.sentence) for claim in comparison.claims for m in claim.members]
    assert (one.id, 0) not in members
    assert comparison.only == ()
