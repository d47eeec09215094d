"""A place in a text is described by its words, and a quote is found by them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate.selectors import CONTEXT, find_quote, selector_for

TEXT = "The bridge at Ardle was closed.\n\nThe bridge at\nArdle will open in May. Ardle waits."


def test_a_selector_holds_the_place_and_the_words_around_it() -> None:
    start = TEXT.index("closed")
    selector = selector_for(TEXT, start, start + 6)
    assert (selector.start, selector.end, selector.exact) == (start, start + 6, "closed")
    assert selector.prefix == "The bridge at Ardle was "
    assert selector.suffix == TEXT[start + 6 : start + 6 + CONTEXT]


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 4), (0, len(TEXT) + 1)])
def test_a_place_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no place"):
        selector_for(TEXT, start, end)


def test_a_quote_is_found_wherever_it_stands_whatever_the_white_space() -> None:
    places = find_quote(TEXT, "  bridge at   Ardle ")
    assert [TEXT[start:end] for start, end in places] == ["bridge at Ardle", "bridge at\nArdle"]


def test_a_wrapped_quote_of_a_script_without_spaces_is_found() -> None:
    text = "昨日、東京都で地震がありました。"
    assert find_quote(text, "東京都で\n地震") == [(3, 9)]


def test_overlapping_places_are_all_found() -> None:
    assert find_quote("na na na", "na na") == [(0, 5), (3, 8)]


@pytest.mark.parametrize("quote", ["", "  \n ", "closed bridge"])
def test_what_does_not_stand_there_is_not_found(quote: str) -> None:
    assert find_quote(TEXT, quote) == []


@given(st.text(max_size=200), st.data())
def test_any_part_of_a_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = text[start:end]
    places = find_quote(text, quote)
    if not quote.strip():
        assert places == []
        return
    bare = quote.strip()
    begin = start + quote.index(bare)
    assert (begin, begin + len(bare)) in places
    assert places == sorted(places)
    assert all("".join(text[a:b].split()) == "".join(quote.split()) for a, b in places)
