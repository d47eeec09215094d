"""Every key of the table is pressed, on each screen, and does what the table says."""

from collections.abc import Callable
from typing import Any

import pytest
from key_table import TABLE
from textual.command import CommandPalette

from reader.library import Library, parse_query
from reader.model import Article
from reader.tui import programs
from reader.tui.dialogs.add import AddDialog
from reader.tui.dialogs.export import ExportDialog
from reader.tui.dialogs.export_comparison import ComparisonExportDialog as ComparisonExport
from reader.tui.dialogs.help import HelpScreen
from reader.tui.dialogs.merge_story import MergeDialog
from reader.tui.dialogs.note import NoteDialog
from reader.tui.dialogs.tags import TagDialog
from reader.tui.screens.compare import CompareScreen
from reader.tui.screens.evidence import EvidenceScreen
from reader.tui.screens.feeds import FeedsScreen
from reader.tui.screens.stories import StoriesScreen

Start = Any
Reader = Any
Step = tuple[str, Callable[[], object]]

ORDERS = ("oldest", "source", "unread", "newest")
LONG = "\n\n".join(
    f"On day {n} the gauge at the lock showed {n} feet. Nobody had seen that before."
    for n in range(1, 90)
)


@pytest.fixture
def opened_addresses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(programs, "browser", lambda *_a, **_k: ["browser"])
    monkeypatch.setattr(programs, "start", lambda command: found.append(command[-1]))
    return found


async def walk(reader: Reader, focus: str, steps: list[Step], last: str = "q") -> None:
    """Press the keys one by one; each has its effect, and each of the table's is among them."""
    for number, (key, holds) in enumerate(steps):
        await reader.press(key)
        assert holds(), f"step {number}: {key} in {focus}\n{reader.text}"
    await reader.press(last)
    assert reader.app._exit
    missing = set(TABLE[focus]) - {key for key, _ in steps} - {last}
    assert not missing


def on(reader: Reader, screen: type) -> Callable[[], bool]:
    return lambda: isinstance(reader.app.screen, screen)


def common(reader: Reader, library: Library, focus: str, addresses: list[str]) -> list[Step]:
    """Return the steps of the keys that do the same from the list and from the article."""
    main, app = reader.main, reader.app
    home = lambda: app.screen is main and main.focused_pane() == focus  # noqa: E731

    def row() -> Any:
        library.stories.refresh()
        return library.row(main.targets()[0])

    def rows() -> list[Any]:
        return library.find(parse_query(main.view.search))

    def counts(query: str) -> int:
        return library.count(parse_query(query))

    steps: list[Step] = [
        ("m", lambda: row().marks.read is (focus == "list")), ("m", lambda: counts("is:read") < 2),
        ("*", lambda: row().marks.starred), ("u", lambda: not row().marks.starred),
        ("U", lambda: row().marks.starred), ("t", on(reader, TagDialog)), ("escape", home),
        ("s", lambda: main.summary_on),
        *((str(n), lambda n=n: app.summary_length == n) for n in range(1, 7)),
        ("s", lambda: not main.summary_on), ("c", on(reader, CompareScreen)), ("escape", home),
        ("o", lambda: addresses == [row().url]), ("y", lambda: "Copied" in reader.said),
        ("e", on(reader, ExportDialog)), ("escape", home), ("R", lambda: "no feeds" in reader.said),
        ("A", on(reader, AddDialog)), ("escape", home), ("T", on(reader, StoriesScreen)),
        ("escape", home), ("F", on(reader, FeedsScreen)), ("escape", home),
        ("C", lambda: "has not changed" in reader.said),
        ("?", on(reader, HelpScreen)), ("escape", home), ("ctrl+p", on(reader, CommandPalette)),
        ("escape", home), ("Z", lambda: main.maximised), ("Z", lambda: not main.maximised),
        ("x", lambda: row().story is None), ("u", lambda: row().story is not None),
        ("M", on(reader, MergeDialog)), ("escape", home),
        ("m", lambda: row().marks.read is (focus == "list")),
        ("X", lambda: all(library.row(row_.id).marks.read for row_ in rows())),
        ("u", lambda: row().marks.read is (focus == "list")),
        ("D", lambda: counts("is:removed") == 1), ("u", lambda: counts("is:removed") == 0),
    ]  # fmt: skip
    return steps


async def test_every_key_of_the_list(
    library: Library, start: Start, opened_addresses: list[str]
) -> None:
    library.stories.update()
    async with start(library, size=(120, 40)) as reader:
        main = reader.main
        rows, view = main.article_list, lambda: main.view
        focus = main.focused_pane
        steps: list[Step] = [
            ("down", lambda: rows.cursor == 1), ("j", lambda: rows.cursor == 2),
            ("up", lambda: rows.cursor == 1), ("k", lambda: rows.cursor == 0),
            ("pagedown", lambda: rows.cursor == 6), ("pageup", lambda: rows.cursor == 0),
            ("end", lambda: rows.cursor == 6), ("home", lambda: rows.cursor == 0),
            ("tab", lambda: focus() == "article"), ("shift+tab", lambda: focus() == "list"),
            ("]", lambda: view().source[0] == "unread"), ("[", lambda: view().source[0] == "all"),
            ("right", lambda: view().source[0] == "unread"),
            ("left", lambda: view().source[0] == "all"),
            ("space", lambda: len(rows.marked) == 1), ("v", lambda: len(rows.marked) == 2),
            ("escape", lambda: not rows.marked), ("home", lambda: rows.cursor == 0),
            ("n", lambda: rows.cursor == 1), ("p", lambda: rows.cursor == 0),
            ("=", lambda: view().folded), ("=", lambda: not view().folded),
            ("z", lambda: view().folded), ("z", lambda: not view().folded),
            ("/", lambda: main.search_bar.line.has_focus), ("escape", lambda: focus() == "list"),
            *(("r", lambda n=n: view().order == n) for n in ORDERS),
            ("home", lambda: rows.cursor == 0), ("down", lambda: rows.cursor == 1),
            *common(reader, library, "list", opened_addresses),
            ("L", lambda: focus() == "article" and "beside the article" in reader.text),
            ("escape", lambda: focus() == "list"), ("enter", lambda: focus() == "article"),
        ]  # fmt: skip
        await walk(reader, "list", steps)


async def test_every_key_of_the_article(
    library: Library, start: Start, make: Callable[..., Article], opened_addresses: list[str]
) -> None:
    library.add([make("The lock at Orl", LONG)])
    library.stories.update()
    long = library.ids(parse_query("gauge"))
    story = library.row(long[0]).story or long[0]
    library.stories.put_into(library.ids(parse_query("bridge")), story)
    async with start(library, size=(120, 40)) as reader:
        main = reader.main
        await reader.press("/", *"gauge", "enter", "enter")
        view, focus = main.article_view, main.focused_pane
        top = lambda: view.scroll_offset.y  # noqa: E731
        shown = lambda: view.article.id  # noqa: E731
        steps: list[Step] = [
            ("down", lambda: top() == 1), ("j", lambda: top() == 2), ("up", lambda: top() == 1),
            ("k", lambda: top() == 0), ("pagedown", lambda: top() > 5),
            ("pageup", lambda: top() == 0), ("end", lambda: view.at_end),
            ("home", lambda: top() == 0), ("space", lambda: top() > 0 and shown() == long[0]),
            ("J", lambda: view.sentence is not None and view.sentence.index > 0),
            ("K", lambda: view.sentence is not None),
            ("h", lambda: bool(view.overlays["highlight"])),
            ("a", on(reader, NoteDialog)), ("escape", lambda: focus() == "article"),
            ("escape", lambda: view.sentence is None and focus() == "article"),
            ("L", lambda: view.leftovers), ("L", lambda: not view.leftovers),
            *common(reader, library, "article", opened_addresses),
            ("tab", lambda: focus() == "sources"), ("shift+tab", lambda: focus() == "article"),
            ("escape", lambda: focus() == "list"), ("escape", lambda: main.view.search == ""),
            ("enter", lambda: focus() == "article"),
            ("r", lambda: main.view.order == "oldest"), ("=", lambda: main.view.folded),
            ("z", lambda: not main.view.folded),
            ("n", lambda: shown() != long[0] and focus() == "article"),
            ("p", lambda: focus() == "article"), ("end", lambda: view.at_end),
            ("space", lambda: focus() == "article"),
            ("]", lambda: main.view.source[0] == "unread"),
            ("[", lambda: main.view.source[0] == "all"),
            ("right", lambda: main.view.source[0] == "unread"),
            ("left", lambda: main.view.source[0] == "all"),
            ("/", lambda: main.search_bar.line.has_focus), ("escape", lambda: focus() == "list"),
        ]  # fmt: skip
        await walk(reader, "article", steps)


async def test_every_key_of_the_comparison(
    library: Library, start: Start, opened_addresses: list[str]
) -> None:
    library.stories.update()
    async with start(library, size=(120, 24)) as reader:
        await reader.press("down", "c")
        screen: Any = reader.app.screen
        assert isinstance(screen, CompareScreen)
        here = lambda: reader.app.screen is screen  # noqa: E731
        number = lambda: screen.views.leading.sentence_number  # noqa: E731
        columns = lambda: screen.views.columns_pane  # noqa: E731
        report = lambda: columns().leading_report  # noqa: E731

        def row() -> Any:
            library.stories.refresh()
            return library.row(screen.targets()[0])

        steps: list[Step] = [
            ("j", lambda: number() is not None), ("down", lambda: number() > 0),
            ("up", lambda: number() == 0 or number() is not None), ("k", here),
            ("J", lambda: number() >= 1), ("K", lambda: number() >= 0),
            ("tab", lambda: report() == 1), ("shift+tab", lambda: report() == 0),
            ("]", here), ("[", here), ("right", here), ("left", here),
            ("n", lambda: screen.views.cursor.difference is not None or "ifference" in reader.said),
            ("p", lambda: "ifference" in reader.said or screen.views.cursor.difference is not None),
            ("pagedown", here), ("pageup", here), ("end", here), ("home", here), ("space", here),
            *((str(n + 1), lambda n=n: screen.views.view == n) for n in (1, 2, 3, 4, 5, 0)),
            ("j", lambda: number() is not None),
            ("h", lambda: bool(screen.views.leading.overlays["highlight"])),
            ("a", on(reader, NoteDialog)), ("escape", here), ("t", on(reader, TagDialog)),
            ("escape", here), ("*", lambda: row().marks.starred),
            ("u", lambda: not row().marks.starred), ("U", lambda: row().marks.starred),
            ("s", lambda: screen.summary.on), ("s", lambda: not screen.summary.on),
            ("=", lambda: not columns().locked), ("z", lambda: columns().folded),
            ("z", lambda: not columns().folded), ("Z", lambda: columns().column_count() == 1),
            ("Z", lambda: columns().column_count() == 2),
            ("o", lambda: opened_addresses == [row().url]),
            ("y", lambda: "Copied" in reader.said), ("e", on(reader, ComparisonExport)),
            ("escape", here), ("M", on(reader, MergeDialog)), ("escape", here),
            ("enter", on(reader, EvidenceScreen)), ("escape", here), ("?", on(reader, HelpScreen)),
            ("escape", here), ("ctrl+p", on(reader, CommandPalette)), ("escape", here),
            ("x", lambda: row().story is None), ("u", lambda: row().story is not None),
            ("escape", lambda: reader.app.screen is reader.main),
        ]  # fmt: skip
        await walk(reader, "compare", steps)


@pytest.mark.parametrize(
    ("shown", "came"),
    [("? Help", "HelpScreen"), ("/ Search", "search"), ("s Summary", "summary")],
)
async def test_a_click_on_a_key_in_the_last_line_is_that_key(
    library: Library, start: Start, shown: str, came: str
) -> None:
    async with start(library, (120, 40)) as reader:
        last = len(reader.lines) - 1
        await reader.pilot.click(offset=(reader.lines[last].index(shown) + 1, last))
        await reader.settle()
        main = reader.main
        there = {
            "HelpScreen": isinstance(reader.app.screen, HelpScreen),
            "search": main.query_one("#search").has_focus,
            "summary": main.summary_pane.display,
        }
        assert [name for name, is_there in there.items() if is_there] == [came]
