"""What a reader does in an evening, with the installed program in a terminal."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from terminal import Terminal, run
from tinydb import TinyDB

Start = Callable[..., Terminal]
Listed = Callable[..., list[dict[str, Any]]]


def documents(library: Path, table: str) -> list[Any]:
    """Return what a stock TinyDB reads from the reader's own file."""
    with TinyDB(library / "notebook.json") as database:
        return list(database.table(table).all())


def test_what_was_read_tagged_and_noted_is_there_after_a_restart(
    tmp_path: Path, start: Start, listed: Listed
) -> None:
    library = tmp_path / "library"
    reader = start(library)
    reader.see("Outlets", "newest first", "unread of")
    rows = listed(library)
    assert rows, "a first start shows the starter articles"
    total, title = len(rows), rows[0]["title"][:30]
    reader.see(title, f"{total} unread of {total}").press("enter")
    reader.see(f"{total - 1} unread of {total}").press("t").see("Enter keeps them")
    reader.type("river, to read").press("enter").see("#river", "#to read")
    reader.press("J", "a").see("A note").type("Ask the ferryman.").press("ctrl+s")
    reader.see("Note added", "✎ Ask the ferryman.").quit()

    (article,) = [d for d in documents(library, "articles") if d.get("tags")]
    assert article["tags"] == ["river", "to read"]
    assert article["read"] is True
    (note,) = documents(library, "annotations")
    assert note["body"] == "Ask the ferryman."

    again = start(library)
    again.see(f"{total - 1} unread of {total}", "#river", "#to read", "✎", title)
    again.press("enter").see("✎ Ask the ferryman.").quit()
    (row,) = listed(library, "tag:river")
    assert (row["title"], row["read"], row["annotations"]) == (rows[0]["title"], True, 1)


def test_five_that_a_search_found_are_starred_and_the_star_taken_back(
    eight: Path, start: Start, listed: Listed
) -> None:
    reader = start(eight)
    reader.see("8 unread of 8", "Flood at Harrow").press("/").see("a phrase")
    reader.type("river rose").see("river rose", gone="a phrase").press("enter").see("Enter Open")
    for number in range(1, 6):
        reader.press("space").see(f"{number} marked")
    reader.press("*").see("5 articles starred")
    reader.until(lambda: len(listed(eight, "is:starred")) == 5, "five stars in another process")
    reader.press("u").see("Undone")
    reader.until(lambda: not listed(eight, "is:starred"), "no stars in another process")
    reader.press("U").see("5 articles starred")
    reader.until(lambda: len(listed(eight, "is:starred")) == 5, "five stars in another process")
    reader.quit()
    assert sum(d.get("starred", False) for d in documents(eight, "articles")) == 5


def test_the_screen_follows_what_another_process_does(
    eight: Path, start: Start, listed: Listed
) -> None:
    newest, *_ = listed(eight)
    reader = start(eight).see("8 unread of 8")
    run("tag", newest["id"], "+upstream", library=eight)
    reader.see("#upstream")
    run("mark", "read", newest["id"], library=eight)
    reader.see("7 unread of 8")
    run("tag", newest["id"], "--remove", "upstream", library=eight)
    reader.see(gone="#upstream")
    reader.press("enter", "t").see("Enter keeps them").type("here").press("enter").see("#here")
    run("tag", newest["id"], "+there", library=eight)
    reader.see("#here #there").quit()
    (row,) = listed(eight, "tag:here", "tag:there")
    assert row["id"] == newest["id"]


def test_an_acknowledged_tag_outlives_a_kill(eight: Path, start: Start, listed: Listed) -> None:
    reader = start(eight).see("8 unread of 8")
    reader.press("t").see("Enter keeps them").type("kept").press("enter").see("tagged kept")
    # what is acknowledged on the screen is durable at most a tenth of a second later: another
    # process that sees it reads it from the disk
    reader.until(lambda: bool(listed(eight, "tag:kept")), "the tag in another process")
    reader.kill()
    again = start(eight).see("#kept", "8 unread of 8")
    again.quit()
    assert [d["tags"] for d in documents(eight, "articles") if d.get("tags")] == [["kept"]]


def test_the_text_is_at_the_place_where_it_was_left(tmp_path: Path, start: Start) -> None:
    file = tmp_path / "long.jsonl"
    text = "\n\n".join(f"On day {n} the water stood at mark {n}." for n in range(1, 200))
    file.write_text(json.dumps({"id": "long", "title": "A long flood", "text": text}))
    library = tmp_path / "library"
    run("import", file, library=library)
    reader = start(library, columns=80, rows=24).see("A long flood").press("enter")
    reader.see("mark 1.").press("pagedown", "pagedown", "pagedown").see(gone="mark 1.")
    reader.see("mark 30.")
    reader.quit()
    again = start(library, columns=80, rows=24).see("A long flood").press("enter")
    again.see("mark 30.", gone="mark 1.").quit()


def test_a_configuration_named_on_the_command_line_counts(
    eight: Path, tmp_path: Path, start: Start
) -> None:
    file = tmp_path / "other.toml"
    file.write_text('[keys]\nquit = "Q"\n')
    reader = start(eight, "--config", str(file)).see("8 unread of 8").press("?")
    reader.see("move.up").press("end").see("Leave the reader").press("escape")
    reader.see(gone="Leave the reader").press("q", "j").see("Brenn").press("Q")
    reader.ended()


@pytest.mark.parametrize(("columns", "rows"), [(40, 15), (250, 70)])
def test_a_small_and_a_large_terminal_can_be_read_in(
    eight: Path, start: Start, columns: int, rows: int
) -> None:
    reader = start(eight, columns=columns, rows=rows)
    reader.see("Flood at Ardle").press("enter").see("The river rose at Ardle").quit()


def test_the_terminal_is_left_as_it_was_found(eight: Path, start: Start) -> None:
    reader = start(eight).see("8 unread of 8")
    reader.quit()
    last = bytes(reader.written)
    for entered, left in (
        (b"\x1b[?1049h", b"\x1b[?1049l"),
        (b"\x1b[?1000h", b"\x1b[?1000l"),
        (b"\x1b[?2004h", b"\x1b[?2004l"),
        (b"\x1b[?25l", b"\x1b[?25h"),
    ):
        assert entered in last
        assert last.rfind(left) > last.rfind(entered)
    mode = eight.stat().st_mode & 0o777
    assert mode == 0o700


def test_the_program_ends_when_its_terminal_is_gone(eight: Path, start: Start) -> None:
    reader = start(eight).see("8 unread of 8")
    reader.hang_up()
    assert reader.process.wait(30) is not None
