"""Notes and highlights keep their places when an article changes, or say that they lost them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotate.anchor import anchor
from reader.annotate.selectors import selector_for
from reader.model import Selector

TEXT = (
    "The ferry to Holm left at nine with 140 people on board.\n\n"
    "The captain said the sea was calm. The harbour master said the sea was rough.\n\n"
    "Nobody was hurt when it ran aground, the coastguard said on Monday evening."
)


def selected(words: str, text: str = TEXT) -> Selector:
    start = text.index(words)
    return selector_for(text, start, start + len(words))


def found(selector: Selector, text: str) -> str | None:
    place = anchor(selector, text)
    return None if place is None else text[place[0] : place[1]]


def test_in_the_same_text_the_place_is_the_same() -> None:
    selector = selected("the sea was calm")
    assert anchor(selector, TEXT) == (selector.start, selector.end)


def test_a_place_moves_with_what_is_written_before_it() -> None:
    text = "Updated at noon.\n\n" + TEXT
    assert found(selected("Nobody was hurt"), text) == "Nobody was hurt"


def test_of_equal_words_those_with_the_same_words_around_are_taken() -> None:
    second = TEXT.index("said the sea", TEXT.index("harbour"))
    selector = selector_for(TEXT, second, second + len("said the sea"))
    text = "A correction was made to this report about the captain of the ferry.\n\n" + TEXT
    place = anchor(selector, text)
    assert place is not None
    assert text[: place[0]].endswith("The harbour master ")


def test_equal_words_at_the_old_offset_do_not_mislead() -> None:
    text = "She said the word. He said the word."
    selector = selector_for(text, 22, 30)
    changed = "It was late. She said the word, twice. He said the word."
    place = anchor(selector, changed)
    assert place is not None
    assert changed[: place[0]].endswith("He ")


def test_a_corrected_sentence_is_still_the_sentence() -> None:
    selector = selected("The ferry to Holm left at nine with 140 people on board.")
    text = TEXT.replace("nine with 140 people", "half past nine with 142 passengers")
    got = found(selector, text)
    assert got == "The ferry to Holm left at half past nine with 142 passengers on board."


def test_a_corrected_sentence_of_a_script_without_spaces_is_found() -> None:
    text = "昨日の夜、東京都で大きな地震がありました。けが人はいませんでした。"
    selector = selected("東京都で大きな地震がありました", text)
    changed = "速報。" + text.replace("大きな地震", "強い地震")
    assert found(selector, changed) == "東京都で強い地震がありました"


@pytest.mark.parametrize("words", ["The captain said the sea was calm.", "rough", "Monday evening"])
def test_what_is_gone_is_orphaned(words: str) -> None:
    text = "The ferry to Holm left at nine.\n\nNo more is known."
    assert anchor(selected(words), text) is None


def test_a_place_in_an_empty_text_is_orphaned() -> None:
    assert anchor(selected("rough"), "") is None


def test_a_long_text_of_the_same_word_is_no_trouble() -> None:
    text = "again " * 20_000
    selector = selector_for(text, 600, 1800)
    assert anchor(selector, text) == (600, 1800)
    assert anchor(selector, "once " + text) is not None


@given(st.text(max_size=300), st.data())
def test_every_place_is_found_in_its_own_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert anchor(selector_for(text, start, end), text) == (start, end)


@given(st.text(max_size=120), st.text(max_size=120), st.data())
def test_a_place_found_in_another_text_lies_inside_it(
    text: str, other: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = anchor(selector_for(text, start, end), other)
    assert place is None or 0 <= place[0] <= place[1] <= len(other)


ANIMALS = ["ant", "bee", "cat", "dog", "eel", "fox", "gnu"]
WORDS = st.lists(st.sampled_from(ANIMALS), min_size=1, max_size=30)


@given(WORDS, WORDS, WORDS, WORDS)
def test_unchanged_words_are_found_whatever_is_written_around_them(
    before: list[str], after: list[str], new_before: list[str], new_after: list[str]
) -> None:
    quote = "the quick brown owl"
    text = " ".join([*before, quote, *after])
    changed = " ".join([*new_before, quote, *new_after])
    assert found(selected(quote, text), changed) == quote
