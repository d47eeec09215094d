"""The left-overs of a web page are told from its article; no sentence of the article is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Link
from reader.text.kinds import with_kinds
from reader.text.leftovers import Split, split_leftovers
from reader.text.paragraphs import Paragraph, paragraphs

TITLE = "New bridge opens in the harbour after ten years"
SHIPS = ("Old Anna", "The ferry", "A tall ship")
BODY = [
    "The city opened its new bridge on Friday, ten years after the first stone was laid.",
    "The mayor said that it had cost twice as much as planned, but that it was worth it.",
    "What it cost",
    "Steel prices doubled in 2021, and a storm broke two of the cranes in the spring.",
    "Trams will run over the bridge from next week, and the old ferry will stop on Sunday.",
]


def split(*rows: str, title: str = "", scraped: bool = True) -> Split:
    return split_leftovers(paragraphs("\n".join(rows)), title=title, scraped=scraped)


def kept(found: Split) -> list[str]:
    return [part.text for part in found.paragraphs]


def left(found: Split) -> list[str]:
    return [item.text for item in found.leftovers]


class TestTheHeadline:
    def test_the_first_line_is_the_title_and_leaves_the_text(self) -> None:
        found = split(TITLE, *BODY)
        assert found.title == TITLE
        assert kept(found) == BODY
        assert left(found) == []

    def test_a_doubled_headline_is_folded_and_what_stands_before_it_is_no_article(self) -> None:
        found = split("Harbour Post", "Our service", TITLE, TITLE, *BODY)
        assert found.title == TITLE
        assert kept(found) == BODY
        assert left(found) == ["Harbour Post", "Our service", TITLE]

    def test_a_headline_doubled_with_the_outlets_name_tells_the_outlet(self) -> None:
        found = split(f"{TITLE} | Harbour Post", TITLE, *BODY)
        assert (found.title, found.outlet) == (TITLE, "Harbour Post")
        assert kept(found) == BODY

    def test_a_known_title_is_not_repeated_in_the_text(self) -> None:
        found = split(TITLE.upper(), *BODY, title=TITLE)
        assert found.title == TITLE
        assert kept(found) == BODY

    def test_a_known_title_that_is_not_in_the_text_takes_nothing_from_it(self) -> None:
        first = "A day of joy for the town"
        assert kept(split(first, *BODY, title=TITLE)) == [first, *BODY]

    def test_a_text_that_begins_with_a_sentence_has_no_headline(self) -> None:
        found = split(*BODY)
        assert found.title == ""
        assert kept(found) == BODY

    def test_the_sites_name_and_an_authors_name_are_not_the_headline(self) -> None:
        for before in ("THE DAILY EXAMPLE", "Ann Lee", "Dutch elections: what to know"):
            assert split(before, TITLE, *BODY).title == TITLE

    @pytest.mark.parametrize(
        "title",
        [
            "Who pays for the new bridge?",
            "Ferry captain says farewell to the harbour...",
            "Bridge opens. Nobody comes",
            "Rep. Lee opens new bridge in the harbour",
            "Harbour Bridge Opens With a Visitor From the U.S.",
            "新しい橋が十年ぶりに開通",
            "Открыт новый мост через реку",
        ],
    )
    def test_headlines_of_many_forms_are_found(self, title: str) -> None:
        assert split(title, *BODY).title == title

    def test_a_heading_marked_as_such_is_the_headline(self) -> None:
        parts = [Paragraph("Menu of the day"), Paragraph(TITLE, "heading", level=1)]
        assert split_leftovers([*parts, *map(Paragraph, BODY)]).title == TITLE


class TestWordsOfThePage:
    @pytest.mark.parametrize(
        "line",
        [
            "Advertisement",
            "ADVERTISEMENT - SCROLL TO CONTINUE",
            "Down Icon",
            "Select Language",
            "Share on Facebook",
            "12 Comments",
            "5 min read",
            "Listen to this article · 4 min",
            "Sign up for our free newsletter",
            "We use cookies to make this page better. Read our cookie policy.",
            "Follow us on Instagram",
            "Scroll down for video",
            "© 2025 Harbour Post Ltd. All rights reserved.",
            "Copyright 2025 Harbour Post. All rights reserved. This may not be published.",
            "Home > World > Europe",
            "English | Deutsch | Français",
            "#Harbour #Bridges",
            "Tags: harbour, bridges, trams",
            "Read more: Ferry captain looks back",
            "RELATED: How to cross a river",
            "Ferry captain looks back Read more",
            "[How the old ferry was built in a week]",
            "Ann Lee/AFP via Getty Images",
            "Photograph: Ann Lee/AP",
            "Arrow RightArrow RightArrow Right",
            "Enter your email address Please enter a valid email Thank you for subscribing!",
            "A tour of the bridge0:35",
            "Werbung",
            "Lesen Sie auch: Der letzte Fährmann",
            "Artikel anhören",
            "La suite après la publicité",
            "Lire aussi : Le dernier passeur",
            "Compartir en WhatsApp",
            "Lea también: El último barquero",
            "Riproduzione riservata",
            "Leia também: O último barqueiro",
            "Lees ook: De laatste veerman",
            "Czytaj także: Ostatni przewoźnik",
            "Читайте также: Последний паромщик",
            "Поделиться",
            "関連記事",
            "分享到",
            "관련기사",
            "اقرأ أيضا",
        ],
    )
    def test_buttons_notices_and_links_are_left_out_wherever_they_stand(self, line: str) -> None:
        for at in (1, 3, len(BODY) + 1):
            rows = [TITLE, *BODY]
            rows.insert(at, line)
            found = split(*rows)
            assert kept(found) == BODY
            assert left(found) == [line]

    def test_words_that_may_be_headings_stay_in_the_midst_of_a_text(self) -> None:
        for word in ("Politics", "Analysis", "Germany", "Sport", "English"):
            rows = [*BODY[:4], word, BODY[4]]
            assert kept(split(TITLE, *rows)) == rows

    def test_the_same_words_at_the_margins_are_the_pages(self) -> None:
        found = split("Politics", TITLE, *BODY, "Sport", "English")
        assert kept(found) == BODY
        assert left(found) == ["Politics", "Sport", "English"]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Also on Friday, the mayor opened a school in the old town.",
            "Advertisement spending rose by a third, the company said on Monday.",
            "Close friends of the captain said that he would miss the river.",
            "Share prices fell after the news of the closure.",
            "Read more slowly, she told the children in the library.",
            "Related families live on both banks, and they meet on Sundays.",
            "Most read the letter twice before they answered it.",
            "Comments by the minister were taken as an insult in the harbour.",
            "Search teams looked for the missing boat all night.",
            "Photo albums of the old ferry were sold for charity.",
            "By Monday the water had fallen by two metres.",
            "More: the word was on everybody's lips when the ferry left.",
            "“Subscribe to nothing,” the old captain used to say.",
        ],
    )
    def test_a_sentence_that_begins_like_a_button_is_kept(self, sentence: str) -> None:
        rows = [*BODY[:2], sentence, *BODY[2:]]
        assert kept(split(TITLE, *rows)) == rows

    def test_words_inside_of_a_paragraph_are_cut_out_and_shown(self) -> None:
        found = split(TITLE, f"{BODY[0]} Scroll down for video . {BODY[1]}", *BODY[2:])
        assert kept(found) == BODY
        assert left(found) == ["Scroll down for video"]

    def test_buttons_run_together_with_the_first_sentence_are_cut_off(self) -> None:
        found = split(TITLE, f"Skip Ad Ad Loading... x Embed x Share {BODY[0]}", *BODY[1:])
        assert kept(found) == BODY

    def test_the_words_around_a_caption_go_and_the_caption_stays(self) -> None:
        row = "Image copyright Ann Lee Image caption Thousands came to see the bridge"
        found = split(TITLE, BODY[0], row, *BODY[1:])
        assert found.paragraphs[1] == Paragraph("Thousands came to see the bridge", "caption")

    def test_links_outside_of_what_was_cut_stay(self) -> None:
        text = f"Advertisement {BODY[0]}"
        link = Link(text.index("bridge"), text.index("bridge") + 6, "https://a.example/b")
        found = split_leftovers([Paragraph(TITLE), Paragraph(text, links=(link,))], title=TITLE)
        (part,) = found.paragraphs
        assert [part.text[a.start : a.end] for a in part.links] == ["bridge"]


class TestOtherArticles:
    def test_headlines_after_similar_news_go_with_it(self) -> None:
        others = ["Ferry captain looks back", "Ten bridges you should cross", "Trams on trial"]
        found = split(TITLE, *BODY, "Similar News", *others)
        assert kept(found) == BODY
        assert left(found) == ["Similar News", *others]

    def test_a_list_of_links_in_the_midst_ends_where_the_text_goes_on(self) -> None:
        others = ["Ferry captain looks back on ninety years", "Ten bridges you should cross"]
        found = split(TITLE, *BODY[:2], "Read more:", *others, *BODY[2:])
        assert kept(found) == BODY
        assert left(found) == ["Read more:", *others]

    def test_a_gallery_of_numbered_pictures_is_left_out(self) -> None:
        gallery = [
            f"{n}/4 {n} July 2025 Ships in the harbour on day {n} of the feast"
            for n in (1, 2, 3, 4)
        ]
        found = split(TITLE, *BODY[:2], *gallery, *BODY[2:])
        assert kept(found) == BODY

    def test_a_page_that_is_nothing_but_a_gallery_keeps_its_captions(self) -> None:
        rows = [f"Photos: Harbour feast {ship} comes in. Hide Caption 1 of 3" for ship in SHIPS]
        found = split(*rows, title=TITLE)
        assert kept(found) == [f"{ship} comes in." for ship in SHIPS]
        assert {part.kind for part in found.paragraphs} == {"caption"}


class TestByTheirPlace:
    def test_a_caption_that_was_cut_in_the_middle_is_left_out(self) -> None:
        cut = "FILE - The old ferry crosses the river at dawn. It was built for the first harb"
        found = split(TITLE, cut, *BODY, "The harbour feast begins on Saturday at nine.")
        assert cut in left(found)
        assert cut not in kept(found)

    def test_a_whole_caption_stays_as_a_caption(self) -> None:
        whole = "FILE - The old ferry crosses the river. It was built in 1935. (AP Photo/Ann Lee)"
        found = split(TITLE, whole, *BODY)
        assert kept(found) == [whole, *BODY]
        assert with_kinds(found.paragraphs)[0].kind == "caption"

    def test_short_lines_after_the_end_are_left_out(self) -> None:
        found = split(TITLE, *BODY, "WorldNews", "harbourpost", "harbourpost")
        assert kept(found) == BODY

    def test_a_menu_of_unknown_words_is_left_out_and_a_heading_is_not(self) -> None:
        menu = ["Tide tables", "Ferry times", "Harbour radio", "Old captains"]
        found = split(*menu, *BODY, *menu, title=TITLE)
        assert kept(found) == BODY
        assert left(found) == [*menu, *menu]
        assert kept(split("A day of joy", *BODY, title=TITLE)) == ["A day of joy", *BODY]

    def test_results_at_the_end_stay(self) -> None:
        rows = [*BODY, "Hafenstadt 2", "Oldtown 1"]
        assert kept(split(TITLE, *rows)) == rows

    def test_a_paragraph_that_stands_twice_is_kept_once(self) -> None:
        found = split(TITLE, BODY[0], *BODY)
        assert kept(found) == BODY
        assert left(found) == [BODY[0]]

    def test_short_sentences_may_be_said_again(self) -> None:
        rows = [BODY[0], "No.", "No.", BODY[1], "No."]
        assert kept(split(TITLE, *rows)) == rows

    def test_a_written_document_loses_nothing_for_its_place(self) -> None:
        rows = ["Politics", *BODY, "The end", "Sport"]
        assert kept(split(*rows, title=TITLE, scraped=False)) == rows

    def test_a_written_document_may_speak_of_buttons(self) -> None:
        row = "The words “Scroll down for video” stand on many pages of the old paper."
        assert kept(split(row, *BODY, title=TITLE, scraped=False)) == [row, *BODY]


class TestByLines:
    @pytest.mark.parametrize(
        ("line", "author"),
        [
            ("By Ann Lee", "Ann Lee"),
            ("By ANN LEE and BO CHEN", "ANN LEE and BO CHEN"),
            ("By Ann Lee | Updated 5:30 PM", "Ann Lee"),
            ("Ann Lee, Staff Writer", "Ann Lee"),
            ("By Ann Lee for the Harbour Post", "Ann Lee"),
            ("Von Anna Weber und Karl von Stein", "Anna Weber und Karl von Stein"),
            ("Par Jean Dupont", "Jean Dupont"),
            ("Por Juan Pérez", "Juan Pérez"),
            ("Автор: Иван Петров", "Иван Петров"),
        ],
    )
    def test_the_author_is_taken_from_the_by_line(self, line: str, author: str) -> None:
        found = split(TITLE, line, *BODY)
        assert found.byline.author == author
        assert kept(found) == BODY
        assert left(found) == [line]

    def test_the_date_is_taken_where_it_is_complete(self) -> None:
        found = split(TITLE, "Published: 14:11 EST, 25 October 2013 | Updated: 15:36 EST", *BODY)
        assert found.byline.published is not None
        assert found.byline.published.isoformat() == "2013-10-25T14:11:00-05:00"

    def test_a_time_without_a_day_dates_nothing(self) -> None:
        found = split(TITLE, "Updated 5:30 PM", *BODY)
        assert found.byline.published is found.byline.updated is None
        assert left(found) == ["Updated 5:30 PM"]

    def test_a_by_line_that_a_scraper_ran_together_with_the_text_is_cut_off(self) -> None:
        head = (
            "By . Ann Lee . and Bo Chen . PUBLISHED: . 14:11 EST, 25 October 2013 . "
            "| . UPDATED: . 15:36 EST, 26 October 2013 ."
        )
        found = split(f"{head} {BODY[0]}")
        assert kept(found) == [BODY[0]]
        assert left(found) == [head]
        assert found.byline.author == "Ann Lee and Bo Chen"

    def test_names_in_the_midst_of_an_article_are_no_by_line(self) -> None:
        rows = [*BODY[:3], "By Land and Sea", *BODY[3:]]
        assert kept(split(TITLE, *rows)) == rows

    def test_the_credits_at_the_end_do_not_make_an_author(self) -> None:
        found = split(TITLE, *BODY, "(Reporting by Ann Lee; Editing by Bo Chen)")
        assert found.byline.author is None
        assert kept(found) == BODY


class TestExcerpts:
    @pytest.mark.parametrize("end", ["and then …", "and then...", "and then […]"])
    def test_a_text_that_breaks_off_is_an_excerpt(self, end: str) -> None:
        found = split(TITLE, *BODY, f"The captain rang the bell for the last time {end}")
        assert found.excerpt
        assert kept(found)[-1].endswith(end)

    @pytest.mark.parametrize(
        "more", ["Read more", "(more)", "[+2134 chars]", "Weiterlesen", "Lire la suite"]
    )
    def test_read_more_is_cut_off_and_says_so(self, more: str) -> None:
        found = split(TITLE, BODY[0], f"The captain rang the bell for the last time… {more}")
        assert found.excerpt
        assert kept(found)[-1] == "The captain rang the bell for the last time…"
        assert left(found) == [more]

    def test_a_whole_text_is_none(self) -> None:
        assert not split(TITLE, *BODY).excerpt


def test_left_overs_come_in_the_order_of_the_page() -> None:
    found = split(
        "Menu",
        TITLE,
        "By Ann Lee",
        BODY[0],
        "Advertisement",
        *BODY[1:],
        "Share",
        "Similar News",
        "Trams on trial",
    )
    assert left(found) == [
        "Menu",
        "By Ann Lee",
        "Advertisement",
        "Share",
        "Similar News",
        "Trams on trial",
    ]
    assert all(item.reason for item in found.leftovers)


def test_a_page_with_eight_left_overs_around_the_text_gives_the_text_alone() -> None:
    before = ["Skip to content", "Select Edition", "Sign in", "Share via email"]
    after = ["Subscribe to our newsletter", "Most Popular", "Contact us", "Terms of Use"]
    found = split(*before, TITLE, *BODY, *after)
    assert (found.title, kept(found)) == (TITLE, BODY)


@given(st.permutations([*BODY[:2], *BODY[3:], "Menu", "Read more", "By Ann Lee", "Share", "12"]))
def test_no_sentence_is_lost_wherever_the_left_overs_stand(rows: list[str]) -> None:
    assert {*BODY[:2], *BODY[3:]} <= set(kept(split(*rows)))


@given(st.text(alphabet=st.sampled_from("aB1 .\n|/:#-…“”()[]©中م"), max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    found = split(*text.split("\n"))
    assert all(part.text for part in found.paragraphs)
