"""What holds for the sentences of any text, however odd."""

import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.tokenize import punkt

from reader.model import Sentence
from reader.text import _punkt
from reader.text import sentences as room
from reader.text.language import LANGUAGES
from reader.text.sentences import sentences

MARKS = " \n\t.?!…,;:\"'“”«»()[]-—\u3000\xa0。！」「؟।"
WORDS = re.split("[|]", "...|Mr.|U.S.|3.|5|A.|He|Inc.|z. B.|т. д.|다.|好|で|😀|https://a.b/c| . ")
PIECES = st.sampled_from([*MARKS, *WORDS])
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))
TAGS = st.sampled_from([*LANGUAGES, None, "sv", "en-GB", "pt_BR", "../x", ""])


@given(TEXTS, TAGS)
@settings(max_examples=400, deadline=None)
def test_sentences_cover_all_that_is_not_white_space_in_order(text: str, tag: str | None) -> None:
    at = 0
    for index, sentence in enumerate(sentences(text, tag)):
        assert sentence.index == index
        assert not text[at : sentence.start].strip()
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip() != ""
        at = sentence.end
    assert not text[at:].strip()


@given(TEXTS, TAGS)
@settings(max_examples=200, deadline=None)
def test_no_sentence_goes_over_a_line_break(text: str, tag: str | None) -> None:
    assert all("\n" not in sentence.text for sentence in sentences(text, tag))


@given(TEXTS, TEXTS, TAGS)
@settings(max_examples=200, deadline=None)
def test_the_sentences_of_a_line_do_not_depend_on_other_lines(
    one: str, other: str, tag: str | None
) -> None:
    apart = [s.text for s in sentences(one, tag)] + [s.text for s in sentences(other, tag)]
    assert [s.text for s in sentences(f"{one}\n{other}", tag)] == apart


def test_a_text_without_words_is_one_sentence_a_line_and_white_space_is_none() -> None:
    assert [s.text for s in sentences("***\n— — —\n", "en")] == ["***", "— — —"]
    assert sentences(" \n\t \u3000", "en") == sentences("", None) == ()


UNITS = re.split("[|]", 'A. |.|. |…|! |." |("." |a|1. |U.S. |Mr. |。|「好。|（好。|!😀 |a.b@c.d ')


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_hostile_line_is_done_and_loses_nothing(unit: str) -> None:
    text = (unit * (100_000 // len(unit) + 1))[:100_000]
    together = "".join(s.text for s in sentences(text, "en"))
    assert together.replace(" ", "") == text.replace(" ", "")


def test_a_long_line_has_the_boundaries_that_its_parts_have() -> None:
    part = "The mayor of Ely met Dr. Kim on Jan. 5 at 9 a.m. in the U.S. They spoke. It was No. 5! "
    text = part * 500
    assert len(text) > 3 * _punkt.PIECE
    assert [s.text for s in sentences(text, "en")] == [s.text for s in sentences(part, "en")] * 500


def test_the_rules_go_on_alone_where_punkt_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(punkt.PunktSentenceTokenizer, "span_tokenize", gives_up)
    monkeypatch.setattr(room, "_kept", room._Kept(10))
    found = sentences("Really? He left Acme Inc. The end came. Nobody knew.", "en")
    assert [s.text for s in found] == ["Really?", "He left Acme Inc.", "The end came. Nobody knew."]


def test_the_texts_kept_are_bounded_by_their_characters() -> None:
    kept = room._Kept(10)
    for letter in "abc":
        kept.put((letter * 4, "en"), (Sentence(0, 0, 4, letter * 4),))
    assert kept.get(("aaaa", "en")) is None
    assert kept.get(("bbbb", "en")) is not None
    kept.put(("d" * 50, "en"), ())
    assert kept.get(("d" * 50, "en")) == ()
    assert kept.get(("cccc", "en")) is None


def test_languages_differ_where_their_manners_do() -> None:
    text = "Am 3. Oktober war es so. Πού; Εδώ."
    assert len(sentences(text, "de")) == 2
    assert len(sentences(text, "el")) > len(sentences(text, "de"))
    assert sentences("He met Mr. Day. She left.", "en-GB") == sentences(
        "He met Mr. Day. She left.", "en"
    )


def test_a_language_without_rules_of_its_own_is_split_plainly() -> None:
    found = sentences("Han bor i Lund. Dr. Ek kom kl. 5. Vem vet? Ingen!", "sv")
    assert [s.text for s in found] == ["Han bor i Lund.", "Dr. Ek kom kl. 5.", "Vem vet?", "Ingen!"]
    hindi = sentences("वह गया। वह रही।", "hi")
    assert [s.text for s in hindi] == ["वह गया।", "वह रही।"]


def test_importing_the_room_loads_nothing_heavy() -> None:
    code = (
        "import sys, reader.text.hygiene, reader.text.sentences, reader.text.words\n"
        "import reader.text.vectors, reader.text.copies, reader.text.language\n"
        "print([m for m in ('nltk', 'numpy', 'sumy', 'py3langid', 'regex') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
