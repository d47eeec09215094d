"""Keys that the terminal hands over in one piece end up where a slow typist's keys would."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from terminal import KEYS, Terminal
from tinydb import TinyDB

Start = Callable[..., Terminal]
Listed = Callable[..., list[dict[str, Any]]]
PASTED = "\x1b[200~{}\x1b[201~"


def burst(reader: Terminal, *keys: str) -> Terminal:
    """Send keys, by name or as they are, in one write."""
    return reader.type("".join(KEYS.get(key, key) for key in keys))


def test_a_search_and_a_tag_in_one_burst(eight: Path, start: Start, listed: Listed) -> None:
    reader = start(eight).see("8 unread of 8")
    burst(reader, "/", "garve", "enter", "t", "river, low water", "enter", "*", "escape", "j", "m")
    reader.see("#low water #river", "★", "7 unread of 8", gone="garve")
    reader.until(lambda: bool(listed(eight, "is:read")), "one that is read")
    reader.quit()
    (tagged,) = listed(eight, "tag:river")
    assert (tagged["title"], tagged["starred"]) == ("Flood at Garve", True)


def test_a_note_on_a_sentence_from_the_list_and_back_in_one_burst(
    eight: Path, start: Start, listed: Listed
) -> None:
    reader = start(eight, columns=80, rows=24).see("8 unread of 8")
    burst(reader, "j", "enter", "J", "J", "a", "Which ferry?", "ctrl+s", "escape", "escape", "j")
    reader.see("✎", "7 unread of 8")
    burst(reader, "N", "enter").see("Which ferry?", "Nobody in Brenn").quit()
    (row,) = listed(eight, "is:noted")
    assert row["title"] == "Flood at Brenn"
    with TinyDB(eight / "notebook.json") as database:
        (note,) = database.table("annotations").all()
    assert note["body"] == "Which ferry?"
    assert note["selector"]["exact"] == "Nobody in Brenn had seen the like."


def test_a_path_typed_and_one_pasted_into_the_dialog_of_adding(
    eight: Path, tmp_path: Path, start: Start
) -> None:
    names = ("Kell", "Loch")
    for name in names:
        value = {"id": name, "title": f"Flood at {name}", "text": f"Dry feet at {name} again."}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(value))
    reader = start(eight).see("8 unread of 8")
    burst(reader, "A", str(tmp_path / "Kell.jsonl"), "enter").see("Flood at Kell")
    reader.press("escape").see("9 unread of 9")
    pasted = PASTED.format(tmp_path / "Loch.jsonl")
    burst(reader, "A", pasted, "enter").see("Flood at Loch")
    reader.press("escape").see("10 unread of 10")
    burst(reader, "/", PASTED.format("feet at Loch"), "enter", "enter").see("Dry feet at Loch")
    reader.quit()


def test_keys_for_the_comparison_right_after_the_key_that_opens_it(
    eight: Path, start: Start
) -> None:
    reader = start(eight).see("8 unread of 8")
    burst(reader, "space", "space", "space", "c", "2").see("Comparison", "● says it")
    burst(reader, "escape", "escape", "/", "Esk", "enter").see("“Esk”", "Flood at Esk")
    reader.quit()


def test_the_way_out_at_the_end_of_a_burst(eight: Path, start: Start, listed: Listed) -> None:
    reader = start(eight).see("8 unread of 8")
    burst(reader, "]", "]", "]", "[", "[", "[", "down", "*", "t", "last", "enter", "u", "q")
    reader.ended()
    (starred,) = listed(eight, "is:starred")
    assert starred["title"] == "Flood at Brenn"
    assert not listed(eight, "tag:last")
