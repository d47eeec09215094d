"""Links as numbered references: in the text, at its end."""

from reader.model import Link
from reader.text.references import references, with_marks

TEXT = "The crews walked out, the report says. See https://ex.org/r or the report."
LINKS = (
    Link(4, 9, "https://ex.org/crews"),
    Link(26, 32, "https://ex.org/r"),
    Link(43, 59, "https://ex.org/r"),
    Link(67, 73, "https://ex.org/r"),
)


def test_links_are_numbered_in_their_order_and_an_address_keeps_its_number() -> None:
    """Words that are the address already need none."""
    linked = references(TEXT, LINKS)
    assert linked.addresses == ("https://ex.org/crews", "https://ex.org/r")
    assert with_marks(TEXT, linked.marks) == (
        "The crews[1] walked out, the report[2] says. See https://ex.org/r or the report[2]."
    )


def test_the_marks_of_a_part_are_counted_from_its_start() -> None:
    """A link that ends before the part has its mark there."""
    linked = references(TEXT, LINKS)
    assert linked.within(9, 38) == ((23, "[2]"),)
    assert references("no links", ()).addresses == ()
