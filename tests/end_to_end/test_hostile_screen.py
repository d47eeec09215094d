"""Nothing from outside reaches the terminal but text: every byte of the real program is checked."""

import ast
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import HOSTILE, file_name, fill, odd_files
from terminal import Terminal
from wire import Read, read

Start = Callable[..., Terminal]
COLUMNS, ROWS = 130, 60
SEVEN = 7
"""So many reports are compared at once."""
TEXTS = list(HOSTILE.values())
BROWSER = "#!{python}\nimport sys\nprint(sys.argv[1:], file=open({opened!r}, 'a'))\n"
PASTE, END_OF_PASTE = "\x1b[200~", "\x1b[201~"
ODD = file_name("odd \x1b]0;x\x07\x9b2J [/b] \u202e")
"""The name of a folder."""
UNCLEAN = "import reader.text.hygiene as h\nh.shown = h.shown_line = lambda text: text\n"
"""What switches the hygiene at display off."""


@pytest.fixture(scope="module")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / ODD
    fill(folder)
    return folder


@pytest.fixture
def begin(
    _filled: Path, tmp_path: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Terminal]:
    """Start the program on a library of hostile texts, in a folder with a hostile name."""
    library = shutil.copytree(_filled, tmp_path / ODD)
    (tmp_path / f"at {ODD}").mkdir()
    monkeypatch.chdir(tmp_path / f"at {ODD}")
    return lambda **more: start(library, columns=COLUMNS, rows=ROWS, **more)


def checked(reader: Terminal) -> Read:
    """Leave the program and check what it has written."""
    reader.quit()
    found = read(bytes(reader.written), columns=COLUMNS, rows=ROWS)
    assert not found.faults, found.faults[:5]
    assert found.sequences["style"] > 100
    return found


def paste(reader: Terminal, number: int, text: str) -> None:
    """Send a text as a terminal sends what was pasted, and wait until it is to be seen."""
    # at both ends: a line takes no more than the first line, and shows its end
    pasted = f"q{number}q {text} q{number}q".encode("utf-8", "replace").decode()
    reader.press(f"{PASTE}{pasted}{END_OF_PASTE}").see(f"q{number}q")


@pytest.mark.timeout(300)
def test_articles_leftovers_summaries_addresses_and_what_is_copied(
    begin: Start, tmp_path: Path
) -> None:
    opened, browser = tmp_path / "opened", tmp_path / "browser"
    browser.write_text(BROWSER.format(python=sys.executable, opened=str(opened)))
    browser.chmod(0o700)
    reader = begin(BROWSER=f"{browser} %s")
    reader.see("00 title", "last").press("enter")
    for number in range(len(TEXTS)):
        reader.see(f"Body {number} begins", "Taken out of the text: 3").press("L")
        reader.see("beside the article").press_until("end", "That is all.")
        reader.press("L", "s").see("Summary ·").press("s").see(gone="Summary ·")
        reader.press("J", "y").see("Copied").press("o").see("Opened https://").press("n")
    reader.press("escape", "escape").see("Enter Open")
    assert len(checked(reader).copied) == len(TEXTS)
    for line in opened.read_text().splitlines():
        (argument,) = ast.literal_eval(line)
        assert argument.startswith("https://example.org/")
        assert argument.isascii()
        assert argument.isprintable()


@pytest.mark.timeout(300)
def test_the_six_views_of_a_comparison_its_evidence_and_its_dialogs(begin: Start) -> None:
    reader = begin()
    reader.see("00 title")
    for begun in range(0, len(TEXTS), SEVEN):
        reader.press("home", *["down"] * begun, *["space"] * SEVEN)
        reader.see(f"{SEVEN} marked").press("c").see(f"{SEVEN} outlets")
        for view in "123456":
            reader.press(view, "j", "j", "n", "K")
        reader.press("2").see("● says").press("enter").see("evidence").press("J", "escape")
        reader.see("● says").press("1", "e").see("Export the comparison").press("escape")
        reader.see(gone="Export the comparison").press("M").see("Merge a report")
        paste(reader, 0, TEXTS[begun])
        reader.press("escape").see(gone="Merge a report").press("t").see("Enter keeps them")
        reader.press("escape").see(gone="Enter keeps them").press("s").see(f"{SEVEN} articles")
        reader.press("s").see(gone=f"{SEVEN} articles").press("escape").see(f"{SEVEN} marked")
        reader.press("escape").see("00 title", "Enter Open", gone="marked")
    checked(reader)


@pytest.mark.timeout(300)
def test_dialogs_and_the_lines_in_which_one_types_what_one_should_not(begin: Start) -> None:
    reader = begin()
    reader.see("00 title").press("N").see("Notes and highlights", f"Note {len(TEXTS) - 1}:")
    reader.press("end").see("Note 0:").press("escape").see(gone="Notes and highlights")
    reader.press("?").see("move.up").press("escape").see(gone="move.up")
    reader.press("/").see("a phrase")
    for number, text in enumerate(TEXTS):
        paste(reader, number, text[:300])
        reader.press("ctrl+u").see("a phrase")
    paste(reader, 99, "title:")
    reader.press("escape").see("Enter Open", "00 title").press("t").see("Enter keeps them")
    for number, text in enumerate(TEXTS[:4]):
        paste(reader, number, text[:300])
    reader.press("escape").see(gone="Enter keeps them").press("e").see("Export")
    reader.press("escape").see(gone="Export").press("enter").see("Read on")
    reader.press("J", "a").see("A note")
    paste(reader, 2, " ".join(text[:300] for text in TEXTS))
    reader.press("ctrl+s").see("Note added").press("escape", "escape").see("Enter Open")
    reader.press("ctrl+p").see("Search for commands")
    for number, text in enumerate(TEXTS):
        paste(reader, number, text[:50])
        reader.press("ctrl+u").see("Search for commands")
    reader.press("escape").see("Enter Open", gone="Search for commands")
    checked(reader)


@pytest.mark.timeout(300)
def test_stories_feeds_what_changed_and_saved_searches(begin: Start) -> None:
    reader = begin()
    reader.see("00 title", "Stories").press("T").see("20 reports").press("enter").see("▾")
    reader.press(*["down"] * 6, "s").see("Summary").press("s", "escape", "escape")
    reader.see("00 title", "Enter Open").press("F").see("00 feed", "It is 00")
    reader.press(*["down"] * len(TEXTS), "r", "up", "up", "N").see("Esc closes").press("escape")
    reader.press("t").see("Enter keeps them").press("escape").see(gone="Enter keeps them")
    reader.press("escape").see(gone="00 feed")
    reader.see("00 title", "Enter Open").press("enter").see("Read on", "Body 0").press("C")
    reader.see("blew").press("]", "[", "escape").see("Read on").press("escape", "escape")
    reader.see("Enter Open").press("/").see("a phrase")
    for start in ("source:", "tag:", "title:a OR ("):
        reader.type(start).see(start)
        reader.press("down", "ctrl+u").see("a phrase")
    paste(reader, 0, "rain")
    reader.press("ctrl+s").see("Esc leaves")
    paste(reader, 1, TEXTS[0])
    reader.press("escape", "escape").see("Enter Open", "00 title")
    checked(reader)


@pytest.mark.timeout(300)
def test_files_with_odd_names_and_what_is_said_of_those_that_cannot_be_read(
    begin: Start, tmp_path: Path
) -> None:
    folder = odd_files(tmp_path / "files")
    reader = begin()
    reader.see("00 title").press("A").see("Add articles")
    reader.press(f"{PASTE}{folder}/{END_OF_PASTE}").see("files/").press("tab").see("broken")
    reader.press("enter").see("could not be read").press("escape").see(gone="Add articles")
    checked(reader)


def test_what_is_wrong_in_the_configuration_is_told_without_what_it_holds(
    begin: Start, own_home: Path
) -> None:
    config = own_home / "config" / "reader"
    config.mkdir(parents=True)
    lines = [f"{file_name(text)!a} = 1".replace("\\x", "\\u00") for text in TEXTS]
    keys = [f"{file_name(text)!a} = {text[:40]!a}" for text in TEXTS[:3]]
    text = "\n".join([*lines, "[keys]", *[key.replace("\\x", "\\u00") for key in keys]])
    (config / "config.toml").write_text(text.replace("'", '"'))
    reader = begin()
    reader.see("Please note").press("end").press("escape").see("00 title")
    checked(reader)


def test_this_check_finds_what_a_program_without_hygiene_lets_through(
    begin: Start, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(UNCLEAN)
    before = os.environ.get("PYTHONPATH")
    reader = begin(PYTHONPATH=os.pathsep.join([str(tmp_path), *filter(None, [before])]))
    reader.until(lambda: b"02 title" in reader.written and b"10 title" in reader.written, "a list")
    found = read(bytes(reader.written), columns=COLUMNS, rows=ROWS)
    assert any("\\x1b]52;p;?" in fault for fault in found.faults)
    assert any("\\u202e" in fault for fault in found.faults)
    assert any("\\x9b" in fault for fault in found.faults)


def test_the_strict_reading_knows_each_kind_of_fault() -> None:
    def faults(text: str | bytes) -> list[str]:
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        return read(data, columns=80, rows=24).faults

    for good in (
        "\x1b[1;38;2;1;2;3;48;5;7mé漢👩\u200d💻\x1b[0m", "\x1b[24;80H", "\x1b[?25l", "\x1b[?2026$p",
        "\x1b]52;c;YQ==\x07", "می\u200cخواهم", "❤\ufe0f", "🏴\U000e0067\U000e0062\U000e007f",
    ):  # fmt: skip
        assert not faults(good), good
    for bad in (
        "\x1b]0;t\x07", "\x1b]8;;https://a/\x1b\\", "\x1b]52;p;?\x07", "\x1b[2J", "\x1b[6n",
        "\x1bc", "\x1b[25;1H", "\x1b[1;81H", "\x1b[5m", "\x1b[8m", "\x1b[?47h", "\x1bPq\x1b\\",
        "\x1b", "\x07", "\x08", "\x00", "\x7f", "\x9b2J", b"\x9b2J", "\u202e", "\u2066", "\u2028",
        "\ufeff", "\u200b", "a" + "\u0301" * 7, "\u00ad", "\U000e0041", "\ud800", "\ufdd0", "\t",
        "a\u200db", "\x1b]52;c;GzE=\x07",
    ):  # fmt: skip
        assert faults(bad), bad


def test_every_kind_of_hostile_text_is_in_the_corpus() -> None:
    whole = "".join(TEXTS)
    wanted = "\x00\x07\x1b\x7f\x9b\x9d\u2028\u202e\u2066\u200b\u200d\ufeff\ud800\U000e0041\\"
    assert set(wanted) <= set(whole)
    for part in ("\x1b]0;", "\x1b]8;", "\x1b]52;", "\x1bP", "[/foo]", "[@click=app.quit]", "[b "):
        assert part in whole
    assert max(map(len, TEXTS)) > 3000
    assert os.sep not in ODD
