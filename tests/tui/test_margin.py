"""Notes stand in the margin beside their sentence where the pane is wide enough."""

from typing import Any

from reader.annotate.selectors import selector_for
from reader.library import Library
from reader.model import Annotation, Article
from reader.tui.margin import LEAST, MOST, margin_lines, room
from reader.tui.typeset import cells

Start = Any
Articles = tuple[Article, ...]


def note_on(library: Library, article: Article, quote: str, body: str, number: int) -> None:
    start = article.text.index(quote)
    when = article.added
    selector = selector_for(article.text, start, start + len(quote))
    library.notebook.annotate(
        Annotation(number, article.id, "note", when, when, body, selector, article.revision)
    )


def test_there_is_a_margin_only_where_a_note_can_be_read_in_it() -> None:
    assert room(80, 80) == 0
    assert room(80 + LEAST - 1, 80) == 0
    assert room(80 + LEAST, 80) == LEAST  # the text moves left for it
    assert room(80 + 2 * LEAST + 10, 80) == LEAST + 5  # and stays in the middle here
    assert room(400, 80) == MOST


def test_notes_stand_beside_their_lines_and_below_each_other_where_they_would_meet() -> None:
    lines = margin_lines(
        [(9, "last"), (2, "first, in words enough for two lines"), (3, "second")], 30
    )
    assert [lines[n].split() for n in sorted(lines)] == [
        ["✎", "first,", "in", "words", "enough", "for"],
        ["two", "lines"],
        ["✎", "second"],
        ["✎", "last"],
    ]
    assert sorted(lines) == [2, 3, 4, 9]
    assert all(cells(text) <= 30 for text in lines.values())


def test_a_note_of_wide_characters_and_of_an_endless_word_keeps_to_the_margin() -> None:
    lines = margin_lines([(0, "橋は閉鎖された" * 6), (1, "x" * 300), (2, "👩‍👩‍👧 " * 20)], LEAST)
    assert all(cells(text) <= LEAST for text in lines.values())


async def test_a_note_stands_in_the_margin_of_a_wide_screen_and_in_the_text_of_a_narrow_one(
    library: Library, start: Start, articles: Articles
) -> None:
    note_on(library, articles[0], "Engineers measured", "Ask which engineers.", 7)
    note_on(library, articles[0], "“We take no risks", "A fine word\n\nand a second paragraph.", 8)
    async with start(library, size=(220, 50)) as reader:
        await reader.press("down", "down", "enter")
        here = next(line for line in reader.lines if "✎ Ask which" in line)
        assert "second pier" in here  # beside the line in which its sentence begins
        beside = [n for n, line in enumerate(reader.lines) if "A fine word" in line]
        assert "no risks" in reader.lines[beside[0]]
        assert "and a second" in reader.lines[beside[0] + 2]
        place = reader.main.article_view.top_place
        await reader.pilot.resize_terminal(120, 40)
        await reader.settle()
        alone = next(line for line in reader.lines if "Ask which engineers." in line)
        assert alone.split("▕")[-1].split() == ["✎", "Ask", "which", "engineers."]
        await reader.pilot.resize_terminal(220, 50)
        await reader.settle()
        assert any("✎ Ask which" in line and "second pier" in line for line in reader.lines)
        assert reader.main.article_view.top_place == place


async def test_a_note_that_goes_on_below_the_text_can_be_read_to_its_end(
    library: Library, start: Start, articles: Articles
) -> None:
    note_on(library, articles[0], "“We take no risks", "word " * 300 + "END", 7)
    async with start(library, size=(200, 40)) as reader:
        await reader.press("down", "down", "enter")
        assert "END" not in reader.text
        await reader.press("end")
        assert "END" in reader.text


async def test_without_notes_the_text_stands_where_it_stood(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library, size=(250, 40)) as reader:
        await reader.press("down", "down", "enter")
        before = [line.find("Engineers") for line in reader.lines]
        note_on(library, articles[0], "Engineers measured", "Hm.", 7)
        await reader.until(lambda: "✎ Hm." in reader.text)
        assert [line.find("Engineers") for line in reader.lines] == before
