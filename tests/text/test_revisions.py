"""What changed between two revisions: sentences beside each other, then word by word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.revisions import Changes, Version, changes
from reader.text.word_changes import word_changes

BRIDGE = (
    "The old bridge was closed to lorries on Tuesday after a crack was found. "
    "Engineers measured a gap of 14 millimetres.\n\n"
    "The bridge carries 9,000 vehicles a day. A detour takes twelve minutes."
)


def compared(old: str, new: str, language: str = "en") -> Changes:
    return changes(Version("Bridge closed", old, language), Version("Bridge closed", new, language))


def marked(found: Changes) -> list[str]:
    """Return the passages as wdiff writes them: [-gone-] {+come+}."""
    forms = {"same": "%s", "deleted": "[-%s-]", "inserted": "{+%s+}"}
    return ["".join(forms[kind] % text for kind, text in p.pieces) for p in found.passages]


def test_the_same_text_has_no_changes() -> None:
    found = compared(BRIDGE, BRIDGE)
    assert not found.changed
    assert (found.inserted, found.deleted) == (0, 0)
    assert len(found.passages) == 2


def test_a_corrected_figure_is_one_word() -> None:
    found = compared(BRIDGE, BRIDGE.replace("14", "19"))
    assert marked(found)[0].endswith("a gap of [-14-]{+19+} millimetres.")
    assert (found.inserted, found.deleted) == (1, 1)
    assert not found.passages[1].changed


def test_a_number_is_not_taken_apart() -> None:
    found = compared(BRIDGE, BRIDGE.replace("9,000", "9,400"))
    assert "[-9,000-]{+9,400+} vehicles" in marked(found)[1]


def test_a_sentence_that_came_is_whole_and_its_neighbours_stay() -> None:
    new = BRIDGE.replace("14 millimetres.", "14 millimetres. The county knew nothing of it.")
    assert marked(compared(BRIDGE, new))[0].endswith(
        "14 millimetres.{+ The county knew nothing of it.+}"
    )


def test_a_paragraph_that_went_stands_where_it_stood() -> None:
    parts = BRIDGE.split("\n\n")
    middle = "Nobody was hurt by it. The school bus goes another way."
    found = compared("\n\n".join([parts[0], middle, parts[1]]), BRIDGE)
    assert marked(found)[1] == f"[-{middle}-]"
    assert [p.changed for p in found.passages] == [False, True, False]


def test_a_new_beginning_does_not_shift_what_follows() -> None:
    lead = "All traffic is banned from the bridge since Wednesday."
    found = compared(BRIDGE, f"{lead}\n\n{BRIDGE}")
    assert marked(found)[0] == f"{{+{lead}+}}"
    assert [p.changed for p in found.passages] == [True, False, False]


def test_a_sentence_told_anew_is_compared_with_the_one_it_was() -> None:
    new = BRIDGE.replace("closed to lorries on Tuesday", "shut to all vehicles on Wednesday")
    assert marked(compared(BRIDGE, new))[0].startswith(
        "The old bridge was [-closed to lorries on Tuesday-]{+shut to all vehicles on Wednesday+}"
    )


def test_another_sentence_in_its_place_is_not_taken_for_a_change_of_it() -> None:
    old = "The mayor spoke for an hour. It rained."
    new = "Seven ships wait outside. It rained."
    assert marked(compared(old, new)) == [
        "[-The mayor spoke for an hour.-]{+ Seven ships wait outside.+} It rained."
    ]


def test_the_title_is_compared_too() -> None:
    found = changes(Version("Two ships lost", "Text."), Version("Three ships lost", "Text."))
    assert [p.kind for p in found.title] == ["deleted", "inserted", "same"]
    assert found.changed


def test_paragraphs_that_were_only_set_anew_are_no_change() -> None:
    assert not compared(BRIDGE, BRIDGE.replace("\n\n", " ")).changed


@pytest.mark.parametrize(
    ("old", "new", "went", "came"),
    [
        ("港口周二关闭。船只在外等候。", "港口周三关闭。船只在外等候。", "二", "三"),
        ("ท่าเรือปิดวันอังคาร", "ท่าเรือปิดวันพุธ", "อังคาร", "พุธ"),
        ("أُغلق الميناء يوم الثلاثاء.", "أُغلق الميناء يوم الأربعاء.", "الثلاثاء", "الأربعاء"),
    ],
)
def test_scripts_without_spaces_and_from_the_right_are_compared(
    old: str, new: str, went: str, came: str
) -> None:
    pieces = word_changes(old, new)
    assert went in "".join(p.text for p in pieces if p.kind == "deleted")
    assert came in "".join(p.text for p in pieces if p.kind == "inserted")


def test_very_long_and_repeated_texts_are_compared_in_bounds() -> None:
    old = "So it goes. " * 3000
    new = "So it goes. " * 2900 + "Seven ships wait. " + "So it went on. " * 90
    found = compared(old, new)
    assert found.changed
    assert "Seven ships wait." in "".join(
        t for p in found.passages for k, t in p.pieces if k == "inserted"
    )


WORDS = st.lists(
    st.sampled_from(
        ["ship", "harbour", "Tuesday", "9,000", "closed", "\n\n", ".", "it's", "港", "。"]
    ),
    max_size=30,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS)
def test_both_texts_can_be_read_out_of_the_changes(old: str, new: str) -> None:
    found = compared(old, new)
    for version, gone in ((old, "inserted"), (new, "deleted")):
        read = "".join(t for p in found.passages for k, t in p.pieces if k != gone)
        assert "".join(read.split()) == "".join(version.split())
    assert found.changed == ("".join(old.split()) != "".join(new.split()))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_the_newer_sentence_is_kept_to_the_letter(old: str, new: str) -> None:
    pieces = word_changes(old, new)
    assert "".join(p.text for p in pieces if p.kind != "deleted") == new


def test_what_came_and_went_in_one_paragraph_stands_together() -> None:
    old = "Ships wait. It rained.\n\nDogs travel free.\n\nThe quay is closed."
    new = "Ships wait. The sun shone for once.\n\nThe quay is closed."
    assert marked(compared(old, new)) == [
        "Ships wait.[- It rained.-]{+ The sun shone for once.+}",
        "[-Dogs travel free.-]",
        "The quay is closed.",
    ]
