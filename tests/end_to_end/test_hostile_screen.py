"""Nothing from outside reaches the terminal but text: every byte of the real program is checked.

The same keys are pressed in a library of harmless and in one of hostile words. Whatever sequence
stands in the second run's bytes and not in the first's is foreign.
"""

import ast
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import HARMLESS, HOSTILE, bad_characters, fill, forms
from terminal import Terminal

Start = Callable[..., Terminal]
COLUMNS, ROWS = 130, 60
BROWSER = "#!{python}\nimport sys\nprint(sys.argv[1:], file=open({opened!r}, 'a'))\n"
PASTE, END_OF_PASTE = "\x1b[200~", "\x1b[201~"


def paste(reader: Terminal, number: int, text: str) -> None:
    """Send a text as a terminal sends what was pasted, and wait until it is to be seen."""
    # at both ends: a line takes no more than the first line, and shows its end
    pasted = f"q{number}q {text} q{number}q".encode("utf-8", "replace").decode()
    reader.press_until(f"{PASTE}{pasted}{END_OF_PASTE}", f"q{number}q")


def read_all(reader: Terminal, texts: dict[str, str]) -> None:
    """Open each article with its left-overs and its summary; look at tags, notes, the address."""
    reader.see("00 title", "last").press("enter")
    for number in range(len(texts)):
        reader.see(f"Body {number} begins").press("L").see("beside the article").press_until(
            "end", "That is all."
        )
        reader.press("L", "s").see("Summary ·").press("s").see(gone="Summary ·").press(
            "J", "y"
        ).see("Copied")
        reader.press("o").see("Opened https://").press("n")
    reader.press("escape", "escape").see("Enter Open").press("home").see("00 title")


def look_around(reader: Terminal, texts: dict[str, str]) -> None:
    """Open the dialogs, and give the lines in which one types what one should not."""
    reader.press("N").see("Notes and highlights", f"Note {len(texts) - 1}:").press("end")
    reader.see("Note 0:")
    reader.press("escape").see(gone="Notes and highlights").press("?").see("move.up")
    reader.press("escape").see(gone="move.up").press("/").see("a phrase")
    for number, text in enumerate(texts.values()):
        paste(reader, number, text[:300])
        reader.press("ctrl+u").see("a phrase")
    reader.press("escape").see("Enter Open", "00 title").press("t").see("Enter keeps them")
    paste(reader, 1, texts.get("csi", "plain"))
    reader.press("escape").see(gone="Enter keeps them").press("enter").see("Read on")
    reader.press("J", "a").see("A note")
    paste(reader, 2, " ".join(text[:300] for text in texts.values()))
    reader.press("ctrl+s").see("Note added").press("escape", "escape").see("Enter Open")
    reader.press("ctrl+p").see("Search for commands")
    for number, name in enumerate(("esc", "osc-52", "csi", "c1", "c0", "bidi", "markup", "tower")):
        paste(reader, number, texts.get(name, "plain"))
        reader.press("ctrl+u").see("Search for commands")
    reader.press("escape").see("Enter Open", gone="Search for commands")


def add_files(reader: Terminal, folder: Path) -> None:
    """Take in a folder with files of odd names, of which some cannot be read."""
    reader.press("A").see("Add articles")
    time.sleep(0.5)  # the line takes what is typed a moment after it is seen
    reader.type(f"{folder}/").see("files/").press("tab")
    reader.see("broken").press("enter").see("could not be read").press("escape")
    reader.see(gone="Add articles")


def compare(reader: Terminal) -> None:
    """Go through the six views of a comparison, its evidence and its dialogs."""
    reader.press("space", "down", "space", "down", "space")
    reader.see("3 marked").press("c").see("3 outlets")
    for view in "123456":
        reader.press(view, "j", "j", "n", "K")
    reader.press("1", "e").see("Export the comparison").press("escape")
    reader.see(gone="Export the comparison")
    reader.press("escape").see("3 marked").press("escape").see("00 title", gone="3 marked")


def odd_files(folder: Path, texts: dict[str, str]) -> Path:
    """Make files whose names and contents are these texts; some are no articles."""
    folder.mkdir()
    for number, text in enumerate(texts.values()):
        name = text.replace("/", "").replace("\x00", "")[:60].encode("utf-8", "replace").decode()
        (folder / f"{name}{number}.md").write_text(
            f"# File {number} {text}\n\n{text}", encoding="utf-8", errors="replace"
        )
        (folder / f"broken {name}{number}.jsonl").write_bytes(f'{{"{name}":'.encode())
    return folder


def journey(start: Start, place: Path, texts: dict[str, str]) -> tuple[Terminal, Path]:
    """Do everything in a library of these texts; return the terminal, and what was opened."""
    place.mkdir()
    fill(place / "library", texts)
    opened, browser = place / "opened", place / "browser"
    browser.write_text(BROWSER.format(python=sys.executable, opened=str(opened)))
    browser.chmod(0o700)
    reader = start(
        place / "library", columns=COLUMNS, rows=ROWS, BROWSER=f"{browser} %s",
        XDG_CONFIG_HOME=str(place / "config"),
    )  # fmt: skip
    read_all(reader, texts)
    compare(reader)
    look_around(reader, texts)
    add_files(reader, odd_files(place / "files", texts))
    reader.quit()
    return reader, opened


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the kinds of sequences that the program writes of itself."""
    started: list[Terminal] = []

    def start(library: Path, **options: object) -> Terminal:
        started.append(Terminal(library, **options))  # type: ignore[arg-type]
        return started[-1]

    try:
        reader, _ = journey(start, tmp_path_factory.mktemp("plain") / "place", HARMLESS)
    finally:
        for terminal in started:
            terminal.close()
    return forms(bytes(reader.written), COLUMNS, ROWS)


@pytest.mark.timeout(300)
def test_every_byte_that_is_written_is_the_programs_own(
    tmp_path: Path, start: Start, harmless: set[str]
) -> None:
    reader, opened = journey(start, tmp_path / "place", HOSTILE)
    written = bytes(reader.written)
    assert not bad_characters(written)
    assert not forms(written, COLUMNS, ROWS) - harmless
    for line in opened.read_text().splitlines():
        (argument,) = ast.literal_eval(line)
        assert argument.startswith("https://example.org/")
