"""The examples of docs/cli.md are true."""

import re
import shlex
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
DOCS = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
_FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> list[tuple[str, str, str]]:
    return _FENCE.findall(DOCS.read_text(encoding="utf-8"))


def examples() -> Iterator[tuple[str, str]]:
    """Yield (command, what it prints) in the order of the document."""
    for kind, _, body in blocks():
        if kind == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, printed = part.partition("\n")
                yield command, printed


def like(printed: str) -> re.Pattern[str]:
    """Return the pattern of an output in which "…" may be anything."""
    return re.compile(".*?".join(map(re.escape, printed.split("…"))), re.DOTALL)


@pytest.fixture
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


def test_every_example_prints_what_the_document_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_utc: None
) -> None:
    monkeypatch.chdir(tmp_path)
    for _, name, body in blocks():
        if name:
            Path(name).write_text(body, encoding="utf-8")
    count = 0
    for command, printed in examples():
        program, *arguments = shlex.split(command)
        done = run(*arguments)
        assert program == "reader"
        assert like(printed).fullmatch(done.output), f"$ {command}\n{done.output}"
        assert done.exit_code == (0 if "reader: " not in printed else 2 if "^" in printed else 1)
        count += 1
    assert count > 20


def test_every_command_has_its_place_in_the_document() -> None:
    from reader.cli.app import COMMANDS

    text = DOCS.read_text(encoding="utf-8")
    assert all(f"reader {name}" in text for name in COMMANDS)


def test_every_command_has_help_with_examples(run: Run) -> None:
    from reader.cli.app import COMMANDS

    assert "Examples:" in run("--help").output
    for name in COMMANDS:
        command = [name, "import"] if name == "annotations" else [name]
        done = run(*command, "--help")
        assert done.exit_code == 0
        assert "Examples:" in done.output
        assert f"reader {name}" in done.output
