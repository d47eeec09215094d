"""What comes from outside cannot command the terminal, reorder a line or hide in it."""

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.text.hygiene import MOST_MARKS, clean, clean_line, shown, shown_line

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
SURROGATE = re.compile("[\ud800-\udfff]")

ODD = (
    "\x00\x07\x08\t\n\r\x0b\x1b\x7f\x85\x90\x9b\x9c\x9d\u00ad\u034f\u061c\u180b\u200b\u200c\u200d"
    "\u200e\u202e\u2028\u2066\u2069\ufe0e\ufe0f\ufeff\ufff9\ud800\udc00\U000e0041\U000e007f"
    "\U000e0100\U0010ffff\u093f\u0301\u0345\u0344\u20e3aé中مक#1❤👩🏽🏴\\ \xa0"
)
PIECES = st.sampled_from([*ODD, "\x1b[31m", "\x1b]0;x\x07", "]52;c;"])
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_nothing_that_is_stored_or_shown_holds_a_control(text: str) -> None:
    for result in (clean(text).text, clean_line(text).text, shown(text), shown_line(text)):
        assert not CONTROL.search(result)
        assert not BIDI.search(result)
        assert not SURROGATE.search(result)
    assert not re.search("[\n\t]", clean_line(text).text + shown_line(text))


@given(TEXTS)
@example("e\u200b\u0301")
@example("👩\ufe0f\ufe0f\u200d\u200d👩")
@example("\x1b\u200b[31m")
@example("क\u200d\u200c\ufe0f")
@settings(max_examples=500, deadline=None)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    cleaned, line = clean(text).text, clean_line(text).text
    assert clean(cleaned) == (cleaned, 0)
    assert shown(cleaned) == cleaned
    assert clean_line(line) == (line, 0)
    assert shown_line(line) == line
    assert shown(shown(text)) == shown(text)
    assert unicodedata.is_normalized("NFC", cleaned)


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=200))
def test_ordinary_text_loses_nothing(text: str) -> None:
    text = re.sub("[\u115f\u1160\u3164\uffa0\u3000]", "", text)
    assert clean(text) == (unicodedata.normalize("NFC", text), 0)
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x1b[31mred\x1b[0m b", "ared b"),
        ("a\x1b]52;c;cm0gLXJm\x07b", "ab"),
        ("a\x1b]8;;http://x.example/\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x1bP1$r0m\x1b\\b", "ab"),
        ("a\x9d0;title\x9cb", "ab"),
        ("a\x9b31mb", "ab"),
        ("a\x1b]0;never ended, so the words stay\nnext", "a0;never ended, so the words stay\nnext"),
        ("a\x1b(Bb", "ab"),
        ("a\x1bb", "ab"),
        ("a\x1b[", "a"),
        ("ab\x08\x08cd\x07", "abcd"),
    ],
)
def test_a_terminal_sequence_goes_with_what_it_carries(text: str, kept: str) -> None:
    assert clean(text) == (kept, len(text) - len(kept))
    assert shown(text) == kept


@pytest.mark.parametrize("mark", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\n"])
def test_every_line_break_becomes_one_newline_and_is_not_counted(mark: str) -> None:
    assert clean(f"one{mark}two") == ("one\ntwo", 0)
    assert clean_line(f"one{mark}two") == ("one two", 0)
    assert shown_line(f"one{mark}two") == "one two"


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d👩\u200d👧",
        "👩🏽\u200d🚀",
        "🏳\ufe0f\u200d🌈",
        "❤\ufe0f 1\ufe0f\u20e3 ☎\ufe0e",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می\u200cخواهم",
        "ഒരു അവന്\u200d",
        "क्\u200dष",
        "葛\U000e0100",
        "\u1820\u180b",
        "שָׁלוֹם",
        "Tiếng Việt, naïve, Ångström",
        "ทั้งที่",
        "tab\tseparated",
    ],
)
def test_what_a_script_needs_stays(text: str) -> None:
    assert clean(text) == (unicodedata.normalize("NFC", text), 0)
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("pay\u202eexe.txt", "payexe.txt"),
        ("zero\u200bwidth\u2060here\ufeff", "zerowidthhere"),
        ("Poli\u00adzei", "Polizei"),
        ("hi\U000e0068\U000e0069dden", "hidden"),
        ("a\u200db\u200cc\ufe0f", "abc"),
        ("👩\u200d rest", "👩 rest"),
        ("🏴\U000e0075\U000e0073\U000e007f", "🏴"),
        ("lone\ud800surrogate\udfff", "lonesurrogate"),
        ("non\ufdd0char\U0001ffff", "nonchar"),
        ("a\u3164b\u115f", "ab"),
    ],
)
def test_what_only_hides_goes_and_is_counted(text: str, kept: str) -> None:
    assert clean(text) == (kept, len(text) - len(kept))
    assert shown(text) == kept


def test_a_tower_of_marks_is_cut_to_what_scripts_need() -> None:
    tower = "a" + "\u0337" * 50 + "b"
    cleaned = clean(tower)
    assert cleaned == ("a" + "\u0337" * MOST_MARKS + "b", 50 - MOST_MARKS)
    assert shown(tower) == cleaned.text


def test_a_title_is_one_line_with_single_spaces() -> None:
    assert clean_line("  A\xa0 title\n\t in  two\u3000lines ") == ("A title in two lines", 0)


def test_an_escape_hidden_by_an_invisible_character_does_not_come_back() -> None:
    assert clean("a\x1b\u200b[31mb").text == "a[31mb"


def test_a_long_hostile_text_is_done_in_one_pass() -> None:
    for unit in (
        "\x1b]",
        "\x1b[",
        "\x1bP0",
        "\x9d",
        "\u200d",
        "a\u200d",
        "\ufe0f",
        "\u0301",
        "\U000e0041",
    ):
        result = clean(unit * 200_000)
        assert len(result.text) + result.stripped <= len(unit) * 200_000


def test_quotation_marks_of_a_wrongly_decoded_page_are_mended() -> None:
    assert clean("It\x92s \x93good\x94 \x96 so far\x85") == ("It’s “good” – so far…", 0)
    assert clean("a\x93b\x9d0;x\x9cc\x94") == ("abc", 7)
    assert shown("It\x92s") == "Its"
