"""Following a story in the installed program: what is new since one report was read."""

import json
from collections.abc import Callable
from pathlib import Path

from terminal import Terminal, run

Start = Callable[..., Terminal]


def test_a_story_is_opened_read_corrected_and_left_at_the_same_place(
    tmp_path: Path, start: Start
) -> None:
    library = tmp_path / "library"
    reader = start(library)
    reader.see("Outlets", "newest first", "unread of")
    told = json.loads(run("stories", "--json", library=library))["stories"]
    story = told[0]
    reader.press("T").see("4 with unread of 4", "●", story["title"][:30])
    reader.press("enter").see("▾", story["sources"][1])
    reader.press("down", "m").see("marked read").see(" new", story["sources"][0])
    reader.press("down", "enter").see("sentences that no report you read has said", "+")
    reader.press("escape").see("▾", "with unread of 4")
    reader.press("x").see("taken out of the story")
    now = json.loads(run("stories", "--json", library=library))["stories"]
    assert len(now[0]["articles"]) == len(story["articles"]) - 1
    reader.press("u").see("Undone")

    def whole() -> bool:
        now = json.loads(run("stories", "--json", library=library))["stories"]
        return bool(now[0]["articles"] == story["articles"])

    reader.until(whole, "the story is whole again in another process")
    reader.press("escape", "escape").see("newest first", "Outlets").quit()
