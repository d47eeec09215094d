"""One registry of commands: keys, footer, palette and help agree with each other and the table."""

from pathlib import Path

import pytest
from key_table import TABLE
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
    assert commands.shown_keys("f2,f") == "F2 f"


_COLUMNS = ("everywhere", "list", "article", "comparison")
_NAMED = {
    "arrows": ("up", "down"), "PgUp": ("pageup",), "PgDn": ("pagedown",), "Home": ("home",),
    "End": ("end",), "Enter": ("enter",), "Esc": ("escape",), "Tab": ("tab",),
    "Shift+Tab": ("shift+tab",), "Left": ("left",), "Right": ("right",), "Space": ("space",),
    "1-6": tuple("123456"),
}  # fmt: skip


def _agreed_table(shared: Path) -> list[tuple[list[str], dict[str, str]]]:
    """Return the rows of the table of keys that was agreed: the keys, what they do by column."""
    text = (shared / "design" / "interfaces.md").read_text(encoding="utf-8").split("## Keys")[1]
    rows = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 5 and cells[0] not in {"key", "---"}:
            words = cells[0].replace("`1`-`6`", "1-6").replace(",", " ").replace("`", " ").split()
            keys = [key for word in words for key in _NAMED.get(word, (word,))]
            rows.append((keys, dict(zip(_COLUMNS, cells[1:], strict=True))))
    return rows


def _not_there(keys: list[str], what: str) -> set[str]:
    """Return the keys that a cell of the table leaves out: with a dash in their place."""
    parts = [part.strip() for part in what.split(",")]
    if len(parts) != len(keys):
        return set(keys) if what == "–" else set()
    return {key for key, part in zip(keys, parts, strict=True) if part == "–"}


def test_the_table_that_was_agreed_is_bound_key_by_key_and_column_by_column(shared: Path) -> None:
    rows = _agreed_table(shared)
    assert len(rows) == 18
    for keys, does in rows:
        for column, what in does.items():
            for focus in _focuses(column) if what else ():
                left_out = _not_there(keys, what) | _not_there(keys, does.get(focus, ""))
                if what == "tag, note, highlight":  # the last three of five
                    left_out |= {"m", "*"}
                if what == "of the story":  # which is compared already
                    left_out.add("c")
                for key in set(keys) - left_out:
                    assert key in TABLE[focus], f"{key} in {focus}: {what}"


def _focuses(column: str) -> tuple[str, ...]:
    # what a screen does not use does nothing there: the comparison has no list to search or sort
    return {"everywhere": ("list", "article"), "comparison": ("compare",)}.get(column, (column,))
