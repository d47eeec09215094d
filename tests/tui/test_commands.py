"""One registry of commands: keys, footer, palette and help agree with each other and the table."""

from collections.abc import Callable

import pytest
from key_table import TABLE
from textual.binding import Binding
from textual.widget import Widget

from reader.model import Article, ArticleId, Revision
from reader.tui import commands
from reader.tui.app import ReaderApp
from reader.tui.commands import BY_ID, CHAINS, COMMANDS
from reader.tui.dialogs.help import help_page
from reader.tui.keys import is_key
from reader.tui.screens.base import LibraryScreen
from reader.tui.screens.changes import ChangesScreen
from reader.tui.screens.compare import CompareScreen
from reader.tui.screens.feeds import FeedsScreen
from reader.tui.screens.main import MainScreen
from reader.tui.screens.stories import StoriesScreen
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.article_view import ArticleView
from reader.tui.widgets.compare_column import CompareColumn
from reader.tui.widgets.source_list import SourceList
from reader.tui.widgets.story_list import StoryList
from reader.tui.widgets.story_pane import StoryPane
from reader.tui.widgets.summary_pane import SummaryPane

# Who stands for an area, and on which screen.
CLASSES = {
    "app": [(ReaderApp, ReaderApp)],
    "main": [(MainScreen, MainScreen)],
    "rows": [
        (SourceList, MainScreen),
        (ArticleList, MainScreen),
        (StoryList, StoriesScreen),
    ],
    "sources": [(SourceList, MainScreen)],
    "list": [(ArticleList, MainScreen)],
    "prose": [(ArticleView, MainScreen), (StoryPane, StoriesScreen)],
    "article": [(ArticleView, MainScreen)],
    "summary": [(SummaryPane, MainScreen), (StoryPane, StoriesScreen)],
    "compare": [(CompareScreen, CompareScreen)],
    "column": [(CompareColumn, CompareScreen)],
    "feeds": [(FeedsScreen, FeedsScreen)],
    "changes": [(ChangesScreen, ChangesScreen)],
    "stories": [(StoriesScreen, StoriesScreen)],
}


@pytest.mark.parametrize("focus", TABLE)
def test_each_key_of_the_table_is_the_command_that_it_says(focus: str) -> None:
    for key, wanted in TABLE[focus].items():
        found = next(c for c in commands.for_focus(focus) if key in c.keys.split(","))
        assert found.id == wanted, f"{key} in {focus}"


def test_ids_are_unique_and_every_command_has_its_words() -> None:
    assert len(BY_ID) == len(COMMANDS)
    for command in COMMANDS:
        assert command.title
        assert command.tooltip.endswith(".")
        assert command.areas
        assert all(is_key(key) for key in command.keys.split(",")), command.keys


REVISIONS = (Revision(1, "One", None), Revision(2, "One", None))
SCREENS: dict[str, Callable[[], LibraryScreen]] = {
    "main": MainScreen,
    "compare": lambda: CompareScreen([]),
    "feeds": FeedsScreen,
    "changes": lambda: ChangesScreen(Article(ArticleId(1), "1", "A", "One", "Two."), REVISIONS),
    "stories": StoriesScreen,
}


@pytest.mark.parametrize("area", ["compare"])
def test_each_command_of_a_screen_is_found_by_its_id(area: str) -> None:
    handlers = SCREENS[area]().handlers
    for command in commands.of(area):  # type: ignore[arg-type]
        assert command.id in handlers, f"{command.id} on {area}"


@pytest.mark.parametrize("area", ["app", "rows", "sources", "prose", "column"])
def test_each_command_of_a_widget_is_an_action_of_it_or_of_its_screen(area: str) -> None:
    for command in commands.of(area):  # type: ignore[arg-type]
        for widget, screen in CLASSES[area]:
            if command.action.startswith("screen."):
                made = next(make for make in SCREENS.values() if isinstance(make(), screen))
                assert command.id in made().handlers, f"{command.id} on {screen.__name__}"
            else:
                name = f"action_{commands.action_name(command)}"
                assert hasattr(widget, name), f"{command.id}: {widget.__name__}.{name}"


@pytest.mark.parametrize("area", CLASSES)
def test_each_command_is_bound_where_it_applies(area: str) -> None:
    for widget, _screen in CLASSES[area]:
        bound = {b.id for b in _bindings(widget)}
        for command in commands.of(area):  # type: ignore[arg-type]
            assert command.id in bound, f"{command.id} on {widget.__name__}"


def _bindings(owner: type[Widget]) -> list[Binding]:
    return [b for _key, b in owner._merged_bindings or []]


@pytest.mark.parametrize("focus", CHAINS)
def test_the_footer_and_the_help_show_commands_of_the_registry(focus: str) -> None:
    here = commands.for_focus(focus)
    assert any(command.footer for command in here)
    shown = "\n".join(f"{p.mark}{p.text}" for p in help_page(lambda c: c.keys, focus))
    for command in COMMANDS:
        assert f"[{command.id}]" in shown
        assert command.tooltip.rstrip(".") in shown


def test_keys_are_shown_as_people_know_them() -> None:
    assert commands.shown_keys("up,k") == "↑ k"
    assert commands.shown_keys("ctrl+p,question_mark") == "Ctrl+P ?"
    assert commands.shown_keys("shift+tab") == "Shift+Tab"
    assert commands.shown_keys("f2,f") == "F2 f"
