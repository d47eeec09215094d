"""Reports that were written for these tests, and articles made of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.model import Article, Block, article_id

Maker = Callable[..., Article]

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = sorted(path.stem[-2:] for path in TEXTS.glob("language-??.txt"))


def _text(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8").strip()


@pytest.fixture
def make() -> Maker:
    """Return a function that makes an article of a text."""

    def article(
        text: str,
        *,
        source: str = "Harbour Post",
        title: str = "",
        language: str | None = "en",
        excerpt: bool = False,
        blocks: tuple[Block, ...] = (),
    ) -> Article:
        identity = f"test:{source}:{title}:{text[:40]}"
        return Article(
            id=article_id(identity),
            identity=identity,
            source=source,
            title=title,
            text=text,
            added=datetime(2025, 6, 2, tzinfo=UTC),
            language=language,
            excerpt=excerpt,
            blocks=blocks,
        )

    return article


@pytest.fixture
def report(make: Maker) -> Article:
    """Return one report of fourteen sentences."""
    return make(_text("harbour-post"), title="All saved from burning ferry off Brenna")


@pytest.fixture
def story(make: Maker) -> list[Article]:
    """Return three outlets' reports of one event."""
    return [
        make(_text("harbour-post"), title="All saved from burning ferry off Brenna"),
        make(
            _text("coast-news"),
            source="Coast News",
            title="212 rescued from ferry Halvor",
        ),
        make(_text("island-times"), source="Island Times", title="Islands cut off"),
    ]


@pytest.fixture(params=LANGUAGES)
def foreign(request: pytest.FixtureRequest, make: Maker) -> Article:
    """Return a report in each of many languages."""
    return make(
        _text(f"language-{request.param}"),
        language=request.param,
        source=f"Post ({request.param})",
    )


@pytest.fixture
def in_language(make: Maker) -> Callable[[str], Article]:
    """Return a function that gives the report in a language."""
    return lambda code: make(
        _text("coast-news" if code == "en" else f"language-{code}"),
        language=code,
        source=f"Post ({code})",
    )
