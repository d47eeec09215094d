"""The search line: what could follow, what is wrong and where, and searches that are kept."""

import re
from typing import Any

from reader.library import Library
from reader.library.search import FIELDS, FLAGS
from reader.model import Article
from reader.tui.dialogs.help import help_page
from reader.tui.view import View

Start = Any
Articles = tuple[Article, ...]


def below(reader: Any) -> str:
    """Return what stands under the search line."""
    widget = reader.main.search_bar.query_one("#search-below")
    return str(widget.render()) if widget.display else ""


async def test_tab_takes_a_field_then_an_outlet_with_its_quotes(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("slash")
        await reader.write("lorries so")
        assert reader.main.search_bar.offered == ("source:",)
        await reader.press("tab")
        line = reader.main.search_bar.line
        assert line.value == "lorries source:"
        await reader.write("ech")
        assert reader.main.search_bar.offered == ('"Harbour Echo"',)
        await reader.press("tab")
        assert line.value == 'lorries source:"Harbour Echo" '
        assert line.has_focus
        assert below(reader) == ""
        assert reader.listed == [articles[1].title]


async def test_the_arrows_choose_another_offer_and_right_takes_it(
    library: Library, start: Start, articles: Articles
) -> None:
    library.notebook.tag([articles[0].id], add=["bridges", "Lorn valley"])
    async with start(library) as reader:
        await reader.press("slash")
        await reader.write("tag:")
        assert reader.main.search_bar.offered == ("bridges", '"Lorn valley"')
        await reader.press("down", "right")
        assert reader.main.search_bar.line.value == 'tag:"Lorn valley" '
        assert reader.listed == [articles[0].title]
        await reader.press("left", "left", "right")
        assert reader.main.search_bar.line.value == 'tag:"Lorn valley" '


async def test_without_an_offer_tab_goes_to_the_next_pane(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("slash")
        await reader.write("lorries ")
        await reader.press("tab")
        assert not reader.main.search_bar.line.has_focus


async def test_the_footer_tells_how_to_leave_the_search(library: Library, start: Start) -> None:
    async with start(library, (80, 24)) as reader:
        await reader.press("slash")
        assert reader.lines[-1].strip() == "Enter keeps the search · Esc takes it back"
        await reader.press("escape")
        assert "Enter Open" in reader.lines[-1]


async def test_the_place_tells_a_search_without_the_blank_at_its_end(
    library: Library, start: Start
) -> None:
    async with start(library, (80, 24)) as reader:
        await reader.press("slash")
        await reader.write("is:unread ")
        assert "“is:unread”" in reader.lines[0]


async def test_a_mistake_is_pointed_at_where_it_is(library: Library, start: Start) -> None:
    async with start(library, (160, 40)) as reader:
        await reader.press("slash")
        await reader.write("bridge is:loud")
        told = below(reader)
        assert told.index("^") == len(" / ") + len("bridge is:")
        assert "“loud” is not known: expected one of unread" in told
        await reader.press(*["backspace"] * 4)
        await reader.write("unread")
        assert below(reader) == ""


async def test_a_word_is_found_before_it_is_whole_and_saved_as_it_was_seen(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("slash")
        await reader.write("lorr")
        assert len(reader.listed) == 2
        await reader.press("enter")
        assert len(reader.listed) == 2
        assert "“lorr”" in reader.text
        await reader.press("ctrl+s")
        assert reader.app.screen.query_one("#search-query").value == "(lorr OR lorr*)"


async def test_the_best_can_stand_first_only_in_a_search(
    library: Library, start: Start, make: Any
) -> None:
    library.add([make("Lorn lorries, lorries, lorries", "Lorries " * 40, published=None)])
    async with start(library) as reader:
        await reader.press("r", "r", "r", "r")
        assert reader.main.view.order == "newest"
        await reader.press("slash")
        await reader.write("lorries")
        await reader.press("enter", "r", "r", "r", "r")
        assert reader.main.view.order == "best"
        assert "best first" in reader.text
        assert reader.listed[0].startswith("Lorn lorries")
        await reader.press("escape")
        assert reader.main.view.order == "newest"


async def test_a_search_is_saved_shown_among_the_sources_changed_and_forgotten(
    library: Library, start: Start, articles: Articles
) -> None:
    library.notebook.mark([articles[1].id], read=True)
    async with start(library) as reader:
        await reader.press("slash")
        await reader.write("bridge OR crack")
        await reader.press("ctrl+s")
        await reader.write("Lorn")
        await reader.press("enter")
        assert library.searches.all() == {"Lorn": "bridge OR crack"}
        assert reader.main.view.source == ("search", "Lorn")
        assert "Searches" in reader.text
        counted = [s for s in reader.main.sources if s.kind == "search"]
        assert [(s.name, s.articles, s.unread) for s in counted] == [("Lorn", 2, 1)]
        await reader.press("down", "m")
        await reader.until(
            lambda: [s.unread for s in reader.main.sources if s.name == "Lorn"] == [0]
        )
        await reader.press("f2")
        await reader.write(" bridge")
        await reader.press("tab", "end")
        await reader.write(" OR pier")
        await reader.press("enter")
        assert library.searches.all() == {"Lorn bridge": "bridge OR crack OR pier"}
        assert reader.main.view.source == ("search", "Lorn bridge")
        await reader.press("f8")
        assert library.searches.all() == {}
        assert reader.main.view.source == ("all", "")
        await reader.press("u", "u")
        assert list(library.searches.all()) == ["Lorn"]
        await reader.until(lambda: any(s.name == "Lorn" for s in reader.main.sources))


async def test_a_search_in_a_source_is_saved_with_its_source(
    library: Library, start: Start
) -> None:
    async with start(library) as reader:
        await reader.press("]", "ctrl+s")
        assert reader.app.screen.query_one("#search-query").value == "is:unread"
        await reader.press("escape")
        assert library.searches.all() == {}
    view = View(("outlet", "Harbour Echo"), search="bridge OR crack ")
    assert view.as_query_text() == 'source:"Harbour Echo" (bridge OR crack)'
    assert (
        View(("tag", "sea"), search="wind -rain").as_query_text(whole=True) == "tag:sea wind -rain"
    )


async def test_a_query_that_makes_no_sense_is_not_saved(library: Library, start: Start) -> None:
    async with start(library) as reader:
        await reader.press("slash")
        await reader.write("(bridge")
        await reader.press("ctrl+s")
        assert "bracket is never closed" in reader.said
        await reader.press("escape", "ctrl+s")
        assert "can be saved" in reader.said
        await reader.press("f2")
        assert "Go to a saved search first" in reader.said
        await reader.press("slash")
        await reader.write("bridge")
        await reader.press("ctrl+s", "enter")
        assert "needs a name" in reader.text
        await reader.write("x")
        await reader.press("tab")
        await reader.write(" (")
        await reader.press("enter")
        assert "Expected" in reader.text or "too early" in reader.text
        assert library.searches.all() == {}


def test_the_help_names_every_field_of_the_search_language() -> None:
    told = " ".join(f"{p.mark} {p.text}" for p in help_page(lambda c: c.keys, "list"))
    for field in FIELDS:
        assert re.search(rf"\b{field}:", told) or field == "has", field
    for flag in FLAGS:
        assert flag in told


async def test_a_letter_taken_back_before_its_list_has_come_brings_the_list_before(
    library: Library, start: Start, articles: Articles
) -> None:
    async with start(library) as reader:
        await reader.press("slash")
        await reader.write("lorries")
        reader._send("x")
        reader._send("backspace")
        await reader.settle()
        assert reader.main.search_bar.line.value == "lorries"
        assert reader.main.view.search == "lorries"
        assert len(reader.listed) == 2
