"""Reading an article: where one stopped, what is marked, what the page carried."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from reader.library import Library, parse_query
from reader.model import Article, Link
from reader.workers import Workers

Start = Any
Articles = tuple[Article, ...]
LONG = "\n\n".join(
    f"Paragraph {n} tells of the river. It rose by {n} centimetres in one night." for n in range(60)
)


async def test_the_head_tells_outlet_author_date_language_and_tags(
    library: Library, start: Start, articles: Articles
) -> None:
    library.notebook.tag([articles[0].id], add=["bridges"])
    async with start(library) as reader:
        await reader.press("down", "down", "enter")
        assert "The Valley Post · Mara Holt · Fri 14 March 2025, 07:00 · EN" in reader.text
        assert "#bridges" in reader.text


async def test_the_place_where_one_stopped_is_kept(
    library: Library, start: Start, make: Any
) -> None:
    long = make("A long report", LONG)
    library.add([long])
    async with start(library, (80, 24)) as reader:
        reader.main.open_article(long.id)
        await reader.settle()
        await reader.press("space", "space", "pagedown")
        place = reader.main.article_view.top_place
        assert place > 500
        await reader.press("escape")
        assert library.notebook.marks(long.id).position == place
        await reader.press("down", "enter", "escape")
        reader.main.open_article(long.id)
        await reader.settle()
        assert reader.main.article_view.top_place == place
    async with start(library, (60, 30)) as reader:
        reader.main.open_article(long.id)
        await reader.settle()
        view = reader.main.article_view
        assert view.document.line_at(view.top_place) == view.document.line_at(place)


async def test_a_change_of_size_keeps_the_place(library: Library, start: Start, make: Any) -> None:
    long = make("A long report", LONG)
    library.add([long])
    async with start(library, (100, 24)) as reader:
        reader.main.open_article(long.id)
        await reader.settle()
        await reader.press("space", "space")
        view = reader.main.article_view
        before = view.top_place
        await reader.pilot.resize_terminal(50, 40)
        await reader.settle()
        assert view.document.line_at(view.top_place) == view.document.line_at(before)
        await reader.pilot.resize_terminal(100, 24)
        await reader.settle()
        assert abs(view.top_place - before) < 80


async def test_space_pages_on_and_then_goes_to_the_next_unread(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library, (80, 24)) as reader:
        await reader.press("down", "enter")
        first = reader.main.article_view.article.id
        await reader.press("space", "space")
        assert library.notebook.marks(first).read
        assert reader.main.article_view.article.id != first
        assert reader.main.article_view.has_focus


async def test_reading_may_count_only_at_the_end_or_never(library: Library, start: Start) -> None:
    async with start(library, (80, 24), read_when="never") as reader:
        await reader.press("enter", "end", "escape")
        assert library.count(parse_query("is:read")) == 0
    async with start(library, (80, 10), read_when="end") as reader:
        await reader.press("enter")
        assert library.count(parse_query("is:read")) == 0
        await reader.press("end")
        assert library.count(parse_query("is:read")) == 1


async def test_the_sentence_cursor_begins_where_one_is_and_moves_both_ways(
    library: Library, start: Start, make: Any
) -> None:
    long = make("A long report", LONG)
    library.add([long])
    async with start(library, (80, 24)) as reader:
        reader.main.open_article(long.id)
        await reader.settle()
        await reader.press("pagedown", "pagedown", "J")
        view = reader.main.article_view
        first = view.sentence
        assert first.start >= view.visible_range()[0]
        await reader.press("J", "J", "K")
        assert view.sentence.index == first.index + 1
        await reader.press("escape")
        assert view.sentence is None
        assert view.has_focus


async def test_leftovers_are_shown_on_demand(library: Library, start: Start, make: Any) -> None:
    page = make("A page", leftovers=("Select Language", "Share this"), stripped=3, published=None)
    library.add([page])
    async with start(library) as reader:
        reader.main.open_article(page.id)
        await reader.settle()
        assert "Share this" not in reader.text
        await reader.press("L")
        assert "Share this" in reader.text
        assert "Taken out of the text: 3 control or invisible characters." in reader.text
        await reader.press("L")
        assert "Share this" not in reader.text


async def test_a_link_in_the_sentence_under_the_cursor_is_what_o_opens(
    library: Library, start: Start, make: Any
) -> None:
    text = "The report is long. The figures stand in the annex. Read it."
    links = (Link(44, 49, "https://example.org/annex"),)
    linked = make("Linked", text, links=links, published=None)
    library.add([linked])
    async with start(library) as reader:
        reader.main.open_article(linked.id)
        await reader.settle()
        await reader.press("J", "J")
        assert reader.main.address() == "https://example.org/annex"
        await reader.press("J")
        assert reader.main.address() == linked.url


async def test_a_screen_that_holds_all_of_the_text_for_a_while_does_not_lose_the_place(
    empty_library: Library, start: Start, make: Any
) -> None:
    parts = [f"Paragraph {n} tells of the valley and of its river." for n in range(30)]
    empty_library.add([make("Long", "\n\n".join(parts))])
    async with start(empty_library, (80, 24)) as reader:
        await reader.press("enter", "pagedown", "down", "down")
        place = reader.main.article_view.top_place
        assert place > 0
        for size in [(200, 90), (40, 15), (200, 90), (80, 24)]:
            await reader.pilot.resize_terminal(*size)
            await reader.settle()
        assert reader.main.article_view.top_place == place
        await reader.press("end", "pageup", "pageup")
        assert reader.main.article_view.top_place != place


async def test_a_headline_without_a_text_says_so(library: Library, start: Start, make: Any) -> None:
    bare = make("Only a headline", " ", published=None)
    library.add([bare])
    async with start(library) as reader:
        reader.main.open_article(bare.id)
        await reader.settle()
        assert "There is no text here, only a headline." in reader.text
        await reader.press("J", "K", "s", "h")


async def test_the_mouse_opens_articles_and_points_at_sentences(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.pilot.click("#list", offset=(10, 2), times=2)
        await reader.settle()
        view = reader.main.article_view
        assert view.article.id == articles[0].id
        line = next(n for n, text in enumerate(reader.lines) if "Engineers measured" in text)
        await reader.pilot.click(offset=(reader.lines[line].index("Engineers"), line))
        await reader.settle()
        assert view.sentence.text.startswith("Engineers measured")


async def test_what_was_searched_for_is_visible_in_the_text(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("slash")
        await reader.write("crack")
        await reader.press("enter", "enter")
        view = reader.main.article_view
        words = {view.article.text[a:b].lower() for a, b in view.overlays["match"]}
        assert words == {"crack"}


async def test_a_glance_at_an_article_costs_no_worker_process_reading_it_does(
    library: Library, start: Start
) -> None:
    asked: list[str] = []

    class Watched(Workers):
        def submit(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any]:
            asked.append(work.__name__)
            future: Future[Any] = Future()
            future.set_result(work(*args, **kwargs))
            return future

    async with start(library, workers=Watched()) as reader:
        await reader.press("down", "down")
        assert reader.main.article_view.article is not None
        assert "split" not in asked
        await reader.press("J")
        assert reader.main.article_view.sentence is None  # the list has no sentences
        await reader.press("enter", "J")
        assert reader.main.article_view.sentence is not None
        await reader.press("escape", "escape", "down", "enter")
        assert asked.count("split") == 2
        assert reader.main.article_view.sentences is not None
