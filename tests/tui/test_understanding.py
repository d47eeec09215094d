"""Summaries marked in the text, and reports side by side."""

import contextlib
from typing import Any

from reader.library import Library
from reader.model import Article
from reader.summary import METHODS
from reader.workers import Workers

Start = Any
Articles = tuple[Article, ...]


async def test_s_shows_a_summary_and_marks_its_sentences_in_the_text(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "s")
        summary = reader.main.summary_pane.summary
        assert summary.articles[0].id == articles[0].id
        assert len(summary.sentences) == 3
        assert "Summary · news · 3 sentences" in reader.text
        marked = reader.main.article_view.overlays["summary"]
        assert [articles[0].text[a:b] for a, b in marked]
        assert sum(b - a for a, b in marked) >= sum(s.end - s.start for s in summary.sentences)
        await reader.press("s")
        assert not reader.main.summary_pane.display
        assert reader.main.article_view.overlays["summary"] == []


async def test_length_and_method_change_at_once(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "s", "1")
        pane = reader.main.summary_pane
        assert len(pane.summary.sentences) == 1
        await reader.press("4")
        assert len(pane.summary.sentences) == 4
        before = pane.summary.method
        await reader.press("S")
        assert pane.summary.method == METHODS[METHODS.index(before) + 1]
        assert pane.summary.method in reader.text


async def test_a_sentence_of_the_summary_leads_to_its_place(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "enter", "s", "shift+tab")
        assert reader.main.summary_pane.has_focus
        await reader.press("down", "enter")
        view = reader.main.article_view
        assert view.has_focus
        assert view.sentence.start == reader.main.summary_pane.summary.sentences[1].start


async def test_marked_articles_are_summarised_together(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("down", "space", "space", "s")
        summary = reader.main.summary_pane.summary
        assert {a.id for a in summary.articles} == {articles[0].id, articles[1].id}
        assert "2 articles · story" in reader.text
        assert "Harbour Echo" in reader.text
        await reader.press("shift+tab", "shift+tab", "shift+tab", "enter")
        assert reader.main.article_view.has_focus


async def test_moving_on_while_a_summary_is_shown_makes_the_next_one(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        await reader.press("down", "s")
        first = reader.main.summary_pane.summary
        await reader.press("down")
        second = reader.main.summary_pane.summary
        assert second.articles[0].id == reader.main.article_list.current.id != first.articles[0].id


async def test_in_a_small_terminal_s_goes_to_the_text(library: Library, start: Start) -> None:
    async with start(library, (80, 24)) as reader:
        await reader.press("down", "s")
        assert reader.main.article_view.has_focus
        assert "Summary · news" in reader.text
        assert "Crack in pier" in reader.text


async def test_c_shows_the_report_most_like_it_beside_it(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "c")
        screen = reader.app.screen
        assert [a.id for a in screen.comparison.articles] == [articles[0].id, articles[1].id]
        assert "The Valley Post · 1 of 2" in reader.text
        assert "Harbour Echo · 2 of 2" in reader.text
        assert screen.columns[0].pairs
        await reader.press("escape")
        assert reader.app.screen is reader.main


async def test_moving_to_a_claim_points_at_it_in_both_columns(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "c", "j")
        left, right = reader.app.screen.columns
        number = left.sentence_number
        assert number in left.pairs
        assert right.sentence_number == left.pairs[number]
        assert "●●" in reader.said
        await reader.press("tab", "j")
        assert right.has_focus
        await reader.press("escape", "escape")
        assert reader.app.screen is reader.main


async def test_columns_scroll_together_by_what_both_say(
    library: Library, start: Start, make: Any
) -> None:
    facts = [f"Station {w} on the line reported a fault in its signal box." for w in WORDS]
    padding = "Travellers waited, read, talked and went on."
    a = make("Faults on the line", "\n\n".join(f"{f} {padding}" for f in facts), source="A")
    b = make("Signals fail along the line", "\n\n".join(facts), source="B")
    library.add([a, b])
    async with start(library, (110, 24)) as reader:
        reader.main.open_comparison([a.id, b.id])
        await reader.settle()
        left, right = reader.app.screen.columns
        await reader.press("space")
        middle = left.middle_sentence()
        near = min(left.pairs, key=lambda n: (abs(n - middle), n > middle))
        assert abs(left.row_of(near) - right.row_of(left.pairs[near])) <= 1
        await reader.press("equals_sign", "space")
        assert "alone" in reader.text
        before = right.scroll_offset.y
        await reader.press("space")
        assert right.scroll_offset.y == before


WORDS = "Alder Birch Cedar Elder Fir Hazel Ilex Larch Maple Oak Pine Rowan Spruce Teak".split()  # noqa: SIM905


async def test_the_outlets_shown_can_be_chosen(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        reader.main.open_comparison([a.id for a in articles[:4]])
        await reader.settle()
        screen = reader.app.screen
        assert screen.shown == [0, 1]
        await reader.press("]")
        assert screen.shown == [2, 1]
        await reader.press("tab", "]")
        assert screen.shown == [2, 3]
        await reader.press("[")
        assert screen.shown == [2, 1]
        assert "3 of 4" in reader.text


async def test_enter_leads_to_the_evidence_in_its_article(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "c", "tab", "j")
        place = reader.app.screen.leading.sentence.start
        await reader.press("enter")
        assert reader.app.screen is reader.main
        assert reader.main.article_view.article.id == articles[1].id
        start_, end = reader.main.article_view.visible_range()
        assert start_ <= place <= end


async def test_notes_and_tags_work_in_the_comparison(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "c", "j", "h", "t")
        await reader.write("bridge")
        await reader.press("enter")
        assert library.notebook.marks(articles[0].id).tags == ("bridge",)
        (mark,) = library.notebook.annotations(articles[0].id)
        assert mark.selector is not None
        await reader.press("u", "u")
        assert library.notebook.annotations(articles[0].id) == []


async def test_the_summary_of_the_story_is_one_key_away(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "c", "s")
        screen = reader.app.screen
        assert len(screen.summary_pane.summary.articles) == 2
        await reader.press("tab", "tab")
        assert screen.summary_pane.has_focus
        await reader.press("enter")
        assert screen.leading.sentence.text == screen.summary_pane.summary.sentences[0].text
        await reader.press("escape", "escape", "escape")
        assert reader.app.screen is reader.main


async def test_a_report_that_stands_alone_says_so(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("end", "c")
        assert "No other report here is like this one" in reader.said


async def test_summaries_come_from_worker_processes(library: Library, start: Start) -> None:
    with contextlib.closing(Workers(1)) as workers:
        async with start(library, workers=workers) as reader:
            await reader.press("down", "down", "s")
            assert len(reader.main.summary_pane.summary.sentences) == 3
