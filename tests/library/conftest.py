"""A library of one's own for each test, and articles to put into it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reader.library import Library
from reader.model import Article, article_id

Make = Callable[..., Article]
START = datetime(2024, 3, 5, 8, tzinfo=UTC)


@pytest.fixture
def make() -> Make:
    """Return a maker of articles: number n is of an hour later than number n - 1."""

    def article(n: int, **fields: Any) -> Article:
        identity = f"url:https://example.org/{n}"
        told = {
            "source": f"Outlet {n % 3}",
            "title": f"Report {n} on the harbour",
            "text": f"The harbour was closed for {n} hours.\n\nShips waited outside.",
            "added": START + timedelta(days=30),
            "published": START + timedelta(hours=n),
            "language": "en",
        }
        return Article(id=article_id(identity), identity=identity, **(told | fields))

    return article


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where a library may be; it is not there yet."""
    return tmp_path / "library"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    """Return an empty library."""
    with Library.open(folder) as opened:
        yield opened


@pytest.fixture
def ten(library: Library, make: Make) -> Library:
    """Return a library of ten articles, an hour apart, of three outlets."""
    library.add(make(n) for n in range(10))
    return library


@pytest.fixture
def marked(ten: Library, make: Make, folder: Path) -> Path:
    """Return the folder of a closed library with two generations of marks."""
    ten.notebook.mark([make(1).id], read=True)
    ten.close()
    with Library.open(folder) as again:
        again.notebook.mark([make(2).id], read=True)
        again.notebook.set_setting("order", "oldest")
    return folder
