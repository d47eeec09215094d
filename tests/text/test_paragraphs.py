"""Plain text becomes paragraphs; paragraphs become the stored text and its blocks."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import BLOCK_KINDS, Link
from reader.text.kinds import with_kinds
from reader.text.paragraphs import Paragraph, covers, joined, laid_out, mended, paragraphs, reworded

LONG = "The council met on Monday and spoke for two hours about the new bridge over the river."


def texts(text: str) -> list[str]:
    return [part.text for part in joined(paragraphs(text))]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in with_kinds(joined(paragraphs(text)))]


def test_each_line_is_a_paragraph_and_blank_lines_do_not_count() -> None:
    assert texts(f"{LONG}\n{LONG}\n\n\n  {LONG}  \n") == [LONG, LONG, LONG]


def test_runs_of_spaces_and_tabs_become_one_space() -> None:
    assert texts("The  ferry\tleft at\u00a0nine.") == ["The ferry left at nine."]


def test_rules_between_paragraphs_are_left_out() -> None:
    assert texts(f"{LONG}\n* * *\n{LONG}\n-----\n{LONG}\n___") == [LONG, LONG, LONG]


@pytest.mark.parametrize("bullet", ["-", "*", "•", "▪", "‣", "·"])
def test_bulleted_lines_are_a_list_without_their_bullets(bullet: str) -> None:
    found = paragraphs(f"Three things are needed:\n{bullet} steel\n{bullet} stone\n{bullet} time")
    assert [(p.kind, p.text) for p in found[1:]] == [
        ("list", "steel"), ("list", "stone"), ("list", "time"),
    ]  # fmt: skip


def test_numbered_lines_keep_their_numbers() -> None:
    found = paragraphs("1. First the stone.\n2. Then the steel.\n3) Last the paint.")
    assert [p.kind for p in found] == ["list"] * 3
    assert found[0].text == "1. First the stone."


def test_a_lone_number_or_hyphen_at_the_start_of_a_line_is_no_list() -> None:
    found = paragraphs(
        f"{LONG}\n1. FC Hafen won the cup again.\n{LONG}\n- No, said the ferryman.\n{LONG}"
    )
    assert [p.kind for p in found] == ["paragraph"] * 5
    assert found[3].text == "- No, said the ferryman."


def test_a_line_between_dashes_is_a_heading() -> None:
    assert kinds(f"{LONG}\n- 'We had no choice' -\n{LONG}")[1] == ("heading", "'We had no choice'")


class TestPiecesOfSentences:
    """A scraper broke quotations out of sentences, onto lines of their own."""

    def test_a_line_that_begins_in_lower_case_goes_on_the_line_before(self) -> None:
        assert texts("The mayor spoke of a splendid day\nfor the town and its harbour.") == [
            "The mayor spoke of a splendid day for the town and its harbour."
        ]

    def test_a_lone_full_stop_closes_the_line_before(self) -> None:
        assert texts(
            "The ferryman called the opening rather sad\n.\nThe ferry stops on Sunday."
        ) == [
            "The ferryman called the opening rather sad.",
            "The ferry stops on Sunday.",
        ]

    def test_blank_lines_between_the_pieces_do_not_matter(self) -> None:
        assert texts("She praised it as a brave answer\n\nto all the doubts\n\n, and left.") == [
            "She praised it as a brave answer to all the doubts, and left."
        ]

    def test_a_quotation_with_a_capital_letter_between_two_pieces_is_joined(self) -> None:
        assert texts(
            "The builder answered the critics with the words\nWait and See\nand smiled."
        ) == ["The builder answered the critics with the words Wait and See and smiled."]

    def test_a_line_that_ends_in_the_middle_of_a_phrase_takes_the_next(self) -> None:
        assert texts("The money came from the\nEuropean Bridge Fund, said the mayor.") == [
            "The money came from the European Bridge Fund, said the mayor."
        ]

    def test_headings_and_whole_sentences_stay_apart(self) -> None:
        lines = [
            "What the Bridge Will Cost",
            "iPhones rang when it opened.",
            LONG,
            "eBay sold the rope.",
        ]
        assert texts("\n".join(lines)) == lines

    def test_a_list_in_lower_case_stays_a_list_of_lines(self) -> None:
        lines = ["apples and pears", "figs", "dates", "plums"]
        assert texts("\n".join(lines)) == lines

    def test_a_hundred_thousand_pieces_take_no_quadratic_time(self) -> None:
        assert len(texts("a piece of a sentence\n" * 20_000)) == 1


class TestWrappedText:
    """Old mail and plain text files break their lines at a width."""

    WRAPPED = (
        "The city opened its new bridge on Friday, ten years after the\n"
        "first stone was laid, and thousands of people walked across it\n"
        "although it rained all morning and the wind was strong enough\n"
        "to close the old harbour.\n"
        "\n"
        "Trams will run over it from next week, and the old ferry will\n"
        "stop on Sunday after ninety years of service on the river that\n"
        "divides the town.\n"
    )

    def test_its_lines_are_joined_to_their_paragraphs(self) -> None:
        found = texts(self.WRAPPED)
        assert len(found) == 2
        assert found[0].endswith("strong enough to close the old harbour.")

    def test_unwrapped_text_is_not_touched(self) -> None:
        lines = ["Rain again.", "The ferry is late.", "Nobody is surprised.", "Tomorrow is Sunday."]
        assert texts("\n".join(lines)) == lines


@pytest.mark.parametrize(
    ("scraped", "whole"),
    [
        (
            "The ferry stops in Hafenstadt . It is late .",
            "The ferry stops in Hafenstadt. It is late.",
        ),
        ("A captain who . claims that he saw it .", "A captain who claims that he saw it."),
        ("‘It is late.’ . The ferry left .", "‘It is late.’ The ferry left."),
        ("Wait . . . the bridge moves.", "Wait . . . the bridge moves."),
        ("It costs .5 crowns , or less.", "It costs .5 crowns, or less."),
        ("C’est vrai ; est-ce tout ?", "C’est vrai ; est-ce tout ?"),
    ],
)
def test_stops_that_a_scraper_tore_off_are_put_back(scraped: str, whole: str) -> None:
    assert mended(scraped) == whole


class TestKinds:
    def test_a_short_line_above_running_text_is_a_heading(self) -> None:
        assert kinds(f"{LONG}\nWhat it cost\n{LONG}")[1] == ("heading", "What it cost")

    def test_a_question_above_running_text_is_a_heading(self) -> None:
        assert kinds(f"{LONG}\nWho pays for the bridge?\n{LONG}")[1][0] == "heading"

    def test_lines_with_a_colon_are_headings_where_there_are_several(self) -> None:
        found = kinds(f"{LONG}\nWhat we know:\n{LONG}\nWhat's next:\n{LONG}")
        assert [kind for kind, _ in found] == [
            "paragraph",
            "heading",
            "paragraph",
            "heading",
            "paragraph",
        ]

    def test_words_that_introduce_a_quotation_are_not(self) -> None:
        found = kinds(f"{LONG}\nShe writes:\n“We waited.”\nThe mayor said:\n“So did we.”")
        assert "heading" not in [kind for kind, _ in found]

    def test_the_last_line_and_lines_among_short_lines_are_not(self) -> None:
        found = kinds(f"{LONG}\nFour for the harbour\nThree for the town\nNo votes lost")
        assert "heading" not in [kind for kind, _ in found]

    def test_a_sentence_without_its_stop_is_not(self) -> None:
        assert (
            kinds(f"{LONG}\nThe old bridge was built by two brothers\n{LONG}")[1][0] == "paragraph"
        )

    @pytest.mark.parametrize(
        "line",
        [
            "FILE - The bridge before its opening, in a picture of last week.",
            "The mayor cuts the ribbon on Friday. (Ann Lee/AP)",
            "Thousands crossed the bridge (Photo: Bo Chen)",
            "Reuters The mayor cuts the ribbon in the rain",
            "Foto: Menschen auf der neuen Brücke",
            "The mayor, pictured here with his wife, came on foot",
        ],
    )
    def test_captions_are_known_by_their_words(self, line: str) -> None:
        assert kinds(f"{LONG}\n{line}\n{LONG}")[1] == ("caption", line)

    def test_an_article_that_is_signed_by_an_agency_does_not_end_with_a_caption(self) -> None:
        end = "The ferry will stop on Sunday after ninety years of service, the mayor said. (dpa)"
        assert kinds(f"{LONG}\n{end}")[-1] == ("paragraph", end)


class TestStoredText:
    PARTS = (
        Paragraph("One thing is needed.", links=(Link(4, 9, "https://a.example/"),)),
        Paragraph("steel", "list"),
        Paragraph("stone", "list"),
        Paragraph("paint", "list", opens=True),
        Paragraph("x = 1\n\ny = 2", "code"),
    )

    def test_a_blank_line_stands_between_blocks_and_one_break_between_items(self) -> None:
        text, _, _ = laid_out(self.PARTS)
        assert text == "One thing is needed.\n\nsteel\nstone\n\npaint\n\nx = 1\n\ny = 2"

    def test_blocks_and_links_point_into_it(self) -> None:
        text, blocks, links = laid_out((Paragraph("Before."), *self.PARTS))
        assert [text[b.start : b.end] for b in blocks][1:] == [p.text for p in self.PARTS]
        assert [b.kind for b in blocks][1:] == [p.kind for p in self.PARTS]
        assert [text[a.start : a.end] for a in links] == ["thing"]
        assert covers(blocks, text)

    def test_a_link_stays_with_its_words_when_others_are_cut(self) -> None:
        part = Paragraph("Share The bridge is open", links=(Link(10, 16, "https://a.example/"),))
        cut = reworded(part, "The bridge is open")
        assert [cut.text[a.start : a.end] for a in cut.links] == ["bridge"]

    @given(
        st.lists(
            st.builds(Paragraph, st.text(max_size=30), st.sampled_from(BLOCK_KINDS)), max_size=9
        )
    )
    def test_blocks_cover_any_text_exactly(self, parts: list[Paragraph]) -> None:
        text, blocks, _ = laid_out(parts)
        assert [text[b.start : b.end] for b in blocks] == [p.text for p in parts if p.text]
        gaps = [text[a.end : b.start] for a, b in itertools.pairwise(blocks)]
        assert set(gaps) <= {"\n", "\n\n"}


@given(st.text(max_size=400))
def test_no_text_loses_a_letter_on_its_way_to_paragraphs(text: str) -> None:
    found = "".join(part.text for part in joined(paragraphs(text)))
    assert sorted(c for c in found if c.isalpha()) == sorted(c for c in text if c.isalpha())
