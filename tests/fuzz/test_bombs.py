"""Files that are made to take all memory, or for ever: taken in or refused with a sentence."""

import gzip
import json
import os
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from terminal import program

MEMORY = 1_500_000_000
"""Bytes of address space; a program that has read an ordinary page has taken a third of it."""
SECONDS = 60
"""Of the processor."""
BYTES = 9_900_000
ARTICLE = "<p>The rain at Ardle went on for a week, and the ferry stayed where it was.</p>" * 9
ENTITIES = "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(12))
BOMB = f"<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'>{ENTITIES}]>"
EVERY_TIME = {"tags.html", "lines.md", "deep.json", "laughs.html", "word.txt", "title.jsonl"}
"""What every run of the tests tries; `make fuzz` tries all."""
SECRET = "a line of a file that is nobody's business"


def filled(part: str, length: int = BYTES) -> str:
    return (part * (length // len(part) + 1))[:length]


def page(part: str) -> str:
    return f"<html><body><article>{ARTICLE}{filled(part, BYTES - 2000)}"


REFUSED: dict[str, Callable[[], str | bytes]] = {
    "tags.html": lambda: page("<p>a "),
    "links.html": lambda: page("<a href='https://a.example/'>b</a> "),
    "nested.html": lambda: page("<div>"),
    "bold.html": lambda: page("<b>"),
    "lists.html": lambda: page("<ul><li>"),
    "tables.html": lambda: page("<table><tr><td>"),
    "lines.txt": lambda: filled("A line here\n"),
    "lines.md": lambda: filled("[a]: b\n"),
    "large.txt": lambda: filled("a", BYTES + 200_000),
    "large.jsonl": lambda: json.dumps({"title": filled("a", BYTES + 200_000)}),
    "deep.json": lambda: filled("["),
    "objects.jsonl": lambda: filled('{"a":'),
    "numbers.json": lambda: f"[{filled('1,', 200_001)}1]",
    "page.html.gz": lambda: gzip.compress(filled("<p>", 30_000_000).encode()),
    "feed.rss": lambda: f"<?xml version='1.0'?>{BOMB}<rss>&m;</rss>",
}
TAKEN: dict[str, Callable[[], str | bytes]] = {
    "laughs.html": lambda: (
        f"{BOMB}<html><body><article>{ARTICLE}<p>&m;</p></article></body></html>"
    ),
    "laughs.xml": lambda: f"<?xml version='1.0'?>{BOMB}<l>&m;</l>",
    "numbered.html": lambda: page("&#27;"),
    "attributes.html": lambda: f"<html><body><article>{ARTICLE}<p {filled('a=b ')}",
    "title.html": lambda: f"<html><head><title>{filled('a ')}</title></head><body>{ARTICLE}",
    "title.jsonl": lambda: json.dumps({"title": filled("a "), "text": "It rained."}),
    "word.txt": lambda: filled("a"),
    "spaces.txt": lambda: f"Rain\n\n{filled(' ')}",
    "escapes.txt": lambda: f"Rain\n\n{filled(chr(27) + ']0;x')}",
    "tags.jsonl": lambda: json.dumps(
        {"title": "Rain", "text": "It rained.", "tags": [f"tag {n}" for n in range(500_000)]}
    ),
    "quotes.md": lambda: f"# Rain\n\n{filled('> ')}",
    "brackets.md": lambda: f"# Rain\n\n{filled('![')}",
}


def tried(files: dict[str, Callable[[], str | bytes]]) -> list[str]:
    return [name for name in files if name in EVERY_TIME or "FUZZ_EXAMPLES" in os.environ]


def taken_in(file: Path) -> "subprocess.CompletedProcess[str]":
    """Import a file with bounds on memory and on time; the processor's, not the clock's."""

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    return subprocess.run(
        [*program(), "import", str(file), "--json"],
        capture_output=True,
        check=False,
        env={**os.environ, "READER_LIBRARY": str(file.parent / "library")},
        preexec_fn=bound,
        text=True,
    )


def written(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", tried(REFUSED))
def test_what_is_no_article_is_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    done = taken_in(written(tmp_path, name, REFUSED[name]()))
    assert done.returncode == 1, done.stderr[-500:]
    (failed, *_) = json.loads(done.stdout)["failed"]
    assert failed["reason"]
    assert "unexpected" not in done.stderr
    assert "memory" not in done.stderr.lower()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", tried(TAKEN))
def test_what_can_be_read_is_read_within_the_bounds(tmp_path: Path, name: str) -> None:
    done = taken_in(written(tmp_path, name, TAKEN[name]()))
    assert done.returncode == 0, done.stderr[-500:]
    assert len(json.loads(done.stdout)["added"]) == 1


def test_no_entity_brings_in_another_file(tmp_path: Path) -> None:
    secret = written(tmp_path, "secret", SECRET)
    system = f"<!DOCTYPE html [<!ENTITY x SYSTEM 'file://{secret}'>]>"
    pages = [
        f"<?xml version='1.0'?>{system}<html xmlns='http://www.w3.org/1999/xhtml'><body><article>",
        f"{system}<html><body><article><xi:include href='{secret}'/><iframe src='{secret}'/>",
    ]
    for number, beginning in enumerate(pages):
        text = f"{beginning}{ARTICLE}<p>&x;</p></article></body></html>"
        file = written(tmp_path, f"page{number}.xhtml", text)
        (id_,) = json.loads(taken_in(file).stdout)["added"]
        shown = subprocess.run(
            [*program(), "show", id_, "--json"],
            capture_output=True,
            check=True,
            env={**os.environ, "READER_LIBRARY": str(tmp_path / "library")},
            text=True,
        )
        assert "Ardle" in shown.stdout
        assert SECRET not in shown.stdout
