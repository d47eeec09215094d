"""Notes, highlights, tags, the summary and the export, from inside the comparison."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from reader.library import Library
from reader.model import Article
from reader.tui.dialogs.export_comparison import file_name

Opened = Any


async def test_a_note_is_written_on_the_sentence_under_the_cursor(
    opened: Opened, library: Library, reports: Sequence[Article]
) -> None:
    async with opened() as reader:
        await reader.press("j", "j", "a")
        await reader.write("who counted?")
        await reader.press("ctrl+s")
        (note,) = library.notebook.annotations(reports[0].id)
        assert note.selector is not None
        assert note.selector.exact == "Twelve houses were flooded, the fire brigade said."
        assert "✎ who counted?" in reader.text


async def test_in_a_table_a_note_goes_to_the_sentence_of_the_cell(
    opened: Opened, library: Library, reports: Sequence[Article]
) -> None:
    async with opened() as reader:
        await reader.press("3", "right", "a")
        assert "Water stood in 14 houses" in reader.text
        await reader.write("fourteen")
        await reader.press("ctrl+s")
        (note,) = library.notebook.annotations(reports[1].id)
        assert note.selector.exact.startswith("Water stood")
        await reader.press("h", "1")
        kinds = {each.kind for each in library.notebook.annotations(reports[1].id)}
        assert kinds == {"note", "highlight"}


async def test_tags_and_stars_go_to_the_article_of_the_column(
    opened: Opened, library: Library, reports: Sequence[Article]
) -> None:
    async with opened() as reader:
        await reader.press("tab", "t")
        await reader.write("flood")
        await reader.press("enter", "asterisk")
        marks = library.notebook.marks(reports[1].id)
        assert marks.tags == ("flood",)
        assert marks.starred
        assert "★ starred #flood" in reader.text


async def test_a_note_written_on_the_evidence_stands_in_the_comparison_too(
    opened: Opened, library: Library, reports: Sequence[Article]
) -> None:
    async with opened() as reader:
        await reader.press("j", "enter", "a")
        await reader.write("see the map")
        await reader.press("ctrl+s", "h", "J", "K", "escape")
        assert "✎ see the map" in reader.text
        assert len(library.notebook.annotations(reports[0].id)) == 2
        await reader.press("u", "u")
        assert library.notebook.annotations(reports[0].id) == []
        assert "see the map" not in reader.text


async def test_s_shows_the_storys_summary_and_enter_leads_to_its_sentence(
    opened: Opened,
) -> None:
    async with opened() as reader:
        await reader.press("s")
        screen = reader.app.screen
        assert len(screen.summary_pane.summary.articles) == 3
        await reader.press("tab", "tab")
        assert screen.summary_pane.has_focus
        wanted = screen.summary_pane.summary.sentences[0]
        await reader.press("enter")
        assert screen.articles[screen.views.columns_pane.leading_report].id == wanted.article
        assert screen.views.leading.sentence.index == wanted.index
        await reader.press("s")
        assert not screen.summary_pane.display


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


async def test_e_writes_markdown_into_the_current_folder_and_says_where(
    opened: Opened, here: Path
) -> None:
    async with opened() as reader:
        await reader.press("e", "enter")
        file = here / "comparison-river-floods-houses-in-millbrook.md"
        assert "Twelve houses" in file.read_text(encoding="utf-8")
        assert reader.said == f"Written to {file}"


async def test_tab_turns_the_export_into_a_page_and_a_file_is_replaced_only_when_asked_twice(
    opened: Opened, here: Path
) -> None:
    file = here / "comparison-river-floods-houses-in-millbrook.html"
    file.write_text("mine", encoding="utf-8")
    async with opened() as reader:
        await reader.press("e", "tab")
        assert "one page, for the browser" in reader.text
        await reader.press("enter")
        assert "There is a file of this name" in reader.text
        assert file.read_text(encoding="utf-8") == "mine"
        await reader.press("enter")
        assert "<html" in file.read_text(encoding="utf-8")


async def test_an_export_that_cannot_be_written_is_told_in_the_dialog(
    opened: Opened, here: Path
) -> None:
    async with opened() as reader:
        await reader.press("e", *["backspace"] * 3)
        await reader.write("txt")
        await reader.press("enter")
        assert "has to end in .md or .html" in reader.text
        await reader.press("ctrl+u")
        await reader.write("nowhere/a.md")
        await reader.press("enter")
        assert "No such file or directory" in reader.text
        await reader.press("escape")
        assert os.listdir(here) == []  # noqa: PTH208


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "comparison-etc-passwd.md"),
        ("", "comparison-of-reports.md"),
        ("…/\x1b[31m", "comparison-31m.md"),
        ("Überschwemmung an der Orl", "comparison-überschwemmung-an-der-orl.md"),
    ],
)
def test_the_proposed_name_is_safe_whatever_the_title(title: str, name: str) -> None:
    assert file_name(title) == name
    assert len(file_name("ü" * 500).encode()) < 90
