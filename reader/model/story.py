"""Stories: articles about the same event."""

from dataclasses import dataclass
from datetime import datetime

from reader.model.article import ArticleId


@dataclass(frozen=True, slots=True)
class Story:
    """Articles of several outlets (or of one) about the same event."""

    id: int
    """A positive 63-bit number: the id of its first article."""
    title: str
    articles: tuple[ArticleId, ...]
    """In the order of their time."""
    sources: tuple[str, ...]
    """Each outlet once, in the order in which they first reported."""
    first: datetime
    last: datetime
    terms: tuple[str, ...] = ()
    """The words why these belong together, the strongest first."""
