"""What the reader does with articles: read, star, tags, notes, highlights, undo."""

from pathlib import Path
from typing import Any

from reader.library import Library, parse_query
from reader.model import Article

Start = Any
Articles = tuple[Article, ...]


async def test_m_and_star_turn_on_and_off(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        here = reader.main.article_list.current.id
        await reader.press("m", "asterisk")
        marks = library.notebook.marks(here)
        assert marks.read
        assert marks.starred
        assert "★" in reader.lines[1]
        await reader.press("m", "asterisk")
        marks = library.notebook.marks(here)
        assert not marks.read
        assert not marks.starred


async def test_several_tags_are_given_at_once_and_known_ones_completed(
    library: Library, start: Start, articles: Articles
) -> None:
    library.notebook.tag([articles[0].id], add=["infrastructure"])
    async with start(library) as reader:
        await reader.press("t")
        assert "#infrastructure" in reader.text
        await reader.write("libraries, infra")
        await reader.press("tab", "enter")
        here = reader.main.article_list.current.id
        assert library.notebook.marks(here).tags == ("infrastructure", "libraries")
        assert "#infrastructure" in reader.lines[1]
        await reader.press("t", "backspace", *["backspace"] * 10, "enter")
        assert library.notebook.marks(here).tags == ("infrastructure",)


async def test_tags_go_to_all_marked_articles_and_one_undo_takes_them_back(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        await reader.press("space", "space", "t")
        assert "Tags of 2 articles" in reader.text
        await reader.write("spring")
        await reader.press("enter")
        assert library.count(parse_query("tag:spring")) == 2
        assert reader.main.article_list.marked == set()
        await reader.press("u")
        assert library.count(parse_query("tag:spring")) == 0


async def test_a_tag_is_a_source(library: Library, start: Start, articles: Articles) -> None:
    library.notebook.tag([articles[2].id], add=["garden"])
    async with start(library) as reader:
        for _ in range(4):
            await reader.press("]")
        assert reader.main.view.source == ("tag", "garden")
        assert reader.listed == ["Almond trees in blossom"]


async def test_a_note_is_written_on_the_sentence_under_the_cursor(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "enter", "J", "J", "a")
        assert "Engineers measured a gap" in reader.text
        await reader.write("how wide before?")
        await reader.press("ctrl+s")
        (note,) = library.notebook.annotations(articles[0].id)
        assert note.body == "how wide before?"
        assert note.selector is not None
        assert note.selector.exact == "Engineers measured a gap of 14 millimetres."
        assert "✎ how wide before?" in reader.text
        await reader.press("a")
        await reader.write(" And why?")
        await reader.press("ctrl+s")
        (note,) = library.notebook.annotations(articles[0].id)
        assert note.body == "how wide before? And why?"
        await reader.press("u", "u")
        assert library.notebook.annotations(articles[0].id) == []


async def test_a_note_without_a_sentence_is_on_the_article_and_an_empty_one_goes(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "enter", "a")
        await reader.write("ask")
        await reader.press("f2")
        (note,) = library.notebook.annotations(articles[0].id)
        assert note.selector is None
        await reader.press("a", "backspace", "backspace", "backspace", "ctrl+s")
        assert library.notebook.annotations(articles[0].id) == []


async def test_escape_does_not_throw_a_note_away_unasked(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "enter", "a")
        await reader.write("ask")
        await reader.press("escape")
        assert "Not kept yet" in reader.text
        await reader.press("escape")
        assert reader.app.screen is reader.main
        assert library.notebook.annotations() == []


async def test_h_highlights_a_sentence_and_takes_it_back(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "enter", "h")
        assert "J and K put the cursor on a sentence" in reader.said
        await reader.press("J", "h")
        (mark,) = library.notebook.annotations(articles[0].id)
        assert mark.kind == "highlight"
        assert "▌▒" in reader.text
        await reader.press("h")
        assert library.notebook.annotations(articles[0].id) == []


async def test_the_list_of_notes_leads_back_to_the_place(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("N")
        assert "There are no notes yet." in reader.text
        await reader.press("escape", "down", "down", "enter", "J", "J", "J", "a")
        await reader.write("count them")
        await reader.press("ctrl+s", "escape", "escape", "home", "N")
        assert "✎ count them" in reader.text
        await reader.press("enter")
        view = reader.main.article_view
        assert view.article.id == articles[0].id
        assert view.has_focus


async def test_notes_show_in_the_list_and_among_the_sources(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "enter", "J", "h", "escape", "escape")
        await reader.until(lambda: "✎" in reader.lines[3])
        await reader.press("]", "]", "]")
        assert reader.main.view.source == ("noted", "")
        await reader.until(lambda: reader.listed == [articles[0].title])


async def test_there_is_a_word_when_nothing_can_be_undone(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("u")
        assert reader.said == "There is nothing to undo."
        await reader.press("U")
        assert reader.said == "There is nothing to redo."


async def test_copying_takes_the_sentence_or_the_title_with_its_address(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "y")
        assert reader.app.clipboard == f"{articles[0].title}\n{articles[0].url}"
        await reader.press("enter", "J", "J", "y")
        assert reader.app.clipboard == "Engineers measured a gap of 14 millimetres."


async def test_a_library_that_may_only_be_read_is_read_and_says_what_it_cannot(
    tmp_path: Path, articles: Articles, start: Start
) -> None:
    with Library.open(tmp_path) as library:
        library.add(articles)
    with Library(tmp_path, read_only=True) as opened:
        async with start(opened) as reader:
            await reader.press("down", "enter", "J", "h", "escape", "escape", "asterisk", "A")
            assert "read" in reader.said
            assert len(reader.listed) == 7


async def test_a_story_is_marked_corrected_by_the_reader_and_undone(
    library: Library, start: Start, articles: Articles
) -> None:
    library.stories.update()
    (story,) = library.stories.of([articles[0].id])
    assert set(story.articles) == {articles[0].id, articles[1].id}
    others = len(library.stories.of()) - 1
    async with start(library) as reader:
        assert "≡" in reader.lines[2]
        await reader.press("down", "x")
        assert len(library.stories.of()) == others
        await reader.until(lambda: "≡" not in reader.lines[2])
        await reader.press("u")
        await reader.until(lambda: "≡" in reader.lines[2])
        assert len(library.stories.of()) == others + 1
        await reader.press("x", "u", "home", "space", "M")
        await reader.until(lambda: _size_of_story(library, articles[1]) == 3)


def _size_of_story(library: Library, article: Article) -> int:
    return len(library.stories.of([article.id])[0].articles)
