"""What an outlet changes never changes what was annotated."""

from datetime import UTC, datetime

import pytest

from reader.annotate.placing import placed
from reader.annotate.selectors import selector_for
from reader.model import Annotation, ArticleId

OLD = (
    "The council met on Monday. The minister said 40 people were arrested in the raid on Monday."
    " Shares of the yard fell to a 12-week low. Nobody spoke to the press afterwards."
)
NOW = datetime(2025, 3, 14, tzinfo=UTC)


def note(quote: str) -> Annotation:
    start = OLD.index(quote)
    selector = selector_for(OLD, start, start + len(quote))
    return Annotation(1, ArticleId(7), "note", NOW, NOW, "look", selector)


ARRESTED = "The minister said 40 people were arrested in the raid on Monday."


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
    quote: str, old: str, new: str, today: str
) -> None:
    text = OLD.replace(old, new, 1)
    found = placed(note(quote), text, 2)
    assert found.quote == quote
    assert not found.orphaned
    assert found.selector is not None
    assert text[found.selector.start : found.selector.end] == today
    assert found.changed_to == (today if today != quote else "")
    assert found.annotated_revision == (1 if today != quote else 0)


def test_a_quote_that_changes_twice_is_still_the_first_and_one_that_comes_back_is_the_same() -> (
    None
):
    once = placed(note(ARRESTED), OLD.replace("40 people", "400 people"), 2)
    twice = placed(once, OLD.replace("40 people", "some 450 people"), 3)
    assert twice.quote == ARRESTED
    assert "some 450 people" in twice.changed_to
    assert (twice.revision, twice.annotated_revision) == (3, 1)
    back = placed(twice, OLD, 4)
    assert (back.quote, back.changed_to, back.annotated) == (ARRESTED, "", None)


def test_a_quote_that_is_gone_is_kept_and_finds_its_place_again() -> None:
    gone = placed(note(ARRESTED), "The council met on Monday. Nobody spoke.", 2)
    assert gone.orphaned
    assert gone.quote == ARRESTED
    back = placed(gone, OLD, 3)
    assert not back.orphaned
    assert back.quote == ARRESTED
    assert back.changed_to == ""


def test_a_note_on_the_whole_article_goes_along() -> None:
    whole = Annotation(1, ArticleId(7), "note", NOW, NOW, "look")
    assert placed(whole, "Other words.", 2).revision == 2
