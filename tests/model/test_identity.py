"""An article is found again by its id, in every library."""

from hypothesis import given
from hypothesis import strategies as st

from reader.model import article_id, id_range, identity_of, shown_id


def test_the_identity_is_feed_and_guid_before_address_before_file_before_title() -> None:
    everything = {
        "feed": "https://a.example/feed",
        "guid": "7",
        "url": "https://a.example/7",
        "source": "A",
        "filename": "seven.md",
        "title": "Seven",
    }
    assert identity_of(**everything) == "entry:https://a.example/feed\t7"
    assert identity_of(**everything | {"guid": None}) == "url:https://a.example/7"
    assert identity_of(source="A", filename="seven.md", title="Seven") == "file:A\tseven.md"
    assert identity_of(source="A", title="Seven") == "title:A\tSeven"
    assert identity_of(given="x1", **everything) == "id:x1"


@given(st.text())
def test_an_id_is_shown_in_13_characters_and_found_by_any_beginning(identity: str) -> None:
    number = article_id(identity)
    shown = shown_id(number)
    assert 0 < number < 2**63
    assert len(shown) == 13
    assert id_range(shown) == (number, number)
    for length in range(1, 13):
        low, high = id_range(shown[:length].upper()) or (1, 0)
        assert low <= number <= high


@given(st.integers(1, 2**63 - 1))
def test_an_id_that_another_library_printed_stays_the_same(number: int) -> None:
    assert article_id(identity_of(given=shown_id(number))) == number


def test_what_cannot_begin_an_id_has_no_range() -> None:
    assert id_range("") is None
    assert id_range("no such") is None
    assert id_range("z" * 13) is None
    assert id_range("0" * 14) is None
