"""Whether two reports are one agency's text."""

from reader.text.copies import SHARED_PASSAGES, containment, same_copy
from reader.text.words import words

WIRE = words(
    "The harbour master closed the port of Ely on Monday after a crane fell across two berths "
    "and officials said that it would take a week to clear the wreck from the water."
)
OWN = words(
    "Two berths in Ely were blocked when a crane came down at the start of the week, and ships "
    "are being sent to other ports while the wreck is cut up."
)


def test_a_text_contains_itself_and_nothing_contains_what_is_too_short() -> None:
    assert containment(WIRE, WIRE) == 1.0
    assert containment(WIRE[:4], WIRE) == 0.0
    assert containment([], WIRE) == containment(WIRE, []) == 0.0


def test_a_shortened_and_retouched_wire_report_is_the_same_copy() -> None:
    retouched = ["yesterday", *WIRE[:20], "sources", *WIRE[21:26]]
    assert same_copy(WIRE, retouched)
    assert same_copy(retouched, WIRE)


def test_two_reports_in_their_own_words_are_not() -> None:
    assert not same_copy(WIRE, OWN)
    assert containment(WIRE, OWN) < SHARED_PASSAGES


def test_a_shared_passage_is_measured_on_both_sides_apart() -> None:
    longer = OWN + WIRE[:12] + OWN
    assert containment(WIRE[:12], longer) == 1.0
    assert 0 < containment(longer, WIRE[:12]) < SHARED_PASSAGES


def test_the_order_of_words_counts() -> None:
    assert not same_copy(WIRE, sorted(WIRE))
