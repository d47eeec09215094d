"""One registry of commands: keys, footer, palette and help agree with each other and the table."""

import pytest
from textual.binding import Binding
from textual.widget import Widget

from reader.tui import commands
from reader.tui.app import ReaderApp
from reader.tui.commands import BY_ID, CHAINS, COMMANDS
from reader.tui.keys import is_key
from reader.tui.screens.changes import ChangesScreen
from reader.tui.screens.compare import CompareScreen
from reader.tui.screens.feeds import FeedsScreen
from reader.tui.screens.help import help_page
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
# The table of keys that fingers and other programs rely on: focus -> key -> command.
EVERYWHERE = {
    "up": "move.up", "k": "move.up", "down": "move.down", "j": "move.down",
    "pageup": "move.page_up", "pagedown": "move.page_down", "home": "move.home",
    "end": "move.end", "escape": "back", "tab": "pane.next", "shift+tab": "pane.previous",
    "[": "source.previous", "]": "source.next", "left": "source.previous", "right": "source.next",
    "n": "unread.next", "p": "unread.previous", "s": "summary", "c": "compare", "t": "article.tag",
    "m": "article.read", "*": "article.star", "1": "summary.length_1", "2": "summary.length_2",
    "3": "summary.length_3", "4": "summary.length_4", "5": "summary.length_5",
    "6": "summary.length_6", "o": "article.address", "y": "article.copy", "X": "source.read_all",
    "D": "article.remove", "=": "list.fold", "z": "list.fold", "e": "export", "R": "fetch",
    "x": "story.take_out", "M": "story.merge", "/": "search", "r": "order", "A": "add",
    "T": "stories", "F": "feeds", "C": "changes",
    "u": "undo", "U": "redo", "Z": "maximise", "?": "help", "ctrl+p": "palette", "q": "quit",
}  # fmt: skip
STORIES = {
    "up": "move.up", "k": "move.up", "down": "move.down", "j": "move.down",
    "pageup": "move.page_up", "pagedown": "move.page_down", "home": "move.home",
    "end": "move.end", "enter": "open", "escape": "back", "tab": "pane.next",
    "shift+tab": "pane.previous", "n": "unread.next", "p": "unread.previous", "s": "summary",
    "c": "compare", "m": "article.read", "*": "article.star", "t": "article.tag",
    "=": "list.fold", "z": "list.fold", "x": "story.take_out", "M": "story.merge", "/": "search",
    "r": "order", "o": "article.address", "y": "article.copy", "e": "export", "u": "undo",
    "U": "redo", "Z": "maximise", "?": "help", "ctrl+p": "palette", "q": "quit",
}  # fmt: skip
FEEDS = {
    "up": "move.up", "k": "move.up", "down": "move.down", "j": "move.down",
    "pageup": "move.page_up", "pagedown": "move.page_down", "home": "move.home",
    "end": "move.end", "enter": "open", "escape": "back", "n": "feeds.next_failed",
    "p": "feeds.previous_failed", "f": "feeds.fetch_one", "R": "fetch", "A": "add",
    "N": "feeds.rename", "t": "feeds.tag", "m": "feeds.mute", "w": "feeds.full_text",
    "d": "feeds.keep_days", "D": "feeds.remove", "r": "feeds.order", "e": "feeds.export",
    "u": "undo", "U": "redo", "?": "help", "ctrl+p": "palette", "q": "quit",
}  # fmt: skip
CHANGES = {
    "up": "move.up", "k": "move.up", "down": "move.down", "j": "move.down",
    "pageup": "move.page_up", "pagedown": "move.page_down", "home": "move.home",
    "end": "move.end", "escape": "back", "]": "changes.next", "right": "changes.next",
    "[": "changes.previous", "left": "changes.previous", "n": "changes.next_place",
    "p": "changes.previous_place", "z": "changes.fold", "=": "changes.fold", "?": "help",
    "ctrl+p": "palette", "q": "quit",
}  # fmt: skip
TABLE = {
    "feeds": FEEDS,
    "changes": CHANGES,
    "stories": STORIES,
    "story": STORIES,
    "sources": {**EVERYWHERE, "enter": "open"},
    "list": {**EVERYWHERE, "enter": "open", "space": "list.mark", "v": "list.mark"},
    "article": {
        **EVERYWHERE, "J": "sentence.next", "K": "sentence.previous", "space": "article.page_on",
        "a": "article.note", "h": "article.highlight", "L": "article.leftovers",
    },
    "summary": {**EVERYWHERE, "enter": "open"},
    "compare": {
        "up": "claim.previous", "k": "claim.previous", "down": "claim.next", "j": "claim.next",
        "pageup": "move.page_up", "pagedown": "move.page_down", "home": "move.home",
        "end": "move.end", "enter": "open", "escape": "back", "tab": "pane.next",
        "shift+tab": "pane.previous", "[": "source.previous", "]": "source.next",
        "left": "source.previous", "right": "source.next", "n": "difference.next",
        "p": "difference.previous", "J": "sentence.next", "K": "sentence.previous",
        "space": "compare.page_on", "t": "article.tag", "a": "article.note",
        "h": "article.highlight", "*": "article.star", "s": "summary", "=": "compare.lock",
        "z": "compare.fold", "o": "article.address", "y": "article.copy", "u": "undo", "U": "redo",
        "Z": "maximise", "?": "help", "ctrl+p": "palette", "q": "quit",
    },
}  # fmt: skip


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


@pytest.mark.parametrize("area", CLASSES)
def test_each_command_can_be_done_where_it_applies(area: str) -> None:
    for command in commands.of(area):  # type: ignore[arg-type]
        for widget, screen in CLASSES[area]:
            owner = screen if command.action.startswith("screen.") else widget
            name = f"action_{commands.action_name(command)}"
            assert hasattr(owner, name), f"{command.id}: {owner.__name__}.{name}"


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
