"""What an outlet changes never changes what was annotated."""

from datetime import UTC, datetime

import pytest

from reader.annotate.placing import placed
from reader.annotate.selectors import selector_for
from reader.model import Annotation, Article, ArticleId

OLD = (
    "The council met on Monday. The minister said 40 people were arrested in the raid on Monday."
    " Shares of the yard fell to a 12-week low. Nobody spoke to the press afterwards."
)
NOW = datetime(2025, 3, 14, tzinfo=UTC)


def revised(text: str, revision: int = 2) -> Article:
    return Article(
        ArticleId(7), "id:x", "Herald", "Raid", text, NOW, language="en", revision=revision
    )


def note(quote: str) -> Annotation:
    start = OLD.index(quote)
    selector = selector_for(OLD, start, start + len(quote))
    return Annotation(1, ArticleId(7), "note", NOW, NOW, "look", selector)


ARRESTED = "The minister said 40 people were arrested in the raid on Monday."


@pytest.mark.parametrize("known", [True, None], ids=["by sentences", "by words"])
@pytest.mark.parametrize(
    ("quote", "old", "new", "today"),
    [
        # a number, a denial, a name, a word of the quote; the place is followed
        (ARRESTED, "40 people", "400 people", ARRESTED.replace("40", "400")),
        (ARRESTED, "said 40", "denied that 40", ARRESTED.replace("said", "denied that")),
        (ARRESTED, "The minister", "The mayor", ARRESTED.replace("minister", "mayor")),
        ("12-week low", "12-week", "10-week", "10-week low"),
        ("fell to a 12-week low", "a 12-week low", "a 12-week high", "fell to a 12-week high"),
        # the same words, elsewhere
        (ARRESTED, "The council met on Monday. ", "", ARRESTED),
        (ARRESTED, "The council", "New: The council", ARRESTED),
    ],
)
def test_the_quote_stays_as_annotated_and_todays_words_stand_beside_it(
    quote: str, old: str, new: str, today: str, known: bool | None
) -> None:
    text = OLD.replace(old, new, 1)
    found = placed(note(quote), revised(text), known and OLD)
    assert found.quote == quote
    assert not found.orphaned
    assert found.selector is not None
    assert text[found.selector.start : found.selector.end] == today
    assert found.changed_to == (today if today != quote else "")
    assert found.annotated_revision == (1 if today != quote else 0)


def test_a_quote_that_changes_twice_is_still_the_first_and_one_that_comes_back_is_the_same() -> (
    None
):
    later = OLD.replace("40 people", "400 people")
    once = placed(note(ARRESTED), revised(later), OLD)
    last = OLD.replace("40 people", "some 450 people")
    twice = placed(once, revised(last, 3), later)
    assert twice.quote == ARRESTED
    assert "some 450 people" in twice.changed_to
    assert (twice.revision, twice.annotated_revision) == (3, 1)
    back = placed(twice, revised(OLD, 4), last)
    assert (back.quote, back.changed_to, back.annotated) == (ARRESTED, "", None)


def test_a_quote_that_is_gone_is_kept_and_finds_its_place_again() -> None:
    gone = placed(note(ARRESTED), revised("The council met on Monday. Nobody spoke."), OLD)
    assert gone.orphaned
    assert gone.quote == ARRESTED
    back = placed(gone, revised(OLD, 3), OLD)
    assert not back.orphaned
    assert back.quote == ARRESTED
    assert back.changed_to == ""


def test_a_note_on_the_whole_article_goes_along() -> None:
    whole = Annotation(1, ArticleId(7), "note", NOW, NOW, "look")
    assert placed(whole, revised("Other words."), OLD).revision == 2


TWINS = (
    "Rain fell. The mayor said 40 people were arrested on Monday. The bridge is shut."
    " In the north the mayor said 40 people were arrested on Monday, too. Snow is near."
)


@pytest.mark.parametrize("which", [0, 1])
def test_a_sentence_that_was_deleted_is_not_found_in_a_like_one(which: int) -> None:
    quote = "mayor said 40 people were arrested on Monday"
    at = [TWINS.index(quote), TWINS.rindex(quote)][which]
    made = Annotation(
        1, ArticleId(7), "note", NOW, NOW, "", selector_for(TWINS, at, at + len(quote))
    )
    sentences = [f"{one}." for one in TWINS[:-1].split(". ")]
    text = " ".join(sentences[:1] + sentences[2:] if which == 0 else sentences[:3] + sentences[4:])
    gone = placed(made, revised(text), TWINS)
    assert gone.orphaned
    assert gone.quote == quote


@pytest.mark.parametrize(
    ("quote", "old", "new", "today"),
    [
        ("40 people", "40 people", "400 people", "400 people"),
        ("40", "40 people", "nearly fifty people", "nearly fifty"),
        ("minister", "The minister said", "The mayor said", "mayor"),
        ("said", "said 40", "did not say 40", "did not say"),
        ("low", "a 12-week low", "a 12-week high", "high"),
        # of a longer stretch a part is gone; half a word
        (
            f"{ARRESTED} Shares of the yard fell to a 12-week low.",
            " Shares of the yard fell to a 12-week low.",
            "",
            ARRESTED,
        ),
        ("eople were arres", "raid", "night raid", "eople were arres"),
    ],
)
def test_a_few_words_are_followed_by_those_around_them(
    quote: str, old: str, new: str, today: str
) -> None:
    text = OLD.replace(old, new, 1)
    found = placed(note(quote), revised(text), OLD)
    assert found.selector is not None
    assert not found.orphaned
    assert text[found.selector.start : found.selector.end] == today
    assert found.quote == quote


@pytest.mark.parametrize("quote", ["in the raid", "were arrested in the raid"])
def test_words_that_were_taken_out_have_no_place(quote: str) -> None:
    text = OLD.replace(f" {quote}", "", 1)
    assert placed(note(quote), revised(text), OLD).orphaned


def test_a_sentence_that_was_moved_is_found_where_it_is_now() -> None:
    moved = "Nobody spoke to the press afterwards."
    text = f"{moved} {OLD.removesuffix(moved).strip()}"
    found = placed(note(moved), revised(text), OLD)
    assert found.selector is not None
    assert (found.selector.start, found.changed_to, found.orphaned) == (0, "", False)
