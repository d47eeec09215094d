"""The installed command line as a process: streams, terminals, signals, start-up."""

import contextlib
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

READER = (sys.executable, "-m", "reader")
Program = Callable[..., subprocess.CompletedProcess[bytes]]

HOSTILE = "\x1b[31mred\x1b]0;title\x07 \x9b2J \u202eevil\u2066 \x7f[/b] \ud800"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a library with three articles, made once."""
    folder = tmp_path_factory.mktemp("three")
    file = folder / "three.jsonl"
    values = [
        {"id": str(n), "source": "Herald", "title": f"Report {n}", "text": f"It rained {n} hours."}
        for n in range(3)
    ]
    file.write_text("\n".join(map(json.dumps, values)))
    assert program("--library", folder / "library", "import", file).returncode == 0
    return folder / "library"


@pytest.fixture
def library(three: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a library of this test's own that holds three articles."""
    folder = tmp_path / "library"
    shutil.copytree(three, folder)
    monkeypatch.setenv("READER_LIBRARY", str(folder))
    return folder


def program(*arguments: object, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [*READER, *(str(part) for part in arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=60)


def in_terminal(*arguments: object, **environment: str) -> bytes:
    """Run it in a terminal of its own and return every byte that it wrote."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update({"TERM": "xterm-256color", "COLUMNS": "80"} | environment)
        os.execv(READER[0], [*READER, *(str(part) for part in arguments)])
    written = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux says EIO when the other end is closed
            break
        if not piece:
            break
        written += piece
    os.waitpid(child, 0)
    os.close(terminal)
    return written


def alive(group: int) -> list[str]:
    """Return what still runs of a group of processes a moment later; zombies do not run."""
    for _ in range(50):
        running = []
        for file in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                status, _parent, its_group = file.read_text().rpartition(")")[2].split()[:3]
                if its_group == str(group) and status != "Z":
                    running.append(file.with_name("cmdline").read_text())
        if not running:
            return []
        time.sleep(0.1)
    return running


def modules(*arguments: object) -> set[str]:
    """Return the names of the modules that a run imports."""
    command = [sys.executable, "-X", "importtime", "-m", "reader", *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    lines = [line for line in run.stderr.splitlines() if line.startswith("import time:")]
    return {line.rsplit("|", 1)[1].strip().split(".")[0] for line in lines}


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("list",), ("list", "--json")])
def test_the_start_imports_nothing_heavy(library: Path, arguments: tuple[str, ...]) -> None:
    imported = modules(*arguments)
    assert "click" in imported
    assert imported.isdisjoint(
        {
            "textual",
            "sumy",
            "nltk",
            "numpy",
            "trafilatura",
            "py3langid",
            "lxml",
            "feedparser",
            "aiohttp",
        }
    )


def test_a_version_needs_no_library() -> None:
    assert "tinydb" not in modules("--version")


def test_a_pipe_that_closes_early_is_no_error(library: Path) -> None:
    for options in ("", "--json"):
        command = f"{sys.executable} -m reader list {options} | head -c 3"
        run = subprocess.run(command, shell=True, capture_output=True, check=False, timeout=60)
        assert not run.stderr
        assert len(run.stdout) == 3


def test_json_is_alone_on_stdout_and_messages_are_on_stderr(library: Path) -> None:
    run = program("list", "nothing-like-this", "--json")
    assert json.loads(run.stdout) == []
    assert b"nothing found" in run.stderr


def test_colours_are_for_terminals_only(library: Path) -> None:
    assert b"\x1b" not in program("list").stdout
    assert b"\x1b[1m" in in_terminal("list")
    assert b"\x1b" not in in_terminal("list", NO_COLOR="1")
    assert b"\x1b" not in in_terminal("list", TERM="dumb")


def test_the_list_keeps_to_the_width_of_the_terminal(library: Path) -> None:
    lines = in_terminal("list", NO_COLOR="1", COLUMNS="50").decode().splitlines()
    assert len(lines) == 3
    assert all(len(line) <= 50 for line in lines)


def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    fifo = tmp_path / "never.jsonl"
    os.mkfifo(fifo)
    command = [*READER, "summarize", "--from", str(fifo), "--json"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with fifo.open("wb"):  # it has opened the other end by now
        time.sleep(0.1)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=30)
    assert run.returncode == 130
    assert not out
    assert b"Traceback" not in err
    assert not err.strip()


def test_ctrl_c_while_workers_work_ends_quietly_and_leaves_none(tmp_path: Path) -> None:
    text = " ".join(f"Gauge {n} showed {n} metres of water in the {n}th hour." for n in range(400))
    line = json.dumps({"text": text})
    file = tmp_path / "many.jsonl"
    file.write_text(f"{line}\n" * 400)
    command = [*READER, "summarize", "--from", str(file), "--json", "--method", "reduction"]
    run = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        time.sleep(2)
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all of its processes
        _out, err = run.communicate(timeout=20)
        assert run.returncode == 130
        assert not err.strip()
        assert not alive(run.pid)
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)


def test_hostile_text_reaches_the_terminal_without_its_commands(tmp_path: Path) -> None:
    title = HOSTILE.encode("utf-8", "replace").decode()
    value = {
        **dict.fromkeys(("source", "title", "author"), title),
        "tags": [title],
        "url": f"https://example.org/{title}",
        "text": f"{title} It rained. {title} It snowed.",
    }
    file = tmp_path / "hostile.jsonl"
    file.write_text("\n".join(json.dumps({**value, "id": str(n)}) for n in range(2)))
    where = ("--library", tmp_path / "library")
    written = [
        in_terminal(*where, *arguments, NO_COLOR="1")
        for arguments in (
            ("import", file),
            ("list",),
            ("list", "--json"),
            ("list", HOSTILE.replace("\ud800", "")),
            ("show", file.with_name("\x1b]0;no\x07.txt")),
            ("summarize", file),
            ("summarize", file, "--json"),
            ("compare", file),
            ("compare", file, "--format", "markdown"),
            ("compare", file, "--format", "html"),
            ("compare", file, "--format", "json"),
            ("export", "--format", "markdown"),
            ("export", "--format", "csv"),
            ("export", "--format", "jsonld"),
            ("export", "--format", "html"),
            ("tag", "nothing\x1b[2J", "+\x1b]52;c;x\x07"),
            ("mark", "\x1b[2J", "x"),
            ("\x1b]0;command\x07",),
            ("list", "--\x9b2J"),
        )
    ]
    for output in written:
        assert output
        text = re.sub(r"\r+\n", "\n", output.decode("utf-8"))
        text = text.replace("\r\x1b[K", "")  # our own: the line of progress is taken away
        controls = {c for c in text if ord(c) < 32 or 127 <= ord(c) < 160} - {"\n", "\t"}
        assert not controls, text[:300]
        assert not set(text) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2028")


def test_without_a_terminal_the_reader_says_so() -> None:
    run = program(stdin=b"")
    assert run.returncode == 2
    assert b"terminal" in run.stderr


def test_an_output_that_cannot_be_written_is_said_or_nobody_asks(library: Path) -> None:
    def shell(command: str) -> subprocess.CompletedProcess[bytes]:
        line = f"{sys.executable} -m reader {command}"
        return subprocess.run(line, shell=True, capture_output=True, check=False, timeout=60)

    full = shell("list > /dev/full")
    assert full.returncode == 1
    assert full.stderr.startswith(b"reader: No space left")
    closed = shell("list >&-")
    assert (closed.returncode, closed.stderr) == (0, b"")


def test_two_processes_see_each_others_changes(library: Path) -> None:
    (first, *_) = json.loads(program("list", "--json").stdout)
    assert program("tag", first["id"], "+one").returncode == 0
    assert program("tag", first["id"], "+two").returncode == 0
    (row,) = json.loads(program("list", "tag:one", "tag:two", "--json").stdout)
    assert row["id"] == first["id"]


def test_an_encoding_that_knows_few_letters_is_no_reason_to_fail(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    program("tag", json.loads(program("list", "--json").stdout)[0]["id"], "+Größe")
    assert program("list").returncode == 0
    assert "Größe" in program("list", "--json").stdout.decode("utf-8")
