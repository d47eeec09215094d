"""Bad input is named with its reason, in one sentence; the good is imported all the same."""

import io
import os
import socket
from pathlib import Path

import pytest

from reader.intake import read_paths
from reader.model import Article, Failure

GOOD = "Bridge opens\nThe city opened its new bridge on Friday, ten years after the first stone.\n"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD)
    return path


def reason(path: Path | str) -> str:
    (found,) = read_paths([str(path)])
    assert isinstance(found, Failure), found
    assert str(path) in found.input
    assert "\n" not in found.reason
    assert not found.reason.endswith(".")
    return found.reason


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"%PDF-1.7 and more", "PDF"),
        (b"PK\x03\x04" + b"\x00" * 100, "ZIP"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "picture"),
        (b"\x1f\x8b\x08" + b"x" * 100, "compressed"),
        (b"{\\rtf1 text}", "RTF"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x00" * 1000, "binary"),
        (b"\xff\xfea\x00b", "UTF-16"),
    ],
)
def test_what_is_no_text_is_told(tmp_path: Path, content: bytes, word: str) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(content)
    assert word in reason(file)


def test_a_missing_path_and_paths_that_cannot_be(tmp_path: Path, good: Path) -> None:
    assert "no such file" in reason(tmp_path / "nothing.txt")
    assert "not a folder" in reason(good / "below.txt")
    assert "path" in reason("a" * 5000)
    (found,) = read_paths(["a\0b"])
    assert isinstance(found, Failure)


def test_a_pipe_and_a_socket_are_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert "neither a file nor a folder" in reason(pipe)
    assert "neither a file nor a folder" in reason("/dev/null")
    with socket.socket(socket.AF_UNIX) as server:
        short = Path(os.path.relpath(tmp_path / "s"))
        server.bind(str(short))
        assert "neither" in reason(short)
    (found,) = read_paths([str(tmp_path)])  # the pipe has a known ending
    assert isinstance(found, Failure)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(good: Path) -> None:
    good.chmod(0)
    assert "permissions" in reason(good)


def test_a_refused_open_is_told(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("reader.intake.files.os.open", refuse)
    assert reason(good) == "you may not read it; check its permissions"


def test_a_file_over_the_limit(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.intake.files.contents.__defaults__", (20,))
    assert "larger than" in reason(good)


def test_standard_input_over_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.intake.files.SIZE_LIMIT", 20)
    (found,) = read_paths(["-"], stdin=io.BytesIO(GOOD.encode()))
    assert isinstance(found, Failure)
    assert (found.input, "larger" in found.reason) == ("-", True)


def test_no_standard_input_and_an_empty_one() -> None:
    for stdin in (None, io.BytesIO(b"")):
        (found,) = read_paths(["-"], stdin=stdin)
        assert isinstance(found, Failure)
        assert found.input == "-"


def test_a_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"x")
    assert ".txt" in reason(tmp_path)


def test_a_link_to_nothing_inside_a_folder_costs_only_itself(tmp_path: Path, good: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    found = list(read_paths([str(tmp_path)]))
    assert sorted(type(item).__name__ for item in found) == ["Article", "Failure"]


def test_names_that_are_no_utf_8_are_shown_somehow(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(name, "wb") as file:  # noqa: PTH123 - a name that pathlib's text cannot hold
        file.write(GOOD.encode())
    (found,) = read_paths([str(tmp_path)])
    assert isinstance(found, Article)
    found.identity.encode()
    os.truncate(name, 0)
    (failed,) = read_paths([str(tmp_path)])
    assert isinstance(failed, Failure)
    failed.input.encode()


def test_the_good_ones_among_the_bad_are_read_in_their_order(tmp_path: Path, good: Path) -> None:
    (tmp_path / "empty.md").write_text("")
    (tmp_path / "bad.jsonl").write_text('{"title": "A"}\n{\n{"title": "B"}\n')
    names = [
        "nothing",
        str(tmp_path / "empty.md"),
        str(good),
        str(tmp_path / "bad.jsonl"),
        str(good),
    ]
    kinds = [type(item).__name__ for item in read_paths(names)]
    assert kinds == ["Failure", "Failure", "Article", "Article", "Failure", "Article", "Article"]


def test_text_that_would_break_a_terminal_does_not_come_in(tmp_path: Path) -> None:
    file = tmp_path / "hostile.txt"
    file.write_bytes(
        b"Red\x1b]0;title\x07 alert\n"
        b"The city \x1b[31mopened its \xc2\x9b31m new bridge on Friday for all.\x00\n"
    )
    (found,) = read_paths([str(file)])
    assert isinstance(found, Article)
    assert found.stripped > 0
    assert not any(ord(c) < 32 and c != "\n" for c in found.text + found.title)
