"""What the tests of the comparison are told in: articles made of sentences."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from reader.model import Article, article_id

Make = Callable[..., Article]


@pytest.fixture
def report() -> Make:
    """Return a maker of reports: sentences (a paragraph each), the outlet and the day."""

    def make(
        *paragraphs: str,
        source: str = "The Herald",
        day: str = "2025-03-14",
        language: str | None = "en",
        title: str = "",
    ) -> Article:
        when = datetime.fromisoformat(day).replace(tzinfo=UTC)
        text = "\n\n".join(paragraphs)
        identity = f"id:{source} {title} {day}"
        return Article(
            article_id(identity),
            identity,
            source,
            title,
            text,
            when,
            published=when,
            language=language,
        )

    return make
