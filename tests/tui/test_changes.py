"""C shows what changed between an article's revisions; the list and the head tell that it did."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback, rss

from reader.library import Library
from reader.tui.screens.changes import ChangesScreen

Start = Any
Make = Any
OLD = (
    "The ferry to Tolm sails at noon. It takes forty minutes.\n\n"
    "The harbour master expects no delay. Tickets are sold on board.\n\n"
    "Dogs travel free."
)
NEW = OLD.replace("noon", "three").replace("no delay", "a long delay")
LAST = NEW + "\n\nA second ferry was sent on Sunday."


@pytest.fixture
def ferry(empty_library: Library, make: Make) -> Library:
    """A library with one article that was read and then changed twice."""
    first = make("The ferry sails", OLD)
    empty_library.add([first])
    empty_library.notebook.mark([first.id], read=True)
    empty_library.notebook.settle()
    for hours, text in ((0.5, NEW), (0.8, LAST)):
        empty_library.add(
            [make("The ferry sails", text, added=first.added + timedelta(hours=hours))]
        )
    return empty_library


async def test_the_head_says_when_it_changed_and_how_one_sees_it(
    ferry: Library, start: Start
) -> None:
    async with start(ferry, (80, 24)) as reader:
        await reader.press("enter")
        head = next(line for line in reader.lines if "revisions" in line)
        assert "Changed since you read it, 12 minutes ago: 3 revisions (C shows" in head


async def test_what_changed_since_it_was_read_is_shown_first(ferry: Library, start: Start) -> None:
    async with start(ferry, (80, 24)) as reader:
        await reader.press("C")
        assert "The ferry to Tolm sails at [-noon-]{+three+}." in reader.text
        assert "expects [-no-]{+a long+} delay." in reader.text
        assert "{+A second ferry was sent on Sunday.+}" in reader.text
        assert "1 → 3 of 3 revisions" in reader.lines[0]
        assert "Found so: sentences aligned" in reader.text


async def test_brackets_go_from_revision_to_revision(ferry: Library, start: Start) -> None:
    async with start(ferry, (80, 24)) as reader:
        await reader.press("C", "[")
        assert "2 → 3 of 3" in reader.lines[0]
        assert "[-noon-]" not in reader.text
        await reader.press("[")
        assert "1 → 2 of 3" in reader.lines[0]
        assert "[-noon-]{+three+}" in reader.text
        await reader.press("[")
        assert "only the first revision" in reader.said
        await reader.press("]", "]")
        assert "2 → 3 of 3" in reader.lines[0]
        assert "newest revision" in reader.said


async def test_what_stayed_is_folded_away(ferry: Library, start: Start) -> None:
    async with start(ferry, (80, 24)) as reader:
        await reader.press("C", "[", "z")
        assert "… 3 paragraphs that stayed" in reader.text
        assert "Dogs travel free." not in reader.text
        await reader.press("z")
        assert "Dogs travel free." in reader.text


async def test_n_and_p_go_from_place_to_place_on_a_small_screen(
    empty_library: Library, start: Start, make: Make
) -> None:
    parts = [f"Paragraph {n} tells of the valley and of its river." for n in range(30)]
    empty_library.add([make("Long", "\n\n".join(parts))])
    parts[2], parts[20] = parts[2] + " And of sheep.", parts[20] + " And of goats."
    empty_library.add([make("Long", "\n\n".join(parts))])
    async with start(empty_library, (40, 15)) as reader:
        await reader.press("C", "n", "n")
        assert "{+And of goats.+}" in " ".join(reader.text.split())
        await reader.press("p")
        assert "{+And of sheep.+}" in " ".join(reader.text.split())


async def test_the_list_marks_what_changed_after_it_was_read_until_it_is_seen(
    ferry: Library, start: Start
) -> None:
    async with start(ferry, (80, 24)) as reader:
        assert "The ferry sails Δ" in reader.text
        await reader.press("enter")
        assert "Changed since you read it" in reader.text
        await reader.press("escape")
        await reader.until(lambda: "Δ" not in reader.text)
        assert "The ferry sails" in reader.text


async def test_an_article_that_changes_while_it_is_read_is_shown_as_it_is_now(
    empty_library: Library, start: Start, make: Make
) -> None:
    empty_library.add([make("The ferry sails", OLD)])
    async with start(empty_library, (80, 24)) as reader:
        await reader.press("enter")
        with Library.open(empty_library.folder) as other:
            other.add([make("The ferry sails", LAST)])
        await reader.until(lambda: "A second ferry was sent on Sunday." in reader.text)
        assert "2 revisions (C shows" in reader.text
        assert reader.said == "This article has just changed; C shows what."
        assert reader.main.article_view.has_focus
        await reader.press("escape", "enter", "escape")
        await reader.until(lambda: "Δ" not in reader.text)


async def test_an_article_that_never_changed_says_so(library: Library, start: Start) -> None:
    async with start(library, (80, 24)) as reader:
        await reader.press("C")
        assert "has not changed since it came" in reader.said
        assert not isinstance(reader.app.screen, ChangesScreen)


async def test_an_entry_that_its_feed_updated_shows_what_changed(
    empty_library: Library, start: Start, server: Loopback
) -> None:
    server.page("/feed", rss("Ferry"), Content_Type="text/xml")
    async with start(empty_library, (80, 24)) as reader:
        await reader.press("A")
        await reader.write(server.url("/feed"))
        await reader.press("enter", "enter")
        updated = rss("Ferry").replace(b"The text of Ferry.", b"The whole text of Ferry, at last.")
        server.page("/feed", updated, Content_Type="text/xml")
        await reader.press("R")
        await reader.until(lambda: "1 changed" in reader.said)
        await reader.press("C")
        assert "The {+whole+} text of Ferry{+, at last+}." in reader.text


async def test_a_file_that_was_changed_and_imported_again_shows_what_changed(
    empty_library: Library, start: Start, tmp_path: Path
) -> None:
    file = tmp_path / "ferry.md"
    file.write_text(f"# The ferry sails\n\n{OLD}\n", encoding="utf-8")
    async with start(empty_library, (80, 24)) as reader:
        for text in (OLD, NEW):
            file.write_text(f"# The ferry sails\n\n{text}\n", encoding="utf-8")
            await reader.press("A")
            await reader.write(str(file))
            await reader.press("enter")
        assert "1 changed" in reader.said
        await reader.press("C")
        assert "sails at [-noon-]{+three+}." in reader.text


async def test_hostile_revisions_are_only_text(
    empty_library: Library, start: Start, make: Make
) -> None:
    empty_library.add([make("T", "[/b] [-one-] \x1b[2J here.")])
    empty_library.add([make("T", "[/b] {+two+} \u202e \x9b31m here.")])
    async with start(empty_library, (80, 24)) as reader:
        await reader.press("C")
        assert not {"\x1b", "\u202e", "\x9b"} & set(reader.text)
        assert isinstance(reader.app.screen, ChangesScreen)
