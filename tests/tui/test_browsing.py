"""Going through sources, the list and the unread."""

from typing import Any

from reader.library import Library, parse_query
from reader.model import Article

Start = Any
Articles = tuple[Article, ...]


async def test_the_screen_opens_with_sources_their_counts_and_the_newest_first(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        text = reader.text
        main = reader.main
        assert "▸ All" in text
        assert "Harbour Echo" in text
        assert "7 unread of 7" in text
        assert main.article_list.current.title == "Library opens on Sundays"  # by when it came in
        assert main.article_list.has_focus


async def test_arrows_and_letters_move_in_the_list(library: Library, start: Start) -> None:
    async with start(library) as reader:
        rows = reader.main.article_list
        await reader.press("down", "j", "j", "up")
        assert rows.cursor == 2
        await reader.press("k", "G")
        assert rows.cursor == 6
        await reader.press("g")
        assert rows.cursor == 0
        await reader.press("end", "pageup", "pageup", "pageup")
        assert rows.cursor == 0


async def test_brackets_and_arrows_go_from_source_to_source_from_anywhere(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        main = reader.main
        await reader.press("]")
        assert main.view.source == ("unread", "")
        await reader.press("[", "[")
        assert main.view.source == ("outlet", "Town Crier")
        assert main.article_list.row_count == 2
        await reader.press("enter", "left")
        assert main.view.source == ("outlet", "The Valley Post")
        await reader.press("right")
        assert main.view.source == ("outlet", "Town Crier")


async def test_the_stories_stand_among_the_sources_with_how_many_have_something_unread(
    library: Library, start: Start
) -> None:
    library.stories.update()
    bridge = library.ids(parse_query("bridge"))
    async with start(library) as reader:
        main = reader.main
        line = next(line for line in reader.lines if "Stories" in line)
        assert line.split()[:2] == ["Stories", "2"]
        await reader.press("shift+tab", "down", "down", "down")
        assert main.view.source == ("noted", "")
        await reader.press("down")
        assert main.source_list.at_cursor.kind == "stories"
        assert main.view.source == ("noted", "")  # they are no list of articles
        assert "Enter" in reader.said
        await reader.press("up", "enter", "]")
        assert main.view.source == ("outlet", "Harbour Echo")  # passed over
        library.notebook.mark(bridge, read=True)
        await reader.until(lambda: any("Stories" in x and " 1 " in x for x in reader.lines))


async def test_moving_through_the_sources_shows_each_at_once(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        main = reader.main
        await reader.press("shift+tab")
        assert main.source_list.has_focus
        await reader.press(*["down"] * 5)
        assert main.view.source == ("outlet", "Harbour Echo")  # the heading is stepped over
        assert main.article_list.row_count == 3
        await reader.press("enter")
        assert main.article_list.has_focus


async def test_enter_reads_an_article_and_escape_comes_back(library: Library, start: Start) -> None:
    async with start(library, (80, 24)) as reader:
        main = reader.main
        await reader.press("down", "enter")
        assert main.article_view.has_focus
        assert main.article_view.article.title == "Crack in pier shuts Lorn bridge to lorries"
        assert not main.query_one("#list-pane").display
        await reader.press("escape")
        assert main.article_list.has_focus
        assert main.article_list.cursor == 1


async def test_passing_over_an_article_in_the_list_does_not_mark_it_read(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("down", "down", "up")
        assert reader.main.article_view.article.title == articles[1].title
        assert library.count(parse_query("is:read")) == 0
        await reader.press("enter")
        assert library.notebook.marks(articles[1].id).read
        assert "6 unread of 7" in reader.text


async def test_what_was_read_stays_in_the_unread_list_until_one_leaves_it(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        main = reader.main
        await reader.press("]", "enter", "escape")
        assert main.view.source == ("unread", "")
        main.reload()
        await reader.settle()
        assert main.article_list.row_count == 7
        await reader.press("]", "[")
        assert main.article_list.row_count == 6


async def test_n_goes_to_the_next_unread_and_into_the_next_source(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        main = reader.main
        echo = library.ids(parse_query('source:"Harbour Echo"'))
        library.notebook.mark(echo[1:], read=True)
        await reader.press("shift+tab", *["down"] * 5, "enter", "end", "n")
        assert main.view.source == ("outlet", "Harbour Echo")
        assert main.article_list.cursor == 0  # going round
        await reader.press("m", "n")
        assert main.view.source == ("outlet", "The Valley Post")
        assert main.article_list.current.marks.read is False


async def test_p_goes_to_the_unread_one_before(library: Library, start: Start) -> None:
    async with start(library) as reader:
        rows = reader.main.article_list
        ids = library.ids()
        library.notebook.mark([ids[4], ids[5]], read=True)
        await reader.until(lambda: library.count(parse_query("is:read")) == 2)
        await reader.press("end", "p")
        assert rows.cursor == 3


async def test_when_everything_is_read_n_says_so(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("X", "n")
        assert "Everything is read." in reader.text


async def test_x_marks_the_whole_source_read_and_undo_brings_it_back(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        await reader.press("[", "X")
        assert library.count(parse_query("is:unread")) == 5
        await reader.press("u")
        assert "Undone: 2 articles marked read" in reader.text
        assert library.count(parse_query("is:unread")) == 7
        await reader.press("U")
        assert library.count(parse_query("is:unread")) == 5


async def test_r_goes_through_the_orders_and_stays_on_the_article(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        main = reader.main
        await reader.press("down", "r")
        assert main.view.order == "oldest"
        assert main.article_list.current.title == articles[1].title
        await reader.press("home")
        assert main.article_list.current.title == "Night frost damages vines"
        await reader.press("r", "r", "r")
        assert main.view.order == "newest"


async def test_an_empty_library_says_what_to_do(empty_library: Library, start: Start) -> None:
    async with start(empty_library) as reader:
        text = reader.text
        assert "The library is empty." in text
        assert "A adds a file or a folder." in text
        for key in ("enter", "s", "c", "t", "a", "m", "n", "X", "D", "o", "y", "J", "space", "u"):
            await reader.press(key)
        assert reader.app.screen is reader.main


async def test_articles_that_come_in_appear_and_the_cursor_stays(
    library: Library, start: Start, articles: Articles, make: Any
) -> None:
    async with start(library) as reader:
        main = reader.main
        await reader.press("down", "down")
        here = main.article_list.current.id
        library.add([make("A late report", published=None, added=articles[0].added)])
        await reader.wait(0.3)
        assert main.article_list.row_count == 8
        assert main.article_list.current.id == here


async def test_rows_far_below_are_fetched_when_they_are_needed(
    empty_library: Library, start: Start, make: Any
) -> None:
    empty_library.add([make(f"Report {n:04}") for n in range(1500)])
    async with start(empty_library, (80, 24)) as reader:
        main = reader.main
        assert len(list(main.article_list.listing.known())) <= 200
        await reader.press("end")
        assert main.article_list.cursor == 1499
        assert main.article_list.current is not None
        assert "…" not in reader.lines[20].split("▕")[-1][:6]


async def test_removing_takes_articles_out_of_the_list_and_undo_puts_them_back(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        main = reader.main
        await reader.press("down", "D")
        await reader.wait(0.3)
        assert main.article_list.row_count == 6
        assert articles[1].title not in reader.listed
        await reader.press("u")
        await reader.wait(0.3)
        assert main.article_list.row_count == 7


async def test_search_filters_as_one_types_and_escape_brings_back_the_place(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        main = reader.main
        await reader.press("down", "down", "down")
        here = main.article_list.current.id
        await reader.press("slash")
        await reader.write("lorries")
        assert sorted(reader.listed) == sorted(a.title for a in articles[:2])
        await reader.press("enter")
        assert main.article_list.has_focus
        assert "“lorries”" in reader.text
        await reader.press("enter", "escape", "escape")
        assert main.view.search == ""
        assert main.article_list.current.id == here


async def test_an_unfinished_search_says_what_is_expected(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("slash")
        await reader.write("tag:")
        assert "Expected a tag" in reader.text
        await reader.press("escape")
        assert reader.main.article_list.row_count == 7


async def test_a_search_without_hits_says_so(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("slash")
        await reader.write("zeppelin")
        assert "Nothing found." in reader.text
        await reader.press("enter", "enter", "escape")
        assert reader.main.article_list.row_count == 7


async def test_marked_rows_are_changed_together_and_can_be_undone(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        await reader.press("space", "v", "space", "asterisk")
        assert library.count(parse_query("is:starred")) == 3
        assert "3 articles starred" in reader.text
        await reader.press("u")
        assert library.count(parse_query("is:starred")) == 0


async def test_marked_articles_are_taken_in_the_order_in_which_they_stand(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        await reader.press("end", "space", "up", "up", "space", "home", "space")
        rows = reader.main.article_list
        assert reader.main.targets() == [
            rows.listing.row(n).id
            for n in sorted(rows.listing.number_of(id_) for id_ in rows.marked)
        ]
        assert len(rows.marked) == 3
