"""The view of stories, and what is new in a story that one has read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from reader.library import Library
from reader.model import Article, ArticleId, Story
from reader.tui.screens.compare import CompareScreen
from reader.tui.screens.stories import StoriesScreen

Start = Any
Make = Callable[..., Article]
NEW_LINE = "Divers will look at the foundations of the pier before the winter comes."


CHOIR = (
    "The youth choir of Holm won the regional prize for singing on Sunday. Its conductor had"
    " rehearsed an old lullaby with forty children since autumn.\n\nThe jury praised the sopranos."
)
CHOIR_TOO = (
    "Forty children of the Holm youth choir sang a lullaby and won the regional prize on Sunday."
    "\n\nThe conductor thanked the parents. The jury had praised the sopranos above all."
)


@pytest.fixture
def stories(
    empty_library: Library, make: Make, articles: tuple[Article, ...], choir: list[Article]
) -> Library:
    """A library with a story of three reports (two of one text), one of two, and an article."""
    bridge, crack = articles[:2]
    later = make(
        "Second look at the Lorn bridge",
        f"{bridge.text}\n\n{NEW_LINE}",
        source="Town Crier",
        published=crack.when + timedelta(hours=1),
    )
    empty_library.add([bridge, crack, later, *choir, articles[6]])
    empty_library.stories.update()
    empty_library.stories.put_into([crack.id, later.id], bridge.id)
    return empty_library


@pytest.fixture
def choir(make: Make, articles: tuple[Article, ...]) -> list[Article]:
    """Two reports of another event, the day before."""
    when = articles[0].when - timedelta(days=1)
    return [
        make("Choir of Holm wins the regional prize", CHOIR, source="Harbour Echo", published=when),
        make("Regional prize for Holm's choir", CHOIR_TOO, source="Harbour Echo", published=when),
    ]


def screen(reader: Any) -> StoriesScreen:
    found = reader.app.screen
    assert isinstance(found, StoriesScreen)
    return found


def story(reader: Any) -> Story:
    found = screen(reader).story_list.story
    assert found is not None
    return found


async def to_report(reader: Any, id_: ArticleId) -> None:
    """Open the story under the cursor and go to one of its reports."""
    if screen(reader).story_list.opened is None:
        await reader.press("enter")
    while (line := screen(reader).story_list.line) is None or line.articles != (id_,):
        at = screen(reader).story_list.cursor
        await reader.press("down")
        assert screen(reader).story_list.cursor != at, "the report is not below the story"


async def test_the_stories_show_who_reported_how_many_and_when(
    stories: Library, start: Start
) -> None:
    async with start(stories) as reader:
        await reader.press("T")
        assert "2 with unread of 2" in reader.lines[0]
        assert "HVT" in reader.lines[1]  # Harbour Echo, The Valley Post, Town Crier
        (bridge,) = [line for line in reader.lines if "●●●" in line]
        assert " 3 " in bridge
        (choir,) = [line for line in reader.lines if "●○○" in line]
        assert " 2 " in choir
        assert "H Harbour Echo" in reader.text
        assert "Why these belong together" in reader.text
        assert "± Corrected by you" in reader.text


async def test_a_story_opens_in_order_of_time_with_copies_folded_and_esc_leads_back(
    stories: Library, start: Start, articles: tuple[Article, ...]
) -> None:
    bridge, crack = articles[:2]
    async with start(stories) as reader:
        await reader.press("T", "enter")
        opened = screen(reader).story_list.opened
        assert opened is not None
        shown = [line.report.id for line in opened.lines if not line.copies]
        assert shown == [bridge.id, crack.id]
        assert "the same text in 1 more: Town Crier" in reader.text
        await reader.press("down", "down")
        copies = screen(reader).story_list.line
        assert copies is not None
        assert copies.copies
        await reader.press("enter")
        assert "Second look at the Lorn bridge" in reader.text
        await to_report(reader, crack.id)
        await reader.press("enter")
        assert reader.main.is_current
        assert reader.main.article_view.article.id == crack.id
        await reader.press("escape")
        line = screen(reader).story_list.line
        assert line is not None
        assert line.articles == (crack.id,)
        await reader.press("escape")
        assert screen(reader).story_list.opened is None
        await reader.press("escape")
        assert reader.main.is_current


async def test_read_star_and_tag_are_for_all_reports_of_a_story(
    stories: Library, start: Start
) -> None:
    async with start(stories) as reader:
        await reader.press("T")
        ids = story(reader).articles
        assert len(ids) == 3
        await reader.press("m", "asterisk")
        assert all(stories.notebook.marks(i).read for i in ids)
        assert all(stories.notebook.marks(i).starred for i in ids)
        await reader.until(lambda: story(reader).unread == 0)
        assert "1 with unread of 2" in reader.lines[0]
        await reader.press("u")
        assert not any(stories.notebook.marks(i).starred for i in ids)
        assert "Undone" in reader.said


async def test_a_report_taken_out_never_comes_back_but_by_undoing(
    stories: Library, start: Start, articles: tuple[Article, ...]
) -> None:
    crack = articles[1]
    async with start(stories) as reader:
        await reader.press("T", "x")
        assert "x takes the one under the cursor out" in reader.said
        await to_report(reader, crack.id)
        await reader.press("x")
        assert "taken out of the story" in reader.said
        assert crack.id not in story(reader).articles
        stories.stories.update()
        assert stories.row(crack.id).story is None
        await reader.press("u")
        await reader.until(lambda: crack.id in story(reader).articles)


async def test_one_story_is_merged_into_another_that_one_chooses(
    stories: Library, start: Start, articles: tuple[Article, ...], choir: list[Article]
) -> None:
    async with start(stories) as reader:
        await reader.press("T", "M")
        assert "Merge the story into another" in reader.text
        # a report of the other story is offered, with the name that the story has in the list
        assert "Regional prize for Holm" in reader.text
        assert "reports: Choir of Holm wins the regional prize" in reader.text
        await reader.write("lullaby")
        await reader.press("enter")
        await reader.until(lambda: len(story(reader).articles) == 5)
        assert {articles[0].id, choir[0].id} <= set(story(reader).articles)
        await reader.press("u")
        await reader.until(lambda: screen(reader).story_list.pages.count == 2)


async def test_orders_search_and_the_next_unread(stories: Library, start: Start) -> None:
    async with start(stories) as reader:
        await reader.press("T", "r")
        assert "most reports first" in reader.lines[0]
        await reader.press("slash")
        await reader.write("lullab")  # the last word is found before it is whole
        assert screen(reader).story_list.pages.count == 1
        assert "1 story" in reader.lines[0]
        await reader.press("escape")
        assert screen(reader).story_list.pages.count == 2
        await reader.press("slash")
        await reader.write("nothing-like-this")
        assert "No story has a report that this finds." in reader.text
        await reader.press("escape", "m", "n")
        assert story(reader).unread == 2
        await reader.press("n")
        assert "No further story" in reader.said


async def test_a_story_is_compared_and_summarised_from_here(stories: Library, start: Start) -> None:
    async with start(stories) as reader:
        await reader.press("T")
        ids = story(reader).articles
        await reader.press("s")
        assert "3 articles" in reader.text
        assert screen(reader).summary_ids() == ids
        await reader.press("s", "c")
        compared = reader.app.screen
        assert isinstance(compared, CompareScreen)
        assert {a.id for a in compared.articles} == set(ids)
        await reader.press("escape")
        assert story(reader).articles == ids


async def test_what_no_report_read_before_has_said_is_counted_listed_and_led_to(
    stories: Library, start: Start, articles: tuple[Article, ...]
) -> None:
    bridge, crack = articles[:2]
    stories.notebook.mark([bridge.id, crack.id], read=True)
    async with start(stories) as reader:
        await reader.press("T")
        await reader.until(lambda: "+1 new" in reader.text)
        assert "1 sentence that no report you read has said" in reader.text
        assert NEW_LINE[:40] in reader.text
        await reader.press("tab", "enter")
        view = reader.main.article_view
        assert reader.main.is_current
        assert view.article.title == "Second look at the Lorn bridge"
        await reader.until(lambda: view.overlays.get("new"))
        ((start_, end),) = view.overlays["new"]
        assert view.article.text[start_:end] == NEW_LINE
        assert "+ 1 sentence that no report you read has said" in [
            p.text for p in view.document.paragraphs
        ]
        assert view.sign(start_, end) == "+"


async def test_what_is_new_in_one_report_is_not_said_of_the_next_article(
    stories: Library, start: Start, articles: tuple[Article, ...]
) -> None:
    bridge, crack, other = articles[0], articles[1], articles[6]
    stories.notebook.mark([bridge.id, crack.id, other.id], read=True)
    async with start(stories) as reader:
        view = reader.main.article_view
        later = next(row.id for row in stories.find() if row.title.startswith("Second look"))
        reader.main.open_article(later)
        await reader.until(lambda: view.overlays.get("new"))
        assert "no report you read has said" in reader.text
        reader.main.open_article(other.id)
        await reader.until(lambda: view.article is not None and view.article.id == other.id)
        assert "no report you read has said" not in reader.text


async def test_a_first_report_has_no_marks(stories: Library, start: Start) -> None:
    async with start(stories) as reader:
        await reader.press("T")
        assert "You have read none of these yet" in reader.text
        assert "new" not in reader.text.split("Why these")[0].split("when")[1].split("\n")[1]


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (200, 50)])
async def test_it_can_be_used_at_any_size(
    stories: Library, start: Start, size: tuple[int, int]
) -> None:
    async with start(stories, size) as reader:
        await reader.press("T", "enter", "down", "tab")
        assert screen(reader).focused_pane() == "story"
        assert screen(reader).story_pane.display
        await reader.press("escape")
        assert screen(reader).story_list.has_focus
        assert max(len(line) for line in reader.lines) <= size[0]
        await reader.press("Z", "escape", "escape", "escape")
        assert reader.main.is_current


@pytest.mark.parametrize("keys", [(), ("Z",)])
async def test_the_line_in_which_one_searches_can_be_seen_from_the_story_too(
    stories: Library, start: Start, keys: tuple[str, ...]
) -> None:
    async with start(stories, (40, 15) if not keys else (80, 24)) as reader:
        await reader.press("T", "tab", *keys)
        assert not screen(reader).query_one("#stories-list-pane").display
        await reader.press("slash", *"choir")
        assert "/ choir" in reader.text
        await reader.press("enter")
        assert screen(reader).story_list.has_focus


async def test_without_stories_it_says_what_to_do(empty_library: Library, start: Start) -> None:
    async with start(empty_library) as reader:
        await reader.press("T")
        assert "There are no stories yet." in reader.text
        await reader.press("enter", "m", "c", "s", "x", "M", "n", "r", "escape", "escape")
        assert reader.main.is_current


async def test_esc_at_once_after_a_key_leaves_nothing_behind(
    stories: Library, start: Start
) -> None:
    async with start(stories) as reader:
        for key in ("T", "down", "escape", "T", "down", "escape"):
            reader._send(key)
        await reader.wait(0.3)
        assert reader.main.is_current


async def test_what_outlets_write_is_shown_as_text_and_nothing_else(
    empty_library: Library, start: Start, make: Make
) -> None:
    name = "[/b] \x1b]0;x\x07[@click=app.quit]\u202e"
    articles = [
        make(
            f"{name} the mill at Tarn burned down {n}",
            f"{BURNED}\n\n{TOLD[n]}",
            source=f"{name} {n}",
        )
        for n in range(2)
    ]
    empty_library.add(articles)
    empty_library.stories.update()
    empty_library.stories.put_into([articles[1].id], articles[0].id)
    empty_library.notebook.mark([articles[0].id], read=True)
    async with start(empty_library) as reader:
        await reader.press("T")
        await reader.until(lambda: "new" in reader.lines[2])
        for keys in ((), ("enter",), ("down",), ("M",), ("escape",), ("tab",), ("escape", "s")):
            await reader.press(*keys)
            assert "[@click=app.quit]" in reader.text
            assert not set(reader.text) & {"\x1b", "\x07", "\u202e", "\x9b"}


BURNED = "The mill at Tarn burned down on Sunday night. Forty firemen could not save its roof."
TOLD = (
    "The owner wants to build it anew with help from the parish [@click=app.quit].",
    "A spark from the \x1b[31mold boiler had lit the \u202eflour in the loft.",
)


async def test_a_letter_taken_back_before_its_list_has_come_brings_the_stories_before(
    stories: Library, start: Start
) -> None:
    async with start(stories, (120, 40)) as reader:
        await reader.press("T", "slash")
        reader._send("x")
        reader._send("backspace")
        await reader.settle()
        assert screen(reader).search_bar.line.value == ""
        assert screen(reader).view.search == ""
        assert screen(reader).story_list.pages.count == 2


async def test_a_search_that_makes_sense_again_is_not_complained_of(
    stories: Library, start: Start
) -> None:
    async with start(stories, (120, 40)) as reader:
        await reader.press("T", "slash")
        await reader.write("bridge)")
        assert "There is no bracket open" in reader.text
        await reader.press("backspace")
        assert "There is no bracket open" not in reader.text
        assert screen(reader).view.search == "bridge"


async def test_a_change_while_a_search_is_under_way_does_not_take_it_back(
    stories: Library, start: Start
) -> None:
    async with start(stories, (120, 40)) as reader:
        await reader.press("T")
        rows = screen(reader)
        rows.search_for("bridge")
        rows.reload()
        await reader.settle()
        assert rows.view.search == "bridge"
        assert rows.story_list.pages.count == 1


async def test_the_cursor_stays_where_it_was_moved_while_the_same_list_comes_again(
    stories: Library, start: Start
) -> None:
    async with start(stories) as reader:
        await reader.press("T", "enter")
        rows = screen(reader).story_list
        screen(reader).reload()
        rows.cursor = 2
        await reader.settle()
        assert rows.cursor == 2
        assert screen(reader).story_list.line is not None
