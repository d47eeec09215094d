"""Keys that come all at once end up where a slow typist's keys would."""

import threading
from typing import Any

from textual import events

from reader.library import Library, parse_query
from reader.model import Article
from reader.tui.screens.compare import CompareScreen
from reader.tui.screens.stories import StoriesScreen

Start = Any
Articles = tuple[Article, ...]


async def test_a_search_typed_ahead_is_searched_and_its_list_marked(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        await reader.burst("/", *"bridge", "enter", "*", "j")
        assert reader.main.view.search == "bridge"
        assert len(reader.listed) == 2
        assert reader.main.article_list.cursor == 1
        (starred,) = library.find(parse_query("is:starred"))
        assert "ridge" in starred.title


async def test_tags_typed_ahead_of_their_dialog_are_given_and_what_follows_acts_on_the_list(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.burst("j", "t", *"river, to read", "enter", "j", "*", "u")
        assert library.row(articles[1].id).marks.tags == ("river", "to read")
        assert not library.find(parse_query("is:starred"))
        assert reader.main.article_list.cursor == 2


async def test_a_tag_begun_and_completed_in_one_burst_is_the_one_that_was_begun(
    library: Library, start: Start, articles: Articles
) -> None:
    library.notebook.tag([articles[3].id], add=["animals", "river"])
    async with start(library) as reader:
        await reader.burst("j", "t", *"riv", "tab", *"sea", "enter")
        assert library.row(articles[1].id).marks.tags == ("river", "sea")


async def test_an_article_opened_a_note_written_and_the_way_back_in_one_burst(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.burst("j", "enter", "J", "a", *"Ask Ana.", "ctrl+s", "escape", "escape", "m")
        (note,) = library.notebook.annotations(articles[1].id)
        assert note.body == "Ask Ana."
        assert note.selector is not None
        assert reader.main.article_list.has_focus
        assert library.notebook.marks(articles[1].id).read is False  # opened: read; m: not read


async def test_what_is_pasted_after_a_key_that_opens_a_line_goes_into_the_line(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        await reader.burst("/", events.Paste("choir"), "enter")
        assert reader.listed == ["Choir wins the regional prize"]
        await reader.burst("escape", "A", events.Paste("/no/such/place"), "enter")
        assert "/no/such/place" in reader.text


async def test_sources_stepped_through_at_once_are_as_many_as_the_keys(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        await reader.burst("]", "]", "]", "]", "]", "down", "*")
        assert reader.main.view.source == ("outlet", "The Valley Post")
        (starred,) = library.find(parse_query("is:starred"))
        assert starred.id == reader.main.article_list.current.id


async def test_unread_ones_stepped_through_at_once_are_as_many_as_the_keys(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        await reader.burst("enter", "n", "n", "n", "t", *"four", "enter")
        (tagged,) = library.find(parse_query("tag:four"))
        assert reader.main.article_view.article.id == tagged.id
        assert len(library.find(parse_query("is:read"))) == 4


async def test_a_comparison_opened_in_a_burst_takes_the_keys_after_it(
    library: Library, start: Start
) -> None:
    library.stories.update()
    async with start(library) as reader:
        await reader.burst("j", "c", "2", "escape", "escape", "j")
        assert reader.app.screen is reader.main
        assert reader.main.article_list.cursor == 2
        await reader.burst("k", "c", "3")
        screen = reader.app.screen
        assert isinstance(screen, CompareScreen)
        assert screen.views.view == 2


async def test_many_changed_in_the_background_are_undone_by_the_key_after(
    library: Library, start: Start, monkeypatch: Any
) -> None:
    monkeypatch.setattr("reader.tui.screens.acting.MANY", 1)
    async with start(library) as reader:
        await reader.burst("*", "space", "space", "space", "m", "u", "u")
        assert not library.find(parse_query("is:read"))
        assert not library.find(parse_query("is:starred"))


async def test_the_list_of_notes_and_the_stories_take_the_keys_after_them(
    library: Library, start: Start
) -> None:
    library.stories.update()
    async with start(library) as reader:
        await reader.burst("N", "escape", "?", "escape", "j", "shift+tab", *["j"] * 4, "enter")
        assert isinstance(reader.app.screen, StoriesScreen)
        await reader.burst("escape", "tab", "j")
        assert reader.app.screen is reader.main


async def test_keys_whose_screen_never_comes_are_dropped_and_the_next_ones_work(
    library: Library, start: Start, monkeypatch: Any
) -> None:
    async with start(library) as reader:
        monkeypatch.setattr(type(reader.app), "_settled", lambda _app: False)
        await reader.burst("j", "j", "j")
        assert reader.main.article_list.cursor == 1
        assert reader.said == "The keys pressed ahead were dropped."
        monkeypatch.undo()
        await reader.burst("j", "j")
        assert reader.main.article_list.cursor == 3


async def test_keys_wait_for_an_article_as_long_as_it_takes(
    library: Library, start: Start, articles: Articles, monkeypatch: Any
) -> None:
    shall_come, plain = threading.Event(), library.article

    def late(*given: Any) -> Article:
        shall_come.wait(60)
        return plain(*given)

    monkeypatch.setattr("reader.tui.key_queue.EXPLAIN_AFTER", 0.01)
    async with start(library) as reader:
        monkeypatch.setattr(library, "article", late)
        for key in ("j", "enter", "J", "h"):
            reader._send(key)
        await reader.comes(lambda: "Ctrl+C" in reader.said)
        assert not library.notebook.annotations()
        shall_come.set()
        await reader.settle()
        (highlight,) = library.notebook.annotations(articles[1].id)
        assert highlight.selector is not None


async def test_ctrl_c_gives_up_what_keys_wait_for_and_drops_them(
    library: Library, start: Start, monkeypatch: Any
) -> None:
    shall_come, plain = threading.Event(), library.article

    def late(*given: Any) -> Article:
        shall_come.wait(60)
        return plain(*given)

    async with start(library) as reader:
        monkeypatch.setattr(library, "article", late)
        for key in ("j", "enter", "J", "h"):
            reader._send(key)
        await reader.comes(lambda: len(reader.app._waiting_keys) == 2)
        reader._send("ctrl+c")
        await reader.comes(lambda: "dropped" in reader.said)
        shall_come.set()
        await reader.settle()
        await reader.press("k", "*")
        assert not library.notebook.annotations()
        assert library.find(parse_query("is:starred"))
