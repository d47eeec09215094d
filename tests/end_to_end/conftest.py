"""Libraries for the journeys, made once with the installed program and copied for each test."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from terminal import Terminal, run

PLACES = ("Ardle", "Brenn", "Corrie", "Dunmore", "Esk", "Fallow", "Garve", "Harrow")


@pytest.fixture(scope="session")
def _eight(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library of eight reports of a flood, one place each."""
    folder = tmp_path_factory.mktemp("eight")
    file = folder / "eight.jsonl"
    values = [
        {
            "id": str(number),
            "source": ("Valley Post", "Hill Times")[number % 2],
            "title": f"Flood at {place}",
            "text": f"The river rose at {place} by {number + 2} feet in one night.\n\n"
            f"Nobody in {place} had seen the like. The ferry stayed where it was.",
            "published": f"2025-03-{20 - number:02}T09:00:00+00:00",
            "language": "en",
        }
        for number, place in enumerate(PLACES)
    ]
    file.write_text("\n".join(map(json.dumps, values)))
    run("import", file, library=folder / "library")
    return folder / "library"


@pytest.fixture
def eight(_eight: Path, tmp_path: Path) -> Path:
    """Return a library of this test's own with eight reports, the newest that of Ardle."""
    return Path(shutil.copytree(_eight, tmp_path / "library"))


@pytest.fixture
def listed() -> Callable[..., list[dict[str, Any]]]:
    """Asks another process what is in a library."""

    def ask(library: Path, *query: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads(run("list", *query, "--json", library=library))
        return rows

    return ask


@pytest.fixture
def start() -> Iterator[Callable[..., Terminal]]:
    """Starts the program in a terminal of its own; what still runs is killed at the end."""
    started: list[Terminal] = []

    def begin(library: Path, *arguments: str, **options: Any) -> Terminal:
        started.append(Terminal(library, *arguments, **options))
        return started[-1]

    yield begin
    for terminal in started:
        terminal.close()
