"""What every test stands on: a home of its own, no colours or terminals of the machine's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Loopback

from reader.library import Library

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the library and the configuration of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    for name in ("READER_LIBRARY", "NO_COLOR", "TEXTUAL_THEME", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of corpora that is not part of the project; skip where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("the shared corpora are not here")
    return SHARED


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Return an empty library."""
    with Library.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def server() -> Iterator[Loopback]:
    """Return a web server on the loopback that serves what a test puts into it."""
    with Loopback() as serving:
        yield serving
